"""One FAISS file: what kind it is, how it is written and mapped, and how it is searched.

FAISS is that of Douze et al. (2024, arXiv 2401.08281). A part holds its vectors in half
precision, as they are, whatever its kind: a score is the same in all, and a vector can
be read back. A small part is scanned as a whole; a large one is cut into lists around
centroids (inverted file: Sivic and Zisserman, 2003), of which a search reads some.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aseqa.embed import Vectors

Ids = NDArray[np.int64]

WRITE_BATCH = 20_000
# Below, a scan of everything is a small share of a question, and exact.
LISTS_FROM = 131_072
# Vectors seen in training for each list, and rounds of k-means.
TRAINED_PER_LIST = 64
ROUNDS = 10
# As many lists are read as hold this many vectors: 0.98 of the nearest ten are there, or
# more (benchmarks/faiss_kinds.py).
READ_VECTORS = 65_536
# So few allowed vectors are read one by one.
FEW = 2_000


@dataclass(frozen=True, slots=True)
class Kind:
    """How a part is searched: into how many lists it is cut, and how many of them are read.

    One list is a scan of everything.
    """

    lists: int = 1
    read: int = 1

    @property
    def name(self) -> str:
        return "flat-fp16" if self.lists == 1 else "ivf-fp16"


def kind_for(count: int, lists_from: int = LISTS_FROM) -> Kind:
    """Choose the kind of a part by its size.

    Examples
    --------
    >>> kind_for(100_000).name
    'flat-fp16'
    >>> kind_for(1_000_000)
    Kind(lists=1024, read=68)
    """
    if count < lists_from:
        return Kind()
    lists = 2 ** round(math.log2(math.sqrt(count)))
    return Kind(lists, min(lists, math.ceil(lists * READ_VECTORS / count)))


def write_part(
    path: Path,
    ids: Ids,
    vectors_of: Callable[[Ids], Vectors],
    kind: Kind | None = None,
) -> Kind:
    """Write one part; ``ids`` is sorted, ``vectors_of`` gives the vectors of a slice of it.

    The same ids and vectors give the same bytes.
    """
    import faiss

    kind = kind or kind_for(len(ids))
    faiss.write_index(make_index(ids, vectors_of, kind), str(path))
    return kind


def make_index(ids: Ids, vectors_of: Callable[[Ids], Vectors], kind: Kind) -> Any:
    """Make the FAISS index of a part in memory."""
    one_thread()
    seen = kind.lists * TRAINED_PER_LIST if kind.lists > 1 else 1
    inner = _empty(vectors_of(ids[:: max(1, len(ids) // seen)]), kind)
    index = _with_ids(inner)
    for first in range(0, len(ids), WRITE_BATCH):
        part = ids[first : first + WRITE_BATCH]
        index.add_with_ids(vectors_of(part), part)
    if kind.lists > 1:
        inner.make_direct_map()  # where each vector stands, to read it back
    return index


def _with_ids(inner: Any) -> Any:
    import faiss

    return faiss.IndexIDMap(inner)


def _empty(sample: Vectors, kind: Kind) -> Any:
    import faiss

    dim, half, metric = sample.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    if kind.lists == 1:
        return faiss.IndexScalarQuantizer(dim, half, metric)
    centroids = faiss.IndexFlatIP(dim)
    # The vectors themselves, not what they differ by from their centroid.
    inner = faiss.IndexIVFScalarQuantizer(centroids, dim, kind.lists, half, metric, False)
    inner.cp.niter = ROUNDS
    inner.train(sample)
    inner.nprobe = kind.read
    return inner


def one_thread() -> None:
    """Two threads on a busy machine make one query many times slower; one gives the same bytes."""
    import faiss

    faiss.omp_set_num_threads(1)


def read_index(path: Path) -> Any:
    """Map a file: nothing of the vectors is read before a search."""
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def ids_of(index: Any) -> Ids:
    """Give the ids of an index, sorted."""
    import faiss

    found: Ids = faiss.vector_to_array(index.id_map)
    return found


class Part:
    """One FAISS index, less the ids that were removed since it was written."""

    def __init__(self, index: Any, removed: Ids) -> None:
        import faiss

        self._index, self._all = index, ids_of(index)
        self._inner = faiss.downcast_index(index.index)
        self._removed = np.intersect1d(removed, self._all, assume_unique=True)
        lists = getattr(self._inner, "nlist", 1)
        self.kind = Kind(lists, self._inner.nprobe) if lists > 1 else Kind()

    def __len__(self) -> int:
        return len(self._all) - len(self._removed)

    @property
    def ids(self) -> Ids:
        return np.setdiff1d(self._all, self._removed, assume_unique=True)

    def vectors_of(self, ids: Ids) -> tuple[Ids, Vectors]:
        """Give those of some ids that are here, removed ones too, and their vectors."""
        places = np.searchsorted(self._all, ids)
        held = self._all[np.minimum(places, len(self._all) - 1)] == ids
        rows = self._inner.reconstruct_batch(places[held])
        return ids[held], rows

    def search(self, query: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Give the best ``k`` and all that tie with the last of them."""
        if allowed is None:
            return self._search(query, k, self.kind.read, None)
        if len(allowed) <= FEW:
            return self._search_few(query, k, allowed)
        # As many allowed vectors are read as without a filter.
        read = min(self.kind.lists, math.ceil(self.kind.read * len(self) / len(allowed)))
        return self._search(query, k, read, allowed)

    def _search(
        self, query: Vectors, k: int, read: int, allowed: Ids | None
    ) -> tuple[Ids, Vectors]:
        parameters = self._parameters(read, allowed)
        wanted = min(k + 1, len(self))
        while wanted:
            scores, ids = self._index.search(query.reshape(1, -1), wanted, params=parameters)
            found = ids[0] >= 0  # FAISS pads a short result with -1
            if not found.all() and read < self.kind.lists:
                return self._search(query, k, self.kind.lists, allowed)
            whole = wanted == len(self) or not found.all()
            if whole or scores[0][k - 1] > scores[0][-1]:
                return ids[0][found], scores[0][found]
            wanted = min(2 * wanted, len(self))
        return NO_IDS, np.zeros(0, np.float32)

    def _search_few(self, query: Vectors, k: int, allowed: Ids) -> tuple[Ids, Vectors]:
        """Score every allowed vector, in the way and to the digit that a scan does."""
        ids, rows = self.vectors_of(np.unique(allowed))
        kept = ~np.isin(ids, self._removed)
        if not kept.any():
            return NO_IDS, np.zeros(0, np.float32)
        few = _with_ids(_empty(rows, Kind()))
        few.add_with_ids(rows[kept], ids[kept])
        return Part(few, NO_IDS)._search(query, k, 1, None)

    def _parameters(self, read: int, allowed: Ids | None) -> Any:
        import faiss

        inside = faiss.IDSelectorBatch(allowed) if allowed is not None else None
        selector = inside
        if len(self._removed):
            outside = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._removed))
            selector = faiss.IDSelectorAnd(inside, outside) if inside else outside
        if self.kind.lists > 1:
            return faiss.SearchParametersIVF(nprobe=read, sel=selector)
        return faiss.SearchParameters(sel=selector) if selector else None


NO_IDS: Ids = np.zeros(0, np.int64)
