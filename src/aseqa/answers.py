"""The records of an answer: quotes with all that is needed to cite them, figures, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aseqa.records import Box, Voice

REASON_CODES = (
    "out_of_corpus",
    "no_answer_sentence",
    "missing_entity",
    "no_answer_published",
    "filtered_out",
)


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a quote that carry the answer; offsets are relative to the quote."""

    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the corpus, verbatim, with all that is needed to cite it."""

    rank: int
    text: str
    span: Span | None
    document: str
    source: str
    sha256: str
    start: int
    end: int
    page: int | None
    section: str
    before: str
    after: str
    voice: Voice
    date: str | None
    title: str | None
    kind: str
    reference: str
    url: str | None
    score: float
    boxes: tuple[Box, ...] = ()
    as_of: str | None = None
    territories: tuple[str, ...] = ()
    seal: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the quote as the JSON of the contract; ``seal`` only once it is sealed."""
        record = {name: getattr(self, name) for name in self.__slots__}
        if self.seal is None:
            del record["seal"]
        record["territories"] = list(self.territories)
        record["span"] = self.span.to_dict() if self.span else None
        record["voice"] = self.voice.to_dict()
        record["score"] = float(f"{self.score:.6g}")
        record["boxes"] = [asdict(box) for box in self.boxes]
        return record


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a sentence: ``text == sentence[start:end]``.

    ``low`` and ``high`` are in units (per cent, euros, days); None for an open end.
    ``hedge`` is ``exact``, ``environ``, ``plus``, ``moins`` or ``entre``. ``counted`` is the
    canonical label of what is counted, None when it is not sure. ``as_of`` is ISO 8601.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    hedge: str
    unit: str
    counted: str | None
    territories: tuple[str, ...]
    as_of: str | None

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "territories": list(self.territories)}


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A figure elsewhere in the corpus: its words, when it held, and where it stands."""

    text: str
    date: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure with the quote that gives it, and the newest of the same thing if it is newer."""

    figure: Figure
    quote: Quote
    newer: FigurePlace | None

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.figure.to_dict(),
            "newer": asdict(self.newer) if self.newer else None,
            "quote": self.quote.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no answer: a code of the contract and a French sentence."""

    code: str
    text: str

    def to_dict(self) -> dict[str, str]:
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says: quotes, or a reason why there are none.

    ``question`` is what was typed; ``understood`` is the question that was
    answered, where the conversation made it another one.
    """

    question: str
    status: str
    reason: Reason | None
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    index: str
    timings_ms: Mapping[str, float]
    figures: tuple[QuotedFigure, ...] = ()
    understood: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as the JSON of the contract; ``nearest`` only when abstaining."""
        record: dict[str, Any] = {
            "question": self.question,
            "understood": self.understood,
            "status": self.status,
            "reason": self.reason.to_dict() if self.reason else None,
            "confidence": round(self.confidence, 4),
            "quotes": [quote.to_dict() for quote in self.quotes],
            "figures": [figure.to_dict() for figure in self.figures],
            "index": self.index,
            "timings_ms": {key: round(value, 1) for key, value in self.timings_ms.items()},
        }
        if self.status == "abstained":
            record["nearest"] = [quote.to_dict() for quote in self.nearest]
        return record
