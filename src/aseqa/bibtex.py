"""References as BibTeX entries, in UTF-8; every entry is one that the oldest styles know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from urllib.parse import quote as percent

from aseqa.answers import Quote
from aseqa.citation_facts import (
    author_name,
    citation_key,
    date_parts,
    journal_name,
    journal_page,
    law_version,
    web_address,
    words_and_page,
)
from aseqa.cite import QUESTION_KINDS
from aseqa.messages import message
from aseqa.records import Document

REPORTS = ("rapport", "statistique")
# The macros of the standard styles: each prints months in its own language.
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

Field = tuple[str, str | None]


def bibtex(quote: Quote, document: Document) -> str:
    """Write a quote as a BibTeX entry, its words in ``note``.

    Examples
    --------
    >>> print(bibtex(quote, document))  # doctest: +SKIP
    @misc{002-eaee1d0db6d36db2-1618-1690,
      author = {Duby-Muller, Virginie},
      …
    """
    lines = [f"  {name} = {value}," for name, value in _fields(quote, document) if value]
    return "\n".join([f"@{_entry(document)}{{{citation_key(quote)},", *lines, "}"])


def escape_tex(text: str) -> str:
    r"""Write text as TeX reads it, with no brace that could be left open.

    Examples
    --------
    >>> escape_tex("75 % & {R&D}")
    '75 \\% \\& \\textbraceleft{}R\\&D\\textbraceright{}'
    """
    return text.translate(_signs())


@cache
def _signs() -> dict[int, str]:
    named = {
        "\\": "textbackslash",
        "{": "textbraceleft",
        "}": "textbraceright",
        "~": "textasciitilde",
        "^": "textasciicircum",
        "<": "textless",
        ">": "textgreater",
        "|": "textbar",
        '"': "textquotedbl",
    }
    signs = {sign: f"\\{name}{{}}" for sign, name in named.items()}
    # The narrow no-break space is one that pdfTeX does not know by itself.
    signs |= {sign: f"\\{sign}" for sign in "$&#%_"} | {"\u202f": "\\,"}
    return {ord(sign): written for sign, written in signs.items()}


def _entry(document: Document) -> str:
    if document.kind == "presse" and document.publisher:
        return "article"
    if document.kind in REPORTS and document.publisher:
        return "techreport"
    return "misc"


def _fields(quote: Quote, document: Document) -> Iterator[Field]:
    parts = date_parts(quote.date)
    yield "author", _author(document)
    # The second pair of braces keeps the capitals.
    yield "title", f"{{{_text(document.title or document.source)}}}"
    yield from ((name, _text(value)) for name, value in _published(quote, document))
    yield "year", f"{{{parts[0]:04d}}}" if parts else _text(quote.date)
    yield "month", MONTHS[parts[1] - 1] if len(parts) > 1 else None
    address = web_address(quote)
    yield "url", f"{{{percent(address, safe=_OF_ADDRESSES)}}}" if address else None
    yield "language", "{french}"
    yield "note", _text(words_and_page(quote))


# What may stand in an address as it is; braces and backslashes may not.
_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


def _published(quote: Quote, document: Document) -> Iterator[Field]:
    number = document.metadata.get("number")
    if document.kind in QUESTION_KINDS:
        named = message(f"cite_{document.kind}")
        numbered = f"{named} {message('cite_number', number=number)}" if number else named
        yield "howpublished", f"{numbered}, {journal_name(document)}"
        yield "pages", journal_page(quote, document)
    elif document.kind == "loi":
        told = (document.metadata.get("code"), law_version(quote, document), document.publisher)
        yield "howpublished", ", ".join(part for part in told if part)
    else:
        entry = _entry(document)
        yield (
            {"article": "journal", "techreport": "institution"}.get(entry, "howpublished"),
            document.publisher,
        )
        yield "number", number


def _text(value: str | None) -> str | None:
    return f"{{{escape_tex(value)}}}" if value else None


def _author(document: Document) -> str | None:
    name = author_name(document)
    if name is None:
        return None
    if name.given is None:
        return f"{{{_text(name.family)}}}"
    return f"{{{escape_tex(name.family)}, {escape_tex(name.given)}}}"
