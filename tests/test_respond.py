"""Answers as HTML: verbatim, attributed, escaped, and never a reading sold as an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as markup

from aseqa.answers import Answer, Quote, Reason, Span
from aseqa.messages import message
from aseqa.records import Voice
from aseqa_ui.cards import (
    card_html,
    clipboard_text,
    reported,
    stance,
)
from aseqa_ui.respond import (
    EXAMPLES,
    answer_html,
    confidence_words,
    corpus_line,
    error_html,
    welcome_html,
)

SEED = Path(__file__).resolve().parents[1] / "seeds" / "002_eaee1d0db6d36db2.txt"
TEXT = "En France, plus de 11 000 mineurs sont victimes d'exploitation sexuelle."
REFERENCE = (
    "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, Haute-Savoie), "
    "JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le 17 juin 2025, p. 5318"
)
START = SEED.read_text(encoding="utf-8").index(TEXT)
QUOTE = Quote(
    rank=1,
    text=TEXT,
    span=Span(11, 33, "plus de 11 000 mineurs"),
    document=SEED.stem,
    source=SEED.name,
    sha256="0" * 64,
    start=START,
    end=START + len(TEXT),
    page=None,
    section="réponse",
    before="",
    after="Face à cette réalité inquiétante, l'Etat s'est mobilisé dès 2021.",
    voice=Voice("gouvernement", "Ministère du travail"),
    date="2025-06-17",
    title="Lutte contre la prostitution des mineurs",
    kind="question_ecrite",
    reference=REFERENCE,
    url=None,
    score=0.97,
)
ANSWER = Answer("Combien ?", "answered", None, 0.94, (QUOTE,), (), "1", {"total": 95.0})
NASTY = "<script>alert('x')</script> \" ' & <img src=x onerror=alert(1)>"


def parsed(html: str) -> markup.HtmlElement:
    return markup.fragment_fromstring(html, create_parent="div")


def words(tree: markup.HtmlElement, name: str) -> list[str]:
    """Give the text of each element of class ``name``."""
    found = tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return [element.text_content() for element in found]


def test_a_card_holds_the_quote_to_the_character() -> None:
    tree = parsed(card_html(QUOTE))
    assert words(tree, "aq-quote") == [TEXT]
    assert [mark.text_content() for mark in tree.xpath("//mark")] == ["plus de 11 000 mineurs"]
    assert words(tree, "aq-neighbour") == [QUOTE.after]
    assert words(tree, "aq-badge") == ["Gouvernement"]
    assert words(tree, "aq-name") == ["Ministère du travail"]
    [when] = words(tree, "aq-when")
    assert when.startswith("17 juin 2025 il y a ")
    assert words(tree, "aq-reference") == [REFERENCE]


def test_a_card_says_where_its_source_opens() -> None:
    [card] = parsed(card_html(QUOTE)).xpath("//article")
    assert dict(card.attrib) == {
        "class": "aq-card aq-voice-gouvernement",
        "data-document": "002_eaee1d0db6d36db2",
        "data-start": str(START),
        "data-end": str(START + 72),
        "data-span": "11,33",
    }


def test_the_clipboard_gets_the_quote_and_its_reference() -> None:
    expected = f"«\u00a0{TEXT}\u00a0»\nGouvernement — Ministère du travail. {REFERENCE}"
    assert clipboard_text(QUOTE) == expected
    [button] = parsed(card_html(QUOTE)).xpath("//button[@data-copy]")
    assert button.get("data-copy") == expected
    assert button.text_content() == "Copier la citation"


def test_markdown_marks_of_a_quote_are_wrapped_not_dropped() -> None:
    quote = replace(QUOTE, text="**Auteur** : [Mme X](#)", span=Span(13, 21, "[Mme X]("))
    tree = parsed(card_html(quote))
    assert words(tree, "aq-quote") == ["**Auteur** : [Mme X](#)"]
    assert words(tree, "mk") == ["**", "**", "[", "](", "#)"]


@pytest.mark.parametrize(
    ("section", "kind", "expected"),
    [
        ("question", "question_ecrite", "Affirmation de l'auteur de la question"),
        ("réponse", "question_ecrite", "Réponse officielle"),
        ("données clés", "question_orale", "Fiche de la question"),
        ("en-tête", "question_orale", ""),
        ("question", "presse", ""),
    ],
)
def test_a_claim_and_an_official_answer_are_told_apart(
    section: str, kind: str, expected: str
) -> None:
    assert stance(replace(QUOTE, section=section, kind=kind)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (None, ""),
        ("le Syndicat de la magistrature", "selon le Syndicat de la magistrature"),
        ("Selon les données disponibles", "Selon les données disponibles"),
        ("d’après l’Igas", "d’après l’Igas"),
    ],
)
def test_a_reported_voice_is_named(source: str | None, expected: str) -> None:
    said = reported(Voice("parlementaire", "Mme X", source))
    assert said == (f"Propos rapporté : {expected}" if expected else "")


def test_an_address_in_a_reference_shows_its_host_and_is_copied_whole() -> None:
    url = "https://exemple.fr/une/page?a=1&b=2"
    quote = replace(QUOTE, url=url, reference=f"Journal, 5 mai 2025, {url}")
    tree = parsed(card_html(quote))
    assert words(tree, "aq-reference") == ["Journal, 5 mai 2025, exemple.fr"]
    assert tree.xpath("//a/@href") == [url]
    assert clipboard_text(quote).endswith(url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "data:text/html,x"])
def test_what_is_no_web_address_is_never_a_link(url: str) -> None:
    tree = parsed(card_html(replace(QUOTE, url=url, reference=f"Journal, {url}")))
    assert words(tree, "aq-reference") == [f"Journal, {url}"]
    assert tree.xpath("//a") == []


def test_an_unknown_voice_or_date_has_a_french_name_all_the_same() -> None:
    tree = parsed(card_html(replace(QUOTE, voice=Voice("oracle", None), date=None)))
    assert words(tree, "aq-badge") == ["Autre"]
    assert words(tree, "aq-when") == ["sans date"]


def test_long_neighbours_are_cut_at_words_on_the_far_side() -> None:
    quote = replace(QUOTE, before="loin " * 100 + "près", after="près " + "loin " * 100)
    before, after = words(parsed(card_html(quote)), "aq-neighbour")
    assert before.startswith("… loin")
    assert before.endswith("près")
    assert after.startswith("près")
    assert after.endswith("loin …")
    assert max(len(before), len(after)) <= 222


def test_an_answer_counts_its_quotes_and_says_how_sure_it_is() -> None:
    assert words(parsed(answer_html(ANSWER)), "aq-lead") == [
        "1 citation trouvée" + "Réponse très probable"
    ]
    two = replace(ANSWER, quotes=(QUOTE, replace(QUOTE, rank=2)), confidence=0.6)
    assert words(parsed(answer_html(two)), "aq-lead")[0].startswith("2 citations trouvées")


def test_the_question_understood_stands_above_the_answer_escaped() -> None:
    assert words(parsed(answer_html(ANSWER)), "aq-understood") == []
    follow = replace(ANSWER, question=NASTY, understood=f"{NASTY} en 2024 ?")
    for answer in (follow, replace(follow, status="abstained", quotes=())):
        tree = parsed(answer_html(answer))
        [understood] = tree.xpath("//*[@class='aq-understood']")
        assert understood.getnext().get("class") == "aq-lead"
        assert understood.xpath("span")[0].text_content() == (
            f"Question comprise : « {NASTY} en 2024 ? »"
        )
        [button] = understood.xpath("button")
        assert button.get("data-question") == NASTY
        assert button.text_content() == "Chercher la question telle que posée"
        assert tree.xpath("//script | //img | //*[@onerror]") == []


def test_confidence_is_said_in_words() -> None:
    said = [confidence_words(value) for value in (0.8, 0.79, 0.5, 0.49, 0.0)]
    assert said == [
        "Réponse très probable",
        "Réponse probable, à vérifier dans la source",
        "Réponse probable, à vérifier dans la source",
        "Réponse incertaine, à vérifier dans la source",
        "Réponse incertaine, à vérifier dans la source",
    ]


def test_an_abstention_gives_its_reason_and_offers_readings_apart() -> None:
    reason = Reason("out_of_corpus", "Le corpus ne traite pas de ce sujet.")
    nearest = tuple(replace(QUOTE, rank=rank) for rank in (1, 2, 3, 4))
    answer = replace(ANSWER, status="abstained", reason=reason, quotes=(), nearest=nearest)
    tree = parsed(answer_html(answer))
    assert words(tree, "aq-lead") == ["Pas de réponse dans le corpus"]
    assert words(tree, "aq-reason") == ["Le corpus ne traite pas de ce sujet."]
    assert "Ces extraits ne répondent pas à la question." in words(tree, "aq-nearest")[0]
    assert len(words(tree, "aq-reading")) == 3
    assert tree.xpath("//mark") == []
    assert tree.xpath("//*[@data-span]") == []


def test_an_abstention_without_readings_shows_none() -> None:
    answer = replace(ANSWER, status="abstained", quotes=())
    tree = parsed(answer_html(answer))
    assert words(tree, "aq-reason") == ["Aucune phrase du corpus ne répond à cette question."]
    assert words(tree, "aq-nearest") == []


def test_nothing_from_a_document_becomes_html() -> None:
    quote = replace(
        QUOTE,
        text=NASTY,
        span=Span(0, 8, NASTY[:8]),
        document=NASTY,
        before=NASTY,
        after=NASTY,
        voice=Voice(NASTY, NASTY, NASTY),
        date=NASTY,
        reference=NASTY,
    )
    tree = parsed(card_html(quote) + error_html(NASTY))
    assert tree.xpath("//script | //img | //*[@onerror]") == []
    assert words(tree, "aq-quote") == [NASTY]
    assert words(tree, "aq-name") == [NASTY]
    assert words(tree, "aq-reference") == [NASTY]
    assert words(tree, "aq-reason") == [NASTY]
    assert tree.xpath("//article/@data-document") == [NASTY]
    assert tree.xpath("//button/@data-copy") == [clipboard_text(quote)]


def test_examples_are_offered_for_the_documents_that_are_there() -> None:
    everything = welcome_html([document for document, _ in EXAMPLES])
    assert words(parsed(everything), "aq-example") == [message(key) for _, key in EXAMPLES]
    compiled = parsed(welcome_html(["003_c398178bc0b70256#2", "autre"]))
    assert words(compiled, "aq-example") == [
        message(key) for document, key in EXAMPLES if document.startswith("003")
    ]
    assert words(parsed(welcome_html(["autre"])), "aq-examples") == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "Aucun document dans le corpus"),
        (1, "1 document interrogé"),
        (7, "7 documents interrogés"),
    ],
)
def test_the_corpus_line_counts_documents(count: int, expected: str) -> None:
    [line] = words(parsed(corpus_line(count)), "aq-corpus")
    assert line == expected + "Rien ne quitte cette machine"
