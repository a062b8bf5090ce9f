"""Running headers, footers and page numbers: what comes back at one place of many pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aseqa.read.pdf_glyphs import Page
from aseqa.read.pdf_lines import Line, line_of, rows_of
from aseqa.read.pdf_words import Word

EDGE_SHARE = 0.15
EDGE_ROWS = 4
SAME_PLACE = 4.0
MAX_SIZE_RATIO = 1.1
MANY_PAGES = 6

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_OUTER_NUMBERS = re.compile(r"\A(\d{1,4})\b|\b(\d{1,4})\Z")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*(?:[-–—|]\s*)?(?P<number>\d{1,4})(?:\s*(?:/|sur|of)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)


class _Mark(NamedTuple):
    """What a row at the edge of a page says, digits folded, and where."""

    words: str
    place: int
    at_top: bool


@dataclass(frozen=True, slots=True)
class _Habits:
    """How often each mark occurs, how often is enough, and how pages are numbered.

    ``offset`` is what to add to a page's place in the file to get its printed number.
    """

    count: Counter[_Mark]
    enough: int
    size: float
    offset: int | None


def without_running(pages: Sequence[Page], words: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Leave out the words of running headers, running footers and page numbers."""
    edges = [_edges(page, here) for page, here in zip(pages, words, strict=True)]
    habits = _habits(pages, edges, _body_size(words))
    kept = []
    for page, here, rows in zip(pages, words, edges, strict=True):
        left_out = {
            id(word)
            for at_top in (True, False)
            for row in _running(page, rows, at_top, habits)
            for word in row.words
        }
        kept.append([word for word in here if id(word) not in left_out])
    return kept


def _body_size(words: Sequence[Sequence[Word]]) -> float:
    sizes: Counter[float] = Counter()
    for here in words:
        for word in here:
            sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _edges(page: Page, words: Sequence[Word]) -> list[Line]:
    """Give the rows near the top and near the bottom of a page, from the top."""
    _, bottom, _, top = page.bounds
    margin = EDGE_SHARE * (top - bottom)
    near = [word for word in words if not bottom + margin < word.baseline < top - margin]
    return [line_of(row, page.number, page.turn) for row in rows_of(near)]


def _habits(pages: Sequence[Page], edges: Sequence[Sequence[Line]], size: float) -> _Habits:
    count: Counter[_Mark] = Counter()
    offsets: Counter[int] = Counter()
    for page, rows in zip(pages, edges, strict=True):
        marks: set[_Mark] = set()
        for at_top in (True, False):
            for row in _outer(page, rows, at_top):
                mark = _mark(page, row, at_top)
                # A row counts at its own place and at the next ones.
                marks |= {mark._replace(place=mark.place + step) for step in (-1, 0, 1)}
        count.update(marks)
        offsets.update({n - page.number for row in rows for n in _outer_numbers(row.text)})
    offset, pages_so_numbered = max(
        offsets.items(), key=lambda item: (item[1], -abs(item[0])), default=(0, 0)
    )
    numbered = pages_so_numbered > 2 and 2 * pages_so_numbered > len(pages)
    return _Habits(count, 3 if len(pages) > MANY_PAGES else 2, size, offset if numbered else None)


def _outer(page: Page, rows: Sequence[Line], at_top: bool) -> list[Line]:
    """Give the outermost rows of one edge, from the edge inwards."""
    _, bottom, _, top = page.bounds
    middle = (bottom + top) / 2
    if at_top:
        return [row for row in rows if row.baseline > middle][:EDGE_ROWS]
    return [row for row in reversed(rows) if row.baseline <= middle][:EDGE_ROWS]


def _mark(page: Page, row: Line, at_top: bool) -> _Mark:
    edge = page.bounds[3] if at_top else page.bounds[1]
    words = _DIGITS.sub("#", row.text.casefold())
    return _Mark(words, round(abs(edge - row.baseline) / SAME_PLACE), at_top)


def _outer_numbers(text: str) -> set[int]:
    """Give the numbers that a row begins and ends with."""
    return {int(first or last) for first, last in _OUTER_NUMBERS.findall(text)}


def _running(page: Page, rows: Sequence[Line], at_top: bool, habits: _Habits) -> list[Line]:
    """Give the rows from the edge inwards, as long as they are not the page's own text."""
    found: list[Line] = []
    for row in _outer(page, rows, at_top):
        small = row.size <= MAX_SIZE_RATIO * habits.size
        repeated = habits.count[_mark(page, row, at_top)] >= habits.enough
        numbered = (
            habits.offset is not None
            and not found
            and page.number + habits.offset in _outer_numbers(row.text)
        )
        if not (small and (repeated or numbered)) and not _is_page_number(row.text, page.number):
            break
        found.append(row)
    return found


def _is_page_number(text: str, page: int) -> bool:
    """Tell whether a row is a page's own number, or says that it is a page number.

    Examples
    --------
    >>> [_is_page_number(text, 4) for text in ("- 4 -", "Page 7 sur 9", "4", "119", "En 2024")]
    [True, True, True, False, False]
    """
    found = _PAGE_NUMBER.fullmatch(text.strip())
    return found is not None and (int(found["number"]) == page or not text.strip().isdigit())
