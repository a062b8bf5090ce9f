"""The page of evaluation in a real browser, over a real server and the index of the seeds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import QUESTION, serving
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_trec import QUESTIONS

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
NASTY = "<img src=x onerror=alert(1)> & « é »"
ASKED = [
    *QUESTIONS,
    {"id": NASTY, "q": f"{NASTY} ?", "gold": [{"doc": "002", "contains": NASTY}], "type": NASTY},
]
# A busy machine may take long to answer; a page that fails never does.
expect.set_options(timeout=300_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Sandboxing needs rights that a container may lack; the pages are our own.
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "les miennes.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in ASKED), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=LAPTOP, locale="fr-FR", accept_downloads=True)
    opened = context.new_page()
    troubles: list[str] = []
    requests: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    context.on("request", lambda request: requests.append(request.url))
    opened.goto(f"{address}/evaluation")
    yield opened
    context.close()
    # A problem told by the server is no trouble of the page.
    assert [one for one in troubles if "status of 4" not in one] == []
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []


def choose(page: Page, path: Path) -> None:
    page.get_by_role("radio", name="Un fichier à moi").check()
    page.set_input_files("#aq-file", path)


def run(page: Page) -> None:
    page.get_by_role("button", name="Lancer l'évaluation").click()
    expect(page.get_by_role("button", name="Lancer l'évaluation")).to_be_enabled()
    expect(page.locator("#aq-results")).to_be_visible()


def kept(page: Page) -> dict[str, Any]:
    """Give the one run that the browser keeps."""
    [held] = page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('aseqa.evaluation.'))"
        ".map(([, value]) => JSON.parse(value))"
    )
    assert isinstance(held, dict)
    return held


def test_a_file_of_ones_own_is_measured(page: Page, gold: Path) -> None:
    choose(page, gold)
    run(page)
    expect(page.locator("#aq-results-name")).to_be_focused()
    expect(page.locator("#aq-status")).to_have_text("Évaluation terminée.")
    asked = page.locator("#aq-found > p").first
    expect(asked).to_contain_text("les miennes.jsonl · 5 questions, dont 4 ont une réponse")
    row = page.locator("[data-measure='quote_hit@1']")
    assert row.locator("th").get_attribute("scope") == "row"
    value = float(row.locator("td").first.inner_text().replace(",", "."))
    cards = page.locator(".aq-one")
    expect(cards).to_have_count(5)
    rights = page.locator(".aq-one[data-outcome='right']").count()
    assert value == pytest.approx(rights / 4, abs=5e-4)
    assert row.locator("svg").get_attribute("aria-hidden") == "true"
    pictures = page.locator("#aq-found img")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        assert "questions" in (picture.get_attribute("alt") or "") + "questions"
        assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    # What a file says is text, whatever it says.
    assert cards.last.locator("h3").inner_text() == f"{NASTY} ?"
    assert page.locator("#aq-found img[src='x']").count() == 0


def test_questions_are_filtered_and_their_quotes_opened(page: Page, gold: Path) -> None:
    choose(page, gold)
    run(page)
    page.get_by_label("Montrer").select_option("abstained")
    expect(page.locator(".aq-one")).to_have_count(1)
    expect(page.locator("#aq-shown")).to_have_text("Questions montrées : 1 sur 5")
    expect(page.locator(".aq-one h3")).to_have_text(QUESTIONS[3]["q"])
    page.get_by_label("Montrer").select_option("")
    page.get_by_label("Chercher dans les questions").fill("EXPLOITATION sexuelle")
    expect(page.locator(".aq-one")).to_have_count(1)
    first = page.locator(".aq-one li a").first
    words = page.locator(".aq-one li q").first.inner_text()
    with page.context.expect_page() as opened:
        first.click()
    hit = opened.value.locator("#aq-source .aq-hit")
    expect(hit).to_have_text(words)


def test_the_next_run_is_compared_with_the_last(page: Page, gold: Path) -> None:
    choose(page, gold)
    run(page)
    expect(page.locator(".aq-against")).to_contain_text("Première mesure de ce fichier")
    held = kept(page)
    assert set(held["questions"]) == {one["id"] for one in ASKED}
    assert not any(one["q"] in json.dumps(held, ensure_ascii=False) for one in ASKED)
    # As though the first question had been missed, and the off-topic one had been answered.
    page.evaluate(
        """() => {
          const [name] = Object.keys(localStorage).filter((key) => key.startsWith("aseqa.eval"));
          const held = JSON.parse(localStorage.getItem(name));
          held.questions["deux mots"] = { outcome: "wrong", measures: { "quote_hit@1": 0 } };
          held.figures["quote_hit@1"] -= 0.25;
          localStorage.setItem(name, JSON.stringify(held));
        }"""
    )
    run(page)
    against = page.locator(".aq-against")
    expect(against).to_contain_text("questions gagnées : 1 ; perdues : 0.")
    against.locator("summary").click()
    expect(against.locator("li")).to_contain_text(QUESTIONS[0]["q"])
    cells = page.locator("[data-measure='quote_hit@1'] td")
    # One of four questions went from 0 to 1; drawn anew, between none and three of four.
    assert cells.last.inner_text().startswith("+0,250 [0,000 ; +0,750]")
    expect(page.locator("[data-measure='quote_hit@1'] .aq-former")).to_have_count(1)
    page.get_by_role("button", name="Oublier la mesure gardée").click()
    assert page.evaluate("localStorage.length") == 0


def test_the_results_are_downloaded(page: Page, gold: Path, tmp_path: Path) -> None:
    choose(page, gold)
    run(page)
    files = {}
    for name in ("Rapport (JSON)", "Classements (TREC)", "Jugements (qrels)"):
        with page.expect_download() as loaded:
            page.get_by_role("button", name=name).click()
        files[loaded.value.suggested_filename] = loaded.value.path().read_text(encoding="utf-8")
    assert list(files) == [
        *("les-miennes.evaluation.json", "les-miennes.run.trec", "les-miennes.qrels.trec"),
    ]
    report, ranked, judged = files.values()
    assert [one["id"] for one in json.loads(report)["results"]] == [one["id"] for one in ASKED]
    assert ranked.startswith("deux%20mots Q0 ")
    assert "\nc 0 - 0\n" in judged


def test_a_run_is_stopped_and_others_are_answered_meanwhile(
    page: Page, gold: Path, address: str
) -> None:
    page.get_by_role("radio", name="Questions de réglage").check()
    page.get_by_role("button", name="Lancer l'évaluation").click()
    expect(page.locator("#aq-far")).to_contain_text("questions sur 272, reste environ")
    said = page.request.post(f"{address}/api/ask", data={"question": QUESTION}, timeout=300_000)
    assert said.json()["status"] == "answered"
    expect(page.locator("#aq-far")).to_contain_text("questions sur 272, reste environ")
    other = page.context.new_page()
    other.goto(f"{address}/evaluation")
    other.get_by_role("button", name="Lancer l'évaluation").click()
    expect(other.get_by_role("alert")).to_contain_text("Une évaluation est déjà en cours")
    other.close()
    stop = page.get_by_role("button", name="Arrêter")
    expect(stop).to_be_focused()
    stop.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Évaluation arrêtée après")
    expect(page.get_by_role("button", name="Lancer l'évaluation")).to_be_focused()
    # The server has stopped too: there is room for another one.
    choose(page, gold)
    run(page)
    expect(page.locator(".aq-one")).to_have_count(5)


def test_a_wrong_file_is_told_with_its_line(page: Page, tmp_path: Path) -> None:
    page.get_by_role("radio", name="Un fichier à moi").check()
    page.get_by_role("button", name="Lancer l'évaluation").click()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("Choisissez d'abord un fichier.")
    wrong, latin = tmp_path / "faux.jsonl", tmp_path / "latin.jsonl"
    wrong.write_text('{"id": "a", "q": "Qui ?", "gold": []}\n{"id": "b"}', encoding="utf-8")
    latin.write_bytes(b'{"id": "\xe9"}')
    page.set_input_files("#aq-file", wrong)
    page.get_by_role("button", name="Lancer l'évaluation").click()
    expect(alert).to_contain_text("faux.jsonl, ligne 2 : ")
    page.set_input_files("#aq-file", latin)
    page.get_by_role("button", name="Lancer l'évaluation").click()
    expect(alert).to_have_text("Ce fichier n'est pas en UTF-8.")
    expect(page.locator("#aq-results")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_runs_over_the_edge(page: Page, gold: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    choose(page, gold)
    run(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    label = page.locator("[data-measure='ece'] td").first
    content = label.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Valeur" in content
    assert page.evaluate("document.body.classList.contains('dark')") is (scheme == "dark")
