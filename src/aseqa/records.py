"""The records that travel through the chain, from the file to the screen.

One invariant binds them: ``document.text[x.start:x.end] == x.text`` for every
sentence, passage and quote. Offsets count Python characters, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from aseqa.figures import Figure

VOICE_KINDS = (
    "parlementaire",
    "gouvernement",
    "inspection",
    "justice",
    "collectivite",
    "syndicat",
    "association",
    "presse",
    "loi",
    "statistique",
    "autre",
)

# What the readers of files call a document; its own metadata may call it something else.
DOCUMENT_KINDS = (
    "question_ecrite",
    "question_orale",
    "question_gouvernement",
    "loi",
    "rapport",
    "presse",
    "page_web",
    "texte",
    "pdf",
    "tableau",
    "courriel",
)

REASON_CODES = (
    "out_of_corpus",
    "no_answer_sentence",
    "missing_entity",
    "no_answer_published",
    "filtered_out",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. ``reported`` is the source that the sentence itself names ("selon …")."""

    kind: str = "autre"
    name: str | None = None
    reported: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        return {"kind": self.kind, "name": self.name, "reported": self.reported}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's lower left corner.

    ``page`` counts from 1.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Layout(Protocol):
    """Where the characters of a document's text stand on its pages."""

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Give one box for each printed line of ``text[start:end]``, in reading order."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of quotable text with one voice and one date.

    Sections of a document are disjoint and ordered; what none covers (page
    debris, menus, captions) is neither indexed nor quoted.
    """

    name: str
    start: int
    end: int
    voice: Voice = field(default_factory=Voice)
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file; the documents of one file share its ``text``.

    ``source`` is the file's path relative to the corpus root, with ``/``;
    ``sha256`` is the hash of the file's bytes; ``date`` is ISO 8601; ``layout`` is that of
    a file that has pages.
    """

    id: str
    source: str
    sha256: str
    text: str
    kind: str
    title: str | None
    date: str | None
    author: str | None
    publisher: str | None
    url: str | None
    sections: tuple[Section, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest thing that is indexed and quoted.

    ``role`` is ``prose``, ``heading``, ``item`` (of an enumeration), ``row`` (of a table)
    or ``field`` (a "name : value" line). ``section`` counts the document's sections from 0;
    ``boxes`` are where it stands on its pages, for a file that has pages. ``as_of`` is the
    day, month, year or interval (ISO 8601) that what it says holds for, where the text tells
    it; ``territories`` are the places that it is about.
    """

    start: int
    end: int
    text: str
    section: int
    role: str
    voice: Voice
    boxes: tuple[Box, ...] = ()
    as_of: str | None = None
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one section, short enough to be read at a glance."""

    start: int
    end: int
    text: str
    section: int


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage found, with the score of its best sentence."""

    document: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked to look at only; an empty tuple means everything.

    ``as_of`` is a day: what was published by then, and of the law what was in force.
    """

    kinds: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    @classmethod
    def of(cls, **only: Any) -> Filters:
        """Make filters from lists and dates given by name; one value alone stands for its list.

        Raises
        ------
        TypeError
            When a name is not one of the fields.

        Examples
        --------
        >>> Filters.of(kinds="loi", since="2024-01-01").kinds
        ('loi',)
        """
        given: dict[str, Any] = {}
        for name, value in only.items():
            listed = name not in _DAYS
            given[name] = (value,) if listed and isinstance(value, str) else value
            if listed:
                given[name] = tuple(given[name] or ())
        return cls(**given)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


_DAYS = ("since", "until", "as_of")
NO_FILTERS = Filters()


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


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the source pane shows: one document with its sections and sentence offsets."""

    document: Document
    sentences: tuple[Sentence, ...]
