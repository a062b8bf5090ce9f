"""The ranker: cheap signals that choose which sentences are read closely.

It is linear in the observed features; its coefficients, and the command that made
them, are in ``aseqa_models/ranker.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aseqa.features import FEATURES, Candidate, TermStatistics, observe
from aseqa.question import Question


@dataclass(frozen=True, slots=True)
class Ranker:
    """One weight a feature; a candidate's score is their weighted sum."""

    statistics: TermStatistics
    weights: NDArray[np.float64]

    def order(self, question: Question, candidates: Sequence[Candidate]) -> list[int]:
        """Give the numbers of the candidates, best first."""
        scores = observe(question, candidates, self.statistics) @ self.weights
        order: list[int] = np.argsort(-scores, kind="stable").tolist()
        return order


def load_fitted(name: str) -> dict[str, Any]:
    """Read the shipped file of fitted coefficients called ``name``."""
    text = files("aseqa_models").joinpath(name).read_text(encoding="utf-8")
    fitted: dict[str, Any] = json.loads(text)
    return fitted


def load_ranker(statistics: TermStatistics) -> Ranker:
    """Load the shipped ranker; ``statistics`` are those of the index that is read."""
    weights = load_fitted("ranker.json")["weights"]
    return Ranker(statistics, np.array([weights[name] for name in FEATURES]))
