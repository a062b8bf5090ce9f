from __future__ import annotations

import math
import random
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from aseqa.measures import (
    auroc,
    bootstrap_interval,
    clustered_bootstrap_interval,
    first_rank,
    hit_at_k,
    mean,
    ndcg_at_k,
    percentile,
    recall_at_k,
    reciprocal_rank,
)
from aseqa.trec import write_trec

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


def test_ndcg_by_hand() -> None:
    # Grades 2 and 1 in the wrong order: (1 + 2/log2(3)) / (2 + 1/log2(3)).
    assert ndcg_at_k([1, 2], [2, 1], 10) == pytest.approx(0.85972, abs=1e-5)
    assert ndcg_at_k([2, 0, 1], [2, 1], 10) == pytest.approx(2.5 / 2.63093, abs=1e-5)
    assert ndcg_at_k([2, 1], [0, 1, 2], 10) == 1.0
    assert ndcg_at_k([0, 1], [1], 1) == 0.0
    # Three relevant, two places: the best that can be had is 1 + 1/log2(3).
    assert ndcg_at_k([1, 0], [1, 1, 1], 2) == pytest.approx(1 / 1.63093, abs=1e-5)
    assert ndcg_at_k([-1, 1], [1, -1], 10) == pytest.approx(0.63093, abs=1e-5)
    assert ndcg_at_k([], [1], 10) == 0.0


def test_ndcg_without_a_relevant_item_is_refused() -> None:
    with pytest.raises(ValueError, match="not defined without a relevant item"):
        ndcg_at_k([0], [0, 0], 10)


Grades = dict[str, dict[str, int]]
Scores = dict[str, dict[str, float]]


def random_runs(seed: int) -> tuple[Grades, Scores]:
    """Give judgements and scores of 40 queries: ties, documents not found, others not judged."""
    rng = random.Random(seed)
    documents = [f"d{number:02}" for number in range(30)]
    qrels: Grades = {}
    runs: Scores = {}
    for number in range(40):
        judged = rng.sample(documents, rng.randrange(1, 15))
        grades = {name: rng.choice((0, 0, 1, 1, 2, 3)) for name in judged}
        qrels[f"q{number}"] = grades | {judged[0]: rng.randrange(1, 4)}
        found = rng.sample(documents, rng.randrange(1, 25))
        runs[f"q{number}"] = {name: rng.randrange(1, 6) / 5 for name in found}
    return qrels, runs


def measured(ranking: list[str], grades: dict[str, int]) -> dict[str, float]:
    right = [grades.get(name, 0) > 0 for name in ranking]
    relevant = sum(grade > 0 for grade in grades.values())
    gains = [grades.get(name, 0) for name in ranking]
    judged = list(grades.values())
    return {
        "nDCG@5": ndcg_at_k(gains, judged, 5),
        "nDCG@10": ndcg_at_k(gains, judged, 10),
        "RR@10": reciprocal_rank(right, 10),
        "R@5": recall_at_k(right, relevant, 5),
        "R@10": recall_at_k(right, relevant, 10),
        "R@100": recall_at_k(right, relevant, 100),
        "Success@1": hit_at_k(right, 1),
        "Success@5": hit_at_k(right, 5),
    }


ORACLES = [nDCG @ 5, nDCG @ 10, RR @ 10, R @ 5, R @ 10, R @ 100, Success @ 1, Success @ 5]


def test_rankings_against_ir_measures_through_the_files_written(tmp_path: Path) -> None:
    """Ties in the scores are broken by name, and stay so in the file."""
    qrels, runs = random_runs(11)
    rankings = {
        query: sorted(scores, key=lambda name: (-scores[name], name))
        for query, scores in runs.items()
    }
    write_trec(rankings, qrels, tmp_path / "run.trec", tmp_path / "qrels.trec")
    judged = ir_measures.read_trec_qrels(str(tmp_path / "qrels.trec"))
    run = ir_measures.read_trec_run(str(tmp_path / "run.trec"))
    checked = 0
    for metric in ir_measures.iter_calc(ORACLES, list(judged), list(run)):
        query = metric.query_id
        ours = measured(rankings[query], qrels[query])
        assert ours[str(metric.measure)] == pytest.approx(metric.value, abs=1e-6)
        checked += 1
    assert checked == len(ORACLES) * len(qrels)


def test_rankings_with_ties_against_trec_eval() -> None:
    """trec_eval itself breaks ties by name, the last one first."""
    qrels, runs = random_runs(12)
    for metric in ir_measures.iter_calc([nDCG @ 10, R @ 5, R @ 10], qrels, runs):
        scores = runs[metric.query_id]
        ranking = sorted(scores, key=lambda name: (scores[name], name), reverse=True)
        ours = measured(ranking, qrels[metric.query_id])
        assert ours[str(metric.measure)] == pytest.approx(metric.value, abs=1e-6)


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


def clustered(values: list[float], clusters: list[str], **options: float) -> tuple[float, float]:
    observed = np.asarray(values)

    def statistic(rows: NDArray[np.intp]) -> float:
        return float(observed[rows].mean())

    return clustered_bootstrap_interval(clusters, statistic, **options)  # type: ignore[arg-type]


def test_clustered_bootstrap_by_hand() -> None:
    # Two clusters, all right and all wrong: means 0, ½ and 1 with chances ¼, ½, ¼, however many
    # observations each of them has.
    values, clusters = [1.0] * 50 + [0.0] * 50, ["a"] * 50 + ["b"] * 50
    assert clustered(values, clusters) == (0.0, 1.0)
    assert clustered(values, clusters, level=0.4) == (0.5, 0.5)
    # Of unequal size: one of each gives 1 right of 4.
    assert clustered([1.0, 0.0, 0.0, 0.0], list("abbb"), level=0.4) == (0.25, 0.25)
    assert clustered([0.25] * 6, list("aabbcc")) == (0.25, 0.25)


def test_clusters_of_one_are_the_plain_bootstrap() -> None:
    values = [0.1 * n for n in range(30)]
    assert clustered(values, [str(n) for n in range(30)]) == share(values)


def test_clustered_bootstrap_is_wider_where_clusters_are_alike() -> None:
    values = [1.0] * 40 + [0.0] * 40
    clusters = [str(n // 10) for n in range(80)]
    low, high = clustered(values, clusters)
    narrow_low, narrow_high = share(values)
    # Eight clusters: 0.5 ± 1.96 × sqrt(0.25 / 8) = 0.15 to 0.85; eighty values: 0.39 to 0.61.
    assert (low, high) == (0.125, 0.875)
    assert (narrow_low, narrow_high) == pytest.approx((0.39, 0.61), abs=0.02)


def test_clustered_bootstrap_of_nothing_is_no_number() -> None:
    low, high = clustered([], [])
    assert math.isnan(low)
    assert math.isnan(high)
