"""Which marked figures answer a question, over sixty questions of many wordings."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aseqa.figures import answers

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import figures as benchmark

MARKED = Path(__file__).parent / "data" / "marked"

# What is counted, as marked; where; and the questions that ask for it.
ASKED = {
    ("enfants confiés", "Eure"): """
        Combien d'enfants sont confiés à l'ASE dans l'Eure ?
        Quel est le nombre d’enfants placés dans l’Eure ?
        L'Eure accueille combien d'enfants placés ?
        Combien y a-t-il de mineurs pris en charge par l'aide sociale à l'enfance dans l'Eure ?""",
    ("enfants confiés", "Isère"): """
        Combien de jeunes sont placés en Isère ?
        Nombre d'enfants confiés à l'ASE en Isère
        De combien d'enfants l'ASE de l'Isère s'occupe-t-elle ?
        Dans l'Isère, combien y avait-il d'enfants confiés ?""",
    ("enfants confiés", "France"): """
        Combien d'enfants sont placés en France ?
        combien de mineurs sont confies a l'ase en france
        Combien d'enfants la France place-t-elle ?
        En France, quel est l'effectif des enfants confiés à l'aide sociale à l'enfance ?""",
    ("assistants familiaux", "Isère"): """
        Combien d'assistants familiaux en Isère ?
        Combien d'assistantes familiales travaillent en Isère ?""",
    ("assistants familiaux", "France"): """
        Combien y a-t-il d'assistants familiaux en France ?
        Combien d'assistants familiaux exercent en France ?
        Quel est le nombre d'assistants familiaux en France ?""",
    ("mineurs non accompagnés", "France"): """
        Combien de mineurs non accompagnés en France ?
        Combien de MNA sont pris en charge en France ?
        Combien de mineurs isolés étrangers la France a-t-elle accueillis ?
        Quel nombre de mineurs non accompagnés est confié aux départements en France ?""",
    ("jeunes majeurs", "Isère"): """
        Combien de jeunes majeurs en Isère ?
        Combien de jeunes majeurs sont accompagnés en Isère ?""",
    ("jeunes majeurs", "France"): """
        Combien de jeunes majeurs sont suivis en France ?
        Combien y a-t-il de jeunes majeurs pris en charge en France ?""",
    ("juges des enfants", "France"): """
        Combien de juges des enfants en France ?
        Combien la France compte-t-elle de juges des enfants ?
        Combien de juges pour enfants exercent en France ?""",
    ("mineurs victimes de prostitution", "France"): """
        Combien de mineurs sont victimes de prostitution en France ?
        Combien de mineurs se prostituent en France ?
        Quel est le nombre de mineurs victimes d'exploitation sexuelle en France ?
        Combien de jeunes seraient victimes de réseaux pédocriminels en France ?
        Combien d'adolescents sont en situation de prostitution en France ?""",
    ("enfants en attente de placement", "Isère"): """
        Combien d'enfants attendent une place en Isère ?
        Combien de mineurs sont en attente de placement en Isère ?
        Combien d'enfants attendent d'être placés dans l'Isère ?""",
    ("enfants en attente de placement", "France"): """
        Combien d'enfants sont en attente de placement en France ?
        Combien de mineurs attendent l'exécution de leur placement en France ?""",
    ("enfants hébergés à l'hôtel", "France"): """
        Combien d'enfants vivent à l'hôtel en France ?
        Combien d'enfants placés dorment à l'hôtel en France ?
        Combien de mineurs sont hébergés à l'hôtel en France ?""",
    ("enfants hébergés à l'hôtel", "Isère"): """
        Combien d'enfants sont logés à l'hôtel en Isère ?""",
    ("informations préoccupantes", "Isère"): """
        Combien d'informations préoccupantes en Isère ?
        Combien d'informations préoccupantes la CRIP de l'Isère a-t-elle reçues ?
        Quel est le nombre d'informations préoccupantes recueillies en Isère ?""",
    ("dépenses d'aide sociale à l'enfance", "France"): """
        Combien coûte l'aide sociale à l'enfance en France ?
        Quel est le budget de l'ASE en France ?
        Combien les départements dépensent-ils pour l'aide sociale à l'enfance en France ?
        Quel est le montant des dépenses d'aide sociale à l'enfance en France ?""",
    ("dépenses d'aide sociale à l'enfance", "Isère"): """
        Combien l'Isère dépense-t-elle pour l'ASE ?
        Quel budget l'Isère consacre-t-elle à l'aide sociale à l'enfance ?""",
    ("délai d'exécution des décisions de placement", "Isère"): """
        Quel est le délai d'exécution des placements en Isère ?
        Combien de temps faut-il pour qu'un placement soit exécuté en Isère ?
        Quel est le délai moyen d'exécution d'une mesure de placement en Isère ?""",
    ("enfants confiés accueillis chez un assistant familial", "France"): """
        Quelle part des enfants confiés vit en famille d'accueil en France ?
        Quelle proportion d'enfants placés est accueillie chez un assistant familial en France ?
        Quel pourcentage des enfants confiés vit en famille d'accueil en France ?""",
    ("places de pouponnière", "Grenoble"): """
        Combien de places compte la pouponnière de Grenoble ?
        Combien de lits y a-t-il à la pouponnière de Grenoble ?""",
    ("postes d'éducateurs vacants", "Isère"): """
        Combien de postes d'éducateurs sont vacants en Isère ?
        Combien de postes d'éducateurs ne sont pas pourvus en Isère ?""",
}  # fmt: skip

# None of the marked figures says it.
UNTOLD = """
    Combien de garçons sont placés dans l'Eure ?
    Combien d'enfants placés sont morts en France ?
    Combien d'assistants familiaux sont partis à la retraite en Isère ?
    Combien de juges des enfants manque-t-il en France ?
    Combien d'enfants confiés ont fugué en Isère ?
    Combien d'enfants sont confiés à l'ASE dans le Tarn ?
    Combien de mineurs non accompagnés ont été évalués majeurs en France ?
    Combien d'enfants placés sont scolarisés en France ?
    Quel est le salaire d'un assistant familial en France ?
    Quelle part des enfants confiés est en fugue en France ?"""


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


QUESTIONS = [(question, *key) for key, text in ASKED.items() for question in lines(text)]


@pytest.fixture(scope="module")
def figures():
    measured = benchmark.measure(MARKED / "dev")
    return [one for one in measured.matches if one.found]


def answering(question, figures):
    return [one.marked for one in figures if answers(question, one.found)]


def test_who_answers(figures):
    told = right = answered = 0
    for question, counted, place in QUESTIONS:
        found = answering(question, figures)
        good = [one for one in found if counted == one["counted"] and [place] == one["territories"]]
        told, right, answered = told + len(found), right + len(good), answered + bool(good)
    assert len(QUESTIONS) >= 55
    assert right / told >= 0.95
    assert answered / len(QUESTIONS) >= 0.85


@pytest.mark.parametrize("question", lines(UNTOLD))
def test_what_no_figure_says(question, figures):
    assert answering(question, figures) == []
