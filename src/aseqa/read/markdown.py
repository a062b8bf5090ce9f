"""Markdown, with or without front matter; articles of law in their usual form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from aseqa.read.front_matter import FrontMatter, read_front_matter
from aseqa.read.law import law_metadata, states_code
from aseqa.read.law_lines import LEGAL_ARTICLE, article_number
from aseqa.read.lines import Kept, Line, sections_of, split_lines
from aseqa.read.markup import HEADING, bare
from aseqa.records import Document, Voice

BODY_SECTION = "texte"

_UNDERLINE = re.compile(r"^(?:=+|-{3,})$")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
# Rules, comments, table rulers, pictures alone, link definitions: nothing to quote.
_UNREADABLE = re.compile(
    r"^(?:[-_*=](?:\s?[-_*=]){2,}|<!--.*-->|\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?"
    r"|!\[[^\]]*\]\([^)]*\)|\[[^\]]+\]:\s+\S+.*)$"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading's line number in the text, its level and its words."""

    number: int
    level: int
    words: str


def read_markdown(text: str, source: str, sha256: str) -> list[Document]:
    r"""Read one Markdown file; each heading opens the section that bears its name.

    Raises
    ------
    ReadError
        When the front matter is not valid YAML.

    Examples
    --------
    >>> [document] = read_markdown("# Article L221-9\n\nLe contrôle du service…", "l.md", "")
    >>> document.kind, document.title, document.sections[0].voice.kind
    ('loi', 'Article L221-9', 'loi')
    """
    front = read_front_matter(text, source)
    lines = [line for line in split_lines(text) if line.start >= front.end]
    headings = list(_headings(lines))
    articles = _articles(headings, front)
    title = front.fields.get("title") or _title(headings)
    kind = front.kind or ("loi" if articles and articles[0] else "texte")
    metadata = dict(front.metadata)
    if kind == "loi":
        metadata = _law_metadata(front, articles)
        title = title or (f"Article {metadata['article']}" if "article" in metadata else None)
    voice = _voice(front, kind, title)
    date = front.date or metadata.get("version_date")
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=text,
            kind=kind,
            title=title,
            date=date,
            author=front.fields.get("author"),
            publisher=front.fields.get("publisher"),
            url=front.fields.get("url"),
            sections=sections_of(text, _stretches(lines, headings), voice=voice, date=date),
            metadata=metadata,
        )
    ]


def _articles(headings: Sequence[_Heading], front: FrontMatter) -> list[str]:
    """Give the number of the article that each heading is, "" where it is none.

    A number without a letter ("Article 375-3") is one only if the file names its code.
    """
    if not states_code(front.metadata):
        return [found["number"] if found else "" for found in map(_legal, headings)]
    numbers = [article_number(heading.words) for heading in headings]
    named = law_metadata(front.metadata).get("article")
    return [named] if named and not any(numbers) else numbers


def _law_metadata(front: FrontMatter, articles: Sequence[str]) -> dict[str, str]:
    """Give an article's number a key of its own: references are made from it."""
    named = ", ".join(filter(None, articles))
    metadata = ({"article": named} if named else {}) | law_metadata(front.metadata)
    if front.date and "code" in metadata:
        metadata.setdefault("version_date", front.date)
    return metadata


def _legal(heading: _Heading) -> re.Match[str] | None:
    return LEGAL_ARTICLE.match(heading.words)


def _title(headings: Sequence[_Heading]) -> str | None:
    """Give the first heading of the highest level."""
    return min(headings, key=lambda heading: heading.level).words if headings else None


def _voice(front: FrontMatter, kind: str, title: str | None) -> Voice:
    by_kind = kind if kind in ("loi", "presse") else "autre"
    name = front.fields.get("publisher") or front.fields.get("author")
    if kind == "loi":
        name = name or title
    return Voice(front.voice or by_kind, name)


def _headings(lines: Sequence[Line]) -> Iterator[_Heading]:
    """Find headings marked with "#" or underlined, outside fenced code."""
    fenced = False
    for number, line in enumerate(lines):
        if _FENCE.match(line.text):
            fenced = not fenced
        if fenced:
            continue
        marked = HEADING.match(line.text)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if marked:
            yield _Heading(number, len(marked["level"]), bare(line.text))
        elif (
            following
            and following.block == line.block
            and _UNDERLINE.match(following.text)
            and not _UNREADABLE.match(line.text)
        ):
            yield _Heading(number, 1 if following.text[0] == "=" else 2, bare(line.text))


def _stretches(lines: Sequence[Line], headings: Sequence[_Heading]) -> Iterator[Kept]:
    names = {heading.number: heading.words for heading in headings}
    name = BODY_SECTION
    for number, line in enumerate(lines):
        name = names.get(number, name)
        if _UNREADABLE.match(line.text) or _FENCE.match(line.text):
            continue
        if number - 1 in names and _UNDERLINE.match(line.text):
            continue
        mark = HEADING.match(line.text) if number in names else None
        yield Kept(line.start + (mark.end() if mark else 0), line.end, name)
