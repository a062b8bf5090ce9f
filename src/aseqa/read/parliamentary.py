"""Questions of the Assemblée nationale, as its site prints them, with or without Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from aseqa.read.lines import Kept, Line, sections_of, split_lines
from aseqa.read.markup import HEADING, bare
from aseqa.read.ministries import ministry_name
from aseqa.read.parliamentary_fields import (
    ASSEMBLY,
    names_assembly,
    numbered,
    read_fields,
    read_kind,
    read_metadata,
    read_title,
)
from aseqa.records import Document, Section, Voice
from aseqa.text import squeeze

_AUTHOR = re.compile(r"^((?:M\.|Mme|Mlle)\s+.{3,60}?)\s+(?:s'|[a-zéè]{4,}(?:e|t|d)\s)")
_ADDRESS = re.compile(r"https?://(?:questions|www)\.assemblee-nationale\.fr/[^\s)\]]*\d[^\s)\]]*")

# The heading that opens a part, folded; the heading itself belongs to none.
_PART_HEADINGS = {
    "texte de la question": "question",
    "texte de la reponse": "réponse",
    "donnees cles": "données clés",
}


def looks_parliamentary(text: str) -> bool:
    """Tell whether ``text`` has the numbered title and one part of a parliamentary question."""
    lines = split_lines(text)
    return any(map(numbered, lines)) and any(map(_part_opened, lines))


def read_parliamentary(text: str, source: str, sha256: str) -> list[Document]:
    r"""Read each parliamentary question of ``text``: its fields, and its parts as sections.

    Examples
    --------
    >>> text = "Les foyers\n\nQuestion écrite n° 12\n\nTexte de la question\n\nCombien ?"
    >>> [document] = read_parliamentary(text, "q.txt", "")
    >>> document.kind, document.title, document.metadata["number"]
    ('question_ecrite', 'Les foyers', '12')
    """
    stem = PurePosixPath(source).stem
    records = _records(split_lines(text))
    documents = [_document(text, source, sha256, record) for record in records]
    if len(documents) == 1:
        return [replace(documents[0], id=stem)]
    return [replace(document, id=f"{stem}#{n}") for n, document in enumerate(documents, 1)]


def _records(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a file that holds several questions; each begins at the Assembly's name."""
    records: list[list[Line]] = [[]]
    for line in lines:
        if names_assembly(line) and any(numbered(past) for past in records[-1]):
            records.append([])
        records[-1].append(line)
    return records


def _document(text: str, source: str, sha256: str, lines: Sequence[Line]) -> Document:
    parts = _parts(lines)
    head, data = parts["en-tête"], parts["données clés"]
    fields = read_fields(data)
    metadata = read_metadata(head, data, fields)
    metadata["answered"] = "true" if parts["réponse"] else "false"
    author = fields.get("auteur") or _author_in(parts["question"])
    address = _ADDRESS.search(text, lines[0].start, lines[-1].end)
    return Document(
        id="",
        source=source,
        sha256=sha256,
        text=text,
        kind=read_kind(head, fields),
        title=read_title(head),
        date=metadata.get("question_date"),
        author=author,
        publisher=ASSEMBLY,
        url=address.group() if address else None,
        sections=_sections(text, parts, metadata, author),
        metadata=metadata,
    )


def _author_in(question: Sequence[Line]) -> str | None:
    match = _AUTHOR.match(question[0].text) if question else None
    return match.group(1) if match else None


def _part_opened(line: Line) -> str | None:
    return _PART_HEADINGS.get(squeeze(bare(line.text)).rstrip(" :"))


def _parts(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Share the lines out among the four parts, headings left out."""
    parts: dict[str, list[Line]] = {
        name: [] for name in ("en-tête", "question", "réponse", "données clés")
    }
    part = "en-tête"
    for line in lines:
        opened = _part_opened(line)
        if opened:
            part = opened
            continue
        # The data may come without their heading; the author's line is always their first.
        if re.match(r"auteur ?:", squeeze(bare(line.text))):
            part = "données clés"
        parts[part].append(line)
    return parts


def _sections(
    text: str, parts: Mapping[str, Sequence[Line]], metadata: Mapping[str, str], author: str | None
) -> tuple[Section, ...]:
    asked = metadata.get("question_date")
    ministry = metadata.get("ministry_attributed") or metadata.get("ministry_asked")
    body = " ".join(line.text for line in parts["question"])
    minister = ministry_name(ministry, body) if ministry else "Gouvernement"
    spoken = {
        "question": (Voice("parlementaire", author), asked),
        "réponse": (Voice("gouvernement", minister), metadata.get("answer_date")),
    }
    found: list[Section] = []
    for name, lines in parts.items():
        voice, date = spoken.get(name, (Voice("autre", ASSEMBLY), asked))
        found += sections_of(text, _stretches(name, lines), voice=voice, date=date)
    return tuple(sorted(found, key=lambda section: section.start))


def _stretches(name: str, lines: Sequence[Line]) -> Iterator[Kept]:
    """Keep a part's lines; the head begins at the Assembly's name, past its heading mark."""
    if name == "en-tête":
        named = [number for number, line in enumerate(lines) if names_assembly(line)]
        lines = lines[named[0] if named else 0 :]
    for number, line in enumerate(lines):
        mark = HEADING.match(line.text) if number == 0 else None
        yield Kept(line.start + (mark.end() if mark else 0), line.end, name)
