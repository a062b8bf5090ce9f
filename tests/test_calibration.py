from __future__ import annotations

import math
import random

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from aseqa.calibration import (
    Bin,
    CoveragePoint,
    brier_score,
    expected_calibration_error,
    false_answer_rate_at_refusal,
    precision_at,
    reliability_table,
    risk_coverage_area,
    risk_coverage_curve,
    threshold_at_refusal,
)
from aseqa.estimates import Decision, calibration_estimates, calibration_facts

YES, NO = True, False

# Two bins of ten are filled twice, (0.6, 0.7] and (0.9, 1.0], and one once, (0.1, 0.2].
TOLD = [0.95, 0.91, 0.70, 0.62, 0.15]
RIGHT = [YES, NO, YES, YES, NO]


def random_questions(seed: int, size: int) -> tuple[list[float], list[bool]]:
    """Give confidences with two decimals, so that ties and edges of bins occur."""
    rng = random.Random(seed)
    told = [round(rng.random(), 2) for _ in range(size)]
    return told, [rng.random() < confidence for confidence in told]


def test_calibration_error_by_hand() -> None:
    # (0.1, 0.2]: 1 of 5, |0 - 0.15| = 0.15; (0.6, 0.7]: 2 of 5, |1 - 0.66| = 0.34;
    # (0.9, 1.0]: 2 of 5, |0.5 - 0.93| = 0.43: 0.2 × 0.15 + 0.4 × 0.34 + 0.4 × 0.43 = 0.338.
    assert expected_calibration_error(TOLD, RIGHT) == pytest.approx(0.338)
    # Two bins, (0, 0.5] and (0.5, 1]: 1/5 × 0.15 + 4/5 × |0.75 - 0.795| = 0.03 + 0.036.
    assert expected_calibration_error(TOLD, RIGHT, bins=2) == pytest.approx(0.066)


def test_reliability_table_by_hand() -> None:
    table = reliability_table(TOLD, RIGHT)
    assert [one.count for one in table] == [0, 1, 0, 0, 0, 0, 2, 0, 0, 2]
    assert table[1] == Bin(0.1, 0.2, 1, 0.15, 0.0)
    assert (table[6].low, table[6].high, table[6].right) == (0.6, 0.7, 1.0)
    assert table[6].confidence == pytest.approx(0.66)
    assert (table[9].right, table[9].confidence) == (0.5, pytest.approx(0.93))
    assert all(math.isnan(one.confidence) and math.isnan(one.right) for one in table[2:6])


def test_a_confidence_on_an_edge_is_in_the_lower_bin() -> None:
    told = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    table = reliability_table(told, [YES] * 11)
    assert [one.count for one in table] == [2, *[1] * 9]


def test_brier_by_hand() -> None:
    # 0.05² + 0.91² + 0.30² + 0.38² + 0.15² = 0.0025 + 0.8281 + 0.09 + 0.1444 + 0.0225, over 5.
    assert brier_score(TOLD, RIGHT) == pytest.approx(0.2175)


def test_risk_coverage_by_hand() -> None:
    # Answered one after the other: right, wrong, right, right, wrong.
    assert risk_coverage_curve(TOLD, RIGHT) == (
        CoveragePoint(0.95, 0.2, 0.0),
        CoveragePoint(0.91, 0.4, 0.5),
        CoveragePoint(0.70, 0.6, pytest.approx(1 / 3)),
        CoveragePoint(0.62, 0.8, 0.25),
        CoveragePoint(0.15, 1.0, 0.4),
    )
    # (0 + 1/2 + 1/3 + 1/4 + 2/5) / 5 = 89/60/5.
    assert risk_coverage_area(TOLD, RIGHT) == pytest.approx(89 / 300)


def test_ties_are_answered_together_in_any_order() -> None:
    # 0.9 right; 0.5 twice, one wrong, then the risk is 1/3 at once; 0.2 wrong: 2/4.
    told = [0.9, 0.5, 0.5, 0.2]
    for right in ([YES, YES, NO, NO], [YES, NO, YES, NO]):
        assert risk_coverage_curve(told, right) == (
            CoveragePoint(0.9, 0.25, 0.0),
            CoveragePoint(0.5, 0.75, pytest.approx(1 / 3)),
            CoveragePoint(0.2, 1.0, 0.5),
        )
        # 1/4 × 0 + 2/4 × 1/3 + 1/4 × 1/2.
        assert risk_coverage_area(told, right) == pytest.approx(7 / 24)
    assert len(risk_coverage_curve([0.5] * 6, [YES, NO] * 3)) == 1
    assert risk_coverage_area([0.5] * 6, [YES, NO] * 3) == 0.5


def test_perfect_confidence() -> None:
    told, right = [1.0, 1.0, 0.0, 0.0], [YES, YES, NO, NO]
    assert expected_calibration_error(told, right) == 0.0
    assert brier_score(told, right) == 0.0
    # The two wrong ones come last, together: 1/2 × 0 + 1/2 × 2/4.
    assert risk_coverage_area(told, right) == 0.25
    # Calibrated, though it tells nothing apart: right in a half of the cases, as said.
    assert expected_calibration_error([0.5, 0.5], [YES, NO]) == 0.0
    assert brier_score([0.5, 0.5], [YES, NO]) == 0.25


def test_worst_confidence() -> None:
    told, right = [1.0, 1.0, 0.0, 0.0], [NO, NO, YES, YES]
    assert expected_calibration_error(told, right) == 1.0
    assert brier_score(told, right) == 1.0
    # 1/2 × 1 + 1/2 × 2/4.
    assert risk_coverage_area(told, right) == 0.75


def test_one_question() -> None:
    assert expected_calibration_error([0.8], [YES]) == pytest.approx(0.2)
    assert brier_score([0.8], [NO]) == pytest.approx(0.64)
    assert risk_coverage_curve([0.8], [NO]) == (CoveragePoint(0.8, 1.0, 1.0),)
    assert (risk_coverage_area([0.8], [NO]), risk_coverage_area([0.8], [YES])) == (1.0, 0.0)
    assert precision_at([0.8], [YES], 0.8) == (1.0, 1)


def test_no_question() -> None:
    assert math.isnan(expected_calibration_error([], []))
    assert math.isnan(brier_score([], []))
    assert math.isnan(risk_coverage_area([], []))
    assert risk_coverage_curve([], []) == ()
    assert [one.count for one in reliability_table([], [])] == [0] * 10
    share, count = precision_at([], [], 0.8)
    assert (math.isnan(share), count) == (True, 0)
    assert math.isnan(threshold_at_refusal([], 0.08))
    assert math.isnan(false_answer_rate_at_refusal([], [], 0.08))


@pytest.mark.parametrize(
    ("told", "right", "fault"),
    [
        ([0.5, 0.5], [YES], "confidences for"),
        ([[0.5]], [[YES]], "confidences for"),
        ([1.01], [YES], "from 0 to 1"),
        ([-0.01], [YES], "from 0 to 1"),
        ([math.nan], [YES], "from 0 to 1"),
    ],
)
def test_what_is_no_probability_is_refused(
    told: list[float], right: list[bool], fault: str
) -> None:
    for measure in (expected_calibration_error, brier_score, risk_coverage_area, reliability_table):
        with pytest.raises(ValueError, match=fault):
            measure(told, right)


def test_precision_by_hand() -> None:
    told, right = [0.8, 0.79, 0.81, 1.0], [YES, YES, NO, YES]
    assert precision_at(told, right, 0.8) == (pytest.approx(2 / 3), 3)
    assert precision_at(told, right, 0.0) == (0.75, 4)


def test_threshold_at_refusal_by_hand() -> None:
    told = [0.05 * n for n in range(1, 26)]  # 0.05 to 1.25, 25 of them
    # 8 % of 25 are 2: refused are 0.05 and 0.10, the threshold is the third.
    assert threshold_at_refusal(told[::-1], 0.08) == pytest.approx(0.15)
    assert threshold_at_refusal(told[:24], 0.08) == pytest.approx(0.10)  # 1.92: one
    assert threshold_at_refusal(told[:12], 0.08) == pytest.approx(0.05)  # 0.96: none
    # Those of the same confidence are refused together or not at all.
    assert threshold_at_refusal([0.2, 0.2, 0.2, 0.9], 0.5) == 0.2


def test_threshold_at_refusal_is_the_highest_that_keeps_to_the_limit() -> None:
    rng = random.Random(9)
    for _ in range(200):
        told = [round(rng.random(), 1) for _ in range(rng.randrange(1, 40))]
        limit = rng.choice((0.0, 0.08, 0.25, 0.9))

        def refused(threshold: float, told: list[float] = told) -> float:
            return sum(one < threshold for one in told) / len(told)

        threshold = threshold_at_refusal(told, limit)
        assert refused(threshold) <= limit < refused(math.nextafter(threshold, 2))


def test_false_answers_at_refusal_by_hand() -> None:
    told = [0.9, 0.4, 0.6, 0.4, 0.3]
    able = [YES, YES, NO, NO, NO]
    # Nobody of two may be refused: the threshold is 0.4, which 0.6 and 0.4 of three reach.
    assert false_answer_rate_at_refusal(told, able, 0.08) == pytest.approx(2 / 3)
    # One of two may be: the threshold is 0.9.
    assert false_answer_rate_at_refusal(told, able, 0.5) == 0.0
    assert math.isnan(false_answer_rate_at_refusal([0.5], [YES], 0.08))
    assert math.isnan(false_answer_rate_at_refusal([0.5], [NO], 0.08))


def test_against_scikit_learn() -> None:
    for seed, size in ((1, 5), (2, 40), (3, 300), (4, 2000)):
        told, right = random_questions(seed, size)
        assert brier_score(told, right) == pytest.approx(brier_score_loss(right, told))
        shares, means = calibration_curve(right, told, n_bins=10, strategy="uniform")
        filled = [one for one in reliability_table(told, right) if one.count]
        assert [one.right for one in filled] == pytest.approx(list(shares))
        assert [one.confidence for one in filled] == pytest.approx(list(means))
        weights = [one.count / size for one in filled]
        expected = float(np.sum(np.abs(shares - means) * weights))
        assert expected_calibration_error(told, right) == pytest.approx(expected)


def test_risk_coverage_against_counting() -> None:
    told, right = random_questions(6, 250)
    points = risk_coverage_curve(told, right)
    assert [point.threshold for point in points] == sorted(set(told), reverse=True)
    risks = []
    for threshold in told:
        answers = [yes for one, yes in zip(told, right, strict=True) if one >= threshold]
        risks.append(answers.count(NO) / len(answers))
        point = next(point for point in points if point.threshold == threshold)
        assert point.coverage == pytest.approx(len(answers) / 250)
        assert point.risk == pytest.approx(risks[-1])
    assert risk_coverage_area(told, right) == pytest.approx(sum(risks) / 250)


# Answered or not, confidence, answerable or not, right or not.
DECISIONS = [
    Decision(YES, 0.95, YES, YES),
    Decision(YES, 0.85, NO, NO),
    Decision(NO, 0.85, YES, YES),  # sure, and yet refused: no answer given
    Decision(YES, 0.60, YES, NO),
    Decision(NO, 0.10, NO, NO),
]


def test_estimates_by_hand() -> None:
    estimates = calibration_estimates(DECISIONS)
    assert {name: figure for name, (figure, _) in estimates.items()} == {
        # (0.9, 1]: 0.05; (0.8, 0.9]: 2 × |0.5 - 0.85| = 0.7; (0.5, 0.6]: 0.6; (0, 0.1]: 0.1:
        # 1.45 over 5.
        "ece": 0.29,
        # 0.0025 + 0.7225 + 0.0225 + 0.36 + 0.01 = 1.1175, over 5.
        "brier": 0.2235,
        "precision_at_0.8": 0.5,
        # 0, then 1/3 for two, 2/4, 3/5: (2/3 + 0.5 + 0.6) / 5.
        "risk_coverage_area": 0.3533,
        # None of the three may be refused: the threshold is 0.6, which 0.85 of two reaches.
        "false_answer_rate_at_refusal_0.08": 0.5,
    }
    assert calibration_facts(DECISIONS) == {
        "precision_at_0.8_n": 2,
        "threshold_at_refusal_0.08": 0.6,
    }
    for name, (figure, (low, high)) in estimates.items():
        assert figure is not None, name
        assert low is not None, name
        assert high is not None, name
        assert 0 <= low <= high <= 1
    assert estimates["precision_at_0.8"][1] == [0.0, 1.0]


def test_estimates_are_drawn_by_cluster() -> None:
    # One cluster: each resample is the whole, so that no figure varies.
    for figure, bounds in calibration_estimates(DECISIONS, ["a"] * 5).values():
        assert bounds == [figure, figure]
    # The surest two and the rest: mean squares 0.3625 and 0.1308, all 0.2235.
    assert calibration_estimates(DECISIONS, list("aabbb"))["brier"] == (0.2235, [0.1308, 0.3625])


def test_estimates_without_what_they_regard() -> None:
    lone = [Decision(NO, 0.4, YES, YES)]
    estimates = calibration_estimates(lone)
    assert estimates["precision_at_0.8"] == (None, [None, None])
    assert estimates["false_answer_rate_at_refusal_0.08"] == (None, [None, None])
    assert estimates["ece"] == (0.6, [0.6, 0.6])
    assert calibration_facts(lone) == {
        "precision_at_0.8_n": 0,
        "threshold_at_refusal_0.08": 0.4,
    }
    assert calibration_facts([Decision(NO, 0.4, NO, NO)])["threshold_at_refusal_0.08"] is None
