"""Quotes with their references, ready to paste: as text, Markdown, HTML, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from urllib.parse import quote as percent
from urllib.parse import urlencode, urlsplit, urlunsplit

from aseqa.answers import Quote
from aseqa.bibtex import bibtex
from aseqa.cite import QUESTION_KINDS
from aseqa.csl import csl_json
from aseqa.errors import BadSettings
from aseqa.messages import message
from aseqa.records import Document


def formatted(quote: Quote, document: Document, style: str) -> str:
    """Write a quote and its reference, ready to paste.

    Parameters
    ----------
    document
        The document that the quote comes from.
    style
        ``plain``, ``markdown``, ``html``, ``bibtex`` or ``csl-json``.

    Raises
    ------
    BadSettings
        When there is no such style.

    Examples
    --------
    >>> print(formatted(quote, document, "plain"))  # doctest: +SKIP
    « L'âge moyen d'entrée dans ces réseaux est établi à 13 ans. »
    Question orale n° 743 de Mme Karen Erodi (…), JO du 5 mai 2026 ; réponse non reproduite
    """
    write = STYLES.get(style)
    if write is None:
        known = ", ".join(STYLES)
        raise BadSettings(message("reference_style_unknown", style=style, known=known))
    return write(quote, document)


def bibliography(cited: Sequence[tuple[Quote, Document]], style: str) -> str:
    """Write several quotes in one style; as CSL-JSON, one list of all.

    Raises
    ------
    BadSettings
        When there is no such style.
    """
    written = [formatted(quote, document, style) for quote, document in cited]
    if style != "csl-json":
        return "\n\n".join(written)
    items = [item for one in written for item in json.loads(one)]
    return json.dumps(items, ensure_ascii=False, indent=2)


def permalink(quote: Quote, base_url: str) -> str:
    """Give the address at which the web chat opens a quote in its source.

    ``base_url`` is that of the chat; what it holds already stays.

    Examples
    --------
    >>> permalink(quote, "http://127.0.0.1:7860/")  # doctest: +SKIP
    'http://127.0.0.1:7860/?document=002_eaee&start=1618&end=1690&sha256=…'
    """
    place = {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "sha256": quote.sha256,
    }
    parts = urlsplit(base_url)
    query = urlencode(place, quote_via=percent, safe="")
    joined = f"{parts.query}&{query}" if parts.query else query
    return urlunsplit(parts._replace(path=parts.path or "/", query=joined))


def plain(quote: Quote, _: Document) -> str:
    """Write the words between guillemets and the reference on the line below."""
    return f"{message('quoted', text=quote.text)}\n{paged_reference(quote)}"


def markdown(quote: Quote, _: Document) -> str:
    r"""Write a block of quotation, the reference under it; no sign of the words has an effect.

    Examples
    --------
    >>> markdown(quote, document)  # doctest: +SKIP
    '> « 12 mineures sur 12\\* »\n>\n> — Question orale n° 743 de Mme Karen Erodi (…)'
    """
    words = _markdown_text(message("quoted", text=quote.text))
    before, address, after = _around_address(quote)
    link = f"<{address}>" if address else ""
    told = f"{_markdown_text(before)}{link}{_markdown_text(after)}"
    return "\n".join(f"> {line}".rstrip(" ") for line in f"{words}\n\n— {told}".split("\n"))


def html(quote: Quote, _: Document) -> str:
    """Write a figure: the words as a block of quotation, the reference as its caption."""
    before, address, after = _around_address(quote)
    link = f'<a href="{escape(address)}">{escape(address)}</a>' if address else ""
    cited = f' cite="{escape(address)}"' if address else ""
    return (
        f'<figure lang="fr"><blockquote{cited}><p>{escape(message("quoted", text=quote.text))}</p>'
        f"</blockquote><figcaption>{escape(before)}{link}{escape(after)}</figcaption></figure>"
    )


def paged_reference(quote: Quote) -> str:
    """Give the reference with the page of the words, for a file that has pages.

    The reference of a parliamentary question has pages of the Journal officiel already.
    """
    if quote.page is None:
        return quote.reference
    is_question = quote.kind in QUESTION_KINDS
    key = "reference_file_page" if is_question else "reference_page"
    return quote.reference + message(key, page=quote.page)


STYLES: dict[str, Callable[[Quote, Document], str]] = {
    "plain": plain,
    "markdown": markdown,
    "html": html,
    "bibtex": bibtex,
    "csl-json": csl_json,
}


def _around_address(quote: Quote) -> tuple[str, str, str]:
    """Part a reference at its web address; any other scheme stays words."""
    reference = paged_reference(quote)
    address = quote.url or ""
    if not _web_address().fullmatch(address) or address not in reference:
        return reference, "", ""
    before, _, after = reference.partition(address)
    return before, address, after


@cache
def _web_address() -> re.Pattern[str]:
    return re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@cache
def _markdown_sign() -> re.Pattern[str]:
    # ASCII punctuation that CommonMark gives a meaning anywhere in a line.
    return re.compile(r"[\\`*_{}\[\]<>#|~&!$]|^[-+=]", re.MULTILINE)


def _markdown_text(text: str) -> str:
    escaped = _markdown_sign().sub(lambda found: f"\\{found[0]}", text)
    return _list_number().sub(r"\1\\\2", escaped)


@cache
def _list_number() -> re.Pattern[str]:
    return re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
