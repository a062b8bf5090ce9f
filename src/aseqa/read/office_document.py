"""From the blocks of an office document and what the file says of itself to documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.blocks import Block, lay_out
from aseqa.read.dates import iso_date
from aseqa.read.lines import sections_of
from aseqa.read.parliamentary import looks_parliamentary, read_parliamentary
from aseqa.records import Document, Voice
from aseqa.text import squeeze

MAX_TITLE_CHARS = 200

# What programs write of themselves where a person wrote nothing.
_DEFAULT_TITLE = re.compile(
    r"(?:(?:document|doc|word document|presentation|titre|title|sans (?:titre|nom)|untitled|modele"
    r"|template|normal|nouveau document)(?: ?\d+| sans titre| microsoft word| du document)?"
    r"|microsoft word - .*|.*\.(?:docx?|dotx?|odt|ott|rtf))"
)
_DEFAULT_AUTHOR = re.compile(
    r"(?:python-docx|openpyxl|user|utilisateur|author|auteur|admin|administrateur|owner|unknown"
    r"|inconnu|(?:utilisateur|user|auteur) \d+|microsoft office user|utilisateur windows"
    r"|utilisateur microsoft office|un-named|windows user)"
)
_REPORT = re.compile(r"\brapport\b")
# python-docx copies this moment from its template into every file.
_TEMPLATE_MOMENT = "2013-12-23T23:15:00Z"
_FIRST_YEAR = "1990"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; moments are ISO 8601 as the file writes them."""

    title: str | None = None
    author: str | None = None
    created: str | None = None
    modified: str | None = None


def read_properties(root: Element, names: Mapping[str, Sequence[str]]) -> Properties:
    """Find the properties, each under the first of its names that is filled in."""
    told = {element.tag: " ".join((element.text or "").split()) for element in root.iter()}
    found = {
        field: next((told[tag] for tag in tags if told.get(tag)), "")
        for field, tags in names.items()
    }
    title, author = found["title"], found["author"]
    return Properties(
        None if _DEFAULT_TITLE.fullmatch(squeeze(title)) else title[:MAX_TITLE_CHARS] or None,
        None if _DEFAULT_AUTHOR.fullmatch(squeeze(author)) else author[:MAX_TITLE_CHARS] or None,
        _moment(found["created"]),
        _moment(found["modified"]),
    )


def _moment(printed: str) -> str | None:
    day = iso_date(printed)
    true = day and day >= _FIRST_YEAR and printed.startswith(day) and printed != _TEMPLATE_MOMENT
    return printed[:40] if true else None


def documents_of(
    blocks: Iterable[Block], properties: Properties, source: str, sha256: str
) -> list[Document]:
    """Lay the blocks out; a parliamentary question keeps its own form there too.

    Raises
    ------
    ReadError
        When the document says nothing.
    """
    blocks = list(blocks)
    text, kept = lay_out(blocks)
    if not text:
        raise ReadError(message("read_nothing", path=source))
    if looks_parliamentary(text):
        return read_parliamentary(text, source, sha256)
    title = properties.title or _first_heading(blocks)
    date = iso_date(properties.created) if properties.created else None
    voice = Voice("autre", properties.author)
    moments = {"created": properties.created, "modified": properties.modified}
    metadata = {key: moment for key, moment in moments.items() if moment}
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=text,
            kind="rapport" if title and _REPORT.search(squeeze(title)) else "texte",
            title=title,
            date=date,
            author=properties.author,
            publisher=None,
            url=None,
            sections=sections_of(text, kept, voice=voice, date=date),
            metadata=metadata | ({"date_source": "fichier"} if date else {}),
        )
    ]


def _first_heading(blocks: Sequence[Block]) -> str | None:
    """Give the first heading of the highest level."""
    headings = [block for block in blocks if block.role == "head"]
    highest = min(headings, key=lambda heading: heading.level, default=None)
    return highest.words[:MAX_TITLE_CHARS] if highest else None
