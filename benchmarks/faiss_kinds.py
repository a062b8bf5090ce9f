"""Which kind of FAISS index for which size: recall, time, size, and the bandwidth of a scan.

    python benchmarks/faiss_kinds.py --data FOLDER [--texts FOLDER]… [--sizes 20000 …]
        [--hnsw-up-to 100000] [--repeat 200] [--out build/faiss_kinds.json]

Vectors are the shipped encoder's on real French sentences, then made ones (see
`_large_corpus.py`); queries are PIAF's questions. The exact search is the reference: what
is told is the share of its first ten, and of its first hundred, that a kind finds. One
thread, one query at a time, all sizes and kinds in one run; times are computing times, which
other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from _difficulty import (
    NEIGHBOURS,
    coded,
    difficulty,
    exact,
    inverted,
    lists_for,
    print_difficulty,
    recall,
)
from _large_corpus import Corpus, Floats, add_options, fillers, load_corpus

from aseqa.faiss_part import Ids

WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One kind at one size; times in milliseconds, sizes in bytes a vector."""

    size: int
    kind: str
    build_s: float
    bytes_each: float
    p50_ms: float
    low_ms: float
    high_ms: float
    recall_10: float
    recall_100: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--hnsw-up-to", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path("build/faiss_kinds.json"))
    options = parser.parse_args()
    faiss.omp_set_num_threads(1)
    corpus = load_corpus(options)
    queries = corpus.asked[: options.repeat]
    told: dict[str, Any] = {"real": len(corpus.vectors), "difficulty": difficulty(corpus)}
    print_difficulty(told["difficulty"])
    rows: list[Row] = []
    whole = stacked(corpus, max(options.sizes), options.seed)
    for size in sorted(options.sizes):
        told[f"scan_{size}"] = bandwidth(whole[:size], queries)
        print(f"\n{size} vecteurs : {told[f'scan_{size}']}", flush=True)
        for row in measured(whole[:size], queries, size <= options.hnsw_up_to):
            rows.append(row)
            print_row(row)
    told["rows"] = [asdict(row) for row in rows]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(told, indent=1), "utf-8")


def stacked(corpus: Corpus, count: int, seed: int) -> Floats:
    """Give ``count`` vectors, the real ones first, as they are kept: in half precision."""
    rows = np.empty((count, corpus.vectors.shape[1]), np.float32)
    place = 0
    for filler in fillers(corpus, count, seed):
        rows[place : place + len(filler.sentences)] = filler.vectors
        place += len(filler.sentences)
    for first in range(0, count, 100_000):
        part = rows[first : first + 100_000]
        part[:] = part.astype(np.float16)
    return rows


Search = Callable[[Floats, int], Ids]


def kinds(hnsw: bool) -> Iterator[tuple[str, Callable[[Floats], Any], list[tuple[str, Any]]]]:
    """Name each kind, how it is built, and in which ways it is searched.

    A way is a number of candidates that the vectors rank anew, or FAISS's own parameters.
    """
    half, byte = faiss.ScalarQuantizer.QT_fp16, faiss.ScalarQuantizer.QT_8bit
    metric = faiss.METRIC_INNER_PRODUCT
    yield "à plat fp32", lambda rows: _filled(faiss.IndexFlatIP(rows.shape[1]), rows), [("", None)]
    for name, code in (("fp16", half), ("int8", byte)):
        yield (
            f"à plat {name}",
            lambda rows, code=code: _filled(
                faiss.IndexScalarQuantizer(rows.shape[1], code, metric), rows
            ),
            [("", None)],
        )
    ranked = [(f", {n} relus", n) for n in (300, 1_000, 2_000)]
    for share in (2, 3, 4):
        yield (
            f"codes de 4 bits pour {share} dimensions",
            lambda rows, share=share: coded(rows, rows.shape[1] // share),
            ranked,
        )
    parts = [(f", 1/{n} des listes lu", 1 / n) for n in (16, 8, 4, 2)]
    yield "listes, fp16", lambda rows: inverted(rows, lists_for(len(rows))), parts
    if hnsw:
        efs = [(f", ef {n}", faiss.SearchParametersHNSW(efSearch=n)) for n in (128, 512)]
        yield (
            "HNSW32 fp16",
            lambda rows: _filled(faiss.IndexHNSWSQ(rows.shape[1], half, 32, metric), rows),
            efs,
        )


def searching(index: Any, way: Any, rows: Floats) -> Search:
    """Give a function that searches one query in one way."""
    if isinstance(way, int):
        return lambda query, k: _ranked(index.search(query, way)[1][0], query, rows)[:k]
    if isinstance(way, float):
        way = faiss.SearchParametersIVF(nprobe=int(index.nlist * way))
    return lambda query, k: index.search(query, k, params=way)[1][0]


def _ranked(chosen: Ids, query: Floats, rows: Floats) -> Ids:
    scores = np.einsum("ij,j->i", rows[chosen], query[0])  # on one thread
    return chosen[np.argsort(-scores, kind="stable")]


def _filled(index: Any, rows: Floats) -> Any:
    if not index.is_trained:
        index.train(rows[:: max(1, len(rows) // 50_000)])
    index.add(rows)
    return index


def measured(rows: Floats, queries: Floats, hnsw: bool) -> Iterator[Row]:
    truth, _ = exact(rows, queries)
    for name, build, ways in kinds(hnsw):
        started = time.process_time()
        index = build(rows)
        build_s = time.process_time() - started
        with tempfile.TemporaryDirectory(prefix="aseqa-") as folder:
            path = Path(folder) / "index"
            faiss.write_index(index, str(path))
            each = path.stat().st_size / len(rows)
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            for suffix, way in ways:
                found, times = asked(searching(index, way, rows), queries)
                low, middle, high = np.percentile(times, (25, 50, 75)).tolist()
                yield Row(
                    len(rows), name + suffix, build_s, each, middle, low, high,
                    recall([some[:10] for some in found], truth, 10),
                    recall(found, truth, NEIGHBOURS),
                )  # fmt: skip


def asked(search: Search, queries: Floats) -> tuple[list[Ids], list[float]]:
    """Ask one query at a time, some before the clock runs."""
    found, times = [], []
    for query in queries[:WARM_UP]:
        search(query.reshape(1, -1), NEIGHBOURS)
    for query in queries:
        started = time.process_time()
        found.append(search(query.reshape(1, -1), NEIGHBOURS))
        times.append(1000 * (time.process_time() - started))
    return found, times


def bandwidth(rows: Floats, queries: Floats) -> dict[str, float]:
    """Hold the flat scan against a plain copy of as many bytes, in turns."""
    codes = rows.astype(np.float16)
    copy = np.empty_like(codes)
    index = _filled(
        faiss.IndexScalarQuantizer(
            rows.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        ),
        rows,
    )
    scans, copies = [], []
    for query in queries[:15]:
        started = time.process_time()
        index.search(query.reshape(1, -1), NEIGHBOURS)
        middle = time.process_time()
        np.copyto(copy, codes)
        scans.append(middle - started)
        copies.append(time.process_time() - middle)
    # A copy reads each byte and writes it.
    scan = codes.nbytes / float(np.median(scans)) / 1e9
    plain = 2 * codes.nbytes / float(np.median(copies)) / 1e9
    return {
        "scan_gb_s": round(scan, 1),
        "copy_gb_s": round(plain, 1),
        "share": round(scan / plain, 2),
    }


def print_row(row: Row) -> None:
    print(
        f"| {row.size} | {row.kind} | {row.build_s:.1f} | {row.bytes_each:.0f} | {row.p50_ms:.2f}"
        f" [{row.low_ms:.2f}–{row.high_ms:.2f}] | {row.recall_10:.3f} | {row.recall_100:.3f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
