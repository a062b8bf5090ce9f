"""Fit what stands around the cross-encoder, on questions that it was not trained on.

    python embeddings/training/fit_reader.py

Reads ``seeds/gold/tuning.jsonl`` with the index of the seeds, and the questions on the
documents of the field that training held out, with an index of their own; writes
``embeddings/models/ranker.json`` (which sentences are read closely) and
``embeddings/models/reader.json`` (the order of what was read, and the confidence). Ranking
weights maximise the listwise likelihood of the right sentences (Cao et al., ICML 2007)
with a ridge. The confidence is a logistic regression on the best candidate's evidence: it
is fitted to tell the questions that have an answer, then calibrated, keeping its order, to be
the probability that the first quote is right. Its negatives are the unanswerable questions,
and each answerable question asked of the corpus without its right sentences. Ridges and
threshold are chosen by cross-validation over documents. The cross-encoder saw none of these
documents.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from reader_data import DOMAIN_QUESTIONS, held_out_documents, held_out_questions
from scipy.optimize import minimize
from scipy.special import expit

from aseqa.cascade import RANKED, candidates_of, chosen_to_read, context_of
from aseqa.cross_encoder import CrossEncoder
from aseqa.derived import open_indexes
from aseqa.embed import load_encoder
from aseqa.engine import LocalEngine
from aseqa.features import FEATURES, TermStatistics, observe
from aseqa.gold import GoldQuestion, read_gold
from aseqa.ingest import index_documents
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
# The share of answerable questions that may be refused for want of confidence; rules refuse more.
REFUSALS = 0.06
RIDGES = (0.01, 0.03, 0.1, 0.3)
# Signs of an answer count for a sentence, or not at all, and lacks against it. Features that say
# much the same otherwise get large weights of opposite signs, and small differences decide.
FOR = frozenset(
    """read likely fused cosine bm25 coverage_own coverage coverage_around concepts_inside
    concepts_around counted_held type_held year place name number""".split()
)
AGAINST = frozenset("cosine_below_best concept_absent counted_missing type_missing".split())
TINY = 1e-300
# The questions on the seeds, real documents and a third of all questions, count so many times.
SEED_TIMES = 2


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


@dataclass(frozen=True, slots=True)
class Searched:
    """Questions asked of one index, and what is known of that index."""

    found: list[Found]
    lookup: Lookup
    statistics: TermStatistics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--gold", type=Path, default=shipped_seeds() / "gold" / "tuning.jsonl")
    options = parser.parse_args()
    said = {
        "made_by": "python embeddings/training/fit_reader.py",
        "data": [options.gold.name, DOMAIN_QUESTIONS.name],
    }
    with TemporaryDirectory() as folder:
        index_documents(held_out_documents(), Path(folder), load_encoder())
        asked = [
            (search_index(options.index, read_gold(options.gold)), SEED_TIMES),
            (search_index(Path(folder), held_out_questions()), 1),
        ]
        cheap: list[Example] = []
        for a, times in asked:
            cheap += [cheap_example(one, a.lookup, a.statistics) for one in a.found] * times
        weights, facts = fit_order(cheap)
        write("ranker.json", {**said, **facts, "weights": rounded(FEATURES, weights)})
        cross_encoder = CrossEncoder(threads=2)
        close: list[Example] = []
        for a, times in asked:
            ranker = Ranker(a.statistics, weights)
            close += [close_example(o, a.lookup, ranker, cross_encoder) for o in a.found] * times
    write("reader.json", {**said, **fit_reader(close)})


def search_index(index: Path, gold: list[GoldQuestion]) -> Searched:
    """Ask an index each question."""
    store = Store.open(index)
    lookup = Lookup(store)
    dense, lexical = open_indexes(index, store.generation, lookup)
    retriever = Retriever(load_encoder(store.fact("encoder")), LocalEngine(dense, lexical, lookup))
    return Searched(search(gold, retriever), lookup, TermStatistics(lexical.frequency, len(dense)))


def write(name: str, fitted: dict[str, object]) -> None:
    (MODELS / name).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(name, json.dumps(fitted, indent=1))


def search(gold: list[GoldQuestion], retriever: Retriever) -> list[Found]:
    """Ask retrieval each question.

    Questions without an answer are dealt out over the folds of the others: a fold of one
    class alone would shift the base rate of its own training set.
    """
    documents = sorted({item.answers[0].doc for item in gold if item.answerable})
    found = []
    for number, item in enumerate(gold):
        asked = understand(item.question)
        fold = item.answers[0].doc if item.answerable else documents[number % len(documents)]
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
    logits, genuine, right, answerable = cross_validated_logits(held_out, ridge)
    slope, offset = calibrate(logits[genuine], right[genuine])
    probability = expit(slope * logits[genuine] + offset)
    known = answerable[genuine]
    threshold = choose_threshold(probability, known)
    weights, intercept = fit_confidence(held_out, ridge)
    read = float(np.mean([e.right[np.argmax(e.features[:, 0])] for e in examples if e.answerable]))
    return {
        "ridge": {"ranking": facts["ridge"], "confidence": ridge},
        "cross_validated": {
            **dict(facts["cross_validated"]),  # type: ignore[call-overload]
            "right_first_by_the_cross_encoder_alone": round(read, 3),
            "right_among_the_read": round(
                float(np.mean([e.right.any() for e in examples if e.answerable])), 3
            ),
            "abstention_auroc": round(auroc(probability, known), 3),
            "right_auroc": round(auroc(probability, right[genuine]), 3),
            "false_answers": round(float(np.mean(probability[known == 0] >= threshold)), 3),
        },
        "ranking": rounded(RANKING_FEATURES, ranking),
        "confidence": rounded(CONFIDENCE_FEATURES, slope * weights),
        "intercept": round(slope * intercept + offset, 4),
        "threshold": round(threshold, 3),
    }


def rounded(names: tuple[str, ...], values: Array) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def fit_ranking(examples: list[Example], ridge: float) -> tuple[Array, Array]:
    """Give weights for scaled features and the scale (the features' standard deviations).

    The columns are ``FEATURES``, with the reader's two before them or not; the weights of ``FOR``
    are kept from falling below 0, those of ``AGAINST`` from rising above it.
    """
    usable = [e for e in examples if e.right.any()]
    matrix = np.vstack([e.features for e in usable])
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    matrix /= scale
    right = np.concatenate([e.right for e in usable]).astype(float)
    counts = np.array([len(e.right) for e in usable])
    starts = np.cumsum(counts) - counts

    def loss(weights: Array) -> tuple[float, Array]:
        scores = matrix @ weights
        likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), counts))
        whole = np.add.reduceat(likely, starts)
        found = np.maximum(np.add.reduceat(likely * right, starts), TINY)
        pull = likely / np.repeat(whole, counts) - likely * right / np.repeat(found, counts)
        total = float(np.mean(np.log(whole) - np.log(found))) + ridge * float(weights @ weights)
        return total, pull @ matrix / len(counts) + 2 * ridge * weights

    names = RANKING_FEATURES[-len(scale) :]
    bounds = [(0.0 if n in FOR else None, 0.0 if n in AGAINST else None) for n in names]
    start = np.zeros(len(scale))
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x, scale


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a question's best candidate: whether it is right, and an answer exists.

    ``genuine`` is false for a question asked of the corpus without its right sentences.
    """

    row: Array
    right: bool
    answerable: bool
    genuine: bool
    fold: str


def held_out_evidence(examples: list[Example], ridge: float) -> list[Evidence]:
    """Give the evidence of the best candidate under held-out ranking weights."""
    found: list[Evidence] = []
    for train, test in folds([e.fold for e in examples]):
        weights, scale = fit_ranking([examples[i] for i in train], ridge)
        for i in test:
            example = examples[i]
            row, right = best_evidence(example.features, example.right, weights / scale)
            found.append(Evidence(row, right, example.answerable, True, example.fold))
            if example.right.any():
                rest = example.features[~example.right]
                row, _ = best_evidence(rest, np.zeros(len(rest), bool), weights / scale)
                found.append(Evidence(row, False, False, False, example.fold))
    return found


def best_evidence(features: Array, right: NDArray[np.bool_], weights: Array) -> tuple[Array, bool]:
    scores = features @ weights
    best = int(np.argmax(scores))
    return confidence_evidence(features, scores)[best], bool(right[best])


def fit_confidence(evidence: list[Evidence], ridge: float) -> tuple[Array, float]:
    """Fit which questions have an answer: logistic regression with a ridge on scaled evidence.

    Gives unscaled weights and intercept. Questions made by taking the right sentences away
    weigh less than genuine ones.
    """
    matrix = np.vstack([e.row for e in evidence])
    labels = np.array([float(e.answerable) for e in evidence])
    mean, scale = matrix.mean(axis=0), matrix.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = np.column_stack([(matrix - mean) / scale, np.ones(len(matrix))])

    weight = np.array([1.0 if e.genuine else MADE_WEIGHT for e in evidence])
    fitted = fit_logistic(scaled, labels, weight / weight.sum(), ridge)
    weights = fitted[:-1] / scale
    return weights, float(fitted[-1] - weights @ mean)


def fit_logistic(matrix: Array, labels: Array, weight: Array, ridge: float) -> Array:
    """Weights of the columns of ``matrix``, the last of which, of ones, bears no ridge."""
    penalty = np.append(np.full(matrix.shape[1] - 1, ridge), 0.0)

    def loss(weights: Array) -> tuple[float, Array]:
        logits = matrix @ weights
        nll = np.logaddexp(0, logits) - labels * logits
        slope = matrix.T @ (weight * (expit(logits) - labels)) + 2 * penalty * weights
        return float(weight @ nll + penalty @ weights**2), slope

    found: Array = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def calibrate(logits: Array, right: Array) -> tuple[float, float]:
    """Slope and offset that turn the log-odds of an answer into those of a right quote.

    Platt, "Probabilistic outputs for support vector machines", 1999. The order of questions,
    and so what is refused, stays that of the answerable before the others.
    """
    matrix = np.column_stack([logits, np.ones(len(logits))])
    slope, offset = fit_logistic(matrix, right, np.full(len(right), 1 / len(right)), 0.0)
    return float(slope), float(offset)


def cross_validated_logits(
    held_out: list[Evidence], ridge: float
) -> tuple[Array, NDArray[np.bool_], Array, Array]:
    """Give log-odds, each held out, with genuineness, rightness and answerability."""
    logits = np.zeros(len(held_out))
    for train, test in folds([e.fold for e in held_out]):
        weights, intercept = fit_confidence([held_out[i] for i in train], ridge)
        for i in test:
            logits[i] = held_out[i].row @ weights + intercept
    return (
        logits,
        np.array([e.genuine for e in held_out]),
        np.array([float(e.right) for e in held_out]),
        np.array([float(e.answerable) for e in held_out]),
    )


def cross_validated_loss(held_out: list[Evidence], ridge: float) -> float:
    """The loss on questions as they are asked, those made up aside."""
    logits, genuine, _, answerable = cross_validated_logits(held_out, ridge)
    nll = np.logaddexp(0, logits) - answerable * logits
    return float(nll[genuine].mean())


def choose_threshold(probability: Array, answerable: Array) -> float:
    """Take the held-out confidence that all but the allowed share of the answerable reach."""
    return float(np.quantile(probability[answerable == 1], REFUSALS))


def auroc(scores: Array, labels: Array) -> float:
    from aseqa.measures import auroc as area

    return area(scores[labels == 1].tolist(), scores[labels == 0].tolist())


if __name__ == "__main__":
    main()
