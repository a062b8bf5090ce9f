"""References as CSL-JSON, the input of Zotero, Pandoc and other citation processors.

Types and variables are those of the Citation Style Language 1.0.2 (appendices III and IV of
its specification, and the schema ``csl-data.json``).
"""

from __future__ import annotations

import json
from typing import Any

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

# What is said in a sitting is printed as its transcript, hence ``hearing``; a written question
# is said nowhere, and no type but the general one fits it.
TYPES = {
    "question_ecrite": "document",
    "question_orale": "hearing",
    "question_gouvernement": "hearing",
    "loi": "legislation",
    "presse": "article-newspaper",
    "rapport": "report",
    "statistique": "report",
    "page_web": "webpage",
    "tableau": "dataset",
    "courriel": "personal_communication",
}
OTHER_TYPE = "document"


def csl_json(quote: Quote, document: Document) -> str:
    """Write a quote as a list of one CSL item, its words in ``note``."""
    return json.dumps([csl_item(quote, document)], ensure_ascii=False, indent=2)


def csl_item(quote: Quote, document: Document) -> dict[str, Any]:
    """Give the CSL item of a quote; what is not known is left out.

    Examples
    --------
    >>> csl_item(quote, document)["type"]  # doctest: +SKIP
    'legislation'
    """
    item = {
        "id": citation_key(quote),
        "type": TYPES.get(document.kind, OTHER_TYPE),
        "title": document.title or document.source,
        "author": _authors(document),
        "issued": _issued(quote.date),
        **_published(quote, document),
        "URL": web_address(quote),
        "language": "fr-FR",
        "note": words_and_page(quote),
    }
    return {name: value for name, value in item.items() if value}


def _published(quote: Quote, document: Document) -> dict[str, str | None]:
    """Give what tells where the document was published, in the variables of its type."""
    known = document.metadata
    if document.kind in QUESTION_KINDS:
        return {
            "genre": message(f"cite_{document.kind}"),
            "number": known.get("number"),
            "authority": document.publisher,
            "container-title": journal_name(document),
            "page": journal_page(quote, document),
        }
    if document.kind == "loi":
        return {
            "container-title": known.get("code"),
            "section": known.get("article"),
            "version": law_version(quote, document),
            "publisher": document.publisher,
        }
    if document.kind in ("presse", "page_web"):
        return {"container-title": document.publisher}
    return {"publisher": document.publisher, "number": known.get("number")}


def _authors(document: Document) -> list[dict[str, str]] | None:
    name = author_name(document)
    if name is None:
        return None
    if name.given is None:
        return [{"literal": name.family}]
    return [{"family": name.family, "given": name.given}]


def _issued(date: str | None) -> dict[str, Any] | None:
    if not date:
        return None
    parts = date_parts(date)
    return {"date-parts": [parts]} if parts else {"literal": date}
