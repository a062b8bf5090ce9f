"""The blocks of an office document: its paragraphs, items, rows and notes, laid out as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from aseqa.read.headings import could_head
from aseqa.read.lines import Kept

BODY_SECTION = "texte"
NOTES_SECTION = "notes"

# Soft hyphens, and what no printed text holds.
_DROPPED = re.compile("[\u00ad\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t]+")
_BREAKS = re.compile(r" ?(?:[\r\n\u2028\u2029] ?)+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of words; ``role`` is head, text, item, row or note.

    ``level`` orders headings: 0 is the document's title.
    """

    role: str
    words: str
    level: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a paragraph: words, or the note or the box that is anchored there."""

    words: str = ""
    bold: bool = False
    note: Element | None = None
    box: Element | None = None


def tidy(words: str) -> str:
    r"""Drop soft hyphens, turn tabs into spaces, squeeze spaces; no-break spaces stay.

    Examples
    --------
    >>> tidy(" l'en\u00adfance\t:  20\u00a0000 \n\n places ")
    "l'enfance : 20\xa0000\nplaces"
    """
    plain = _BLANKS.sub(" ", _DROPPED.sub("", words))
    return _BREAKS.sub("\n", plain).strip(" \n")


def paragraph(pieces: Sequence[Piece], role: str, level: int = 0) -> Iterator[Block]:
    """Give a paragraph's block, when it says something."""
    words = tidy("".join(piece.words for piece in pieces))
    if any(char.isalnum() for char in words):
        bold = all(piece.bold for piece in pieces if piece.words.strip())
        yield Block(role, words.replace("\n", " ") if role == "head" else words, level, bold)


def note_blocks(
    notes: Sequence[Element], read: Callable[[Element], Iterable[Block]]
) -> list[Block]:
    """Read each note once, wherever and however often it is called."""
    once = {id(note): note for note in notes}
    return [replace(block, role="note") for note in once.values() for block in read(note)]


def lay_out(blocks: Sequence[Block]) -> tuple[str, list[Kept]]:
    r"""Write the blocks one below the other, each under the name of its heading.

    Examples
    --------
    >>> lay_out([Block("head", "Bilan"), Block("item", "un"), Block("item", "deux")])[0]
    'Bilan\n\n- un\n- deux'
    """
    text, name, previous = "", BODY_SECTION, ""
    written: list[str] = []
    kept: list[Kept] = []
    length = 0
    for block in _with_bold_headings(blocks):
        line = f"- {block.words}" if block.role == "item" else block.words
        if block.role in ("head", "note"):
            name = NOTES_SECTION if block.role == "note" else block.words
        gap = "\n" if block.role == previous == "item" else "\n\n"
        gap = gap if written else ""
        kept.append(Kept(length + len(gap), length + len(gap) + len(line), name))
        written += [gap, line]
        length += len(gap) + len(line)
        previous = block.role
    text = "".join(written)
    return text, kept


def _with_bold_headings(blocks: Sequence[Block]) -> Sequence[Block]:
    """Take short bold paragraphs for headings, where none bears a heading's style."""
    if any(block.role == "head" and block.level for block in blocks):
        return blocks
    found = list(blocks)
    for place, block in enumerate(blocks[:-1]):
        prose_follows = blocks[place + 1].role == "text" and not blocks[place + 1].bold
        bold = block.role == "text" and block.bold and "\n" not in block.words
        if bold and could_head(block.words) and (prose_follows or blocks[place + 1].role == "item"):
            found[place] = replace(block, role="head", level=1)
    return found
