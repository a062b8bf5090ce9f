"""Saved answers checked again: whether every quote is in its source, as it was cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aseqa.locate import ALTERED, FOUND, MOVED, Located, locate
from aseqa.nearest_text import Difference, differences
from aseqa.saved_answers import Claim, claims_of
from aseqa.seal import ABSENT, VALID, seal_state
from aseqa.sources import Sources

# What a quote says of itself that its source must say too.
FACTS = (
    "document", "source", "page", "section", "before", "after", "voice", "date", "title",
    "kind", "reference", "url", "boxes", "as_of", "territories",
)  # fmt: skip
# What may differ where the words stand elsewhere now.
_OF_DOCUMENT = ("document", "source")
_OF_PLACE = ("boxes",)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact of a quote, as the answer has it and as the source has it now."""

    field: str
    cited: Any
    actual: Any


@dataclass(frozen=True, slots=True)
class QuoteVerification:
    """What became of one quote.

    ``place`` is where it stands in its answer ("quotes[1]"); ``status`` is ``found``,
    ``moved``, ``altered`` or ``missing``; ``found`` is where its words, or the nearest
    ones, stand now; ``differences`` are those of altered words ("-" in the answer alone,
    "+" in the source alone); ``changed`` tells whether the file is another one than was
    cited, None without a file; ``seal`` is ``valid``, ``broken``, ``absent`` or ``unknown``.
    """

    answer: int
    place: str
    document: str
    start: int
    end: int
    text: str
    status: str
    found: Located | None
    differences: tuple[Difference, ...]
    mismatches: tuple[Mismatch, ...]
    seal: str
    changed: bool | None

    @property
    def ok(self) -> bool:
        """Whether the source holds the quote as it is cited, in every fact."""
        return self.status == FOUND and not self.mismatches and self.seal in (VALID, ABSENT)

    def to_dict(self) -> dict[str, Any]:
        record: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        record["ok"] = self.ok
        record["found"] = self.found.to_dict() if self.found else None
        record["differences"] = [list(pair) for pair in self.differences]
        record["mismatches"] = [asdict(mismatch) for mismatch in self.mismatches]
        return record


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of all quotes; ``unread`` are the sources that could not be read, and why."""

    quotes: tuple[QuoteVerification, ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every quote stands as it is cited."""
        return all(quote.ok for quote in self.quotes)

    def to_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "quotes": [quote.to_dict() for quote in self.quotes],
            "unread": [{"source": source, "error": fault} for source, fault in self.unread],
        }


def verify_answer(answer: Mapping[str, Any], sources: Sources) -> Verification:
    """Check every quote of an answer, as the contract's JSON has it, against the sources.

    The quotes offered as reading and those of figures are checked as well.

    Raises
    ------
    ReadError
        When it is no answer.

    Examples
    --------
    >>> with index_sources(Path("embeddings/index")) as sources:  # doctest: +SKIP
    ...     verify_answer(answer.to_dict(), sources).ok
    True
    """
    return verify_answers([answer], sources)


def verify_answers(answers: Iterable[Mapping[str, Any]], sources: Sources) -> Verification:
    """Check every quote of several answers.

    Raises
    ------
    ReadError
        When one of them is no answer.
    """
    claims = [claim for number, one in enumerate(answers, 1) for claim in claims_of(one, number)]
    return Verification(tuple(_verified(claim, sources) for claim in claims), sources.unread)


def _verified(claim: Claim, sources: Sources) -> QuoteVerification:
    record = claim.record
    homes = sources.homes(*(_text(record, name) for name in ("document", "source", "sha256")))
    status, found = locate(claim.text, record["start"], record["end"], homes, sources)
    sealed = seal_state(record)
    changed = _changed(record, homes, sources)
    return QuoteVerification(
        answer=claim.answer,
        place=claim.place,
        document=record["document"],
        start=record["start"],
        end=record["end"],
        text=claim.text,
        status=status,
        found=found,
        differences=differences(claim.text, found.text) if found and status == ALTERED else (),
        mismatches=tuple(_mismatches(claim, status, found, sources, sealed, changed)),
        seal=sealed,
        changed=changed,
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _changed(record: Mapping[str, Any], homes: list[str], sources: Sources) -> bool | None:
    """Tell whether the file of the quote has another hash now; the first home bears its name."""
    if "sha256" not in record or not homes:
        return None
    return bool(sources.document(homes[0]).sha256 != record["sha256"])


def _mismatches(
    claim: Claim,
    status: str,
    found: Located | None,
    sources: Sources,
    sealed: str,
    changed: bool | None,
) -> Iterator[Mismatch]:
    yield from _parts(claim)
    held = claim.record.get("seal")
    if isinstance(held, Mapping) and claim.index not in (None, held.get("index")):
        yield Mismatch("index", claim.index, held.get("index"))
    if found is None:
        return
    if changed and status == FOUND and sealed != VALID:
        # Nothing but the seal tells a changed file from a changed answer.
        actual = sources.document(found.document).sha256
        if claim.record["sha256"] != actual:
            yield Mismatch("sha256", claim.record["sha256"], actual)
    yield from _facts(claim, status, found, sources)


def _parts(claim: Claim) -> Iterator[Mismatch]:
    """Check that the words marked in a quote are words of it, at their offsets."""
    text = claim.text
    figures = claim.record.get("figures")
    parts = [("span", claim.record.get("span"))]
    parts += [("figure", part) for part in figures] if isinstance(figures, list | tuple) else []
    for name, part in parts:
        if part is None:
            continue
        start, end, words = (
            (part.get("start"), part.get("end"), part.get("text"))
            if isinstance(part, Mapping)
            else (None, None, None)
        )
        placed = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        actual = text[start:end] if placed else None
        if actual is None or actual != words:
            yield Mismatch(name, part, actual)


def _facts(claim: Claim, status: str, found: Located, sources: Sources) -> Iterator[Mismatch]:
    """Compare what the quote says of itself with what the source says of these words now."""
    if found.row is None:
        if status != ALTERED:
            yield Mismatch("sentence", claim.text, None)
        return
    if status != ALTERED and found.row.sentence.text != claim.text:
        yield Mismatch("sentence", claim.text, found.row.sentence.text)
        return
    now = sources.cite(found.row).to_dict()
    cited = claim.record
    left_out: tuple[str, ...] = () if status == FOUND else _OF_PLACE
    left_out += _OF_DOCUMENT if status == MOVED and found.document != cited["document"] else ()
    for name in FACTS:
        if name not in cited or name not in now or name in left_out:
            continue
        actual = _as_json(now[name])
        if not _agree(name, cited[name], actual):
            yield Mismatch(name, cited[name], actual)


def _as_json(value: object) -> object:
    return [_as_json(item) for item in value] if isinstance(value, tuple) else value


def _agree(name: str, cited: object, actual: object) -> bool:
    """Compare a fact; a path may start from another folder than the one cited."""
    if isinstance(cited, bool) != isinstance(actual, bool):
        return False
    if name in _OF_DOCUMENT and isinstance(cited, str) and isinstance(actual, str):
        ours, theirs = f"/{cited}", f"/{actual}"
        return ours.endswith(theirs) or theirs.endswith(ours)
    return _as_json(cited) == actual
