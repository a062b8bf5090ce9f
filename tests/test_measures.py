from __future__ import annotations

import math
import random

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from aseqa.measures import (
    auroc,
    bootstrap_interval,
    first_rank,
    hit_at_k,
    mean,
    percentile,
    recall_at_k,
    reciprocal_rank,
)

YES, NO = True, False


def test_hits_by_hand() -> None:
    ranking = [NO, NO, YES, NO, YES]
    assert first_rank(ranking) == 3
    assert first_rank([NO, NO]) is None
    assert [hit_at_k(ranking, k) for k in (1, 2, 3, 20)] == [0.0, 0.0, 1.0, 1.0]
    assert hit_at_k([], 3) == 0.0


def test_recall_by_hand() -> None:
    ranking = [YES, NO, YES, NO]
    assert recall_at_k(ranking, 4, 1) == 0.25
    assert recall_at_k(ranking, 4, 3) == 0.5
    assert recall_at_k(ranking, 2, 100) == 1.0


def test_recall_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not defined without a relevant item"):
        recall_at_k([YES], 0, 5)


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank([NO, YES, YES], 10) == 0.5
    assert reciprocal_rank([NO] * 10 + [YES], 10) == 0.0
    assert reciprocal_rank([NO] * 9 + [YES], 10) == 0.1
    assert reciprocal_rank([], 10) == 0.0


def test_reciprocal_rank_against_a_search_by_index() -> None:
    rng = random.Random(3)
    for _ in range(200):
        ranking = [rng.random() < 0.2 for _ in range(rng.randrange(15))]
        window = ranking[:10]
        expected = 1 / (window.index(YES) + 1) if YES in window else 0.0
        assert reciprocal_rank(ranking, 10) == expected


def test_auroc_by_hand() -> None:
    # Pairs: 0.9 beats both, 0.4 beats 0.1 and ties with 0.4: 3.5 of 4.
    assert auroc([0.9, 0.4], [0.1, 0.4]) == 0.875
    assert auroc([0.2], [0.8]) == 0.0
    assert math.isnan(auroc([], [0.5]))
    assert math.isnan(auroc([0.5], []))


def test_auroc_against_scikit_learn() -> None:
    rng = random.Random(5)
    for size in range(2, 60):
        # One decimal, so that ties occur.
        scores = [round(rng.random(), 1) for _ in range(size)]
        labels = [1, 0, *(rng.randrange(2) for _ in range(size - 2))]
        positives = [s for s, label in zip(scores, labels, strict=True) if label]
        negatives = [s for s, label in zip(scores, labels, strict=True) if not label]
        assert auroc(positives, negatives) == pytest.approx(roc_auc_score(labels, scores))


def test_percentiles_against_numpy() -> None:
    rng = random.Random(7)
    for size in (1, 2, 3, 10, 57):
        values = [rng.random() * 100 for _ in range(size)]
        for percent in (0, 2.5, 50, 95, 100):
            assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))
    assert percentile([30.0, 10.0, 20.0], 50) == 20.0
    assert percentile([10.0, 20.0], 95) == pytest.approx(19.5)
    assert math.isnan(percentile([], 50))


def test_mean_of_nothing_is_no_number() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    assert math.isnan(mean([]))


def share(values: list[float], **options: float) -> tuple[float, float]:
    observed = np.asarray(values)

    def statistic(rows: NDArray[np.intp]) -> float:
        return float(observed[rows].mean())

    return bootstrap_interval(len(values), statistic, **options)  # type: ignore[arg-type]


def test_bootstrap_interval_is_near_the_normal_one() -> None:
    # 70 of 100: 0.70 ± 1.96 × sqrt(0.7 × 0.3 / 100) = 0.610 to 0.790.
    low, high = share([1.0] * 70 + [0.0] * 30, resamples=4000)
    assert low == pytest.approx(0.610, abs=0.015)
    assert high == pytest.approx(0.790, abs=0.015)


def test_bootstrap_interval_by_hand() -> None:
    assert share([1.0] * 8) == (1.0, 1.0)
    # Two observations: means 0, ½ and 1 with chances ¼, ½, ¼.
    assert share([0.0, 1.0]) == (0.0, 1.0)
    assert share([0.0, 1.0], level=0.6) == (0.0, 1.0)
    assert share([0.0, 1.0], level=0.4) == (0.5, 0.5)


def test_bootstrap_interval_depends_on_the_seed_alone() -> None:
    values = [0.1 * n for n in range(30)]
    assert share(values, seed=1) == share(values, seed=1)
    assert share(values, seed=1) != share(values, seed=2)


def test_bootstrap_leaves_out_undefined_resamples() -> None:
    def statistic(rows: NDArray[np.intp]) -> float:
        return math.nan if set(rows.tolist()) == {0} else 3.0

    assert bootstrap_interval(2, statistic) == (3.0, 3.0)


def test_bootstrap_interval_of_nothing_is_no_number() -> None:
    low, high = bootstrap_interval(0, lambda rows: 1.0)
    assert math.isnan(low)
    assert math.isnan(high)
