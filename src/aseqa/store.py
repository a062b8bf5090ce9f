"""The one source of truth: documents, sentences, metadata and vectors in SQLite.

What FAISS and the lexical index hold is derived from here and stamped with ``generation``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from aseqa.embed import Vectors
from aseqa.generations import Generations
from aseqa.records import Box, Document, Passage, Sentence
from aseqa.text import squeeze


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written for one sentence: itself, its digest, its vector and its boxes.

    ``places`` are the folded names by which it passes a filter on territories.
    """

    sentence: Sentence
    digest: bytes
    vector: Vectors
    boxes: tuple[Box, ...] = ()
    places: frozenset[str] = frozenset()


class Store(Generations):
    """What an index holds, row by row."""

    def holders(self) -> dict[str, str]:
        """Give the source of the file that holds each document, by document name."""
        rows = self.connection.execute(
            "SELECT name, source FROM documents JOIN files ON files.id = file"
        )
        return dict(rows)

    def remove(self, source: str) -> int:
        """Forget a source; a file with no other place goes. Give the number of documents lost."""
        row = self.connection.execute("SELECT file FROM places WHERE source = ?", (source,))
        (file,) = row.fetchone()
        self.connection.execute("DELETE FROM places WHERE source = ?", (source,))
        left = "SELECT min(source) FROM places WHERE file = ?"
        (other,) = self.connection.execute(left, (file,)).fetchone()
        if other is not None:
            self.connection.execute("UPDATE files SET source = ? WHERE id = ?", (other, file))
            return 0
        held = "SELECT count(*) FROM documents WHERE file = ?"
        (count,) = self.connection.execute(held, (file,)).fetchone()
        self.connection.execute("DELETE FROM files WHERE id = ?", (file,))
        return int(count)

    def add_place(self, source: str, root: str, file: int) -> None:
        """Tell that a file is found at one more place."""
        self.connection.execute("INSERT INTO places VALUES (?, ?, ?)", (source, root, file))

    def vectors_of(self, source: str) -> dict[bytes, Vectors]:
        """Give the vectors of a source's sentences, by digest."""
        rows = self.connection.execute(
            "SELECT s.digest, vector FROM sentences s JOIN sections c ON c.id = s.section"
            " JOIN documents d ON d.id = c.document JOIN places p ON p.file = d.file"
            " WHERE p.source = ?",
            (source,),
        )
        return {d: np.frombuffer(v, np.float16).astype(np.float32) for d, v in rows}

    def known_vectors(self, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Give the vectors already held for these digests."""
        found: dict[bytes, Vectors] = {}
        for digest in set(digests):
            row = self.connection.execute(
                "SELECT vector FROM sentences WHERE digest = ? LIMIT 1", (digest,)
            ).fetchone()
            if row:
                found[digest] = np.frombuffer(row[0], np.float16).astype(np.float32)
        return found

    def add_file(self, source: str, root: str, sha256: str, text: str, said: str = "") -> int:
        """Write a file; ``said`` is the digest of what lies beside it about it."""
        file = self._insert("files", source=source, sha256=sha256, said=said, text=text)
        self.add_place(source, root, file)
        return file

    def add_document(
        self,
        file: int,
        document: Document,
        units: Sequence[Unit],
        passages: Sequence[Passage],
    ) -> None:
        """Write a document with its sentences and passages."""
        number = self._insert(
            "documents",
            name=document.id,
            kind=document.kind,
            title=document.title,
            date=document.date,
            author=document.author,
            publisher=document.publisher,
            url=document.url,
            metadata=json.dumps(dict(document.metadata), ensure_ascii=False, sort_keys=True),
            author_key=squeeze(document.author or ""),
            file=file,
        )
        sections = [
            self._insert(
                "sections",
                document=number,
                number=rank,
                name=section.name,
                start=section.start,
                end=section.end,
                voice=section.voice.kind,
                voice_name=section.voice.name,
                date=section.date,
            )
            for rank, section in enumerate(document.sections)
        ]
        for passage in passages:
            home = sections[passage.section]
            key = self._insert("passages", section=home, start=passage.start, end=passage.end)
            inside = [u for u in units if passage.start <= u.sentence.start < passage.end]
            for unit in inside:
                self._add_sentence(unit, key, home)

    def _add_sentence(self, unit: Unit, passage: int, section: int) -> None:
        sentence = unit.sentence
        self._insert(
            "sentences",
            passage=passage,
            section=section,
            start=sentence.start,
            end=sentence.end,
            role=sentence.role,
            voice=sentence.voice.kind,
            voice_name=sentence.voice.name,
            reported=sentence.voice.reported,
            as_of=sentence.as_of,
            territories="|".join(sentence.territories),
            places=f"|{'|'.join(sorted(unit.places))}|",
            boxes=json.dumps([list(astuple(box)) for box in unit.boxes]),
            digest=unit.digest,
            vector=unit.vector.astype(np.float16).tobytes(),
        )

    def _insert(self, table: str, **values: Any) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
        )
        return int(cursor.lastrowid or 0)
