"""Figures of a sentence: values by hand, what is counted, and which ones are comparable."""

from __future__ import annotations

import time
import unicodedata

import pytest

from aseqa.answers import Figure
from aseqa.figures import answers, comparable, figures_in

VICTIMS = "mineurs victimes de prostitution"

FORMS = [
    ("On compte 20 000 mineurs.", "20 000 mineurs", 20000, 20000, "exact", "personnes"),
    ("On compte 20\u00a0000 mineurs.", "20\u00a0000 mineurs", 20000, 20000, "exact", "personnes"),
    ("On compte 20\u202f000 mineurs.", "20\u202f000 mineurs", 20000, 20000, "exact", "personnes"),
    ("Un montant de 113,5 M€.", "113,5 M€", 113_500_000, 113_500_000, "exact", "euros"),
    ("Dotés de 6 millions d’euros.", "6 millions d’euros", 6e6, 6e6, "exact", "euros"),
    ("Les 2/3 sont suivis.", "Les 2/3", 66.67, 66.67, "exact", "%"),
    ("Près des deux tiers partent.", "Près des deux tiers", 66.67, 66.67, "environ", "%"),
    ("Un enfant sur deux attend.", "Un enfant sur deux", 50, 50, "exact", "%"),
    ("Soit 75 % des jeunes.", "75 %", 75, 75, "exact", "%"),
    ("Soit 75 pour cent des jeunes.", "75 pour cent", 75, 75, "exact", "%"),
    ("Elles ont entre 11 et 14 ans.", "entre 11 et 14 ans", 11, 14, "entre", "ans"),
    ("Amende de 500 à 700 euros.", "de 500 à 700 euros", 500, 700, "entre", "euros"),
    ("Il est dix fois inférieur.", "dix fois", 10, 10, "exact", "fois"),
    ("Une centaine d’enfants attend.", "Une centaine d’enfants", 100, 100, "environ", "personnes"),
    ("Il y a quelque 4 000 mineurs.", "quelque 4 000 mineurs", 4000, 4000, "environ", "personnes"),
    (
        "Plus d’un millier d’enfants.",
        "Plus d’un millier d’enfants",
        1000,
        None,
        "plus",
        "personnes",
    ),
    ("Il y a moins de 550 juges.", "moins de 550 juges", None, 550, "moins", "personnes"),
    ("Quelque 12 mineures sur 12.", "Quelque 12 mineures sur 12", 100, 100, "environ", "%"),
    ("Vingt-deux projets retenus.", "Vingt-deux projets", 22, 22, "exact", "projets"),
    ("Il manque trois cents places.", "trois cents places", 300, 300, "exact", "places"),
    ("Le suivi dure 2 à 6 mois.", "2 à 6 mois", 60, 180, "entre", "durée"),
    ("Sous quarante-huit heures.", "quarante-huit heures", 2, 2, "exact", "durée"),
    ("Dès l'âge de sept ans.", "sept ans", 7, 7, "exact", "ans"),
]

NO_FIGURES = [
    "Le 3 septembre 2025, à 12 h 11, le 1er mai et le 05/09/2025.",
    "L’article L. 221-1 et la loi n° 2016-297 du 14 mars 2016, page 5318.",
    "La question écrite n° 743 du député de la 2e circonscription.",
    "Appelez le 119, la 17ème législature, une Audi A8.",
    "Une enfant et un mineur.",
    "Le schéma 2021-2025 et l’axe 4 du programme 304.",
]


def only(text: str, **told: str) -> Figure:
    [figure] = figures_in(text, **told)
    return figure


@pytest.mark.parametrize(("text", "words", "low", "high", "hedge", "unit"), FORMS)
def test_values(text, words, low, high, hedge, unit):
    figure = only(text)
    assert (figure.text, figure.hedge, figure.unit) == (words, hedge, unit)
    assert (figure.low, figure.high) == (low, high)
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("text", NO_FIGURES)
def test_numbers_that_count_nothing(text):
    assert figures_in(text) == ()


def test_decomposed_accents_and_offsets():
    text = unicodedata.normalize("NFD", "Près de 3 200 enfants placés à l’été.")
    figure = only(text)
    assert figure.text == unicodedata.normalize("NFD", "Près de 3 200 enfants")
    assert figure.counted == "enfants confiés"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Plus de 11 000 mineurs sont victimes d’exploitation sexuelle.", VICTIMS),
        ("20 000 jeunes seraient victimes de réseaux pédocriminels.", VICTIMS),
        ("Le phénomène de la prostitution inquiète, touchant 10 000 jeunes.", VICTIMS),
        ("On recense 3 200 enfants pris en charge par l’ASE.", "enfants confiés"),
        ("Le département accueillait 3 200 enfants.", "enfants confiés"),
        ("Le nombre de MNA s’élevait à 1 200.", "mineurs non accompagnés"),
        ("40 % des enfants confiés vivent en famille d’accueil.",
         "enfants confiés : en famille d'accueil"),
        ("Il y a 31 enfants.", None),
        ("Il a 12 fois changé.", None),
    ],
)  # fmt: skip
def test_what_is_counted(text, counted):
    assert only(text).counted == counted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20 000 mineurs sont victimes de prostitution.", "11 % des mineurs sont victimes."),
        ("300 assistants familiaux travaillent.", "300 familles d’accueil travaillent."),
        ("500 enfants sont confiés à l’ASE.", "500 jeunes majeurs sont confiés à l’ASE."),
        ("500 enfants sont confiés.", "500 filles sont confiées."),
        ("500 enfants confiés.", "500 enfants confiés de moins de 6 ans."),
        ("500 enfants confiés.", "500 enfants confiés en fugue."),
        ("500 enfants confiés.", "500 enfants confiés sont hébergés à l’hôtel."),
        ("500 enfants confiés.", "500 enfants confiés par an."),
        ("500 enfants confiés en 2022.", "500 enfants confiés en 2023."),
        ("500 enfants confiés dans le Tarn.", "500 enfants confiés en Corse."),
        ("31 enfants.", "31 enfants."),
        ("12 % des enfants confiés sont en fugue.", "Une hausse de 12 % des enfants confiés."),
        ("30 % des filles sont en fugue.", "30 % des fugueurs sont des filles."),
    ],
)
def test_never_comparable(one, other):
    for first in figures_in(one):
        for second in figures_in(other):
            assert not comparable(first, second)


def test_comparable_across_words():
    one = only("Près de 222 000 enfants étaient confiés à l’ASE en 2023.")
    other = only(
        "On dénombrait 221 800 mineurs pris en charge par l’aide sociale à l’enfance en 2023."
    )
    assert comparable(one, other)
    assert comparable(other, one)


def test_what_a_question_asks():
    figure = only("Dans le Tarn, 500 enfants étaient confiés en 2023.")
    assert answers("Combien d’enfants sont placés ?", figure)
    assert answers("Combien d'enfants sont confiés à l'ASE dans le Tarn en 2023 ?", figure)
    assert not answers("Combien d'enfants sont confiés à l'ASE en Corse ?", figure)
    assert not answers("Combien d'enfants sont confiés à l'ASE en 2021 ?", figure)
    assert not answers("Combien de juges des enfants dans le Tarn ?", figure)
    assert not answers("Quelle part des enfants confiés est en fugue ?", figure)


def test_to_dict():
    assert only("On compte 548 juges des enfants.").to_dict() == {
        "start": 10, "end": 19, "text": "548 juges", "low": 548.0, "high": 548.0,
        "hedge": "exact", "unit": "personnes", "counted": "juges des enfants",
        "territories": [], "as_of": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["1 ", "12 sur ", "entre 1 et ", "un a ", "1/", "de ", "1.111.", "cent ", "n° 1, 2, "]
)
def test_a_sentence_of_a_megabyte(piece):
    before = time.process_time()
    figures_in(piece * (1_000_000 // len(piece)))
    assert time.process_time() - before < 5
