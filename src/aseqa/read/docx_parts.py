"""The parts of a Word document that its reading needs, found as the archive names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from aseqa.read.zip_parts import Parts, damaged, open_parts, part_xml


@dataclass(frozen=True, slots=True)
class WordParts:
    """The body, the styles, the notes by kind and number, and the properties."""

    body: Element
    styles: Element | None
    notes: Mapping[tuple[str, str], Element]
    core: Element | None


def open_word(raw: bytes, source: str) -> WordParts:
    """Open a Word document.

    Raises
    ------
    ReadError
        When the archive or one of these parts cannot be read, or is no Word document.
    """
    parts = open_parts(raw, source)
    package = _related(parts, "")
    main = package.get("officeDocument", "word/document.xml")
    body = part_xml(parts, main).find("w|body")
    if body is None:
        raise damaged(source, "ce n'est pas un document de traitement de texte")
    related = _related(parts, main)
    return WordParts(
        body,
        _optional(parts, related.get("styles")),
        _notes(parts, related),
        _optional(parts, package.get("core-properties")),
    )


def _related(parts: Parts, name: str) -> dict[str, str]:
    """Give the parts that a part refers to, by the last word of the relationship's type."""
    folder, _, own = name.rpartition("/")
    listing = _optional(parts, join(folder, "_rels", f"{own}.rels"))
    return {
        relation.get("Type", "").rpartition("/")[2]: _target(folder, relation)
        for relation in _children(listing)
        if relation.get("TargetMode") != "External"
    }


def _target(folder: str, relation: Element) -> str:
    return normpath(join("/", folder, relation.get("Target", ""))).lstrip("/")


def _optional(parts: Parts, name: str | None) -> Element | None:
    return part_xml(parts, name) if name and name in parts.names else None


def _children(element: Element | None) -> list[Element]:
    return [] if element is None else list(element)


def _notes(parts: Parts, related: Mapping[str, str]) -> dict[tuple[str, str], Element]:
    """Find the notes; those with a type are the rules that stand above them."""
    roots = [_optional(parts, related.get(kind)) for kind in ("footnotes", "endnotes")]
    return {
        (note.tag, note.get("w|id", "")): note
        for root in roots
        for note in _children(root)
        if note.get("w|type") in (None, "normal")
    }
