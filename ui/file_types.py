"""The type of a file that somebody sends: told by its bytes, whatever its name says."""

from __future__ import annotations

import codecs
from pathlib import PurePath

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read import SUFFIXES

# As much of either end of a file as is looked at.
END_BYTES = 64 * 1024
_PDF_WITHIN = 1024
_CONTROL_SHARE = 0.01
_CONTROL = bytes([*range(7), *range(14, 27), *range(28, 32)])
_WIDE_MARKS = (
    codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE,
)  # fmt: skip
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
# Which suffixes a kind of bytes may bear; the first is given where the name says another.
_SUFFIXES = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm"),
    "xlsx": (".xlsx", ".xlsm"),
    "odt": (".odt", ".ott"),
    "zip": (".zip",),
    "page": (".html", ".htm", ".xhtml"),
}
_TEXTS = tuple(s for s in SUFFIXES if not any(s in held for held in _SUFFIXES.values()))


def true_name(name: str, head: bytes, tail: bytes) -> str:
    """Give the name that a file may bear: its own, or with the suffix that its bytes ask for.

    ``head`` and ``tail`` are its first and last ``END_BYTES``.

    Raises
    ------
    ReadError
        When it is empty, or of a type that nothing here reads.

    Examples
    --------
    >>> true_name("rapport.txt", b"%PDF-1.7", b"%%EOF")
    'rapport.txt.pdf'
    """
    if not head.strip():
        raise ReadError(message("documents_empty", name=name))
    kind = _kind(head, tail)
    suffix = PurePath(name).suffix.lower()
    wanted = _suffix(kind, suffix)
    if not wanted:
        raise ReadError(message("documents_type", name=name))
    return name if wanted == suffix else name + wanted


def _suffix(kind: str, suffix: str) -> str:
    """Give the suffix for a kind of bytes under the name's own; none when neither will do."""
    if kind in ("text", "page") and suffix in (*_TEXTS, *_SUFFIXES["page"]):
        return suffix
    if kind == "text":
        return ".txt" if not suffix or suffix in SUFFIXES else ""
    held = _SUFFIXES.get(kind, ("",))
    return suffix if suffix in held else held[0]


def _kind(head: bytes, tail: bytes) -> str:
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive_kind(head, tail)
    if head.startswith((_OLD_OFFICE, b"{\\rtf")) or not _is_text(head):
        return ""
    start = head[:_PDF_WITHIN].lstrip(codecs.BOM_UTF8).lstrip().lower()
    is_page = start.startswith((b"<!doctype html", b"<html")) or b"<html" in start
    return "page" if is_page else "text"


def _archive_kind(head: bytes, tail: bytes) -> str:
    """Tell an archive by the names of its parts, which stand at both ends of it."""
    if _OPEN_DOCUMENT in head[:200]:
        return "odt"
    if b"mimetypeapplication/" in head[:200]:  # another office file, or a book
        return ""
    for mark, kind in ((b"word/document", "docx"), (b"xl/workbook", "xlsx")):
        if mark in head or mark in tail:
            return kind
    return "" if b"ppt/presentation" in head + tail else "zip"


def _is_text(head: bytes) -> bool:
    if head.startswith(_WIDE_MARKS):
        return True
    if b"\0" in head:  # UTF-16 without a mark has its NULs at every other place
        return (not any(head[0::2])) ^ (b"\0" not in head[0::2]) and (head.count(0) * 4 > len(head))
    return len(head) - len(head.translate(None, _CONTROL)) <= _CONTROL_SHARE * len(head)
