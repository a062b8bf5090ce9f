"""Filters, history and the button that stops, in a real browser over the seeds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from chat_server import QUESTION, serving
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_browser import LAPTOP, OFF_TOPIC, PHONE, Visit

pytestmark = pytest.mark.browser

SOURCE = "002_eaee1d0db6d36db2.txt"
TITLE = "Lutte contre la prostitution des mineurs"
OTHER = "Combien d'enfants la Haute-Garonne a-t-elle pris en charge en 2021 ?"
NASTY = "<img src=x onerror=\"document.title='attaque'\"><script>document.title='attaque'</script>"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Sandboxing needs rights that a container may lack; the pages are our own.
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def served(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.fixture
def opened(chromium: Browser, served: str) -> Iterator[Callable[..., Visit]]:
    """Open the page with a query; nothing may go wrong on it, nor leave this machine."""
    visits: list[Visit] = []

    def open_page(size: dict[str, int] = LAPTOP, **query: str | list[str]) -> Visit:
        rest = f"/?{urlencode(query, doseq=True)}" if query else ""
        visits.append(Visit(chromium, served + rest, size))
        return visits[-1]

    yield open_page
    for visit in visits:
        visit.context.close()
        assert visit.troubles == []
        assert [url for url in visit.requests if not url.startswith((served, "data:"))] == []


def chips(page: Page) -> list[str]:
    return page.locator(".aq-chip-words").all_text_contents()


def address_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def stored(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        page.evaluate("localStorage.getItem('aseqa.history') || '[]'")
    )
    return found


def test_filters_are_chosen_obeyed_and_left(opened: Callable[..., Visit]) -> None:
    visit = opened(autre="1")
    page = visit.page
    page.focus(".aq-filter-open")
    page.keyboard.press("Enter")
    panel = page.locator("#aq-filter-dialog")
    expect(panel).to_be_visible()
    presse = panel.locator("[data-facet=kinds] li", has_text="Article de presse")
    expect(presse.locator(".aq-choice-count")).to_have_text("3")
    presse.locator("input").focus()
    page.keyboard.press("Space")
    expect(panel.locator(".aq-filter-count")).to_have_text("1 filtre")
    panel.locator(".aq-year", has_text="2025").click()
    assert panel.locator("input[name=until]").input_value() == "2025-12-31"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".aq-filter-open")).to_be_focused()
    expect(page.locator(".aq-filter-open")).to_have_text("Filtrer (3)")
    assert chips(page) == [
        "Type\u00a0: Article de presse",
        "Depuis le 1er janvier 2025",
        "Jusqu'au 31 décembre 2025",
    ]
    assert address_of(page) == {
        "autre": ["1"],
        "kind": ["presse"],
        "since": ["2025-01-01"],
        "until": ["2025-12-31"],
    }
    visit.ask(OFF_TOPIC)
    expect(page.locator(".aq-filtered")).to_have_text(
        "Recherche filtrée (type\u00a0: Article de presse\u00a0; depuis le 1er janvier 2025"
        "\u00a0; jusqu'au 31 décembre 2025)"
    )
    page.locator(".aq-chip").nth(1).click()
    assert chips(page) == ["Type\u00a0: Article de presse", "Jusqu'au 31 décembre 2025"]
    expect(page.locator(".aq-chip").nth(1)).to_be_focused()
    assert "since" not in address_of(page)


def test_a_shared_address_filters_and_an_abstention_widens(opened: Callable[..., Visit]) -> None:
    visit = opened(source=SOURCE, until="1990-01-01")
    page = visit.page
    expect(page.locator(".aq-chip-words").first).to_have_text(f"Document\u00a0: {TITLE}")
    visit.ask(QUESTION)
    page.locator(".aq-widen-out").click()
    expect(page.locator(".aq-card").first).to_be_visible()
    assert page.locator(".aq-asked").all_text_contents() == [QUESTION, QUESTION]
    assert page.locator(".aq-filtered").count() == 1
    assert (chips(page), address_of(page)) == ([], {})
    expect(page.locator(".aq-filter-open")).to_have_text("Filtrer")


def test_a_permalink_opens_its_quote_and_leaves_the_filters(opened: Callable[..., Visit]) -> None:
    document = SOURCE.removesuffix(".txt")
    visit = opened(document=document, start="1618", end="1690", voice="gouvernement")
    page = visit.page
    expect(page.locator("#aq-source .aq-hit")).to_be_in_viewport()
    assert address_of(page) == {"voice": ["gouvernement"]}
    assert chips(page) == ["Voix\u00a0: Gouvernement"]


def test_what_an_address_holds_never_becomes_html(opened: Callable[..., Visit]) -> None:
    visit = opened(author=NASTY, voice="oracle", since="hier")
    page = visit.page
    assert chips(page) == ["Voix\u00a0: oracle", f"Auteur\u00a0: {NASTY}"]
    page.click(".aq-filter-open")
    expect(page.locator("[data-facet=authors] .aq-choice-name").first).to_have_text(NASTY)
    page.keyboard.press("Escape")
    visit.ask(QUESTION)
    expect(page.locator(".aq-error .aq-reason")).to_contain_text("n'est pas une voix connue")
    page.locator(".aq-chip", has_text="oracle").click()
    visit.ask(QUESTION)
    expect(page.locator(".aq-filtered")).to_have_text(f"Recherche filtrée (auteur\u00a0: {NASTY})")
    assert page.title() != "attaque"
    assert page.locator("#aq-log img, #aq-filters img").count() == 0


def test_a_long_list_is_searched_as_one_types(opened: Callable[..., Visit]) -> None:
    page = opened().page
    names = ["Aveyron", "Côtes-d’Armor", "Hérault", *(f"Lieu {number}" for number in range(100))]
    page.wait_for_function("() => window.aseqaFilters")
    page.evaluate(
        "(names) => aseqaFilters.offer({years: [], territories: names.map((n) => [n, n, 1])})",
        names,
    )
    page.click(".aq-filter-open")
    part = page.locator("[data-facet=territories]")
    expect(part.locator("li")).to_have_count(40)
    expect(part.locator("[role=status]")).to_have_text(
        "… et 63 autres\u00a0: écrivez quelques lettres."
    )
    part.locator("input[type=search]").fill("d'armor cotes")
    expect(part.locator(".aq-choice-name")).to_have_text(["Côtes-d’Armor"])
    part.locator("input[type=search]").fill("zzz")
    expect(part.locator("[role=status]")).to_have_text("Rien de tel dans cette liste.")


def test_a_conversation_outlives_a_reload_and_goes_on(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(QUESTION)
    # The plot comes last: its library is fetched when an answer first needs it.
    expect(page.locator(".aq-plot-chart")).to_be_visible()
    first = page.locator(".aq-answer").inner_html()
    visit.reload()
    expect(page.locator(".aq-plot-chart")).to_be_visible()
    assert page.locator(".aq-answer").inner_html().replace(" aq-current", "") == first.replace(
        " aq-current", ""
    )
    visit.ask("qui l'a dit ?")
    expect(page.locator(".aq-understood")).to_contain_text(QUESTION)
    page.click("#aq-new")
    expect(page.locator(".aq-welcome")).to_be_visible()
    visit.reload()
    expect(page.locator(".aq-welcome")).to_be_visible()
    page.click(".aq-history-open")
    expect(page.locator(".aq-talk-open strong")).to_have_text([QUESTION])
    expect(page.locator(".aq-talk-open span")).to_contain_text("2 questions")
    page.click(".aq-talk-open")
    expect(page.locator(".aq-asked")).to_have_text([QUESTION, "qui l'a dit ?"])


def test_the_history_is_erased_or_never_kept(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    visit.ask(QUESTION)
    assert len(stored(page)) == 1
    page.click(".aq-history-open")
    page.click(".aq-history-clear")
    expect(page.locator(".aq-history-no")).to_be_focused()
    page.click(".aq-history-no")
    assert len(stored(page)) == 1
    page.click(".aq-history-clear")
    page.click(".aq-history-yes")
    expect(page.locator(".aq-talks li")).to_have_count(0)
    assert stored(page) == []
    page.locator(".aq-history-keep input").uncheck()
    page.keyboard.press("Escape")
    visit.ask(OFF_TOPIC)
    assert stored(page) == []
    visit.reload()
    expect(page.locator(".aq-welcome")).to_be_visible()
    page.click(".aq-history-open")
    expect(page.locator(".aq-history-keep input")).not_to_be_checked()


def test_a_broken_or_planted_history_does_no_harm(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    planted = {
        "id": "x",
        "at": 1,
        "exchanges": [
            {
                "question": NASTY,
                "html": f'<div class="aq-answer other" onclick="x()" style="top:0">{NASTY}'
                '<a class="aq-x" href="javascript:x()">lien</a><svg><style>*{}</style></svg></div>',
                "turn": {"question": 1},
            }
        ],
    }
    broken = [None, 3, {"id": "y", "at": 1e300, "exchanges": [{}]}, {"exchanges": "z"}, planted]
    page.evaluate("(talks) => localStorage.setItem('aseqa.history', JSON.stringify(talks))", broken)
    page.click(".aq-history-open")
    expect(page.locator(".aq-talk-open strong")).to_have_text([NASTY])
    page.click(".aq-talk-open")
    expect(page.locator(".aq-asked")).to_have_text(NASTY)
    shown = page.locator("#aq-log .bot .message-content, #aq-log [data-testid=bot]").last
    expect(shown).to_contain_text("lien")
    for name in ("img", "script", "style", "svg", "[onclick]", "[style*=top]", "a[href]"):
        assert shown.locator(name).count() == 0, name
    assert page.title() != "attaque"
    # The browser's own policy refuses the handlers while they are still being read.
    assert all(told.startswith("Executing inline event handler") for told in visit.troubles)
    visit.troubles.clear()
    page.evaluate("localStorage.setItem('aseqa.history', '{')")
    visit.reload()
    expect(page.locator(".aq-welcome")).to_be_visible()


def test_the_history_is_bounded(opened: Callable[..., Visit]) -> None:
    page = opened().page
    kept = page.evaluate(
        """() => {
          for (let n = 0; n < 30; n += 1) {
            aseqaHistory.begin();
            aseqaHistory.keep({ question: `q${n}`, html: "x".repeat(150000), turn: null });
          }
          const text = localStorage.getItem("aseqa.history");
          return [text.length, JSON.parse(text).map((talk) => talk.exchanges[0].question)];
        }"""
    )
    assert kept[0] <= 2_000_000
    assert len(kept[1]) == 13
    assert "q29" in kept[1]


def test_a_stopped_question_is_forgotten(opened: Callable[..., Visit]) -> None:
    visit = opened()
    page = visit.page
    # Sent and stopped in one go: the answer is quick.
    page.fill("#aq-question textarea", OTHER)
    page.evaluate(
        """() => new Promise((done) => {
          const send = document.querySelector("#aq-send");
          const stop = document.querySelector("#aq-stop");
          const press = () => (send.disabled ? requestAnimationFrame(press) : send.click());
          const halt = () => {
            if (!document.querySelector(".aq-wait")) return requestAnimationFrame(halt);
            stop.click();
            done();
          };
          press();
          halt();
        })"""
    )
    expect(page.locator(".aq-stopped")).to_have_text("Recherche arrêtée.")
    expect(page.locator("#aq-question textarea")).to_have_value(OTHER)
    expect(page.locator("#aq-stop")).to_be_hidden()
    visit.ask(QUESTION)
    assert page.locator(".aq-asked").all_text_contents() == [OTHER, QUESTION]
    expect(page.locator("#aq-source .aq-source")).to_have_attribute(
        "data-document", SOURCE.removesuffix(".txt")
    )
    expect(page.locator(".aq-answer").first).to_have_text("Recherche arrêtée.")
    assert [talk["exchanges"][0]["question"] for talk in stored(page)] == [QUESTION]  # type: ignore[index]


def test_a_phone_has_room_for_all(opened: Callable[..., Visit]) -> None:
    page = opened(PHONE, kind="question_ecrite", source=SOURCE, since="2024-01-01").page
    expect(page.locator(".aq-chip").nth(1)).to_contain_text(TITLE)
    for button, dialog in (
        (".aq-filter-open", "#aq-filter-dialog"),
        (".aq-history-open", "#aq-history-dialog"),
    ):
        page.click(button)
        box = page.locator(dialog).bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, PHONE["width"])
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["height"]
        assert page.locator(dialog).evaluate("(part) => part.scrollWidth <= part.clientWidth")
        page.locator(dialog).locator(".aq-dialog-close").click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    send = page.locator("#aq-send").bounding_box()
    assert send is not None
    assert send["y"] + send["height"] <= PHONE["height"]
