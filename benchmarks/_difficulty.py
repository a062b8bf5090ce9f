"""Are made vectors as hard to search as real ones? Recall, and local dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import numpy as np
from _large_corpus import Corpus, Floats, made

from aseqa.faiss_part import TRAINED, Ids

NEIGHBOURS = 100


def exact(rows: Floats, queries: Floats) -> tuple[Ids, Floats]:
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    scores, found = index.search(queries, NEIGHBOURS)
    return found, scores


def difficulty(corpus: Corpus) -> list[dict[str, Any]]:
    """Hold as many made vectors against the real ones: how hard are they to search?

    Made of all real ones, and of a sixteenth of them, as when few give many.
    """
    real, queries = corpus.vectors, corpus.asked[:400]
    sets = {"réels": real, "faits de tous": _made_of(corpus, len(corpus.texts))}
    sets["faits d'un seizième"] = _made_of(corpus, max(8, len(corpus.texts) // 16))
    rows = []
    for name, vectors in sets.items():
        truth, scores = exact(vectors, queries)
        lists = lists_for(len(vectors))
        index = inverted(vectors, lists)
        found = {f"1/{n} des listes": _read(index, queries, lists // n) for n in (8, 4, 2)}
        codes = coded(vectors, vectors.shape[1] // 2)
        found |= {f"{n} par les codes": codes.search(queries, n)[1] for n in (50, 100, 200)}
        recalls = {way: recall(some, truth, 10) for way, some in found.items()}
        rows.append({"set": name, "count": len(vectors), "lid": dimension(scores), **recalls})
    return rows


def _made_of(corpus: Corpus, texts: int) -> Floats:
    held = sum(len(text.sentences) for text in corpus.texts[:texts])
    few = Corpus(corpus.texts[:texts], corpus.vectors[:held], [], corpus.asked)
    return np.concatenate([one.vectors for one in made(few, len(corpus.vectors))])


def dimension(scores: Floats) -> float:
    """Estimate the local intrinsic dimension around queries (Amsaleg et al., KDD 2015).

    By maximum likelihood over the distances to the nearest hundred.
    """
    distances = np.sqrt(np.maximum(2 - 2 * scores.astype(np.float64), 1e-9))
    logs = np.log(distances[:, :-1] / distances[:, -1:])
    return float(np.median(-1 / logs.mean(axis=1)))


def recall(found: Sequence[Ids] | Ids, truth: Ids, k: int) -> float:
    """Give the share of the first ``k`` of the truth that is among what was found."""
    shared = [len(set(f) & set(t[:k])) / k for f, t in zip(found, truth, strict=True)]
    return float(np.mean(shared))


def lists_for(count: int) -> int:
    """Give the power of two next to the square root."""
    return int(2 ** round(np.log2(np.sqrt(count))))


def inverted(rows: Floats, lists: int) -> Any:
    """Make inverted lists of half-precision vectors; training sees 64 of each list."""
    centroids = faiss.IndexFlatIP(rows.shape[1])
    half, metric = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIVFScalarQuantizer(centroids, rows.shape[1], lists, half, metric, False)
    index.train(rows[:: max(1, len(rows) // (64 * lists))])
    index.add(rows)
    return index


def coded(rows: Floats, codes: int) -> Any:
    """Make codes of four bits, scanned in registers."""
    index = faiss.IndexPQFastScan(rows.shape[1], codes, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(rows[:: max(1, len(rows) // TRAINED)])
    index.add(rows)
    return index


def _read(index: Any, queries: Floats, probes: int) -> Ids:
    parameters = faiss.SearchParametersIVF(nprobe=probes)
    found: Ids = index.search(queries, 10, params=parameters)[1]
    return found


def print_difficulty(rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])[3:]
    print("| vecteurs | nombre | dimension locale | " + " | ".join(names) + " |")
    print("|---" * (3 + len(names)) + "|")
    for row in rows:
        recalls = " | ".join(f"{row[name]:.3f}" for name in names)
        print(f"| {row['set']} | {row['count']} | {row['lid']:.1f} | {recalls} |", flush=True)
