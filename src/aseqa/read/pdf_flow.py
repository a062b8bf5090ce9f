"""Blocks of all pages in one flow: paragraphs that go on in the next column or page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aseqa.read.headings import ends_sentence, is_bullet
from aseqa.read.pdf_blocks import (
    CAPTION,
    ITEM,
    NOTE,
    PROSE,
    TABLE,
    Block,
)
from aseqa.read.pdf_paragraphs import goes_on, has_room, same_size
from aseqa.read.pdf_tables import continued

MIN_BROKEN_CHARS = 40
_CLOSERS = '»"”’)] '


def flow(columns: Iterable[Sequence[Block]]) -> list[Block]:
    """Put the columns of a document one after the other.

    What stands between the two halves of a paragraph (footnotes, a table, its caption)
    comes after the whole paragraph; a table that goes on keeps its header.
    """
    out: list[Block] = []
    unfinished: int | None = None
    for column in columns:
        blocks = list(column)
        if unfinished is not None:
            place = _continuation(out[unfinished], blocks)
            if place is not None:
                lines = (*out[unfinished].lines, *blocks.pop(place).lines)
                out[unfinished] = replace(out[unfinished], lines=lines)
        start = len(out)
        out += blocks
        said = [n for n in range(start, len(out)) if out[n].kind not in (NOTE, TABLE, CAPTION)]
        if said:
            unfinished = said[-1]
        if unfinished is not None and not _is_open(out[unfinished]):
            unfinished = None
    return _with_headers(out)


def _is_open(block: Block) -> bool:
    return block.kind in (PROSE, ITEM)


def _continuation(block: Block, following: Sequence[Block]) -> int | None:
    """Give the place of the block that goes on with ``block``, if any does."""
    for place, other in enumerate(following):
        if other.kind in (NOTE, TABLE, CAPTION):
            continue
        goes_on = other.kind == PROSE or (other.kind == ITEM and _is_broken_word(block))
        return place if goes_on and _goes_on(block, other) else None
    return None


def _goes_on(block: Block, other: Block) -> bool:
    before, after = block.lines[-1], other.lines[0]
    if not same_size(before, after):
        return False
    text = block.text.rstrip(_CLOSERS)
    lower = goes_on(after.text)
    if _is_broken_word(block):
        return lower
    if is_bullet(after.text):
        return False
    if ends_sentence(text) and not text.endswith((",", ";")):
        return lower and not text.endswith((":", "!", "?"))
    if lower or text.endswith(","):
        return True
    right = max(line.right for line in block.lines)
    return len(text) >= MIN_BROKEN_CHARS and not has_room(before, after, right)


def _is_broken_word(block: Block) -> bool:
    return block.text.endswith(("-", "\u00ad"))


def _with_headers(blocks: Sequence[Block]) -> list[Block]:
    """Give tables that go on the header of the table before them."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if block.table and last and last.table:
            block = replace(block, table=continued(block.table, last.table))
        out.append(block)
    return out
