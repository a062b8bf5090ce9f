"""Measures how demands are cut and aligned with answers, on the hand-marked questions.

    python benchmarks/thread.py [--fit]

Prints, for the questions of "dev" and of "test" apart, how many marked demands are found
with the very bounds of the marks, and of the sentences given as meeting a demand, how many
are marked so (precision), how many of the marked ones are given (recall), how many demands
with an answer have one right sentence, and how many without any are said to be met. Then how
much alike the answers of two questions are, and the time a thread takes. ``--fit`` fits the
alignment on "dev" alone and prints its weights, with the precision of each document measured
by a model fitted on the others.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aseqa.alignment import (
    INTERCEPT,
    SIGNS,
    THRESHOLD,
    WEIGHTS,
    Aligner,
    best_demand_only,
    observe_pairs,
    possible,
)
from aseqa.cross_encoder import CrossEncoder
from aseqa.demands import Asked, demands_of
from aseqa.derived import open_indexes
from aseqa.embed import load_encoder
from aseqa.features import TermStatistics
from aseqa.ingest import index_paths
from aseqa.lookup import Lookup
from aseqa.reply_turns import government_sentences
from aseqa.store import Store
from aseqa.thread import make_thread
from aseqa.thread_siblings import reply_text, resemblance, word_runs

ROOT = Path(__file__).parents[1]
MARKS = ROOT / "tests" / "data" / "threads"
PENALTY = 0.5
STEPS = 50

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A marked question: its demands as found, and its pairs with signs and marks."""

    document: str
    part: str
    marked: tuple[str, ...]
    found: tuple[Asked, ...]
    signs: Floats
    possible: Floats
    right: NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true")
    fitting = parser.parse_args().fit
    files = [*ROOT.glob("seeds/*.txt"), *MARKS.glob("*.txt"), *MARKS.glob("*.csv")]
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder()
        index_paths(sorted(files), Path(folder) / "index", encoder)
        store = Store.open(Path(folder) / "index")
        lookup = Lookup(store)
        dense, lexical = open_indexes(store.folder, store.generation, lookup)
        statistics = TermStatistics(lexical.frequency, len(dense))
        aligner = Aligner(encoder.encode_queries, CrossEncoder(2).read, statistics)
        cases = list(read_cases(lookup, aligner))
        for part in ("dev", "test"):
            report(part, [case for case in cases if case.part == part])
        answers(lookup)
        timing(lookup, aligner, [case.document for case in cases])
        store.close()
    if fitting:
        fit([case for case in cases if case.part == "dev" and case.right.size])


def read_cases(lookup: Lookup, aligner: Aligner) -> Iterator[Case]:
    """Give every marked question with what is found in it."""
    for mark in json.loads((MARKS / "alignment.json").read_text(encoding="utf-8")):
        document = lookup.document(mark["document"])
        rows = lookup.document_sentences(document.id)
        found = tuple(demands_of(document, [row.sentence for row in rows]))
        reply = government_sentences(document, rows)
        met = {demand["text"]: tuple(demand["met_by"]) for demand in mark["demands"]}
        right = [
            [bool(m := met.get(d.text)) and row.sentence.text.startswith(m) for row in reply]
            for d in found
        ]
        signs, allowed = np.zeros((0, 0, len(SIGNS))), np.zeros((0, 0))
        if reply:
            signs = observe_pairs(found, reply, lookup, aligner)
            allowed = possible(found, reply)
        marks = np.array(right, bool).reshape(allowed.shape)
        yield Case(document.id, mark["part"], tuple(met), found, signs, allowed, marks)


def report(part: str, cases: Sequence[Case]) -> None:
    marked = sum(len(case.marked) for case in cases)
    found = sum(len(case.found) for case in cases)
    exact = sum(len({d.text for d in case.found} & set(case.marked)) for case in cases)
    print(f"{part}: {len(cases)} questions, {marked} demands, {found} found, {exact} exact")
    print(f"{part}: {shown(counts(cases, [scores(case) for case in cases], THRESHOLD))}")


def scores(case: Case, weights: Sequence[float] = WEIGHTS, intercept: float = INTERCEPT) -> Floats:
    logits = case.signs @ np.array(weights) + intercept
    if not case.right.size:
        return case.possible
    return best_demand_only(case.possible / (1.0 + np.exp(-logits)))


def counts(cases: Sequence[Case], given: Sequence[Floats], threshold: float) -> dict[str, int]:
    """Count pairs and demands; questions without an answer count for nothing."""
    names = ("right", "given", "marked", "met", "answered", "false", "unanswered")
    total = dict.fromkeys(names, 0)
    for case, score in zip(cases, given, strict=True):
        for marks, said in zip(case.right, score >= threshold, strict=True):
            total["right"] += int((said & marks).sum())
            total["given"] += int(said.sum())
            total["marked"] += int(marks.sum())
            total["answered" if marks.any() else "unanswered"] += 1
            total["met"] += bool((said & marks).any())
            total["false"] += bool(said.any() and not marks.any())
    return total


def shown(total: dict[str, int]) -> str:
    return (
        f"precision {total['right']}/{total['given']}, recall {total['right']}/{total['marked']}, "
        f"demands met {total['met']}/{total['answered']}, falsely met "
        f"{total['false']}/{total['unanswered']}"
    )


def answers(lookup: Lookup) -> None:
    """Print how alike the two most alike answers are, and the next pairs."""
    held: list[tuple[str, frozenset[str]]] = []
    for document in map(lookup.document, lookup.document_names()):
        runs = word_runs(reply_text(document))
        if runs:
            held.append((document.id, runs))
    pairs = [(resemblance(a, b), x, y) for (x, a), (y, b) in itertools.combinations(held, 2)]
    for likeness, first, second in sorted(pairs, reverse=True)[:5]:
        print(f"answers alike: {likeness:.3f} {first} {second}")


def timing(lookup: Lookup, aligner: Aligner, documents: Sequence[str]) -> None:
    times = []
    for name in documents:
        started = time.perf_counter()
        make_thread(name, lookup, aligner, "2026-06-01")
        times.append(1000 * (time.perf_counter() - started))
    p50, p95 = np.percentile(times, (50, 95))
    print(f"a thread: p50 {p50:.0f} ms, p95 {p95:.0f} ms")


def fit(cases: Sequence[Case]) -> None:
    """Print the weights fitted on ``cases``, and what each threshold gives on unseen documents."""
    given = []
    for case in cases:
        others = [other for other in cases if other is not case]
        fitted = logistic(others)
        given.append(scores(case, fitted[:-1].tolist(), float(fitted[-1])))
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6):
        print(f"unseen, threshold {threshold}: {shown(counts(cases, given, threshold))}")
    fitted = logistic(cases)
    print("weights:", dict(zip((*SIGNS, "intercept"), np.round(fitted, 3).tolist(), strict=True)))


def logistic(cases: Sequence[Case]) -> Floats:
    """Fit a logistic regression with a quadratic penalty, by Newton's steps."""
    signs: Any = np.concatenate([case.signs.reshape(-1, len(SIGNS)) for case in cases])
    marks = np.concatenate([case.right.ravel() for case in cases]).astype(float)
    signs = np.column_stack([signs, np.ones(len(signs))])
    penalty = np.full(signs.shape[1], PENALTY * len(signs) / 20)
    penalty[-1] = 1e-6
    weights: Floats = np.zeros(signs.shape[1])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-signs @ weights))
        slope = signs.T @ (likely - marks) + penalty * weights
        curve = (signs.T * (likely * (1 - likely))) @ signs + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    sys.exit(main())
