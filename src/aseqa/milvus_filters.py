"""Filters as Milvus reads them: an expression over the fields that every row carries.

Nothing that a client wrote can leave its quotes: a value that holds one is replaced by its
digest, and patterns are resolved in the store, so that only names which it holds are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from sqlite3 import Connection

from aseqa.engine import Scope, allowed_ids
from aseqa.lookup import Lookup
from aseqa.records import Filters
from aseqa.text import squeeze

# Longer values are told by their digest, on both sides, and so are those that would need
# escapes: not every Milvus reads them alike.
MAX_VALUE_BYTES = 240
NOTHING = "id < 0"
_DAYS = ("since", "until", "as_of")


def value(text: str | None) -> str:
    """Give a field's value: the text, or what stands for one that cannot be kept."""
    text = text or ""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) <= MAX_VALUE_BYTES and text.isprintable() and not set(text) & {'"', "\\"}:
        return text
    return "sha256:" + hashlib.sha256(data).hexdigest()


def expression(scope: Scope, lookup: Lookup, rows: Connection) -> str:
    """Write what lets a scope through; empty when that is everything."""
    wanted = {name: getattr(scope.filters, name) for name in Filters.__slots__}
    wanted = {name: one for name, one in wanted.items() if one}
    odd = (one for name, one in wanted.items() if name in _DAYS and value(one) != one)
    # A filter that the rows know nothing of, or a day that cannot be compared with theirs.
    if wanted.keys() - _TESTS.keys() or any(odd):
        return _ids(allowed_ids(scope, lookup))
    tests = [_TESTS[name](one, rows) for name, one in wanted.items()]
    if scope.ids is not None:
        tests.append(_ids(scope.ids))
    return " and ".join(f"({test})" for test in tests)


def _ids(ids: Iterable[int] | None) -> str:
    listed = [int(one) for one in ids] if ids is not None else []
    return f"id in {listed}" if listed else NOTHING


def _among(field: str, values: Iterable[str]) -> str:
    quoted = ", ".join(sorted({_quoted(one) for one in values}))
    return f"{field} in [{quoted}]" if quoted else NOTHING


def _quoted(text: str) -> str:
    return f'"{value(text)}"'


def _sources(patterns: Iterable[str], rows: Connection) -> str:
    query = "SELECT DISTINCT source FROM files WHERE source GLOB ?"
    return _among("source", (one for p in patterns for (one,) in rows.execute(query, (p,))))


def _authors(names: Iterable[str], rows: Connection) -> str:
    query = "SELECT DISTINCT author_key FROM documents WHERE instr(author_key, ?)"
    keys = (key for name in names for (key,) in rows.execute(query, (squeeze(name),)))
    return _among("author", keys)


def _territories(names: Iterable[str], rows: Connection) -> str:
    places = ", ".join(sorted({_quoted(squeeze(name)) for name in names}))
    return f"array_contains_any(places, [{places}])"


def _as_of(day: str, rows: Connection) -> str:
    return f'date != "" and date <= {_quoted(day)} and valid_until > {_quoted(day)}'


_TESTS: dict[str, Callable[..., str]] = {
    "kinds": lambda names, rows: _among("kind", names),
    "voices": lambda names, rows: _among("voice", names),
    "territories": _territories,
    "authors": _authors,
    "sources": _sources,
    "since": lambda day, rows: f'date != "" and date >= {_quoted(day)}',
    "until": lambda day, rows: f'date != "" and date <= {_quoted(day)}',
    "as_of": _as_of,
}
