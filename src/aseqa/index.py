"""Dense search over unit vectors: FAISS, and NumPy as its oracle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from aseqa.embed import Vectors
from aseqa.faiss_part import NO_IDS, Kind, ids_in, kind_for, make_part, read_part
from aseqa.faiss_part import Ids as Ids

PARTS = "dense-*.faiss"
REMOVED = "removed.npy"
# Above both, so many removed vectors are scanned in vain that all is written anew.
REMOVED_FLOOR = 10_000
REMOVED_SHARE = 0.2


class VectorIndex(Protocol):
    """Finds the nearest vectors by inner product.

    ``search`` takes one query of shape ``(dim,)`` and gives ids and scores,
    at most ``k`` of each, sorted by (-score, id). ``allowed`` restricts the
    search to these ids before anything is ranked.
    """

    def search(
        self, query: Vectors, k: int, allowed: Ids | None = None
    ) -> list[tuple[int, float]]: ...


class NumpyIndex:
    """The plain product, for tests and as a reference."""

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        self._ids = ids
        # Half precision is what the FAISS index keeps.
        self._vectors = vectors.astype(np.float16).astype(np.float32)

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        keep = np.ones(len(self._ids), bool) if allowed is None else np.isin(self._ids, allowed)
        scores = self._vectors[keep] @ query
        return _sorted(self._ids[keep], scores)[:k]


class FaissIndex:
    """FAISS indexes in half precision, one file a part, searched as one."""

    def __init__(self, ids: Ids, vectors: Vectors, kind: Kind | None = None) -> None:
        """Hold vectors in memory, as one part of the kind that their number asks for."""
        order = np.argsort(ids)
        sorted_ids, rows = ids[order], vectors[order]

        def vectors_of(some: Ids) -> Vectors:
            return rows[np.searchsorted(sorted_ids, some)]

        kind = kind or kind_for(len(ids))
        self._parts = [make_part(sorted_ids, vectors_of, kind)] if len(ids) else []

    @classmethod
    def load(cls, folder: Path) -> FaissIndex:
        """Map the parts that ``write_part`` wrote in ``folder``; ids in ``removed.npy`` are out.

        Raises
        ------
        RuntimeError
            When a part is damaged.
        """
        loaded = cls.__new__(cls)
        removed = np.load(folder / REMOVED) if (folder / REMOVED).is_file() else NO_IDS
        loaded._parts = [read_part(path, removed) for path in sorted(folder.glob(PARTS))]
        return loaded

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    @property
    def kinds(self) -> list[Kind]:
        """How each part is searched, in the order of their files."""
        return [part.kind for part in self._parts]

    @property
    def ids(self) -> Ids:
        """All ids held, sorted."""
        return np.sort(np.concatenate([NO_IDS, *(part.ids for part in self._parts)]))

    def vectors_of(self, ids: Ids) -> Vectors:
        """Give back the vectors of some ids, in the order of ``ids``."""
        found: dict[int, Vectors] = {}
        for part in self._parts:
            held, rows = part.vectors_of(ids)
            found |= dict(zip(held.tolist(), rows, strict=True))
        return np.array([found[i] for i in ids.tolist()], np.float32)

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        if k <= 0 or (allowed is not None and len(allowed) == 0):
            return []
        found = [part.search(query, k, allowed) for part in self._parts]
        ids = np.concatenate([NO_IDS, *(i for i, _ in found)])
        scores = np.concatenate([np.zeros(0, np.float32), *(s for _, s in found)])
        return _sorted(ids, scores)[:k]


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes a new set of parts: old ones that still serve, ids to write, ids to leave out."""

    kept: Sequence[Path]
    new: Ids
    removed: Ids


def plan_parts(older: Sequence[Path], ids: Ids, floor: int = REMOVED_FLOOR) -> Plan:
    """Choose what to keep of older parts so that they hold ``ids``, sorted, at little cost.

    A part less than twice as large as what is written is written again with it, so
    that parts stay few and a vector is written a logarithmic number of times
    (log-structured merging: O'Neil et al., 1996).
    """
    parts = [(path, ids_in(path)) for path in older]
    kept = [(path, held) for path, held in parts if np.isin(held, ids).any()]
    held = np.concatenate([NO_IDS, *(part for _, part in kept)])
    gone = without(held, ids)
    if len(gone) > max(floor, REMOVED_SHARE * len(held)):
        return Plan([], ids, NO_IDS)
    new = without(ids, held)
    while kept and len(new) and len(kept[-1][1]) <= 2 * len(new):
        _, part = kept.pop()
        new = np.sort(np.concatenate([new, without(part, gone)]))
    held = np.concatenate([NO_IDS, *(part for _, part in kept)])
    return Plan([path for path, _ in kept], new, without(held, ids))


def without(ids: Ids, others: Ids) -> Ids:
    """Give the ids that are not among ``others``, in their order; none may come twice."""
    return np.setdiff1d(ids, others, assume_unique=True)


def _sorted(ids: Ids, scores: Vectors) -> list[tuple[int, float]]:
    order = np.lexsort((ids, -scores))
    return [(int(ids[i]), float(scores[i])) for i in order]
