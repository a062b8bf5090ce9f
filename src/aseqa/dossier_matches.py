"""Which quote of today is which pinned quote: the same, changed, or no longer there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from aseqa.answers import Quote

WORDS, FILE, BOTH = "words", "file", "both"

# Below it, what stands in the same place of a changed file is another sentence.
MIN_LIKENESS = 0.5
MAX_COMPARED_WORDS = 150


@dataclass(frozen=True, slots=True)
class Change:
    """A pinned quote and what stands in its place now.

    ``what`` is ``words`` (others, in the same file), ``file`` (the same words, in a file that
    was changed) or ``both``.
    """

    before: Mapping[str, Any]
    after: Quote
    what: str

    def to_dict(self) -> dict[str, Any]:
        return {"before": dict(self.before), "after": self.after.to_dict(), "what": self.what}


def matches(
    pinned: Sequence[Mapping[str, Any]], quotes: Sequence[Quote]
) -> tuple[int, tuple[Change, ...], tuple[Mapping[str, Any], ...], tuple[Quote, ...]]:
    """Pair pinned quotes with those given now, the surest pairs first.

    Returns
    -------
    tuple
        How many are the same, those changed, those gone, and the quotes that none is.
    """
    left, others = list(pinned), list(quotes)
    pairs: list[tuple[Mapping[str, Any], Quote]] = []
    for is_same in (_same, _same_words, _same_place, _alike):
        pairs += _taken(left, others, is_same)
    told = [(before, after, _what(before, after)) for before, after in pairs]
    changed = tuple(Change(before, after, what) for before, after, what in told if what)
    return len(pairs) - len(changed), changed, tuple(left), tuple(others)


def _taken(
    left: list[Mapping[str, Any]],
    others: list[Quote],
    is_same: Callable[[Mapping[str, Any], Quote], bool],
) -> list[tuple[Mapping[str, Any], Quote]]:
    """Take the pairs out of both lists. Several items of a dossier may be one quote."""
    pairs: list[tuple[Mapping[str, Any], Quote]] = []
    matched: list[Quote] = []
    for before in list(left):
        after = next((quote for quote in others if is_same(before, quote)), None)
        if after is not None:
            pairs.append((before, after))
            matched.append(after)
            left.remove(before)
    others[:] = [quote for quote in others if not any(quote is one for one in matched)]
    return pairs


def _same(before: Mapping[str, Any], after: Quote) -> bool:
    """Tell whether file, place and words are the same; the file may have another name."""
    place = (before["sha256"], before["start"], before["end"], before["text"])
    return place == (after.sha256, after.start, after.end, after.text)


def _same_words(before: Mapping[str, Any], after: Quote) -> bool:
    same_file = before["document"] == after.document or before["sha256"] == after.sha256
    return bool(same_file and before["text"] == after.text)


def _same_place(before: Mapping[str, Any], after: Quote) -> bool:
    """Tell whether both overlap in the same file, unchanged: it is cut otherwise now."""
    return bool(
        before["sha256"] == after.sha256
        and before["start"] < after.end
        and after.start < before["end"]
    )


def _alike(before: Mapping[str, Any], after: Quote) -> bool:
    """Tell whether most words are the same, in a document that was changed."""
    if before["document"] != after.document or before["sha256"] == after.sha256:
        return False
    ours, theirs = (
        text.split(None, MAX_COMPARED_WORDS)[:MAX_COMPARED_WORDS]
        for text in (before["text"], after.text)
    )
    likeness = SequenceMatcher(None, ours, theirs, autojunk=False)
    # The quick one is never below the other, and linear.
    return likeness.quick_ratio() >= MIN_LIKENESS and likeness.ratio() >= MIN_LIKENESS


def _what(before: Mapping[str, Any], after: Quote) -> str | None:
    """Say what changed; None for nothing."""
    words, file = before["text"] != after.text, before["sha256"] != after.sha256
    if words and file:
        return BOTH
    if words:
        return WORDS
    return FILE if file else None
