"""What an index keeps beside its Milvus collection, a file for each generation.

It is the manifest of a generation (which collection, how many rows, by which means the
terms were weighed) and its book of terms: the number of each, and how many sentences hold
it. A book is whole or not there: it takes its name once the collection is complete.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Self

BOOKS = "milvus-*.sqlite"
FORMAT = "1"
_LAST = "\U0010ffff"
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE terms (number INTEGER PRIMARY KEY, term TEXT UNIQUE NOT NULL,
  backwards TEXT NOT NULL, own INTEGER NOT NULL, context INTEGER NOT NULL);
CREATE INDEX terms_backwards ON terms (backwards);
"""
BATCH = 500  # SQLite's limit on the number of bound values


class Book:
    """The manifest and the terms of one generation, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the file ``path``.

        Raises
        ------
        sqlite3.DatabaseError
            When it is no such file, or damaged.
        """
        self.path = path
        self._rows = sqlite3.connect(path, check_same_thread=False)

    @classmethod
    def draft(cls, path: Path, older: Path | None = None) -> Self:
        """Begin a book: a copy of an older one, or an empty one."""
        path.unlink(missing_ok=True)
        book = cls(path)
        if older is None:
            book._rows.executescript(_SCHEMA)
        else:
            with closing(sqlite3.connect(f"{older.absolute().as_uri()}?mode=ro", uri=True)) as rows:
                rows.backup(book._rows)
        return book

    def close(self) -> None:
        self._rows.close()

    def facts(self) -> dict[str, str]:
        return dict(self._rows.execute("SELECT name, value FROM facts"))

    def write_facts(self, facts: Mapping[str, object]) -> None:
        pairs = [(name, str(value)) for name, value in facts.items()]
        with self._rows:
            self._rows.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", pairs)

    def number(self, terms: Iterable[str]) -> dict[str, int]:
        """Give the numbers of terms; a new term takes the next one."""
        wanted = sorted(set(terms))
        with self._rows:
            self._rows.executemany(
                "INSERT OR IGNORE INTO terms (term, backwards, own, context) VALUES (?, ?, 0, 0)",
                ((term, term[::-1]) for term in wanted),
            )
        found: dict[str, int] = {}
        for first in range(0, len(wanted), BATCH):
            part = wanted[first : first + BATCH]
            marks = ",".join("?" * len(part))
            query = f"SELECT term, number FROM terms WHERE term IN ({marks})"
            found.update(self._rows.execute(query, part))
        return found

    def count(self, own: Counter[int], context: Counter[int]) -> None:
        """Add to the number of sentences that hold each term, by its number."""
        for column, counts in (("own", own), ("context", context)):
            with self._rows:
                self._rows.executemany(
                    f"UPDATE terms SET {column} = {column} + ? WHERE number = ?",
                    ((more, number) for number, more in counts.items()),
                )

    def held(self, term: str) -> tuple[int, int, int]:
        """Give a term's number, and how many sentences and how many contexts hold it."""
        query = "SELECT number, own, context FROM terms WHERE term = ?"
        row = self._rows.execute(query, (term,)).fetchone()
        return (int(row[0]), int(row[1]), int(row[2])) if row else (0, 0, 0)

    def near(self, word: str) -> dict[str, int]:
        """Give the numbers of the terms of sentences that are one slip away from ``word``.

        A slip (a letter more, less, other, or two that changed places) leaves the beginning
        or the end as it is: only terms that share one of them are compared.
        """
        half = len(word) // 2
        start, end = word[: half - 1], word[half + 1 :][::-1]
        query = (
            "SELECT term, number FROM terms WHERE own > 0 AND (term BETWEEN ? AND ?"
            " OR backwards BETWEEN ? AND ?)"
        )
        found = self._rows.execute(query, (start, start + _LAST, end, end + _LAST))
        return {term: int(number) for term, number in found if is_one_slip(word, term)}


def is_one_slip(word: str, other: str) -> bool:
    """Tell whether one edit makes a word of another (Damerau, 1964).

    Examples
    --------
    >>> [is_one_slip("mineur", word) for word in ("mineurs", "minuer", "mineur", "majeur")]
    [True, True, False, False]
    """
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(word), len(other)) and word[same] == other[same]:
        same += 1
    one, two = word[same:], other[same:]
    if len(one) != len(two):
        return one[1:] == two or one == two[1:]
    return one[1:] == two[1:] or (one[:2] == two[:2][::-1] and one[2:] == two[2:])
