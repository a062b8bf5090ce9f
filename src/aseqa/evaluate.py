"""Gold questions asked one by one, and the figures that come out, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aseqa.gold import read_gold
from aseqa.judge import SENTENCES, Answering, Judged, judge
from aseqa.measures import (
    auroc,
    bootstrap_interval,
    hit_at_k,
    mean,
    percentile,
    reciprocal_rank,
)
from aseqa.scorecard import write_report

Figure = tuple[float | None, list[float | None]]


def evaluate_gold(
    assistant: Answering,
    gold: Path,
    report: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Any]:
    """Ask all questions of a gold file and give the figures of the contract.

    Parameters
    ----------
    report
        A folder to write ``results.jsonl``, ``summary.json`` and ``summary.md`` into.
    progress
        Told (questions done, questions in all, id of the question).

    Returns
    -------
    dict
        Counts, each measure by name (``None`` where no question bears on it),
        ``intervals`` with the bounds of each by the same name, ``by_type``.

    Raises
    ------
    BadSettings
        When the gold file is wrong.
    """
    questions = read_gold(gold)
    judged = []
    for done, question in enumerate(questions, 1):
        judged.append(judge(assistant, question))
        if progress:
            progress(done, len(questions), question.id)
    summary = {"gold": gold.name, "index": assistant.generation, **summarise(judged)}
    if report:
        write_report(report, summary, judged)
    return summary


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """Give counts, measures and intervals over judged questions."""
    answerable = [one for one in judged if one.gold.answerable]
    unanswerable = [one for one in judged if not one.gold.answerable]
    figures: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    for name, values in _means(judged, answerable, unanswerable).items():
        figures[name], intervals[name] = _mean(values)
    figures["abstention_auroc"], intervals["abstention_auroc"] = _auroc(judged)
    figures["quote_integrity"], intervals["quote_integrity"] = _mean(
        [float(intact) for one in judged for intact in one.intact]
    )
    figures["latency_ms"], intervals["latency_ms"] = _latency(judged)
    return {
        "questions": len(judged),
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        **figures,
        "intervals": intervals,
        "by_type": _by_type(judged),
    }


def _means(
    judged: Sequence[Judged], answerable: Sequence[Judged], unanswerable: Sequence[Judged]
) -> Mapping[str, list[float]]:
    """Give, for each measure that is a mean, its value for each question it bears on.

    An answerable question that was not answered has no quote, hence scores 0.
    """
    return {
        "quote_hit@1": [hit_at_k(one.quotes, 1) for one in answerable],
        "quote_hit@3": [hit_at_k(one.quotes, 3) for one in answerable],
        "passage_recall@5": [hit_at_k(one.passages, 5) for one in answerable],
        "passage_recall@20": [hit_at_k(one.passages, 20) for one in answerable],
        "mrr@10": [reciprocal_rank(one.sentences, SENTENCES) for one in answerable],
        "answered_rate": [float(one.answered) for one in judged],
        "false_answer_rate": [float(one.answered) for one in unanswerable],
        "false_refusal_rate": [float(not one.answered) for one in answerable],
    }


def _mean(values: list[float]) -> Figure:
    import numpy as np

    observed = np.asarray(values)
    bounds = bootstrap_interval(len(values), lambda rows: float(observed[rows].mean()))
    return _rounded(mean(values)), [_rounded(bound) for bound in bounds]


def _auroc(judged: Sequence[Judged]) -> Figure:
    """Measure whether confidence tells the answerable questions from the others."""
    scored = [(one.answer.confidence, one.gold.answerable) for one in judged]

    def statistic(rows: Iterable[int]) -> float:
        drawn = [scored[row] for row in rows]
        return auroc([c for c, yes in drawn if yes], [c for c, yes in drawn if not yes])

    bounds = bootstrap_interval(len(scored), statistic)
    return _rounded(statistic(range(len(scored)))), [_rounded(bound) for bound in bounds]


def _latency(judged: Sequence[Judged]) -> tuple[dict[str, Any], dict[str, Any]]:
    values = [one.answer.timings_ms["total"] for one in judged]
    figures: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    for name, percent in (("p50", 50), ("p95", 95)):

        def statistic(rows: Iterable[int], percent: int = percent) -> float:
            return percentile([values[row] for row in rows], percent)

        bounds = bootstrap_interval(len(values), statistic)
        figures[name] = _rounded(percentile(values, percent), 1)
        intervals[name] = [_rounded(bound, 1) for bound in bounds]
    return figures, intervals


def _by_type(judged: Sequence[Judged]) -> dict[str, dict[str, float | None]]:
    """Give the main figures for each type of question; small groups, so no interval."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(one.gold.type, []).append(one)
    return {
        name: {
            "questions": len(group),
            "answered_rate": _rounded(mean([float(one.answered) for one in group])),
            "quote_hit@1": _rounded(
                mean([hit_at_k(one.quotes, 1) for one in group if one.gold.answerable])
            ),
        }
        for name, group in sorted(groups.items())
    }


def _rounded(value: float, digits: int = 4) -> float | None:
    return None if math.isnan(value) else round(value, digits)
