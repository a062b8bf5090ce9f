"""Fit what stands around the cross-encoder, on the tuning half of the gold questions.

    python embeddings/training/fit_reader.py

Reads ``seeds/gold/tuning.jsonl`` and the index of the seeds; writes
``embeddings/models/ranker.json`` (which sentences are read closely) and
``embeddings/models/reader.json`` (the order of what was read, and the confidence). Ranking
weights maximise the listwise likelihood of the right sentences (Cao et al., ICML 2007)
with a ridge; the confidence is a logistic regression on the best candidate's evidence.
Negatives for the confidence are the unanswerable questions, and each answerable
question asked of the corpus without its right sentences. Ridges and threshold are
chosen by cross-validation over documents, on the tuning half alone. The cross-encoder
never saw the seeds.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, logsumexp

from aseqa.cascade import RANKED, candidates_of, chosen_to_read, context_of
from aseqa.cross_encoder import CrossEncoder
from aseqa.derived import open_indexes
from aseqa.embed import load_encoder
from aseqa.engine import LocalEngine
from aseqa.features import FEATURES, TermStatistics, observe
from aseqa.gold import GoldQuestion, read_gold
from aseqa.lookup import Lookup
from aseqa.question import Question, understand
from aseqa.ranker import Ranker
from aseqa.reader import (
    CONFIDENCE_FEATURES,
    RANKING_FEATURES,
    confidence_evidence,
    ranking_evidence,
)
from aseqa.retrieve import Hit, Retriever
from aseqa.settings import default_index, shipped_seeds
from aseqa.store import Store

Array = NDArray[np.float64]
MODELS = Path(__file__).resolve().parents[1] / "models"
# What a made-up unanswerable question weighs against a genuine one.
MADE_WEIGHT = 0.25
# The share of answerable questions that may be refused for want of confidence.
REFUSALS = 0.08
FOLDS = ("000", "002", "003")
RIDGES = (0.003, 0.01, 0.03, 0.1, 0.3)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates: their features, which are right, and its fold."""

    features: Array
    right: NDArray[np.bool_]
    answerable: bool
    fold: str


@dataclass(frozen=True, slots=True)
class Found:
    """A gold question, understood, with what retrieval finds for it."""

    gold: GoldQuestion
    asked: Question
    hits: list[Hit]
    fold: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--gold", type=Path, default=shipped_seeds() / "gold" / "tuning.jsonl")
    options = parser.parse_args()
    store = Store.open(options.index)
    lookup = Lookup(store)
    dense, lexical = open_indexes(options.index, store.generation, lookup)
    retriever = Retriever(load_encoder(store.fact("encoder")), LocalEngine(dense, lexical, lookup))
    statistics = TermStatistics(lexical.frequency, len(dense))
    found = search(read_gold(options.gold), retriever)
    said = {"made_by": "python embeddings/training/fit_reader.py", "data": options.gold.name}
    cheap = [cheap_example(one, lookup, statistics) for one in found]
    weights, facts = fit_order(cheap)
    write("ranker.json", {**said, **facts, "weights": rounded(FEATURES, weights)})
    ranker = Ranker(statistics, weights)
    cross_encoder = CrossEncoder(threads=2)
    close = [close_example(one, lookup, ranker, cross_encoder) for one in found]
    write("reader.json", {**said, **fit_reader(close)})


def write(name: str, fitted: dict[str, object]) -> None:
    (MODELS / name).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(name, json.dumps(fitted, indent=1))


def search(gold: list[GoldQuestion], retriever: Retriever) -> list[Found]:
    """Ask retrieval each question.

    Questions without an answer are dealt out over the folds of the others: a fold of one
    class alone would shift the base rate of its own training set.
    """
    found = []
    for number, item in enumerate(gold):
        asked = understand(item.question)
        fold = item.answers[0].doc if item.answerable else FOLDS[number % len(FOLDS)]
        found.append(Found(item, asked, retriever.search(asked), fold))
    return found


def cheap_example(one: Found, lookup: Lookup, statistics: TermStatistics) -> Example:
    """What the ranker sees of a question."""
    rows, candidates = candidates_of(one.hits[:RANKED], lookup)
    right = [one.gold.is_right(row.document, row.sentence.text) for row in rows]
    features = observe(one.asked, candidates, statistics)
    return Example(features, np.array(right, bool), one.gold.answerable, one.fold)


def close_example(
    one: Found, lookup: Lookup, ranker: Ranker, cross_encoder: CrossEncoder
) -> Example:
    """What the reader sees of a question."""
    rows, candidates = chosen_to_read(one.asked, one.hits, lookup, ranker)
    right = [one.gold.is_right(row.document, row.sentence.text) for row in rows]
    contexts = [context_of(row, lookup) for row in rows]
    read = cross_encoder.read(one.asked.text, contexts)
    features = observe(one.asked, candidates, ranker.statistics)
    matrix = ranking_evidence(features, np.array([item.score for item in read]))
    return Example(matrix, np.array(right, bool), one.gold.answerable, one.fold)


def fit_order(examples: list[Example]) -> tuple[Array, dict[str, object]]:
    """Ranking weights, and how they were found."""
    ridge = max(RIDGES, key=lambda r: np.mean(cross_validated_hits(examples, r)))
    weights, scale = fit_ranking(examples, ridge)
    hits = float(np.mean(cross_validated_hits(examples, ridge)))
    facts = {"ridge": ridge, "cross_validated": {"right_first": round(hits, 3)}}
    return np.round(weights / scale, 4), facts


def fit_reader(examples: list[Example]) -> dict[str, object]:
    """The reader's ranking weights, its confidence and its threshold."""
    ranking, facts = fit_order(examples)
    held_out = held_out_evidence(examples, float(str(facts["ridge"])))
    ridge = min(RIDGES, key=lambda r: cross_validated_loss(held_out, r))
    probability, _, genuine, answerable = cross_validated_probabilities(held_out, ridge)
    threshold = choose_threshold(probability[genuine], answerable[genuine].astype(float))
    weights, intercept = fit_confidence([e[:3] for e in held_out], ridge)
    read = float(np.mean([e.right[np.argmax(e.features[:, 0])] for e in examples if e.answerable]))
    return {
        "ridge": {"ranking": facts["ridge"], "confidence": ridge},
        "cross_validated": {
            **dict(facts["cross_validated"]),  # type: ignore[call-overload]
            "right_first_by_the_cross_encoder_alone": round(read, 3),
            "right_among_the_read": round(
                float(np.mean([e.right.any() for e in examples if e.answerable])), 3
            ),
            "abstention_auroc": round(
                auroc(probability[genuine], answerable[genuine].astype(float)), 3
            ),
            "false_answers": round(
                float(np.mean(probability[genuine & ~answerable] >= threshold)), 3
            ),
        },
        "ranking": rounded(RANKING_FEATURES, ranking),
        "confidence": rounded(CONFIDENCE_FEATURES, weights),
        "intercept": round(intercept, 4),
        "threshold": round(threshold, 3),
    }


def rounded(names: tuple[str, ...], values: Array) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def fit_ranking(examples: list[Example], ridge: float) -> tuple[Array, Array]:
    """Give weights for scaled features and the scale (the features' standard deviations)."""
    usable = [e for e in examples if e.right.any()]
    scale = np.vstack([e.features for e in usable]).std(axis=0)
    scale[scale == 0] = 1.0

    scaled = [(e.features / scale, e.right) for e in usable]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for features, right in scaled:
            logs = log_softmax(features @ weights)
            found = logsumexp(logs[right])
            total -= float(found) / len(scaled)
            pull = np.exp(logs) - np.where(right, np.exp(logs - found), 0.0)
            slope = slope + pull @ features / len(scaled)
        return total, slope

    start = np.zeros(len(scale))
    return minimize(loss, start, jac=True, method="L-BFGS-B").x, scale


def folds(names: list[str]) -> list[tuple[list[int], list[int]]]:
    """Leave one fold out at a time."""
    return [
        (
            [i for i, name in enumerate(names) if name != left],
            [i for i, name in enumerate(names) if name == left],
        )
        for left in sorted(set(names))
    ]


def cross_validated_hits(examples: list[Example], ridge: float) -> list[float]:
    """Tell for each answerable question whether the right sentence comes first, held out."""
    usable = [e for e in examples if e.answerable]
    hits = []
    for train, test in folds([e.fold for e in usable]):
        weights, scale = fit_ranking([usable[i] for i in train], ridge)
        for i in test:
            best = int(np.argmax((usable[i].features / scale) @ weights))
            hits.append(float(usable[i].right[best]))
    return hits


Evidence = tuple[Array, float, bool, str, bool]


def held_out_evidence(examples: list[Example], ridge: float) -> list[Evidence]:
    """Give the evidence of the best candidate under held-out ranking weights."""
    found: list[Evidence] = []
    for train, test in folds([e.fold for e in examples]):
        weights, scale = fit_ranking([examples[i] for i in train], ridge)
        for i in test:
            example = examples[i]
            found.append(
                (
                    *best_evidence(example.features, example.right, weights / scale),
                    True,
                    example.fold,
                    example.answerable,
                )
            )
            if example.right.any():
                rest = example.features[~example.right]
                none = np.zeros(len(rest), bool)
                found.append(
                    (*best_evidence(rest, none, weights / scale), False, example.fold, False)
                )
    return found


def best_evidence(features: Array, right: NDArray[np.bool_], weights: Array) -> tuple[Array, float]:
    scores = features @ weights
    best = int(np.argmax(scores))
    return confidence_evidence(features, scores)[best], float(right[best])


def fit_confidence(evidence: list[tuple[Array, float, bool]], ridge: float) -> tuple[Array, float]:
    """Logistic regression with a ridge on scaled evidence; gives unscaled weights and intercept.

    Questions made by taking the right sentences away weigh less than genuine ones.
    """
    matrix = np.vstack([row for row, _, _ in evidence])
    labels = np.array([label for _, label, _ in evidence])
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = np.column_stack([(matrix - mean) / scale, np.ones(len(matrix))])

    weight = np.array([1.0 if genuine else MADE_WEIGHT for *_, genuine in evidence])
    weight /= weight.sum()
    penalty = np.append(np.full(scaled.shape[1] - 1, ridge), 0.0)

    def loss(weights: Array) -> tuple[float, Array]:
        logits = scaled @ weights
        nll = np.logaddexp(0, logits) - labels * logits
        slope = scaled.T @ (weight * (expit(logits) - labels)) + 2 * penalty * weights
        return float(weight @ nll + penalty @ weights**2), slope

    start = np.zeros(scaled.shape[1])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / scale
    return weights, float(fitted[-1] - weights @ mean)


def cross_validated_probabilities(
    held_out: list[Evidence], ridge: float
) -> tuple[Array, Array, NDArray[np.bool_], NDArray[np.bool_]]:
    """Give probability, rightness, genuineness and answerability, each held out."""
    probability, label, genuine, answerable = [], [], [], []
    for train, test in folds([fold for *_, fold, _ in held_out]):
        weights, intercept = fit_confidence([held_out[i][:3] for i in train], ridge)
        for i in test:
            row, right, real, _, known = held_out[i]
            probability.append(float(expit(row @ weights + intercept)))
            label.append(right)
            genuine.append(real)
            answerable.append(known)
    return np.array(probability), np.array(label), np.array(genuine), np.array(answerable)


def cross_validated_loss(held_out: list[Evidence], ridge: float) -> float:
    probability, label, *_ = cross_validated_probabilities(held_out, ridge)
    clipped = np.clip(probability, 1e-6, 1 - 1e-6)
    return float(-(label * np.log(clipped) + (1 - label) * np.log(1 - clipped)).mean())


def choose_threshold(probability: Array, answerable: Array) -> float:
    """Take the held-out confidence that all but the allowed share of the answerable reach."""
    return float(np.quantile(probability[answerable == 1], REFUSALS))


def auroc(scores: Array, labels: Array) -> float:
    from aseqa.measures import auroc as area

    return area(scores[labels == 1].tolist(), scores[labels == 0].tolist())


if __name__ == "__main__":
    main()
