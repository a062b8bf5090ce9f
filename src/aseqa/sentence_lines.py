"""The lines of a text and what each one is by its looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aseqa.sentence_ends import in_address
from aseqa.sentence_words import DANGLERS, GLUED_UNITS, LOWER, OPENERS, UPPER

MAX_VALUE_CHARS = 200
MAX_NAME_WORDS = 8
TAIL_CHARS = 40

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_GLUE = re.compile(
    rf"(?:(?<!\w)\d{{2,}}|\]\(#\))(?=[{UPPER}](?:['’]|[{LOWER}]))(?!(?:{GLUED_UNITS})\b)"
)
_WORDED = re.compile(r"[^\W_]")
_CLOSING = re.compile(r"[»”\")\].…!?\s]+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_BULLET = re.compile(r"(?:[-–—*]\s+|[•▪●‣◦○➢►✓]\s*)(?=\S)")
_NUMBERED = re.compile(
    r"(?:\d{1,2}°(?:\s(?:bis|ter|quater))?|\d{1,3}[.)]|[a-z]\)|[ivx]{1,4}\))\s+\S"
)
_FIELD = re.compile(
    r"(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^:*_|<>«».!?;]{0,59})(?:\*\*|__)?\s{0,2}:"
    r"(?:\*\*|__)?\s{0,2}(?P<value>\S.*)"
)
_FINISHED = re.compile(r"[.!?…:;][\s»”\")\]*_]*\Z")
_LAST_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+['’]?\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a glued part of one, without its outer white space.

    ``gap`` tells what stands before it: ``line`` (a line end), ``blank`` (a blank
    line) or ``glue`` (nothing). ``width`` is the length of the longest line of its
    paragraph. ``kind`` is heading, field, row, item, prose, closing (only closing marks)
    or rule (no letter, no digit).
    """

    start: int
    end: int
    text: str
    gap: str
    kind: str = "prose"
    width: int = 0


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """Give the lines of ``text[start:end]`` that are not blank, each with its kind."""
    lines = _with_widths(list(_pieces(text, start, end)))
    strengths = [_field_strength(line.text) for line in lines]
    return [
        replace(line, kind=_kind(line.text, _is_field(strengths, place)))
        for place, line in enumerate(lines)
    ]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the bounds without white space or invisible marks at either side."""
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return start, end


def is_finished(text: str) -> bool:
    """Tell whether a line ends with a mark after which nothing must follow."""
    return bool(_FINISHED.search(text[-TAIL_CHARS:]))


def is_dangling(text: str) -> bool:
    """Tell whether a line ends with a small word that calls for the next line."""
    found = _LAST_WORD.search(text[-TAIL_CHARS:])
    if not found:
        return False
    word = unicodedata.normalize("NFC", found.group()).rstrip("'’")
    return word in DANGLERS or (found.group()[-1] in "'’" and word.casefold() in DANGLERS)


def content_start(line: Line) -> int:
    """Give where the words of a line begin, after the bullet of an item."""
    bullet = _BULLET.match(line.text)
    return line.start + (bullet.end() if bullet else 0)


def _pieces(text: str, start: int, end: int) -> Iterator[Line]:
    last = start
    for found in _LINE.finditer(text, start, end):
        line_start, line_end = trimmed(text, found.start(), found.end())
        if line_start == line_end:
            continue
        breaks = text[last : found.start()].count("\n") + 2 * text.count("\f", last, line_start)
        gap = "blank" if breaks > 1 else "line"
        for part_start, part_end in _glued_parts(text, line_start, line_end):
            yield Line(part_start, part_end, text[part_start:part_end], gap)
            gap = "glue"
        last = found.end()


def _glued_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where one document's last number touches the next one's first word."""
    for found in _GLUE.finditer(text, start, end):
        if not in_address(text, found.end()):
            yield start, found.end()
            start = found.end()
    yield start, end


def _with_widths(lines: Sequence[Line]) -> list[Line]:
    widths: list[int] = []
    first = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place].gap == "blank":
            widest = max(len(line.text) for line in lines[first:place])
            widths += [widest] * (place - first)
            first = place
    return [replace(line, width=width) for line, width in zip(lines, widths, strict=True)]


def _kind(text: str, is_field: bool) -> str:
    if not _WORDED.search(text):
        return "closing" if _CLOSING.fullmatch(text) else "rule"
    if _MARKDOWN_HEADING.match(text):
        return "heading"
    if text[0] == text[-1] == "|" and len(text) > 2:
        return "row"
    if is_field:
        return "field"
    if _BULLET.match(text) or _NUMBERED.match(text):
        return "item"
    return "prose"


def _field_strength(text: str) -> int:
    """Rate a line as "name : value": 2 by itself, 1 beside another one, 0 not at all."""
    found = _FIELD.match(text)
    if not found or is_finished(text) or len(found["value"]) > MAX_VALUE_CHARS:
        return 0
    if found["bold"]:
        return 2
    words = found["name"].replace("’", "'").replace("'", " ").split()
    if len(words) > MAX_NAME_WORDS or words[0].casefold() in OPENERS:
        return 0
    return 2 if found["value"][0].isdigit() or found["value"][0] == "[" else 1


def _is_field(strengths: Sequence[int], place: int) -> bool:
    if strengths[place] != 1:
        return strengths[place] == 2
    beside = strengths[max(0, place - 1) : place + 2]
    return sum(strength > 0 for strength in beside) > 1
