"""What the chat's server replies: answers with their source, lists, plain troubles."""

from __future__ import annotations

import subprocess
import sys

import pytest
from lxml import html as markup

from aseqa.ask import Assistant
from aseqa.errors import BadSettings
from aseqa_ui.replies import ask_json, check_question, converse, open_place, overview

QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
DOCUMENT = "002_eaee1d0db6d36db2"


def words(html: str, path: str) -> list[str]:
    tree = markup.fragment_fromstring(html, create_parent="div")
    return [found.text_content() for found in tree.xpath(path)]


def reply(assistant: Assistant, question: str) -> tuple[str, str | None]:
    """Ask a question that follows none, as the page does."""
    answered, beside = converse(assistant, {"number": 1, "question": question})
    return answered["html"], beside


def test_an_answer_comes_with_its_first_quote_opened(assistant: Assistant) -> None:
    first = assistant.ask(QUESTION).quotes[0]
    html, source = reply(assistant, f"  {QUESTION}\n")
    assert words(html, "//*[@class='aq-quote']")[0] == first.text
    assert source is not None
    assert words(source, "//mark[@class='aq-hit']") == [first.text]


def test_an_abstention_marks_nothing_beside_it(assistant: Assistant) -> None:
    html, source = reply(assistant, "Quelle est la recette de la tarte aux pommes ?")
    assert words(html, "//*[@class='aq-lead']") == ["Pas de réponse dans le corpus"]
    assert source == open_place(assistant, {})


@pytest.mark.parametrize("question", ["", " \n\t", "x" * 1001])
def test_a_question_that_cannot_be_asked_is_a_sentence(assistant: Assistant, question: str) -> None:
    html, source = reply(assistant, question)
    assert words(html, "//*[@role='alert']/p[1]") == ["La question n'a pas pu être traitée"]
    assert source is None


def test_a_question_of_the_longest_length_passes() -> None:
    assert check_question(" " + "x" * 1000 + " ") == "x" * 1000


def test_a_place_is_opened_at_its_quote(assistant: Assistant) -> None:
    text = assistant.source(DOCUMENT).document.text
    start = text.index("En France, plus de 11 000")
    place = {"document": DOCUMENT, "start": start, "end": start + 10, "spanStart": 3, "spanEnd": 9}
    html = open_place(assistant, place)
    assert words(html, "//mark[@class='aq-hit']") == ["En France,"]
    assert words(html, "//mark[@class='aq-span']") == ["France"]


@pytest.mark.parametrize(
    "place",
    [
        {"document": DOCUMENT},
        {"document": DOCUMENT, "start": "1", "end": "9"},
        {"document": DOCUMENT, "start": 10**12, "end": 10**13},
        {"document": DOCUMENT, "start": None, "end": 5.5},
    ],
)
def test_offsets_from_a_browser_mark_nothing_when_wrong(
    assistant: Assistant, place: dict[str, object]
) -> None:
    html = open_place(assistant, place)
    assert words(html, "//mark") == []
    assert words(html, "//h2") == ["Lutte contre la prostitution des mineurs"]


@pytest.mark.parametrize("name", ["inconnu", "../../etc/passwd", "<b>", 7])
def test_a_document_that_is_not_there_is_said(assistant: Assistant, name: object) -> None:
    html = open_place(assistant, {"document": name})
    assert words(html, "//p") == ["Ce document n'est plus dans le corpus."]


def test_the_overview_counts_and_lists(assistant: Assistant) -> None:
    line, listed = overview(assistant)
    assert "7 documents interrogés" in line
    assert len(words(listed, "//ul[@class='aq-list']/li")) == 7


@pytest.mark.parametrize("k", [0, 21, -1])
def test_programs_may_ask_for_one_to_twenty_quotes(assistant: Assistant, k: int) -> None:
    with pytest.raises(BadSettings, match="de 1 à 20"):
        ask_json(assistant, QUESTION, k)


def test_the_chat_imports_gradio_late() -> None:
    code = "import sys, aseqa_ui.app; print('gradio' in sys.modules, 'fastapi' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False False\n"
