"""The source pane in a real browser: pages with the quote drawn on them, from quote to quote."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chat_server import serving
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_browser import LAPTOP, PHONE, Visit

from aseqa.embed import Encoder
from aseqa.ingest import index_paths

pytestmark = pytest.mark.browser

PDF = Path(__file__).parent / "data" / "pdf"
COUNTED = "Combien de jeunes majeurs avaient un contrat en cours le 1er janvier ?"
QUOTE = "Le 1er janvier, 640 jeunes majeurs avaient un contrat."
OTHER = "Bilan de l'année\n\nLe 1er janvier, 640 jeunes majeurs avaient un contrat en cours.\n"
BROKEN = "Pourquoi les jeunes les plus isolés ne signent-ils pas de contrat ?"
GONE = "Combien d'agents compte le service ?"
AGENTS = "Le service compte douze agents"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note, a page that lies on its side, and a text that says much the same as the note."""
    folder = tmp_path_factory.mktemp("pages") / "corpus"
    folder.mkdir()
    for name in ("note", "paysage"):
        shutil.copy(PDF / f"{name}.pdf", folder)
    (folder / "bilan.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Sandboxing needs rights that a container may lack; the pages are our own.
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def served(corpus: Path, encoder: Encoder) -> Iterator[str]:
    index = corpus.parent / "index"
    assert index_paths([corpus], index, encoder).failed == ()
    with serving(index) as found:
        yield found


@pytest.fixture
def opened(chromium: Browser, served: str) -> Iterator[Callable[..., Visit]]:
    """Open the page; nothing may go wrong on it, nor leave this machine."""
    visits: list[Visit] = []

    def open_page(size: dict[str, int] = LAPTOP) -> Visit:
        visits.append(Visit(chromium, f"{served}/?lang=fr", size))
        return visits[-1]

    yield open_page
    for visit in visits:
        visit.context.close()
        assert visit.troubles == []
        assert [url for url in visit.requests if not url.startswith((served, "data:"))] == []


def wait_for_pages(page: Page) -> None:
    expect(page.locator(".aq-view-pages[data-state=loaded]")).to_be_visible()


def wait_for_picture(page: Page, number: int) -> None:
    page.wait_for_function(
        "(number) => { const image = document.querySelector(`[data-page='${number}'] img`);"
        " return image && image.complete && image.naturalWidth > 0; }",
        arg=number,
    )


def test_a_quote_of_a_pdf_is_drawn_on_its_page(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(BROKEN)
    wait_for_pages(page)
    box = page.locator(".aq-box").first
    expect(box).to_be_in_viewport()
    quoted = page.locator(".aq-card .aq-quote").text_content()
    assert box.text_content() == f"Citation\u00a0: «\u00a0{quoted}\u00a0»"
    assert page.locator(".aq-view-text").is_hidden()
    wait_for_picture(page, 1)
    # Under the mark the page is printed; beside the line it is white.
    place = box.bounding_box()
    assert place
    page.evaluate("document.querySelectorAll('.aq-box').forEach((one) => one.remove())")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("L")
    sides = (place["x"], place["y"], place["x"] + place["width"], place["y"] + place["height"])
    within = shown.crop(tuple(map(round, sides))).getextrema()
    assert within[0] < 80 and within[1] > 240
    before = (sides[0] - 12, sides[1], sides[0] - 3, sides[3])
    assert shown.crop(tuple(map(round, before))).getextrema()[0] > 240


def test_pages_keep_their_room_before_they_are_drawn(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    page.route("**/*.png?*", lambda route: None)  # never answered
    visit.ask(BROKEN)
    wait_for_pages(page)
    expect(page.locator(".aq-box").first).to_be_in_viewport()
    assert page.locator("[data-page='1'] [class=aq-box]").count() == 2
    assert page.locator("[data-page='2'] [class=aq-box]").count() == 3
    sheet = page.locator("[data-page='2'] .aq-sheet").bounding_box()
    assert sheet
    assert sheet["width"] / sheet["height"] == pytest.approx(419.56 / 368.5, rel=0.01)


def test_pages_and_text_are_a_switch(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(BROKEN)
    wait_for_pages(page)
    page.click(".aq-view[data-view=text]")
    hit = page.locator(".aq-hit")
    expect(hit).to_be_in_viewport()
    assert hit.text_content() == page.locator(".aq-card .aq-quote").text_content()
    assert page.locator(".aq-view-pages").is_hidden()
    pressed = page.locator(".aq-view[aria-pressed=true]")
    assert pressed.all_text_contents() == ["Texte"]
    visit.ask(GONE)  # the reader's choice holds for the next document
    expect(page.locator("#aq-source .aq-source")).to_have_attribute("data-document", "paysage")
    expect(page.locator(".aq-hit")).to_be_in_viewport()
    assert pressed.all_text_contents() == ["Texte"]
    page.click(".aq-view[data-view=pages]")
    expect(page.locator(".aq-box").first).to_be_in_viewport()


def test_the_reader_steps_from_quote_to_quote(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(COUNTED)
    names = [card.get_attribute("data-document") for card in page.locator(".aq-card").all()]
    assert names == ["bilan", "note"]
    source = page.locator("#aq-source .aq-source")
    number = page.locator(".aq-step-count")
    back, on = (page.locator(f"[data-step={name}]") for name in ("back", "on"))
    expect(number).to_have_text("1 sur 2")
    assert page.locator(".aq-views").count() == 0  # a text has no pages
    expect(back).to_be_disabled()
    on.click()
    expect(number).to_have_text("2 sur 2")
    expect(source).to_have_attribute("data-document", "note")
    expect(on).to_be_disabled()
    expect(back).to_be_focused()  # the one that was pressed is at its end
    expect(page.locator("#aq-status")).to_have_text("Citation 2 sur 2")
    wait_for_pages(page)
    assert page.locator(".aq-box").first.text_content() == f"Citation\u00a0: «\u00a0{QUOTE}\u00a0»"
    page.keyboard.press("Alt+ArrowUp")
    expect(number).to_have_text("1 sur 2")
    expect(page.locator(".aq-hit")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".aq-box").first).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")  # nothing after it
    assert number.text_content() == "2 sur 2"
    assert page.locator(".aq-card.aq-current").get_attribute("data-document") == "note"
    visit.ask(BROKEN)  # the steps are those of the last answer
    expect(number).to_have_text("1 sur 1")


def test_keys_move_within_words_that_are_being_typed(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(COUNTED)
    expect(page.locator(".aq-step-count")).to_have_text("1 sur 2")
    page.fill("#aq-question textarea", "Une autre question")
    page.press("#aq-question textarea", "Alt+ArrowDown")
    expect(page.locator("#aq-question textarea")).to_be_focused()
    page.fill("#aq-question textarea", "")
    page.press("#aq-question textarea", "Alt+ArrowDown")
    expect(page.locator(".aq-step-count")).to_have_text("2 sur 2")


def test_what_is_not_word_for_word_is_not_marked(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(COUNTED)
    expect(page.locator(".aq-hit")).to_be_in_viewport()
    # As if the answer were older than the index.
    page.evaluate("document.querySelectorAll('.aq-quote').forEach((one) => one.prepend('Vers '))")
    page.locator(".aq-card .aq-open").nth(1).click()
    note = page.locator("#aq-source .aq-told")
    expect(note).to_be_in_viewport()
    assert "mot pour mot" in (note.text_content() or "")
    wait_for_pages(page)
    assert page.locator("#aq-source mark").count() == 0
    expect(page.locator(".aq-step-count")).to_have_text("2 sur 2")


def test_a_file_that_is_gone_leaves_its_text(opened: Callable[..., Visit], corpus: Path) -> None:
    visit = opened()
    page = visit.page
    (corpus / "paysage.pdf").rename(corpus.parent / "ailleurs.pdf")
    try:
        visit.ask(GONE)
        note = page.locator("#aq-source .aq-told")
        expect(note).to_be_in_viewport()
        assert "a changé ou a disparu" in (note.text_content() or "")
    finally:
        (corpus.parent / "ailleurs.pdf").rename(corpus / "paysage.pdf")
    hit = page.locator(".aq-hit")
    expect(hit).to_be_in_viewport()
    assert (hit.text_content() or "").startswith(AGENTS)
    expect(page.locator(".aq-view[data-view=pages]")).to_be_disabled()
    visit.ask(GONE)  # the file is back
    expect(page.locator(".aq-box").first).to_be_in_viewport()
    assert page.locator("#aq-source .aq-told").count() == 0
    # The browser itself reports the response.
    assert all("410" in trouble for trouble in visit.troubles)
    visit.troubles.clear()


def test_pages_fit_a_phone_and_can_be_enlarged(opened: Callable[..., Visit]) -> None:
    visit = opened(PHONE)
    page = visit.page
    visit.ask(BROKEN)
    assert page.locator(".aq-view-pages[data-state]").count() == 0  # unseen, not asked for
    page.locator(".aq-card .aq-open").first.click()
    wait_for_pages(page)
    box = page.locator(".aq-box").first
    expect(box).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.locator(".aq-sheet").first.bounding_box()
    page.click(".aq-zoom")
    large = page.locator(".aq-sheet").first.bounding_box()
    assert small and large
    assert small["width"] <= PHONE["width"]
    assert large["width"] == pytest.approx(1.8 * small["width"], rel=0.02)
    expect(box).to_be_in_viewport()
    page.click(".aq-close")
    expect(page.locator(".aq-card .aq-open").first).to_be_focused()
