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
# Letters beyond ASCII as UTF-8 writes them: Latin, Greek and Cyrillic ones, quotation marks and
# dashes, pictures. Those of Asia are left out: they look like "é »" in Windows-1252.
_UTF8_LETTER = re.compile(
    rb"\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|\xe2[\x80-\x8b][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}"
)
# Encodings that no mark tells, and that give a meaning to nearly any bytes.
_GUESSED = ("utf-16-le", "utf-16-be", "cp1252")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z][\w-]{2,30})""")
# Codecs of programs and of domain names: no text is written in them.
_NOT_FOR_TEXT = frozenset(["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"])
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
DECLARATION_BYTES = 2048
SAMPLE_BYTES = 4096
MIN_NUL_SHARE = 0.7


def decode(raw: bytes, path: str) -> str:
    """Decode a text file: by its byte-order mark, else UTF-16, UTF-8 or Windows-1252.

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
    if encoding in ("utf-8", "cp1252") and b"\0" in raw:
        raise ReadError(message("read_binary", path=path))
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ReadError(
            message("read_encoding", path=path, place=fault.start, encoding=encoding)
        ) from None
    # A stray control character does not spoil a text; a NUL never stands in one.
    if "\x00" in text or (encoding in _GUESSED and _CONTROL.search(text)):
        raise ReadError(message("read_binary", path=path))
    if not text.strip():
        raise ReadError(message("read_empty", path=path))
    return unify_newlines(text)


def decode_page(raw: bytes, path: str) -> str:
    """Decode an HTML file: by the charset that it declares where that works, else as text."""
    declared = _DECLARED.search(raw[:DECLARATION_BYTES])
    marked = any(raw.startswith(mark) for mark, _ in _MARKS)
    if declared and not marked and b"\x00" not in raw:
        text = decode_as(raw, declared.group(1).decode("ascii"))
        if text is not None:
            return text
    # Pages often declare what they are not; their bytes decide then.
    return decode(raw, path)


def decode_as(raw: bytes, charset: str) -> str | None:
    """Decode bytes by the charset that they are said to be in; None when they are not."""
    try:
        if codecs.lookup(charset).name in _NOT_FOR_TEXT:
            return None
        text = raw.decode(charset)
    except (LookupError, ValueError):
        return None
    # Some codecs let half characters through, which no file could store.
    return None if _HALF_CHARACTER.search(text) else unify_newlines(text)


def whole_characters(text: str) -> str:
    """Put U+FFFD for each half of a character, which no file could store."""
    return _HALF_CHARACTER.sub("\ufffd", text)


def unify_newlines(text: str) -> str:
    r"""Turn ``\r\n`` and ``\r`` into ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    wide = _wide_encoding(raw[:SAMPLE_BYTES])
    if wide:
        return wide
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        letters = _UTF8_LETTER.findall(raw)
        beyond_ascii = sum(byte >= 0x80 for byte in raw)
        damaged = 2 * sum(map(len, letters)) > beyond_ascii
        return "utf-8" if damaged else "cp1252"
    return "utf-8"


def _wide_encoding(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark: one byte of each pair is nearly always NUL, the other never."""
    for encoding, high, low in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        if high.count(0) > MIN_NUL_SHARE * len(high) and b"\0" not in low:
            return encoding
    return None
