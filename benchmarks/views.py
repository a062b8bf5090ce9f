"""Every view of the web interface, and how a reader comes to it, for pictures and for checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
FIGURES = "Combien de mineurs sont victimes de prostitution ?"
UNANSWERED = "Qu'a répondu le Gouvernement à Mme Erodi ?"
OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
LAPTOP, PHONE = (1366, 768), (390, 844)


@dataclass(frozen=True, slots=True)
class View:
    """One view: its name, the address of its page, and what to do there to see it."""

    name: str
    reach: Callable[[Page], None]
    address: str = "/"


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    answers = page.locator(".aq-answer:not(.aq-wait)")
    count = answers.count()
    page.fill("#aq-question textarea", question)
    page.press("#aq-question textarea", "Enter")
    expect(answers).to_have_count(count + 1)


def asked(question: str) -> Callable[[Page], None]:
    """Give the way to the answer to ``question``."""
    return lambda page: ask(page, question)


def _source(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".aq-open").first.click()
    expect(page.locator("#aq-source .aq-hit")).to_be_focused()


def _corpus(page: Page) -> None:
    _source(page)
    page.click("#aq-source .aq-back")
    page.click("#aq-source .aq-coverage summary")


def _thread(page: Page) -> None:
    _source(page)
    page.locator("#aq-source .aq-thread").first.click()
    expect(page.locator("#aq-source h2")).to_be_focused()


def _dialog(opener: str, dialog: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        ask(page, QUESTION)
        page.click(opener)
        expect(page.locator(dialog)).to_be_visible()

    return open_it


def _dossier(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".aq-keep").first.click()
    page.click("#aq-dossier-open")
    expect(page.locator(".aq-dossier-item")).to_have_count(1)


def _filtered(page: Page) -> None:
    expect(page.locator(".aq-chip")).to_have_count(1)
    ask(page, QUESTION)


def _settled(page: Page) -> None:
    expect(page.locator("main h1")).to_be_visible()


VIEWS = (
    View("empty", lambda page: None),
    View("answer", asked(QUESTION)),
    View("figures", asked(FIGURES)),
    View("no-answer", asked(UNANSWERED)),
    View("off-topic", asked(OFF_TOPIC)),
    View("source", _source),
    View("corpus", _corpus),
    View("thread", _thread),
    View("filters", _dialog(".aq-filter-open", "#aq-filter-dialog")),
    View("filtered", _filtered, "/?voice=parlementaire"),
    View("history", _dialog(".aq-history-open", "#aq-history-dialog")),
    View("dossier", _dossier),
    View("documents", _settled, "/documents"),
    View("evaluation", _settled, "/evaluation"),
)


def visit(page: Page, address: str, view: View) -> None:
    """Open the page of a view, and go to it."""
    page.goto(address + view.address)
    if view.address.startswith(("/?",)) or view.address == "/":
        expect(page.locator(".aq-list")).to_be_attached()
    view.reach(page)
