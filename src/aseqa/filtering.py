"""What a filter lets through: the ids of sentences, read from the tables of a store."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

import numpy as np

from aseqa.index import Ids
from aseqa.records import Filters
from aseqa.text import squeeze

# From the few to the many: a search begins at the first of the tables that a filter reads.
_TABLES = {
    "f": "files f",
    "d": "documents d ON d.file = f.id",
    "c": "sections c ON c.document = d.id",
    "s": "sentences s ON s.section = c.id",
}
_IN_FORCE_UNTIL = "coalesce(json_extract(d.metadata, '$.version_end'), '9999')"


def allowed_ids(rows: Connection, filters: Filters) -> Ids:
    """Give the ids of the sentences that pass ``filters``, sorted.

    Kinds and voices are compared exactly, authors by folded substring,
    sources by glob, dates with the section's own date (a sentence without
    a date passes no date filter), territories with the places that the
    sentence is about and those that hold them.
    """
    clauses, values, read = _conditions(filters)
    found = rows.execute(f"SELECT s.id FROM {_tables(read)} WHERE {' AND '.join(clauses)}", values)
    return np.sort(np.fromiter((identifier for (identifier,) in found), np.int64))


def _tables(read: set[str]) -> str:
    """Join what stands between the first table that is read and the sentences, in this order."""
    names = list(_TABLES)
    first, *others = names[min(names.index(name) for name in read) :]
    begin = _TABLES[first].split(" ON ")[0]
    return " CROSS JOIN ".join((begin, *(_TABLES[name] for name in others)))


def _conditions(filters: Filters) -> tuple[list[str], list[str], set[str]]:
    """Give the clauses, the values that they bind, and the tables that they read."""
    tests: list[tuple[str, str, Iterable[str]]] = [
        ("d", "d.kind = ?", filters.kinds),
        ("s", "s.voice = ?", filters.voices),
        ("f", "f.source GLOB ?", filters.sources),
        ("d", "instr(d.author_key, ?)", map(squeeze, filters.authors)),
        ("s", "instr(s.places, ?)", (f"|{squeeze(name)}|" for name in filters.territories)),
        ("c", "c.date >= ?", (filters.since,) if filters.since else ()),
        ("c", "c.date <= ?", (filters.until,) if filters.until else ()),
        ("c", "c.date <= ?", (filters.as_of,) if filters.as_of else ()),
        ("d", f"{_IN_FORCE_UNTIL} > ?", (filters.as_of,) if filters.as_of else ()),
    ]
    clauses, values, read = [], [], set()
    for table, test, wanted in tests:
        listed = list(wanted)
        if listed:
            clauses.append("(" + " OR ".join([test] * len(listed)) + ")")
            values += listed
            read.add(table)
    return clauses, values, read
