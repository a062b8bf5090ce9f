"""What BibTeX and CSL both ask of a quote: a key, names, dates, the journal and the words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from aseqa.answers import Quote
from aseqa.cite import french_date
from aseqa.messages import message
from aseqa.records import Document

_CIVILITY = re.compile(r"(?:M|Mme|Mlle|Dr|Pr)\b\.?\s+")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
MAX_KEY_CHARS = 48


@dataclass(frozen=True, slots=True)
class Name:
    """A person's two names, or the whole name of an institution in ``family``."""

    family: str
    given: str | None


def citation_key(quote: Quote) -> str:
    """Give a key that is the same as long as the document's name and the offsets are.

    Examples
    --------
    >>> citation_key(quote)  # doctest: +SKIP
    '002-eaee1d0db6d36db2-1618-1690'
    """
    ascii_name = unicodedata.normalize("NFKD", quote.document).encode("ascii", "ignore").decode()
    slug = _NOT_KEY.sub("-", ascii_name.lower()).strip("-")[:MAX_KEY_CHARS]
    if slug != quote.document.lower().replace("_", "-"):
        # Two names may come to the same once simplified.
        digest = hashlib.sha256(quote.document.encode("utf-8", "surrogatepass")).hexdigest()
        slug = f"{slug}-{digest[:8]}".strip("-")
    return f"{slug}-{quote.start}-{quote.end}"


def author_name(document: Document) -> Name | None:
    """Give the author's names; only a civility tells a person from an institution.

    Examples
    --------
    >>> author_name(document)  # doctest: +SKIP
    Name(family='Duby-Muller', given='Virginie')
    """
    if not document.author:
        return None
    whole = " ".join(document.author.split())
    civility = _CIVILITY.match(whole)
    given, _, family = whole[civility.end() :].partition(" ") if civility else ("", "", "")
    several = re.search(r",| et | & ", family)
    return Name(family, given) if family and not several else Name(whole, None)


def date_parts(date: str | None) -> list[int]:
    """Give year, month and day of an ISO date, as many as it has; none of any other words."""
    found = _ISO.fullmatch(date or "")
    parts = [int(part) for part in found.groups() if part] if found else []
    months = parts[1:2]
    return parts if not months or 1 <= months[0] <= 12 else parts[:1]


def journal_page(quote: Quote, document: Document) -> str | None:
    """Give the page of the Journal officiel with the half of the question that is quoted."""
    half = "answer_page" if quote.section == "réponse" else "question_page"
    return document.metadata.get(half)


def journal_name(document: Document) -> str:
    """Name the Journal officiel of the house that the question was put to."""
    if document.publisher:
        return message("reference_journal", house=document.publisher)
    return message("reference_journal_plain")


def law_version(quote: Quote, document: Document) -> str | None:
    """Say since when the text that is quoted was in force."""
    since = document.metadata.get("version_date") or quote.date
    return message("reference_version", date=french_date(since)) if since else None


def words_and_page(quote: Quote) -> str:
    """Give the words of the quote between guillemets, with their page."""
    words = message("quoted", text=quote.text)
    return f"{words} ({message('cite_page', page=quote.page)})" if quote.page else words


def web_address(quote: Quote) -> str | None:
    """Give the address of the document if it is one of the web."""
    return quote.url if quote.url and _WEB.fullmatch(quote.url) else None
