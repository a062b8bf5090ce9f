"""The documents of an index as a reader looks through them: searched, sorted, page by page.

Read from the store by a connection of its own: no question has to wait for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aseqa.generations import Place
from aseqa.store import Store
from aseqa.text import squeeze
from aseqa_ui.cards import dated, label

PAGE_ROWS = 25
MAX_SEARCH_CHARS = 200
_KEYS = {
    "title": "aq_key(coalesce(d.title, f.source))",
    "date": "coalesce(d.date, '')",
    "author": "aq_key(coalesce(d.author, d.publisher, ''))",
    "kind": "aq_kind(d.kind)",
    "source": "f.source",
}
SORTS = tuple(_KEYS)
_FROM = (
    "FROM documents d JOIN files f ON f.id = d.file"
    " WHERE aq_has(d.title, d.author, d.publisher, f.source, d.kind)"
)
_FACTS = (
    'SELECT (SELECT sum(c."end" - c.start) FROM sections c WHERE c.document = d.id),'
    " (SELECT count(*) FROM sentences s JOIN sections c ON c.id = s.section"
    " WHERE c.document = d.id), (SELECT count(*) FROM documents o WHERE o.file = d.file)"
    " FROM documents d WHERE d.name = ?"
)


@dataclass(frozen=True, slots=True)
class Held:
    """The file of a document: where it was found, and the titles of all its documents."""

    places: dict[str, Place]
    titles: dict[str, str]


def list_documents(
    index: Path, search: str = "", sort: str = "date", descending: bool = True, page: int = 1
) -> dict[str, Any]:
    """Give one page of the documents that hold all words of ``search`` in what names them."""
    with _reading(index) as store:
        rows = store.connection
        _teach(rows, squeeze(search[:MAX_SEARCH_CHARS]).split())
        (count,) = rows.execute(f"SELECT count(*) {_FROM}").fetchone()
        pages = max(1, -(-count // PAGE_ROWS))
        page = min(max(1, page), pages)
        way = "DESC" if descending else "ASC"
        found = rows.execute(
            f"SELECT d.name, d.kind, d.title, d.date, d.author, d.publisher, f.source {_FROM}"
            f" ORDER BY {_KEYS[sort]} {way}, d.name LIMIT {PAGE_ROWS} OFFSET ?",
            ((page - 1) * PAGE_ROWS,),
        ).fetchall()
        shown = [_row(rows, facts) for facts in found]
        return {"count": count, "page": page, "pages": pages, "documents": shown}


def _row(rows: sqlite3.Connection, facts: tuple[Any, ...]) -> dict[str, Any]:
    name, kind, title, date, author, publisher, source = facts
    chars, sentences, siblings = rows.execute(_FACTS, (name,)).fetchone()
    return {
        "document": name,
        "title": title or source,
        "kind": label("kind", kind, "other"),
        "date": dated(date),
        "author": author or publisher or "",
        "source": source,
        "chars": chars,
        "sentences": sentences,
        "siblings": siblings,
        "address": f"/?document={quote(name, safe='')}",
    }


def file_of(index: Path, document: str) -> Held | None:
    """Give the file that holds a document; None where the index has no such document."""
    with _reading(index) as store:
        asked = "SELECT file FROM documents WHERE name = ?"
        row = store.connection.execute(asked, (document,)).fetchone()
        if row is None:
            return None
        titles = store.connection.execute(
            "SELECT d.name, coalesce(d.title, f.source) FROM documents d"
            " JOIN files f ON f.id = d.file WHERE f.id = ? ORDER BY d.id",
            row,
        )
        places = {s: place for s, place in store.places().items() if place.file == row[0]}
        return Held(places, dict(titles.fetchall()))


@contextmanager
def _reading(index: Path) -> Iterator[Store]:
    store = Store.open(index)
    try:
        with store.reading():
            yield store
    finally:
        store.close()


def _teach(rows: sqlite3.Connection, words: list[str]) -> None:
    """Teach SQLite what a reader means by searching and sorting."""

    def has(*named: str | None) -> bool:
        *facts, kind = named
        text = squeeze(" ".join([label("kind", kind or "", "other"), *filter(None, facts)]))
        return all(word in text for word in words)

    rows.create_function("aq_has", 5, has if words else lambda *_: True)
    rows.create_function("aq_key", 1, squeeze)
    rows.create_function("aq_kind", 1, lambda kind: label("kind", kind, "other"))
