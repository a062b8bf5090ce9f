"""The plot of figures: where its marks stand, what they say, and nothing hostile gets through."""

import json
from dataclasses import replace

import pytest
from lxml import html as markup
from starlette.testclient import TestClient

from aseqa.answers import Figure, Quote, QuotedFigure, Span
from aseqa.messages import speaking
from aseqa.records import Voice
from aseqa_ui.access import Access
from aseqa_ui.figure_plot import plot_head, plot_html, plot_marks
from aseqa_ui.figure_table import figures_html
from aseqa_ui.plot_library import LIBRARY

SCRIPT = "</script><script>alert(1)</script>\"' &amp; <img src=x onerror=alert(1)>"
TEXT = "On compte 11 000 mineurs."
FIGURE = Figure(
    10, 24, "11 000 mineurs", 11000.0, 11000.0, "exact", "mineurs", "mineurs confiés",
    ("France",), None,
)  # fmt: skip
QUOTE = Quote(
    1, TEXT, Span(10, 24, "11 000 mineurs"), "doc", "doc.txt", "0" * 64, 40, 65, None, "réponse",
    "", "", Voice("gouvernement", "Ministère"), "2025-06-17", None, "texte", "Réf.", None, 1.0,
)  # fmt: skip


def entry(date="2025-06-17", voice=None, **figure):
    quote = replace(QUOTE, date=date, voice=voice or QUOTE.voice)
    return QuotedFigure(replace(FIGURE, **figure), quote, None)


def plot_of(*figures):
    [figure] = markup.fragment_fromstring(plot_html(figures), create_parent="div")
    return json.loads(figure.get("data-plot"))


def test_marks_stand_at_their_values_and_dates_oldest_first():
    later = entry("2026-05-05", Voice("parlementaire", "Mme X"), low=20000.0, high=20000.0)
    marks = plot_of(later, entry())["marks"]
    assert [(m["day"], m["value"], m["voice"], m["open"]) for m in marks] == [
        ("2025-06-17", 11000.0, "gouvernement", False),
        ("2026-05-05", 20000.0, "parlementaire", False),
    ]
    place = [marks[0][name] for name in ("document", "start", "end", "span")]
    assert place == ["doc", 40, 65, "10,24"]


@pytest.mark.parametrize(
    ("hedge", "low", "high", "value", "said"),
    [
        ("environ", 11000.0, 11000.0, 11000.0, " (ordre de grandeur)"),
        ("plus", 11000.0, None, 11000.0, " (valeur minimale)"),
        ("moins", None, 12000.0, 12000.0, " (valeur maximale)"),
        ("entre", 10000.0, 13000.0, 11500.0, " (intervalle)"),
    ],
)
def test_what_is_not_exact_is_hollow_and_said(hedge, low, high, value, said):
    plot = plot_of(entry(), entry("2025-07-01", hedge=hedge, low=low, high=high))
    mark = plot["marks"][1]
    assert (mark["value"], mark["low"], mark["high"], mark["open"]) == (value, low, high, True)
    assert mark["told"] == (
        f"11 000 mineurs{said}, publié le 1er juillet 2025, Gouvernement — Ministère"
    )
    assert plot["hollow"].startswith("Marque creuse")


def test_exact_figures_need_no_word_on_hollow_marks():
    plot = plot_of(entry(), entry("2025-07-01"))
    assert plot["hollow"] == ""
    assert plot["voices"] == [["gouvernement", "Gouvernement"]]
    assert (plot["x"], plot["y"]) == ("Date de publication", "Nombre")


def test_the_period_of_figures_counts_before_their_publication():
    figures = [entry(as_of="2019/2021"), entry(as_of="2024-03"), entry(as_of="2022/..")]
    plot = plot_of(*figures)
    assert plot["x"] == "Période dont parle le chiffre"
    assert [(m["day"], m["first"], m["last"]) for m in plot["marks"]] == [
        ("2020-07-01", "2019-01-01", "2021-12-31"),
        ("2022-01-01", "2022-01-01", None),
        ("2024-03-16", "2024-03-01", "2024-03-31"),
    ]
    assert plot["marks"][0]["told"] == "11 000 mineurs, 2019 à 2021, Gouvernement — Ministère"


def test_figures_of_one_period_stand_at_their_publication():
    plot = plot_of(entry(as_of="2024"), entry("2026-01-02", as_of="2024"))
    assert plot["x"] == "Date de publication"
    assert [mark["day"] for mark in plot["marks"]] == ["2025-06-17", "2026-01-02"]


@pytest.mark.parametrize(
    "figures",
    [
        (),
        (entry(),),
        (entry(), entry(low=9.0, high=9.0)),
        (entry(), entry(None)),
        (entry(), entry("bientôt")),
        (entry(), entry("2026-01-02", counted="juges")),
        (entry(), entry("2026-01-02", unit="%")),
        (entry(), entry("2026-01-02", low=None, high=None)),
    ],
)
def test_without_two_comparable_figures_of_two_dates_there_is_none(figures):
    assert plot_html(figures) == ""


def test_the_plot_comes_under_the_table_that_says_the_same():
    page = markup.fromstring(figures_html((entry("2026-05-05"), entry())))
    assert [part.tag for part in page] == ["table", "p", "figure"]
    assert page.xpath("count(//tr[@class='aq-figure aq-voice-gouvernement'])") == 2


def test_hostile_names_stay_text():
    hostile = entry("2026-05-05", Voice("<b>", SCRIPT), text=SCRIPT)
    html = plot_html((entry(), hostile))
    [figure] = markup.fragment_fromstring(html, create_parent="div")
    assert list(figure) == []
    assert set(figure.attrib) == {"class", "data-plot", "hidden"}
    mark = json.loads(figure.get("data-plot"))["marks"][1]
    assert SCRIPT in mark["told"]
    assert mark["voice"] == "autre"
    assert "<script" not in html


def test_english_readers_get_english_words():
    with speaking("en"):
        plot = plot_of(entry(), entry("2025-07-01", hedge="plus", high=None))
    assert plot["title"] == "These figures over time"
    assert plot["marks"][1]["told"].startswith("11 000 mineurs (lower bound), published ")


def test_marks_are_made_of_figures_of_the_same_thing_only():
    figures = (entry(), entry("2026-01-02"), entry("2026-01-03", counted="juges"))
    assert [mark.day for mark in plot_marks(figures)] == ["2025-06-17", "2026-01-02"]


def test_the_head_holds_one_script_and_no_library():
    head = plot_head()
    assert (head.count("<script>"), head.count("</script>"), head.count("<style>")) == (1, 1, 1)
    assert LIBRARY in head
    assert len(head) < 30_000


def test_the_library_is_served_once_and_kept(assistant):
    from aseqa_ui.programs import make_shell

    with TestClient(make_shell(assistant, Access()), base_url="http://127.0.0.1:7860") as client:
        found = client.get(f"/plot/{LIBRARY}")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert "aqPlotLibrary" in found.text[:40]
