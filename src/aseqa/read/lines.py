"""The lines of a text with their offsets, and sections made of the lines that are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aseqa.records import Section, Voice


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, without the white space around it.

    ``text`` is its words in composed form (NFC), for judging them; what is stored
    and quoted are the characters from ``start`` to ``end``. ``block`` counts the
    runs of lines between empty lines; ``alone`` is true for the only line of its
    block.
    """

    start: int
    end: int
    text: str
    block: int
    alone: bool


def split_lines(text: str) -> list[Line]:
    r"""Give the non-empty lines of ``text``, cut at ``\n`` only.

    Examples
    --------
    >>> [(line.start, line.text, line.alone) for line in split_lines("un\n\n deux\ntrois")]
    [(0, 'un', True), (5, 'deux', False), (10, 'trois', False)]
    """
    found: list[Line] = []
    position, block = 0, 0
    for raw in text.split("\n"):
        start, end = trim(text, position, position + len(raw))
        if start < end:
            words = unicodedata.normalize("NFC", text[start:end])
            found.append(Line(start, end, words, block, True))
        else:
            block += 1
        position += len(raw) + 1
    return _mark_company(found)


def _mark_company(lines: list[Line]) -> list[Line]:
    size: dict[int, int] = {}
    for line in lines:
        size[line.block] = size.get(line.block, 0) + 1
    return [replace(line, alone=size[line.block] == 1) for line in lines]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a range until it neither begins nor ends in white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of text to be quotable, and the name of the section that it belongs to."""

    start: int
    end: int
    name: str


def sections_of(
    text: str, kept: Iterable[Kept], *, voice: Voice, date: str | None
) -> tuple[Section, ...]:
    r"""Join neighbouring stretches of one name; a stretch left out between two parts them.

    Examples
    --------
    >>> kept = [Kept(0, 2, "corps"), Kept(3, 5, "corps"), Kept(8, 10, "corps")]
    >>> [(s.start, s.end) for s in sections_of("un\nde\nX\ntr", kept, voice=Voice(), date=None)]
    [(0, 5), (8, 10)]
    """
    joined: list[Kept] = []
    for stretch in kept:
        last = joined[-1] if joined else None
        between = text[last.end : stretch.start] if last else "x"
        if last and last.name == stretch.name and not between.strip():
            joined[-1] = Kept(last.start, stretch.end, last.name)
        else:
            joined.append(stretch)
    trimmed = ((part.name, *trim(text, part.start, part.end)) for part in joined)
    return tuple(
        Section(name, start, end, voice, date) for name, start, end in trimmed if start < end
    )
