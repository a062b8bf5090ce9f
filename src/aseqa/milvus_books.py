"""The books of an index: one for each generation that a Milvus holds, the last two kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from aseqa.engine_address import Address
from aseqa.errors import IndexBusy, IndexUnwritable
from aseqa.messages import message
from aseqa.milvus_book import BOOKS, FORMAT, Book
from aseqa.store import Store

DRAFT = "milvus.draft"
LOCK = "milvus.lock"
LOCK_WAIT_S = 5.0
_NEEDED = ("collection", "generation", "sentences", "lexical", "own_length", "context_length")


def number_of(generation: str) -> int:
    """Give the number with which a generation's name begins."""
    return int(generation.split("-")[0])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where an index keeps the books of what one Milvus holds of it."""

    folder: Path
    born: str
    address: Address

    @classmethod
    def of(cls, store: Store, address: Address) -> Shelf:
        return cls(store.folder, store.fact("born"), address)

    @property
    def prefix(self) -> str:
        """How the names of this index's collections begin."""
        return f"aseqa_{self.born}_"

    def path(self, generation: str) -> Path:
        return self.folder / BOOKS.replace("*", generation)

    def open(self, generation: str) -> Book | None:
        """Open the book of a generation; None when there is none that serves."""
        path = self.path(generation)
        if not self._is_ours(self._facts(path)):
            return None
        return Book(path)

    def older(self, generation: str) -> dict[str, str] | None:
        """Give the facts of the newest generation before, if any of its books serves."""
        found = [facts for facts in self.facts(self.address) if facts["generation"] != generation]
        found = [f for f in found if number_of(f["generation"]) < number_of(generation)]
        return max(found, key=lambda f: number_of(f["generation"]), default=None)

    def facts(self, address: Address) -> list[dict[str, str]]:
        """Give the facts of all books of this index at that place."""
        found = (self._facts(path) for path in sorted(self.folder.glob(BOOKS)))
        return [f for f in found if self._is_ours(f) and f["store"] == str(address)]

    def draft(self, older: str | None = None) -> Book:
        """Begin the book of a new generation."""
        return Book.draft(self.folder / DRAFT, self.path(older) if older else None)

    def publish(self, book: Book, generation: str, older: str | None) -> None:
        """Give a draft its name, and keep only the book that it was made from."""
        book.write_facts({"store": str(self.address), "born": self.born})
        book.close()
        book.path.replace(self.path(generation))
        self.discard(generation, older)

    def discard(self, *kept: str | None) -> None:
        """Drop all books but those of some generations."""
        for path in self.folder.glob(BOOKS):
            if path not in {self.path(one) for one in kept if one}:
                path.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one to bring this index to its Milvus.

        Raises
        ------
        IndexBusy
            When another process does, for longer than a moment.
        IndexUnwritable
            When the folder takes nothing.
        """
        try:
            with closing(sqlite3.connect(self.folder / LOCK, timeout=LOCK_WAIT_S)) as lock:
                lock.isolation_level = None
                lock.execute("BEGIN EXCLUSIVE")
                yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                who = message("index_holder_unknown")
                raise IndexBusy(message("index_busy", folder=self.folder, who=who)) from error
            told = message("index_readonly", folder=self.folder, fault=error)
            raise IndexUnwritable(told) from error

    def _facts(self, path: Path) -> dict[str, str]:
        """Read the facts of a book; none where it is missing or damaged."""
        if not path.is_file():
            return {}
        try:
            with closing(Book(path)) as book:
                return book.facts()
        except sqlite3.DatabaseError:
            return {}

    def _is_ours(self, facts: dict[str, str]) -> bool:
        expected = {"format": FORMAT, "born": self.born, "store": str(self.address)}
        whole = all(facts.get(name) for name in _NEEDED)
        return whole and all(facts.get(name) == one for name, one in expected.items())
