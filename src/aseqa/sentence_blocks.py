"""From lines to blocks: which lines belong together.

A block is a heading, a field, a row of a table, an item of a list or a run of prose. Prose
broken by a line wrap, or by a page break (a blank line in the middle of a sentence), is one
block; a line without any letter or digit belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aseqa.sentence_ends import ends_abbreviated, in_address, sentence_cuts
from aseqa.sentence_lines import (
    TAIL_CHARS,
    Line,
    content_start,
    is_dangling,
    is_finished,
    read_lines,
)

MAX_HEADING_CHARS = 160
MAX_HEADING_LINES = 2
MIN_WRAP_CHARS = 50
MIN_BROKEN_CHARS = 40

_LINK_END = re.compile(r"\]\([^()]*\)\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``role`` is the role of its sentences."""

    start: int
    end: int
    role: str
    lines: int = 1
    listed: bool = False


def read_blocks(text: str, start: int, end: int) -> Iterator[Block]:
    """Give the blocks of ``text[start:end]`` in order."""
    block: Block | None = None
    previous: Line | None = None
    for line in read_lines(text, start, end):
        if block and previous and _continues(block, previous, line):
            block = replace(block, end=line.end, lines=block.lines + 1)
        else:
            if block:
                yield _settled(text, block)
            block = _opened(block, previous, line)
        previous = line
    if block:
        yield _settled(text, block)


def _opened(block: Block | None, previous: Line | None, line: Line) -> Block | None:
    if line.kind in ("rule", "closing"):
        return None
    listed = line.kind == "prose" and _is_listed(block, previous, line)
    role = "item" if listed else line.kind
    begin = content_start(line) if line.kind == "item" else line.start
    return Block(begin, line.end, role, listed=listed)


def _is_listed(block: Block | None, previous: Line | None, line: Line) -> bool:
    """Tell whether a line is an item of a list without dashes ("… : / a ; / b ; / c.")."""
    if not previous or not block:
        return False
    if previous.text.endswith(":"):
        return line.text.endswith(";")
    return block.listed and previous.text.endswith(";")


def _continues(block: Block, previous: Line, line: Line) -> bool:
    """Tell whether ``line`` goes on with the block whose last line is ``previous``."""
    if block.role in ("heading", "field", "row") or line.gap == "glue":
        return False
    if line.kind != "prose":
        return line.kind == "closing"
    lower = line.text[0].islower()
    if line.gap == "blank":
        return _continues_over_blank(block, previous, lower)
    if previous.text.endswith(":"):
        return lower and line.width >= MIN_WRAP_CHARS and not line.text.endswith(";")
    if previous.text.endswith(";"):
        return not block.listed
    if lower or previous.text.endswith(","):
        return True
    return _continues_with_capital(previous, line)


def _continues_over_blank(block: Block, previous: Line, lower: bool) -> bool:
    if is_finished(previous.text):
        return False
    if is_dangling(previous.text):
        return True
    long_enough = block.end - block.start >= MIN_BROKEN_CHARS or previous.text.endswith(",")
    return lower and long_enough


def _continues_with_capital(previous: Line, line: Line) -> bool:
    if is_finished(previous.text):
        return ends_abbreviated(previous.text) or _is_full(previous, line)
    return is_dangling(previous.text) or _is_full(previous, line)


def _is_full(previous: Line, line: Line) -> bool:
    """Tell whether the next word had no room left on the line: it was wrapped."""
    first_word = line.text.split(maxsplit=1)[0]
    wrapped = len(previous.text) + 1 + len(first_word) > previous.width
    return wrapped and previous.width >= MIN_WRAP_CHARS


def _settled(text: str, block: Block) -> Block:
    if block.role == "prose" and _is_heading(text, block):
        return replace(block, role="heading")
    return block


def _is_heading(text: str, block: Block) -> bool:
    """Tell whether a block of prose is a heading: short, one piece, no full stop."""
    if block.end - block.start > MAX_HEADING_CHARS or block.lines > MAX_HEADING_LINES:
        return False
    words = text[block.start : block.end]
    if words[0].islower() or is_finished(words) or words.endswith(",") or is_dangling(words):
        return False
    if _LINK_END.search(words[-TAIL_CHARS:]) or in_address(text, block.end):
        return False
    return not any(sentence_cuts(text, block.start, block.end))
