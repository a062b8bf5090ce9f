"""The web chat in English: for a browser that prefers it, and by the link on the page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import QUESTION, serving
from playwright.sync_api import Browser, Page, expect, sync_playwright

from aseqa.messages import ALWAYS_FRENCH, FRENCH

pytestmark = pytest.mark.browser

OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
# What stands on the page in French, whatever it speaks: the documents, and questions to them.
SOURCES = ".aq-words, .aq-reference, .aq-name, .aq-asked, .aq-examples, .aq-text, .aq-figures td, "
SOURCES += (
    ".aq-listed, .aq-language, .aq-head h2, caption, .aq-choices, #aq-source dd, .aq-plot-mark"
)
ACCENTED = re.compile(r"[À-ÖØ-öø-ÿœ]")
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of an English browser; nothing may go wrong on it."""
    context = browser.new_context(viewport=getattr(request, "param", LAPTOP), locale="en-GB")
    page, troubles = context.new_page(), list[str]()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
    page.goto(address)
    expect(page.locator("#aq-source .aq-source")).to_be_attached()
    yield page
    context.close()
    assert troubles == []


def is_trouble(said: Any) -> bool:
    """Tell whether a page complains; loading another one cuts Gradio's streams."""
    return said.type in ("error", "warning") and "Connection errored out" not in said.text


def ask(page: Page, question: str) -> None:
    answers = page.locator(".aq-answer:not(.aq-wait)")
    count = answers.count()
    page.fill("#aq-question textarea", question)
    page.press("#aq-question textarea", "Enter")
    expect(answers).to_have_count(count + 1)


def own_words(page: Page) -> str:
    """Give what the page says around the documents' words, names of its parts included."""
    return str(
        page.evaluate(
            """(sources) => {
              const style = document.createElement("style");
              style.textContent = `${sources} { display: none !important }`;
              document.head.append(style);
              const parts = [...document.querySelectorAll("body *")].filter(
                (part) => part.checkVisibility() && !part.closest(sources));
              const names = ["aria-label", "title", "placeholder"].flatMap((name) =>
                parts.map((part) => part.getAttribute(name) || ""));
              const said = [document.body.innerText, ...names].join("\\n");
              style.remove();
              return said;
            }""",
            SOURCES,
        )
    )


def test_an_english_browser_gets_an_english_page(page: Page) -> None:
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "aseqa: your documents answer"
    assert page.evaluate("[navigator.language, ...navigator.languages]") == ["en", "en"]
    expect(page.locator("#aq-send")).to_have_text("Send")
    expect(page.locator(".aq-corpus .aq-back")).to_have_text("7 documents searched")
    box = page.locator("#aq-question textarea")
    expect(box).to_have_attribute("placeholder", "Ask your question in French…")
    page.click(".aq-filter-open")
    expect(page.locator("#aq-filter-dialog legend").first).to_have_text("Period of publication")


def test_all_around_the_quotes_is_english(page: Page) -> None:
    ask(page, QUESTION)
    card = page.locator(".aq-card").first
    expect(card.locator(".aq-badge")).to_have_text("Government")
    expect(card.locator(".aq-when")).to_contain_text("17 June 2025")
    expect(card.locator(".aq-reference")).to_contain_text("réponse publiée au JO le 17 juin 2025")
    expect(page.locator("#aq-source .aq-hit")).to_be_in_viewport()
    ask(page, OFF_TOPIC)
    expect(page.locator(".aq-reason")).to_have_text("The corpus does not deal with this subject.")
    expect(page.locator("#aq-source .aq-list")).to_be_attached()
    said = own_words(page)
    assert "What the corpus covers, and does not" in said
    assert [line for line in said.splitlines() if ACCENTED.search(line)] == []
    page.locator(".aq-open").first.click()
    expect(page.locator("#aq-source .aq-hit")).to_be_in_viewport()
    said = own_words(page)
    assert "Copy the quotation" in said
    assert [line for line in said.splitlines() if ACCENTED.search(line)] == []
    french = {words for key, words in FRENCH.items() if " " in words and key not in ALWAYS_FRENCH}
    assert {words for words in french if words in said} == set()


def test_the_link_leads_to_the_other_language_and_back(page: Page, address: str) -> None:
    ask(page, QUESTION)
    quotes = page.locator(".aq-card .aq-quote").all_text_contents()
    page.evaluate("history.replaceState(null, '', '/?kind=question_ecrite')")
    page.click(".aq-language")
    expect(page.locator("#aq-send")).to_have_text("Envoyer")
    expect(page.locator(".aq-card .aq-quote")).to_have_text(quotes)
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.url == f"{address}/?kind=question_ecrite"
    [cookie] = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["sameSite"]) == ("aseqa_lang", "fr", "Lax")
    ask(page, OFF_TOPIC)
    expect(page.locator(".aq-lead").last).to_have_text("Pas de réponse dans le corpus")
    link = page.locator(".aq-language")
    expect(link).to_have_text("EnglishEN")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#aq-send")).to_have_text("Send")
    expect(page.locator(".aq-asked")).to_have_text([QUESTION, OFF_TOPIC])
    # What was said stays as it was said.
    expect(page.locator(".aq-lead").last).to_have_text("Pas de réponse dans le corpus")
    assert page.url == f"{address}/?kind=question_ecrite"


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_the_link_has_its_place_on_a_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    link = page.get_by_role("link", name="Français")
    expect(link).to_be_visible()
    box, top = link.bounding_box(), page.locator("#aq-top").bounding_box()
    assert box is not None
    assert top is not None
    assert min(box["width"], box["height"]) >= 24
    assert top["x"] <= box["x"] < box["x"] + box["width"] <= top["x"] + top["width"]
    assert top["y"] <= box["y"] < box["y"] + box["height"] <= top["y"] + top["height"]
