"""What filters can be set on an index, and how much passes each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection

from aseqa.messages import message
from aseqa.places import widened
from aseqa.text import fold

_DOCUMENTS = "SELECT count(*) FROM documents"
_KINDS = "SELECT kind, count(*) FROM documents GROUP BY kind"
_AUTHORS = "SELECT min(author), count(*) FROM documents WHERE author_key <> '' GROUP BY author_key"
_YEARS = (
    "SELECT substr(date, 1, 4), count(DISTINCT document) FROM sections"
    " WHERE date IS NOT NULL GROUP BY 1"
)
# One pass over the sentences, the largest table; sorting them for groups would cost more.
_SPOKEN = (
    "SELECT s.voice, s.territories, c.document FROM sentences s JOIN sections c ON c.id = s.section"
)
_FILES = (
    "SELECT f.source, min(d.title), count(DISTINCT d.id), count(s.id) FROM files f"
    " JOIN documents d ON d.file = f.id LEFT JOIN sections c ON c.document = d.id"
    " LEFT JOIN sentences s ON s.section = c.id GROUP BY f.id"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take: what it is called, and how much of it there is."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """The choices of each filter, the largest first, years in their order.

    Documents are counted, except in ``sources``, where a file's sentences are. A voice or a
    territory counts the documents of which at least one sentence passes the filter.
    """

    documents: int
    kinds: tuple[Choice, ...]
    voices: tuple[Choice, ...]
    territories: tuple[Choice, ...]
    authors: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    years: tuple[Choice, ...]


def filter_counts(rows: Connection) -> FilterCounts:
    """Count what passes each filter, over the tables of a store.

    A place counts what is said of it and of what lies in it, as the filter does.

    Examples
    --------
    >>> filter_counts(store.connection).kinds[0].count  # doctest: +SKIP
    5
    """
    voices: dict[str, set[int]] = defaultdict(set)
    territories: dict[str, set[int]] = defaultdict(set)
    for voice, about, document in rows.execute(_SPOKEN):
        voices[voice].add(document)
        for place in _places(about):
            territories[place].add(document)
    years = sorted(rows.execute(_YEARS))
    return FilterCounts(
        documents=int(rows.execute(_DOCUMENTS).fetchone()[0]),
        kinds=_named(rows.execute(_KINDS)),
        voices=_named(_sizes(voices)),
        territories=_named(_sizes(territories)),
        authors=_named(rows.execute(_AUTHORS)),
        sources=_sources(rows),
        years=tuple(Choice(year, year, count) for year, count in years),
    )


@lru_cache(maxsize=4096)
def _places(about: str) -> tuple[str, ...]:
    return tuple(widened(frozenset(about.split("|")))) if about else ()


def _sizes(found: Mapping[str, set[int]]) -> Iterable[tuple[str, int]]:
    return ((name, len(documents)) for name, documents in found.items())


def _named(counted: Iterable[tuple[str, int]]) -> tuple[Choice, ...]:
    return _ordered(Choice(name, name, count) for name, count in counted)


def _sources(rows: Connection) -> tuple[Choice, ...]:
    """Name a file after its document; one that compiles several, after one of them."""
    return _ordered(
        Choice(source, _file_label(source, title, documents), sentences)
        for source, title, documents, sentences in rows.execute(_FILES)
    )


def _file_label(source: str, title: str | None, documents: int) -> str:
    if not title or documents == 1:
        return title or source
    more = "filters_file_more" if documents > 2 else "filters_file_other"
    return message(more, title=title, count=documents - 1)


def _ordered(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda one: (-one.count, fold(one.label), one.value)))
