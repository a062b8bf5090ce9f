"""The plot of figures and what readers say of answers, in a real browser."""

import json
import os
import shutil
from itertools import pairwise

import pytest
from chat_server import QUESTION, serving
from playwright.sync_api import expect, sync_playwright

pytestmark = pytest.mark.browser

OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
# A busy machine may take long to open a page; a page that fails to open never does.
expect.set_options(timeout=60_000)
TALKS = "JSON.parse(localStorage.getItem('aseqa.history'))"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    return tmp_path_factory.mktemp("feedback") / "avis.jsonl"


@pytest.fixture(scope="module")
def address(seeds_index, verdicts):
    with serving(seeds_index, "--feedback", str(verdicts)) as found:
        yield found


@pytest.fixture
def page(browser, address, request):
    """A page of one reader's; nothing goes wrong on it, and it asks no other host."""
    size = getattr(request, "param", LAPTOP)
    context = browser.new_context(viewport=size, locale="fr-FR")
    troubles, elsewhere = [], []
    opened = context.new_page()
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    context.on(
        "request",
        lambda sent: sent.url.startswith((address, "data:", "blob:")) or elsewhere.append(sent.url),
    )
    opened.goto(address)
    expect(opened.locator("#aq-source .aq-source")).to_be_attached()
    yield opened
    context.close()
    assert [told for told in troubles if "AbortError" not in told] == []
    assert elsewhere == []


def ask(page, question):
    answers = page.locator(".aq-answer:not(.aq-wait)")
    count = answers.count()
    page.fill("#aq-question textarea", question)
    page.press("#aq-question textarea", "Enter")
    expect(answers).to_have_count(count + 1)


def centres(page):
    """Give where the marks are drawn and the lines of the axis with their values."""
    return page.evaluate(
        """() => {
        const at = (part) => part.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
        const marks = [...document.querySelectorAll(".aq-plot-mark")].map(at);
        const labels = [...document.querySelectorAll("[data-part='y-axis tick label'] text")];
        const value = (text) => Number(text.textContent.replace(/\\D/g, ""));
        const axis = labels.map((text) => [value(text), at(text)[1]]);
        return { marks, axis };
        }"""
    )


@pytest.mark.parametrize("page", [LAPTOP, PHONE], indirect=True)
def test_marks_stand_right_on_both_axes_and_within_the_page(page, assistant):
    ask(page, QUESTION)
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    found = centres(page)
    (low, low_y), (high, high_y) = found["axis"][0], found["axis"][-1]
    per_unit = (high_y - low_y) / (high - low)
    drawn = [low + (y - low_y) / per_unit for _, y in found["marks"]]
    assert drawn == pytest.approx([10000, 11000, 15000, 20000], abs=1)
    # Days between 21 January 2025, 17 June 2025, 9 December 2025 and 5 May 2026.
    gaps = [second[0] - first[0] for first, second in pairwise(found["marks"])]
    assert [gap / sum(gaps) for gap in gaps] == pytest.approx([147 / 469, 175 / 469, 147 / 469])
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    box = page.locator(".aq-plot-chart").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


def test_each_mark_says_its_figure_and_opens_its_source(page):
    ask(page, QUESTION)
    marks = page.locator(".aq-plot-mark")
    expect(marks).to_have_count(4)
    names = [marks.nth(i).get_attribute("aria-label") for i in range(4)]
    assert names[1].startswith("plus de 11 000 mineurs (valeur minimale), publié le 17 juin 2025, ")
    assert names[3] == "20 000 mineurs, publié le 5 mai 2026, Parlementaire — Mme Karen Erodi"
    chart = page.get_by_role("group", name="Ces chiffres dans le temps")
    expect(chart.get_by_role("button")).to_have_count(4)
    marks.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(marks.nth(3)).to_be_focused()
    expect(page.locator(".aq-plot-told")).to_have_text(names[3])
    assert [marks.nth(i).get_attribute("tabindex") for i in range(4)] == ["-1", "-1", "-1", "0"]
    page.keyboard.press("Enter")
    expect(page.locator("#aq-source .aq-hit .aq-span")).to_have_text("20 000 mineurs")
    marks.nth(2).click()
    expect(page.locator("#aq-source .aq-hit .aq-span")).to_have_text("environ 15 000 mineurs")


def test_voices_differ_by_shape_and_by_colour_in_light_and_dark(page):
    ask(page, QUESTION)
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    looks = """() => [...document.querySelectorAll(".aq-plot-mark path:last-child")].map((path) =>
        [path.getAttribute("d"), getComputedStyle(path).stroke])"""
    light = page.evaluate(looks)
    member, government = light[0], light[1]
    assert member[0] != government[0]
    assert member[1] != government[1]
    assert light[3] == member
    page.evaluate("document.body.classList.add('dark')")
    dark = page.evaluate(looks)
    assert [shape for shape, _ in dark] == [shape for shape, _ in light]
    assert all(one[1] != other[1] for one, other in zip(light, dark, strict=True))


def test_the_plot_takes_the_width_there_is(page):
    ask(page, QUESTION)
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    wide = float(page.locator(".aq-plot-chart").get_attribute("width"))
    page.set_viewport_size(PHONE)
    page.wait_for_function(f"document.querySelector('.aq-plot-chart').clientWidth < {wide} - 100")
    page.wait_for_function("document.querySelector('.aq-plot-chart').getAttribute('width') <= 360")
    assert page.locator(".aq-plot-mark").count() == 4


def test_a_kept_conversation_gets_its_plot_again(page):
    ask(page, QUESTION)
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    page.reload()
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    assert page.evaluate(f"{TALKS}[0].exchanges[0].html").count("<svg") == 0


HOSTILE = [
    "no JSON",
    {"title": "t", "marks": 3},
    {"marks": [{"voice": "<b>"}]},
    {"marks": [{"day": "2025-01-01<script>"}]},
    {"marks": [{"value": "<img src=x>"}]},
    {"voices": [["constructor", "x"]]},
]


def test_what_a_store_holds_is_drawn_as_text_or_not_at_all(page):
    ask(page, QUESTION)
    expect(page.locator(".aq-plot-mark")).to_have_count(4)
    talks = page.evaluate(TALKS)
    html = talks[0]["exchanges"][0]["html"]
    good = json.loads(page.locator(".aq-plot").get_attribute("data-plot"))
    nasty = '"><img src=x onerror="window.owned=1"><script>window.owned=1</script>'
    figures = [{**good, "title": nasty, "marks": [{**m, "told": nasty} for m in good["marks"]]}]
    for change in HOSTILE:
        if isinstance(change, dict) and isinstance(change.get("marks"), list):
            change = {**change, "marks": [{**good["marks"][0], **change["marks"][0]}]}
        figures.append({**good, **change} if isinstance(change, dict) else change)
    page.evaluate(
        """([html, figures]) => {
        const talks = JSON.parse(localStorage.getItem("aseqa.history"));
        const parsed = new DOMParser().parseFromString(html, "text/html");
        const figure = parsed.querySelector(".aq-plot");
        for (const data of figures) {
          const copy = figure.cloneNode();
          copy.dataset.plot = typeof data === "string" ? data : JSON.stringify(data);
          figure.before(copy);
        }
        const svg = "<svg onload='window.owned=1'><a href='javascript:window.owned=1'>x</a></svg>";
        talks[0].exchanges[0].html = parsed.body.innerHTML + svg;
        localStorage.setItem("aseqa.history", JSON.stringify(talks));
        }""",
        [html, figures],
    )
    page.reload()
    expect(page.locator(".aq-plot[data-drawn=on]")).to_have_count(2)
    expect(page.locator(".aq-plot")).to_have_count(len(figures) + 1)
    expect(page.locator(".aq-plot-title").first).to_have_text(nasty)
    assert page.locator(".aq-plot-mark").first.get_attribute("aria-label") == nasty
    assert page.evaluate("window.owned") is None
    assert page.locator("#aq-log .aq-plot img, #aq-log .aq-plot script, #aq-log svg a").count() == 0


def choose(page, name):
    with page.expect_response(lambda got: got.url.endswith("/feedback")) as sent:
        page.get_by_role("button", name=name, exact=True).click()
    return sent.value


def test_a_reader_says_of_an_answer_what_it_is_worth(page, verdicts):
    before = len(verdicts.read_text(encoding="utf-8").splitlines())
    ask(page, QUESTION)
    buttons = page.locator(".aq-feedback button")
    labels = ["Réponse juste", "Réponse fausse", "Citation juste mais inutile"]
    expect(buttons).to_have_text(labels)
    pressed = '[aria-pressed="true"]'
    expect(page.locator(f".aq-feedback {pressed}")).to_have_count(0)
    for label in labels[::2]:
        assert choose(page, label).status == 204
        expect(page.locator(f".aq-feedback {pressed}")).to_have_text([label])
    expect(page.locator(".aq-feedback p")).to_have_text("Avis enregistré.")
    assert choose(page, labels[2]).status == 204
    expect(page.locator(f".aq-feedback {pressed}")).to_have_count(0)
    written = [json.loads(line) for line in verdicts.read_text(encoding="utf-8").splitlines()]
    assert [line["verdict"] for line in written[before:]] == ["right", "useless", "none"]
    assert len({line["answer"] for line in written[before:]}) == 1


def test_an_abstention_is_right_or_wrong(page):
    ask(page, OFF_TOPIC)
    labels = ["Absence de réponse justifiée", "Le corpus contenait la réponse"]
    expect(page.locator(".aq-feedback button")).to_have_text(labels)


def test_a_verdict_that_fails_is_said_and_the_conversation_goes_on(page):
    ask(page, QUESTION)
    page.route("**/feedback", lambda route: route.fulfill(status=503, body="{}"))
    choose(page, "Réponse fausse")
    told = "L'avis n'a pas pu être enregistré. La conversation continue."
    expect(page.locator(".aq-feedback p")).to_have_text(told)
    expect(page.locator('.aq-feedback [aria-pressed="true"]')).to_have_count(0)
    ask(page, OFF_TOPIC)


def test_without_the_flag_there_are_no_buttons(browser, seeds_index):
    with serving(seeds_index) as address:
        opened = browser.new_page(locale="fr-FR")
        opened.goto(address)
        expect(opened.locator("#aq-source .aq-source")).to_be_attached()
        ask(opened, QUESTION)
        expect(opened.locator(".aq-plot-mark")).to_have_count(4)
        assert opened.locator(".aq-feedback").count() == 0
        opened.close()
