"""What is read from the store: documents, sentences with their neighbours, filtered ids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from aseqa.embed import Vectors
from aseqa.filtering import allowed_ids
from aseqa.index import Ids
from aseqa.records import Box, Document, Filters, Passage, Section, Sentence, Voice
from aseqa.store import Store

BATCH = 500  # SQLite's limit on the number of bound values
# What the last filters let through: of a million sentences, 8 MB each at most.
FILTERS_KEPT = 4


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence as the index knows it; ``id`` and ``passage`` are the store's numbers."""

    id: int
    passage: int
    document: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the document that it belongs to."""

    id: int
    document: str
    passage: Passage


class Lookup:
    """Reads one generation of a store; documents once read stay in memory, the last few hundred."""

    def __init__(self, store: Store) -> None:
        self._rows = store.connection
        self.document = lru_cache(maxsize=512)(self._document)
        self.document_sentences = lru_cache(maxsize=64)(self._document_sentences)
        self.parliamentary = lru_cache(maxsize=1)(self._parliamentary)
        self.allowed = lru_cache(maxsize=FILTERS_KEPT)(self._allowed)

    def document_names(self) -> list[str]:
        return [name for (name,) in self._rows.execute("SELECT name FROM documents ORDER BY name")]

    def headings(self) -> Iterator[Document]:
        """Give all documents in the order of their names, with their first section and no text."""
        for row in self._rows.execute(_HEADINGS).fetchall():
            section = Section(row[11], 0, 0, Voice(*row[12:14]), row[14])
            facts = dict(zip(_DOCUMENT_FIELDS[1:], row[1:10], strict=True)) | {"id": row[0]}
            sections = () if row[11] is None else (section,)
            yield Document(**facts, sections=sections, metadata=json.loads(row[10]))

    def _document(self, name: str) -> Document:
        """Read a document.

        Raises
        ------
        KeyError
            When the index holds no document of that name.
        """
        row = self._rows.execute(
            "SELECT d.id, d.name, source, sha256, text, kind, title, date, author, publisher, url,"
            " metadata FROM documents d JOIN files f ON f.id = d.file WHERE d.name = ?",
            (name,),
        ).fetchone()
        if row is None:
            raise KeyError(name)
        sections = tuple(
            Section(title, start, end, Voice(kind, speaker), date)
            for title, start, end, kind, speaker, date in self._rows.execute(
                'SELECT name, start, "end", voice, voice_name, date FROM sections'
                " WHERE document = ? ORDER BY number",
                (row[0],),
            )
        )
        facts = dict(zip(_DOCUMENT_FIELDS, row[1:11], strict=True))
        return Document(**facts, sections=sections, metadata=json.loads(row[11]))

    def sentences(self, ids: Sequence[int]) -> list[StoredSentence]:
        """Read sentences in the order of ``ids``; ids that are not held are left out."""
        found: dict[int, StoredSentence] = {}
        for first in range(0, len(ids), BATCH):
            part = list(ids[first : first + BATCH])
            marks = ",".join("?" * len(part))
            for row in self._rows.execute(f"{_SENTENCES} WHERE s.id IN ({marks})", part):
                found[row[0]] = self._sentence(row)
        return [found[i] for i in ids if i in found]

    def _document_sentences(self, name: str) -> tuple[StoredSentence, ...]:
        """Read all sentences of a document in the order of its text."""
        rows = self._rows.execute(f"{_SENTENCES} WHERE d.name = ? ORDER BY s.start", (name,))
        return tuple(self._sentence(row) for row in rows.fetchall())

    def _sentence(self, row: Sequence[Any]) -> StoredSentence:
        identifier, passage, name, start, end, number, role, *spoken, as_of, about, boxes = row
        text = self.document(name).text[start:end]
        drawn = tuple(Box(*box) for box in json.loads(boxes))
        about = tuple(about.split("|")) if about else ()
        sentence = Sentence(start, end, text, number, role, Voice(*spoken), drawn, as_of, about)
        return StoredSentence(identifier, passage, name, sentence)

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Read passages in the order of ``ids``."""
        found = {}
        for identifier in ids:
            row = self._rows.execute(
                'SELECT d.name, p.start, p."end", c.number FROM passages p'
                " JOIN sections c ON c.id = p.section JOIN documents d ON d.id = c.document"
                " WHERE p.id = ?",
                (identifier,),
            ).fetchone()
            name, start, end, number = row
            text = self.document(name).text[start:end]
            passage = Passage(start, end, text, number)
            found[identifier] = StoredPassage(identifier, name, passage)
        return [found[i] for i in ids]

    def _parliamentary(self) -> list[tuple[str, str, str]]:
        """Give the name, number and folded author of each parliamentary question."""
        rows = self._rows.execute(
            "SELECT name, coalesce(json_extract(metadata, '$.number'), ''), author_key"
            " FROM documents WHERE kind LIKE 'question%' ORDER BY name"
        )
        return rows.fetchall()

    def section_sentences(self, names: Sequence[str], section: str) -> Ids:
        """Give the ids of the sentences in the sections so called of some documents."""
        found = [
            row.id
            for name in names
            for row in self.document_sentences(name)
            if self.document(name).sections[row.sentence.section].name == section
        ]
        return np.array(found, np.int64)

    def _allowed(self, filters: Filters) -> Ids | None:
        """Give the ids of the sentences that pass ``filters``; None when there are none."""
        return allowed_ids(self._rows, filters) if filters else None

    def vectors(self) -> tuple[Ids, Vectors]:
        """Read all ids, of shape ``(n,)``, and vectors, of shape ``(n, dim)``."""
        rows = self._rows.execute("SELECT id, vector FROM sentences ORDER BY id").fetchall()
        ids = np.array([identifier for identifier, _ in rows], np.int64)
        joined = b"".join(vector for _, vector in rows)
        matrix = np.frombuffer(joined, np.float16).astype(np.float32)
        return ids, matrix.reshape(len(ids), -1) if len(ids) else np.zeros((0, 1), np.float32)

    def sentence_ids(self) -> Ids:
        """Read all ids, sorted."""
        # In any order from SQLite: sorted, it would read every vector on its way.
        rows = self._rows.execute("SELECT id FROM sentences")
        return np.sort(np.fromiter((identifier for (identifier,) in rows), np.int64))

    def vectors_of(self, ids: Ids) -> Vectors:
        """Read the vectors of some sentences, in the order of ``ids``."""
        found = self._by_id("SELECT id, vector FROM sentences WHERE id IN ({})", ids)
        joined = b"".join(found[i] for i in ids.tolist())
        matrix = np.frombuffer(joined, np.float16).astype(np.float32)
        return matrix.reshape(len(ids), -1) if len(ids) else np.zeros((0, 1), np.float32)

    def documents_of(self, ids: Ids) -> list[str]:
        """Give the names of the documents that hold these sentences, sorted."""
        query = (
            "SELECT DISTINCT d.name FROM sentences s JOIN sections c ON c.id = s.section"
            " JOIN documents d ON d.id = c.document WHERE s.id IN ({})"
        )
        found: set[str] = set()
        for marks, part in _batches(ids):
            found.update(name for (name,) in self._rows.execute(query.format(marks), part))
        return sorted(found)

    def _by_id(self, query: str, ids: Ids) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for marks, part in _batches(ids):
            found.update(self._rows.execute(query.format(marks), part))
        return found

    def counts(self) -> dict[str, int]:
        """Count documents, passages and sentences."""
        tables = ("documents", "passages", "sentences")
        count = "SELECT count(*) FROM {}"
        return {t: int(self._rows.execute(count.format(t)).fetchone()[0]) for t in tables}


def _batches(ids: Ids) -> Iterator[tuple[str, list[int]]]:
    """Give ids in batches, each with as many marks for bound values."""
    for first in range(0, len(ids), BATCH):
        part = ids[first : first + BATCH].tolist()
        yield ",".join("?" * len(part)), part


_DOCUMENT_FIELDS = (
    "id",
    "source",
    "sha256",
    "text",
    "kind",
    "title",
    "date",
    "author",
    "publisher",
    "url",
)

_HEADINGS = (
    "SELECT d.name, source, sha256, '', kind, title, d.date, author, publisher, url, metadata,"
    " c.name, c.voice, c.voice_name, c.date FROM documents d JOIN files f ON f.id = d.file"
    " LEFT JOIN sections c ON c.document = d.id AND c.number = 0 ORDER BY d.name"
)

_SENTENCES = (
    'SELECT s.id, s.passage, d.name, s.start, s."end", c.number, s.role, s.voice, s.voice_name,'
    " s.reported, s.as_of, s.territories, s.boxes FROM sentences s"
    " JOIN sections c ON c.id = s.section JOIN documents d ON d.id = c.document"
)
