"""The reader: which candidate answers the question, and how sure that is.

This first reader is linear in the observed features; its coefficients, and the
command that made them, are in ``aseqa_models/linear-reader.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aseqa.features import FEATURES, Candidate, TermStatistics, observe
from aseqa.question import Question

CONFIDENCE_FEATURES = ("score", "margin", *FEATURES)


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate's score, for ranking, and the probability that it answers the question."""

    score: float
    probability: float


class Reader(Protocol):
    """Reads a question and its candidates; gives one reading a candidate, in their order."""

    def read(self, question: Question, candidates: Sequence[Candidate]) -> list[Reading]: ...


@dataclass(frozen=True, slots=True)
class LinearReader:
    """Two logistic models: one ranks candidates, one says whether the best is an answer.

    ``ranking`` has one weight a feature; ``confidence`` has one weight for each
    of ``CONFIDENCE_FEATURES`` and an intercept as its last element.
    """

    statistics: TermStatistics
    ranking: NDArray[np.float64]
    confidence: NDArray[np.float64]

    def read(self, question: Question, candidates: Sequence[Candidate]) -> list[Reading]:
        features = observe(question, candidates, self.statistics)
        scores = features @ self.ranking
        evidence = confidence_evidence(features, scores)
        logits = evidence @ self.confidence[:-1] + self.confidence[-1]
        probabilities = 1.0 / (1.0 + np.exp(-logits))
        return [Reading(float(s), float(p)) for s, p in zip(scores, probabilities, strict=True)]


def confidence_evidence(
    features: NDArray[np.float64], scores: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Put each candidate's score and its lead over the best other before its features."""
    margins = np.zeros_like(scores)
    if len(scores) > 1:
        first, second = np.sort(scores)[::-1][:2]
        margins = np.where(scores == first, first - second, scores - first)
    return np.column_stack([scores, margins, features])


def _model() -> dict[str, Any]:
    path = files("aseqa_models").joinpath("linear-reader.json")
    model: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return model


def load_reader(statistics: TermStatistics) -> LinearReader:
    """Load the shipped reader; ``statistics`` are those of the index that is read."""
    model = _model()
    confidence = [model["confidence"][name] for name in CONFIDENCE_FEATURES]
    return LinearReader(
        statistics,
        np.array([model["ranking"][name] for name in FEATURES]),
        np.array([*confidence, model["intercept"]]),
    )


def load_threshold() -> float:
    """Give the probability from which the best candidate is quoted as an answer."""
    return float(_model()["threshold"])
