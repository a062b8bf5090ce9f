from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from aseqa.answers import Answer, Quote, Reason, Span
from aseqa.records import Voice
from aseqa.render import render_answer, render_json, render_status
from aseqa.render_words import visible, voice_label

GOLDEN = Path(__file__).parent / "golden"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
NB, NARROW = "\u00a0", "\u202f"

TEXT = f"En France, plus de 11{NARROW}000 mineurs sont victimes d'exploitation\nsexuelle."
QUOTE = Quote(
    rank=1,
    text=TEXT,
    span=Span(11, 33, TEXT[11:33]),
    document="002_eaee1d0db6d36db2",
    source="002_eaee1d0db6d36db2.txt",
    sha256="0" * 64,
    start=1618,
    end=1618 + len(TEXT),
    page=None,
    section="réponse",
    before="",
    after="Face à cette réalité inquiétante, l'Etat s'est mobilisé dès 2021 en lançant un premier "
    "plan national de lutte contre la prostitution des mineurs.",
    voice=Voice(
        "gouvernement", "Ministère du travail, de la santé, des solidarités et des familles"
    ),
    date="2025-06-17",
    title="Lutte contre la prostitution des mineurs",
    kind="question_ecrite",
    reference="Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, "
    "Haute-Savoie), JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le 17 juin 2025, p. 5318",
    url=None,
    score=0.97,
)
REPORTED = replace(
    QUOTE,
    rank=2,
    text="Selon le Syndicat de la magistrature, un enfant meurt tous les six jours au sein de sa "
    "famille et 160 000 enfants sont victimes de violences sexuelles dans le cadre familial.",
    span=None,
    section="question",
    before="La phrase d'avant.",
    after="",
    voice=Voice("parlementaire", "Mme Michèle Tabarot", "le Syndicat de la magistrature"),
    date=None,
    title=None,
    reference="Question écrite n° 2270 de Mme Michèle Tabarot, JO du 26 novembre 2024, p. 6209",
)
ANSWERED = Answer(
    question="Combien de mineurs sont victimes d'exploitation sexuelle ?",
    status="answered",
    reason=None,
    confidence=0.944,
    quotes=(QUOTE, REPORTED),
    nearest=(),
    index="1-abc",
    timings_ms={"total": 95.0},
)
ABSTAINED = replace(
    ANSWERED,
    status="abstained",
    reason=Reason("no_answer_published", "La question n'a pas de réponse publiée."),
    confidence=0.2,
    quotes=(),
    nearest=(replace(REPORTED, rank=1),),
)


def agrees_with_golden(name: str, text: str) -> bool:
    """Compare with the file kept; ``UPDATE_GOLDEN=1`` writes it anew, to be read in the diff."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "answer", "width", "color"),
    [
        ("answer.txt", ANSWERED, 88, False),
        ("answer_color.txt", ANSWERED, 88, True),
        ("answer_narrow.txt", ANSWERED, 44, False),
        ("abstention.txt", ABSTAINED, 88, False),
    ],
)
def test_rendered_answers_are_those_kept(
    name: str, answer: Answer, width: int, color: bool
) -> None:
    assert agrees_with_golden(name, render_answer(answer, width, color) + "\n")


@pytest.mark.parametrize("width", [40, 44, 60, 88, 200])
@pytest.mark.parametrize("answer", [ANSWERED, ABSTAINED])
def test_no_line_is_wider_than_asked(answer: Answer, width: int) -> None:
    assert max(map(len, render_answer(answer, width).split("\n"))) <= width


@pytest.mark.parametrize("width", [40, 44, 51, 88])
def test_color_adds_codes_and_changes_nothing_else(width: int) -> None:
    colored = render_answer(ANSWERED, width, color=True)
    assert ANSI.sub("", colored) == render_answer(ANSWERED, width)


@pytest.mark.parametrize("width", range(40, 100))
def test_the_span_is_emphasised_at_any_width(width: int) -> None:
    colored = render_answer(ANSWERED, width, color=True)
    marked = re.findall(r"\x1b\[1;4m(.*?)\x1b\[0m", colored)
    assert " ".join(marked) == f"plus de 11{NARROW}000 mineurs"


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("En  tout,\n\n 12 \u00a0mineurs  sur 12.", (12, 23), "12 \u00a0mineurs"),
        ("12 mineures", (0, 2), "12"),
        ("elles sont 12", (11, 13), "12"),
        ("elles sont 12 ", (11, 14), "12"),
        ("tout", (0, 4), "tout"),
    ],
)
def test_the_span_is_found_in_collapsed_text(text: str, span: tuple[int, int], marked: str) -> None:
    start, end = span
    quote = replace(QUOTE, text=text, span=Span(start, end, text[start:end]))
    colored = render_answer(replace(ANSWERED, quotes=(quote,)), color=True)
    assert [m.strip() for m in re.findall(r"\x1b\[1;4m(.*?)\x1b\[0m", colored)] == [marked]


def test_no_break_spaces_hold_their_words_together() -> None:
    text = f"Le coût est de{NB}113,5{NB}M€{NB}; " * 6
    shown = render_answer(replace(ANSWERED, quotes=(replace(QUOTE, text=text, span=None),)), 40)
    assert shown.count(f"de{NB}113,5{NB}M€{NB};") == 6


HOSTILE = "\x1b[2J\x1b]0;titre\x07 \x9b31m\u202e fin\x00\r\ud800"


def test_control_characters_never_reach_the_terminal() -> None:
    quote = replace(
        QUOTE,
        text=f"Avant {HOSTILE} après.",
        span=None,
        before=HOSTILE,
        after=HOSTILE,
        voice=Voice("autre", HOSTILE, HOSTILE),
        date=HOSTILE,
        title=HOSTILE,
        section=HOSTILE,
        reference=HOSTILE,
    )
    hostile = (
        replace(ANSWERED, quotes=(quote,)),
        replace(ABSTAINED, nearest=(quote,), reason=Reason("out_of_corpus", HOSTILE)),
    )
    for answer in hostile:
        for color in (False, True):
            shown = ANSI.sub("", render_answer(answer, color=color))
            assert not set(shown) & set("\x1b\x07\x9b\u202e\x00\r\ud800")
            assert "�[2J�]0;titre� �31m� fin�" in " ".join(shown.replace("│", "").split())
    status = render_status({"folder": HOSTILE, HOSTILE: 1, "documents": [{"document": HOSTILE}]})
    assert not set(status) & set("\x1b\x07\x9b\u202e\x00\r\ud800")


def test_visible_keeps_the_number_of_characters() -> None:
    assert visible(HOSTILE) == "�[2J�]0;titre� �31m� fin� �"
    assert len(visible(HOSTILE)) == len(HOSTILE)
    assert visible(f"L'été{NB}: «{NARROW}oui{NARROW}»") == f"L'été{NB}: «{NARROW}oui{NARROW}»"


def test_json_escapes_what_a_terminal_would_obey() -> None:
    record = {"text": HOSTILE, "accents": f"é{NB}œ €"}
    shown = render_json(record)
    assert json.loads(shown) == record
    assert not set(shown) & set("\x1b\x07\x9b\u202e\x00\r\ud800")
    assert f'"é{NB}œ €"' in shown
    assert render_json({"é": 1}, ascii_only=True) == '{"\\u00e9": 1}'


def test_voices_are_named() -> None:
    assert voice_label(Voice("presse", "France 3", "l'Igas")) == "Presse — France 3, selon l'Igas"
    assert voice_label(Voice("loi")) == "Loi"
    assert voice_label(Voice("autre", "Assemblée nationale")) == "Assemblée nationale"
    assert voice_label(Voice("autre", None, "Me Azoulay")) == "Autre, selon Me Azoulay"


def test_abstaining_without_readings_is_one_sentence() -> None:
    alone = replace(ABSTAINED, nearest=())
    assert render_answer(alone) == "La question n'a pas de réponse publiée."
    assert render_answer(replace(alone, reason=None)) == "Le corpus ne répond pas à cette question."


def test_status_is_told_in_french() -> None:
    status = {
        "index": "1-abc",
        "n_sentences": 12345,
        "encoder": "",
        "answer_rate": 0.5,
        "whole": True,
        "documents": [{"document": "002", "kind": "presse", "reference": "Anne,\n« Titre »"}],
    }
    assert render_status(status).split("\n") == [
        "Génération : 1-abc",
        f"Nombre de phrases : 12{NARROW}345",
        "Encodeur : inconnu",
        "answer_rate : 0,5",
        "whole : oui",
        "Documents :",
        "   002 · Anne, « Titre »",
    ]


def test_the_question_understood_is_said_first() -> None:
    understood = "Combien de mineurs sont victimes en 2024 ?"
    line = f"Question comprise : « {understood} »"
    for answer in (ANSWERED, ABSTAINED):
        plain = render_answer(answer, width=88)
        assert "Question comprise" not in plain
        assert render_answer(replace(answer, understood=understood), width=88) == (
            f"{line}\n\n{plain}"
        )
    assert "\x1b" not in render_answer(replace(ANSWERED, understood="a\x1b[31mb"))
