"""Words of a page, from its characters: ligatures undone, accents composed, symbols dropped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aseqa.read.pdf_glyphs import Glyph

# In shares of the font size.
MAX_GAP = 0.3
MAX_STEP_BACK = 0.6
MAX_BASELINE_SHIFT = 0.1
MAX_SIZE_RATIO = 1.15

SOFT_HYPHEN = "\u00ad"
BULLETS = "•▪▫■□●○◦‣➢➤►▶✓✔❖◆◊·→⇒"

# The bullets of Word's symbol fonts, which have no character of their own.
_SYMBOLS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf09f\uf0e0\uf02d", "•")
# A hyphen that is only printed where a line is broken, in most files.
_HYPHENS = {"\u2010": SOFT_HYPHEN, "\u2011": "-", SOFT_HYPHEN: SOFT_HYPHEN}
_LETTERS = {"\u2215": "/", "\u2044": "/", "\u02bc": "’"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffd")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them, in upright coordinates.

    ``lefts`` and ``rights`` are those of each character of ``text``; ``left`` and
    ``right`` are those of the word; ``space`` is the white space before it: none, a
    space of some kind, or a line end, which tells nothing.
    """

    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    size: float
    bold: bool
    space: str


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Put characters together to words, in the order of the file."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _continues(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [word for run in runs if (word := _word(run))]


def _continues(previous: Glyph, glyph: Glyph) -> bool:
    if glyph.space:
        return False
    size = max(previous.size, glyph.size)
    if abs(glyph.baseline - previous.baseline) > MAX_BASELINE_SHIFT * size:
        return False
    if size > MAX_SIZE_RATIO * min(previous.size, glyph.size):
        return False
    gap = glyph.begin - previous.end
    return -MAX_STEP_BACK * size < gap < MAX_GAP * size


def _word(run: Sequence[Glyph]) -> Word | None:
    chars = list(_composed(_readable(run)))
    if not chars:
        return None
    first = run[0]
    return Word(
        text="".join(char for char, _, _ in chars),
        lefts=tuple(left for _, left, _ in chars),
        rights=tuple(right for _, _, right in chars),
        left=min(first.begin, first.left),
        right=max(run[-1].end, run[-1].right),
        bottom=min(glyph.bottom for glyph in run),
        top=max(glyph.top for glyph in run),
        baseline=first.baseline,
        size=first.size,
        bold=2 * sum(glyph.bold for glyph in run) > len(run),
        space=first.space,
    )


def _readable(run: Sequence[Glyph]) -> Iterator[tuple[str, float, float]]:
    """Give the characters with their sides; those of a ligature share its room."""
    for number, glyph in enumerate(run):
        chars = _letters_of(glyph.char)
        if chars == SOFT_HYPHEN and number + 1 < len(run):
            chars = "" if glyph.char == SOFT_HYPHEN else "-"
        step = (glyph.right - glyph.left) / max(len(chars), 1)
        for place, char in enumerate(chars):
            yield char, glyph.left + place * step, glyph.left + (place + 1) * step


def _letters_of(char: str) -> str:
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    if char in _INVISIBLE:
        return ""
    known = _SYMBOLS.get(char) or _HYPHENS.get(char) or _LETTERS.get(char)
    if known:
        return known
    return "" if unicodedata.category(char) in ("Co", "Cc", "Cn") else char


def _composed(
    chars: Iterable[tuple[str, float, float]],
) -> Iterator[tuple[str, float, float]]:
    """Compose each letter with the accents that follow it (NFC)."""
    waiting: list[tuple[str, float, float]] = []
    for char in chars:
        if waiting and not unicodedata.combining(char[0]):
            yield from _cluster(waiting)
            waiting = []
        waiting.append(char)
    yield from _cluster(waiting)


def _cluster(chars: Sequence[tuple[str, float, float]]) -> Iterator[tuple[str, float, float]]:
    composed = unicodedata.normalize("NFC", "".join(char for char, _, _ in chars))
    if chars:
        left, right = min(char[1] for char in chars), max(char[2] for char in chars)
        yield from ((char, left, right) for char in composed)
