"""Questions of open data written out as the Assembly's site prints them, and their documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aseqa.messages import message
from aseqa.records import Document, Section, Voice

QUESTION, REPLY, DEBATE = "question", "réponse", "débat"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one voice; ``label`` (a speaker's name) is printed before them, unquotable."""

    name: str
    text: str
    voice: Voice
    date: str | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a published record says of one question, ready to be printed."""

    publisher: str
    kind: str
    head: tuple[str, ...]
    title: str | None
    author: str | None
    asked: tuple[Said, ...]
    replied: tuple[Said, ...]
    data: tuple[str, ...]
    url: str | None
    metadata: Mapping[str, str]


@dataclass(slots=True)
class _Page:
    """The text as it is being written."""

    pieces: list[str] = field(default_factory=list)
    position: int = 0

    def write(self, words: str) -> tuple[int, int]:
        start = self.position
        self.pieces.append(words)
        self.position += len(words)
        return start, self.position


def compose(questions: Sequence[Question], source: str, sha256: str) -> list[Document]:
    """Write questions one after the other into one text; each is a document of it."""
    page = _Page()
    printed: list[tuple[Question, tuple[Section, ...]]] = []
    for number, question in enumerate(questions):
        page.write("\n\n\n" if number else "")
        printed.append((question, tuple(_print(page, question))))
    text, stem = "".join(page.pieces), PurePosixPath(source).stem
    return [
        Document(
            id=stem if len(printed) == 1 else f"{stem}#{number}",
            source=source,
            sha256=sha256,
            text=text,
            kind=question.kind,
            title=question.title,
            date=question.metadata.get("question_date"),
            author=question.author,
            publisher=question.publisher,
            url=question.url,
            sections=sections,
            metadata=question.metadata,
        )
        for number, (question, sections) in enumerate(printed, 1)
    ]


def _print(page: _Page, question: Question) -> Iterable[Section]:
    date = question.metadata.get("question_date")
    record = Voice("autre", question.publisher)
    yield Section("en-tête", *page.write("\n\n".join(question.head)), record, date)
    parts = (("Texte de la question", question.asked), ("Texte de la réponse", question.replied))
    for heading, words in parts:
        if words:
            page.write(f"\n\n{heading}")
        for said in words:
            page.write(f"\n\n{said.label} " if said.label else "\n\n")
            if said.text:
                yield Section(said.name, *page.write(said.text), said.voice, said.date)
    page.write("\n\nDonnées clés\n\n")
    yield Section("données clés", *page.write("\n\n".join(question.data)), record, date)


def data_lines(fields: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """Print the known fields, "name : value".

    Examples
    --------
    >>> data_lines([("Rubrique", "enfants"), ("Groupe", None)])
    ('Rubrique : enfants',)
    """
    return tuple(f"{name} : {value}" for name, value in fields if value)


def published(date: str | None, page: str | None = None) -> str | None:
    """Print a day of the Journal officiel as the site does.

    Examples
    --------
    >>> published("2025-02-01", "232")
    '1er février 2025, page 232'
    """
    if not date:
        return None
    year, month, day = date.split("-")
    name = message("months").split()[int(month) - 1]
    told = f"{'1er' if day == '01' else int(day)} {name} {year}"
    return f"{told}, page {page}" if page else told
