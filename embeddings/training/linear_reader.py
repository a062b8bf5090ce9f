"""Fit the linear reader on the tuning half of the gold questions.

    python embeddings/training/linear_reader.py

Reads ``seeds/gold/tuning.jsonl`` and the index of the seeds; writes
``embeddings/models/linear-reader.json``. The ranking weights maximise the
listwise likelihood of the right sentences (Cao et al., ICML 2007) with a
ridge; the confidence is a logistic regression on the best candidate's evidence.
Negatives for the confidence are the unanswerable questions, and each answerable
question asked of the corpus without its right sentences. Ridges and threshold
are chosen by cross-validation over documents, on the tuning half alone; the
threshold refuses one answerable question in ten.
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

from aseqa.embed import load_encoder
from aseqa.extract import READ, candidates_of
from aseqa.features import FEATURES, TermStatistics, observe
from aseqa.gold import read_gold
from aseqa.lookup import Lookup
from aseqa.question import understand
from aseqa.reader import CONFIDENCE_FEATURES, confidence_evidence
from aseqa.retrieve import Retriever, open_indexes
from aseqa.settings import default_index, shipped_seeds
from aseqa.store import Store

Array = NDArray[np.float64]
OUTPUT = Path(__file__).resolve().parents[1] / "models" / "linear-reader.json"
# What a made-up unanswerable question weighs against a genuine one.
MADE_WEIGHT = 0.25
# The share of answerable questions that may be refused for want of confidence.
REFUSALS = 0.10
FOLDS = ("000", "002", "003")
RIDGES = (0.01, 0.03, 0.1)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates: their features, which are right, and its fold."""

    features: Array
    right: NDArray[np.bool_]
    answerable: bool
    fold: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--gold", type=Path, default=shipped_seeds() / "gold" / "tuning.jsonl")
    options = parser.parse_args()
    examples = collect(options.index, options.gold)
    ridge = max(RIDGES, key=lambda r: np.mean(cross_validated_hits(examples, r)))
    ranking, scale = fit_ranking(examples, ridge)
    held_out = held_out_evidence(examples, ridge)
    ridge_2 = min(RIDGES, key=lambda r: cross_validated_loss(held_out, r))
    probability, _, genuine, answerable = cross_validated_probabilities(held_out, ridge_2)
    probability, answerable = probability[genuine], answerable[genuine].astype(float)
    threshold = choose_threshold(probability, answerable)
    weights, intercept = fit_confidence([e[:3] for e in held_out], ridge_2)
    hits = cross_validated_hits(examples, ridge)
    model = {
        "made_by": "python embeddings/training/linear_reader.py",
        "data": f"{options.gold.name}: {len(examples)} questions",
        "ridge": {"ranking": ridge, "confidence": ridge_2},
        "cross_validated": {
            "right_first": round(float(np.mean(hits)), 3),
            "abstention_auroc": round(auroc(probability, answerable), 3),
        },
        "ranking": rounded(FEATURES, ranking / scale),
        "confidence": rounded(CONFIDENCE_FEATURES, weights),
        "intercept": round(intercept, 4),
        "threshold": round(threshold, 3),
    }
    OUTPUT.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model, indent=1))


def rounded(names: tuple[str, ...], values: Array) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def collect(index: Path, gold: Path) -> list[Example]:
    """Run each question through retrieval and observe its candidates."""
    store = Store.open(index)
    lookup = Lookup(store)
    dense, lexical = open_indexes(index, store.generation, lookup)
    retriever = Retriever(load_encoder(store.fact("encoder")), dense, lexical)
    statistics = TermStatistics(lexical.frequency, len(dense))
    examples = []
    for number, item in enumerate(read_gold(gold)):
        asked = understand(item.question)
        hits = retriever.search(asked, READ)
        rows, candidates = candidates_of(hits, lookup)
        right = [item.is_right(row.document, row.sentence.text) for row in rows]
        features = observe(asked, candidates, statistics)
        # Questions without an answer are dealt out over the folds of the others: a fold of
        # one class alone would shift the base rate of its own training set.
        fold = item.answers[0].doc if item.answerable else FOLDS[number % len(FOLDS)]
        examples.append(Example(features, np.array(right, bool), item.answerable, fold))
    return examples


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

    start = np.zeros(len(FEATURES))
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
