"""What quotes are checked against: an index, or source files read anew; no encoder is loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from aseqa.answers import Quote
from aseqa.cite import make_quote
from aseqa.corpus_files import distinct_sources, list_files
from aseqa.embed import Vectors
from aseqa.lookup import Lookup, StoredSentence
from aseqa.pending import PendingVectors
from aseqa.records import Document
from aseqa.store import Store
from aseqa.update import Update, read_in_child


class Sources:
    """The documents of one generation of a store, found by name, by hash and by their words.

    ``unread`` holds (source, error) pairs of the files that could not be read.
    """

    def __init__(self, store: Store, unread: Sequence[tuple[str, str]] = ()) -> None:
        self._rows: sqlite3.Connection = store.connection
        self._lookup = Lookup(store)
        self.unread = tuple(unread)

    def document(self, name: str) -> Document:
        return self._lookup.document(name)

    def sentences(self, name: str) -> tuple[StoredSentence, ...]:
        return self._lookup.document_sentences(name)

    def cite(self, row: StoredSentence) -> Quote:
        """Cite a sentence as the sources have it now."""
        return make_quote(row, self._lookup, 1, None, 1.0)

    def homes(self, document: str, source: str, sha256: str) -> list[str]:
        """Name the documents that a quote may come from: of that name, hash or file."""
        names = [
            *self._names("SELECT name FROM documents WHERE name = ?", document),
            *self._names(_OF_FILE.format("f.sha256 = ?"), sha256),
            *self._names(_OF_FILE.format("p.source = ?"), source),
        ]
        return list(dict.fromkeys(names))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Give the text of each file, with the name of its first document."""
        query = (
            "SELECT min(d.name), f.text FROM files f JOIN documents d ON d.file = f.id"
            " GROUP BY f.id ORDER BY f.source"
        )
        yield from self._rows.execute(query)

    def owner(self, name: str, place: int) -> str:
        """Name the document that holds a place of the text which ``name`` shares with others."""
        query = (
            "SELECT o.name FROM documents d JOIN documents o ON o.file = d.file"
            " JOIN sections c ON c.document = o.id"
            ' WHERE d.name = ? AND c.start <= ? AND c."end" > ?'
            " ORDER BY o.name <> d.name, o.id LIMIT 1"
        )
        found = self._rows.execute(query, (name, place, place)).fetchone()
        return str(found[0]) if found else name

    def _names(self, query: str, value: str) -> list[str]:
        return [name for (name,) in self._rows.execute(query, (value,))]


_OF_FILE = (
    "SELECT DISTINCT d.name FROM documents d JOIN files f ON f.id = d.file"
    " JOIN places p ON p.file = f.id WHERE {} ORDER BY d.id"
)


@contextmanager
def index_sources(index_dir: Path) -> Iterator[Sources]:
    """Check against the documents that an index holds, all of one generation.

    Raises
    ------
    IndexMissing
        When there is no index.
    IndexMismatch
        When it is of another format, or damaged.
    """
    store = Store.open(index_dir)
    try:
        with store.reading():
            yield Sources(store)
    finally:
        store.close()


@contextmanager
def file_sources(paths: Sequence[Path]) -> Iterator[Sources]:
    """Check against source files and folders, read anew as indexing reads them.

    Raises
    ------
    ReadError
        When a path does not exist.
    """
    listed = [file for path in paths for file in list_files(path, None)]
    with TemporaryDirectory(prefix="aseqa-", ignore_cleanup_errors=True) as folder:
        encoder = _NoEncoder()
        store = Store.create(Path(folder), encoder.name, encoder.dim)
        try:
            with store.writing(), read_in_child() as child:
                pending = PendingVectors(Path(folder))
                try:
                    update = Update(store, pending, encoder, child, None)
                    update.run(list(distinct_sources(listed, {})), (), False)
                finally:
                    pending.close()
            with store.reading():
                yield Sources(store, update.outcome.failed)
        finally:
            store.close()


class _NoEncoder:
    """Fills the place of vectors where nothing is searched by meaning."""

    name = "none"
    dim = 1

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), self.dim), np.float32)

    encode_queries = encode_passages
