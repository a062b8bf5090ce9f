"""Sentence bounds in French text: the smallest pieces that are indexed and quoted.

Rules of our own, because the maintained splitters cut after "art." and "p.", and
none of them cuts an enumeration on one line or two documents glued together; the
table of ``benchmarks/sentences.py`` shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aseqa.sentence_blocks import Block, read_blocks
from aseqa.sentence_ends import Cut, item_cuts, sentence_cuts
from aseqa.sentence_lines import trimmed


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where one sentence stands; ``role`` is prose, heading, item, field or row."""

    start: int
    end: int
    role: str


def split_sentences(text: str, start: int, end: int) -> list[Bounds]:
    """Find the sentences of ``text[start:end]``.

    Parameters
    ----------
    text : str
        The stored text of a file; it is never changed.
    start, end : int
        The stretch to read, in characters of ``text``, half open.

    Returns
    -------
    list of Bounds
        Disjoint and in order, in characters of ``text``, without outer white space.
        Together they hold every character of the stretch except white space, the
        bullets and dashes of lists, and lines without any letter or digit.

    Examples
    --------
    >>> text = "M. X cite l'art. L. 221-1. Sont prévus : - un lit ; - un repas."
    >>> [text[b.start : b.end] for b in split_sentences(text, 0, len(text))]
    ["M. X cite l'art. L. 221-1.", 'Sont prévus :', 'un lit ;', 'un repas.']
    """
    return [bounds for block in read_blocks(text, start, end) for bounds in _split(text, block)]


def _split(text: str, block: Block) -> Iterator[Bounds]:
    if block.role in ("heading", "field", "row"):
        yield Bounds(block.start, block.end, block.role)
        return
    cuts = _merged(
        list(sentence_cuts(text, block.start, block.end)),
        item_cuts(text, block.start, block.end),
    )
    start, role = block.start, block.role
    for cut, following in zip(cuts, _following_openers(cuts), strict=True):
        yield from _bounds(text, start, cut.end, role)
        start, role = cut.start, _role(block, cut, following, role)
    yield from _bounds(text, start, block.end, role)


def _bounds(text: str, start: int, end: int, role: str) -> Iterator[Bounds]:
    start, end = trimmed(text, start, end)
    if start < end:
        yield Bounds(start, end, role)


def _role(block: Block, cut: Cut, following: str | None, role: str) -> str:
    """Give the role of the piece after a cut; ``following`` is the next item's opener.

    A plain sentence after an item still belongs to it when the enumeration goes on
    behind it; when a new one opens (a colon), or none, the sentence is prose again.
    """
    if cut.opener:
        return "item"
    goes_on = role == "item" and following not in (None, ":")
    return "item" if goes_on else block.role


def _following_openers(cuts: list[Cut]) -> list[str | None]:
    """Give, for each cut, the opener of the first item that starts after it."""
    openers: list[str | None] = []
    following: str | None = None
    for cut in reversed(cuts):
        openers.append(following)
        following = cut.opener or following
    return openers[::-1]


def _merged(sentences: list[Cut], items: list[Cut]) -> list[Cut]:
    """Put both kinds of cut in order; an item's cut wins over a sentence's near it."""
    merged: list[Cut] = []
    for cut in sorted(sentences + items, key=lambda cut: (cut.start, cut.opener is None)):
        if merged and cut.end <= merged[-1].start:
            if cut.opener and not merged[-1].opener:
                merged[-1] = cut
            continue
        merged.append(cut)
    return merged
