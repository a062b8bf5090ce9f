"""Vectors computed by a run of indexing that has not ended: the next one takes them up."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from aseqa.embed import Vectors

FILE_NAME = "pending.sqlite"
_ENDINGS = ("", "-wal", "-shm", "-journal")


class PendingVectors:
    """A file beside the store; only the process that writes the store may use it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return _connected(self._path)
        except sqlite3.DatabaseError:  # damaged: what it held is computed again
            self._unlink()
            return _connected(self._path)

    def known(self, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Give the vectors held for these digests."""
        found: dict[bytes, Vectors] = {}
        for digest in digests:
            row = self._connection.execute(
                "SELECT vector FROM vectors WHERE digest = ?", (digest,)
            ).fetchone()
            if row:
                found[digest] = np.frombuffer(row[0], np.float16).astype(np.float32)
        return found

    def add(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Write vectors; they outlive the process from here on."""
        rows = [(digest, v.astype(np.float16).tobytes()) for digest, v in vectors.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def close(self) -> None:
        self._connection.close()

    def discard(self) -> None:
        """Drop the file: the store holds everything."""
        self.close()
        self._unlink()

    def _unlink(self) -> None:
        for ending in _ENDINGS:
            Path(f"{self._path}{ending}").unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB NOT NULL)"
    )
    return connection
