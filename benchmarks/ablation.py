"""What each part of the chain is worth: one part removed at a time, the rest fitted again.

    python benchmarks/ablation.py

The linear models are fitted on the tuning half for every row; the figures are those of
the reporting half, for the ranking before any decision, and for the separation of
questions with and without an answer by the confidence. All rows come from one run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aseqa import cascade
from aseqa.cross_encoder import CrossEncoder, SentenceScore
from aseqa.derived import open_indexes
from aseqa.embed import load_encoder
from aseqa.engine import LocalEngine
from aseqa.features import FEATURES, TermStatistics
from aseqa.gold import read_gold
from aseqa.lookup import Lookup
from aseqa.pairs import Context
from aseqa.question import Question, understand
from aseqa.ranker import Ranker
from aseqa.reader import RANKING_FEATURES
from aseqa.retrieve import DEPTH, Hit, Retriever
from aseqa.settings import default_index, shipped_seeds
from aseqa.store import Store

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "embeddings" / "training"))

from fit_reader import (
    Example,
    Found,
    auroc,
    best_evidence,
    cheap_example,
    close_example,
    fit_confidence,
    fit_order,
    held_out_evidence,
    search,
)

DENSE = ("cosine", "cosine_below_best")
LEXICAL = ("bm25", "coverage", "coverage_own", "coverage_around")
THESAURUS = ("concepts_inside", "concepts_around", "concepts_unknown", "concept_absent")
NAMED = ("year", "place", "name", "number")
TYPES = ("type_held", "type_missing", "counted_held", "counted_missing")
FIELDS = ("field", "field_asked", "other_field_asked", "heading", "short")
SPEECH = (
    "reply_by_government",
    "about_government",
    "demand_asked",
    "demand_unasked",
    "asks_itself",
    "lead_in",
    "item_of_list",
)


@dataclass(frozen=True)
class Variant:
    """A chain with something missing: how it searches, what it sees, how far it reads."""

    name: str
    search: Callable[[Retriever, Question], list[Hit]] = lambda r, q: r.search(q)
    asked: Callable[[Question], Question] = lambda q: q
    without: tuple[str, ...] = ()
    read: int = cascade.READ


class Remembering:
    """A cross-encoder that reads a sentence once for a question, whichever row asks for it."""

    def __init__(self, cross_encoder: CrossEncoder) -> None:
        self._read = cross_encoder.read
        self._known: dict[tuple[str, Context], SentenceScore] = {}

    def read(self, question: str, contexts: Sequence[Context]) -> list[SentenceScore]:
        new = [context for context in contexts if (question, context) not in self._known]
        self._known |= {
            (question, context): score
            for context, score in zip(new, self._read(question, new), strict=True)
        }
        return [self._known[question, context] for context in contexts]


def dense_only(retriever: Retriever, question: Question) -> list[Hit]:
    vector = retriever.encoder.encode_queries([question.text])[0]
    found = retriever.engine.nearest(vector, DEPTH)
    return [Hit(i, 1 / (60 + rank), cosine, 0.0) for rank, (i, cosine) in enumerate(found, 1)]


def lexical_only(retriever: Retriever, question: Question) -> list[Hit]:
    found = retriever.engine.matching(question.weights, DEPTH, 0.5)
    return [Hit(i, 1 / (60 + rank), 0.0, score) for rank, (i, score) in enumerate(found, 1)]


def unexpanded(question: Question) -> Question:
    """The question without what the thesaurus adds."""
    own = {term: w for term, w in question.weights.items() if w == 1.0}
    return replace(question, weights=own, concepts=dict.fromkeys(question.concepts, ()))


VARIANTS = (
    Variant("toute la chaîne"),
    Variant("sans l'encodeur", search=lexical_only, without=DENSE),
    Variant("sans BM25", search=dense_only, without=("bm25",)),
    Variant("sans le thésaurus", asked=unexpanded),
    Variant("sans le lecteur croisé", without=("read", "likely")),
    Variant("le lecteur croisé seul, parmi les phrases lues", without=FEATURES),
    Variant("6 phrases lues de près au lieu de 12", read=6),
    Variant("24 phrases lues de près", read=24),
    Variant("sans les traits de recherche", without=("fused", *DENSE, *LEXICAL, *THESAURUS)),
    Variant("sans lieux, années, noms, numéros", without=NAMED),
    Variant("sans le type de réponse attendu", without=TYPES),
    Variant("sans les champs de la fiche", without=FIELDS),
    Variant("sans qui parle ni ce qui est demandé", without=SPEECH),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    options = parser.parse_args()
    store = Store.open(options.index)
    lookup = Lookup(store)
    dense, lexical = open_indexes(options.index, store.generation, lookup)
    retriever = Retriever(load_encoder(store.fact("encoder")), LocalEngine(dense, lexical, lookup))
    statistics = TermStatistics(lexical.frequency, len(dense))
    gold = shipped_seeds() / "gold"
    halves = [
        search(read_gold(gold / name), retriever) for name in ("tuning.jsonl", "reporting.jsonl")
    ]
    reader = Remembering(CrossEncoder(threads=2))
    print("| chaîne | phrase @1 | @3 | lues | AUROC |")
    print("|---|---|---|---|---|")
    for variant in VARIANTS:
        tuning, reporting = (found_by(variant, half, retriever) for half in halves)
        row = figures(variant, tuning, reporting, lookup, statistics, reader)
        print(f"| {variant.name} | {' | '.join(f'{v:.3f}' for v in row)} |", flush=True)


def found_by(variant: Variant, half: list[Found], retriever: Retriever) -> list[Found]:
    found = []
    for one in half:
        asked = variant.asked(understand(one.gold.question))
        found.append(replace(one, asked=asked, hits=variant.search(retriever, asked)))
    return found


def figures(
    variant: Variant,
    tuning: list[Found],
    reporting: list[Found],
    lookup: Lookup,
    statistics: TermStatistics,
    reader: Remembering,
) -> list[float]:
    """Right first, right in three, right among the read, AUROC: on the reporting half."""
    cascade.READ = variant.read
    seen = np.array([name not in variant.without for name in FEATURES])
    cheap = [masked(cheap_example(one, lookup, statistics), seen) for one in tuning]
    weights, _ = fit_order(cheap)
    ranker = Ranker(statistics, weights * seen)
    seen = np.array([name not in variant.without for name in RANKING_FEATURES])

    def close(found: list[Found]) -> list[Example]:
        return [masked(close_example(one, lookup, ranker, reader), seen) for one in found]

    fitted, measured = close(tuning), close(reporting)
    ranking, facts = fit_order(fitted)
    held_out = held_out_evidence(fitted, float(str(facts["ridge"])))
    confidence, intercept = fit_confidence(held_out, 0.03)
    first, third, read, sure, answerable = [], [], [], [], []
    for example in measured:
        evidence, _ = best_evidence(example.features, example.right, ranking)
        sure.append(float(evidence @ confidence + intercept))
        answerable.append(float(example.answerable))
        if example.answerable:
            order = np.argsort(-(example.features @ ranking), kind="stable")
            first.append(example.right[order[:1]].any())
            third.append(example.right[order[:3]].any())
            read.append(example.right.any())
    area = auroc(np.array(sure), np.array(answerable))
    return [float(np.mean(first)), float(np.mean(third)), float(np.mean(read)), area]


def masked(example: Example, seen: NDArray[np.bool_]) -> Example:
    return replace(example, features=example.features * seen)


if __name__ == "__main__":
    main()
