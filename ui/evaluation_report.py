"""What the page gets of an evaluation: figures, diagrams, each question, and files to keep."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aseqa.calibration_report import DATA, RELIABILITY, RISK_COVERAGE, write_calibration
from aseqa.evaluate import decisions, summary_of
from aseqa.evaluate_ranking import JudgedRanking, rankings_and_qrels
from aseqa.gold_report import question_measures, result
from aseqa.judge import Judged
from aseqa.messages import message
from aseqa.trec import qrels_text, run_text
from aseqa_ui.evaluation_gold import GoldFile

# Measures of which less is better; how often there is an answer is neither.
LESS_IS_BETTER = frozenset(
    (
        "false_answer_rate", "false_refusal_rate", "ece", "brier", "risk_coverage_area",
        "false_answer_rate_at_refusal_0.08", "latency_ms p50", "latency_ms p95",
    )
)  # fmt: skip
NEITHER = frozenset(("answered_rate",))

Pairs = Sequence[tuple[Judged, JudgedRanking]]


def page_record(gold: GoldFile, pairs: Pairs) -> dict[str, Any]:
    """Give all that the page shows of an evaluation, for JSON; no number in it is NaN."""
    judged = [one for one, _ in pairs]
    indexes = list(dict.fromkeys(one.answer.index for one in judged))
    summary = summary_of(gold.name, indexes[-1], judged, [ranking for _, ranking in pairs])
    able = [ranking for one, ranking in pairs if one.gold.answerable]
    rankings, qrels = rankings_and_qrels(able)
    return {
        "summary": summary,
        "sha256": gold.sha256,
        "measures": list(_measures(summary)),
        "notes": list(_notes(indexes, able)),
        "diagrams": _diagrams(summary, judged),
        "results": [_result(one, ranking) for one, ranking in pairs],
        "run": run_text(rankings),
        "qrels": qrels_text(qrels),
    }


def _result(one: Judged, ranking: JudgedRanking) -> dict[str, Any]:
    """Give the record of a question, with what each measure has of it."""
    ranked = ranking.measures() if one.gold.answerable else {}
    measures = {**question_measures(one), **ranked}
    rounded = {name: round(value, 6) for name, value in measures.items()}
    return {**result(one), "measures": rounded}


def _measures(summary: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a row for each figure: its name, what it is called, its value and bounds."""
    for name, bounds in summary["intervals"].items():
        if isinstance(bounds, Mapping):
            for part, inner in bounds.items():
                yield _measure(f"{name} {part}", summary[name][part], inner)
        else:
            yield _measure(name, summary[name], bounds)


def _measure(name: str, value: float | None, bounds: Sequence[float | None]) -> dict[str, Any]:
    better = -1 if name in LESS_IS_BETTER else 0 if name in NEITHER else 1
    label = message(f"evaluation_measure_{name}")
    return {
        "name": name,
        "label": label,
        "value": value,
        "low": bounds[0],
        "high": bounds[1],
        "better": better,
        "is_share": not name.startswith("latency_ms"),
    }


def _notes(indexes: Sequence[str], able: Sequence[JudgedRanking]) -> Iterator[str]:
    """Say what the figures may not tell: a corpus that is another one, or that changed."""
    unheld = sum(not ranking.right for ranking in able)
    if unheld:
        yield message("evaluation_unheld", count=unheld, total=len(able))
    if len(indexes) > 1:
        yield message("evaluation_changed", count=len(indexes))


def _diagrams(summary: Mapping[str, Any], judged: Sequence[Judged]) -> list[dict[str, str]]:
    """Draw the two diagrams of the confidence; each comes with what it shows, in words."""
    with TemporaryDirectory(prefix="aseqa-") as folder:
        write_calibration(Path(folder), summary, decisions(judged))
        data = json.loads((Path(folder) / DATA).read_text(encoding="utf-8"))
        drawn = {
            name: (Path(folder) / name).read_text(encoding="utf-8")
            for name in (RELIABILITY, RISK_COVERAGE)
        }
    return [
        {
            "title": message("diagram_reliability"),
            "alt": " ".join(_reliability_told(data)),
            "svg": drawn[RELIABILITY],
        },
        {
            "title": message("diagram_risk_coverage"),
            "alt": " ".join(_risk_told(data)),
            "svg": drawn[RISK_COVERAGE],
        },
    ]


def _reliability_told(data: Mapping[str, Any]) -> Iterator[str]:
    for one in data["reliability"]:
        if one["count"]:
            yield message(
                "evaluation_alt_bin",
                low=_percent(one["low"]),
                high=_percent(one["high"]),
                count=one["count"],
                right=_percent(one["right"]),
            )


def _risk_told(data: Mapping[str, Any]) -> Iterator[str]:
    """Tell the risk at each tenth of the questions, and where the product stands."""
    curve = data["risk_coverage"]
    for tenth in range(1, 11):
        point = next((one for one in curve if one["coverage"] >= tenth / 10), None)
        if point:
            yield message(
                "evaluation_alt_risk",
                coverage=_percent(point["coverage"]),
                risk=_percent(point["risk"]),
            )
    if data["operating"]:
        told = {name: _percent(data["operating"][name]) for name in ("coverage", "risk")}
        yield message("evaluation_alt_operating", **told)


def _percent(share: float) -> int:
    return math.floor(100 * share + 0.5)
