"""The XML parts of a workbook, walked without ever holding one as a whole tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, iterparse

from aseqa.read.zip_parts import Parts, damaged, part_bytes, unsafe


@dataclass(frozen=True, slots=True)
class Reference:
    """A part that another one refers to: the identifier used there, what it is, its name."""

    identifier: str
    kind: str
    part: str


def walk(parts: Parts, name: str) -> Iterator[tuple[str, str, Element]]:
    """Give the starts and ends of a part's elements: event, name without namespace, element.

    Raises
    ------
    ReadError
        When the part is missing, too large or damaged, or may declare entities.
    """
    raw = part_bytes(parts, name)
    # Only a document type can declare entities, and no office software writes one. Without
    # its NULs, UTF-16 reads as ASCII does.
    if b"<!DOCTYPE" in raw or b"<!DOCTYPE" in raw.replace(b"\0", b""):
        raise unsafe(parts.source, "il déclare un type de document ou des entités")
    names: dict[str, str] = {}
    try:
        for event, element in iterparse(BytesIO(raw), ("start", "end")):
            tag = element.tag
            yield event, names.get(tag) or names.setdefault(tag, local(tag)), element
    except ParseError as fault:
        told = f"{name} : XML mal formé, ligne {fault.position[0]}"
        raise damaged(parts.source, told) from None
    except (LookupError, ValueError):
        raise damaged(parts.source, f"{name} : XML d'un codage inconnu") from None


def references(parts: Parts, name: str) -> list[Reference]:
    """Give what the part ``name`` refers to; "" stands for the file as a whole."""
    folder, _, file = name.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels".removeprefix("/")
    return [
        Reference(
            element.get("Id", ""),
            element.get("Type", "").rpartition("/")[2],
            normpath(join(f"/{folder}", element.get("Target", "")))[1:],
        )
        for event, tag, element in walk(parts, listed)
        if event == "end" and tag == "Relationship"
    ]


def local(name: str) -> str:
    """Give the name of an element or of an attribute without its namespace."""
    return name.rpartition("}")[2]
