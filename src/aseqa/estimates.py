"""Figures of an evaluation, each with its 95 % bootstrap interval, rounded for showing."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aseqa.calibration import (
    brier_score,
    expected_calibration_error,
    false_answer_rate_at_refusal,
    precision_at,
    risk_coverage_area,
    threshold_at_refusal,
)
from aseqa.measures import auroc, bootstrap_interval, clustered_bootstrap_interval, mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Statistic = Callable[[NDArray[np.intp]], float]

Estimate = tuple[float | None, list[float | None]]

# The confidence of an answer that a reader will take for sure, and the share of
# refusals that a reader will bear: what the two figures named after them are told at.
CONFIDENT = 0.8
REFUSAL = 0.08


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a question was answered, how confidently, and whether it can be.

    ``right`` tells whether the best candidate, given as an answer or not, answers
    the question: the outcome that ``confidence`` is the probability of. Of a
    question that cannot be answered nothing is right.
    """

    answered: bool
    confidence: float
    answerable: bool
    right: bool


def rounded(value: float, digits: int = 4) -> float | None:
    """Give a figure for JSON: None where there is none."""
    return None if math.isnan(value) else round(value, digits)


def mean_estimate(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Estimate:
    """Give the mean and its interval; ``clusters`` names what each value is drawn with."""
    import numpy as np

    observed = np.asarray(values)

    def statistic(rows: Any) -> float:
        return float(observed[rows].mean())

    if clusters is None:
        bounds = bootstrap_interval(len(values), statistic)
    else:
        bounds = clustered_bootstrap_interval(clusters, statistic)
    return rounded(mean(values)), [rounded(bound) for bound in bounds]


def abstention_estimates(
    decisions: Sequence[Decision], clusters: Sequence[Hashable] | None = None
) -> dict[str, Estimate]:
    """Measure the decisions to answer: their rates, and whether confidence tells them apart."""
    drawn_with = range(len(decisions)) if clusters is None else clusters
    paired = list(zip(decisions, drawn_with, strict=True))
    able = [(one, cluster) for one, cluster in paired if one.answerable]
    unable = [(one, cluster) for one, cluster in paired if not one.answerable]

    def rate(some: Sequence[tuple[Decision, Hashable]], answered: bool) -> Estimate:
        values = [float(one.answered is answered) for one, _ in some]
        return mean_estimate(values, clusters and [cluster for _, cluster in some])

    return {
        "answered_rate": rate(paired, True),
        "false_answer_rate": rate(unable, True),
        "false_refusal_rate": rate(able, False),
        "abstention_auroc": _auroc_estimate(decisions, drawn_with),
    }


def calibration_estimates(
    decisions: Sequence[Decision], clusters: Sequence[Hashable] | None = None
) -> dict[str, Estimate]:
    """Measure whether the confidence can be believed, over all questions.

    ``precision_at_0.8`` regards the answers given at that confidence or more.
    ``false_answer_rate_at_refusal_0.08`` has its threshold chosen on these very
    questions, and anew on each resample: it describes them, no more.
    """
    import numpy as np

    drawn_with = range(len(decisions)) if clusters is None else clusters
    told = np.asarray([one.confidence for one in decisions])
    right = np.asarray([one.right for one in decisions])
    answered = np.asarray([one.answered for one in decisions], dtype=bool)
    able = np.asarray([one.answerable for one in decisions])

    def precision(rows: NDArray[np.intp]) -> float:
        given = rows[answered[rows]]
        return precision_at(told[given], right[given], CONFIDENT)[0]

    statistics: dict[str, Statistic] = {
        "ece": lambda rows: expected_calibration_error(told[rows], right[rows]),
        "brier": lambda rows: brier_score(told[rows], right[rows]),
        "precision_at_0.8": precision,
        "risk_coverage_area": lambda rows: risk_coverage_area(told[rows], right[rows]),
        "false_answer_rate_at_refusal_0.08": lambda rows: false_answer_rate_at_refusal(
            told[rows], able[rows], REFUSAL
        ),
    }
    return {name: _estimate(statistic, drawn_with) for name, statistic in statistics.items()}


def calibration_facts(decisions: Sequence[Decision]) -> dict[str, Any]:
    """Give what two of the figures rest on: a number of answers, and a threshold."""
    given = [one for one in decisions if one.answered]
    _, sure = precision_at(
        [one.confidence for one in given], [one.right for one in given], CONFIDENT
    )
    able = [one.confidence for one in decisions if one.answerable]
    return {
        "precision_at_0.8_n": sure,
        "threshold_at_refusal_0.08": rounded(threshold_at_refusal(able, REFUSAL)),
    }


def _auroc_estimate(decisions: Sequence[Decision], clusters: Sequence[Hashable]) -> Estimate:
    def statistic(rows: Iterable[int]) -> float:
        drawn = [decisions[row] for row in rows]
        return auroc(
            [one.confidence for one in drawn if one.answerable],
            [one.confidence for one in drawn if not one.answerable],
        )

    return _estimate(statistic, clusters)


def _estimate(statistic: Statistic, clusters: Sequence[Hashable]) -> Estimate:
    """Give a statistic of all rows and its interval; ``clusters`` has one entry a row."""
    import numpy as np

    bounds = clustered_bootstrap_interval(clusters, statistic)
    return rounded(statistic(np.arange(len(clusters)))), [rounded(bound) for bound in bounds]


def with_intervals(estimates: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Give the figures by name, then their bounds by the same names under ``intervals``."""
    return {
        **{name: figure for name, (figure, _) in estimates.items()},
        "intervals": {name: bounds for name, (_, bounds) in estimates.items()},
    }
