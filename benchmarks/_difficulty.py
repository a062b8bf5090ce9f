"""Are made vectors as hard to search as real ones? Recall, and local dimension."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from _large_corpus import Corpus, Floats, made

from aseqa.faiss_part import ROUNDS, TRAINED_PER_LIST, Ids, kind_for

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
        index = inverted(vectors, kind_for(len(vectors), 0).lists, faiss.ScalarQuantizer.QT_fp16)
        recalls = {}
        for probes in (4, 16, 64):
            found = _search(index, queries, probes)
            recalls[probes] = recall(found, truth, 10)
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


def recall(found: Ids, truth: Ids, k: int) -> float:
    shared = [len(set(f[:k]) & set(t[:k])) / k for f, t in zip(found, truth, strict=True)]
    return float(np.mean(shared))


def inverted(rows: Floats, lists: int, code: int) -> Any:
    centroids = faiss.IndexFlatIP(rows.shape[1])
    metric = faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIVFScalarQuantizer(centroids, rows.shape[1], lists, code, metric, False)
    index.cp.niter = ROUNDS
    index.train(rows[:: max(1, len(rows) // (TRAINED_PER_LIST * lists))])
    index.add(rows)
    return index


def _search(index: Any, queries: Floats, probes: int) -> Ids:
    parameters = faiss.SearchParametersIVF(nprobe=probes)
    found: Ids = index.search(queries, NEIGHBOURS, params=parameters)[1]
    return found


def print_difficulty(rows: list[dict[str, Any]]) -> None:
    print("| vecteurs | nombre | dimension locale | rappel@10, 4 listes lues | 16 | 64 |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        recalls = " | ".join(f"{row[n]:.3f}" for n in (4, 16, 64))
        print(f"| {row['set']} | {row['count']} | {row['lid']:.1f} | {recalls} |", flush=True)
