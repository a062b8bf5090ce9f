"""The rows of a text whose cells are parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from aseqa.errors import ReadError
from aseqa.messages import message

# In order of preference where two part the rows equally well: a comma is often a decimal one.
DELIMITERS = "\t;|,"
SAMPLE_ROWS = 200
MIN_SHARE = 0.5

# A row of its own behind the last one: it is lost inside a quotation that never closes.
_LAST = "\ufdd0"

Row = tuple[int, list[str]]


def read_rows(text: str, source: str, key: str = "read_columns") -> Iterator[Row]:
    r"""Give the rows of ``text`` with the lines that they begin at, empty rows included.

    Raises
    ------
    ReadError
        With the message ``key``, when a quotation is never closed or a cell is endless.

    Examples
    --------
    >>> list(read_rows('a;b\n"un\ndeux";3,5\n', "a.csv"))
    [(1, ['a', 'b']), (2, ['un\ndeux', '3,5'])]
    """
    stated = text[4] if text[:4].lower() == "sep=" and text[5:6] == "\n" else None
    delimiter = stated or _delimiter(text)
    rows = _parsed(text, delimiter, source, key)
    yield from islice(rows, 1, None) if stated else rows


def _parsed(text: str, delimiter: str, source: str, key: str) -> Iterator[Row]:
    lines = [*text.removesuffix("\n").split("\n"), _LAST]
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells == [_LAST]:
                return
            if cells and _LAST in cells[-1]:
                raise ReadError(message(key, path=source, line=line, fault="guillemet non fermé"))
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        fault = "cellule trop longue"
        raise ReadError(message(key, path=source, line=line, fault=fault)) from None


def _delimiter(text: str) -> str:
    """Choose the delimiter that gives the most rows one and the same number of cells."""
    shares = {delimiter: _share(text, delimiter) for delimiter in DELIMITERS}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    # Where none parts the rows, a character that the text does not hold keeps them whole.
    return best if shares[best] >= MIN_SHARE else _LAST


def _share(text: str, delimiter: str) -> float:
    if delimiter not in text:
        return 0.0
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for cells in islice(reader, SAMPLE_ROWS):
            widths[len(cells)] += any(cell.strip() for cell in cells)
    except csv.Error:
        return 0.0
    rows = sum(widths.values())
    several = [count for width, count in widths.items() if width > 1]
    return round(max(several, default=0) / rows, 2) if rows else 0.0
