"""Office files are ZIP archives of XML: their parts, read within limits and without entities.

Only the parts that are asked for are inflated, each up to a limit; a document type,
the one place where entities can come from, is refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.xml_tree import parse_xml

MAX_PARTS = 10_000
MAX_PART_BYTES = 32 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_RATIO = 200
RATIO_FLOOR_BYTES = 2**20
MAX_DEPTH = 200
MAX_TAGS = 3_000_000

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
# The main streams of Word 97 and Excel 97, whose files are of the same kind.
_OLD_OFFICE = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook"))
_ENCRYPTED_FLAGS = 0x41
# What the standard library raises on an archive whose bytes make no sense.
_ZIP_FAULTS = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
    zlib.error,
)
# Names are told as "prefix|local", as CSS does; the dialects of Office Open XML share prefixes.
_OPEN_DOCUMENT = re.compile(r"urn:oasis:names:tc:opendocument:xmlns:([a-z-]+):\d")
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """An open archive, the file that it comes from and the names of its parts."""

    archive: ZipFile
    source: str
    names: frozenset[str]


def open_parts(raw: bytes, source: str) -> Parts:
    """Open the bytes of an office file; nothing is inflated yet.

    Raises
    ------
    ReadError
        When the file is empty, protected by a password, damaged, or swells too much.
    """
    if not raw:
        raise ReadError(message("read_empty", path=source))
    if raw.startswith(_OLE2):
        if any(stream in raw for stream in _OLD_OFFICE):
            raise ReadError(message("read_unsupported", path=source, known=".docx, .xlsx, .odt"))
        raise ReadError(message("read_encrypted", path=source))
    try:
        archive = ZipFile(BytesIO(raw))
    except _ZIP_FAULTS:
        raise damaged(source, "ce n'est pas une archive ZIP lisible") from None
    members = archive.infolist()
    if len(members) > MAX_PARTS:
        raise unsafe(source, f"il contient plus de {MAX_PARTS} parties")
    inflated = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
    if inflated > MAX_TOTAL_BYTES:
        raise unsafe(source, f"il occuperait {inflated // 2**20} Mo une fois décompressé")
    return Parts(archive, source, frozenset(member.filename for member in members))


def damaged(source: str, fault: str) -> ReadError:
    """Make the error of a file that is damaged or incomplete."""
    return ReadError(message("read_damaged", path=source, fault=fault))


def unsafe(source: str, fault: str) -> ReadError:
    """Make the error of a file that it is wiser not to read."""
    return ReadError(message("read_unsafe", path=source, fault=fault))


def part_bytes(parts: Parts, name: str) -> bytes:
    """Inflate one part.

    Raises
    ------
    ReadError
        When the part is missing, protected, damaged or too large.
    """
    if name not in parts.names:
        raise damaged(parts.source, f"la partie {name} manque")
    member = parts.archive.getinfo(name)
    if member.flag_bits & _ENCRYPTED_FLAGS:
        raise ReadError(message("read_encrypted", path=parts.source))
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise unsafe(parts.source, f"la partie {name} est compressée d'une façon inhabituelle")
    _check_size(parts.source, member)
    try:
        # zipfile never gives more than the size that was just checked.
        return parts.archive.read(member)
    except _ZIP_FAULTS:
        raise damaged(parts.source, f"la partie {name} est illisible") from None


def _check_size(source: str, member: ZipInfo) -> None:
    size = member.file_size
    swollen = size > RATIO_FLOOR_BYTES and size > MAX_RATIO * member.compress_size
    if size > MAX_PART_BYTES or swollen:
        fault = f"la partie {member.filename} occuperait {size // 2**20} Mo une fois décompressée"
        raise unsafe(source, fault)


def part_xml(parts: Parts, name: str) -> Element:
    """Inflate and parse one part; names come as "prefix|local", such as "w|p".

    Raises
    ------
    ReadError
        As `part_bytes`, and when the XML is damaged, declares a document type (and so
        perhaps entities), or nests or repeats its tags without end.
    """
    raw = part_bytes(parts, name)
    if raw.count(b"<") > MAX_TAGS:
        raise unsafe(parts.source, f"la partie {name} a plus de {MAX_TAGS} balises")
    root = parse_xml(raw, parts.source)
    known: dict[str, str] = {}
    rank = [root]
    for _ in range(MAX_DEPTH):
        for element in rank:
            element.tag = _short(element.tag, known)
            element.attrib = {_short(key, known): told for key, told in element.attrib.items()}
        rank = [child for element in rank for child in element]
        if not rank:
            return root
    raise unsafe(parts.source, f"la partie {name} emboîte plus de {MAX_DEPTH} balises")


def _short(name: str, known: dict[str, str]) -> str:
    """Write a name with its usual prefix; "?" stands for a namespace of no interest."""
    if name not in known:
        namespace, _, local = name.removeprefix("{").rpartition("}")
        found = _OPEN_DOCUMENT.match(namespace)
        prefix = found.group(1) if found else _NAMESPACES.get(namespace, "?")
        known[name] = f"{prefix}|{local}" if namespace else local
    return known[name]
