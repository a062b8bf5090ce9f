"""The reader: which candidate answers the question, where in it, and how sure that is.

The cross-encoder reads the candidates in their context; a linear model joins its score
with what is known of question and candidate (who speaks, which place, which field of the
record), and a logistic one gives the probability that the best of them is an answer.
Coefficients, and the command that made them, are in ``aseqa_models/reader.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aseqa.cross_encoder import CrossEncoder, SentenceScore
from aseqa.features import FEATURES, Candidate, TermStatistics, observe
from aseqa.pairs import Context
from aseqa.question import Question
from aseqa.ranker import load_fitted

Floats = NDArray[np.float64]
ReadContexts = Callable[[str, Sequence[Context]], list[SentenceScore]]

RANKING_FEATURES = ("read", "likely", *FEATURES)
CONFIDENCE_FEATURES = ("score", "margin", "any", "lead", *RANKING_FEATURES)


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate's score, for ranking, the probability that it answers, and its answer words.

    ``start`` and ``end`` count characters of the candidate, half open.
    """

    score: float
    probability: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reader:
    """The cross-encoder's reading, and the two linear models over it."""

    read_contexts: ReadContexts
    statistics: TermStatistics
    ranking: Floats
    confidence: Floats

    def read(
        self, question: Question, candidates: Sequence[Candidate], contexts: Sequence[Context]
    ) -> list[Reading]:
        """Read candidates in their contexts; gives one reading a candidate, in their order."""
        if not candidates:
            return []
        found = self.read_contexts(question.text, contexts)
        features = observe(question, candidates, self.statistics)
        matrix = ranking_evidence(features, np.array([item.score for item in found]))
        scores = matrix @ self.ranking
        logits = confidence_evidence(matrix, scores) @ self.confidence[:-1] + self.confidence[-1]
        probabilities = 1.0 / (1.0 + np.exp(-logits))
        return [
            Reading(float(score), float(probability), item.start, item.end)
            for score, probability, item in zip(scores, probabilities, found, strict=True)
        ]


def ranking_evidence(features: Floats, read: Floats) -> Floats:
    """Put the cross-encoder's log-odds, and their log-softmax against none, before the features."""
    likely = read - np.logaddexp.reduce(np.append(read, 0.0))
    return np.column_stack([read, likely, features])


def confidence_evidence(matrix: Floats, scores: Floats) -> Floats:
    """Put before each candidate's evidence what compares it with the others.

    Its score, its lead over the best other; the log-odds that any candidate answers,
    and the lead of its reading over the best other's.
    """
    read = matrix[:, 0]
    any_answers = np.full(len(read), np.logaddexp.reduce(read))
    return np.column_stack([scores, _leads(scores), any_answers, _leads(read), matrix])


def _leads(scores: Floats) -> Floats:
    """Give each score's lead over the best of the others; 0 for a single one."""
    if len(scores) < 2:
        return np.zeros_like(scores)
    first, second = np.sort(scores)[::-1][:2]
    leads: Floats = np.where(scores == first, first - second, scores - first)
    return leads


def load_reader(statistics: TermStatistics, cross_encoder: CrossEncoder) -> Reader:
    """Load the shipped coefficients; ``statistics`` are those of the index that is read."""
    fitted = load_fitted("reader.json")
    confidence = [fitted["confidence"][name] for name in CONFIDENCE_FEATURES]
    return Reader(
        cross_encoder.read,
        statistics,
        np.array([fitted["ranking"][name] for name in RANKING_FEATURES]),
        np.array([*confidence, fitted["intercept"]]),
    )


def load_threshold() -> float:
    """Give the probability from which the best candidate is quoted as an answer."""
    return float(load_fitted("reader.json")["threshold"])
