"""Articles of legal codes, as Légifrance prints them; what a file says of its version in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aseqa.read.dates import DATE, date_of, iso_date
from aseqa.read.law_lines import (
    AMENDED,
    CODE,
    DEBRIS,
    HIERARCHY,
    VERSION,
    article_number,
    is_article,
)
from aseqa.read.lines import Kept, Line, sections_of, split_lines
from aseqa.read.markup import bare
from aseqa.records import Document, Section, Voice
from aseqa.text import squeeze

PUBLISHER = "Légifrance"

_ADDRESS = re.compile(r"https?://(?:www\.)?legifrance\.gouv\.fr/[^\s)\]>]*\d")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# The names under which a file's own fields tell the version in force.
_KEYS = {
    "code": "code",
    "nom du code": "code",
    "article": "article",
    "numero": "article",
    "version": "version_date",
    "version date": "version_date",
    "date de version": "version_date",
    "date version": "version_date",
    "en vigueur le": "version_date",
    "en vigueur au": "version_date",
    "en vigueur depuis": "version_date",
    "en vigueur depuis le": "version_date",
    "version end": "version_end",
    "fin de version": "version_end",
    "en vigueur jusqu'au": "version_end",
    "en vigueur jusqu au": "version_end",
}


@dataclass(slots=True)
class _Article:
    """The lines of one article: what announces it, and its own words."""

    name: str = ""
    head: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


def looks_law(text: str) -> bool:
    """Tell whether ``text`` announces an article with its code or its version in force."""
    lines = [bare(line.text) for line in split_lines(text)]
    first = next((number for number, line in enumerate(lines) if is_article(line)), None)
    if first is None:
        return False
    # The version stands above the article where a whole section is printed, else just below.
    around = lines[: first + 4]
    return any(map(VERSION.match, around)) or bool(first and CODE.match(lines[first - 1]))


def law_metadata(printed: Mapping[str, str]) -> dict[str, str]:
    """Give a file's own fields under the keys of law: code, article, version_date, version_end.

    Examples
    --------
    >>> law_metadata({"code": "Code civil", "en_vigueur_le": "1er septembre 2020", "thème": "ASE"})
    {'code': 'Code civil', 'version_date': '2020-09-01', 'thème': 'ASE'}
    """
    known: dict[str, str] = {}
    for name, value in printed.items():
        key = _KEYS.get(squeeze(name.replace("_", " ")), name)
        dated = key.startswith("version_")
        # "version: 2" counts a file's drafts; a version in force has a year at least.
        key = name if dated and not _YEAR.search(value) else key
        known[key] = (iso_date(value) or value) if dated else value
    return known


def states_code(printed: Mapping[str, str]) -> bool:
    """Tell whether a file's fields name a code of law; a postal code or a number is none."""
    return bool(CODE.match(law_metadata(printed).get("code", "")))


def read_law(text: str, source: str, sha256: str) -> list[Document]:
    r"""Read each article of ``text``; its code and its version go to its metadata.

    Examples
    --------
    >>> text = "Code civil\n\nArticle 375\n\nVersion en vigueur depuis le 16 mars 2016\n\nSi…"
    >>> [document] = read_law(text, "375.txt", "")
    >>> document.title, document.metadata["code"], document.metadata["version_date"]
    ('Article 375', 'Code civil', '2016-03-16')
    """
    lines = split_lines(text)
    page, articles = _articles(lines)
    shared = _facts(page)
    stem, several = PurePosixPath(source).stem, len(articles) > 1
    found = []
    for number, article in enumerate(articles, 1):
        metadata = {"article": article_number(article.name)} | shared | _facts(article.head)
        found.append(
            Document(
                id=f"{stem}#{number}" if several else stem,
                source=source,
                sha256=sha256,
                text=text,
                kind="loi",
                title=article.name,
                date=metadata.get("version_date"),
                author=None,
                publisher=PUBLISHER,
                url=_address(text, [] if several else lines),
                sections=_sections(text, article, metadata.get("version_date")),
                metadata=metadata,
            )
        )
    return found


def _articles(lines: Sequence[Line]) -> tuple[list[Line], list[_Article]]:
    """Share the lines out among what stands above all articles, and the articles.

    What tells of a text's place and version belongs to the article that follows it,
    or to the one just begun as long as it has no words.
    """
    page: list[Line] = []
    found: list[_Article] = []
    waiting: list[Line] = []
    for line in lines:
        words = bare(line.text)
        if is_article(words):
            found.append(_Article(words, [*waiting, line]))
            page, waiting = page or waiting, []
        elif not found or HIERARCHY.match(words):
            waiting.append(line)
        elif _announces(words) and not found[-1].body:
            found[-1].head.append(line)
        elif not DEBRIS.match(words):
            found[-1].body.append(line)
    return page, found


def _announces(words: str) -> bool:
    return bool(VERSION.match(words) or AMENDED.match(words) or CODE.match(words))


def _states(words: str) -> bool:
    """Tell what is worth quoting above an article from the page's menus."""
    return _announces(words) or is_article(words) or bool(HIERARCHY.match(words))


def _facts(head: Iterable[Line]) -> dict[str, str]:
    """Read the code's name, the version's dates and the acts that made it."""
    known: dict[str, str] = {}
    for words in (bare(line.text) for line in head):
        version = VERSION.match(words)
        days = [day for day in map(date_of, DATE.finditer(words)) if day] if version else []
        if version and version["abrogated"] and days:
            known["version_end"] = days[0]
        elif days:
            known |= dict(zip(("version_date", "version_end"), days, strict=False))
        elif CODE.match(words):
            known["code"] = words
        elif AMENDED.match(words):
            known["amended"] = "; ".join(filter(None, (known.get("amended"), words)))
    return known


def _sections(text: str, article: _Article, date: str | None) -> tuple[Section, ...]:
    head = [line for line in article.head if _states(bare(line.text))]
    page = Voice("autre", PUBLISHER)
    law = Voice("loi", article.name)
    announced = sections_of(text, _kept("en-tête", head), voice=page, date=date)
    stated = sections_of(text, _kept(article.name, article.body), voice=law, date=date)
    return tuple(sorted(announced + stated, key=lambda section: section.start))


def _kept(name: str, lines: Iterable[Line]) -> list[Kept]:
    return [Kept(line.start, line.end, name) for line in lines]


def _address(text: str, lines: Sequence[Line]) -> str | None:
    address = _ADDRESS.search(text) if lines else None
    return address.group() if address else None
