"""OpenDocument texts (.odt): the words that a reader of the printed document would see.

The parts are read here, not by odfdo: it loads every part of the archive without
any limit, lets entities through, and has no text without notes and deletions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.blocks import Block, Piece, note_blocks, paragraph
from aseqa.read.odt_styles import BODY_LEVEL, PLAIN, Style, over, read_styles
from aseqa.read.office_document import Properties, documents_of, read_properties
from aseqa.read.office_tables import MAX_COLUMNS, Cell, Row, table_blocks
from aseqa.read.zip_parts import damaged, open_parts, part_bytes, part_xml
from aseqa.records import Document

_SKIPPED = frozenset(
    """text|tracked-changes text|table-of-content text|alphabetical-index text|illustration-index
    text|table-index text|object-index text|user-index text|bibliography text|sequence-decls
    text|variable-decls text|user-field-decls office|forms office|annotation office|annotation-end
    office|event-listeners svg-compatible|title svg-compatible|desc text|ruby-text text|number
    text|hidden-text drawing|object drawing|image drawing|plugin drawing|glue-point table|desc
    table|title""".split()
)
_WHITE = re.compile(r"[ \t\r\n]+")
_CORE = {
    "title": ["dc|title"],
    "author": ["meta|initial-creator", "dc|creator"],
    "created": ["meta|creation-date"],
    "modified": ["dc|date"],
}


@dataclass(frozen=True, slots=True)
class _Story:
    """What the reading of a document's body needs; ``called`` collects its notes in order."""

    styles: Mapping[str, Style]
    called: list[Element] = field(default_factory=list)


def read_odt(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read an OpenDocument text; headings open sections, notes come last.

    Raises
    ------
    ReadError
        When the file is protected, damaged, unsafe, or says nothing.
    """
    parts = open_parts(raw, source)
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in parts.names or (
        manifest in parts.names and b"encryption-data" in part_bytes(parts, manifest)
    ):
        raise ReadError(message("read_encrypted", path=source))
    content = part_xml(parts, "content.xml")
    body = content.find("office|body/office|text")
    if body is None:
        raise damaged(source, "ce n'est pas un document de traitement de texte")
    shared = [part_xml(parts, "styles.xml")] if "styles.xml" in parts.names else []
    story = _Story(read_styles([*shared, content]))
    blocks = list(_blocks(body, story))
    blocks += note_blocks(story.called, lambda note: _blocks(note, story))
    meta = part_xml(parts, "meta.xml") if "meta.xml" in parts.names else None
    properties = Properties() if meta is None else read_properties(meta, _CORE)
    return documents_of(blocks, properties, source, sha256)


def _blocks(element: Element, story: _Story, *, listed: bool = False) -> Iterator[Block]:
    """Walk text, lists, tables and boxes; the first paragraph of a list item is the item."""
    item = listed
    for child in element:
        if _is_skipped(child):
            continue
        if child.tag in ("text|p", "text|h"):
            yield from _paragraph(child, story, listed=item)
            item = False
        elif child.tag == "table|table":
            yield from table_blocks([_row(row, story, marked) for row, marked in _rows(child)])
        else:
            yield from _blocks(child, story, listed=child.tag == "text|list-item")


def _is_skipped(element: Element) -> bool:
    hidden = element.get("text|display") == "none" or element.get("text|is-hidden") == "true"
    return hidden or element.tag in _SKIPPED


def _paragraph(element: Element, story: _Story, *, listed: bool) -> Iterator[Block]:
    style = story.styles.get(element.get("text|style-name", ""), PLAIN)
    pieces = list(_pieces(element, story, style))
    if element.tag == "text|h":
        told = element.get("text|outline-level", "1")
        level = int(told) if told.isdecimal() and len(told) < 3 else 1
        yield from paragraph(pieces, "head", level)
    elif style.title:
        yield from paragraph(pieces, "head", 0)
    elif not any(map(_is_skipped, element.iterfind("text|hidden-paragraph"))):
        yield from paragraph(pieces, "item" if listed else "text", BODY_LEVEL)
    for piece in pieces:
        if piece.note is not None:
            story.called.append(piece.note)
        if piece.box is not None:
            yield from _blocks(piece.box, story)


def _pieces(element: Element, story: _Story, style: Style) -> Iterator[Piece]:
    look = over(story.styles.get(element.get("text|style-name", ""), PLAIN), style)
    if not look.hidden:
        yield Piece(_WHITE.sub(" ", element.text or ""), bold=bool(look.bold))
    for child in element:
        if not _is_skipped(child):
            yield from _child_pieces(child, story, look)
        if not look.hidden:
            yield Piece(_WHITE.sub(" ", child.tail or ""), bold=bool(look.bold))


def _child_pieces(child: Element, story: _Story, look: Style) -> Iterator[Piece]:
    if child.tag in ("text|s", "text|tab"):
        yield Piece(" ")
    elif child.tag == "text|line-break":
        yield Piece("\n")
    elif child.tag == "text|note":
        yield Piece(note=child.find("text|note-body"))
    elif child.tag.startswith("drawing|"):
        yield Piece(box=child)
    else:
        yield from _pieces(child, story, look)


def _rows(table: Element, *, header: bool = False) -> Iterator[tuple[Element, bool]]:
    for child in table:
        if child.tag == "table|table-row":
            yield child, header
        elif child.tag in ("table|table-header-rows", "table|table-rows", "table|table-row-group"):
            yield from _rows(child, header=header or child.tag == "table|table-header-rows")


def _row(row: Element, story: _Story, marked: bool) -> Row:
    cells: list[Cell] = []
    spanned = 0
    for cell in row:
        if cell.tag == "table|table-cell":
            columns = _count(cell, "table|number-columns-spanned")
            repeated = _count(cell, "table|number-columns-repeated")
            cells.append(Cell(tuple(_blocks(cell, story)), max(columns, repeated)))
            spanned = columns - 1
        elif cell.tag == "table|covered-table-cell":
            count = _count(cell, "table|number-columns-repeated")
            cells += [Cell(covered=True)] * max(0, count - spanned)
            spanned = max(0, spanned - count)
    return Row(tuple(cells), header=marked)


def _count(cell: Element, name: str) -> int:
    told = cell.get(name, "1")
    return max(1, min(int(told), MAX_COLUMNS)) if told.isdecimal() and len(told) < 10 else 1
