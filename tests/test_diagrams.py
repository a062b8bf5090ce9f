from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from aseqa.calibration import reliability_table, risk_coverage_curve
from aseqa.calibration_report import calibration_page, operating_point, write_calibration
from aseqa.diagrams import draw_reliability, draw_risk_coverage
from aseqa.estimates import (
    Decision,
    calibration_estimates,
    calibration_facts,
    with_intervals,
)

SVG = "{http://www.w3.org/2000/svg}"

# Answered from 0.5 on: 4 of 5, of which 1 wrong.
DECISIONS = [
    Decision(True, 0.95, True, True),
    Decision(True, 0.92, True, True),
    Decision(True, 0.55, True, False),
    Decision(True, 0.5, True, True),
    Decision(False, 0.1, False, False),
]


def summary_of(decisions: list[Decision], gold: str = "gold.jsonl") -> dict[str, Any]:
    return {
        "gold": gold,
        "index": "7-cafe",
        **with_intervals(calibration_estimates(decisions)),
        **calibration_facts(decisions),
    }


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write_calibration(tmp_path, summary_of(DECISIONS), DECISIONS)
    return tmp_path


def texts(path: Path) -> list[str]:
    """Give the texts of a drawing, in order."""
    found = ElementTree.parse(path).getroot().iter(f"{SVG}text")
    return [text for one in found if (text := "".join(one.itertext()).strip())]


def test_the_data_hold_the_figures(report: Path) -> None:
    data = json.loads((report / "calibration.json").read_text(encoding="utf-8"))
    assert {key: data[key] for key in data if key not in ("reliability", "risk_coverage")} == {
        "gold": "gold.jsonl",
        "index": "7-cafe",
        "questions": 5,
        # (0.9, 1]: |2 - 1.87| = 0.13; (0.5, 0.6]: 0.55; (0.4, 0.5]: 0.5; (0, 0.1]: 0.1; over 5.
        "ece": 0.256,
        # 0.0025 + 0.0064 + 0.3025 + 0.25 + 0.01 = 0.5714, over 5.
        "brier": 0.1143,
        "precision_at_0.8": 1.0,
        "precision_at_0.8_n": 2,
        "risk_coverage_area": 0.1967,  # (0 + 0 + 1/3 + 1/4 + 2/5) / 5
        "threshold_at_refusal_0.08": 0.5,
        "false_answer_rate_at_refusal_0.08": 0.0,
        "operating": {"threshold": 0.5, "coverage": 0.8, "risk": 0.25},
    }
    assert len(data["reliability"]) == 10
    assert data["reliability"][9] == {
        "low": 0.9,
        "high": 1.0,
        "count": 2,
        "confidence": 0.935,
        "right": 1.0,
    }
    assert data["reliability"][2] == {
        "low": 0.2,
        "high": 0.3,
        "count": 0,
        "confidence": None,
        "right": None,
    }
    assert data["risk_coverage"] == [
        {"threshold": 0.95, "coverage": 0.2, "risk": 0.0},
        {"threshold": 0.92, "coverage": 0.4, "risk": 0.0},
        {"threshold": 0.55, "coverage": 0.6, "risk": 0.3333},
        {"threshold": 0.5, "coverage": 0.8, "risk": 0.25},
        {"threshold": 0.1, "coverage": 1.0, "risk": 0.4},
    ]


def test_the_reliability_diagram_says_its_figures(report: Path) -> None:
    told = texts(report / "reliability.svg")
    assert "Fiabilité de la confiance" in told
    caption = "gold.jsonl, 5 questions ; écart moyen (ECE) 0,256, score de Brier 0,114"
    assert caption in told
    assert "confiance parfaite : ce qui est annoncé arrive" in told
    assert {"0\u00a0%", "50\u00a0%", "100\u00a0%"} <= set(told)
    # How many questions each of the ten bins has.
    assert [text for text in told if text.isdecimal()] == list("1000110002")


def test_the_risk_coverage_diagram_says_its_figures(report: Path) -> None:
    told = texts(report / "risk-coverage.svg")
    assert "Risque selon la part de questions répondues" in told
    assert "gold.jsonl, 5 questions ; aire sous la courbe 0,197" in told
    marked = "seuil en service (confiance ≥ 0,50) : 80 % de réponses, dont 25 % fausses"
    assert marked in told


@pytest.mark.parametrize("name", ["reliability.svg", "risk-coverage.svg"])
def test_drawings_can_be_read(report: Path, name: str) -> None:
    drawing = (report / name).read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", drawing)]
    assert min(sizes) >= 9
    assert "stroke-dasharray" in drawing
    assert "<title>" in drawing
    # No date, no place, no address to fetch from.
    assert "dc:date" not in drawing
    assert str(report) not in drawing
    assert not re.search(r'(?:href|src)="(?!#)', drawing)


def test_a_second_run_writes_the_same_bytes(report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_calibration(again, summary_of(DECISIONS), DECISIONS)
    names = ["calibration.json", "reliability.svg", "risk-coverage.svg"]
    assert sorted(path.name for path in again.iterdir()) == names
    for name in names:
        assert (again / name).read_bytes() == (report / name).read_bytes()


def test_nothing_answered_has_no_operating_point(tmp_path: Path) -> None:
    refused = [Decision(False, 0.2, True, True)]
    assert operating_point(refused) is None
    write_calibration(tmp_path, summary_of(refused), refused)
    data = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert (data["operating"], data["precision_at_0.8"]) == (None, None)
    assert not any("en service" in text for text in texts(tmp_path / "risk-coverage.svg"))


def test_no_question_can_be_drawn(tmp_path: Path) -> None:
    draw_reliability(tmp_path / "a.svg", reliability_table([], []), "rien")
    draw_risk_coverage(tmp_path / "b.svg", risk_coverage_curve([], []), None, "rien")
    assert [text for text in texts(tmp_path / "a.svg") if text.isdecimal()] == ["0"] * 10
    assert "rien" in texts(tmp_path / "b.svg")


def test_the_name_of_a_file_is_shown_as_it_is_and_cut_where_it_is_long(tmp_path: Path) -> None:
    write_calibration(tmp_path, summary_of(DECISIONS, "un $x_1$ <&>.jsonl"), DECISIONS)
    assert any(
        text.startswith("un $x_1$ <&>.jsonl, ") for text in texts(tmp_path / "reliability.svg")
    )
    write_calibration(tmp_path, summary_of(DECISIONS, "n" * 60), DECISIONS)
    assert any(text.startswith("n" * 23 + "…,") for text in texts(tmp_path / "reliability.svg"))


def test_the_page_shows_both_and_names_the_data() -> None:
    assert list(calibration_page()) == [
        "",
        "## Confiance",
        "",
        "![Fiabilité de la confiance](reliability.svg)",
        "",
        "![Risque selon la part de questions répondues](risk-coverage.svg)",
        "",
        "Données des deux figures : calibration.json.",
    ]
