"""Ways to spoil a file: its bytes, its encoding, and what stands inside ZIP, XML, JSON and PDF."""

from __future__ import annotations

import copy
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Any
from xml.etree import ElementTree

from _samples import Sample

MAX_BYTES = 1_000_000
MAX_REPEATS = 2000

Mutation = Callable[[bytes, Random, Sequence[Sample]], bytes]

# What breaks programs: empty, huge, signed, odd or half-finished.
PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "\0", "\n", "\n\n", "\r", "\t", "\ufeff", "\u2028", "\u00a0", "\u202f", "\u0301", "\ud800",
        "\U000e0001", "\u200b", "\x1a", "\x85", "\u2066", "«", "»", "’", "…", "٣", "Ⅳ", "ß", "İ",
        "-1", "0", "1e999", "nan", "99999999999999999999", "2147483648", "1/0", "0000-00-00",
        "2024-02-30", "31 juin 2024", "9999-99-99", "<", ">", "</", "<!--", "]]>", "<![CDATA[",
        "&#0;", "&#xD800;", "&#x110000;", "&lt;", "&x;", "<?xml version='1.0' encoding='idna'?>",
        "charset=idna", "charset=unicode_escape", "charset=utf-7", "charset=utf-16", "charset=hex",
        "=?idna?q?a?=", "=?utf-8?b?4?=", "=?x?q?=ff?=", "=FF", "boundary=", "--", "---", "{", "}",
        "[", "]", '"', "'", ";", ",", "|", "\\", "\\u", "%", "#", "*", "_", "> ", "- ", "1. ",
        "1er", "n° 743", "M. X", "L. 221-1", "stream", "endstream", "endobj", "/Length 0",
        "/Rotate 45", "/MediaBox [0 0 0 0]", "/MediaBox [nan 1e38 -1e38 0]", "/Filter /LZWDecode",
        "null", "true", "[[[[", "{}", "!!python/none", "&a *a", "<<: *a", "? ", "Question N°",
    )
)  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
             "utf-7", "cp037", "mac-roman")  # fmt: skip
CHARSETS = (*ENCODINGS, "idna", "punycode", "unicode_escape", "hex", "undefined", "x" * 40, "big5",
            "iso-2022-jp", "hz", "utf-8", "charmap")  # fmt: skip
VALUES = ("", " ", "-1", "0", "1e999", "NaN", "9" * 30, "a" * 3000, "\u202f", "\ufffe", "A0",
          "ZZZZ99999999", "A1:XFD1048576", "2024-02-30", "true", "../../x",
          "\U0001f600")  # fmt: skip
JSON_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1e308, "", " ", "a\ud800", [], {}, [None], [[]], {"a": {}},
    {"@xsi:nil": "true"}, ["x", {}], "2024-02-30", "\0", "<p>a</p>" * 50,
)  # fmt: skip

_DIGITS = re.compile(rb"\d{1,20}")
_DECLARED = re.compile(rb"""((?:charset|encoding)\s{0,3}=\s{0,3}["']?)[\w-]{1,30}""", re.IGNORECASE)
_WORDS = re.compile(rb'"[^"\n]{1,60}"|[\w-]{1,40}')


def mutated(sample: Sample, random: Random, pool: Sequence[Sample]) -> Sample:
    """Give a sample spoilt one to four times; now and then under another format's name."""
    raw = sample.raw
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        raw = _chosen(sample, random)(raw, random, pool)[:MAX_BYTES]
    name = sample.name
    if random.random() < 0.03:
        name = f"{name}{random.choice(pool).suffix}"
    return Sample(name, raw)


def _chosen(sample: Sample, random: Random) -> Mutation:
    inner = [spoil for mark, spoil in _INNER.items() if mark in sample.raw[:400]]
    if inner and random.random() < 0.7:
        return random.choice(inner)
    return random.choice(_OUTER)


# Bytes


def _flip(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    spoilt = bytearray(raw)
    for _number in range(random.choice((1, 1, 2, 8, 32)) if raw else 0):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def _cut(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    start, end = _span(raw, random)
    return random.choice((raw[:start], raw[start:], raw[:start] + raw[end:]))


def _splice(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    other = random.choice(pool).raw
    start, end = _span(raw, random)
    first, last = _span(other, random)
    return raw[:start] + other[first:last] + raw[end:]


def _repeat(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    start, end = _span(raw, random)
    end = min(end, start + random.choice((1, 4, 40, 4000)))
    times = random.choice((2, 3, 100, MAX_REPEATS))
    return raw[:end] + raw[start:end] * min(times, MAX_BYTES // max(1, end - start)) + raw[end:]


def _insert(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    for _number in range(random.choice((1, 2, 8))):
        place = random.randrange(len(raw) + 1)
        piece = random.choice(PIECES) * random.choice((1, 1, 1, 2, 300))
        raw = raw[:place] + piece + raw[place:]
    return raw


def _number(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    place = random.choice(list(_DIGITS.finditer(raw)) or [None])
    if place is None:
        return raw
    return raw[: place.start()] + random.choice(VALUES[2:7]).encode() + raw[place.end() :]


def _charset(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    """Declare another charset than that of the words."""
    told = rb"\1" + random.choice(CHARSETS).encode()
    spoilt = _DECLARED.sub(told, raw, count=1)
    return spoilt if spoilt != raw else _insert(raw, random, pool)


def _reword(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    """Put an odd piece for a word, a name or a quoted value."""
    found = list(_WORDS.finditer(raw))
    for place in sorted(random.sample(found, min(len(found), 4)), key=lambda m: -m.start()):
        piece = random.choice((*PIECES, *(value.encode() for value in VALUES)))
        raw = raw[: place.start()] + piece + raw[place.end() :]
    return raw if found else _insert(raw, random, pool)


def _encode(raw: bytes, random: Random, _: Sequence[Sample]) -> bytes:
    text = raw.decode("utf-8", "replace")
    form = random.choice(("NFC", "NFD", "NFKC", "NFKD"))
    text = random.choice((text, unicodedata.normalize(form, text), text.upper()))
    return text.encode(random.choice(ENCODINGS), "replace")


def _span(raw: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(raw) + 1)
    return start, random.randint(start, len(raw))


# Structures


def _in_zip(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
        rank = random.randrange(len(members))
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError,
            EOFError, zlib.error):  # fmt: skip
        return _flip(raw, random, pool)
    name, inside = members[rank]
    change = random.random()
    if change < 0.05:
        del members[rank]
    elif change < 0.1:
        members[rank] = (random.choice(("", "a/../b", "[Content_Types].xml", name * 9)), inside)
    else:
        spoil = _chosen(Sample(name, inside), random)
        members[rank] = (name, spoil(inside, random, pool)[:MAX_BYTES])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for told, words in dict(members).items():
            archive.writestr(zipfile.ZipInfo(told or "x"), words, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _in_xml(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    try:
        root = ElementTree.fromstring(raw)
    except (SyntaxError, LookupError, ValueError):
        return _flip(raw, random, pool)
    elements = list(root.iter())
    for _ in range(random.choice((1, 1, 3, 10))):
        _change_element(random.choice(elements), random.choice(elements), random)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _change_element(element: ElementTree.Element, other: ElementTree.Element, rng: Random) -> None:
    change = rng.randrange(7)
    if change == 0 and len(element):
        del element[rng.randrange(len(element))]
    elif change == 1 and len(element):
        element.insert(0, copy.deepcopy(rng.choice(list(element))))
    elif change == 2 and element.attrib:
        element.set(rng.choice(sorted(element.attrib)), rng.choice(VALUES))
    elif change == 3:
        element.text, element.tail = rng.choice(VALUES), rng.choice(("", "x"))
    elif change == 4:
        element.tag = other.tag
    elif change == 5 and element.attrib:
        del element.attrib[rng.choice(sorted(element.attrib))]
    elif len(other) < 20:
        element.append(copy.deepcopy(ElementTree.Element(other.tag, other.attrib)))


def _in_json(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError):
        return _flip(raw, random, pool)
    holders = [holder for holder in _holders(tree) if holder]
    for _ in range(random.choice((1, 1, 3, 10)) if holders else 0):
        holder = random.choice(holders)
        key = random.choice(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
        value = holder[key]
        holder[key] = random.choice((*JSON_VALUES, [value], {"x": value}, [value, value]))
    return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _holders(tree: Any) -> list[Any]:
    if not isinstance(tree, dict | list):
        return []
    children = tree.values() if isinstance(tree, dict) else tree
    return [tree, *(holder for child in children for holder in _holders(child))]


def _in_pdf(raw: bytes, random: Random, pool: Sequence[Sample]) -> bytes:
    """Spoil one stream of a PDF after inflating it; its length is told anew nowhere."""
    found = [
        m for m in re.finditer(rb"stream\r?\n", raw) if raw[m.start() - 3 : m.start()] != b"end"
    ]
    if not found:
        return _flip(raw, random, pool)
    start = random.choice(found).end()
    end = raw.find(b"endstream", start)
    try:
        inside = zlib.decompressobj().decompress(raw[start:end], MAX_BYTES)
    except zlib.error:
        return _insert(raw, random, pool)
    spoilt = random.choice(_OUTER)(inside, random, pool)[:MAX_BYTES]
    return raw[:start] + zlib.compress(spoilt) + b"\n" + raw[end:]


_OUTER: tuple[Mutation, ...] = (
    _flip, _cut, _splice, _repeat, _insert, _insert, _number, _encode, _charset, _reword, _reword,
)  # fmt: skip
_INNER: dict[bytes, Mutation] = {
    b"PK\x03\x04": _in_zip,
    b"<?xml": _in_xml,
    b"%PDF": _in_pdf,
    b"{": _in_json,
}
