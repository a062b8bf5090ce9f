"""Blocks of a column: headings, paragraphs, items of lists, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aseqa.read import lines as text_lines
from aseqa.read.headings import ends_sentence, is_bullet, is_marked_heading
from aseqa.read.pdf_lines import Line, is_raised
from aseqa.read.pdf_paragraphs import ENUMERATION, GLYPH_BULLET, LEADER, Habits, paragraphs
from aseqa.read.pdf_tables import Table

HEADING, PROSE, ITEM, NOTE, CONTENTS, TABLE, CAPTION = (
    "heading",
    "prose",
    "item",
    "note",
    "contents",
    "table",
    "caption",
)

# In shares of the size of the prose.
LARGER = 1.12
SMALLER = 0.93
MAX_HEADING_CHARS = 160
MAX_HEADING_LINES = 4

_CAPTION = re.compile(
    r"^(?:figure|graphique|tableau|carte|encadré|source|sources|champ|lecture)\b[^.]{0,12}[:–—.-]",
    re.IGNORECASE,
)
_NOTE_NUMBER = re.compile(r"^(?:\d{1,3}|\*{1,3})(?=$|[\s.)A-ZÀ-Þ«])|^[¹²³⁰⁴-⁹]+")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that make one heading, paragraph, item or note; or one table.

    ``number`` is that of a footnote.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    number: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def blocks_of(column: Sequence[Line | Table], habits: Habits) -> list[Block]:
    """Group the lines of a column, footnotes last."""
    notes_from = _notes_start(column, habits)
    blocks: list[Block] = []
    run: list[Line] = []
    for item in column[:notes_from]:
        if isinstance(item, Table):
            blocks += _prose(run, habits)
            blocks.append(Block(TABLE, table=item))
            run = []
        else:
            run.append(item)
    notes = [line for line in column[notes_from:] if isinstance(line, Line)]
    return [*blocks, *_prose(run, habits), *_notes(notes)]


def _notes_start(column: Sequence[Line | Table], habits: Habits) -> int:
    """Give where the small numbered lines at the foot of a column begin."""
    start = len(column)
    for number in range(len(column) - 1, 0, -1):
        line = column[number]
        if isinstance(line, Table) or line.size > SMALLER * habits.size:
            break
        if _note_number(line):
            start = number
    return start


def _note_number(line: Line) -> str:
    first = line.words[0]
    found = _NOTE_NUMBER.match(first.text)
    return found.group() if found and len(line.text) > len(first.text) else ""


def _notes(lines: Sequence[Line]) -> list[Block]:
    notes: list[Block] = []
    for line in lines:
        number = _note_number(line)
        follows = not notes or is_raised(line.words[0], line) or _comes_next(notes[-1], number)
        if number and follows:
            notes.append(Block(NOTE, (line,), number=number))
        else:
            last = notes[-1]
            notes[-1] = Block(NOTE, (*last.lines, line), number=last.number)
    return notes


def _comes_next(note: Block, number: str) -> bool:
    return note.number.isdecimal() and number == str(int(note.number) + 1)


def _prose(lines: Sequence[Line], habits: Habits) -> list[Block]:
    return [Block(_kind(group, habits), tuple(group)) for group in paragraphs(lines, habits)]


def _kind(group: Sequence[Line], habits: Habits) -> str:
    text = " ".join(line.text for line in group)
    if any(LEADER.search(line.text) for line in group):
        return CONTENTS
    if GLYPH_BULLET.match(text):
        return ITEM
    if _is_heading(group, text, habits):
        return HEADING
    if is_bullet(text) or ENUMERATION.match(text):
        return ITEM
    return CAPTION if _CAPTION.match(text) else PROSE


def _is_heading(group: Sequence[Line], text: str, habits: Habits) -> bool:
    """Tell whether lines are a heading by their size, their weight or their form."""
    if len(text) > MAX_HEADING_CHARS or len(group) > MAX_HEADING_LINES:
        return False
    if not any(map(str.isalpha, text)) or text[0].islower() or _CAPTION.match(text):
        return False
    ended = ends_sentence(text) and not text.rstrip().endswith(("?", "!"))
    if ended:
        return False
    if all(line.size >= LARGER * habits.size for line in group):
        return True
    if all(line.bold for line in group) and not habits.bold:
        return not group[0].size < SMALLER * habits.size
    words = text_lines.Line(0, len(text), text, 0, True)
    return len(group) == 1 and not text[0].isdigit() and is_marked_heading(words)
