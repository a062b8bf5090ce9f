"""Gutters: the upright white stripes that part columns of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from aseqa.read.pdf_lines import Line, line_rows, same_row
from aseqa.read.pdf_tables import Table

# In shares of the font size.
MIN_GUTTER = 0.6
MIN_COLUMN_WIDTH = 8.0

MIN_LINES = 2
MIN_OVERLAP = 0.3
MAX_CELL_WORDS = 4.5
MIN_ALIGNED = 0.8
MAX_RAG = 0.15
MIN_REACHING = 0.6

# What is beyond is a drawing with labels, not a text in columns.
MAX_LINES = 1000
MAX_EDGES = 50


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring items, from ``first`` to ``last``, that a gutter left of ``x`` parts."""

    first: int
    last: int
    x: float


def widest_band(ordered: Sequence[Line | Table]) -> Band | None:
    """Find the gutter that parts most items."""
    lines = [item for item in ordered if isinstance(item, Line)]
    if not 2 * MIN_LINES <= len(lines) <= MAX_LINES:
        return None
    size = median(line.size for line in lines)
    bands = [
        band
        for x in _left_edges(lines)
        for band in _bands(ordered, x, x - MIN_GUTTER * size)
        if _is_gutter(ordered[band.first : band.last], x, size)
    ]
    return max(bands, key=lambda band: (band.last - band.first, -band.x), default=None)


def _left_edges(lines: Sequence[Line]) -> list[float]:
    """Give the places where several lines begin, but for the leftmost one."""
    edges: list[list[float]] = []
    for left in sorted(line.left for line in lines):
        if edges and left - edges[-1][0] <= 1.5:
            edges[-1].append(left)
        else:
            edges.append([left])
    shared = sorted((edge for edge in edges[1:] if len(edge) >= MIN_LINES), key=len)
    return [edge[0] for edge in shared[-MAX_EDGES:]]


def _bands(ordered: Sequence[Line | Table], x: float, gutter: float) -> list[Band]:
    """Give the runs of items of which none crosses the gutter."""
    bands, first = [], 0
    for number, item in enumerate(ordered):
        if item.left < x - 1 and item.right > gutter:
            bands.append(Band(first, number, x))
            first = number + 1
    return [*bands, Band(first, len(ordered), x)]


def _is_gutter(items: Sequence[Line | Table], x: float, size: float) -> bool:
    """Tell whether the items left and right of ``x`` are columns of text."""
    left = [item for item in items if item.left < x - 1]
    right = [item for item in items if item.left >= x - 1]
    sides = (left, right)
    if any(_height_in_lines(side) < MIN_LINES for side in sides):
        return False
    if any(_width(side) < MIN_COLUMN_WIDTH * size for side in sides):
        return False
    top, bottom = (
        (min(max(item.top for item in side) for side in sides)),
        (max(min(item.bottom for item in side) for side in sides)),
    )
    heights = [max(i.top for i in side) - min(i.bottom for i in side) for side in sides]
    return top - bottom >= MIN_OVERLAP * min(heights) and not _is_tabular(left, right)


def _height_in_lines(side: Sequence[Line | Table]) -> int:
    return sum(1 if isinstance(item, Line) else MIN_LINES for item in side)


def _width(side: Sequence[Line | Table]) -> float:
    return max((item.right for item in side), default=0) - min(
        (item.left for item in side), default=0
    )


def _is_tabular(left: Sequence[Line | Table], right: Sequence[Line | Table]) -> bool:
    """Tell whether the lines look like the cells of a table: few words, on shared rows."""
    ours = line_rows([item for item in left if isinstance(item, Line)])
    theirs = line_rows([item for item in right if isinstance(item, Line)])
    if not ours or not theirs:
        return False
    aligned = sum(any(same_row(row[0], other[0]) for other in ours) for row in theirs)
    words = sum(len(line.words) for row in (*ours, *theirs) for line in row)
    few = words <= MAX_CELL_WORDS * (len(ours) + len(theirs))
    return aligned >= MIN_ALIGNED * len(theirs) and few and not (_fill(ours) and _fill(theirs))


def _fill(rows: Sequence[Sequence[Line]]) -> bool:
    """Tell whether most rows reach the right side of their column, as wrapped prose does."""
    ends = [max(line.right for line in row) for row in rows]
    width = max(ends) - min(line.left for row in rows for line in row)
    reaching = sum(end >= max(ends) - MAX_RAG * width for end in ends)
    return reaching >= MIN_REACHING * len(ends)
