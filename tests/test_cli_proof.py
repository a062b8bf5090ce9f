"""The commands that prove: references to paste, answers verified, questions followed, coverage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import QUESTION, aseqa

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def saved(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "réponse.json"
    told = aseqa("ask", QUESTION, "--json", "--index", seeds_index).stdout
    path.write_text(told, encoding="utf-8")
    return path


def test_quotes_are_cited_in_the_style_asked_for(seeds_index: Path) -> None:
    told = aseqa("ask", QUESTION, "--k", "1", "--cite", "csl-json", "--index", seeds_index)
    [item] = json.loads(told.stdout)
    assert item["title"] == "Lutte contre la prostitution des mineurs"
    assert "plus de 11 000 mineurs" in item["note"]


@pytest.mark.parametrize("flags", [("--json",), ("--batch", "-")])
def test_a_style_goes_with_one_question_on_a_terminal(flags: tuple[str, ...]) -> None:
    words = () if "--batch" in flags else (QUESTION,)
    refused = aseqa("ask", *words, "--cite", "html", *flags)
    assert refused.exit_code == 2
    assert "--cite ne va ni avec --json, ni avec --batch" in refused.stderr


@pytest.mark.parametrize("by_files", [False, True])
def test_an_answer_kept_is_found_as_cited(saved: Path, seeds_index: Path, by_files: bool) -> None:
    where = ("--sources", ROOT / "seeds") if by_files else ("--index", seeds_index)
    checked = aseqa("verify", saved, *where)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.rstrip().endswith("toutes conformes à la source.")


def test_one_digit_changed_is_told_and_fails(saved: Path, seeds_index: Path) -> None:
    altered = saved.with_name("changée.json")
    altered.write_text(saved.read_text(encoding="utf-8").replace("11 000", "17 000"), "utf-8")
    checked = aseqa("verify", altered, "--json", "--index", seeds_index)
    assert checked.exit_code == 1
    first = json.loads(checked.stdout)["quotes"][0]
    assert first["status"] == "altered"
    assert ["-", "17"] in [list(part) for part in first["differences"]]


def test_what_is_no_answer_is_said(tmp_path: Path, seeds_index: Path) -> None:
    path = tmp_path / "liste.json"
    path.write_text("[1, 2", encoding="utf-8")
    refused = aseqa("verify", path, "--index", seeds_index)
    assert refused.exit_code == 1
    assert "liste.json" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_question_is_followed(seeds_index: Path) -> None:
    words = ("thread", "3269", "--today", "2026-01-01", "--json", "--index", seeds_index)
    [thread] = json.loads(aseqa(*words).stdout)["threads"]
    assert (thread["days"], thread["overdue"], thread["due_on"]) == (147, True, "2025-03-21")
    assert [bool(demand["met_by"]) for demand in thread["demands"]] == [True, True, False]
    unknown = aseqa("thread", "99", "--index", seeds_index)
    assert unknown.exit_code == 1
    assert "99" in unknown.stderr


@pytest.mark.parametrize(("today", "overdue"), [("2026-02-09", False), ("2026-02-10", True)])
def test_an_unanswered_question_is_late_after_two_months(
    seeds_index: Path, today: str, overdue: bool
) -> None:
    words = ("thread", "11473", "--today", today, "--json", "--index", seeds_index)
    [thread] = json.loads(aseqa(*words).stdout)["threads"]
    assert (thread["status"], thread["overdue"]) == ("unanswered", overdue)


def test_status_tells_what_is_not_covered(seeds_index: Path) -> None:
    told = aseqa("status", "--coverage", "--index", seeds_index)
    assert told.stdout.startswith("Types de documents :\n")
    assert "Questions parlementaires sans réponse dans le corpus :" in told.stdout
