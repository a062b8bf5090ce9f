"""The one source of truth: documents, sentences, metadata and vectors in SQLite.

Everything that a run of indexing changes, it changes in one transaction; a
reader sees the state before or the state after (write-ahead log). What FAISS
and the lexical index hold is derived from here and stamped with ``generation``.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.embed import Vectors
from aseqa.errors import IndexBusy, IndexMismatch, IndexMissing, IndexUnwritable, NothingBefore
from aseqa.messages import message
from aseqa.records import Box, Document, Passage, Sentence
from aseqa.schema import FORMAT, schema
from aseqa.text import squeeze

FILE_NAME = "aseqa.sqlite"
HOLDER_NAME = "writer.json"
WAIT_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written for one sentence: itself, its digest, its vector and its boxes."""

    sentence: Sentence
    digest: bytes
    vector: Vectors
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file was found: the file, its hash, that of what is said of it, the folder named."""

    file: int
    sha256: str
    said: str
    root: str


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
            connection.executescript(schema())
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
        with damage_told(folder):
            found = store.fact("format")
        if found != FORMAT:
            raise IndexMismatch(message("index_format", folder=folder, found=found, wanted=FORMAT))
        return store

    def is_sound(self) -> bool:
        """Tell whether SQLite finds nothing wrong in the file; reads all of it."""
        try:
            (said,) = self.connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError:
            return False
        return bool(said == "ok")

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
    def reading(self) -> Iterator[None]:
        """See one generation from beginning to end, whoever writes meanwhile."""
        with damage_told(self.folder):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only write transaction; on leaving, name the new generation if it changed.

        Raises
        ------
        IndexBusy
            When another process is writing.
        """
        self._begin()
        try:
            with self.connection:  # commits, or rolls back on any error
                (mark,) = self.connection.execute("SELECT max(seq) FROM undo").fetchone()
                before = self.connection.total_changes
                yield
                if self.connection.total_changes > before:
                    self._forget(mark)
                    self._set("previous", self.generation)
                    self._set("generation", self._next_generation())
        finally:
            (self.folder / HOLDER_NAME).unlink(missing_ok=True)

    def roll_back(self) -> None:
        """Return to the generation before this one; once more returns to this one.

        Raises
        ------
        NothingBefore
            When there is no generation before.
        IndexBusy
            When another process is writing.
        """
        self._begin()
        try:
            with self.connection:
                (mark,) = self.connection.execute("SELECT max(seq) FROM undo").fetchone()
                if mark is None:
                    raise NothingBefore(message("nothing_before", folder=self.folder))
                self.connection.execute("PRAGMA defer_foreign_keys = ON")
                logged = "SELECT sql FROM undo WHERE seq <= ? ORDER BY seq DESC"
                for (statement,) in self.connection.execute(logged, (mark,)).fetchall():
                    self.connection.execute(statement)
                self._forget(mark)
                before, now = self.fact("previous"), self.generation
                self._set("generation", before)
                self._set("previous", now)
        finally:
            (self.folder / HOLDER_NAME).unlink(missing_ok=True)

    def _begin(self) -> None:
        holder = self.folder / HOLDER_NAME
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise IndexUnwritable(
                    message("index_readonly", folder=self.folder, fault=error)
                ) from error
            who = _holder(holder)
            raise IndexBusy(message("index_busy", folder=self.folder, who=who)) from error
        facts = {"pid": os.getpid(), "host": platform.node(), "since": time.time()}
        holder.write_text(json.dumps(facts), encoding="utf-8")

    def _forget(self, mark: int | None) -> None:
        """Drop what was logged before the changes of this transaction."""
        self.connection.execute("DELETE FROM undo WHERE seq <= ?", (mark or 0,))

    def _set(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def _next_generation(self) -> str:
        digest = hashlib.sha256(self.fact("encoder").encode())
        for source, place in self.places().items():
            digest.update(f"\n{source}\0{place.sha256}\0{place.said}".encode())
        # Above the generation left by a return, too: a name is never given twice.
        names = (self.generation, self.fact("previous") or "0")
        number = max(int(name.split("-")[0]) for name in names) + 1
        return f"{number}-{digest.hexdigest()[:12]}"

    # Writing

    def places(self) -> dict[str, Place]:
        """Give what is held of each source, in order."""
        rows = self.connection.execute(
            "SELECT p.source, f.id, sha256, said, root FROM places p JOIN files f ON f.id = p.file"
            " ORDER BY p.source"
        )
        return {source: Place(*rest) for source, *rest in rows}

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


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Say of a store that cannot be read what is to be done.

    Raises
    ------
    IndexMismatch
        When SQLite finds the file damaged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise IndexMismatch(message("index_damaged", folder=folder, fault=error)) from error


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file; in a folder that may not be written, where nobody writes, as it lies."""
    writable = not path.exists() or os.access(path.parent, os.W_OK)
    connection = sqlite3.connect(
        path if writable else f"{path.resolve().as_uri()}?immutable=1",
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=not writable,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _holder(path: Path) -> str:
    """Say who is writing, as that process wrote it down."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        since = time.strftime("%H:%M", time.localtime(facts["since"]))
        return message("index_holder", pid=facts["pid"], host=facts["host"], since=since)
    except (OSError, ValueError, KeyError, TypeError):
        return message("index_holder_unknown")
