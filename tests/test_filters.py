"""Filters from a browser: checked, obeyed, said above the answer, and easily left."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml import html as markup
from test_respond import ANSWER

from aseqa.answers import Reason
from aseqa.ask import Assistant
from aseqa.errors import BadSettings
from aseqa.messages import words_of
from aseqa.messages_filters import FILTERS
from aseqa.records import NO_FILTERS, Filters
from aseqa_ui.chosen_filters import MAX_VALUE_CHARS, MAX_VALUES, filter_words, filters_from
from aseqa_ui.filter_panel import bar_html, facets
from aseqa_ui.page import head_html
from aseqa_ui.replies import converse
from aseqa_ui.respond import answer_html

QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
SOURCE = "002_eaee1d0db6d36db2.txt"
NASTY = "<script>alert('x')</script>"


def words(html: str, path: str) -> list[str]:
    tree = markup.fragment_fromstring(html, create_parent="div")
    return [found.text_content() for found in tree.xpath(path)]


def reply(assistant: Assistant, filters: object, question: str = QUESTION) -> str:
    pending = {"number": 1, "question": question, "filters": filters}
    html: str = converse(assistant, pending)[0]["html"]
    return html


def test_filters_are_made_of_what_a_page_sends() -> None:
    sent = {
        "kinds": ["loi", "loi"],
        "voices": ["presse"],
        "territories": ["Tarn"],
        "authors": ["Mme L’Hôte\u00a0"],
        "sources": ["a[1]*?.txt"],
        "since": "2024-01-01",
        "until": "",
        "as_of": "2025-02-28",
    }
    assert filters_from(sent) == Filters(
        kinds=("loi",),
        voices=("presse",),
        territories=("Tarn",),
        authors=("Mme L’Hôte\u00a0",),
        sources=("a[[]1][*][?].txt",),
        since="2024-01-01",
        as_of="2025-02-28",
    )


@pytest.mark.parametrize("sent", [None, {}, {"kinds": [], "since": None}])
def test_nothing_chosen_is_no_filter(sent: object) -> None:
    assert filters_from(sent) == NO_FILTERS


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([], "ne sont pas lisibles"),
        ("loi", "ne sont pas lisibles"),
        ({"kind": ["loi"]}, "ne sont pas lisibles"),
        ({"kinds": "loi"}, "ne sont pas lisibles"),
        ({"kinds": [1]}, "ne sont pas lisibles"),
        ({"kinds": [""]}, "ne sont pas lisibles"),
        ({"authors": ["\u00a0 "]}, "ne sont pas lisibles"),
        ({"authors": ["a\x00b"]}, "ne sont pas lisibles"),
        ({"authors": ["\ud800"]}, "ne sont pas lisibles"),
        ({"authors": ["x" * (MAX_VALUE_CHARS + 1)]}, "ne sont pas lisibles"),
        ({"authors": ["x"] * (MAX_VALUES + 1)}, "«\u00a0auteur\u00a0» compte trop de choix"),
        ({"voices": ["oracle"]}, "«\u00a0oracle\u00a0» n'est pas une voix connue"),
        ({"since": "hier"}, "«\u00a0hier\u00a0» n'est pas une date"),
        ({"since": "2024-02-30"}, "n'est pas une date"),
        ({"until": 2024}, "ne sont pas lisibles"),
        ({"since": "2024-03-01", "until": "2024-01-01"}, "1er mars 2024, 1er janvier 2024"),
    ],
)
def test_what_is_no_filter_is_refused_in_words(sent: object, told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        filters_from(sent)


def test_filters_are_said_in_words() -> None:
    filters = Filters.of(
        kinds=["loi", "<kind>"], sources="a[[]1][*].txt", since="2024-01-01", as_of="2025-02-28"
    )
    assert filter_words(filters, {"a[1]*.txt": "Un titre"}) == [
        "type\u00a0: Loi, <kind>",
        "document\u00a0: Un titre",
        "depuis le 1er janvier 2024",
        "à la date du 28 février 2025",
    ]


def test_a_file_is_found_under_its_own_name(assistant: Assistant) -> None:
    html = reply(assistant, {"sources": [SOURCE]})
    title = assistant.source(SOURCE.removesuffix(".txt")).document.title
    assert words(html, "//*[@class='aq-filtered']") == [
        f"Recherche filtrée (document\u00a0: {title})"
    ]
    documents = markup.fragment_fromstring(html, create_parent="div").xpath("//@data-document")
    assert set(documents) == {SOURCE.removesuffix(".txt")}
    assert words(html, "//*[contains(@class, 'aq-widen')]") == []


def test_what_the_filters_leave_out_is_offered(assistant: Assistant) -> None:
    html = reply(assistant, {"until": "1990-01-01"})
    assert assistant.ask(QUESTION, until="1990-01-01").reason == Reason(
        "filtered_out", words(html, "//*[@class='aq-reason']")[0]
    )
    assert words(html, "//*[@class='aq-widen aq-widen-out']") == ["Chercher dans tout le corpus"]
    assert QUESTION in markup.fragment_fromstring(html).xpath("//@data-question")
    [noted] = markup.fragment_fromstring(html).xpath("//@data-asked")
    assert json.loads(noted)["filters"] == {"until": "1990-01-01"}


def test_any_abstention_under_filters_offers_to_leave_them(assistant: Assistant) -> None:
    off_topic = "Quelle est la recette de la tarte aux pommes ?"
    html = reply(assistant, {"kinds": ["question_ecrite"]}, off_topic)
    assert words(html, "//*[@class='aq-widen']") == ["Reposer la question sans filtre"]
    assert "aq-widen" not in reply(assistant, None, off_topic)


def test_a_wrong_filter_is_a_sentence_and_no_answer(assistant: Assistant) -> None:
    html = reply(assistant, {"since": NASTY})
    assert words(html, "//*[@class='aq-reason']")[0].startswith(f"«\u00a0{NASTY[:20]}\u00a0»")
    assert words(html, "//script") == []


def test_no_filter_leaves_the_answer_as_it_was(assistant: Assistant) -> None:
    assert reply(assistant, None) == reply(assistant, {})
    assert "aq-filtered" not in reply(assistant, None)


def test_words_of_filters_and_questions_are_escaped() -> None:
    gone = replace(
        ANSWER, question=f'" {NASTY}', status="abstained", reason=Reason("filtered_out", "Rien.")
    )
    html = answer_html(replace(gone, quotes=()), [NASTY])
    assert words(html, "//script") == []
    assert words(html, "//*[@class='aq-filtered']") == [f"Recherche filtrée ({NASTY})"]
    assert markup.fragment_fromstring(html).xpath("//@data-question") == [f'" {NASTY}']


def test_the_page_is_sent_the_choices_with_their_names(assistant: Assistant) -> None:
    found = facets(assistant)
    assert json.loads(json.dumps(found)) == found
    assert ["question_ecrite", "Question écrite"] in [one[:2] for one in found["kinds"]]
    assert found["offered"]["sources"] == len(found["sources"])
    assert [SOURCE, "Lutte contre la prostitution des mineurs"] in [
        one[:2] for one in found["sources"]
    ]
    assert [year for year, _, _ in found["years"]] == sorted(year for year, _, _ in found["years"])


def test_each_part_of_the_panels_has_a_name() -> None:
    tree = markup.fragment_fromstring(bar_html(), create_parent="div")
    for dialog in tree.xpath("//dialog"):
        assert tree.get_element_by_id(dialog.get("aria-labelledby")).text_content()
    assert all(field.xpath("./legend[normalize-space()]") for field in tree.xpath("//fieldset"))
    assert all(box.xpath("ancestor::label[normalize-space()]") for box in tree.xpath("//input"))
    assert all(button.text_content() for button in tree.xpath("//button"))


def test_the_scripts_say_nothing_that_the_catalogue_lacks() -> None:
    head = head_html("run();")
    data = json.loads(head.split("aseqaWords = ")[1].split(";\n")[0])
    assert data["filters"] == words_of("filters_page_")
    assert data["filters"]["open"] == FILTERS["filters_page_open"]
    assert head.count("</script>") == 1
    assert head.index("window.aseqaFilters") < head.index("window.aseqaHistory")
    assert head.endswith("run();</script>")
