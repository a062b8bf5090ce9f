"""One collection of a Milvus: its fields, what is written to it, what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aseqa.engine import Found
from aseqa.milvus_client import WRITING_DEADLINE_S, MilvusConnection

# Rows from ``born`` on are seen by a generation, until that in which they are ``gone``.
NEVER = 2**62
# Milvus gives no more rows, nor hits, at once.
MOST_ROWS = 16_384
WRITE_BATCH = 500
_TEXTS = ("kind", "voice", "source", "author", "date", "valid_until")
_NUMBERS = ("born", "gone", "mark", "own_length", "context_length")
_PLACES = 4096
_SPARSE_SINCE = (2, 4)
_TEXT_BYTES = 512

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What a collection tells of a row: its sentence, when it is seen, its content's mark."""

    id: int
    born: int
    gone: int
    mark: int

    def is_seen(self, number: int) -> bool:
        return self.born <= number < self.gone


def seen(number: int) -> str:
    """Write what lets the rows of a generation through."""
    return f"born <= {number} and gone > {number}"


def has_sparse(version: str) -> bool:
    """Tell whether a Milvus of that version holds sparse vectors; older ones do not.

    Examples
    --------
    >>> [has_sparse(one) for one in ("v2.3.5-lite", "v2.5.0", "milvus_lite-3.2.2")]
    [False, True, True]
    """
    found = re.search(r"(\d+)\.(\d+)", version)
    return found is not None and (int(found[1]), int(found[2])) >= _SPARSE_SINCE


class Collection:
    """A collection by name; it may not exist yet."""

    def __init__(self, connection: MilvusConnection, name: str) -> None:
        self.connection = connection
        self.name = name

    def create(self, dim: int, with_terms: bool) -> None:
        """Make it, empty and ready to be searched; vectors are compared one by one, exactly."""
        make, kind = self.connection.make, self.connection.data_type
        schema = make("create_schema", auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", kind("INT64"), is_primary=True)
        schema.add_field("vector", kind("FLOAT_VECTOR"), dim=dim)
        for name in _TEXTS:
            schema.add_field(name, kind("VARCHAR"), max_length=_TEXT_BYTES)
        text = {"element_type": kind("VARCHAR"), "max_length": _TEXT_BYTES}
        schema.add_field("places", kind("ARRAY"), max_capacity=_PLACES, **text)
        for name in _NUMBERS:
            schema.add_field(name, kind("INT64"))
        indexes = make("prepare_index_params")
        indexes.add_index("vector", index_type="FLAT", metric_type="IP")
        if with_terms:
            schema.add_field("terms", kind("SPARSE_FLOAT_VECTOR"))
            indexes.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        named = {"schema": schema, "index_params": indexes, "consistency_level": "Bounded"}
        self._write("create_collection", **named)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows, or put them in the place of those with the same id."""
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == WRITE_BATCH:
                self._write("upsert", batch)
                batch = []
        if batch:
            self._write("upsert", batch)

    def delete(self, ids: Sequence[int]) -> None:
        for first in range(0, len(ids), WRITE_BATCH):
            self._write("delete", ids=list(ids[first : first + WRITE_BATCH]))

    def delete_where(self, expression: str) -> None:
        self._write("delete", filter=expression)

    def load(self) -> None:
        """Make it ready to be searched, as a restart may have left it unready."""
        self._write("load_collection")

    def settle(self) -> None:
        """Have what was written kept on the server's disk."""
        self._write("flush")

    def drop(self) -> None:
        self._write("drop_collection")

    def exists(self) -> bool:
        return bool(self.connection.call("has_collection", self.name))

    def count(self, number: int, is_strict: bool = False) -> int:
        """Count the rows of a generation; strictly: once all that was written is seen."""
        level = "Strong" if is_strict else "Bounded"
        named: Row = {"filter": seen(number), "output_fields": ["count(*)"]}
        found = self.connection.call("query", self.name, consistency_level=level, **named)
        return int(found[0]["count(*)"])

    def held(self, last: int) -> Iterator[Held]:
        """List all rows with ids up to ``last``, then those above."""
        step = MOST_ROWS - 1
        for first in range(0, last + 1, step):
            yield from self._listed(f"id >= {first} and id < {first + step}")
        yield from self._listed(f"id >= {last // step * step + step}")

    def _listed(self, expression: str) -> list[Held]:
        fields = ["id", "born", "gone", "mark"]
        return [Held(*(row[name] for name in fields)) for row in self._rows(expression, fields)]

    def rows_of(self, ids: Sequence[int]) -> Iterator[Row]:
        """Read whole rows."""
        for first in range(0, len(ids), WRITE_BATCH):
            part = [int(one) for one in ids[first : first + WRITE_BATCH]]
            yield from (dict(row) for row in self._rows(f"id in {part}", ["*"]))

    def _rows(self, expression: str, fields: Sequence[str]) -> list[Any]:
        named: Row = {"filter": expression, "output_fields": list(fields), "limit": MOST_ROWS}
        long: Row = {"consistency_level": "Strong", "deadline_s": WRITING_DEADLINE_S}
        return list(self.connection.call("query", self.name, **named, **long))

    def best(self, field: str, vector: object, k: int, expression: str, rounding: float) -> Found:
        """Give the best ``k`` rows by inner product, and all that may tie with the last of them.

        Scores that differ by ``rounding`` or less count as a tie.
        """
        wanted = min(k + 1, MOST_ROWS)
        while True:
            found = self._search(field, vector, wanted, expression)
            is_whole = len(found) < wanted or wanted == MOST_ROWS
            if is_whole or found[k - 1][1] > found[-1][1] + rounding:
                return found
            wanted = min(2 * wanted, MOST_ROWS)

    def _search(self, field: str, vector: object, limit: int, expression: str) -> Found:
        named: Row = {
            "data": [vector],
            "anns_field": field,
            "limit": limit,
            "output_fields": ["id"],  # without, an embedded engine reads whole rows
            "filter": expression,
            "search_params": {"metric_type": "IP"},
            "consistency_level": "Bounded",
        }
        hits = self.connection.call("search", self.name, **named)[0]
        found = [(int(hit["id"]), float(hit["distance"])) for hit in hits]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _write(self, method: str, *args: Any, **named: Any) -> None:
        call = self.connection.call
        call(method, self.name, *args, deadline_s=WRITING_DEADLINE_S, **named)
