"""Gold questions asked one by one, and the figures that come out, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from aseqa.calibration_report import calibration_page, write_calibration
from aseqa.estimates import (
    Decision,
    Estimate,
    abstention_estimates,
    calibration_estimates,
    calibration_facts,
    mean_estimate,
    rounded,
    with_intervals,
)
from aseqa.followup import Turn, next_turn
from aseqa.gold import read_gold
from aseqa.gold_report import failures_page, result, types_page
from aseqa.judge import SENTENCES, Answering, Judged, judge
from aseqa.measures import bootstrap_interval, hit_at_k, mean, percentile, reciprocal_rank
from aseqa.scorecard import write_report


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
        A folder to write ``results.jsonl``, ``summary.json`` and ``summary.md`` into,
        and the diagrams of the confidence with their data.
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
    judged: list[Judged] = []
    previous: Turn | None = None
    for done, question in enumerate(questions, 1):
        previous = previous if question.turn > 1 else None
        judged.append(judge(assistant, question, previous))
        previous = next_turn(previous, judged[-1].answer)
        if progress:
            progress(done, len(questions), question.id)
    summary = {
        "gold": gold.name,
        "format": "gold",
        "index": assistant.generation,
        **summarise(judged),
    }
    if report:
        page = (*types_page(summary), *calibration_page(), *failures_page(judged))
        write_report(report, summary, map(result, judged), page)
        write_calibration(report, summary, _decisions(judged))
    return summary


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """Give counts, measures and intervals over judged questions."""
    answerable = [one for one in judged if one.gold.answerable]
    decisions = _decisions(judged)
    estimates: dict[str, tuple[Any, Any]] = {
        **_rankings(answerable),
        **abstention_estimates(decisions),
        **calibration_estimates(decisions),
        **_resolution(judged),
        "quote_integrity": mean_estimate([float(ok) for one in judged for ok in one.intact]),
        "latency_ms": _latency(judged),
    }
    return {
        "questions": len(judged),
        "answerable": len(answerable),
        "unanswerable": len(judged) - len(answerable),
        **with_intervals(estimates),
        **calibration_facts(decisions),
        "by_type": _by_type(judged),
    }


def _resolution(judged: Sequence[Judged]) -> dict[str, Estimate]:
    """Measure, over the later turns of conversations, how often they are understood rightly."""
    later = [float(one.is_resolved) for one in judged if one.gold.turn > 1]
    return {"resolution_accuracy": mean_estimate(later)} if later else {}


def _decisions(judged: Sequence[Judged]) -> list[Decision]:
    return [
        Decision(one.answered, one.answer.confidence, one.gold.answerable, one.best_right)
        for one in judged
    ]


def _rankings(answerable: Sequence[Judged]) -> dict[str, Estimate]:
    """Give the measures of what was found for the questions that have an answer.

    An answerable question that was not answered has no quote, hence scores 0.
    """
    values = {
        "quote_hit@1": [hit_at_k(one.quotes, 1) for one in answerable],
        "quote_hit@3": [hit_at_k(one.quotes, 3) for one in answerable],
        "passage_recall@5": [hit_at_k(one.passages, 5) for one in answerable],
        "passage_recall@20": [hit_at_k(one.passages, 20) for one in answerable],
        "mrr@10": [reciprocal_rank(one.sentences, SENTENCES) for one in answerable],
    }
    return {name: mean_estimate(those) for name, those in values.items()}


def _latency(judged: Sequence[Judged]) -> tuple[dict[str, Any], dict[str, Any]]:
    values = [one.answer.timings_ms["total"] for one in judged]
    figures: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    for name, percent in (("p50", 50), ("p95", 95)):

        def statistic(rows: Iterable[int], percent: int = percent) -> float:
            return percentile([values[row] for row in rows], percent)

        bounds = bootstrap_interval(len(values), statistic)
        figures[name] = rounded(percentile(values, percent), 1)
        intervals[name] = [rounded(bound, 1) for bound in bounds]
    return figures, intervals


def _by_type(judged: Sequence[Judged]) -> dict[str, dict[str, float | None]]:
    """Give the main figures for each type of question; small groups, so no interval."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(one.gold.type, []).append(one)
    return {
        name: {
            "questions": len(group),
            "answered_rate": rounded(mean([float(one.answered) for one in group])),
            "quote_hit@1": rounded(
                mean([hit_at_k(one.quotes, 1) for one in group if one.gold.answerable])
            ),
        }
        for name, group in sorted(groups.items())
    }
