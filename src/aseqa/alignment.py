"""Which sentences of an answer meet which demand of the question, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aseqa.answer_signs import acts, can_answer, describes
from aseqa.cascade import context_of
from aseqa.demands import Asked
from aseqa.embed import Vectors
from aseqa.features import TermStatistics
from aseqa.lexicon import concepts
from aseqa.lookup import Lookup, StoredSentence
from aseqa.pairs import Context
from aseqa.reader import ReadContexts
from aseqa.text import terms

Floats = NDArray[np.float64]

# A logistic model fitted by ``benchmarks/thread.py --fit`` on the marked questions of "dev";
# a sentence meets a demand from the probability that keeps nine in ten of them right there.
SIGNS = ("coverage", "nearness", "reading", "acts", "describes", "lead")
WEIGHTS = (0.489, 0.718, 0.891, 0.355, -0.504, 1.018)
INTERCEPT = -0.867
THRESHOLD = 0.55

READ = 12  # sentences of an answer that the reader reads for one demand
MAX_SENTENCES = 300  # of an answer; what a longer one says after them meets no demand
EQUIVALENT = 0.6  # what a word of the same sense counts for
# Words of asking and promising, which tell nothing of what is asked.
_EMPTY = frozenset(
    terms(
        """mesure moyen disposition action gouvernement ministre ministère compter entendre entend
        compte prendre engager prévoit prévoir envisager envisage demander souhaite pouvoir mettre
        œuvre place leur"""
    )
)


@dataclass(frozen=True, slots=True)
class Aligner:
    """What alignment measures with: the encoder, the reader, and how rare each term is."""

    encode: Callable[[Sequence[str]], Vectors]
    read: ReadContexts
    statistics: TermStatistics


def align(
    demands: Sequence[Asked], reply: Sequence[StoredSentence], lookup: Lookup, aligner: Aligner
) -> Floats:
    """Give the probability that each sentence meets each demand, where it fits no other better.

    Returns
    -------
    Of shape ``(len(demands), len(reply))``; 0 where the sentence's form excludes it, or where
    another demand of the question is nearer to what it says.
    """
    shape = (len(demands), len(reply))
    probabilities = np.zeros(shape)
    rows = reply[:MAX_SENTENCES]
    if not demands or not rows:
        return probabilities
    signs = observe_pairs(demands, rows, lookup, aligner)
    logits = signs @ np.array(WEIGHTS) + INTERCEPT
    likely = possible(demands, rows) / (1.0 + np.exp(-logits))
    probabilities[:, : len(rows)] = best_demand_only(likely)
    return probabilities


def best_demand_only(likely: Floats) -> Floats:
    """Keep each sentence for the demand that it fits best; 0 elsewhere.

    Examples
    --------
    >>> best_demand_only(np.array([[0.8, 0.1], [0.6, 0.3]])).tolist()
    [[0.8, 0.0], [0.0, 0.3]]
    """
    kept: Floats = np.where(likely == likely.max(axis=0, keepdims=True), likely, 0.0)
    return kept


def possible(demands: Sequence[Asked], rows: Sequence[StoredSentence]) -> Floats:
    """Give 1 where a sentence may meet a demand by its form, else 0."""
    return np.array(
        [[float(can_answer(d.text, row.sentence.text)) for row in rows] for d in demands]
    )


def observe_pairs(
    demands: Sequence[Asked], rows: Sequence[StoredSentence], lookup: Lookup, aligner: Aligner
) -> Floats:
    """Give the signs of each pair, of shape ``(len(demands), len(rows), len(SIGNS))``."""
    contexts = [context_of(row, lookup) for row in rows]
    inside = [set(terms(context.sentence)) for context in contexts]
    reach = [set(terms(f"{context.before} {context.sentence}")) for context in contexts]
    coverage = _coverage(demands, inside, aligner.statistics)
    around = np.maximum(coverage, _coverage(demands, reach, aligner.statistics))
    near = _nearness(demands, rows, lookup, aligner)
    says = [[float(sign(row.sentence.text)) for row in rows] for sign in (acts, describes)]
    return np.stack(
        [
            around,
            near,
            _reading(demands, contexts, around + near, aligner),
            *(np.tile(sign, (len(demands), 1)) for sign in says),
            _lead(coverage),
        ],
        axis=-1,
    )


def _coverage(
    demands: Sequence[Asked], held: Sequence[set[str]], statistics: TermStatistics
) -> Floats:
    """Give the share of a demand's words, weighed by rarity, that a sentence holds."""
    rows = []
    for demand in demands:
        meant = concepts(demand.text)
        told = {word: same for word, same in meant.items() if word not in _EMPTY} or meant
        weights = {word: statistics.weight(word) for word in told}
        whole = sum(weights.values()) or 1.0
        rows.append(
            [sum(w * _met(t, told[t], h) for t, w in weights.items()) / whole for h in held]
        )
    return np.array(rows)


def _met(word: str, same: Sequence[str], held: set[str]) -> float:
    if word in held:
        return 1.0
    return EQUIVALENT if held.intersection(same) else 0.0


def _nearness(
    demands: Sequence[Asked], rows: Sequence[StoredSentence], lookup: Lookup, aligner: Aligner
) -> Floats:
    """Give how much nearer a sentence's vector is to this demand than the two are to others."""
    asked = aligner.encode([demand.question for demand in demands])
    told = lookup.vectors_of(np.array([row.id for row in rows], np.int64))
    cosines = (asked @ told.T).astype(np.float64)
    own = cosines - cosines.mean(axis=1, keepdims=True)
    if len(demands) > 1:
        own -= cosines.mean(axis=0, keepdims=True) - cosines.mean()
    near: Floats = 20.0 * own
    return near


def _reading(
    demands: Sequence[Asked], contexts: Sequence[Context], promise: Floats, aligner: Aligner
) -> Floats:
    """Have the most promising sentences read with each demand; thirds of log-odds, -2 to 1."""
    odds = np.full(promise.shape, -6.0)
    for number, demand in enumerate(demands):
        best = np.argsort(-promise[number], kind="stable")[:READ].tolist()
        question = demand.question if demand.text.endswith("?") else f"{demand.question} ?"
        read = aligner.read(question, [contexts[i] for i in best])
        odds[number, best] = [reading.score for reading in read]
    clipped: Floats = np.clip(odds, -6.0, 3.0) / 3.0
    return clipped


def _lead(coverage: Floats) -> Floats:
    """Give how much more a sentence covers this demand than any other one of the question."""
    if len(coverage) < 2:
        return coverage
    order = np.sort(coverage, axis=0)
    best, second = order[-1], order[-2]
    lead: Floats = coverage - np.where(coverage == best, second, best)
    return lead
