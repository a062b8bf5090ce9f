"""Which rows of a sheet name its columns, and which stand above or below the table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from aseqa.read.front_matter import field_of

COLUMN = "colonne {number}"
MAX_HEADER_ROWS = 4
MAX_FILLED = 2_000_000
MAX_LONE_HEADER_CHARS = 60

_NUMBER = re.compile(r"[-+−]?\d[\d\s]*(?:[.,]\d+)?(?:e[+-]?\d+)?\s*[%€$]?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?:[ T][\d:.]+)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_BREAKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# What stands in a cell for "nothing to tell": dashes, dots, the errors of formulas.
_NOTHING = re.compile(
    r"[^\w]*|#(?:DIV/0|N/A|NA|REF|VALUE|VALEUR|NAME|NOM|NULL?|NUM|NOMBRE)[!?]?", re.IGNORECASE
)

Cells = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of cells shown as one; rows and columns as in ``Sheet``, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible cells of a sheet: for each row its number and its cells by column."""

    name: str
    rows: Sequence[tuple[int, Cells]]
    merges: Sequence[Merge] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet under the names of their columns.

    ``notes`` are the lines above and below: titles, sources; ``first`` is the number of
    the first row of the table. Rows and notes hold no empty cell.
    """

    name: str
    names: Sequence[str]
    rows: Mapping[int, Cells]
    notes: Sequence[tuple[int, str]]
    first: int
    date_column: int | None


def read_table(sheet: Sheet) -> Table:
    """Part a sheet into the names of its columns, its rows and its notes."""
    filled = {number: cells for number, raw in sheet.rows if (cells := _cleaned(raw))}
    width = max((max(cells) + 1 for cells in filled.values()), default=0)
    single = all(len(cells) == 1 for cells in filled.values())
    first = next((n for n, cells in filled.items() if single or not _is_note(cells)), None)
    if first is None:
        return Table(sheet.name, [], {}, [(n, cells[0]) for n, cells in filled.items()], 0, None)
    merges = [] if single else [*sheet.merges, *_lost_merges(filled, first, width)]
    last = first + _header_depth(merges, first) - 1
    _fill_merges(filled, merges, last, width)
    head = [cells for number, cells in filled.items() if first <= number <= last]
    if last >= max(filled) or not _names_columns(head, single):
        head, last = [], first - 1
    names = [_name(head, column) for column in range(width)]
    noted = {n for n, c in filled.items() if n < first or (n > last and _is_note(c) and not single)}
    dated = (at for at, name in enumerate(names) if field_of(name) == "date")
    return Table(
        sheet.name,
        names,
        rows={n: dict(sorted(c.items())) for n, c in filled.items() if n > last and n not in noted},
        notes=[(number, filled[number][0]) for number in sorted(noted)],
        first=first,
        date_column=next(dated, None),
    )


def _cleaned(cells: Cells) -> dict[int, str]:
    words = ((column, _BREAKS.sub(" ", cell).strip()) for column, cell in sorted(cells.items()))
    return {column: cell for column, cell in words if not _NOTHING.fullmatch(cell)}


def _is_note(cells: Cells) -> bool:
    """Tell whether a row holds one text only, in its first cell."""
    return len(cells) == 1 and 0 in cells and not _is_figure(cells[0])


def _fill_merges(
    rows: Mapping[int, dict[int, str]], merges: Sequence[Merge], last: int, width: int
) -> None:
    """Repeat what merged cells say: down in each row, and in the header to the right too."""
    numbers = sorted(rows)
    places = (
        (number, column, merge)
        for merge in merges
        if merge.left in rows.get(merge.top, {})
        for number in numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        for column in range(merge.left, min(merge.right, width - 1) + 1)
        if column == merge.left or number <= last
    )
    for number, column, merge in islice(places, MAX_FILLED):
        rows[number].setdefault(column, rows[merge.top][merge.left])


def _is_figure(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words) or _DATE.fullmatch(words))


def _lost_merges(rows: Mapping[int, Cells], first: int, width: int) -> list[Merge]:
    """Find the merged cells of a header of two rows where the file does not tell them.

    The first row then has gaps, and the second one names all of their columns, but no
    line: its first cell is empty.
    """
    above, below = rows[first], rows.get(first + 1, {})
    gaps = [column for column in range(width) if column not in above]
    if not gaps or 0 in below or any(column not in below for column in gaps):
        return []
    starts = (max((c for c in above if c < gap), default=None) for gap in gaps)
    wide = zip(starts, gaps, strict=True)
    return [Merge(first, left, first, gap) for left, gap in wide if left is not None]


def _header_depth(merges: Sequence[Merge], first: int) -> int:
    """Count the rows of the header: a cell merged over columns has the names below it."""
    depth = 1
    for merge in merges:
        if merge.top == first:
            depth = max(depth, merge.bottom - first + 1 + (merge.right > merge.left))
    return min(depth, MAX_HEADER_ROWS)


def _names_columns(head: Sequence[Cells], single: bool) -> bool:
    """Tell whether the first row names the columns: words, or years and ages that go up."""
    top = head[0]
    figures = [words for words in top.values() if _is_figure(words)]
    if single:
        [words] = top.values()
        return not figures and len(words) <= MAX_LONE_HEADER_CHARS and words[-1] not in ".!?;"
    if len(head) > 1 or not figures:
        return True
    if any(not words.isdecimal() for words in figures):
        return False
    rising = all(int(one) < int(two) for one, two in pairwise(figures))
    return rising and len(figures) > 1 and (len(figures) < len(top) or 0 not in top)


def _name(head: Sequence[Cells], column: int) -> str:
    """Give the name of a column; the names of a header of several rows follow each other."""
    parts = dict.fromkeys(cells[column] for cells in head if column in cells)
    name = ", ".join(parts).lstrip("-–—*•#|> ").rstrip(": ")
    return name or COLUMN.format(number=column + 1)
