"""The stored text of a PDF file, written block by block with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aseqa.read.lines import Kept
from aseqa.read.pdf_blocks import CONTENTS, HEADING, ITEM, NOTE, TABLE, Block
from aseqa.read.pdf_hyphens import keeps_hyphen
from aseqa.read.pdf_layout import NOWHERE, PageLayout
from aseqa.read.pdf_lines import Line, is_raised, space_between
from aseqa.read.pdf_tables import Cell, Table
from aseqa.read.pdf_words import SOFT_HYPHEN, Word

BODY_SECTION = "texte"
NOTES_SECTION = "notes"

_EXPONENTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARENTHESES = "()[],."
# What an exponent makes square or cubic.
_UNIT = re.compile(r"\b[cdk]?m\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """The text, the stretches of it that may be quoted, and where it is printed."""

    text: str
    kept: tuple[Kept, ...]
    layout: PageLayout


def write(blocks: Sequence[Block], words: Mapping[str, int]) -> Written:
    """Write the blocks of a document; ``words`` counts its words, to mend broken ones.

    A paragraph is one line of the text, whatever lines it is printed on. Blocks are
    parted by an empty line, items and rows of one list or table by a line end. A table's
    row is a line between bars, "| Année : 2023 | Appels : 38 000 |", with the names that
    its header gives; the header itself is told in each row only. Footnote calls are left
    out; other exponents are written as such ("m²").
    """
    calls: dict[int, set[str]] = {}
    for block in blocks:
        if block.kind == NOTE:
            calls.setdefault(block.lines[0].page, set()).add(block.number)
    writer = _Writer(words, calls)
    kept: list[Kept] = []
    name, previous = BODY_SECTION, ""
    for block in blocks:
        close = block.kind == previous and block.kind in (ITEM, CONTENTS)
        writer.add("" if not writer.chars else "\n" if close else "\n\n")
        stretches = writer.block(block)
        if block.kind == HEADING:
            name = writer.text(*stretches[0])
        section = NOTES_SECTION if block.kind == NOTE else name
        if block.kind != CONTENTS:
            kept += [Kept(start, end, section) for start, end in stretches]
        previous = block.kind
    return Written(writer.text(0, len(writer.chars)), tuple(kept), writer.layout())


class _Writer:
    """A text that grows, with the line and the sides of each of its characters."""

    def __init__(self, words: Mapping[str, int], calls: dict[int, set[str]]) -> None:
        self.words, self.calls = words, calls
        self.chars: list[str] = []
        self.places: list[tuple[int, float, float]] = []
        self.heights: list[tuple[float, float]] = []
        self.pages: list[tuple[int, int]] = []

    def text(self, start: int, end: int) -> str:
        return "".join(self.chars[start:end]).replace(SOFT_HYPHEN, "-")

    def layout(self) -> PageLayout:
        places = np.array(self.places, dtype=np.float64).reshape(-1, 3)
        return PageLayout(
            lines=places[:, 0].astype(np.int32),
            sides=places[:, 1:].astype(np.float32),
            heights=np.array(self.heights, dtype=np.float32).reshape(-1, 2),
            pages=np.array(self.pages, dtype=np.int32).reshape(-1, 2),
        )

    def add(self, text: str) -> None:
        """Add characters that no page has."""
        self.chars += text
        self.places += [(NOWHERE, 0.0, 0.0)] * len(text)

    def block(self, block: Block) -> list[tuple[int, int]]:
        """Write a block; give the stretches of it that may be quoted."""
        if block.kind == TABLE and block.table:
            return self._table(block.table)
        start = len(self.chars)
        for number, line in enumerate(block.lines):
            if number:
                self._join(line)
            self._line(line, self._place(line), number == 0 and block.kind == NOTE)
            if number == 0 and block.kind == NOTE:
                start += len(block.number)
        return [(min(start, len(self.chars)), len(self.chars))]

    def _table(self, table: Table) -> list[tuple[int, int]]:
        header = self._header(table)
        stretches = []
        for number, row in enumerate(table.rows):
            self.add("\n" if number else "")
            start = len(self.chars)
            shared: dict[int, int] = {}
            for column, cell in enumerate(row):
                if not cell:
                    continue
                self.add(" | " if len(self.chars) > start else "| ")
                name = header[column] if column < len(header) else ([], [])
                if name[0]:
                    self.chars += name[0]
                    self.places += name[1]
                    self.add(" : ")
                self._cell(cell, shared)
            self.add(" |")
            stretches.append((start, len(self.chars)))
        return stretches

    def _header(self, table: Table) -> list[tuple[list[str], list[tuple[int, float, float]]]]:
        """Give the characters of each column's name, with their places."""
        names = []
        shared: dict[int, int] = {}
        for cell in table.header or ():
            start = len(self.chars)
            self._cell(cell, shared)
            names.append((self.chars[start:], self.places[start:]))
            del self.chars[start:], self.places[start:]
        return names

    def _cell(self, cell: Cell, shared: dict[int, int]) -> None:
        """Write a cell; cells of a row share the printed lines that they stand on."""
        for number, line in enumerate(cell):
            if number:
                self._join(line)
            level = round(line.baseline)
            place = next(
                (shared[near] for near in range(level - 1, level + 2) if near in shared), None
            )
            if place is None:
                place = shared[level] = self._place(line)
            else:
                bottom, top = self.heights[place]
                self.heights[place] = min(bottom, line.bottom), max(top, line.top)
            self._line(line, place)

    def _place(self, line: Line) -> int:
        self.heights.append((line.bottom, line.top))
        self.pages.append((line.page, line.turn))
        return len(self.heights) - 1

    def _line(self, line: Line, place: int, is_note: bool = False) -> None:
        previous: Word | None = None
        for word in line.words:
            text = word.text
            if is_note and previous is None:
                text = text.translate(_EXPONENTS)
            elif is_raised(word, line):
                if self._is_call(text, line.page):
                    previous = word
                    continue
                text = text.translate(_EXPONENTS)
            if previous:
                apart = is_note and previous is line.words[0]
                self.add(space_between(previous, word) or (" " if apart else ""))
            self.chars += text
            self.places += [
                (place, left, right) for left, right in zip(word.lefts, word.rights, strict=True)
            ]
            previous = word

    def _is_call(self, text: str, page: int) -> bool:
        """Tell whether a raised word calls a footnote of its page; each is called once."""
        number = text.strip(_PARENTHESES)
        before = _UNIT.search("".join(self.chars[-4:]))
        if before or number not in self.calls.get(page, ()):
            return False
        self.calls[page].discard(number)
        return True

    def _join(self, line: Line) -> None:
        """Go on to the next printed line: a space, or nothing where a word was broken."""
        if not self.chars or self.chars[-1] not in ("-", SOFT_HYPHEN):
            self.add(" ")
            return
        if len(self.chars) < 2 or not self.chars[-2].isalnum():
            self.add(" ")
            return
        before = "".join(self.chars[-80:-1]).replace(SOFT_HYPHEN, "-")
        if not keeps_hyphen(before, line.text, self.words, self.chars[-1] == SOFT_HYPHEN):
            del self.chars[-1], self.places[-1]
