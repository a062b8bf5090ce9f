"""One part of the dense index: its kind, how it is written and mapped, how it is searched.

FAISS is that of Douze et al. (2024, arXiv 2401.08281). A part holds its vectors in half
precision, and small parts are scanned as they are. A large part has short codes besides
(product quantisation: Jégou et al., 2011; four bits for two dimensions, scanned in
registers: André et al., 2015): these choose candidates, and the vectors themselves rank
them, so that scores are the same in all kinds. Inverted lists would be the usual choice;
questions lie beside the sentences that answer them, not among them, and half of all lists
had to be read to find what the codes find (benchmarks/README.md).
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
VectorsOf = Callable[[Ids], Vectors]

WRITE_BATCH = 20_000
# Below, a scan of everything is a small share of a question, and exact.
CODED_FROM = 131_072
# A code has four bits for so many dimensions, fewer where they do not divide the vector.
DIMENSIONS_A_CODE = 2
TRAINED = 65_536
# What the codes choose for the vectors to rank; so many times what is wanted at least.
CANDIDATES = 1_000
CANDIDATES_A_HIT = 10
# So few allowed vectors are scored one by one, or so small a share of what has codes.
FEW = 2_000
FEW_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Kind:
    """How a part is searched: how many candidates its codes choose; 0 where it has none."""

    candidates: int = 0

    @property
    def name(self) -> str:
        return "pq4-flat-fp16" if self.candidates else "flat-fp16"


KINDS = (Kind().name, Kind(CANDIDATES).name)


def kind_for(count: int) -> Kind:
    """Choose the kind of a part by its size.

    Examples
    --------
    >>> kind_for(100_000).name, kind_for(1_000_000).name
    ('flat-fp16', 'pq4-flat-fp16')
    """
    return Kind(CANDIDATES if count >= CODED_FROM else 0)


def write_part(path: Path, ids: Ids, vectors_of: VectorsOf, kind: Kind | None = None) -> None:
    """Write one part; ``ids`` is sorted, ``vectors_of`` gives the vectors of a slice of it.

    The same ids and vectors give the same bytes.
    """
    import faiss

    faiss.write_index(flat_index(ids, vectors_of), str(path))
    if (kind or kind_for(len(ids))).candidates:
        faiss.write_index(code_index(ids, vectors_of), str(codes_beside(path)))


def codes_beside(path: Path) -> Path:
    """Name the file of a part's codes."""
    return path.with_name(path.name.replace("dense", "codes"))


def read_part(path: Path, removed: Ids) -> Part:
    """Map a part: nothing of the vectors is read before a search. Codes are read."""
    import faiss

    one_thread()
    codes = codes_beside(path)
    return Part(
        faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC),
        removed,
        faiss.read_index(str(codes)) if codes.is_file() else None,
    )


def make_part(ids: Ids, vectors_of: VectorsOf, kind: Kind) -> Part:
    """Make a part in memory; ``ids`` is sorted."""
    codes = code_index(ids, vectors_of) if kind.candidates else None
    return Part(flat_index(ids, vectors_of), NO_IDS, codes)


def ids_in(path: Path) -> Ids:
    """Give the ids that a part was written with, sorted."""
    import faiss

    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    found: Ids = faiss.vector_to_array(index.id_map)
    return found


def flat_index(ids: Ids, vectors_of: VectorsOf) -> Any:
    """Make the index that holds vectors as they are, in half precision."""
    import faiss

    one_thread()
    dim = vectors_of(ids[:1]).shape[1]
    half, metric = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIDMap(faiss.IndexScalarQuantizer(dim, half, metric))
    for first in range(0, len(ids), WRITE_BATCH):
        part = ids[first : first + WRITE_BATCH]
        index.add_with_ids(vectors_of(part), part)
    return index


def code_index(ids: Ids, vectors_of: VectorsOf) -> Any:
    """Make the codes of vectors in their order, trained on a sample spread over all."""
    import faiss

    one_thread()
    sample = vectors_of(ids[:: math.ceil(len(ids) / TRAINED)])
    dim = sample.shape[1]
    each = DIMENSIONS_A_CODE if dim % DIMENSIONS_A_CODE == 0 else 1
    index = faiss.IndexPQFastScan(dim, dim // each, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(sample)
    for first in range(0, len(ids), WRITE_BATCH):
        index.add(vectors_of(ids[first : first + WRITE_BATCH]))
    return index


def one_thread() -> None:
    """Two threads on a busy machine make one query many times slower; one gives the same bytes."""
    import faiss

    faiss.omp_set_num_threads(1)


class Part:
    """FAISS indexes of the same vectors, less the ids that were removed since they were made."""

    def __init__(self, flat: Any, removed: Ids, codes: Any = None) -> None:
        import faiss

        self._flat, self._codes = flat, codes
        self._all: Ids = faiss.vector_to_array(flat.id_map)
        self._removed = np.intersect1d(removed, self._all, assume_unique=True)
        self.kind = Kind(CANDIDATES if codes else 0)

    def __len__(self) -> int:
        return len(self._all) - len(self._removed)

    @property
    def ids(self) -> Ids:
        return np.setdiff1d(self._all, self._removed, assume_unique=True)

    def vectors_of(self, ids: Ids) -> tuple[Ids, Vectors]:
        """Give those of some ids that are here, removed ones too, and their vectors."""
        places = np.searchsorted(self._all, ids)
        held = self._all[np.minimum(places, len(self._all) - 1)] == ids
        return ids[held], self._flat.index.reconstruct_batch(places[held])

    def search(self, query: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """Give the best ``k`` and all that tie with the last of them."""
        count = len(self) if allowed is None else len(allowed)
        few = FEW if self._codes is None else max(FEW, int(FEW_SHARE * len(self)))
        if allowed is not None and count <= few:
            return self._search_few(query, k, allowed)
        chosen = self._candidates(query, k, count, allowed)
        if chosen is None:
            return self._scan(query, k, allowed)
        return self._search_few(query, k, chosen)

    def _candidates(self, query: Vectors, k: int, count: int, allowed: Ids | None) -> Ids | None:
        """Choose by the codes what may be among the best ``k`` of ``count``; None to scan all."""
        if self._codes is None:
            return None
        wanted = max(CANDIDATES, CANDIDATES_A_HIT * k) * len(self._all) // max(count, 1)
        if wanted >= len(self._all):
            return None
        _, places = self._codes.search(query.reshape(1, -1), wanted)
        chosen = self._all[places[0][places[0] >= 0]]
        if allowed is not None:
            chosen = chosen[np.isin(chosen, allowed)]
        chosen = chosen[~np.isin(chosen, self._removed)]
        return chosen if len(chosen) >= k else None

    def _scan(self, query: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        parameters = self._parameters(allowed)
        wanted = min(k + 1, len(self))
        while wanted:
            scores, ids = self._flat.search(query.reshape(1, -1), wanted, params=parameters)
            found = ids[0] >= 0  # FAISS pads a short result with -1
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
        ids, rows = ids[kept], rows[kept]
        few = flat_index(ids, lambda some: rows[np.searchsorted(ids, some)])
        return Part(few, NO_IDS)._scan(query, k, None)

    def _parameters(self, allowed: Ids | None) -> Any:
        import faiss

        inside = faiss.IDSelectorBatch(allowed) if allowed is not None else None
        if not len(self._removed):
            return faiss.SearchParameters(sel=inside) if inside else None
        outside = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._removed))
        both = faiss.IDSelectorAnd(inside, outside) if inside else outside
        return faiss.SearchParameters(sel=both)


NO_IDS: Ids = np.zeros(0, np.int64)
