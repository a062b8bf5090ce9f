"""Saved web pages in HTML: the article's text, without menus and frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.lines import Kept, sections_of, trim
from aseqa.read.publishers import clean_address, publisher_of
from aseqa.records import Document, Voice

BODY_SECTION = "texte"
USUAL_MIN_CHARS = 250

# What the extractor's tree calls its blocks; a block inside another is a block of its own.
_BLOCKS = frozenset(["p", "head", "item", "row", "quote", "code", "list", "table", "ab", "div"])
_DOCUMENT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_html(page: str, source: str, sha256: str) -> list[Document]:
    """Read a web page; the stored text is the text extracted from it.

    Raises
    ------
    ReadError
        When the page holds no text.
    """
    found = _extract(_XML_DECLARATION.sub("", page))
    blocks = list(_blocks(found.body)) if found else []
    if not found or not blocks:
        raise ReadError(message("read_nothing", path=source))
    text, kept = _lay_out(blocks)
    author = found.author.replace("; ", ", ") if found.author else None
    publisher = found.sitename or (publisher_of(found.url) if found.url else None)
    date = found.date or None
    voice = Voice("autre", publisher or author)
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=text,
            kind="page_web",
            title=found.title or None,
            date=date,
            author=author,
            publisher=publisher,
            url=clean_address(found.url) if found.url else None,
            sections=sections_of(text, kept, voice=voice, date=date),
            metadata={"description": found.description} if found.description else {},
        )
    ]


def _extract(page: str) -> Any:
    """Find the page's text and metadata.

    Below its usual size limit the extractor gives one flat paragraph; a short
    page is then read again without the limit, to keep its headings and lists.
    """
    if not _DOCUMENT.search(page):
        page = f"<html><body>{page}</body></html>"
    found = _extract_above(page, USUAL_MIN_CHARS)
    if found and len(found.body) > 1:
        return found
    short = _extract_above(page, 1)
    return short if short and len(short.body) > 1 else found


def _extract_above(page: str, min_chars: int) -> Any:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(min_chars))
    # Only dates that the page states count, none guessed from its text.
    return trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=config,
    )


def _lay_out(blocks: list[tuple[str, str]]) -> tuple[str, list[Kept]]:
    """Write the blocks one below the other; items and rows close together."""
    text, name = "", BODY_SECTION
    kept: list[Kept] = []
    previous = ""
    for tag, words in blocks:
        line = f"- {words}" if tag == "item" else words
        name = words if tag == "head" else name
        close = tag == previous and tag in ("item", "row")
        text += ("\n" if close else "\n\n") if text else ""
        kept.append(Kept(len(text), len(text) + len(line), name))
        text += line
        previous = tag
    return text, kept


def _blocks(element: Any) -> Iterator[tuple[str, str]]:
    """Walk the tree; give (tag, words) for each run of words that no other block parts."""
    words = element.text or ""
    for child in element:
        if _holds_block(child):
            yield from _said(element.tag, words)
            yield from _blocks(child)
            words = ""
        else:
            words += _inline(child)
        words += child.tail or ""
    yield from _said(element.tag, words)


def _said(tag: str, words: str) -> Iterator[tuple[str, str]]:
    lines = (" ".join(line.split()) for line in words.split("\n"))
    told = "\n".join(filter(None, lines))
    start, end = trim(told, 0, len(told))
    if start < end:
        yield tag, told[start:end]


def _holds_block(element: Any) -> bool:
    return any(inner.tag in _BLOCKS for inner in element.iter())


def _inline(element: Any) -> str:
    """Give an inline element's words: a line break for ``lb``, a bar after a table's cell."""
    if element.tag == "lb":
        return "\n"
    words = (element.text or "") + "".join(_inline(c) + (c.tail or "") for c in element)
    if element.tag == "cell" and element.getnext() is not None:
        return f"{words.strip()} | "
    return words
