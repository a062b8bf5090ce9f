"""The containers of the Assembly's open data: JSON, XML, or the ZIP that holds one file each."""

from __future__ import annotations

import io
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.xml_tree import MAX_DEPTH, read_tree

MAX_MEMBERS = 200_000
MAX_INFLATED_BYTES = 512 * 2**20
HEAD_BYTES = 65_536

_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# What every question's record holds, and no other data set of the Assembly.
_MARK = b"indexationAN"
_DATA_SUFFIXES = (".json", ".xml")
_ENCRYPTED = 0x1


def is_archive(raw: bytes) -> bool:
    """Tell whether the bytes are those of a ZIP."""
    return raw[:4] == b"PK\x03\x04"


def holds_questions(raw: bytes) -> bool:
    """Tell by its beginning whether a file (of a ZIP: its first data file) holds questions."""
    if is_archive(raw):
        raw = _first_head(raw)
    head = raw[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"{", b"[", b"<") and _MARK in head


def read_trees(
    raw: bytes,
    source: str,
    max_bytes: int = MAX_INFLATED_BYTES,
    max_members: int = MAX_MEMBERS,
) -> Iterator[Any]:
    """Give the tree of each data file; an archive may hold so much and no more.

    Raises
    ------
    ReadError
        When a file is damaged or unsafe; the message names the one inside a ZIP.
    """
    if not is_archive(raw):
        yield _tree(raw, source)
        return
    for name, content in _contents(raw, source, max_bytes, max_members):
        yield _tree(content, f"{source} ({name})")


def _tree(raw: bytes, source: str) -> Any:
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return read_tree(raw, source)
    return read_json(raw, source)


def read_json(raw: bytes, source: str) -> Any:
    """Parse JSON.

    Raises
    ------
    ReadError
        When it is damaged or nested out of all measure.
    """
    try:
        return json.loads(raw)
    except json.JSONDecodeError as fault:
        told = f"JSON mal formé, ligne {fault.lineno}"
    except RecursionError:
        told = f"plus de {MAX_DEPTH} niveaux emboîtés"
    except ValueError:
        told = "JSON qui n'est pas en UTF-8"
    raise ReadError(message("read_damaged", path=source, fault=told))


def _first_head(raw: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                if _is_data(member):
                    with archive.open(member) as opened:
                        return opened.read(HEAD_BYTES)
    except _DAMAGES:
        # Whose file this is cannot be told; another reader says what is wrong with it.
        return b""
    return b""


def _is_data(member: zipfile.ZipInfo) -> bool:
    hidden = member.filename.startswith("__MACOSX/") or "/." in member.filename
    return member.filename.lower().endswith(_DATA_SUFFIXES) and not hidden


def _contents(
    raw: bytes, source: str, max_bytes: int, max_members: int
) -> Iterator[tuple[str, bytes]]:
    """Inflate the data files of a ZIP one by one, whatever size it declares for them."""
    left = max_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [member for member in archive.infolist() if _is_data(member)]
            swollen = sum(member.file_size for member in members) > max_bytes
            if swollen or len(members) > max_members:
                raise _unsafe(source, max_bytes, max_members)
            if any(member.flag_bits & _ENCRYPTED for member in members):
                raise ReadError(message("read_encrypted", path=source))
            for member in members:
                with archive.open(member) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _unsafe(source, max_bytes, max_members)
                yield member.filename, content
    except _DAMAGES:
        fault = "archive ZIP illisible"
        raise ReadError(message("read_damaged", path=source, fault=fault)) from None


def _unsafe(source: str, max_bytes: int, max_members: int) -> ReadError:
    fault = f"plus de {max_bytes // 2**20} Mo ou de {max_members} fichiers une fois ouvert"
    return ReadError(message("read_unsafe", path=source, fault=fault))
