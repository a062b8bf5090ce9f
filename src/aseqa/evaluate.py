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
from aseqa.evaluate_ranking import (
    JudgedRanking,
    Judging,
    judge_in_turn,
    judge_rankings,
    ranking_estimates,
    rankings_and_qrels,
)
from aseqa.gold import read_gold
from aseqa.gold_report import MEASURES, failures_page, result, types_page
from aseqa.judge import Answering, Judged
from aseqa.measures import bootstrap_interval, hit_at_k, mean, percentile
from aseqa.scorecard import write_report
from aseqa.trec import write_trec

Progress = Callable[[int, int, str], None]


def evaluate_gold(
    assistant: Answering,
    gold: Path,
    report: Path | None = None,
    progress: Progress | None = None,
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
    judged = []
    for one in judge_in_turn(assistant, questions):
        judged.append(one)
        if progress:
            progress(len(judged), len(questions), one.gold.id)
    summary = summary_of(gold.name, assistant.generation, judged)
    if report:
        _write(report, summary, judged)
    return summary


def evaluate_rankings(
    assistant: Judging,
    gold: Path,
    run_file: Path | None,
    qrels_file: Path | None,
    report: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Do as ``evaluate_gold``, and write the rankings of sentences for trec_eval and its like.

    The figures then hold ``sentence_ndcg@10`` and ``sentence_recall@10`` too, over the
    questions that have an answer, which are those written.
    """
    questions = read_gold(gold)
    judged, rankings = [], []
    for one, ranking in judge_rankings(assistant, questions):
        judged.append(one)
        rankings.append(ranking)
        if progress:
            progress(len(judged), len(questions), one.gold.id)
    summary = summary_of(gold.name, assistant.generation, judged, rankings)
    able = [ranking for one, ranking in zip(judged, rankings, strict=True) if one.gold.answerable]
    write_trec(*rankings_and_qrels(able), run_file, qrels_file)
    if report:
        _write(report, summary, judged)
    return summary


def summary_of(
    name: str, index: str, judged: Sequence[Judged], rankings: Sequence[JudgedRanking] = ()
) -> dict[str, Any]:
    """Give what an evaluation comes to: what was asked of which index, and the figures."""
    return {"gold": name, "format": "gold", "index": index, **summarise(judged, rankings)}


def summarise(judged: Sequence[Judged], rankings: Sequence[JudgedRanking] = ()) -> dict[str, Any]:
    """Give counts, measures and intervals over judged questions.

    ``rankings`` are those of the same questions, or none at all.
    """
    answerable = [one for one in judged if one.gold.answerable]
    able = {one.gold.id for one in answerable}
    decided = decisions(judged)
    estimates: dict[str, tuple[Any, Any]] = {
        **{
            name: mean_estimate([measure(one) for one in answerable])
            for name, measure in MEASURES.items()
        },
        **ranking_estimates([one for one in rankings if one.id in able]),
        **abstention_estimates(decided),
        **calibration_estimates(decided),
        **_resolution(judged),
        "quote_integrity": mean_estimate([float(ok) for one in judged for ok in one.intact]),
        "latency_ms": _latency(judged),
    }
    return {
        "questions": len(judged),
        "answerable": len(answerable),
        "unanswerable": len(judged) - len(answerable),
        **with_intervals(estimates),
        **calibration_facts(decided),
        "by_type": _by_type(judged),
    }


def decisions(judged: Sequence[Judged]) -> list[Decision]:
    """Give what was decided of each question, for the measures of the confidence."""
    return [
        Decision(one.answered, one.answer.confidence, one.gold.answerable, one.best_right)
        for one in judged
    ]


def _write(report: Path, summary: dict[str, Any], judged: Sequence[Judged]) -> None:
    page = (*types_page(summary), *calibration_page(), *failures_page(judged))
    write_report(report, summary, map(result, judged), page)
    write_calibration(report, summary, decisions(judged))


def _resolution(judged: Sequence[Judged]) -> dict[str, Estimate]:
    """Measure, over the later turns of conversations, how often they are understood rightly."""
    later = [float(one.is_resolved) for one in judged if one.gold.turn > 1]
    return {"resolution_accuracy": mean_estimate(later)} if later else {}


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
