"""Where quoted speech stands: the outermost « … », “ … ” and " … " of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A quotation of several paragraphs is rarely longer; a forgotten closing mark costs
# no more than this.
MAX_QUOTATION_CHARS = 6000
MAX_INNER_MARKS = 200

# "¶" stands for the end of a paragraph, "¶«" for an opening mark at its beginning.
_MARK = re.compile(r"[«»“”\"]|\n\s*\n")
_SWITCHED = re.compile(r"(?<!\S)»(?=[^\W_])")
_PAIRS = {"«": "»", "¶«": "»", "“": "”", '"': '"'}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted words, its marks included, in characters of the text."""

    start: int
    end: int


def find_quotations(text: str, stretches: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Find the outermost quotations that lie in ``stretches`` of ``text``, in order.

    A quotation may run over paragraphs and over the gap between two stretches
    (page debris), and each paragraph may open it again ("« … / « … »"). One that
    is never closed ends at the first closing mark, or with its paragraph.

    Examples
    --------
    >>> find_quotations("Il dit : « Le mot « foyer » fait peur. » Puis rien.", [(0, 51)])
    [Quotation(start=9, end=40)]
    """
    marks = list(_marks(text, stretches))
    found: list[Quotation] = []
    place = 0
    while place < len(marks):
        position, mark = marks[place]
        if mark not in _PAIRS:
            place += 1
            continue
        place, end = _closing(marks, place)
        found.append(Quotation(position, end))
    return found


def _marks(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    for start, end in stretches:
        paragraph = start
        for found in _MARK.finditer(text, start, end):
            mark = found.group()[0]
            if mark == "\n":
                paragraph = found.end()
                mark = "¶"
            elif mark == "«" and not text[paragraph : found.start()].strip():
                mark = "¶«"
            elif _SWITCHED.match(text, found.start()):
                mark = "«"
            yield found.start(), mark
        yield end, "¶"


def _closing(marks: Sequence[tuple[int, str]], first: int) -> tuple[int, int]:
    """Give the place after the mark that closes ``marks[first]``, and where it ends."""
    opened, opener = marks[first]
    depth = 1
    for place in range(first + 1, min(first + MAX_INNER_MARKS, len(marks))):
        position, mark = marks[place]
        if position - opened > MAX_QUOTATION_CHARS or (mark == "¶" and "«" not in opener):
            break
        if mark == _PAIRS[opener]:
            depth -= 1
        elif mark == "«" and "«" in opener:
            depth += 1
        if depth == 0:
            return place + 1, position + 1
    return _unclosed(marks, first)


def _unclosed(marks: Sequence[tuple[int, str]], first: int) -> tuple[int, int]:
    """End a quotation that nothing closes at its first closing mark, or its paragraph."""
    closer = _PAIRS[marks[first][1]]
    place = next(at for at in range(first + 1, len(marks)) if marks[at][1] in ("¶", closer))
    position, mark = marks[place]
    return place + 1, position + (mark != "¶")
