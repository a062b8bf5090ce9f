"""Searches one generation of an index in a Milvus collection, as the local engine would."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from aseqa.derived import open_indexes
from aseqa.embed import Vectors
from aseqa.engine import EVERYWHERE, Found, LocalEngine, Scope
from aseqa.errors import IndexMismatch
from aseqa.index import FaissIndex
from aseqa.lexical import MIN_FUZZY_CHARS
from aseqa.lookup import Lookup, StoredSentence
from aseqa.messages import message
from aseqa.milvus_book import Book
from aseqa.milvus_books import Shelf, number_of
from aseqa.milvus_client import DEADLINE_S, FIRST_PAUSE_S, CollectionGoneError, MilvusConnection
from aseqa.milvus_collection import MOST_ROWS, Collection, seen
from aseqa.milvus_filters import expression
from aseqa.milvus_sync import Sync, damaged
from aseqa.milvus_weights import CONTEXT, OWN, PRESENT, Sparse, dimension, worth
from aseqa.store import Store
from aseqa.text import terms

# A vector that gives another score than the store's own is not that of this sentence.
SCORE_TOLERANCE = 1e-3
# What two engines make of the same sum, each in its order, of numbers of 32 bits.
ROUNDING = 1e-5


def open_milvus(
    store: Store, lookup: Lookup, connection: MilvusConnection, is_fresh: bool = False
) -> MilvusEngine:
    """Open what a Milvus holds of the store's generation; send it there first when missing.

    Raises
    ------
    IndexMismatch
        When the collection is gone, or has not the rows of the store.
    StoreUnreachable
        When the server is away or too slow.
    """
    shelf = Shelf.of(store, connection.address)
    book = None if is_fresh else shelf.open(store.generation)
    if book is None:
        with shelf.writing():
            book = None if is_fresh else shelf.open(store.generation)
            if book is None:
                Sync(store, lookup, connection, shelf).run(is_fresh)
        book = book or shelf.open(store.generation)
    if book is None:
        raise IndexMismatch(message("milvus_book_lost", folder=store.folder, store=shelf.address))
    engine = MilvusEngine(store, lookup, connection, book)
    engine.load()
    engine.check(is_strict=True)
    return engine


class MilvusEngine:
    """One collection and its book; a Milvus without sparse vectors leaves terms to tantivy."""

    def __init__(
        self, store: Store, lookup: Lookup, connection: MilvusConnection, book: Book
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._book = book
        self._facts = book.facts()
        self._count = int(self._facts["sentences"])
        self._number = number_of(self._facts["generation"])
        self._collection = Collection(connection, self._facts["collection"])
        self._held = lru_cache(maxsize=65_536)(book.held)
        self._local = self._local_lexical() if self._facts["lexical"] == "tantivy" else None

    def _local_lexical(self) -> LocalEngine:
        store = self._store
        return LocalEngine(
            *open_indexes(store.folder, store.generation, self._lookup), self._lookup
        )

    def __len__(self) -> int:
        return self._count

    def load(self) -> None:
        """Have the collection ready to be searched."""
        try:
            self._collection.load()
        except CollectionGoneError:
            raise damaged(self._collection, 0, self._count, self._store) from None

    def facts(self) -> dict[str, str]:
        return {
            "store": self._facts["store"],
            "dense": "milvus-flat",
            "lexical": self._facts["lexical"],
            "collection": self._facts["collection"],
            "milvus": self._facts["milvus"],
        }

    def check(self, is_strict: bool = False) -> None:
        """Make sure that the collection has all rows of the generation; wait for late ones."""
        end, pause = time.monotonic() + DEADLINE_S, FIRST_PAUSE_S
        while True:
            try:
                held = self._collection.count(self._number, is_strict)
                if held == self._count:
                    return
            except CollectionGoneError:
                held = 0  # for good, or for as long as a server takes to start
            if time.monotonic() + pause >= end:
                raise damaged(self._collection, held, self._count, self._store)
            time.sleep(pause)
            pause *= 2

    def nearest(self, vector: Vectors, k: int, scope: Scope = EVERYWHERE) -> Found:
        """Find by vector; the scores are those of the store's own vectors.

        Raises
        ------
        IndexMismatch
            When the collection holds other vectors than the store.
        """
        if k <= 0 or not self._count:
            return []
        found = self._best("vector", vector.tolist(), k, scope)
        ids = np.array([i for i, _ in found], np.int64)
        try:
            # Scored by the local engine, so that ties and last digits are its own.
            own = FaissIndex(ids, self._lookup.vectors_of(ids)).search(vector, len(ids))
        except KeyError as error:
            raise self._foreign() from error
        told = dict(found)
        if any(abs(score - told[i]) > SCORE_TOLERANCE for i, score in own):
            raise self._foreign()
        return own[:k]

    def matching(
        self,
        weights: Mapping[str, float],
        k: int,
        context_weight: float = 0.0,
        scope: Scope = EVERYWHERE,
    ) -> Found:
        if self._local is not None:
            return self._local.matching(weights, k, context_weight, scope)
        query = self._query(weights, context_weight)
        near = self._near(weights)
        for numbers, weight in near:
            for number in numbers.values():
                place = dimension(number, PRESENT)
                query[place] = query.get(place, 0.0) + weight
        if k <= 0 or not query:
            return []
        if near:
            return self._matching_near(query, near, k, scope)
        return self._best("terms", query, k, scope)[:k]

    def frequency(self, term: str) -> int:
        if self._local is not None:
            return self._local.frequency(term)
        return max(self._held(term)[1:])

    def _query(self, weights: Mapping[str, float], context_weight: float) -> Sparse:
        query: Sparse = {}
        for term, weight in weights.items():
            number, own, context = self._held(term)
            for part, held, share in ((OWN, own, 1.0), (CONTEXT, context, context_weight)):
                if held and share > 0 and weight > 0:
                    query[dimension(number, part)] = weight * share * worth(held, self._count)
        return query

    def _near(self, weights: Mapping[str, float]) -> list[tuple[dict[str, int], float]]:
        """Give, for each longer word that nothing holds, the terms one slip away."""
        found = []
        for term, weight in weights.items():
            if len(term) >= MIN_FUZZY_CHARS and term.isalpha() and not self.frequency(term):
                found.append((self._book.near(term), weight))
        return [(numbers, weight) for numbers, weight in found if numbers and weight > 0]

    def _matching_near(
        self, query: Sparse, near: Sequence[tuple[dict[str, int], float]], k: int, scope: Scope
    ) -> Found:
        """Find with terms that are matched approximately, each counted once for a sentence.

        The collection counts every near term, and so tells at least the true score: rows
        are taken until no further one can come first (threshold algorithm: Fagin, 2001).
        """
        wanted = k
        while True:
            found = self._best("terms", query, wanted, scope)
            own = {row.id: set(terms(row.sentence.text)) for row in self._sentences(found)}
            true = {
                i: score - sum(w * max(len(own[i] & numbers.keys()) - 1, 0) for numbers, w in near)
                for i, score in found
            }
            best = _ordered(true)[:k]
            is_whole = len(found) < wanted or wanted == MOST_ROWS
            if is_whole or (len(best) == k and best[-1][1] > found[-1][1]):
                return best
            wanted = min(2 * wanted, MOST_ROWS)

    def _sentences(self, found: Found) -> list[StoredSentence]:
        rows = self._lookup.sentences([i for i, _ in found])
        if len(rows) != len(found):
            raise self._foreign()
        return rows

    def _best(self, field: str, vector: object, k: int, scope: Scope) -> Found:
        inside = expression(scope, self._lookup, self._store.connection)
        tests = " and ".join(filter(None, (inside, seen(self._number))))
        try:
            found = self._collection.best(field, vector, min(k, MOST_ROWS), tests, ROUNDING)
        except CollectionGoneError:
            raise damaged(self._collection, 0, self._count, self._store) from None
        return found if field == "vector" else [(i, s) for i, s in found if s > 0]

    def _foreign(self) -> IndexMismatch:
        where = {"store": self._facts["store"], "folder": self._store.folder}
        return IndexMismatch(message("milvus_foreign", name=self._collection.name, **where))


def _ordered(scores: Mapping[int, float]) -> Found:
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))
