"""Verbatim text as HTML: the characters stay, the marks hide, nothing gets out."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from aseqa_ui.verbatim import mark_layer, text_html

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


class _Text(HTMLParser):
    """Gathers what a browser would call textContent, and what it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.content = ""
        self.shown = ""
        self.marked = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, ("class", "mk") in attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.content += data
        if not any(hidden for _, hidden in self._open):
            self.shown += data
        if any(tag == "mark" for tag, _ in self._open):
            self.marked += data


def read(html: str) -> _Text:
    text = _Text()
    text.feed(html)
    text.close()
    return text


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_every_character_of_the_seeds_is_kept(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    layers = [mark_layer(100, 900), mark_layer(200, 300)]
    read_back = read(text_html(text, layers))
    assert read_back.content == text
    assert read_back.marked == text[100:900]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Auteur** : [Mme X](#)", "Auteur : Mme X"),
        ("les « *grooming gangs* » anglais", "les « grooming gangs » anglais"),
        ("### Texte de la question", "Texte de la question"),
        ("[9 décembre 2025](https://exemple.fr/a), page 10042", "9 décembre 2025, page 10042"),
        ("(4<sup>e</sup> circonscription)", "(4e circonscription)"),
        ("Tarn (2^e circonscription)", "Tarn (2e circonscription)"),
        ("fin.\n\nDébut", "fin.Début"),
    ],
)
def test_markdown_marks_are_hidden(text: str, shown: str) -> None:
    read_back = read(text_html(text))
    assert (read_back.content, read_back.shown) == (text, shown)


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 = 24",
        "* une note",
        "(Igas) *pointe les manquements",
        "10^n fois",
        "a < b > c",
        "n° 7",
    ],
)
def test_what_is_no_markdown_stays_in_sight(text: str) -> None:
    assert read(text_html(text)).shown == text


def test_powers_stay_raised() -> None:
    assert "<sup>6</sup>" in text_html("10<sup>6</sup> habitants")


def test_a_layer_may_cut_a_mark_in_two() -> None:
    html = text_html("**gras** et maigre", [mark_layer(1, 5)])
    assert read(html).content == "**gras** et maigre"
    assert read(html).marked == "*gra"


def test_layers_out_of_bounds_mark_nothing() -> None:
    for layer in (mark_layer(-1, 2), mark_layer(2, 2), mark_layer(0, 99)):
        assert text_html("quatre", [layer]) == "quatre"


@pytest.mark.parametrize(
    "text", ['<script>alert("x")</script>', "<img src=x onerror=alert(1)>", "&amp; & 'x'", "{0} {}"]
)
def test_html_in_a_text_is_shown_as_text(text: str) -> None:
    html = text_html(text, [mark_layer(0, 3)])
    assert "<script" not in html
    assert "<img" not in html
    assert read(html).content == text
