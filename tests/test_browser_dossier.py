"""The dossier in a real browser: kept, ordered, noted, exported, imported, asked again."""

import csv
import io
import json
import os
import shutil
import zipfile

import pytest
from chat_server import QUESTION, serving
from lxml import html as markup
from playwright.sync_api import expect, sync_playwright
from test_browser import CUT, LAPTOP, OFF_TOPIC, PHONE

from aseqa.dossier import Asked, Dossier, Heading, Note, Pinned, read_dossier
from aseqa.export import FORMATS
from aseqa.messages import message
from aseqa.seal import VALID, seal_record, seal_state

pytestmark = pytest.mark.browser

NASTY = '<img src=x onerror="window.owned=1"><script>window.owned=1</script> \' &amp; **é**'
STORED = "JSON.parse(localStorage.getItem('aseqa.dossier'))"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def address(seeds_index):
    with serving(seeds_index) as found:
        yield found


@pytest.fixture
def refusals():
    """Statuses with which the server may refuse a request: part of a test, no trouble."""
    return [422]


@pytest.fixture
def page(browser, address, request, refusals):
    """A page of one reader's; nothing goes wrong on it, and it asks no other host."""
    context = browser.new_context(viewport=getattr(request, "param", LAPTOP), locale="fr-FR")
    troubles, elsewhere, loads = [], [], []
    opened = context.new_page()
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on(
        "console",
        lambda said: said.type == "error"
        and not any(f"status of {status}" in said.text for status in refusals)
        and troubles.append(said.text),
    )  # fmt: skip
    context.on(
        "request",
        lambda sent: sent.url.startswith((address, "data:", "blob:")) or elsewhere.append(sent.url),
    )
    context.on("request", lambda sent: sent.is_navigation_request() and loads.append(sent.url))
    visit(opened, address)
    yield opened
    context.close()
    # Loading the page anew cuts Gradio's streams, of which it complains.
    cut = CUT if len(loads) > 1 else ()
    assert [told for told in troubles if not any(words in told for words in cut)] == []
    assert elsewhere == []


def visit(page, address):
    page.goto(address)
    expect(page.locator("#aq-source .aq-source")).to_be_attached()


def ask(page, question):
    answers = page.locator(".aq-answer:not(.aq-wait)")
    count = answers.count()
    page.fill("#aq-question textarea", question)
    page.press("#aq-question textarea", "Enter")
    expect(answers).to_have_count(count + 1)


def open_panel(page):
    page.click("#aq-dossier-open")
    panel = page.locator("#aq-dossier")
    expect(panel).to_be_visible()
    return panel


def bring_in(page, data, name="dossier.json"):
    body = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    page.set_input_files(
        ".aq-dossier-file", {"name": name, "mimeType": "application/json", "buffer": body}
    )


def quotes(page):
    return page.locator(".aq-dossier-item blockquote").all_text_contents()


@pytest.fixture(scope="module")
def answer(assistant):
    return assistant.ask(QUESTION)


@pytest.fixture
def dossier(answer):
    items = (
        Heading("Chiffres"),
        Pinned(answer.quotes[1].to_dict(), QUESTION, "Note 1", "2026-11-22"),
        Note("À relire"),
        Pinned(answer.quotes[0].to_dict(), QUESTION),
    )
    seen = read_dossier({"questions": []}).questions
    return Dossier("Exploitation", items, seen).to_dict()


def test_quotes_are_kept_in_order_with_notes_and_headings(page, address, answer):
    ask(page, QUESTION)
    keepers = page.locator(".aq-keep")
    keepers.nth(0).click()
    expect(keepers.nth(0)).to_have_text("Retirer du dossier")
    keepers.nth(1).click()
    expect(page.locator("#aq-dossier-status")).to_have_text(
        "Citation gardée. Éléments dans le dossier : 2."
    )
    expect(page.locator("#aq-dossier-open")).to_have_text("Dossier (2)")
    stored = page.evaluate(STORED)
    assert [item["quote"] for item in stored["items"]] == [
        json.loads(json.dumps(quote.to_dict())) for quote in answer.quotes[:2]
    ]
    assert [item["question"] for item in stored["items"]] == [QUESTION] * 2
    assert [asked["question"] for asked in stored["questions"]] == [QUESTION]
    assert len(stored["questions"][0]["seen"]) == len(answer.quotes)

    panel = open_panel(page)
    texts = [quote.text for quote in answer.quotes[:2]]
    assert quotes(page) == texts
    mark = panel.locator("blockquote mark").first
    assert mark.text_content() == answer.quotes[0].span.text
    panel.locator("#aq-dossier-title").fill("L’été\u00a0: n° 1")
    panel.locator("textarea").first.fill("À vérifier « ici »")
    panel.get_by_role("button", name="Descendre l'élément 1").click()
    assert quotes(page) == texts[::-1]
    panel.get_by_role("button", name="Ajouter un intertitre").click()
    page.keyboard.type("Chiffres")
    for place in (3, 2):
        panel.get_by_role("button", name=f"Monter l'élément {place}").click()
    expect(panel.locator(".aq-dossier-said")).to_have_text("Déplacé : élément 1 sur 3.")
    page.reload()
    expect(page.locator("#aq-dossier-open")).to_have_text("Dossier (3)")
    panel = open_panel(page)
    assert quotes(page) == texts[::-1]
    assert panel.locator("#aq-dossier-title").input_value() == "L’été\u00a0: n° 1"
    written = panel.locator("[data-writes]")
    assert [written.nth(place).input_value() for place in range(3)] == [
        "Chiffres", "", "À vérifier « ici »",
    ]  # fmt: skip


def test_removing_is_undone_and_emptying_is_confirmed(page, dossier):
    panel = open_panel(page)
    expect(panel.locator(".aq-dossier-empty")).to_be_visible()
    bring_in(page, dossier)
    expect(panel.locator(".aq-dossier-said")).to_have_text("Dossier importé. Éléments : 4.")
    before = page.evaluate(STORED)
    panel.get_by_role("button", name="Retirer l'élément 2").click()
    expect(panel.locator(".aq-dossier-item")).to_have_count(3)
    page.keyboard.press("Enter")  # the focus is on what gives it back
    expect(panel.locator(".aq-dossier-item")).to_have_count(4)
    assert page.evaluate(STORED) == before
    panel.get_by_role("button", name="Vider le dossier").click()
    expect(panel.get_by_role("button", name="Annuler")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate(STORED) == before
    panel.get_by_role("button", name="Vider le dossier").click()
    panel.get_by_role("button", name="Oui, tout effacer").click()
    expect(panel.locator(".aq-dossier-empty")).to_be_visible()
    assert page.evaluate(STORED) == {"format": 1, "title": "", "items": [], "questions": []}
    expect(page.locator("#aq-dossier-open")).to_have_text("Dossier (0)")


def test_every_export_is_a_file_with_the_quotes(page, dossier, tmp_path):
    panel = open_panel(page)
    bring_in(page, dossier)
    expect(panel.locator(".aq-dossier-item")).to_have_count(4)
    held = {}
    for style, form in FORMATS.items():
        panel.locator("#aq-dossier-style").select_option(style)
        with page.expect_download() as waited:
            panel.get_by_role("button", name="Exporter").click()
        download = waited.value
        assert download.suggested_filename == f"dossier-exploitation{form.suffix}"
        download.save_as(tmp_path / style)
        held[style] = (tmp_path / style).read_bytes()
    texts = [item["quote"]["text"] for item in dossier["items"] if item["kind"] == "quote"]
    rows = list(csv.DictReader(io.StringIO(held["csv"].decode("utf-8-sig")), delimiter=";"))
    assert [row["Citation"] for row in rows if row["Citation"]] == [
        f"«\u00a0{text}\u00a0»" for text in texts
    ]
    shown = markup.document_fromstring(held["html"]).text_content()
    assert all(text in shown for text in texts)
    for style, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
        with zipfile.ZipFile(io.BytesIO(held[style])) as package:
            # ODT writes a blank at an edge as an element.
            written = package.read(part).replace(b"<text:s/>", b" ")
        words = markup.fromstring(written).text_content()
        assert all(text in words for text in texts)
    assert texts[0] in held["markdown"].decode().replace("\\", "").replace("**", "")
    back = json.loads(held["json"])
    assert back["items"] == json.loads(json.dumps(dossier["items"]))
    assert [seal_state(quote) for quote in back["quotes"]] == [VALID, VALID]
    assert read_dossier(back).title == "Exploitation"


def nasty(answer):
    """A dossier in which every text is an attack."""
    quote = answer.quotes[0].to_dict()
    quote |= {"text": NASTY, "start": 0, "end": len(NASTY), "reference": NASTY, "title": NASTY}
    quote |= {"document": NASTY, "source": NASTY, "kind": NASTY, "section": NASTY}
    quote |= {"url": "javascript:window.owned=1", "span": {"start": 0, "end": 4, "text": "<img"}}
    quote["voice"] = {"kind": "__proto__", "name": NASTY, "reported": NASTY}
    quote["seal"] = seal_record(quote, NASTY)
    items = (Heading(NASTY), Note(NASTY), Pinned(quote, NASTY, NASTY))
    return Dossier(NASTY, items, (Asked(NASTY, "answered", None, (NASTY,)),)).to_dict()


def test_an_imported_dossier_cannot_do_anything(page, answer):
    panel = open_panel(page)
    bring_in(page, nasty(answer))
    expect(panel.locator(".aq-dossier-item")).to_have_count(3)
    assert quotes(page) == [NASTY]
    assert panel.locator("mark").text_content() == "<img"
    assert panel.locator(".aq-dossier-item .aq-reference").text_content() == NASTY
    assert panel.locator(".aq-name").text_content() == NASTY
    assert panel.locator("#aq-dossier-title").input_value() == NASTY
    panel.get_by_role("button", name="Reposer les questions").click()
    expect(panel.locator(".aq-rerun h4")).to_have_text(NASTY)
    expect(panel.locator(".aq-former")).to_have_text(NASTY)
    with page.expect_download() as waited:
        panel.locator("#aq-dossier-style").select_option("html")
        panel.get_by_role("button", name="Exporter").click()
    assert waited.value.suggested_filename.startswith("dossier-img-src-x")
    panel.locator(".aq-place").first.click()
    expect(page.locator("#aq-source .aq-missing")).to_be_visible()
    page.reload()
    open_panel(page)
    assert quotes(page) == [NASTY]
    assert page.locator("#aq-dossier img, #aq-dossier script, #aq-dossier a").count() == 0
    assert page.evaluate("window.owned") is None


def test_what_is_no_dossier_is_refused_and_nothing_is_lost(page, dossier):
    panel = open_panel(page)
    said = panel.locator(".aq-dossier-said")
    bring_in(page, b"{")
    expect(said).to_have_text("Ce fichier n'est pas un dossier au format JSON.")
    bring_in(page, {"title": "x", "items": [{"kind": "image"}]})
    expect(said).to_contain_text("élément 1 : « kind » doit être quote, note ou heading")
    bring_in(page, b'"' + b"x" * 900_001 + b'"')
    expect(said).to_have_text("Ce fichier est trop grand pour un dossier.")
    bring_in(page, dossier)
    expect(panel.locator(".aq-dossier-item")).to_have_count(4)
    bring_in(page, dossier)
    expect(panel.get_by_role("button", name="Annuler")).to_be_focused()
    panel.get_by_role("button", name="Ajouter à la suite").click()
    expect(panel.locator(".aq-dossier-item")).to_have_count(8)
    bring_in(page, dossier)
    panel.get_by_role("button", name="Remplacer").click()
    expect(panel.locator(".aq-dossier-item")).to_have_count(4)


def test_questions_are_asked_again(page, answer):
    ask(page, QUESTION)
    page.locator(".aq-keep").first.click()
    ask(page, OFF_TOPIC)
    reading = page.locator(".aq-reading .aq-keep").first
    reading.click()
    stored = page.evaluate(STORED)
    assert [asked["status"] for asked in stored["questions"]] == ["answered", "abstained"]
    assert [item["question"] for item in stored["items"]] == [QUESTION, ""]
    panel = open_panel(page)
    expect(panel.locator("summary")).to_have_text("Questions du dossier (2)")
    panel.get_by_role("button", name="Reposer les questions").click()
    progress = panel.locator(".aq-dossier-progress")
    expect(progress).to_have_text("Questions reposées : 2. Avec du changement : 0.")
    assert panel.locator(".aq-rerun h4").all_text_contents() == [QUESTION, OFF_TOPIC]
    # As if the first question had had no answer: all that it gives is new.
    page.evaluate(
        """() => {
          const held = JSON.parse(localStorage.getItem("aseqa.dossier"));
          held.questions[0] = { ...held.questions[0], status: "abstained", seen: [] };
          localStorage.setItem("aseqa.dossier", JSON.stringify(held));
        }"""
    )
    page.reload()
    panel = open_panel(page)
    panel.get_by_role("button", name="Reposer les questions").click()
    expect(progress).to_have_text("Questions reposées : 2. Avec du changement : 1.")
    new = panel.locator(".aq-rerun .aq-card")
    assert new.locator(".aq-quote").all_text_contents() == [q.text for q in answer.quotes[1:]]
    new.locator(".aq-keep").first.click()
    expect(panel.locator(".aq-dossier-item")).to_have_count(3)
    assert page.evaluate(STORED)["items"][2]["question"] == QUESTION
    panel.locator("summary").click()
    panel.get_by_role("button", name=f"Oublier la question : {OFF_TOPIC}").click()
    assert [asked["question"] for asked in page.evaluate(STORED)["questions"]] == [QUESTION]


def test_a_busy_server_is_waited_for_as_long_as_it_says(page, refusals):
    refusals.append(503)
    ask(page, QUESTION)
    page.locator(".aq-keep").first.click()
    panel = open_panel(page)
    tried = []

    def busy_once(route):
        tried.append(route.request.post_data_json["dossier"]["questions"][0]["question"])
        if len(tried) == 1:
            return route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}")
        return route.continue_()

    page.route("**/dossier/rerun", busy_once)
    panel.get_by_role("button", name="Reposer les questions").click()
    progress = panel.locator(".aq-dossier-progress")
    expect(progress).to_have_text("Le serveur est occupé ; reprise dans 1 s…")
    expect(progress).to_have_text("Questions reposées : 1. Avec du changement : 0.")
    assert tried == [QUESTION, QUESTION]
    page.unroute("**/dossier/rerun")


def test_the_source_is_opened_and_marked_only_if_unchanged(page, dossier):
    dossier["items"][1]["quote"]["sha256"] = "f" * 64
    del dossier["quotes"]
    panel = open_panel(page)
    bring_in(page, dossier)
    panel.locator(".aq-place").nth(1).click()
    expect(panel).to_be_hidden()
    hit = page.locator("#aq-source .aq-hit")
    expect(hit).to_be_in_viewport()
    assert hit.text_content() == dossier["items"][3]["quote"]["text"]
    open_panel(page)
    panel.locator(".aq-place").first.click()
    expect(page.locator("#aq-source .aq-note")).to_have_text(message("chat_changed"))
    assert hit.count() == 0


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone_and_the_keyboard_are_enough(page, dossier):
    page.locator("#aq-dossier-open").focus()
    page.keyboard.press("Enter")
    panel = page.locator("#aq-dossier")
    expect(panel.locator("h2")).to_be_focused()
    bring_in(page, dossier)
    expect(panel.locator(".aq-dossier-item")).to_have_count(4)
    box = panel.bounding_box()
    assert (box["x"], box["width"], box["height"]) == (0, PHONE["width"], PHONE["height"])
    body = page.locator(".aq-dossier-body")
    assert body.evaluate("(part) => part.scrollWidth <= part.clientWidth")
    for control in panel.locator("button:visible, input:visible, textarea:visible").all():
        box = control.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert control.evaluate("(part) => part.labels?.length || part.ariaLabel || part.innerText")
    panel.get_by_role("button", name="Monter l'élément 4").focus()
    for place in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(panel.locator(".aq-dossier-said")).to_have_text(f"Déplacé : élément {place} sur 4.")
    expect(panel.get_by_role("button", name="Retirer l'élément 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#aq-dossier-open")).to_be_focused()
    boxes = [page.locator(name).bounding_box() for name in (".aq-corpus", "#aq-keep", "#aq-new")]
    ends = [box["x"] + box["width"] for box in boxes]
    assert all(end <= box["x"] for end, box in zip(ends, boxes[1:], strict=False))
    assert ends[-1] <= PHONE["width"]


@pytest.mark.parametrize(
    "stored",
    ["{", "null", '{"format": 1}', '{"format": 2, "title": "", "items": [], "questions": []}',
     '{"format": 1, "title": "", "items": [{"kind": "quote", "quote": {}}], "questions": []}'],
)  # fmt: skip
def test_a_broken_storage_is_ignored(browser, address, stored):
    context = browser.new_context(viewport=LAPTOP, locale="fr-FR")
    context.add_init_script(f"localStorage.setItem('aseqa.dossier', {json.dumps(stored)})")
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#aq-dossier-open")).to_have_text("Dossier (0)")
    panel = open_panel(page)
    panel.get_by_role("button", name="Ajouter une note").click()
    expect(page.locator("#aq-dossier-open")).to_have_text("Dossier (1)")
    context.close()


def test_a_browser_that_keeps_nothing_says_so_and_two_pages_agree(page, address, dossier):
    other = page.context.new_page()
    visit(other, address)
    panel = open_panel(page)
    bring_in(page, dossier)
    expect(other.locator("#aq-dossier-open")).to_have_text("Dossier (4)")
    other.close()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    panel.get_by_role("button", name="Retirer l'élément 1").click()
    expect(panel.locator(".aq-dossier-said")).to_contain_text(message("dossier_page_unsaved"))
    expect(panel.locator(".aq-dossier-item")).to_have_count(3)


def test_a_busy_or_lost_server_is_said_and_a_run_is_stopped(page, answer):
    panel = open_panel(page)
    # One of the answer's two quotes is not in it: a change, once the question is asked again.
    kept = (Pinned(answer.quotes[0].to_dict(), QUESTION),)
    bring_in(page, Dossier("Exploitation", kept).to_dict())
    again = panel.get_by_role("button", name="Reposer les questions")
    progress = panel.locator(".aq-dossier-progress")
    place = "**/dossier/rerun"
    page.route(place, lambda route: route.fulfill(status=203, body="?"))
    again.click()
    expect(progress).to_contain_text(message("dossier_page_lost"))
    page.unroute(place)
    page.route(place, lambda route: None)
    again.click()
    expect(progress).to_have_text("Question 1 sur 1…")
    panel.get_by_role("button", name="Arrêter").click()
    stopped = "Arrêté. Questions reposées : 0. Avec du changement : 0."
    expect(progress).to_have_text(stopped)
    page.unroute(place)
    expect(again).to_be_enabled()
    again.click()
    expect(progress).to_have_text("Questions reposées : 1. Avec du changement : 1.")
