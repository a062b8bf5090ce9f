"""Dense search over unit vectors: FAISS, and NumPy as its oracle."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aseqa.embed import Vectors

Ids = NDArray[np.int64]


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
    """A flat FAISS index in half precision (Douze et al., 2024, arXiv 2401.08281)."""

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        import faiss

        flat = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._index: Any = faiss.IndexIDMap2(flat)
        if len(ids):
            self._index.add_with_ids(vectors, ids)
        _one_thread()

    @classmethod
    def load(cls, path: Path) -> FaissIndex:
        """Read an index that ``save`` wrote.

        Raises
        ------
        RuntimeError
            When the file is damaged.
        """
        import faiss

        loaded = cls.__new__(cls)
        loaded._index = faiss.read_index(str(path))
        _one_thread()
        return loaded

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        import faiss

        k = min(k, len(self))
        if k == 0 or (allowed is not None and len(allowed) == 0):
            return []
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
        scores, ids = self._index.search(query.reshape(1, -1), k, params=parameters)
        found = ids[0] >= 0  # FAISS pads a short result with -1
        return _sorted(ids[0][found], scores[0][found])


def _one_thread() -> None:
    """Two threads on a busy machine make one query many times slower."""
    import faiss

    faiss.omp_set_num_threads(1)


def _sorted(ids: Ids, scores: Vectors) -> list[tuple[int, float]]:
    order = np.lexsort((ids, -scores))
    return [(int(ids[i]), float(scores[i])) for i in order]
