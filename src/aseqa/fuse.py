"""Two rankings made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RRF_K = 60


def reciprocal_rank_fusion(
    runs: Sequence[Mapping[int, float]], weights: Sequence[float], k: int = RRF_K
) -> list[tuple[int, float]]:
    """Fuse runs by reciprocal rank, best first, ties by id.

    Each run maps an id to a score. The fused score of an id is the sum over
    the runs that hold it of ``weight / (k + rank)``, ranks counted from 1
    (Cormack, Clarke and Büttcher, SIGIR 2009).

    Examples
    --------
    >>> reciprocal_rank_fusion([{7: 0.9, 8: 0.5}, {8: 3.0}], [1.0, 1.0], k=1)
    [(8, 0.8333333333333333), (7, 0.5)]
    """
    fused: dict[int, float] = {}
    for run, weight in zip(runs, weights, strict=True):
        for rank, (item, _) in enumerate(ranked(run), start=1):
            fused[item] = fused.get(item, 0.0) + weight / (k + rank)
    return ranked(fused)


def ranked(run: Mapping[int, float]) -> list[tuple[int, float]]:
    """Sort a run by (-score, id)."""
    return sorted(run.items(), key=lambda pair: (-pair[1], pair[0]))
