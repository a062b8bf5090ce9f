"""The source pane: the whole document, the quote marked where it stands and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as markup

from aseqa.records import Document, Section, SourceView, Voice
from aseqa_ui.source import corpus_html, source_html

HEAD = "ASSEMBLÉE NATIONALE\n\nQuestion écrite n° 7"
ASKED = "Mme X demande combien. Elle répète : combien ?"
ANSWERED = "Il y en a 12.\n\nLe bilan suivra."
TEXT = f"{HEAD}\n\nTexte de la question\n\n{ASKED}\n\nTexte de la réponse\n\n{ANSWERED}\n\nsuite"


def _section(name: str, text: str, voice: Voice, date: str | None = None) -> Section:
    start = TEXT.index(text)
    return Section(name, start, start + len(text), voice, date)


DOCUMENT = Document(
    id="007",
    source="007.txt",
    sha256="0" * 64,
    text=TEXT,
    kind="question_ecrite",
    title="Combien ?",
    date="2025-01-21",
    author="Mme X",
    publisher="Assemblée nationale",
    url=None,
    sections=(
        _section("en-tête", HEAD, Voice("autre", "Assemblée nationale")),
        _section("question", ASKED, Voice("parlementaire", "Mme X"), "2025-01-21"),
        _section("réponse", ANSWERED, Voice("gouvernement", "Ministère Y"), "2025-06-17"),
    ),
    metadata={
        "number": "7",
        "group": "Groupe Z",
        "department": "Tarn",
        "constituency": "2e circonscription",
        "ministry_attributed": "Santé",
        "question_date": "2025-01-21",
        "question_page": "232",
        "answer_date": "2025-06-17",
        "answered": "true",
    },
)
QUOTED = "Il y en a 12."
START = TEXT.index(QUOTED)
END = START + len(QUOTED)


def parsed(html: str) -> markup.HtmlElement:
    return markup.fragment_fromstring(html)


def opened(
    document: Document = DOCUMENT,
    start: int = START,
    end: int = END,
    span: tuple[int, int] | None = (10, 12),
) -> markup.HtmlElement:
    return parsed(source_html(SourceView(document, ()), start, end, span))


def words(tree: markup.HtmlElement, path: str) -> list[str]:
    return [found.text_content() for found in tree.xpath(path)]


def test_the_quote_is_marked_where_it_stands() -> None:
    tree = opened()
    [hit] = tree.xpath("//mark[@class='aq-hit']")
    assert hit.text_content() == QUOTED
    assert hit.get("data-start") == str(START)
    assert words(hit, ".//mark[@class='aq-span']") == ["12"]
    assert tree.get("data-document") == "007"


def test_every_section_is_there_whole() -> None:
    assert words(opened(), "//*[@class='aq-text']") == [HEAD, ASKED, ANSWERED]
    assert words(opened(), "//h3") == ["Question", "Réponse"]
    assert words(opened(), "//summary") == ["En-tête"]
    assert words(opened(), "//section/p[@class='aq-who']") == [
        "Parlementaire Mme X 21 janvier 2025",
        "Gouvernement Ministère Y 17 juin 2025",
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 0),
        (END, START),
        (-5, END),
        (START, len(TEXT)),  # beyond its section
        (TEXT.index("Texte de la question"), TEXT.index(ASKED)),  # in none
        (TEXT.index(ASKED), END),  # over two
    ],
)
def test_what_no_section_holds_is_not_marked(start: int, end: int) -> None:
    assert opened(start=start, end=end).xpath("//mark") == []


@pytest.mark.parametrize("span", [None, (0, 0), (5, 2), (0, 99), (-1, 3)])
def test_a_wrong_span_leaves_the_quote_marked(span: tuple[int, int] | None) -> None:
    assert words(opened(span=span), "//mark") == [QUOTED]


def test_a_folded_header_opens_when_the_quote_is_in_it() -> None:
    start = TEXT.index("Question écrite")
    tree = opened(start=start, end=start + 19, span=None)
    assert words(tree, "//mark") == [TEXT[start : start + 19]]
    assert tree.xpath("//details") == []


def test_the_header_says_what_the_document_is() -> None:
    tree = opened()
    assert words(tree, "//*[@class='aq-kicker']") == ["Question écrite n° 7"]
    assert words(tree, "//h2") == ["Combien ?"]
    facts = dict(zip(words(tree, "//dt"), words(tree, "//dd"), strict=True))
    assert facts == {
        "Auteur": "Mme X, Groupe Z, Tarn (2e circonscription)",
        "Publié par": "Assemblée nationale",
        "Ministère": "Santé",
        "Question": "JO du 21 janvier 2025, p. 232",
        "Réponse": "JO du 17 juin 2025",
        "Fichier": "007.txt",
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("question_ecrite", "Sans réponse publiée"),
        ("question_orale", "Non reproduite dans ce document"),
    ],
)
def test_a_question_without_answer_says_so(kind: str, said: str) -> None:
    waiting = replace(DOCUMENT, kind=kind, metadata={**DOCUMENT.metadata, "answered": "false"})
    assert said in words(opened(waiting), "//dd")


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://exemple.fr/a?b=1&c=2", ["https://exemple.fr/a?b=1&c=2"]),
        ("HTTP://exemple.fr", ["HTTP://exemple.fr"]),
        ("javascript:alert(1)", []),
        ("data:text/html,<script>alert(1)</script>", []),
        ("http://[", []),
        ("https:///chemin", []),
        ("//exemple.fr", []),
    ],
)
def test_only_web_addresses_become_links(url: str, links: list[str]) -> None:
    tree = opened(replace(DOCUMENT, url=url))
    assert tree.xpath("//a/@href") == links
    assert tree.xpath("//a/@rel") == ["noopener noreferrer" for _ in links]


def test_nothing_from_a_document_becomes_html() -> None:
    nasty = "<script>alert('x')</script>\"&"
    document = replace(
        DOCUMENT,
        id=nasty,
        source=nasty,
        text=nasty,
        title=nasty,
        author=nasty,
        publisher=nasty,
        metadata=dict.fromkeys(DOCUMENT.metadata, nasty),
        sections=(Section(nasty, 0, len(nasty), Voice(nasty, nasty), nasty),),
    )
    tree = opened(document, 0, len(nasty), None)
    assert tree.xpath("//script") == []
    assert words(tree, "//h2") == [nasty]
    assert words(tree, "//mark") == [nasty]
    listed = parsed(corpus_html([document]))
    assert listed.xpath("//script") == []
    assert listed.xpath("//li/button/@data-document") == [nasty]


def test_debris_between_sections_is_a_gap_and_headings_are_none() -> None:
    text = (
        "Premier.\n\nhttps://exemple.fr/une/adresse/qui/ne/dit/rien/a/personne\n\nSecond.\n\nTrois."
    )
    voice = Voice("presse", "Journal")
    places = [(text.index(word), word) for word in ("Premier.", "Second.", "Trois.")]
    sections = tuple(Section("corps", at, at + len(word), voice) for at, word in places)
    tree = opened(replace(DOCUMENT, kind="presse", text=text, sections=sections), 0, 0)
    assert words(tree, "//*[@class='aq-text']") == ["Premier.", "Second.", "Trois."]
    assert words(tree, "//*[@class='aq-gap']") == ["[…]"]
    assert words(tree, "//section/p[@class='aq-who']") == ["Presse Journal"]


def test_the_corpus_is_listed_latest_first() -> None:
    documents = [
        replace(DOCUMENT, id="a", title="Ancien", date="2021-05-01"),
        replace(DOCUMENT, id="b", title=None, date=None, source="sans-titre.txt"),
        replace(DOCUMENT, id="c", title="Récent", date="2025-05-01"),
    ]
    tree = parsed(corpus_html(documents))
    assert words(tree, "//li//strong") == ["Récent", "Ancien", "sans-titre.txt"]
    assert words(tree, "//li//button/span")[0] == "Question écrite n° 7 · Mme X · 1er mai 2025"
    assert words(tree, "//*[@class='aq-kicker']") == ["3 documents interrogés"]


@pytest.mark.parametrize(
    ("start", "end", "noted"),
    [(START, END, False), (0, 0, False), (START, len(TEXT), True), (-5, END, True)],
)
def test_a_quote_that_is_not_found_is_said_to_be_so(start: int, end: int, noted: bool) -> None:
    told = words(opened(start=start, end=end), "//*[@role='note']")
    said = "Le passage cité ne se retrouve pas mot pour mot dans ce document\u00a0: "
    assert told == [f"{said}rien n'y est surligné."] * noted


def test_the_pane_tells_the_script_what_is_marked() -> None:
    tree = opened()
    place = {name: tree.get(f"data-{name}") for name in ("sha256", "start", "end", "span")}
    assert place == {"sha256": "0" * 64, "start": str(START), "end": str(END), "span": "10,12"}
    assert opened(start=0, end=0).get("data-start") is None
    assert opened(start=START, end=len(TEXT)).get("data-start") is None


@pytest.mark.parametrize(("source", "shown"), [("007.txt", 0), ("a.pdf", 2), ("b.PDF", 2)])
def test_only_a_file_with_pages_has_a_switch(source: str, shown: int) -> None:
    tree = opened(replace(DOCUMENT, source=source))
    assert words(tree, "//button[@data-view]") == ["Pages", "Texte"][:shown]
    assert len(tree.xpath("//div[@class='aq-view-pages'][@hidden]")) == shown // 2
    assert words(tree, "//div[@class='aq-view-text']//mark[@class='aq-hit']") == [QUOTED]


def test_the_steps_between_quotes_wait_for_the_script() -> None:
    [steps] = opened().xpath("//div[@class='aq-steps'][@hidden]")
    assert steps.get("title") == "Citations de la réponse"
    assert (steps.get("data-count"), steps.get("data-told")) == (
        "{number} sur {count}",
        "Citation {number} sur {count}",
    )
    assert [
        (step.get("title"), step.get("aria-keyshortcuts")) for step in steps.xpath("button")
    ] == [
        ("Citation précédente (Alt + ↑)", "Alt+ArrowUp"),
        ("Citation suivante (Alt + ↓)", "Alt+ArrowDown"),
    ]
