"""The parts of an e-mail: the bodies that a reader sees, and the names of what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from aseqa.errors import ReadError
from aseqa.read.decoding import decode, decode_as
from aseqa.read.lines import Kept
from aseqa.read.mail_headers import header_words, plain_words
from aseqa.read.mail_words import BODY_SECTION, unflowed

_SIGNATURES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)
# What the standard library raises on malformed parameters of a header.
_PARAMETER_FAULTS = (TypeError, ValueError)
# What a mail says of these is often wrong; the bytes tell them apart better.
_WESTERN = frozenset(["", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "utf-8"])


def sort_parts(mail: Message) -> tuple[list[Message], list[str]]:
    """Share out the parts: the bodies to read, and the names of the attachments."""
    bodies, attached = [], []
    for part, spoken in _leaves(mail):
        kind, disposition = _kind(part), part.get_content_disposition()
        name = _file_name(part, kind)
        if disposition != "attachment" and kind in ("text/plain", "text/html") and not name:
            bodies += [part] if spoken else []
        elif name and kind not in _SIGNATURES and disposition != "inline":
            attached.append(name)
    return bodies, attached


def _leaves(mail: Message) -> Iterator[tuple[Message, bool]]:
    """Walk the parts in order, an attached mail as a whole.

    Where the same words come twice, the web page is not ``spoken``.
    """
    waiting = [(_mended(mail), True)]
    while waiting:
        part, spoken = waiting.pop()
        inner = part.get_payload()
        if not isinstance(inner, list) or _kind(part).startswith("message/"):
            yield part, spoken
            continue
        children = [_mended(child) for child in _messages(inner)]
        plain = [child for child in children if _kind(child) == "text/plain" and _says(child)]
        chosen = plain if plain and _kind(part) == "multipart/alternative" else children
        waiting += [(child, spoken and child in chosen) for child in reversed(children)]


def _kind(part: Message) -> str:
    return part.get_content_type()


def _says(part: Message) -> bool:
    return bool(_payload(part).strip())


def _mended(part: Message) -> Message:
    """Drop the parameters of a content type that the standard library stumbles over."""
    try:
        odd = isinstance(part.get_param("charset"), tuple)
        part.get_content_charset()
    except _PARAMETER_FAULTS:
        odd = True
    if odd:
        kind = _kind(part)
        del part["content-type"]
        part["content-type"] = kind
    return part


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: Message, kind: str) -> str | None:
    try:
        name = plain_words(part.get_filename() or "")
    except _PARAMETER_FAULTS:
        return None
    inner = part.get_payload()
    if not name and kind == "message/rfc822" and isinstance(inner, list):
        name = next((header_words(mail, "subject") or "" for mail in _messages(inner)), "")
    return name or None


def _messages(parts: list[Any]) -> list[Message]:
    return [part for part in parts if isinstance(part, Message)]


def lay_out(bodies: list[Message], source: str) -> tuple[str, list[Kept]]:
    """Write the bodies one below the other, with the named stretches of those in HTML."""
    text = ""
    named: list[Kept] = []
    for part in bodies:
        told = _text(part, source)
        if _kind(part) == "text/html" and told.strip():
            told, sections = _page(told, source)
        else:
            told, sections = unflowed(told, part.get_param("format")).strip("\n"), []
        if told.strip():
            text += "\n\n" if text else ""
            named += [Kept(len(text) + s.start, len(text) + s.end, s.name) for s in sections]
            text += told
    return text, named


def _page(page: str, source: str) -> tuple[str, list[Kept]]:
    from aseqa.read import html

    try:
        [document] = html.read_html(page, source, "")
    except ReadError:
        # A page of pictures alone; another part of the mail may say something.
        return "", []
    return document.text, [
        Kept(part.start, part.end, part.name if part.name != html.BODY_SECTION else BODY_SECTION)
        for part in document.sections
    ]


def _text(part: Message, source: str) -> str:
    payload = _payload(part)
    if not payload.strip():
        return ""
    charset = (part.get_content_charset() or "").lower()
    told = decode_as(payload, charset) if charset not in _WESTERN else None
    return decode(payload, source) if told is None else told
