"""Title, author, date and kind of a PDF file, from what it says of itself and its first page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from aseqa.read.dates import DATE, date_of
from aseqa.read.pdf_blocks import HEADING, PROSE, Block
from aseqa.read.press_lines import published_parts

MAX_REPORT_LINE_CHARS = 120
MAX_TITLE_CHARS = 200

_NO_TITLE = re.compile(
    r"microsoft\s|word\s-|untitled|sans titre|sans nom|document\d*$|présentation\d*$|classeur\d*$"
    r"|slide|\w+://|data:|[^\s/\\]*$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|od[tsp]|rtf|indd|qxp|html?|txt|pptx?|xlsx?|tex|dvi|pub)\b", re.IGNORECASE
)
_NO_AUTHOR = re.compile(
    r"(?:microsoft|windows|office|utilisateur|user|admin\w*|root|unknown|inconnu|anonym\w*|pc|hp"
    r"|dell|lenovo|scanner|acrobat)\b",
    re.IGNORECASE,
)
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_SIGNED = re.compile(
    rf"(?:Fait\s+à\s+)?[A-ZÀ-Þ][\w'’ -]{{1,40}},?\s+le\s+(?:{DATE.pattern})\W*", re.X
)
_REPORT = re.compile(r"(?<!par )\brapports?\b(?!\s+(?:à|aux?)\b)", re.IGNORECASE)


def title_of(facts: Mapping[str, str], first_page: Sequence[Block]) -> str | None:
    """Give the title that the file states, else the largest heading of its first page."""
    stated = facts.get("Title", "")
    if stated and not _NO_TITLE.match(stated) and not _FILE_NAME.search(stated):
        return stated[:MAX_TITLE_CHARS]
    headings = [block for block in first_page if block.kind == HEADING]
    largest = max(headings, key=lambda block: block.lines[0].size, default=None)
    return largest.text if largest else None


def author_of(facts: Mapping[str, str]) -> str | None:
    """Give the author that the file states, unless it is a machine's."""
    stated = facts.get("Author", "")
    named = any(map(str.isalpha, stated)) and not _NO_AUTHOR.match(stated)
    return stated if named else None


def created_of(facts: Mapping[str, str]) -> str | None:
    """Give the day on which the file says it was made.

    Examples
    --------
    >>> created_of({"CreationDate": "D:20240305101500+01'00'"})
    '2024-03-05'
    """
    found = _CREATED.match(facts.get("CreationDate", ""))
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def stated_date(first_page: Sequence[Block]) -> str | None:
    """Give the date that a line of the first page gives alone ("Paris, le 3 mai 2024")."""
    for block in first_page:
        for line in block.lines:
            published = published_parts(line.text)
            found = published[1] if published else _SIGNED.fullmatch(line.text)
            if found:
                return date_of(found)
    return None


def kind_of(title: str | None, first_page: Sequence[Block]) -> str:
    """Call it a report when its title, a heading or a short line of its first page does."""
    short = [
        block.text
        for block in first_page
        if block.kind == HEADING
        or (block.kind == PROSE and re.match(r"rapport\b", block.text, re.IGNORECASE))
    ]
    named = [title or "", *(text for text in short if len(text) <= MAX_REPORT_LINE_CHARS)]
    return "rapport" if any(map(_REPORT.search, named)) else "pdf"
