"""What searches sentences: one protocol; here on this machine, by FAISS and tantivy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from aseqa.embed import Vectors
from aseqa.errors import AseqaError
from aseqa.index import FaissIndex, Ids
from aseqa.lexical import LexicalIndex
from aseqa.lookup import Lookup
from aseqa.records import NO_FILTERS, Filters

Found = list[tuple[int, float]]


class StoreUnreachable(AseqaError):
    """The server that holds the search index is away, or too slow to wait for."""


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Where to look: at what the filters let through, and of that at ``ids`` only when given."""

    filters: Filters = NO_FILTERS
    ids: Ids | None = None


EVERYWHERE = Scope()


class SearchEngine(Protocol):
    """Searches the sentences of one generation of an index.

    Both searches give at most ``k`` ids with their scores, sorted by (-score, id); a scope
    restricts them before anything is ranked. Whatever the engine, the ids are those of the
    store, and the scores the same up to rounding.
    """

    def __len__(self) -> int: ...

    def nearest(self, vector: Vectors, k: int, scope: Scope = EVERYWHERE) -> Found:
        """Find by inner product with a vector of shape ``(dim,)`` and unit length."""
        ...

    def matching(
        self,
        weights: Mapping[str, float],
        k: int,
        context_weight: float = 0.0,
        scope: Scope = EVERYWHERE,
    ) -> Found:
        """Find by BM25 of weighted terms, found in a sentence or, for less, around it."""
        ...

    def frequency(self, term: str) -> int:
        """Count the sentences whose own words or context hold ``term``."""
        ...

    def check(self) -> None:
        """Make sure that what was searched is still whole.

        Raises
        ------
        AseqaError
            When it is not: what was found must then not be shown.
        """
        ...

    def facts(self) -> dict[str, str]:
        """Name the engine's parts and its place, for a status."""
        ...


class LocalEngine:
    """FAISS and tantivy, derived from the store on this machine; filters give it ids."""

    def __init__(self, dense: FaissIndex, lexical: LexicalIndex, lookup: Lookup) -> None:
        self.dense = dense
        self.lexical = lexical
        self._lookup = lookup

    def __len__(self) -> int:
        return len(self.dense)

    def nearest(self, vector: Vectors, k: int, scope: Scope = EVERYWHERE) -> Found:
        return self.dense.search(vector, k, allowed_ids(scope, self._lookup))

    def matching(
        self,
        weights: Mapping[str, float],
        k: int,
        context_weight: float = 0.0,
        scope: Scope = EVERYWHERE,
    ) -> Found:
        allowed = allowed_ids(scope, self._lookup)
        return self.lexical.search(weights, k, context_weight, allowed)

    def frequency(self, term: str) -> int:
        return self.lexical.frequency(term)

    def check(self) -> None:
        """Files that are mapped stay as they were."""

    def facts(self) -> dict[str, str]:
        return {"store": "faiss", "lexical": "tantivy"}


def allowed_ids(scope: Scope, lookup: Lookup) -> Ids | None:
    """Give the ids of the sentences in a scope, None for all of them."""
    allowed = lookup.allowed(scope.filters)
    if allowed is None or scope.ids is None:
        return scope.ids if allowed is None else allowed
    return np.intersect1d(scope.ids, allowed)
