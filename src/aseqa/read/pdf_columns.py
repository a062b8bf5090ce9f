"""The reading order of a page: columns one after the other, between full-width lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from aseqa.read.pdf_glyphs import Page
from aseqa.read.pdf_grids import ruled_tables
from aseqa.read.pdf_gutters import Band, widest_band
from aseqa.read.pdf_lines import Line, segments_of
from aseqa.read.pdf_tables import Table, aligned_tables
from aseqa.read.pdf_words import Word

# In shares of the font size.
APART = 1.5

MAX_DEPTH = 60


def columns_of(page: Page, words: Sequence[Word]) -> list[list[Line | Table]]:
    """Give the columns of a page in reading order, each with its lines and tables."""
    tables, rest = ruled_tables(page, words)
    segments = segments_of(rest, page.number, page.turn)
    columns = []
    for items in reading_order([*segments, *tables]):
        column: list[Line | Table] = []
        for is_table, run in groupby(items, key=lambda item: isinstance(item, Table)):
            if is_table:
                column += run
            else:
                column += aligned_tables([item for item in run if isinstance(item, Line)])
        columns.append(column)
    return columns


def reading_order(items: Sequence[Line | Table], depth: int = 0) -> list[list[Line | Table]]:
    """Give the columns in reading order, each from top to bottom.

    A column runs between two items that cross its gutter: what stands above both
    columns is read before them, what stands below after them.
    """
    ordered = sorted(items, key=lambda item: (-(item.top + item.bottom), item.left))
    band = widest_band(ordered) if depth < MAX_DEPTH else None
    if band is None:
        return [ordered] if ordered else []
    band = _trimmed(ordered, band)
    within = ordered[band.first : band.last]
    left = [item for item in within if item.left < band.x - 1]
    right = [item for item in within if item.left >= band.x - 1]
    return [
        *reading_order(ordered[: band.first], depth + 1),
        *reading_order(left, depth + 1),
        *reading_order(right, depth + 1),
        *reading_order(ordered[band.last :], depth + 1),
    ]


def _trimmed(ordered: Sequence[Line | Table], band: Band) -> Band:
    """Leave out of a band the short lines that belong above or below both its columns."""
    first, last = band.first, band.last
    while first < last - 1 and (
        _ends_paragraph(ordered, first) or _stands_apart(ordered[first:last], band.x)
    ):
        first += 1
    while first < last - 1 and _stands_apart(ordered[first:last][::-1], band.x):
        last -= 1
    return Band(first, last, band.x)


def _ends_paragraph(ordered: Sequence[Line | Table], place: int) -> bool:
    """Tell whether an item is the last line of a paragraph that fills the whole width."""
    if place == 0:
        return False
    above, item = ordered[place - 1], ordered[place]
    if not isinstance(above, Line) or not isinstance(item, Line):
        return False
    near = 0 < above.baseline - item.baseline < APART * item.size
    return near and abs(above.size - item.size) < 0.5 and item.left < above.left + item.size


def _stands_apart(items: Sequence[Line | Table], x: float) -> bool:
    """Tell whether the first item is beyond the other column and far from the next of its own."""
    item = items[0]
    if not isinstance(item, Line):
        return False
    left = item.left < x - 1
    ours = [other for other in items[1:] if (other.left < x - 1) == left]
    theirs = [other for other in items[1:] if (other.left < x - 1) != left]
    if not ours or not theirs:
        return False
    beyond = all(_distance(item, other) > 0 for other in theirs)
    return beyond and min(_distance(item, other) for other in ours) > (APART - 1) * item.size


def _distance(first: Line | Table, second: Line | Table) -> float:
    """Give the white between two items, one above the other; negative when they overlap."""
    return max(first.bottom - second.top, second.bottom - first.top)
