"""Press articles saved from the web as text, one or many to a file, debris and all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from aseqa.read import press_lines as kind
from aseqa.read.dates import date_of
from aseqa.read.headings import headings_of
from aseqa.read.lines import Kept, Line, sections_of, split_lines
from aseqa.read.press_articles import Article, find_articles, is_label, owners
from aseqa.read.press_debris import TITLE_IN_ADDRESS, classify, title_share
from aseqa.read.publishers import ADDRESS, clean_address, publisher_of
from aseqa.records import Document, Voice

TITLE_SECTION = "titre"
LEAD_SECTION = "chapô"
SIGNATURE_SECTION = "signature"
BODY_SECTION = "corps"

_SIGNS_OF_PRESS = {
    kind.BYLINE,
    kind.SIGNATURE,
    kind.ADDRESS_LINE,
    kind.RELATED,
    kind.CREDIT,
    kind.SHARE,
    kind.IMAGE,
    kind.END,
}
_MARK = re.compile(r"^[*#•>]+\s+")
_END_ADDRESS = re.compile(r"\s*[(<*]?https?://\S+$")


def looks_press(text: str) -> bool:
    """Tell whether ``text`` has a publication line and at least two other signs of a web page."""
    kinds = classify(split_lines(text))
    dated = kinds.count(kind.PUBLISHED)
    signs = sum(found in _SIGNS_OF_PRESS for found in kinds)
    return dated >= 1 and dated + signs >= 3


def read_press(text: str, source: str, sha256: str) -> list[Document]:
    """Read each article of ``text``, in the order of their heads; debris lies in no section."""
    lines = split_lines(text)
    kinds = classify(lines)
    articles = find_articles(lines, kinds)
    owned = owners(lines, kinds, articles)
    told: list[tuple[Article, list[int]]] = []
    for number, article in enumerate(articles):
        own = [n for n, owner in enumerate(owned) if owner == number and kinds[n] == kind.TEXT]
        told.append((article, own))
    # A date without an article below it (a blog's own header) makes no document.
    whole = [pair for pair in told if _has_body(*pair)]
    whole = whole or [pair for pair in told if pair[1]] or told[:1]
    found = [_document(text, lines, kinds, article, own) for article, own in whole]
    stem = PurePosixPath(source).stem
    return [
        replace(
            document,
            id=stem if len(found) == 1 else f"{stem}#{number}",
            source=source,
            sha256=sha256,
        )
        for number, document in enumerate(found, 1)
    ]


def _has_body(article: Article, own: Sequence[int]) -> bool:
    return any(n > article.last and n != article.title for n in own)


def _document(
    text: str, lines: Sequence[Line], kinds: Sequence[str], article: Article, own: Sequence[int]
) -> Document:
    """Read one article; its id, source and hash are the file's to give."""
    title = _title(lines[article.title].text) if article.title is not None else None
    dated = kind.published_parts(lines[article.published].text)
    date = date_of(dated[1]) if dated else None
    address = article.address or _address_by_title(lines, kinds, title, own)
    publisher = publisher_of(address) if address else None
    author = _author(lines, kinds, article)
    time = kind.clock_time(lines[article.published].text)
    return Document(
        id="",
        source="",
        sha256="",
        text=text,
        kind="presse",
        title=title,
        date=date,
        author=author,
        publisher=publisher,
        url=clean_address(address) if address else None,
        sections=sections_of(
            text,
            _stretches(lines, kinds, article, own),
            voice=Voice("presse", publisher or author),
            date=date,
        ),
        metadata={"time": time} if time else {},
    )


def _title(line: str) -> str:
    """Clean a title of its list or heading mark, and turn a wrong opening quote."""
    title = " ".join(_MARK.sub("", line).split())
    if title.startswith("»"):
        title = f"« {title[1:].lstrip()}"
    return title


def _author(lines: Sequence[Line], kinds: Sequence[str], article: Article) -> str | None:
    """Give the author of the publication line, else of a byline in the head or just below."""
    for number in range(article.published, article.last + 1):
        dated = kind.published_parts(lines[number].text)
        if dated and dated[0]:
            return " ".join(dated[0].split())
    below = article.last + 1
    while below < len(lines) and kinds[below] not in (kind.TEXT, kind.PUBLISHED):
        below += 1
    for number in range(article.first, below):
        author = kind.byline_author(lines[number].text)
        if kinds[number] == kind.BYLINE and author:
            return author
    return None


def _address_by_title(
    lines: Sequence[Line], kinds: Sequence[str], title: str | None, own: Sequence[int]
) -> str | None:
    """Find an address among the article's lines that spells out its title."""
    if not title or not own:
        return None
    for number in range(own[0], own[-1] + 1):
        match = ADDRESS.search(lines[number].text)
        if not match or kinds[number] != kind.ADDRESS_LINE:
            continue
        if title_share(title, match.group()) >= TITLE_IN_ADDRESS:
            return match.group()
    return None


def _stretches(
    lines: Sequence[Line], kinds: Sequence[str], article: Article, own: Sequence[int]
) -> Iterator[Kept]:
    """Keep an article's lines: title, lead, signature, body, the parts its intertitles name."""
    head = range(article.first, article.last + 1)
    signed = {n for n in head if kinds[n] in (kind.BYLINE, kind.PUBLISHED)}
    body = [n for n in own if n > article.last and n != article.title]
    headings = {body[place] for place in headings_of([lines[n] for n in body])}
    name = BODY_SECTION
    for number in sorted(signed.union(own)):
        line = lines[number]
        mark = _MARK.match(line.text) if number == article.title else None
        tail = _END_ADDRESS.search(line.text)
        start = line.start + (mark.end() if mark else 0)
        end = line.end - len(tail.group()) if tail else line.end
        if number in signed:
            yield Kept(start, end, SIGNATURE_SECTION)
        elif number == article.title:
            yield Kept(start, end, TITLE_SECTION)
        elif number <= article.last:
            if not is_label(line):
                yield Kept(start, end, LEAD_SECTION)
        else:
            name = " ".join(line.text.split()) if number in headings else name
            yield Kept(start, end, name)
