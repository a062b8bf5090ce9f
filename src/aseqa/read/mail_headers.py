"""The headers of an e-mail, as words, names and moments."""

from __future__ import annotations

from datetime import datetime
from email.message import Message
from email.policy import default

from aseqa.errors import ReadError
from aseqa.read.decoding import decode, whole_characters

# The standard library's parser of headers fails on some malformed ones with these.
_HEADER_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def header_words(mail: Message, name: str) -> str | None:
    """Give a header's words in one line."""
    return _one_line(str(_header(mail, name) or "")) or None


def sender(mail: Message) -> str | None:
    """Name who wrote: the name shown, else the address."""
    addresses = getattr(_header(mail, "from"), "addresses", ())
    named = (address.display_name or address.addr_spec for address in addresses)
    return next((_one_line(name) for name in named if name.strip("<> ")), None)


def moment_sent(mail: Message) -> datetime | None:
    """Give when the mail was sent, in the sender's own time."""
    sent = getattr(_header(mail, "date"), "datetime", None)
    return sent if isinstance(sent, datetime) else None


def plain_words(told: str) -> str:
    """Decode the encoded words of a value, or its bare bytes as those of a text file."""
    return _one_line(str(_parsed("subject", told) or ""))


def _one_line(words: str) -> str:
    return whole_characters(" ".join(words.split()))


def _header(mail: Message, name: str) -> object:
    found = next((str(told) for key, told in mail.raw_items() if key.lower() == name), None)
    return None if found is None else _parsed(name, found)


def _parsed(name: str, found: str) -> object:
    try:
        told = decode(found.encode("utf-8", "surrogateescape"), name)
        return default.header_factory(name, " ".join(told.split("\n")))
    except (*_HEADER_FAULTS, ReadError):
        # An unreadable header is as good as none: the words of the mail are still its own.
        return None
