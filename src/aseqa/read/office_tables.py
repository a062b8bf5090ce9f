"""The tables of office documents: one line a row, each cell after the name of its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aseqa.read.blocks import Block

MAX_COLUMNS = 63
MAX_NAME_CHARS = 160
MAX_REPEATED_CHARS = 160
MIN_PROSE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``covered`` when the cell above it reaches down over it."""

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    covered: bool = False

    @property
    def words(self) -> str:
        return " ".join(block.words.replace("\n", " ") for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``header`` when the document marks it so."""

    cells: tuple[Cell, ...]
    header: bool = False


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Write each row as "Column : cell | Column : cell"; a table for layout as its paragraphs."""
    headers = _header_rows(rows)
    names = _names(rows[:headers]) if headers < len(rows) else {}
    above: dict[int, str] = {}
    for row in rows[headers:] if names else rows:
        if not names and _is_layout(row):
            yield from (block for cell in row.cells for block in cell.blocks)
            continue
        above = {place: words for place, _, words in _placed(row, above)}
        told = (
            f"{names[place]} : {words}" if names.get(place) else words
            for place, words in above.items()
            if words
        )
        line = " | ".join(told)
        if line:
            yield Block("row", line)


def _header_rows(rows: Sequence[Row]) -> int:
    """Count the first rows that name the columns: marked, else one row all in bold."""
    marked = next((place for place, row in enumerate(rows) if not row.header), len(rows))
    if marked or not rows:
        return marked
    said = [cell for cell in rows[0].cells if cell.words]
    body = [cell for row in rows[1:] for cell in row.cells if cell.words]
    bold = all(block.bold for cell in said for block in cell.blocks)
    plain = not all(block.bold for cell in body for block in cell.blocks)
    return 1 if len(said) > 1 and bold and plain else 0


def _names(rows: Sequence[Row]) -> dict[int, str]:
    """Name each column by the words of its header cells, from top to bottom."""
    names: dict[int, list[str]] = {}
    for row in rows:
        for place, columns, words in _placed(row, {}):
            for column in range(place, place + columns):
                if words and words not in names.setdefault(column, []):
                    names[column].append(words)
    joined = {column: ", ".join(said).rstrip(" :\u00a0\u202f") for column, said in names.items()}
    return joined if all(len(name) <= MAX_NAME_CHARS for name in joined.values()) else {}


def _placed(row: Row, above: dict[int, str]) -> Iterator[tuple[int, int, str]]:
    """Give (column, width, words) of each cell; a covered one repeats the words above it."""
    place = 0
    for cell in row.cells:
        over = above.get(place, "")
        repeated = over if len(over) <= MAX_REPEATED_CHARS else ""
        yield place, cell.columns, repeated if cell.covered else cell.words
        place += cell.columns


def _is_layout(row: Row) -> bool:
    """Tell whether a row without column names holds prose rather than data."""
    said = [cell for cell in row.cells if cell.words]
    return len(said) < 2 or any(
        len(cell.blocks) > 1 or len(cell.words) >= MIN_PROSE_CHARS for cell in said
    )
