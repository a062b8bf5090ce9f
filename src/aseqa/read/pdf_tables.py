"""Tables of a page: their grid of ruled lines, or columns aligned without any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean

from aseqa.read.headings import is_bullet
from aseqa.read.pdf_lines import Line, joined, line_rows

MIN_ROWS = 3
MAX_ALIGNED_WORDS = 4.5
MIN_GAP = 0.7
MIN_NUMERIC_SHARE = 0.6
SAME_EDGE = 3.0

_NUMBER = re.compile(r"^[^\W\d_]{0,3}[\s(+−–-]*\d[\d\s.,%€‰/()+−–-]*(?:M€|k€|Md€|ans?|h)?$|^[-–—]$")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?$")

Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each the printed lines in it; ``header`` names the columns.

    ``edges`` are the left sides of the columns.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[Cell, ...] | None
    edges: tuple[float, ...]
    left: float
    bottom: float
    right: float
    top: float


def table_of(rows: Sequence[Sequence[Cell]], edges: Sequence[float]) -> Table | None:
    """Make a table of rows that hold words; its first row is its header when it looks so.

    Examples
    --------
    >>> table_of([], []) is None
    True
    """
    kept = [tuple(row) for row in rows if any(row)]
    lines = [line for row in kept for cell in row for line in cell]
    if not lines:
        return None
    headed = len(kept) > 1 and _is_header(kept[0], kept[1:])
    return Table(
        rows=tuple(kept[1:] if headed else kept),
        header=kept[0] if headed else None,
        edges=tuple(edges),
        left=min(line.left for line in lines),
        bottom=min(line.bottom for line in lines),
        right=max(line.right for line in lines),
        top=max(line.top for line in lines),
    )


def continued(table: Table, previous: Table) -> Table:
    """Give a table the header of the one before it, if it goes on with its columns."""
    same = len(table.edges) == len(previous.edges) and all(
        abs(ours - theirs) <= SAME_EDGE
        for ours, theirs in zip(table.edges, previous.edges, strict=True)
    )
    return replace(table, header=previous.header) if same and not table.header else table


def cell_text(cell: Cell) -> str:
    """Give the words of a cell on one line."""
    return " ".join(line.text for line in cell)


def aligned_tables(lines: Sequence[Line]) -> list[Line | Table]:
    """Join the segments of each row of a column, or make tables of those that align."""
    rows = line_rows(lines)
    found: list[Line | Table] = []
    start = 0
    while start < len(rows):
        stop = _table_end(rows, start)
        table = _aligned_table(rows[start:stop]) if stop - start >= MIN_ROWS else None
        found.append(table or joined(rows[start]))
        start = stop if table else start + 1
    return found


def _is_header(first: Sequence[Cell], others: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first row names columns: bold above plain, or words above numbers."""
    named = [cell for cell in first if cell]
    if len(named) < 2 or any(_is_number(cell_text(cell)) for cell in named[1:]):
        return False
    plain = any(not line.bold for row in others for cell in row for line in cell)
    if plain and all(line.bold for cell in named for line in cell):
        return True
    return any(
        first[column] and _is_numeric([row[column] for row in others if column < len(row)])
        for column in range(1, len(first))
    )


def _is_number(text: str) -> bool:
    return bool(_NUMBER.match(text)) and not _YEAR.match(text)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    filled = [cell_text(cell) for cell in cells if cell]
    numbers = sum(bool(_NUMBER.match(text)) for text in filled)
    return bool(filled) and numbers >= MIN_NUMERIC_SHARE * len(filled)


def _table_end(rows: Sequence[Sequence[Line]], start: int) -> int:
    """Give where the rows from ``start`` cease to have several cells over shared gaps."""
    gaps: list[tuple[float, float]] | None = None
    stop = start
    for row in rows[start:]:
        bulleted = len(row) == 2 and is_bullet(f"{row[0].text} x")
        if len(row) < 2 or bulleted:
            break
        here = [(cell.right, following.left) for cell, following in pairwise(row)]
        shared = here if gaps is None else list(_shared(gaps, here))
        if not shared:
            break
        gaps, stop = shared, stop + 1
    return stop


def _shared(
    gaps: Sequence[tuple[float, float]], here: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    for left, right in gaps:
        for other_left, other_right in here:
            first, last = max(left, other_left), min(right, other_right)
            if last - first > 2:
                yield first, last


def _aligned_table(rows: Sequence[Sequence[Line]]) -> Table | None:
    gaps: list[tuple[float, float]] | None = None
    for row in rows:
        here = [(cell.right, following.left) for cell, following in pairwise(row)]
        gaps = here if gaps is None else list(_shared(gaps, here))
    edges = [min(row[0].left for row in rows), *(last for _, last in gaps or [])]
    cells = [_placed(row, edges) for row in rows]
    words = mean(len(line.words) for row in rows for line in row)
    numeric = any(_is_numeric([row[column] for row in cells]) for column in range(1, len(edges)))
    return table_of(cells, edges) if numeric or words <= MAX_ALIGNED_WORDS else None


def _placed(row: Sequence[Line], edges: Sequence[float]) -> list[Cell]:
    """Put the cells of a row in their columns."""
    columns: list[list[Line]] = [[] for _ in edges]
    for line in row:
        number = sum(line.left >= edge - 1 for edge in edges)
        columns[max(number - 1, 0)].append(line)
    return [tuple(column) for column in columns]
