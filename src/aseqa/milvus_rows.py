"""The rows of a collection: sentences of the store with all that they can be found by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

import numpy as np

from aseqa.derived import term_rows
from aseqa.index import Ids
from aseqa.lookup import Lookup
from aseqa.milvus_book import Book
from aseqa.milvus_collection import NEVER, Row
from aseqa.milvus_filters import value
from aseqa.milvus_weights import MeanLengths, sentence_vector, terms_of

BATCH = 500
# SQLite writes a sentence's digest, and a signed number of 64 bits is made of it.
_FIELDS = (
    "SELECT s.id, d.kind, s.voice, f.source, d.author_key, c.date,"
    " coalesce(json_extract(d.metadata, '$.version_end'), '9999'), s.places, s.digest"
    " FROM sentences s JOIN sections c ON c.id = s.section JOIN documents d ON d.id = c.document"
    " JOIN files f ON f.id = d.file WHERE s.id IN ({})"
)
_MARKS = "SELECT id, digest FROM sentences"


@dataclass(slots=True)
class Tally:
    """How many sentences hold each term, and how long they are, added up."""

    own: Counter[int] = field(default_factory=Counter)
    context: Counter[int] = field(default_factory=Counter)
    own_length: int = 0
    context_length: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a sentence and of its context, as the index counts them."""

    own: list[str]
    context: list[str]


def mark(digest: bytes) -> int:
    """Give what tells one content from another: the beginning of its digest."""
    return int.from_bytes(digest[:8], "big", signed=True)


def marks(rows: Connection) -> dict[int, int]:
    """Give the marks of all sentences, by id."""
    return {identifier: mark(digest) for identifier, digest in rows.execute(_MARKS)}


def sentence_terms(lookup: Lookup, ids: Ids) -> Iterator[tuple[int, Terms]]:
    """Read the terms of sentences, split once more at white space as the local engine does."""
    for identifier, own, context in term_rows(lookup, ids):
        yield identifier, Terms(" ".join(own).split(), " ".join(context).split())


def mean_lengths(lookup: Lookup, ids: Ids) -> MeanLengths:
    """Give the mean lengths of sentences and of their contexts."""
    lengths = [(len(t.own), len(t.context)) for _, t in sentence_terms(lookup, ids)]
    count = max(len(lengths), 1)
    return MeanLengths(sum(own for own, _ in lengths) / count, sum(c for _, c in lengths) / count)


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Makes the rows of one generation; ``book`` is None where Milvus holds no terms."""

    lookup: Lookup
    rows: Connection
    number: int
    book: Book | None
    means: MeanLengths

    def make(self, ids: Ids, counted: frozenset[int], tally: Tally) -> Iterator[Row]:
        """Make the rows of ``ids``; those of ``counted`` are added to the tally."""
        for first in range(0, len(ids), BATCH):
            part = ids[first : first + BATCH]
            found = self._plain(part)
            if self.book is not None:
                self._add_terms(self.book, part, found, counted, tally)
            yield from found.values()

    def _plain(self, ids: Ids) -> dict[int, Row]:
        vectors = dict(zip(ids.tolist(), self.lookup.vectors_of(ids), strict=True))
        query = _FIELDS.format(",".join("?" * len(ids)))
        found: dict[int, Row] = {}
        for identifier, *facts, places, digest in self.rows.execute(query, ids.tolist()):
            texts = dict(zip(_NAMES, map(value, facts), strict=True))
            found[identifier] = {
                "id": identifier,
                "vector": vectors[identifier],
                **texts,
                "places": [value(one) for one in places.strip("|").split("|") if one],
                "born": self.number,
                "gone": NEVER,
                "mark": mark(digest),
                "own_length": 0,
                "context_length": 0,
            }
        return found

    def _add_terms(
        self,
        book: Book,
        ids: Ids,
        found: dict[int, Row],
        counted: frozenset[int],
        tally: Tally,
    ) -> None:
        held = dict(sentence_terms(self.lookup, ids))
        numbers = book.number(term for t in held.values() for term in (*t.own, *t.context))
        for identifier, terms in held.items():
            vector = sentence_vector(terms.own, terms.context, numbers, self.means)
            lengths = {"own_length": len(terms.own), "context_length": len(terms.context)}
            found[identifier] |= {"terms": vector, **lengths}
            if identifier in counted:
                add(tally, found[identifier], 1)


def add(tally: Tally, row: Row, times: int) -> None:
    """Count what a row holds, or with -1 take it off."""
    own, context = terms_of(row["terms"])
    for number in own:
        tally.own[number] += times
    for number in context:
        tally.context[number] += times
    tally.own_length += times * int(row["own_length"])
    tally.context_length += times * int(row["context_length"])


def id_array(ids: Sequence[int] | set[int]) -> Ids:
    """Sort ids into an array."""
    return np.array(sorted(ids), np.int64)


_NAMES = ("kind", "voice", "source", "author", "date", "valid_until")
