"""E-mails saved as files (.eml): what their sender wrote, without quoted mails or signature."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from pathlib import PurePosixPath

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.lines import Kept, sections_of
from aseqa.read.mail_headers import header_words, moment_sent, sender
from aseqa.read.mail_parts import lay_out, sort_parts
from aseqa.read.mail_words import BODY_SECTION, own_lines
from aseqa.records import Document, Voice

MAX_BYTES = 64 * 2**20

_HEADERS = ("from", "date", "subject", "received", "message-id", "to")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_MARK = b"\xef\xbb\xbf"


def read_eml(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read an e-mail: the plain text of its body, else the text of its web page.

    Raises
    ------
    ReadError
        When the file is no e-mail, too large, encrypted, or says nothing of its own.
    """
    mail = _parsed(raw, source)
    bodies, attached = sort_parts(mail)
    text, named = lay_out(bodies, source)
    if not text:
        raise ReadError(message("read_nothing", path=source))
    if text.lstrip().startswith(_ARMOUR):
        raise ReadError(message("read_encrypted", path=source))
    sent, author = moment_sent(mail), sender(mail)
    date = sent.date().isoformat() if sent else None
    metadata = {"sent": sent.isoformat() if sent else "", "attachments": ", ".join(attached)}
    kept = [Kept(line.start, line.end, _name_at(line.start, named)) for line in own_lines(text)]
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=text,
            kind="courriel",
            title=header_words(mail, "subject"),
            date=date,
            author=author,
            publisher=None,
            url=None,
            sections=sections_of(text, kept, voice=Voice("autre", author), date=date),
            metadata={key: value for key, value in metadata.items() if value},
        )
    ]


def _parsed(raw: bytes, source: str) -> Message:
    if not raw.strip():
        raise ReadError(message("read_empty", path=source))
    if len(raw) > MAX_BYTES:
        told = {"size": f"{len(raw) // 2**20} Mo", "limit": f"{MAX_BYTES // 2**20} Mo"}
        raise ReadError(message("read_too_large", path=source, **told))
    try:
        # The modern policy fails on malformed content types; it only parses headers here.
        mail = message_from_bytes(raw.removeprefix(_MARK).lstrip(), policy=compat32)
    except RecursionError:
        fault = "il emboîte trop de parties"
        raise ReadError(message("read_unsafe", path=source, fault=fault)) from None
    if not any(name in mail for name in _HEADERS):
        fault = "aucun en-tête de courriel"
        raise ReadError(message("read_damaged", path=source, fault=fault))
    if mail.get_content_type() in _ENCRYPTED:
        raise ReadError(message("read_encrypted", path=source))
    return mail


def _name_at(place: int, named: list[Kept]) -> str:
    within = (stretch.name for stretch in named if stretch.start <= place < stretch.end)
    return next(within, BODY_SECTION)
