"""A question followed through in the source pane, and addresses that lead to a quote."""

from __future__ import annotations

import pytest
from lxml import html as markup

from aseqa.ask import Assistant
from aseqa.messages import message
from aseqa.references import permalink
from aseqa_ui.replies import open_place

ANSWERED = "002_eaee1d0db6d36db2"
UNANSWERED = "001_c7d17c62cd39885b"
PRESS = "003_c398178bc0b70256"


@pytest.fixture(scope="module")
def page(assistant: Assistant) -> markup.HtmlElement:
    return markup.fromstring(open_place(assistant, {"document": ANSWERED, "thread": True}))


def test_each_demand_stands_with_what_answers_it(
    page: markup.HtmlElement, assistant: Assistant
) -> None:
    text = assistant.source(ANSWERED).document.text
    demands = page.xpath("//ol[@class='aq-demands']/li")
    assert len(demands) == 3
    assert [len(demand.xpath(".//ul[@class='aq-met']/li")) for demand in demands] == [2, 4, 0]
    assert demands[2].xpath("string(p[@class='aq-unmet'])") == message("thread_unmet")
    for button in page.xpath("//ul[@class='aq-met']//button"):
        start, end = int(button.get("data-start")), int(button.get("data-end"))
        assert button.text_content() == f"«\u00a0{text[start:end]}\u00a0»"


def test_a_late_answer_is_said(page: markup.HtmlElement) -> None:
    [late] = page.xpath("//p[@class='aq-late']")
    assert late.text_content() == message("thread_overdue", date="21 mars 2025")
    assert "147\u00a0jours après" in page.text_content()


def test_an_unanswered_question_has_demands_alone(assistant: Assistant) -> None:
    page = markup.fromstring(open_place(assistant, {"document": UNANSWERED, "thread": True}))
    assert page.xpath("//ol[@class='aq-demands']/li")
    assert page.xpath("//*[@class='aq-met' or @class='aq-unmet']") == []


def test_what_is_no_question_opens_as_it_is(assistant: Assistant) -> None:
    page = markup.fromstring(open_place(assistant, {"document": PRESS, "thread": True}))
    assert page.xpath("//ol[@class='aq-demands']") == []
    assert page.xpath("//*[@class='aq-thread']") == []


def test_an_address_opens_its_quote_unless_the_document_changed(assistant: Assistant) -> None:
    [quote] = assistant.rank("Combien de mineurs sont victimes d'exploitation sexuelle ?", k=1)
    assert permalink(quote, "http://127.0.0.1:7860/").endswith(
        f"?document={quote.document}&start={quote.start}&end={quote.end}&sha256={quote.sha256}"
    )
    place = {"document": quote.document, "start": quote.start, "end": quote.end}
    same = markup.fromstring(open_place(assistant, {**place, "sha256": quote.sha256}))
    [hit] = same.xpath("//mark[contains(@class, 'aq-hit')]")
    assert hit.text_content() == quote.text
    changed = markup.fromstring(open_place(assistant, {**place, "sha256": "0" * 64}))
    assert changed.xpath("//mark") == []
    assert changed.xpath("string(//p[@class='aq-note'])") == message("chat_changed")
