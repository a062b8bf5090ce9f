"""The shipped gold questions: well formed, spread as they should be, and true to the seeds."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aseqa.ask import Assistant
from aseqa.gold import GoldQuestion, read_gold
from aseqa.text import terms

GOLD = Path(__file__).resolve().parents[1] / "seeds" / "gold"
HALVES = ("tuning", "reporting")


def records(half: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def questions(half: str) -> list[GoldQuestion]:
    return read_gold(GOLD / f"{half}.jsonl")


def test_sizes() -> None:
    assert {half: len(questions(half)) for half in HALVES} == {"tuning": 272, "reporting": 141}


def test_no_question_is_in_both_halves() -> None:
    tuning, reporting = ({terms_of(q.question) for q in questions(half)} for half in HALVES)
    assert tuning & reporting == set()


def terms_of(text: str) -> tuple[str, ...]:
    return tuple(terms(text))


@pytest.mark.parametrize("half", HALVES)
def test_a_quarter_has_no_answer_most_of_them_near_the_topic(half: str) -> None:
    why = Counter(record["why"] for record in records(half) if not record["gold"])
    assert sum(why.values()) >= len(records(half)) / 4
    assert why["off_topic"] < sum(why.values()) / 4


@pytest.mark.parametrize("half", HALVES)
def test_a_tenth_is_misspelt_telegraphic_or_colloquial(half: str) -> None:
    styles = Counter(record["style"] for record in records(half))
    loose = styles["misspelt"] + styles["telegraphic"] + styles["colloquial"]
    assert loose >= len(records(half)) / 10


@pytest.mark.parametrize("half", HALVES)
def test_every_answer_is_in_one_sentence_of_the_index(half: str, assistant: Assistant) -> None:
    sentences = [
        (document.id, sentence.text)
        for document in assistant.documents()
        for sentence in assistant.source(document.id).sentences
    ]
    lost = [
        (question.id, answer.contains)
        for question in questions(half)
        for answer in question.answers
        if not any(answer.matches(name, text) for name, text in sentences)
    ]
    assert lost == []


def test_a_third_shares_no_word_with_its_answer(assistant: Assistant) -> None:
    sentences = [
        (document.id, sentence.text)
        for document in assistant.documents()
        for sentence in assistant.source(document.id).sentences
    ]
    answerable = [q for half in HALVES for q in questions(half) if q.answerable]
    apart = 0
    for question in answerable:
        right = [text for name, text in sentences if question.is_right(name, text)]
        apart += not any(set(terms(question.question)) & set(terms(text)) for text in right)
    assert apart >= len(answerable) / 3


def test_the_halves_are_split_by_document() -> None:
    first = {
        half: Counter(q.answers[0].doc[:3] for q in questions(half) if q.answerable)
        for half in HALVES
    }
    # Both halves ask the press compilation, of which each takes other articles.
    assert set(first["tuning"]) & set(first["reporting"]) == {"003"}


@pytest.mark.parametrize(
    ("name", "counts"), [("questions", (516, 392)), ("questions-parliamentary", (202, 154))]
)
def test_each_answer_about_the_marked_documents_stands_in_one_of_their_sentences(
    name: str, counts: tuple[int, int]
) -> None:
    marked = Path(__file__).parent / "data" / "marked"
    held = {
        path.stem: [
            sentence["text"]
            for section in json.loads(path.read_text(encoding="utf-8"))["sections"]
            for sentence in section["sentences"]
        ]
        for path in (marked / "dev").glob("*.json")
    }
    gold = read_gold(marked / f"{name}.jsonl")
    assert (len(gold), sum(item.answerable for item in gold)) == counts
    for item in gold:
        for answer in item.answers:
            found = [text for text in held[answer.doc] if item.is_right(answer.doc, text)]
            assert found, item.id
