"""The one source of truth: documents, sentences, metadata and vectors in SQLite.

Everything that a run of indexing changes, it changes in one transaction; a
reader sees the state before or the state after (write-ahead log). What FAISS
and the lexical index hold is derived from here and stamped with ``generation``.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.embed import Vectors
from aseqa.errors import IndexBusy, IndexMismatch, IndexMissing
from aseqa.messages import message
from aseqa.records import Document, Passage, Sentence
from aseqa.text import squeeze

FORMAT = "1"
FILE_NAME = "aseqa.sqlite"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, source TEXT UNIQUE NOT NULL, root TEXT NOT NULL,
    sha256 TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    title TEXT, date TEXT, author TEXT, publisher TEXT, url TEXT, metadata TEXT NOT NULL,
    author_key TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    voice TEXT NOT NULL, voice_name TEXT, date TEXT, places TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    section INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    role TEXT NOT NULL, voice TEXT NOT NULL, voice_name TEXT, reported TEXT,
    digest BLOB NOT NULL, vector BLOB NOT NULL);
CREATE INDEX documents_of_file ON documents (file);
CREATE INDEX sections_of_document ON sections (document);
CREATE INDEX passages_of_section ON passages (section);
CREATE INDEX sentences_of_passage ON sentences (passage);
CREATE INDEX sentences_of_section ON sentences (section);
CREATE INDEX sentences_by_digest ON sentences (digest);
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written for one sentence: itself, its digest and its vector."""

    sentence: Sentence
    digest: bytes
    vector: Vectors


class Store:
    """The SQLite file of an index."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    @classmethod
    def create(cls, folder: Path, encoder: str, dim: int) -> Store:
        """Make an empty store; the folder may exist, the store may not."""
        folder.mkdir(parents=True, exist_ok=True)
        connection = _connect(folder / FILE_NAME)
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.executescript(_SCHEMA)
            facts = {"format": FORMAT, "encoder": encoder, "dim": str(dim), "generation": "0"}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        return cls(folder, connection)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the store of ``folder``.

        Raises
        ------
        IndexMissing
            When there is none.
        IndexMismatch
            When its format is another one.
        """
        path = folder / FILE_NAME
        if not path.is_file():
            raise IndexMissing(message("index_missing", folder=folder))
        store = cls(folder, _connect(path))
        try:
            found = store.fact("format")
        except sqlite3.DatabaseError as error:
            raise IndexMismatch(message("index_damaged", folder=folder, fault=error)) from error
        if found != FORMAT:
            raise IndexMismatch(message("index_format", folder=folder, found=found, wanted=FORMAT))
        return store

    def close(self) -> None:
        self.connection.close()

    def fact(self, key: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def generation(self) -> str:
        """The state's name: a counter, and a digest of the encoder and of all files."""
        return self.fact("generation")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only write transaction; on leaving, name the new generation if it changed.

        Raises
        ------
        IndexBusy
            When another process is writing.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise IndexBusy(message("index_busy", folder=self.folder)) from error
        with self.connection:  # commits, or rolls back on any error
            before = self.connection.total_changes
            yield
            if self.connection.total_changes > before:
                self._name_generation()

    def _name_generation(self) -> None:
        digest = hashlib.sha256(self.fact("encoder").encode())
        for source, sha256 in self.sources().items():
            digest.update(f"\n{source}\0{sha256}".encode("utf-8", "surrogateescape"))
        number = int(self.generation.split("-")[0]) + 1
        name = f"{number}-{digest.hexdigest()[:12]}"
        self.connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (name,))

    # Writing

    def sources(self) -> dict[str, str]:
        """Give the hash of each file held, by source, in order."""
        return dict(self.connection.execute("SELECT source, sha256 FROM files ORDER BY source"))

    def holders(self) -> dict[str, str]:
        """Give the source of the file that holds each document, by document name."""
        rows = self.connection.execute(
            "SELECT name, source FROM documents JOIN files ON files.id = file"
        )
        return dict(rows)

    def sources_under(self, root: str) -> set[str]:
        """Give the sources that were read from under the folder or file ``root``."""
        rows = self.connection.execute("SELECT source, root FROM files")
        return {s for s, place in rows if place == root or place.startswith(root.rstrip("/") + "/")}

    def remove(self, source: str) -> int:
        """Drop a file; give the number of its documents."""
        (count,) = self.connection.execute(
            "SELECT count(*) FROM documents JOIN files ON files.id = file WHERE source = ?",
            (source,),
        ).fetchone()
        self.connection.execute("DELETE FROM files WHERE source = ?", (source,))
        return int(count)

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

    def add_file(self, source: str, root: str, sha256: str, text: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO files (source, root, sha256, text) VALUES (?, ?, ?, ?)",
            (source, root, sha256, text),
        )
        return int(cursor.lastrowid or 0)

    def add_document(
        self,
        file: int,
        document: Document,
        units: Sequence[Unit],
        passages: Sequence[Passage],
        places: Sequence[Iterable[str]],
    ) -> None:
        """Write a document; ``places`` holds the places that each section speaks of."""
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
                places=f"|{'|'.join(sorted(named))}|",
            )
            for rank, (section, named) in enumerate(zip(document.sections, places, strict=True))
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


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
