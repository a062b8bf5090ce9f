"""Which question is meant, and whether its reply is asked for."""

import pytest

from aseqa.ask import Assistant
from aseqa.question import understand
from aseqa.scope import asks_whole_reply, questions_meant, reply_sentences


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Qu'a répondu le ministère à Mme Tabarot ?", ["2270"]),
        ("qu'a repondu le gouvernement a duby-muller", ["3269"]),
        ("Que répond-on à la question n° 743 ?", ["743"]),
        ("Qu'a répondu le ministère ?", []),
    ],
)
def test_the_question_meant(assistant: Assistant, text: str, numbers: list[str]) -> None:
    found = questions_meant(understand(text), assistant.lookup)
    assert [document.metadata["number"] for document in found] == numbers


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Qu'a répondu le ministère à Mme Tabarot ?", True),
        ("qu'a repondu le gouvernement a duby-muller", True),
        ("Que répond le ministère à Mme Tabarot sur le montant des contrats ?", False),
        ("Combien de mineurs, selon Mme Tabarot ?", False),
    ],
)
def test_a_whole_reply_is_told_from_a_point_of_it(text: str, whole: bool) -> None:
    assert asks_whole_reply(understand(text)) is whole


def test_only_the_sentences_of_that_reply_are_searched(assistant: Assistant) -> None:
    ids = reply_sentences(understand("Qu'a répondu le ministère à Mme Tabarot ?"), assistant.lookup)
    assert ids is not None
    rows = assistant.lookup.sentences(ids.tolist())
    assert {row.document[:3] for row in rows} == {"004"}
    assert {row.sentence.voice.kind for row in rows} == {"gouvernement"}


def test_no_reply_is_searched_where_none_is_published(assistant: Assistant) -> None:
    asked = understand("Qu'a répondu la ministre à Mme Erodi ?")
    assert reply_sentences(asked, assistant.lookup) is None


def test_a_whole_reply_is_quoted_from_its_beginning(assistant: Assistant) -> None:
    answer = assistant.ask("Qu'a répondu le ministère à la question de Mme Tabarot ?")
    assert answer.status == "answered"
    assert answer.quotes[0].text.startswith("Dans un contexte de situation préoccupante")
    assert [quote.start for quote in answer.quotes] == sorted(q.start for q in answer.quotes)
