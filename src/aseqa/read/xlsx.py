"""XLSX spreadsheets: the rows that are shown, under their headers.

Read here with the standard library alone: python-calamine knows neither hidden rows nor
number formats (75 % would be quoted as 0.75), and openpyxl refuses whole files for a style
that it does not know and warns where nothing is lost. Both are oracles of the tests.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from aseqa.read.number_formats import BUILT_IN, show_number
from aseqa.read.table import MAX_CELLS, too_many_cells, write_tables
from aseqa.read.table_header import Merge, Sheet
from aseqa.read.xlsx_parts import Reference, local, references, walk
from aseqa.read.zip_parts import Parts, damaged, open_parts
from aseqa.records import Document

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_ELEMENTS = 10_000_000
# Long words count as several cells: one text may be shared by all of them.
CHARS_A_CELL = 100

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to: words, formats, the origin of dates."""

    strings: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


def read_xlsx(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read the visible sheets of a workbook; formulas give the values last computed.

    Raises
    ------
    ReadError
        When the file is damaged, protected, too large, unsafe or without any text.
    """
    parts = open_parts(raw, source)
    book_part = _one(references(parts, ""), "officeDocument")
    if book_part is None:
        raise damaged(source, "il ne contient pas de classeur")
    linked = references(parts, book_part)
    listed: list[tuple[str, str]] = []
    from_1904 = False
    for event, tag, element in walk(parts, book_part):
        if event == "end" and tag == "workbookPr":
            from_1904 = _is_on(element.get("date1904"))
        if event == "end" and tag == "sheet" and element.get("state", "visible") == "visible":
            identifier = next((v for k, v in element.items() if local(k) == "id"), "")
            listed.append((element.get("name", ""), identifier))
    words, styles = _one(linked, "sharedStrings"), _one(linked, "styles")
    book = _Book(_strings(parts, words), _formats(parts, styles), from_1904)
    # Other things than worksheets (charts, dialogues) have no cells.
    worksheets = {one.identifier: one.part for one in linked if one.kind == "worksheet"}
    budget = [MAX_CELLS]
    sheets = [
        _sheet(parts, name, worksheets[identifier], book, budget)
        for name, identifier in listed
        if identifier in worksheets
    ]
    return [write_tables(sheets, source, sha256)]


def _one(linked: Sequence[Reference], kind: str) -> str | None:
    return next((one.part for one in linked if one.kind == kind), None)


def _strings(parts: Parts, part: str | None) -> list[str]:
    """Give the words that cells share; those that only tell a pronunciation are left out."""
    found: list[str] = []
    for event, tag, element in walk(parts, part) if part in parts.names else ():
        if event == "end" and tag == "si":
            found.append(_words(element))
            element.clear()
    return found


def _words(element: Element) -> str:
    runs = [run for run in element if local(run.tag) in ("t", "r")]
    texts = (text for run in runs for text in run.iter() if local(text.tag) == "t")
    return "".join(text.text or "" for text in texts)


def _formats(parts: Parts, part: str | None) -> list[str]:
    """Give the number format of each cell style."""
    codes = dict(BUILT_IN)
    styles: list[int] = []
    inside = False
    for event, tag, element in walk(parts, part) if part in parts.names else ():
        if tag == "cellXfs":
            inside = event == "start"
        elif event == "start" and tag == "numFmt":
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "General")
        elif event == "start" and tag == "xf" and inside:
            styles.append(_whole(element.get("numFmtId")))
    return [codes.get(style, "General") for style in styles]


def _sheet(parts: Parts, name: str, part: str, book: _Book, budget: list[int]) -> Sheet:
    """Read one sheet; ``budget`` holds the number of cells that may still be read."""
    rows: dict[int, dict[int, str]] = {}
    merges: list[Merge] = []
    hidden_columns: set[int] = set()
    number, column, seen, hidden = 0, -1, 0, False
    parents: list[Element] = []
    for event, tag, element in walk(parts, part):
        if event == "start":
            parents.append(element)
            if tag == "row":
                number, column = _whole(element.get("r")) or number + 1, -1
                hidden = _is_on(element.get("hidden")) or number > MAX_ROWS
            continue
        parents.pop()
        if tag == "c":
            seen += 1
            place = _place(element.get("r", ""))
            column = place[1] if place else column + 1
            words = "" if hidden or column >= MAX_COLUMNS else _shown(element, book)
            if words:
                rows.setdefault(number, {})[column] = words
                budget[0] -= 1 + len(words) // CHARS_A_CELL
        elif tag == "col" and _is_on(element.get("hidden")):
            first, last = _whole(element.get("min")), _whole(element.get("max"))
            hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
            seen += max(last - first, 0)
        elif tag == "mergeCell":
            merges += _merge(element.get("ref", ""))
        if budget[0] < 0 or seen > MAX_ELEMENTS:
            raise too_many_cells(parts.source)
        if tag in ("c", "row"):
            parents[-1].clear()
    kept = {n: {c: w for c, w in rows[n].items() if c not in hidden_columns} for n in sorted(rows)}
    return Sheet(name, list(kept.items()), merges)


def _shown(cell: Element, book: _Book) -> str:
    """Give what a cell shows; errors such as #N/A show nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_words(inside) for inside in cell if local(inside.tag) == "is")
    value = next((inside.text or "" for inside in cell if local(inside.tag) == "v"), "").strip("\n")
    if kind == "s":
        place = _whole(value)
        return book.strings[place] if place < len(book.strings) else ""
    if kind == "b":
        return "vrai" if value == "1" else "faux"
    if kind == "d":
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind != "n" or not value:
        return "" if kind == "e" else value
    try:
        number = float(value)
    except ValueError:
        return value
    style = _whole(cell.get("s"))
    code = book.formats[style] if style < len(book.formats) else "General"
    return show_number(number, code, book.from_1904) if math.isfinite(number) else value


def _whole(text: str | None) -> int:
    """Give a number without sign or decimals; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")


def _place(reference: str) -> tuple[int, int] | None:
    """Give the row (from 1) and the column (from 0) of "AB12"."""
    found = _PLACE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _merge(reference: str) -> Iterator[Merge]:
    first, _, last = reference.partition(":")
    top, bottom = _place(first), _place(last)
    if top and bottom:
        yield Merge(top[0], top[1], bottom[0], bottom[1])
