"""The web chat in a real browser, over a real server and the index of the seeds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import QUESTION, call_api, serving
from playwright.sync_api import Browser, Page, expect, sync_playwright

from aseqa_ui.passwords import hash_password

pytestmark = pytest.mark.browser

OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SPEAKER = "Gouvernement — Ministère du travail, de la santé, des solidarités et des familles"
CUT = ("AbortError: signal is aborted", "Connection errored out")
# A busy machine may take long to open a page; a page that fails to open never does.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Sandboxing needs rights that a container may lack; the pages are our own.
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


class Visit:
    """One reader's page, with all that went wrong on it and all that it asked for."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int]) -> None:
        self.address = address
        self.context = browser.new_context(viewport=size, locale="fr-FR")
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.is_cut = False
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("console", self._listen)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)
        expect(self.page.locator("#aq-source .aq-source")).to_be_attached()

    def _listen(self, said: Any) -> None:
        if said.type in ("error", "warning"):
            self._note(said.text)

    def _note(self, trouble: str) -> None:
        if not (self.is_cut and any(words in trouble for words in CUT)):
            self.troubles.append(trouble)

    def reload(self) -> None:
        """Load the page anew; that cuts Gradio's streams, of which it complains."""
        self.is_cut = True
        self.page.reload()

    def ask(self, question: str) -> None:
        answers = self.page.locator(".aq-answer:not(.aq-wait)")
        count = answers.count()
        self.page.fill("#aq-question textarea", question)
        self.page.press("#aq-question textarea", "Enter")
        expect(answers).to_have_count(count + 1)


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.fixture(scope="module")
def answer(address: str) -> dict[str, Any]:
    """What the server tells a program about the same question."""
    found: dict[str, Any] = call_api(address, QUESTION, 3)["answer"]
    return found


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = Visit(browser, address, getattr(request, "param", LAPTOP))
    yield visit
    visit.context.close()
    assert visit.troubles == []
    assert [url for url in visit.requests if not url.startswith((address, "data:"))] == []


def test_an_answer_is_quoted_and_its_source_opened(visit: Visit, answer: dict[str, Any]) -> None:
    visit.ask(QUESTION)
    page, best = visit.page, answer["quotes"][0]
    card = page.locator(".aq-card").first
    assert card.locator(".aq-quote").text_content() == best["text"]
    assert card.locator("mark").text_content() == best["span"]["text"]
    assert card.locator(".aq-reference").text_content() == best["reference"]
    hit = page.locator("#aq-source .aq-hit")
    expect(hit).to_be_in_viewport()
    assert hit.text_content() == best["text"]
    assert page.locator("#aq-source .aq-source").get_attribute("data-document") == best["document"]


def test_another_quote_opens_its_own_source(visit: Visit, answer: dict[str, Any]) -> None:
    visit.ask(QUESTION)
    page, second = visit.page, answer["quotes"][1]
    page.locator(".aq-card").nth(1).locator(".aq-open").click()
    hit = page.locator("#aq-source .aq-hit")
    expect(hit).to_have_attribute("data-start", str(second["start"]))
    expect(hit).to_be_in_viewport()
    expect(hit).to_be_focused()
    assert hit.text_content() == second["text"]
    page.click(".aq-back")
    expect(page.locator(".aq-listed")).to_have_count(7)


def test_the_copy_button_gives_quote_and_reference(visit: Visit, answer: dict[str, Any]) -> None:
    visit.ask(QUESTION)
    button = visit.page.locator(".aq-copy").first
    button.click()
    expect(button).to_have_text("Citation copiée")
    best = answer["quotes"][0]
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"«\u00a0{best['text']}\u00a0»\n{SPEAKER}. {best['reference']}"


def test_off_topic_is_answered_by_a_plain_sentence(visit: Visit) -> None:
    visit.ask(OFF_TOPIC)
    last = visit.page.locator(".aq-answer").last
    expect(last.locator(".aq-lead")).to_have_text("Pas de réponse dans le corpus")
    assert last.locator(".aq-reason").text_content()
    assert last.locator(".aq-card:not(.aq-reading)").count() == 0


def test_an_example_is_asked_by_a_click(visit: Visit) -> None:
    example = visit.page.locator(".aq-example").first
    question = example.text_content()
    example.click()
    expect(visit.page.locator(".aq-card").first).to_be_visible()
    assert visit.page.locator(".aq-asked").all_text_contents() == [question]


def test_a_question_is_shown_as_it_was_typed(visit: Visit) -> None:
    typed = "<script>alert(1)</script> **gras** [lien](http://exemple.fr) $$x$$ &amp; `c`"
    visit.ask(typed)
    assert visit.page.locator(".aq-asked").all_text_contents() == [typed]
    assert visit.page.locator("#aq-log .aq-asked *").count() == 0


def test_a_conversation_goes_on_and_starts_anew(visit: Visit) -> None:
    page, send = visit.page, visit.page.locator("#aq-send")
    expect(send).to_be_disabled()
    page.press("#aq-question textarea", "Enter")
    page.fill("#aq-question textarea", "  ")
    expect(send).to_be_disabled()
    visit.ask(QUESTION)
    visit.ask("x" * 1001)
    expect(page.locator(".aq-error")).to_contain_text("la limite est de 1000")
    # What was typed is there to be shortened, and the reason is seen.
    expect(page.locator("#aq-question textarea")).to_have_value("x" * 1001)
    expect(page.locator(".aq-error")).to_be_in_viewport()
    page.fill("#aq-question textarea", OFF_TOPIC)
    send.click()
    expect(page.locator(".aq-answer:not(.aq-wait)")).to_have_count(3)
    assert page.locator(".aq-asked").all_text_contents() == [QUESTION, "x" * 1001, OFF_TOPIC]
    page.click("#aq-new")
    expect(page.locator(".aq-welcome")).to_be_visible()
    expect(page.locator(".aq-asked")).to_have_count(0)


def test_a_follow_up_goes_on_from_the_last_question(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    first = page.locator(".aq-card .aq-quote").first.text_content()
    visit.ask("qui l'a dit ?")
    last = page.locator(".aq-answer").last
    expect(last.locator(".aq-understood span")).to_have_text(
        f"Question comprise : « Qui est l'auteur de la citation qui répond à « {QUESTION} » ? »"
    )
    assert last.locator(".aq-quote").all_text_contents() == [first]
    visit.ask("et en Belgique ?")
    expect(page.locator(".aq-answer").last.locator(".aq-understood span")).to_have_text(
        f"Question comprise : « {QUESTION.removesuffix(' ?')} en Belgique ? »"
    )
    expect(page.locator(".aq-asked").last).to_have_text("et en Belgique ?")
    page.locator(".aq-as-typed").last.click()
    expect(page.locator(".aq-answer:not(.aq-wait)")).to_have_count(4)
    expect(page.locator(".aq-asked").last).to_have_text("et en Belgique ?")
    expect(page.locator(".aq-answer").last.locator(".aq-understood")).to_have_count(0)


def test_a_new_conversation_carries_nothing_over(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.click("#aq-new")
    expect(page.locator(".aq-welcome")).to_be_visible()
    visit.ask("et en Belgique ?")
    assert page.locator(".aq-understood").count() == 0


def test_the_page_speaks_french_alone(visit: Visit) -> None:
    visit.ask(QUESTION)
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "fr"
    plot = page.locator(".aq-plot svg[aria-label]").first
    expect(plot).to_be_attached()
    said = plot.get_attribute("aria-label") or ""
    assert said.startswith("Ces chiffres dans le temps. Chaque marque ouvre la source")
    named = page.locator("[aria-label]:visible:not(.aq-plot *)").all()
    assert {one.get_attribute("aria-label") for one in named} == {"Conversation", "Source", "Pages"}
    drawn = page.locator(".aq-plot svg [aria-label]")
    assert {one.get_attribute("role") for one in drawn.all()} == {"button"}
    for one in drawn.all():
        assert ", publié le " in (one.get_attribute("aria-label") or "")
    shown = page.locator("body").inner_text()
    for word in ("Submit", "Clear", "Chatbot", "Textbox", "Gradio", "API", "Loading", "Settings"):
        assert word not in shown
    assert page.get_by_text("7 documents interrogés").first.is_visible()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_phone_shows_the_source_as_a_sheet(visit: Visit) -> None:
    visit.ask(QUESTION)
    page, pane = visit.page, visit.page.locator("#aq-source")
    expect(pane).to_be_hidden()
    page.locator(".aq-open").first.click()
    expect(page.locator(".aq-hit")).to_be_in_viewport()
    page.click(".aq-close")
    expect(pane).to_be_hidden()
    page.locator(".aq-open").first.click()
    expect(page.locator(".aq-hit")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for box in (page.locator(name).bounding_box() for name in ("#aq-question", "#aq-send")):
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_phone_reaches_the_other_pages_from_the_bar(visit: Visit) -> None:
    page, bar = visit.page, visit.page.locator("#aq-top")
    bottom = bar.bounding_box()
    assert bottom is not None
    for name in ("Questions", "Documents", "Évaluation"):
        box = bar.get_by_role("link", name=name).bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= bottom["height"]
    visit.is_cut = True
    bar.get_by_role("link", name="Documents").click()
    expect(page.locator("main h1")).to_have_text("Documents")


def test_a_password_is_asked_for(browser: Browser, seeds_index: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "comptes"
    accounts.write_text(f"claire:{hash_password('secret')}\n", encoding="utf-8")
    with serving(seeds_index, "--auth", str(accounts)) as address:
        page: Page = browser.new_page(locale="fr-FR")
        page.goto(address)
        expect(page.get_by_text("Accès réservé")).to_be_visible()
        assert page.request.get(f"{address}/config").status == 401
        page.locator("input").first.fill("claire")
        page.locator("input[type=password]").fill("secret")
        page.get_by_role("button").last.click()
        expect(page.locator(".aq-list")).to_be_attached()
        page.close()
