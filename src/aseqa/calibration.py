"""Whether a confidence can be believed: one formula a function, with its source.

Questions are given by two sequences of the same length: the confidence with which
each was (or would have been) answered, from 0 to 1, and whether that answer is right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence is above ``low`` and at most ``high``.

    The first bin also holds those of confidence 0. ``confidence`` is their mean
    confidence, ``right`` the share of right answers: NaN twice in an empty bin.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """What answering all questions of confidence ``threshold`` or more gives.

    ``coverage`` is the share of questions answered, ``risk`` the share of wrong
    answers among those.
    """

    threshold: float
    coverage: float
    risk: float


def reliability_table(
    confidences: ArrayLike, rights: ArrayLike, bins: int = BINS
) -> tuple[Bin, ...]:
    """Sort questions by confidence into bins of equal width, and tell what each holds.

    The table behind the reliability diagram of DeGroot, Fienberg, "The Comparison
    and Evaluation of Forecasters", The Statistician 32, 1983.

    Examples
    --------
    >>> reliability_table([0.3, 0.4, 0.9], [False, True, True], bins=2)[0]
    Bin(low=0.0, high=0.5, count=2, confidence=0.35, right=0.5)
    """
    told, right = _paired(confidences, rights)
    place = _places(told, bins)
    counts = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        mean_told = np.bincount(place, weights=told, minlength=bins) / counts
        mean_right = np.bincount(place, weights=right, minlength=bins) / counts
    return tuple(
        Bin(n / bins, (n + 1) / bins, int(counts[n]), float(mean_told[n]), float(mean_right[n]))
        for n in range(bins)
    )


def expected_calibration_error(
    confidences: ArrayLike, rights: ArrayLike, bins: int = BINS
) -> float:
    """Give the mean distance between confidence and share of right answers, over bins.

    ``ECE = sum over b of (n_b / n) * |right_b - confidence_b|``, where ``n_b`` of the
    ``n`` questions are in bin ``b`` of equal width, with the mean confidence
    ``confidence_b`` and the share ``right_b`` of right answers. Naeini, Cooper,
    Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
    AAAI 2015.

    With few questions a bin differs from its expectation by chance, so that the
    figure is not 0 even for a perfect confidence; resampling adds to that.

    Returns
    -------
    float
        From 0, the best, to 1; NaN when there is no question.

    Raises
    ------
    ValueError
        When the two sequences differ in length or a confidence is not within 0 and 1;
        the other functions of this module raise it too.

    Examples
    --------
    >>> expected_calibration_error([0.75, 0.75], [True, False])
    0.25
    """
    told, right = _paired(confidences, rights)
    if not told.size:
        return math.nan
    gaps = np.bincount(_places(told, bins), weights=right - told, minlength=bins)
    return float(np.abs(gaps).sum() / told.size)


def brier_score(confidences: ArrayLike, rights: ArrayLike) -> float:
    """Give the mean square of the distance between confidence and outcome (1 right, 0 wrong).

    Brier, "Verification of Forecasts Expressed in Terms of Probability", Monthly
    Weather Review 78, 1950, in the form for one event: half of Brier's own sum over
    both outcomes. From 0, the best, to 1; NaN when there is no question.
    """
    told, right = _paired(confidences, rights)
    return float(((told - right) ** 2).mean()) if told.size else math.nan


def risk_coverage_curve(confidences: ArrayLike, rights: ArrayLike) -> tuple[CoveragePoint, ...]:
    """Give the risk of answering only the surest questions, from the surest to all of them.

    El-Yaniv, Wiener, "On the Foundations of Noise-free Selective Classification",
    JMLR 11, 2010. A threshold answers equal confidences together or not at all: they
    make one point.

    Examples
    --------
    >>> risk_coverage_curve([0.9, 0.5], [True, False])[-1]
    CoveragePoint(threshold=0.5, coverage=1.0, risk=0.5)
    """
    told, right = _paired(confidences, rights)
    if not told.size:
        return ()
    order = np.argsort(-told, kind="stable")
    told, wrong = told[order], np.cumsum(1 - right[order])
    last = np.flatnonzero(np.append(np.diff(told) != 0, True))
    answered = last + 1
    return tuple(
        CoveragePoint(float(threshold), float(coverage), float(risk))
        for threshold, coverage, risk in zip(
            told[last], answered / told.size, wrong[last] / answered, strict=True
        )
    )


def risk_coverage_area(confidences: ArrayLike, rights: ArrayLike) -> float:
    """Give the area under the risk-coverage curve: the mean risk over all coverages.

    For each question the risk of answering all that are at least as sure, averaged:
    Geifman, Uziel, El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural
    Classifiers", ICLR 2019. It is low when right answers come first; a confidence
    that tells nothing apart has the share of wrong answers. NaN when there is no
    question.
    """
    curve = risk_coverage_curve(confidences, rights)
    if not curve:
        return math.nan
    widths = np.diff([0.0, *(point.coverage for point in curve)])
    return math.fsum(float(w) * point.risk for w, point in zip(widths, curve, strict=True))


def precision_at(confidences: ArrayLike, rights: ArrayLike, threshold: float) -> tuple[float, int]:
    """Give the share of right answers among those of confidence ``threshold`` or more.

    Returns
    -------
    tuple of float and int
        The share, NaN when there is none, and the number of those answers.

    Examples
    --------
    >>> precision_at([0.8, 0.9, 0.7], [True, False, True], 0.8)
    (0.5, 2)
    """
    told, right = _paired(confidences, rights)
    sure = right[told >= threshold]
    return (float(sure.mean()) if sure.size else math.nan), int(sure.size)


def threshold_at_refusal(answerable: Sequence[float] | NDArray[np.float64], limit: float) -> float:
    """Give the highest threshold that refuses at most the share ``limit`` of the questions.

    Parameters
    ----------
    answerable
        The confidences of the questions that have an answer; a question is refused
        when its confidence is under the threshold.
    limit
        From 0 to below 1.

    Returns
    -------
    float
        NaN when there is no question.

    Examples
    --------
    >>> threshold_at_refusal([0.2, 0.5, 0.6, 0.9], 0.25)
    0.5
    """
    ordered = np.sort(np.asarray(answerable, dtype=np.float64))
    if not ordered.size:
        return math.nan
    # Of n, the one that k others may stand under, for the largest k with k / n <= limit.
    refused = np.flatnonzero(np.arange(ordered.size) / ordered.size <= limit)
    return float(ordered[refused[-1]])


def false_answer_rate_at_refusal(
    confidences: ArrayLike, answerable: ArrayLike, limit: float
) -> float:
    """Give the share of unanswerable questions answered where few others are refused.

    The threshold is that of ``threshold_at_refusal``, chosen on these very questions:
    the figure describes them and promises nothing of others. NaN when there is no
    question of either kind.
    """
    told, able = _paired(confidences, answerable)
    threshold = threshold_at_refusal(told[able == 1], limit)
    unable = told[able == 0]
    if math.isnan(threshold) or not unable.size:
        return math.nan
    return float((unable >= threshold).mean())


def _paired(
    confidences: ArrayLike, outcomes: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    told = np.asarray(confidences, dtype=np.float64)
    found = np.asarray(outcomes, dtype=np.float64)
    if told.shape != found.shape or told.ndim != 1:
        raise ValueError(f"{told.shape} confidences for {found.shape} outcomes")
    if not ((told >= 0) & (told <= 1)).all():
        raise ValueError("a confidence is a probability, from 0 to 1")
    return told, found


def _places(told: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """Give the bin of each confidence; one on the edge of two is in the lower."""
    return np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], told, side="left")
