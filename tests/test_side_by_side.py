"""Comparable figures beside an answer: which ones, in which order, and how they are shown."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html as markup

from aseqa.answers import Answer
from aseqa.ask import Assistant
from aseqa.render import render_answer
from aseqa.render_figures import period_words
from aseqa_ui.cards import age_words
from aseqa_ui.figure_table import figures_html
from aseqa_ui.respond import answer_html

MINORS = "Combien de mineurs sont victimes de prostitution ?"


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Answer:
    return assistant.ask(MINORS)


def test_the_four_figures_of_the_seeds_come_out_newest_first(answer: Answer) -> None:
    assert [(one.figure.text, one.quote.date) for one in answer.figures] == [
        ("20 000 mineurs", "2026-05-05"),
        ("environ 15 000 mineurs", "2025-12-09"),
        ("plus de 11 000 mineurs", "2025-06-17"),
        ("environ 10 000 jeunes", "2025-01-21"),
    ]
    kinds = [one.quote.voice.kind for one in answer.figures]
    assert kinds == ["parlementaire", "parlementaire", "gouvernement", "parlementaire"]


def test_each_figure_is_cited_at_its_place(answer: Answer, assistant: Assistant) -> None:
    for one in answer.figures:
        text = assistant.source(one.quote.document).document.text
        quote = one.quote
        assert text[quote.start : quote.end] == quote.text
        assert quote.text[one.figure.start : one.figure.end] == one.figure.text
        assert quote.span is not None
        assert quote.span.text == one.figure.text
        assert quote.seal is not None


def test_older_figures_know_the_newest(answer: Answer) -> None:
    newest, *older = answer.figures
    assert newest.newer is None
    for one in older:
        assert one.newer is not None
        assert (one.newer.text, one.newer.date) == ("20 000 mineurs", "2026-05-05")


def test_a_figure_of_something_else_is_not_beside(assistant: Assistant) -> None:
    answer = assistant.ask("Combien d'enfants la Haute-Garonne a-t-elle pris en charge en 2021 ?")
    assert [one.figure.low for one in answer.figures] == [7450.0]
    assert figures_html(answer.figures) == ""


@pytest.mark.parametrize(
    "question", ["De quand date la loi Taquet ?", "Recette de la tarte aux pommes ?"]
)
def test_without_a_figure_asked_for_there_is_none(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).figures == ()


def test_the_terminal_shows_them_and_the_newer_one(answer: Answer) -> None:
    lines = render_answer(answer).split("\n")
    heading = lines.index("Chiffres du corpus : mineurs victimes de prostitution · France")
    assert lines[heading + 1 : heading + 3] == [
        "   - 20 000 mineurs · 5 mai 2026 · Parlementaire — Mme Karen Erodi",
        "   - environ 15 000 mineurs · 9 décembre 2025 · Parlementaire — M. Julien Limongi",
    ]
    newer = "   Un chiffre plus récent existe dans le corpus : 20 000 mineurs (5 mai 2026)."
    assert lines.count(newer) == 3


def test_the_chat_shows_them_as_a_table(answer: Answer) -> None:
    page = markup.fromstring(answer_html(answer))
    rows = page.xpath("//section[@class='aq-figures']//tbody/tr")
    assert [row.xpath("string(td[1])") for row in rows] == [
        one.figure.text for one in answer.figures
    ]
    assert rows[2].get("data-document") == "002_eaee1d0db6d36db2"
    assert rows[2].get("data-start") == str(answer.figures[2].quote.start)
    assert len(page.xpath("//p[@class='aq-newer']")) == 3


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (None, ""),
        ("2024", "2024"),
        ("2023-12-31", "31 décembre 2023"),
        ("2019/2022", "2019 à 2022"),
        ("2022-03/..", "depuis mars 2022"),
        ("../2026", "jusqu'à 2026"),
    ],
)
def test_periods_in_words(period: str | None, words: str) -> None:
    assert period_words(period) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("2026-11-20", ""),
        ("2026-10-23", ""),
        ("2026-10-22", "il y a 1 mois"),
        ("2026-01-01", "il y a 10 mois"),
        ("2025-11-22", "il y a un an"),
        ("2025-10-23", "il y a un an"),
        ("2025-10-22", "il y a 13 mois"),
        ("2024-12-01", "il y a 23 mois"),
        ("2024-11", "il y a 2 ans"),
        ("2016", "il y a 10 ans"),
        ("2027-01-01", ""),
        ("sans date", ""),
        (None, ""),
    ],
)
def test_ages_in_words(told: str | None, words: str) -> None:
    assert age_words(told, date(2026, 11, 22)) == words
