"""Word documents (.docx): the words that a reader of the printed document would see.

The parts are read here, not by python-docx: its paragraphs leave out the words of
tracked insertions, footnotes and text boxes, and it refuses strict documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from aseqa.read.blocks import Block, Piece, note_blocks, paragraph
from aseqa.read.docx_parts import open_word
from aseqa.read.docx_styles import (
    BODY_LEVEL,
    Style,
    named_style,
    names_columns,
    over,
    read_styles,
    style_of,
    switched,
)
from aseqa.read.office_document import Properties, documents_of, read_properties
from aseqa.read.office_tables import MAX_COLUMNS, Cell, Row, table_blocks
from aseqa.records import Document

# Deleted or moved away, instructions of fields, the small print above a word, alternatives.
_SKIPPED = frozenset(["w|del", "w|moveFrom", "w|rt", "mc|Fallback", "w|altChunk"])
_WORDS = {"w|tab": " ", "w|ptab": " ", "w|br": "\n", "w|cr": "\n", "w|noBreakHyphen": "-"}
_NOTES = {"w|footnoteReference": "w|footnote", "w|endnoteReference": "w|endnote"}
_CORE = {
    "title": ["dc|title"],
    "author": ["dc|creator"],
    "created": ["dcterms|created"],
    "modified": ["dcterms|modified"],
}


@dataclass(frozen=True, slots=True)
class _Story:
    """What the reading of a document's body needs; ``called`` collects its notes in order."""

    styles: Mapping[str, Style]
    notes: Mapping[tuple[str, str], Element]
    called: list[Element]


def read_docx(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read a Word document; headings open sections, notes come last.

    Raises
    ------
    ReadError
        When the file is protected, damaged, unsafe, or says nothing.
    """
    parts = open_word(raw, source)
    story = _Story(read_styles(parts.styles), parts.notes, [])
    blocks = list(_blocks(parts.body, story))
    blocks += note_blocks(story.called, lambda note: _blocks(note, story))
    properties = Properties() if parts.core is None else read_properties(parts.core, _CORE)
    return documents_of(blocks, properties, source, sha256)


def _blocks(element: Element, story: _Story) -> Iterator[Block]:
    carried: list[Piece] = []
    for child in element:
        if child.tag == "w|p":
            pieces = carried + list(_pieces(child, story, _paragraph_style(child, story)))
            # The end of this paragraph was deleted: the next one goes on with it.
            joined = child.find("w|pPr/w|rPr/w|del") is not None
            carried = pieces if joined else []
            if not joined:
                yield from _paragraph(child, pieces, story)
        elif child.tag == "w|tbl":
            yield from table_blocks(list(_table(child, story)))
        elif not _is_skipped(child):
            yield from _blocks(child, story)
    if carried:
        yield from paragraph(carried, "text")


def _is_skipped(element: Element) -> bool:
    if element.tag == "w|sdt":
        gallery = element.find("w|sdtPr/w|docPartObj/w|docPartGallery")
        return gallery is not None and gallery.get("w|val") == "Table of Contents"
    return element.tag in _SKIPPED or element.tag.endswith("Pr")


def _paragraph_style(element: Element, story: _Story) -> Style:
    properties = element.find("w|pPr")
    named = named_style(properties, "w|pStyle", story.styles)
    return over(style_of(properties, None), named)


def _paragraph(element: Element, pieces: list[Piece], story: _Story) -> Iterator[Block]:
    style = _paragraph_style(element, story)
    level = BODY_LEVEL if style.level is None else style.level
    role = "head" if level < BODY_LEVEL else "item" if style.listed else "text"
    if not style.debris:
        yield from paragraph(pieces, role, level)
    for piece in pieces:
        if piece.note is not None:
            story.called.append(piece.note)
        if piece.box is not None:
            yield from _blocks(piece.box, story)


def _pieces(element: Element, story: _Story, style: Style) -> Iterator[Piece]:
    for child in element:
        if child.tag in ("w|t", "m|t"):
            yield Piece(child.text or "", bold=bool(style.bold))
        elif child.tag in _WORDS:
            yield Piece(_WORDS[child.tag])
        elif child.tag == "w|sym":
            yield Piece(_symbol(child.get("w|char", "")))
        elif child.tag in _NOTES:
            note = story.notes.get((_NOTES[child.tag], child.get("w|id", "")))
            yield Piece(note=note)
        elif child.tag == "w|txbxContent":
            yield Piece(box=child)
        elif child.tag in ("w|r", "m|r"):
            look = _run_style(child, story, style)
            if not look.hidden:
                yield from _pieces(child, story, look)
        elif not _is_skipped(child):
            yield from _pieces(child, story, style)


def _run_style(run: Element, story: _Story, style: Style) -> Style:
    properties = run.find("w|rPr")
    named = named_style(properties, "w|rStyle", story.styles)
    return over(over(style_of(None, properties), named), style)


def _symbol(code: str) -> str:
    """Give a character told by its number; those of picture fonts mean nothing as text."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= char <= "\uf8ff" else char


def _table(table: Element, story: _Story) -> Iterator[Row]:
    by_style = names_columns(table.find("w|tblPr"), story.styles)
    for place, row in enumerate(_rows(table)):
        marked = switched(row.find("w|trPr"), "w|tblHeader")
        cells = tuple(_cell(cell, story) for cell in _cells(row))
        yield Row(cells, header=bool(marked) or (by_style and place == 0))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "w|tr":
            if child.find("w|trPr/w|del") is None:
                yield child
        elif not _is_skipped(child):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == "w|tc":
            yield child
        elif not _is_skipped(child):
            yield from _cells(child)


def _cell(cell: Element, story: _Story) -> Cell:
    span = cell.find("w|tcPr/w|gridSpan")
    told = span.get("w|val", "1") if span is not None else "1"
    columns = int(told) if told.isdecimal() and len(told) < 3 else 1
    merge = cell.find("w|tcPr/w|vMerge")
    covered = merge is not None and merge.get("w|val", "continue") == "continue"
    blocks = () if covered else tuple(_blocks(cell, story))
    return Cell(blocks, max(1, min(columns, MAX_COLUMNS)), covered)
