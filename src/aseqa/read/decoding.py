"""The text of a file's bytes: its encoding found, its newlines unified, nothing else changed."""

from __future__ import annotations

import codecs
import re

from aseqa.errors import ReadError
from aseqa.messages import message

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
# Letters beyond ASCII as UTF-8 writes them.
_UTF8_LETTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}|\xc2[\xa0-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z][\w-]{2,30})""")
DECLARATION_BYTES = 2048


def decode(raw: bytes, path: str) -> str:
    """Decode a text file: by its byte-order mark, else UTF-8, else Windows-1252.

    Windows-1252 gives a meaning to almost any byte, so it is only believed when
    the file does not look like UTF-8 that was damaged.

    Raises
    ------
    ReadError
        When the file is empty, binary or damaged.
    """
    if not raw.strip():
        raise ReadError(message("read_empty", path=path))
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ReadError(
            message("read_encoding", path=path, place=fault.start, encoding=encoding)
        ) from None
    # A stray control character does not spoil a text; a NUL never stands in one.
    if "\x00" in text or (encoding == "cp1252" and _CONTROL.search(text)):
        raise ReadError(message("read_binary", path=path))
    if not text.strip():
        raise ReadError(message("read_empty", path=path))
    return unify_newlines(text)


def decode_page(raw: bytes, path: str) -> str:
    """Decode an HTML file: by the charset that it declares where that works, else as text."""
    declared = _DECLARED.search(raw[:DECLARATION_BYTES])
    marked = any(raw.startswith(mark) for mark, _ in _MARKS)
    if declared and not marked and b"\x00" not in raw:
        try:
            return unify_newlines(raw.decode(declared.group(1).decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            # Pages often declare what they are not; their bytes decide then.
            pass
    return decode(raw, path)


def unify_newlines(text: str) -> str:
    r"""Turn ``\r\n`` and ``\r`` into ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        letters = _UTF8_LETTER.findall(raw)
        beyond_ascii = sum(byte >= 0x80 for byte in raw)
        damaged = 2 * sum(map(len, letters)) > beyond_ascii
        return "utf-8" if damaged else "cp1252"
    return "utf-8"
