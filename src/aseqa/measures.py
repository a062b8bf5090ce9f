"""Measures of rankings and decisions: one formula a function, with its source.

A ranking is given by the relevance of its items, best first: ``[False, True]``
means that the second item is right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Interval = tuple[float, float]


def first_rank(relevance: Sequence[bool]) -> int | None:
    """Give the rank, from 1, of the first right item.

    Examples
    --------
    >>> first_rank([False, True, True])
    2
    """
    return next((rank for rank, right in enumerate(relevance, 1) if right), None)


def hit_at_k(relevance: Sequence[bool], k: int) -> float:
    """Give 1.0 when one of the first ``k`` items is right, else 0.0.

    "Success at k" in Craswell, Hawking, "Overview of the TREC-2004 Web Track",
    TREC 2004.
    """
    return float(any(relevance[:k]))


def recall_at_k(relevance: Sequence[bool], relevant: int, k: int) -> float:
    """Give the share of the ``relevant`` right items that stand among the first ``k``.

    Manning, Raghavan, Schütze, "Introduction to Information Retrieval",
    Cambridge University Press 2008, section 8.3.

    Raises
    ------
    ValueError
        When nothing is relevant: the share of nothing is not defined.
    """
    if relevant < 1:
        raise ValueError("recall is not defined without a relevant item")
    return sum(map(bool, relevance[:k])) / relevant


def reciprocal_rank(relevance: Sequence[bool], k: int) -> float:
    """Give 1 / rank of the first right item, 0.0 when none of the first ``k`` is right.

    Voorhees, "The TREC-8 Question Answering Track Report", TREC 1999.
    """
    rank = first_rank(relevance[:k])
    return 1 / rank if rank else 0.0


def ndcg_at_k(gains: Sequence[float], judged: Sequence[float], k: int) -> float:
    """Give the discounted cumulated gain of the first ``k`` items over the best that can be had.

    Järvelin, Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", ACM
    Transactions on Information Systems 20, 2002, with the gain of trec_eval: the
    grade itself over ``log2(rank + 1)``; a negative grade gains nothing.

    Parameters
    ----------
    gains
        The grade of each item of the ranking, best first, 0 for one not judged.
    judged
        The grades of all judged items, in any order.

    Raises
    ------
    ValueError
        When no judged item has a gain: a share of nothing is not defined.

    Examples
    --------
    >>> ndcg_at_k([0, 1], [1, 0], k=10)
    0.6309297535714575
    """
    best = _discounted(sorted(judged, reverse=True)[:k])
    if not best:
        raise ValueError("ndcg is not defined without a relevant item")
    return _discounted(gains[:k]) / best


def _discounted(gains: Sequence[float]) -> float:
    return sum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Give the probability that a positive scores above a negative, ties counting half.

    Hanley, McNeil, "The Meaning and Use of the Area under a Receiver Operating
    Characteristic (ROC) Curve", Radiology 143, 1982.

    Returns
    -------
    float
        NaN when one of the two is empty.
    """
    if not positives or not negatives:
        return math.nan
    import numpy as np

    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    below = np.searchsorted(ordered, positives, side="left")
    up_to = np.searchsorted(ordered, positives, side="right")
    return float((below + up_to).sum() / 2 / (len(positives) * len(negatives)))


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the value below which ``percent`` of the values lie, interpolated linearly.

    Definition 7 of Hyndman, Fan, "Sample Quantiles in Statistical Packages", The
    American Statistician 50, 1996. NaN when there is no value.
    """
    if not values:
        return math.nan
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def mean(values: Sequence[float]) -> float:
    """Give the arithmetic mean, NaN when there is no value."""
    return math.fsum(values) / len(values) if values else math.nan


def bootstrap_interval(
    count: int,
    statistic: Callable[[NDArray[np.intp]], float],
    resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Give the percentile interval of a statistic over resampled observations.

    Efron, "Bootstrap Methods: Another Look at the Jackknife", The Annals of
    Statistics 7, 1979; the percentile interval is that of Efron, Tibshirani, "An
    Introduction to the Bootstrap", Chapman & Hall 1993, section 13.3.

    Parameters
    ----------
    count
        How many observations there are.
    statistic
        Takes the indices of the resampled observations, shape ``(count,)``, gives
        the figure; a resample for which it gives NaN is left out.

    Returns
    -------
    tuple of float
        The lower and the upper bound, NaN twice when there is no observation.
    """
    if count < 1:
        return math.nan, math.nan
    import numpy as np

    random = np.random.default_rng(seed)
    drawn = (statistic(random.integers(0, count, count)) for _ in range(resamples))
    figures = [figure for figure in drawn if not math.isnan(figure)]
    tail = 50 * (1 - level)
    return percentile(figures, tail), percentile(figures, 100 - tail)


def clustered_bootstrap_interval(
    clusters: Sequence[Hashable],
    statistic: Callable[[NDArray[np.intp]], float],
    resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Give the percentile interval of a statistic when observations come in clusters.

    Whole clusters are drawn with replacement, each with all its observations:
    what shares a cluster is alike, and drawing observations one by one would
    give an interval that is too narrow. Strategy 1 of Davison, Hinkley,
    "Bootstrap Methods and their Application", Cambridge University Press 1997,
    section 3.8.

    Parameters
    ----------
    clusters
        The cluster of each observation.
    statistic
        Takes the indices of the resampled observations, as many as the drawn
        clusters hold; the rest as for ``bootstrap_interval``.
    """
    import numpy as np

    members: dict[Hashable, list[int]] = {}
    for row, cluster in enumerate(clusters):
        members.setdefault(cluster, []).append(row)
    groups = [np.asarray(rows, dtype=np.intp) for rows in members.values()]
    return bootstrap_interval(
        len(groups),
        lambda drawn: statistic(np.concatenate([groups[group] for group in drawn])),
        resamples,
        seed,
        level,
    )
