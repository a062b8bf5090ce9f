"""Tables: a row is one sentence that names its columns, in a section of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.csv_rows import read_rows
from aseqa.read.decoding import decode
from aseqa.read.front_matter import stated_date
from aseqa.read.table_header import Cells, Sheet, Table, read_table
from aseqa.records import Document, Section, Voice

ROW = "ligne {number}"
MAX_CELLS = 1_000_000
MAX_CHARS = 100_000_000
MAX_TITLE_CHARS = 160
# A longer cell is prose: it keeps its own sentences, on a line of its own.
LONG_CELL_CHARS = 300

_GENERIC = re.compile(r"(?:feuil(?:le)?|sheet|table|tableau)[ _]?\d*", re.IGNORECASE)
# Where a sentence might be cut inside a row: a full stop before a capital or a figure, the dash
# or the number of an item.
_MIGHT_CUT = re.compile(
    r"(?<!\bM)(?<!\bMM)[.!?…][^\w|:;,]{0,9}\s[^\w|:;,]{0,9}[^\W_a-zà-ÿœ]|\s[•▪●‣◦○➢►✓]"
    r"|[:;.,]\s+[-–—]\s|[:;.,]\s+(?:et\s|ou\s)?(?:\d{1,2}°|\d{1,2}\)|[a-z]\))\s"
)
_ADDRESS_END = re.compile(r"(?:://|www\.|@)\S*$")


def read_csv(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read a table in text form; the stored text is its rows, one a line.

    Raises
    ------
    ReadError
        When the file is empty, binary, damaged, too large or without any text.
    """
    if len(raw) > MAX_CHARS:
        raise _too_large(source, f"{len(raw) // 10**6} Mo", f"{MAX_CHARS // 10**6} Mo")
    rows: list[tuple[int, Cells]] = []
    held = 0
    for number, (_, cells) in enumerate(read_rows(decode(raw, source), source), 1):
        held += len(cells)
        if held > MAX_CELLS:
            raise too_many_cells(source)
        rows.append((number, dict(enumerate(cells))))
    return [write_tables([Sheet("", rows)], source, sha256)]


def too_many_cells(source: str) -> ReadError:
    """Give the error of a file with more cells than may be read."""
    return _too_large(source, "plus d'un million de cellules", "un million")


def _too_large(source: str, size: str, limit: str) -> ReadError:
    return ReadError(message("read_too_large", path=source, size=size, limit=limit))


def write_tables(sheets: Sequence[Sheet], source: str, sha256: str) -> Document:
    """Lay the sheets of one file out as a document: a line and a section for each row.

    Raises
    ------
    ReadError
        When no cell holds a word or a number.
    """
    tables = [table for table in map(read_table, sheets) if table.rows or table.notes]
    lines: list[str] = []
    start = 0
    sections = []
    for table in tables:
        for number, row in _written(table):
            place = ROW.format(number=number)
            name = f"{table.name}, {place}" if table.name else place
            sections.append(Section(name, start, start + len(row), Voice(), _date(table, number)))
            lines.append(f"{row}\n")
            start += len(row) + 1
            if start > MAX_CHARS:
                raise _too_large(source, f"{start // 10**6} Mo", f"{MAX_CHARS // 10**6} Mo")
    if not sections:
        raise ReadError(message("read_nothing", path=source))
    return Document(
        id=PurePosixPath(source).stem,
        source=source,
        sha256=sha256,
        text="".join(lines),
        kind="tableau",
        title=_title(tables, source),
        date=None,
        author=None,
        publisher=None,
        url=None,
        sections=tuple(sections),
    )


def _title(tables: Sequence[Table], source: str) -> str:
    """Give the line above the only table, or the name of its sheet, or else the file's."""
    if len(tables) == 1:
        [table] = tables
        above = next((words for number, words in table.notes if number < table.first), "")
        if 0 < len(above) <= MAX_TITLE_CHARS:
            return above
        if table.name and not _GENERIC.fullmatch(table.name):
            return table.name
    return " ".join(PurePosixPath(source).stem.replace("_", " ").split())


def _written(table: Table) -> Iterator[tuple[int, str]]:
    rows = [(number, _row(table.names, cells)) for number, cells in table.rows.items()]
    yield from sorted([*table.notes, *((number, row) for number, row in rows if row)])


def _row(names: Sequence[str], cells: Cells) -> str:
    """Write a row as "Département : Tarn ; Enfants : 412.", its long cells below.

    A cell that would be cut into sentences makes it "| Nom : … | Avis : … |", which
    is never cut.
    """
    fields = [(f"{names[column]} : {words}", len(words)) for column, words in cells.items()]
    short = [field for field, length in fields if length <= LONG_CELL_CHARS]
    long = [field for field, length in fields if length > LONG_CELL_CHARS]
    line = " ; ".join(short)
    if _MIGHT_CUT.search(line):
        line = f"| {' | '.join(short)} |"
    elif line and not line.endswith((".", "!", "?", "…")) and not _ADDRESS_END.search(line):
        line += "."
    return "\n".join(filter(None, [line, *long]))


def _date(table: Table, number: int) -> str | None:
    """Give the date that a row states in a column called "date"."""
    if table.date_column is None:
        return None
    return stated_date(table.rows.get(number, {}).get(table.date_column, ""))
