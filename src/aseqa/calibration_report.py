"""What the report of an evaluation tells of the confidence: two diagrams and their data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aseqa.calibration import CoveragePoint, reliability_table, risk_coverage_curve
from aseqa.diagrams import draw_reliability, draw_risk_coverage
from aseqa.estimates import Decision, rounded
from aseqa.measures import mean
from aseqa.messages import message
from aseqa.render import render_json
from aseqa.scorecard import number

DATA, RELIABILITY, RISK_COVERAGE = "calibration.json", "reliability.svg", "risk-coverage.svg"
# Of the name of a file, what fits over a diagram.
NAME_CHARS = 24
FIGURES = (
    "ece",
    "brier",
    "precision_at_0.8",
    "precision_at_0.8_n",
    "risk_coverage_area",
    "threshold_at_refusal_0.08",
    "false_answer_rate_at_refusal_0.08",
)


def write_calibration(
    folder: Path, summary: Mapping[str, Any], decisions: Sequence[Decision]
) -> None:
    """Write ``risk-coverage.svg``, ``reliability.svg`` and their data, ``calibration.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    told = [one.confidence for one in decisions]
    right = [one.right for one in decisions]
    table, curve = reliability_table(told, right), risk_coverage_curve(told, right)
    operating = operating_point(decisions)
    data = {
        "gold": summary["gold"],
        "index": summary["index"],
        "questions": len(decisions),
        **{name: summary[name] for name in FIGURES},
        "operating": _rounded(operating) if operating else None,
        "reliability": [_rounded(one) for one in table],
        "risk_coverage": [_rounded(point) for point in curve],
    }
    (folder / DATA).write_text(f"{render_json(data, indent=2)}\n", encoding="utf-8")
    draw_reliability(
        folder / RELIABILITY, table, _caption("diagram_caption_reliability", data, "ece", "brier")
    )
    draw_risk_coverage(
        folder / RISK_COVERAGE,
        curve,
        operating,
        _caption("diagram_caption_risk_coverage", data, "risk_coverage_area"),
    )


def calibration_page() -> Iterator[str]:
    """Give the lines of ``summary.md`` that show the diagrams and name their data."""
    yield from ("", f"## {message('score_confidence')}", "")
    yield f"![{message('diagram_reliability')}]({RELIABILITY})"
    yield ""
    yield f"![{message('diagram_risk_coverage')}]({RISK_COVERAGE})"
    yield ""
    yield message("score_confidence_data", file=DATA)


def operating_point(decisions: Sequence[Decision]) -> CoveragePoint | None:
    """Give what was answered in fact, or None where nothing was.

    Its threshold is the lowest confidence that was answered.
    """
    given = [one for one in decisions if one.answered]
    if not given:
        return None
    return CoveragePoint(
        threshold=min(one.confidence for one in given),
        coverage=len(given) / len(decisions),
        risk=mean([float(not one.right) for one in given]),
    )


def _rounded(record: Any) -> dict[str, float | None]:
    """Give a record of figures for JSON; a count stays whole."""
    return {name: rounded(value) for name, value in asdict(record).items()}


def _caption(key: str, data: Mapping[str, Any], *names: str) -> str:
    told = {name: number(data[name], 3) for name in names}
    name = data["gold"]
    short = name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…"
    return message(key, gold=short, count=data["questions"], **told)
