"""Conversations from end to end: asked, kept by the page, read from a file, measured."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aseqa.answers import Answer, Quote
from aseqa.ask import Assistant
from aseqa.batch import answer_lines
from aseqa.errors import BadSettings
from aseqa.evaluate import evaluate_gold
from aseqa.followup import Turn, next_turn
from aseqa.gold import read_gold
from aseqa.records import NO_FILTERS, Document, Filters, SourceView
from aseqa_ui.replies import converse, turn_from, turn_json

GOLD = Path(__file__).resolve().parents[1] / "seeds" / "gold" / "conversations.jsonl"
SPOKEN = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
WHO = f"Qui est l'auteur de la citation qui répond à « {SPOKEN} » ?"


@pytest.fixture(scope="module")
def first(assistant: Assistant) -> Turn:
    return next_turn(None, assistant.ask(SPOKEN))


# The assistant


def test_the_first_quote_is_given_again_and_says_who_when_and_where(
    assistant: Assistant, first: Turn
) -> None:
    answer = assistant.ask("qui l'a dit ?", previous=first)
    assert (answer.question, answer.understood) == ("qui l'a dit ?", WHO)
    assert (answer.status, answer.confidence) == ("answered", 1.0)
    [quote] = answer.quotes
    assert (quote.text, quote.reference) == (first.quotes[0].text, first.quotes[0].reference)
    assert (quote.voice, quote.date) == (first.quotes[0].voice, first.quotes[0].date)
    text = assistant.source(quote.document).document.text
    assert text[quote.start : quote.end] == quote.text
    assert answer.to_dict()["understood"] == WHO


def test_a_quote_of_another_index_is_searched_for_again(assistant: Assistant, first: Turn) -> None:
    old = Turn(first.question, first.quotes, "0-ancien")
    answer = assistant.ask("qui l'a dit ?", previous=old)
    assert answer.understood == WHO
    assert answer.quotes[0].text == first.quotes[0].text
    assert answer.timings_ms["read"] > 0


def test_what_changed_is_what_is_searched(assistant: Assistant, first: Turn) -> None:
    answer = assistant.ask("Et en Belgique ?", previous=first)
    stated = "Combien de mineurs sont victimes d'exploitation sexuelle en Belgique ?"
    assert answer.understood == stated
    assert answer.reason is not None
    assert answer.reason.code == "missing_entity"
    alone = assistant.ask(stated)
    assert alone.understood is None
    assert (answer.reason, answer.nearest) == (alone.reason, alone.nearest)


def test_a_question_that_stands_alone_is_answered_as_if_nothing_came_before(
    assistant: Assistant, first: Turn
) -> None:
    question = "De quand date la loi Taquet ?"
    after, alone = assistant.ask(question, previous=first), assistant.ask(question)
    assert after.understood is None
    assert {**after.to_dict(), "timings_ms": None} == {**alone.to_dict(), "timings_ms": None}


@pytest.mark.parametrize("place", [("absent", 0, 9), ("002_eaee1d0db6d36db2", 1, 9)])
def test_only_what_is_a_sentence_of_the_index_is_cited_again(
    assistant: Assistant, place: tuple[str, int, int]
) -> None:
    assert assistant.quote_at(*place) is None


# The page


def test_the_page_keeps_a_question_and_a_place_and_no_words_of_a_quote(first: Turn) -> None:
    kept = turn_json(first)
    quote = first.quotes[0]
    assert quote.span is not None
    assert kept == {
        "question": SPOKEN,
        "index": first.index,
        "quote": {
            "document": quote.document,
            "start": quote.start,
            "end": quote.end,
            "span": [quote.span.start, quote.span.end],
        },
    }
    assert json.loads(json.dumps(kept)) == kept


def test_what_the_page_kept_is_read_anew(assistant: Assistant, first: Turn) -> None:
    turn = turn_from(assistant, turn_json(first))
    assert turn is not None
    [quote], told = turn.quotes, first.quotes[0]
    assert (turn.question, turn.index) == (SPOKEN, first.index)
    assert (quote.text, quote.span, quote.voice) == (told.text, told.span, told.voice)
    assert (quote.reference, quote.before, quote.after) == (
        told.reference,
        told.before,
        told.after,
    )


@pytest.mark.parametrize(
    "kept",
    [None, "x", [], {}, {"question": 3}, {"question": ""}, {"question": "x" * 2001}],
)
def test_what_is_no_exchange_counts_for_nothing(assistant: Assistant, kept: object) -> None:
    assert turn_from(assistant, kept) is None


@pytest.mark.parametrize(
    "place",
    [
        "x",
        {},
        {"document": "absent", "start": 0, "end": 9},
        {"document": "002_eaee1d0db6d36db2", "start": "1", "end": None, "span": ["a"]},
        {"document": "../../etc/passwd", "start": 0, "end": 9, "span": [0, 10**9]},
    ],
)
def test_a_forged_place_gives_no_quote(assistant: Assistant, place: object) -> None:
    kept = {"question": SPOKEN, "index": assistant.generation, "quote": place}
    assert turn_from(assistant, kept) == Turn(SPOKEN, (), assistant.generation)


def test_the_page_converses(assistant: Assistant) -> None:
    exchange, _ = converse(assistant, {"number": 1, "question": SPOKEN, "previous": None})
    assert (exchange["number"], exchange["turn"]["question"]) == (1, SPOKEN)
    assert "Question comprise" not in exchange["html"]
    again, beside = converse(
        assistant, {"number": 2, "question": "qui l'a dit ?", "previous": exchange["turn"]}
    )
    assert "Question comprise : « Qui est l&#x27;auteur de la citation" in again["html"]
    # The subject stays; what a later question may refer to is the quote just shown.
    assert again["turn"] == exchange["turn"]
    assert beside is not None
    wrong, _ = converse(assistant, {"number": 3, "question": " ", "previous": again["turn"]})
    assert wrong["turn"] == again["turn"]


# A file of questions


@dataclass
class Recorder:
    """Stands in for the assistant: tells what each question came after."""

    heard: list[tuple[str, str | None]] = field(default_factory=list)

    def ask(
        self,
        question: str,
        /,
        k: int = 3,
        filters: Filters = NO_FILTERS,
        previous: Turn | None = None,
    ) -> Answer:
        self.heard.append((question, previous.question if previous else None))
        return Answer(question, "abstained", None, 0.0, (), (), "1", {"total": 1.0})


LINES = (b"Combien ?", b"Et en 2024 ?", b"", b"Pourquoi ?", b"x" * 1001, b"Comment ?")


def test_each_line_of_a_conversation_comes_after_the_one_before() -> None:
    recorder = Recorder()
    found = list(answer_lines(recorder, LINES, 3, NO_FILTERS, is_conversation=True))
    assert recorder.heard == [
        ("Combien ?", None),
        ("Et en 2024 ?", "Combien ?"),
        ("Pourquoi ?", None),
        ("Comment ?", "Pourquoi ?"),
    ]
    assert [("error" in record) for record in found] == [False, False, True, False, True, False]


def test_without_the_flag_each_line_stands_alone() -> None:
    recorder = Recorder()
    list(answer_lines(recorder, LINES, 3, NO_FILTERS))
    assert {previous for _, previous in recorder.heard} == {None}


# Gold conversations


def test_the_gold_conversations_hold_what_they_should() -> None:
    questions = read_gold(GOLD)
    later = [question for question in questions if question.turn > 1]
    assert len({question.id.partition(".")[0] for question in questions}) == 28
    assert sum(question.understood is None for question in later) >= 10
    assert sum(bool(q.understood) and not q.answerable for q in later) >= 4
    assert all(question.understood is None for question in questions if question.turn == 1)
    assert questions[1].id == "c01.2"


def test_every_gold_answer_is_in_one_sentence(assistant: Assistant) -> None:
    sentences = [
        (document.id, sentence.text)
        for document in assistant.documents()
        for sentence in assistant.source(document.id).sentences
    ]
    lost = [
        (question.id, answer.contains)
        for question in read_gold(GOLD)
        for answer in question.answers
        if not any(answer.matches(name, text) for name, text in sentences)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("turns", "fault"),
    [
        ([], "« turns » doit être une liste de questions {q, understood, gold}, non vide"),
        ([3], "« turns » doit être une liste de questions {q, understood, gold}, non vide"),
        ([{"q": "Qui ?"}], "« gold » doit être une liste d'objets {doc, contains}"),
        ([{"q": "Qui ?", "gold": [], "understood": ""}], "« understood » doit être un texte"),
    ],
)
def test_a_wrong_conversation_is_named(tmp_path: Path, turns: list[Any], fault: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "c", "turns": turns}), encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}, ligne 1 : {fault}")


@dataclass
class Understanding:
    """Stands in for the assistant: understands what it was told to."""

    understood: dict[str, str | None]
    searched: list[str] = field(default_factory=list)
    generation: str = "1"

    def ask(self, question: str, /, k: int = 3, *, previous: Turn | None = None) -> Answer:
        said = self.understood[question] if previous else None
        return Answer(
            question, "abstained", None, 0.0, (), (), "1", {"total": 1.0}, understood=said
        )

    def rank(self, question: str, /, k: int = 10) -> list[Quote]:
        self.searched.append(question)
        return []

    def passages(self, question: str, /, k: int = 20) -> list[Quote]:
        return []

    def source(self, document: str, /) -> SourceView:
        return SourceView(
            Document(document, "d", "", "", "texte", None, None, None, None, None, ()), ()
        )


def test_resolution_is_measured_over_the_later_turns(tmp_path: Path) -> None:
    gold = [
        {"q": "Combien de foyers ?", "gold": []},
        {"q": "et en 2024", "understood": "combien de foyers en 2024", "gold": []},
        {"q": "Qui paie ?", "understood": None, "gold": []},
        {"q": "Et la loi ?", "understood": "Qui paie la loi ?", "gold": []},
    ]
    path = tmp_path / "gold.jsonl"
    lines = [{"id": "c", "turns": gold}, {"id": "d", "turns": gold[:1]}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assistant = Understanding(
        {"et en 2024": "Combien de foyers en 2024 ?", "Qui paie ?": None, "Et la loi ?": None}
    )
    summary = evaluate_gold(assistant, path, report=tmp_path / "report")
    assert summary["questions"] == 5
    assert summary["resolution_accuracy"] == 0.6667
    low, high = summary["intervals"]["resolution_accuracy"]
    assert 0 <= low <= 0.6667 <= high <= 1
    assert assistant.searched[1] == "Combien de foyers en 2024 ?"
    page = (tmp_path / "report" / "summary.md").read_text(encoding="utf-8")
    assert "## Suites mal comprises (1)" in page
    assert "- c.4 : Et la loi ? → telle quelle (attendu : Qui paie la loi ?)" in page
    results = (tmp_path / "report" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(result) for result in results]
    assert [(one["id"], one["resolved"]) for one in told[:4]] == [
        ("c.1", True),
        ("c.2", True),
        ("c.3", True),
        ("c.4", False),
    ]


def test_a_file_without_conversations_has_no_such_figure(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "q": "Qui ?", "gold": []}', encoding="utf-8")
    assert "resolution_accuracy" not in evaluate_gold(Understanding({}), path)
