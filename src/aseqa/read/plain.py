"""Plain text without any mark-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from aseqa.read.headings import ends_sentence, headings_of, is_bullet, is_marked_heading
from aseqa.read.lines import Kept, Line, sections_of, split_lines
from aseqa.read.press_lines import RULE_LINE, is_noise
from aseqa.records import Document, Voice

BODY_SECTION = "texte"
MAX_TITLE_CHARS = 120


def read_plain(text: str, source: str, sha256: str) -> list[Document]:
    r"""Read a text file: its short first line is its title, clear headings name its sections.

    Examples
    --------
    >>> [document] = read_plain("Note de service\n\nLe foyer ouvre lundi.", "note.txt", "")
    >>> document.title, [section.name for section in document.sections]
    ('Note de service', ['Note de service'])
    """
    lines = [line for line in split_lines(text) if not _unreadable(line)]
    title = _title(lines)
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=text,
            kind="texte",
            title=title,
            date=None,
            author=None,
            publisher=None,
            url=None,
            sections=sections_of(text, _stretches(lines, title), voice=Voice(), date=None),
        )
    ]


def _unreadable(line: Line) -> bool:
    return RULE_LINE.match(line.text) is not None or is_noise(line.text)


def _title(lines: Sequence[Line]) -> str | None:
    """Give the first line when it is short, is no sentence, and more follows it."""
    if len(lines) < 2:
        return None
    first = lines[0].text
    if len(first) > MAX_TITLE_CHARS or is_bullet(first):
        return None
    asks = lines[0].alone and first.endswith(("?", "!"))
    return " ".join(first.split()) if asks or not ends_sentence(first) else None


def _stretches(lines: Sequence[Line], title: str | None) -> Iterator[Kept]:
    headings = headings_of(lines) | {
        number for number, line in enumerate(lines) if is_marked_heading(line)
    }
    if title:
        headings.add(0)
    name = BODY_SECTION
    for number, line in enumerate(lines):
        name = " ".join(line.text.split()) if number in headings else name
        yield Kept(line.start, line.end, name)
