"""One SQLite file and its states: each replaces the one before at one stroke, or is taken back.

Everything that a run of indexing changes, it changes in one transaction; a reader sees
the state before or the state after (write-ahead log). A store that is damaged is known as
such, and its copy takes its place when asked to.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from aseqa.damage import FILE_NAME, connect, damage, damage_told, soundness
from aseqa.errors import IndexBusy, IndexMismatch, IndexMissing, IndexUnwritable, NothingBefore
from aseqa.good_copy import refresh_copy, told_moment
from aseqa.messages import message
from aseqa.schema import FORMAT, schema

HOLDER_NAME = "writer.json"
# What values that no longer mean anything make of the code that reads them.
_NONSENSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file was found: the file, its hash, that of what is said of it, the folder named."""

    file: int
    sha256: str
    said: str
    root: str


class Generations:
    """The SQLite file of an index: opened, read whole, changed at one stroke, taken back."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    @classmethod
    def create(cls, folder: Path, encoder: str, dim: int) -> Self:
        """Make an empty store; the folder may exist, the store may not."""
        folder.mkdir(parents=True, exist_ok=True)
        connection = connect(folder / FILE_NAME)
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.executescript(schema())
            facts = {"format": FORMAT, "encoder": encoder, "dim": str(dim), "generation": "0"}
            facts["born"] = secrets.token_hex(8)
            connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        return cls(folder, connection)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store of ``folder``.

        Raises
        ------
        IndexMissing
            When there is none.
        IndexMismatch
            When it is damaged, or its format is another one.
        """
        path = folder / FILE_NAME
        if not path.is_file():
            raise IndexMissing(message("index_missing", folder=folder))
        store = cls(folder, connect(path))
        try:
            with damage_told(folder):
                found = store.fact("format")
        except BaseException:
            store.close()
            raise
        if found != FORMAT:
            store.close()
            raise IndexMismatch(message("index_format", folder=folder, found=found, wanted=FORMAT))
        return store

    def is_sound(self) -> bool:
        """Tell whether SQLite finds nothing wrong in the file; reads all of it."""
        try:
            return soundness(self.connection) == "ok"
        except sqlite3.DatabaseError:
            return False

    def close(self) -> None:
        self.connection.close()

    def fact(self, key: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def generation(self) -> str:
        """The state's name: a counter, and a digest of the encoder and of all files."""
        return self.fact("generation")

    @property
    def made(self) -> str:
        """When that state was reached, as French writes it."""
        return told_moment(self.fact("made"))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one generation from beginning to end, whoever writes meanwhile."""
        with damage_told(self.folder):
            self.connection.execute("BEGIN")
            try:
                yield
            except _NONSENSE as error:
                if self.is_sound():
                    raise
                raise damage(self.folder, error) from error
            finally:
                self.connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only write transaction; on leaving, name the new generation if it changed.

        Raises
        ------
        IndexBusy
            When another process is writing.
        IndexUnwritable
            When the file may not be written.
        """
        with self._held() as mark:
            before = self.connection.total_changes
            yield
            if self.connection.total_changes > before:
                self._forget(mark)
                self._name(self._next_generation())

    def roll_back(self) -> None:
        """Return to the generation before this one; once more returns to this one.

        Raises
        ------
        NothingBefore
            When there is no generation before.
        IndexBusy, IndexUnwritable
            As ``writing``.
        """
        with self._held() as mark:
            if mark == 0:
                raise NothingBefore(message("nothing_before", folder=self.folder))
            self.connection.execute("PRAGMA defer_foreign_keys = ON")
            logged = "SELECT sql FROM undo WHERE seq <= ? ORDER BY seq DESC"
            for (statement,) in self.connection.execute(logged, (mark,)).fetchall():
                self.connection.execute(statement)
            self._forget(mark)
            self._name(self.fact("previous"))

    def keep_copy(self) -> None:
        """Bring the copy of the store up to date, where that is worth its cost and nobody writes.

        Raises
        ------
        IndexMismatch
            When the store turns out to be damaged; the copy is left as it was.
        """
        try:
            with damage_told(self.folder), self._held():
                refresh_copy(self.folder / FILE_NAME, self.connection)
        except IndexBusy:
            pass  # who writes now will see to it

    @contextmanager
    def _held(self) -> Iterator[int]:
        """Begin to write, saying who does; give how far the undo log goes. Commits, or undoes."""
        self._begin()
        try:
            with self.connection:
                logged = "SELECT coalesce(max(seq), 0) FROM undo"
                yield self.connection.execute(logged).fetchone()[0]
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

    def _forget(self, mark: int) -> None:
        """Drop what was logged before the changes of this transaction."""
        self.connection.execute("DELETE FROM undo WHERE seq <= ?", (mark,))

    def _name(self, generation: str) -> None:
        """Give the state its name; the one it had becomes that of the state before."""
        facts = {"previous": self.generation, "generation": generation, "made": str(time.time())}
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())

    def _next_generation(self) -> str:
        digest = hashlib.sha256(self.fact("encoder").encode())
        for source, place in self.places().items():
            digest.update(f"\n{source}\0{place.sha256}\0{place.said}".encode())
        # Above the generation left by a return, too: a name is never given twice.
        names = (self.generation, self.fact("previous") or "0")
        number = max(int(name.split("-")[0]) for name in names) + 1
        return f"{number}-{digest.hexdigest()[:12]}"

    def places(self) -> dict[str, Place]:
        """Give what is held of each source, in order."""
        rows = self.connection.execute(
            "SELECT p.source, f.id, sha256, said, root FROM places p JOIN files f ON f.id = p.file"
            " ORDER BY p.source"
        )
        return {source: Place(*rest) for source, *rest in rows}


def _holder(path: Path) -> str:
    """Say who is writing, as that process wrote it down."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        since = time.strftime("%H:%M", time.localtime(facts["since"]))
        return message("index_holder", pid=facts["pid"], host=facts["host"], since=since)
    except (OSError, ValueError, KeyError, TypeError):
        return message("index_holder_unknown")
