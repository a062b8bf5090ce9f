from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aseqa.answers import Answer, Quote, Reason
from aseqa.ask import Assistant
from aseqa.errors import BadSettings
from aseqa.evaluate import evaluate_gold
from aseqa.gold import GoldAnswer, read_gold
from aseqa.records import Document, SourceView, Voice
from aseqa.scorecard import render_summary

TEXT = "Onze mille mineurs. Le plan date de 2021. Rien d'autre n'est dit ici. L'étude | suit."
SENTENCES = ("Onze mille mineurs.", "Le plan date de 2021.", "Rien d'autre n'est dit ici.")


@dataclass(frozen=True, slots=True)
class Found:
    document: str
    text: str


@dataclass
class Rehearsed:
    """Stands in for the assistant: gives the answers it was handed, by question."""

    answers: dict[str, Answer]
    ranked: dict[str, list[Quote]] = field(default_factory=dict)
    found: dict[str, list[Found]] = field(default_factory=dict)
    generation: str = "7-cafe"

    def ask(self, question: str, /, k: int = 3) -> Answer:
        assert k == 3
        return self.answers[question]

    def rank(self, question: str, /, k: int = 10) -> list[Quote]:
        assert k == 10
        return self.ranked.get(question, [])

    def passages(self, question: str, /, k: int = 20) -> list[Found]:
        assert k == 20
        return self.found.get(question, [])

    def source(self, document: str, /) -> SourceView:
        return SourceView(
            Document(document, "d", "", TEXT, "texte", None, None, None, None, None, ()), ()
        )


def quote(text: str, rank: int = 1, document: str = "002_ab", shift: int = 0) -> Quote:
    start = TEXT.index(text) + shift
    return Quote(
        rank=rank,
        text=text,
        span=None,
        document=document,
        source=f"{document}.txt",
        sha256="",
        start=start,
        end=start + len(text),
        page=None,
        section="réponse",
        before="",
        after="",
        voice=Voice(),
        date=None,
        title=None,
        kind="texte",
        reference="",
        url=None,
        score=1.0,
    )


def answered(confidence: float, *quotes: Quote, total: float = 100.0) -> Answer:
    return Answer("q", "answered", None, confidence, quotes, (), "7-cafe", {"total": total})


def abstained(confidence: float, *nearest: Quote, total: float = 100.0) -> Answer:
    reason = Reason("no_answer_sentence", "Rien.")
    return Answer("q", "abstained", reason, confidence, (), nearest, "7-cafe", {"total": total})


def gold_line(name: str, *contains: str, kind: str = "nombre", doc: str = "002") -> dict[str, Any]:
    answers = [{"doc": doc, "contains": words} for words in contains]
    return {"id": name, "q": name.upper(), "gold": answers, "type": kind}


def gold_file(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(content + "\n", encoding="utf-8")
    return path


MINORS, PLAN, NOTHING = SENTENCES
WRONG = "L'étude | suit."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four questions with an answer, two without."""
    return gold_file(
        tmp_path,
        gold_line("a", "onze mille"),
        gold_line("b", "2021", kind="date"),
        gold_line("c", "Rien d’autre", "onze MILLE mineurs"),
        gold_line("d", "2021", kind="date"),
        gold_line("e", kind="hors sujet"),
        gold_line("f", kind="hors sujet"),
    )


@pytest.fixture
def rehearsed() -> Rehearsed:
    first, second = quote(WRONG), quote(PLAN, rank=2)
    return Rehearsed(
        answers={
            "A": answered(0.9, quote(MINORS), total=10.0),
            "B": answered(0.6, first, second, total=20.0),
            "C": answered(0.8, quote(MINORS), quote(NOTHING, rank=2), total=30.0),
            "D": abstained(0.3, quote(PLAN), total=40.0),
            "E": answered(0.7, quote(WRONG, shift=1), total=50.0),
            "F": abstained(0.1, total=60.0),
        },
        ranked={
            "A": [quote(MINORS)],
            "B": [first, second],
            "C": [quote(WRONG)] * 3 + [quote(NOTHING)],
            "D": [quote(WRONG)],
        },
        found={
            "A": [Found("002_ab", TEXT)],
            "B": [Found("003_ab", TEXT)] * 5 + [Found("002_ab", TEXT)],
            "C": [Found("002_ab", "sans rapport")] * 20,
            "D": [Found("002_ab", "En\u00a02021 ou non")],
        },
    )


def test_figures_by_hand(gold: Path, rehearsed: Rehearsed) -> None:
    summary = evaluate_gold(rehearsed, gold)
    assert {key: summary[key] for key in summary if key not in ("intervals", "by_type")} == {
        "gold": "gold.jsonl",
        "format": "gold",
        "index": "7-cafe",
        "questions": 6,
        "answerable": 4,
        "unanswerable": 2,
        "quote_hit@1": 0.5,  # A and C; D was refused and scores 0
        "quote_hit@3": 0.75,
        "passage_recall@5": 0.5,  # A and D
        "passage_recall@20": 0.75,  # and B, sixth
        "mrr@10": 0.4375,  # (1 + 1/2 + 1/4 + 0) / 4
        "answered_rate": 0.6667,
        "false_answer_rate": 0.5,
        "false_refusal_rate": 0.25,
        # Answerable 0.9, 0.6, 0.8, 0.3 over 0.7, 0.1: 2 + 1 + 2 + 1 of 8 pairs.
        "abstention_auroc": 0.75,
        # Right or wrong at 0.9, 0.8, 0.3 or 0.7, 0.6, 0.1, D for what it gives as near:
        # each in a bin of its own, (0.1 + 0.2 + 0.7 + 0.7 + 0.6 + 0.1) / 6.
        "ece": 0.4,
        "brier": 0.2333,  # (0.01 + 0.04 + 0.49 + 0.49 + 0.36 + 0.01) / 6
        "precision_at_0.8": 1.0,  # A and C
        "precision_at_0.8_n": 2,
        "risk_coverage_area": 0.2889,  # (0 + 0 + 1/3 + 2/4 + 2/5 + 3/6) / 6
        # None of four may be refused, D least of all: E is answered, F is not.
        "threshold_at_refusal_0.08": 0.3,
        "false_answer_rate_at_refusal_0.08": 0.5,
        "quote_integrity": 0.8571,  # 6 of 7, the nearest readings included
        "latency_ms": {"p50": 35.0, "p95": 57.5},
    }


def test_every_figure_has_an_interval_around_it(gold: Path, rehearsed: Rehearsed) -> None:
    summary = evaluate_gold(rehearsed, gold)
    intervals = summary["intervals"]
    assert list(intervals) == [
        "quote_hit@1",
        "quote_hit@3",
        "passage_recall@5",
        "passage_recall@20",
        "mrr@10",
        "answered_rate",
        "false_answer_rate",
        "false_refusal_rate",
        "abstention_auroc",
        "ece",
        "brier",
        "precision_at_0.8",
        "risk_coverage_area",
        "false_answer_rate_at_refusal_0.08",
        "quote_integrity",
        "latency_ms",
    ]
    for name in list(intervals)[:-1]:
        low, high = intervals[name]
        assert 0 <= low <= summary[name] <= high <= 1
    assert intervals["false_answer_rate"] == [0.0, 1.0]
    low, high = intervals["latency_ms"]["p50"]
    assert 10 <= low < 35 < high <= 60


def test_figures_by_type(gold: Path, rehearsed: Rehearsed) -> None:
    assert evaluate_gold(rehearsed, gold)["by_type"] == {
        "date": {"questions": 2, "answered_rate": 0.5, "quote_hit@1": 0.0},
        "hors sujet": {"questions": 2, "answered_rate": 0.5, "quote_hit@1": None},
        "nombre": {"questions": 2, "answered_rate": 1.0, "quote_hit@1": 1.0},
    }


def test_a_file_of_answerable_questions_alone_has_no_figure_for_the_others(
    tmp_path: Path, rehearsed: Rehearsed
) -> None:
    summary = evaluate_gold(rehearsed, gold_file(tmp_path, gold_line("a", "onze mille")))
    assert summary["quote_hit@1"] == 1.0
    assert (summary["false_answer_rate"], summary["abstention_auroc"]) == (None, None)
    assert summary["intervals"]["false_answer_rate"] == [None, None]
    assert re.search(r"^false_answer_rate +–$", render_summary(summary), re.MULTILINE)


def test_two_runs_give_the_same(gold: Path, rehearsed: Rehearsed) -> None:
    assert evaluate_gold(rehearsed, gold) == evaluate_gold(rehearsed, gold)


def test_the_run_tells_how_far_it_is(gold: Path, rehearsed: Rehearsed) -> None:
    told: list[tuple[int, int, str]] = []
    evaluate_gold(rehearsed, gold, progress=lambda *step: told.append(step))
    assert told == [(n, 6, name) for n, name in enumerate("abcdef", 1)]


def test_report_holds_each_question_and_the_figures(
    gold: Path, rehearsed: Rehearsed, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "report"
    summary = evaluate_gold(rehearsed, gold, report=folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "calibration.json",
        "reliability.svg",
        "results.jsonl",
        "risk-coverage.svg",
        "summary.json",
        "summary.md",
    ]
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8")) == summary
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    results = [json.loads(line) for line in lines]
    assert [result["id"] for result in results] == list("abcdef")
    assert results[1] == {
        "id": "b",
        "q": "B",
        "type": "date",
        "answerable": True,
        "expected": [{"doc": "002", "contains": "2021"}],
        "outcome": "wrong",
        "status": "answered",
        "reason": None,
        "confidence": 0.6,
        "right_rank": {"quote": 2, "sentence": 2, "passage": 6},
        "intact": True,
        "total_ms": 20.0,
        "quotes": [
            {"document": "002_ab", "start": 70, "end": 85, "text": WRONG, "right": False},
            {"document": "002_ab", "start": 20, "end": 41, "text": PLAN, "right": True},
        ],
        "nearest": [],
    }
    assert [result["outcome"] for result in results] == [
        *("right", "wrong", "right", "refused", "invented", "abstained"),
    ]
    near = {"document": "002_ab", "start": 20, "end": 41, "text": PLAN, "right": True}
    assert results[3]["nearest"] == [near]
    assert [result["reason"] for result in results[3:]] == [
        "no_answer_sentence",
        None,
        "no_answer_sentence",
    ]
    assert [result["intact"] for result in results] == [True] * 4 + [False, True]


def test_report_names_what_went_wrong(gold: Path, rehearsed: Rehearsed, tmp_path: Path) -> None:
    evaluate_gold(rehearsed, gold, report=tmp_path)
    page = (tmp_path / "summary.md").read_text(encoding="utf-8").splitlines()
    assert page[:4] == [
        "# Évaluation sur gold.jsonl",
        "",
        "Index : 7-cafe.",
        "6 questions : 4 avec réponse dans le corpus, 2 sans.",
    ]
    start = page.index("## Première citation fausse (1)")
    assert page[start:] == [
        "## Première citation fausse (1)",
        "",
        "- b : B → L'étude \\| suit. (confiance 0,60)",
        "",
        "## Refus à tort (1)",
        "",
        "- d : D → aucune citation (confiance 0,30)",
        "",
        "## Réponses à tort (1)",
        "",
        "- e : E → L'étude \\| suit. (confiance 0,70)",
    ]
    assert "| hors sujet | 2 | – |" in page
    shown = page.index("![Risque selon la part de questions répondues](risk-coverage.svg)")
    by_type = page.index("| hors sujet | 2 | – |")
    assert by_type < page.index("## Confiance") < shown < start
    assert "Données des deux figures : calibration.json." in page
    data = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    # Answered are A, C, E and B, two of them wrong.
    assert data["operating"] == {"threshold": 0.6, "coverage": 0.6667, "risk": 0.5}


def test_summary_for_the_terminal(gold: Path, rehearsed: Rehearsed) -> None:
    summary = evaluate_gold(rehearsed, gold)
    lines = render_summary(summary).splitlines()
    assert lines[0] == "6 questions : 4 avec réponse dans le corpus, 2 sans."
    width = len("false_answer_rate_at_refusal_0.08")
    assert lines[2] == f"{'mesure':<{width}}  valeur  intervalle à 95 %"
    low, high = (f"{bound:.3f}".replace(".", ",") for bound in summary["intervals"]["mrr@10"])
    assert f"{'mrr@10':<{width}}   0,438  [{low} ; {high}]" in lines
    assert any(line.startswith(f"{'latency_ms p95':<{width}}      58  [") for line in lines)
    assert lines[-3:] == [
        "",
        "precision_at_0.8 : part de justes parmi les 2 réponses données à une confiance d'au "
        "moins 0,8.",
        "false_answer_rate_at_refusal_0.08 : au seuil 0,300, choisi sur ces questions mêmes "
        "(descriptif).",
    ]


@pytest.mark.parametrize(
    ("contains", "text", "right"),
    [
        ("plus de 11 000 mineurs", "En France, plus de 11\u00a0000\u202fmineurs sont", True),
        ("l'enfance", "L’ENFANCE", True),
        ("L’enfance", "l'enfance", True),
        ("d'une\n  année", "d\u02bcune année", True),
        ("été", "e\u0301te\u0301", True),
        ("11 000", "11000", False),
        ("2021", "2022", False),
        ("ete", "été", False),
    ],
)
def test_white_space_case_and_apostrophes_do_not_count(
    contains: str, text: str, right: bool
) -> None:
    assert GoldAnswer("002", contains).matches("002_eaee1d0db6d36db2", text) is right


def test_a_right_document_starts_with_doc() -> None:
    answer = GoldAnswer("003_c3#2", "Igas")
    assert answer.matches("003_c3#2", "l'Igas")
    assert not answer.matches("003_c3#1", "l'Igas")
    assert not answer.matches("1003_c3#2", "l'Igas")


def test_read_gold(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "a", "q": "Qui ?", "gold": [], "note": "libre"}\r\n\r\n'
        b'{"id": "b", "q": "O\xc3\xb9 ?", "gold": [{"doc": "0", "contains": "x"}], "type": "lieu"}'
    )
    first, second = read_gold(path)
    assert (first.id, first.question, first.answers, first.type) == ("a", "Qui ?", (), "")
    assert (second.question, second.answers, second.type) == (
        "Où ?",
        (GoldAnswer("0", "x"),),
        "lieu",
    )
    assert (first.answerable, second.answerable) == (False, True)


GOOD = '{"id": "a", "q": "Qui ?", "gold": []}'


@pytest.mark.parametrize(
    ("lines", "number", "fault"),
    [
        ([GOOD, "{oups}"], 2, "JSON illisible (colonne 2)"),
        (["", "[1]"], 2, "un objet JSON est attendu"),
        (['{"id": "a", "gold": []}'], 1, "« q » doit être un texte non vide"),
        (['{"id": 3, "q": "Qui ?", "gold": []}'], 1, "« id » doit être un texte non vide"),
        (
            ['{"id": "a", "q": "Qui ?"}'],
            1,
            "« gold » doit être une liste d'objets {doc, contains}, vide si rien ne répond",
        ),
        (
            ['{"id": "a", "q": "Qui ?", "gold": [{"doc": "002"}]}'],
            1,
            "« contains » doit être un texte non vide",
        ),
        (
            ['{"id": "a", "q": "Qui ?", "gold": [], "type": 3}'],
            1,
            "« type » doit être un texte non vide",
        ),
        ([GOOD, GOOD], 2, "l'identifiant « a » sert déjà"),
    ],
)
def test_a_wrong_line_is_named(
    tmp_path: Path, lines: Sequence[str], number: int, fault: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        read_gold(path)
    assert str(caught.value) == f"{path}, ligne {number} : {fault}."


def test_files_that_are_no_gold_file(tmp_path: Path) -> None:
    squad, missing, empty = (tmp_path / name for name in ("s.json", "m.jsonl", "e.jsonl"))
    latin = tmp_path / "l.jsonl"
    empty.write_text("\n\n", encoding="utf-8")
    latin.write_bytes(b'{"id": "\xe9"}')
    unread = "un fichier de questions JSON Lines (.jsonl) est attendu ici."
    for path, fault in (
        (squad, unread),
        (tmp_path, unread),
        (missing, "fichier de questions introuvable."),
        (empty, "aucune question dans ce fichier."),
        (latin, "le fichier de questions n'est pas en UTF-8."),
    ):
        with pytest.raises(BadSettings) as caught:
            read_gold(path)
        assert str(caught.value) == f"{path} : {fault}"


def test_the_real_assistant_is_evaluated(assistant: Assistant, tmp_path: Path) -> None:
    question = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
    line = {
        "id": "r",
        "q": question,
        "gold": [{"doc": "002", "contains": "plus de 11 000 mineurs"}],
    }
    summary = evaluate_gold(assistant, gold_file(tmp_path, line))
    assert summary["index"] == assistant.generation
    assert (summary["quote_hit@1"], summary["passage_recall@20"], summary["mrr@10"]) == (1, 1, 1)
    assert summary["quote_integrity"] == 1.0
    assert summary["latency_ms"]["p50"] > 0
