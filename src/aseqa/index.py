"""Dense search over unit vectors: FAISS, and NumPy as its oracle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aseqa.embed import Vectors

Ids = NDArray[np.int64]

PARTS = "dense-*.faiss"
REMOVED = "removed.npy"
# Above both, so many removed vectors are scanned in vain that all is written anew.
REMOVED_FLOOR = 10_000
REMOVED_SHARE = 0.2
WRITE_BATCH = 20_000


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
    """Flat FAISS indexes in half precision (Douze et al., 2024, arXiv 2401.08281), as one."""

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        _one_thread()
        self._parts = [_Part(_flat(ids, lambda _: vectors, len(ids)), _NONE)] if len(ids) else []

    @classmethod
    def load(cls, folder: Path) -> FaissIndex:
        """Map the parts that ``write_part`` wrote in ``folder``; ids in ``removed.npy`` are out.

        Raises
        ------
        RuntimeError
            When a part is damaged.
        """
        _one_thread()
        loaded = cls.__new__(cls)
        removed = np.load(folder / REMOVED) if (folder / REMOVED).is_file() else _NONE
        loaded._parts = [_Part(_read(path), removed) for path in sorted(folder.glob(PARTS))]
        return loaded

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    @property
    def ids(self) -> Ids:
        """All ids held, sorted."""
        return np.sort(np.concatenate([_NONE, *(part.ids for part in self._parts)]))

    def vectors_of(self, ids: Ids) -> Vectors:
        """Give back the vectors of some ids, in the order of ``ids``."""
        found: dict[int, Vectors] = {}
        for part in self._parts:
            found |= part.vectors_of(ids)
        return np.array([found[i] for i in ids.tolist()], np.float32)

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        if k <= 0 or (allowed is not None and len(allowed) == 0):
            return []
        found = [part.search(query, k, allowed) for part in self._parts]
        ids = np.concatenate([_NONE, *(i for i, _ in found)])
        scores = np.concatenate([np.zeros(0, np.float32), *(s for _, s in found)])
        return _sorted(ids, scores)[:k]


class _Part:
    """One FAISS index, less the ids that were removed since it was written."""

    def __init__(self, index: Any, removed: Ids) -> None:
        self._index = index
        self._removed = removed[np.isin(removed, _ids(index))] if len(removed) else removed

    def __len__(self) -> int:
        return int(self._index.ntotal) - len(self._removed)

    @property
    def ids(self) -> Ids:
        return without(_ids(self._index), self._removed)

    def vectors_of(self, ids: Ids) -> dict[int, Vectors]:
        places = np.flatnonzero(np.isin(_ids(self._index), ids)).tolist()
        held = _ids(self._index)[places].tolist()
        return {i: self._index.index.reconstruct(p) for i, p in zip(held, places, strict=True)}

    def search(self, query: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Give the best ``k`` and all that tie with the last of them."""
        parameters = self._parameters(allowed)
        wanted = min(k + 1, len(self))
        while wanted:
            scores, ids = self._index.search(query.reshape(1, -1), wanted, params=parameters)
            found = ids[0] >= 0  # FAISS pads a short result with -1
            whole = wanted == len(self) or not found.all()
            if whole or scores[0][k - 1] > scores[0][-1]:
                return ids[0][found], scores[0][found]
            wanted = min(2 * wanted, len(self))
        return _NONE, np.zeros(0, np.float32)

    def _parameters(self, allowed: Ids | None) -> Any:
        import faiss

        inside = faiss.IDSelectorBatch(allowed) if allowed is not None else None
        if not len(self._removed):
            return faiss.SearchParameters(sel=inside) if inside else None
        outside = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._removed))
        both = faiss.IDSelectorAnd(inside, outside) if inside else outside
        return faiss.SearchParameters(sel=both)


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
    parts = [(path, _ids(_read(path))) for path in older]
    kept = [(path, held) for path, held in parts if np.isin(held, ids).any()]
    held = np.concatenate([_NONE, *(part for _, part in kept)])
    gone = without(held, ids)
    if len(gone) > max(floor, REMOVED_SHARE * len(held)):
        return Plan([], ids, _NONE)
    new = without(ids, held)
    while kept and len(new) and len(kept[-1][1]) <= 2 * len(new):
        _, part = kept.pop()
        new = np.sort(np.concatenate([new, without(part, gone)]))
    held = np.concatenate([_NONE, *(part for _, part in kept)])
    return Plan([path for path, _ in kept], new, without(held, ids))


def without(ids: Ids, others: Ids) -> Ids:
    """Give the ids that are not among ``others``, in their order; none may come twice."""
    return np.setdiff1d(ids, others, assume_unique=True)


def write_part(path: Path, ids: Ids, vectors_of: Callable[[Ids], Vectors]) -> None:
    """Write one part; ``vectors_of`` gives the vectors of a slice of ``ids``."""
    import faiss

    faiss.write_index(_flat(ids, vectors_of, WRITE_BATCH), str(path))


def _flat(ids: Ids, vectors_of: Callable[[Ids], Vectors], batch: int) -> Any:
    import faiss

    index: Any = None
    for first in range(0, len(ids), batch):
        part = ids[first : first + batch]
        vectors = vectors_of(part)
        if index is None:
            kind, metric = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            index = faiss.IndexIDMap(faiss.IndexScalarQuantizer(vectors.shape[1], kind, metric))
        index.add_with_ids(vectors, part)
    return index


def _read(path: Path) -> Any:
    """Map a file: nothing of the vectors is read before a search."""
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def _ids(index: Any) -> Ids:
    import faiss

    found: Ids = faiss.vector_to_array(index.id_map)
    return found


def _one_thread() -> None:
    """Two threads on a busy machine make one query many times slower."""
    import faiss

    faiss.omp_set_num_threads(1)


def _sorted(ids: Ids, scores: Vectors) -> list[tuple[int, float]]:
    order = np.lexsort((ids, -scores))
    return [(int(ids[i]), float(scores[i])) for i in order]


_NONE: Ids = np.zeros(0, np.int64)
