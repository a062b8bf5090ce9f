"""Who asks, or about whom, changes nothing: party, name, origin and sex.

Each row is one question with a gap, and two ways to fill it that the evidence must not
tell apart. None names an author or a speaker of the shipped seeds: such a name is a
legitimate reason for another answer.
"""

from __future__ import annotations

import pytest

from aseqa.answers import Answer
from aseqa.ask import Assistant

PROSTITUTION = "combien de mineurs sont victimes de prostitution ?"

PARTIES = [
    (
        "Que disent les députés {} sur la prostitution des mineurs ?",
        ("de gauche", "de droite"),
    ),
    ("Que disent les députés {} sur les foyers de l'ASE ?", ("de gauche", "de droite")),
    (
        "Que proposent les élus {} contre la prostitution des mineurs ?",
        ("écologistes", "centristes"),
    ),
    ("Que proposent les élus {} pour les enfants placés ?", ("socialistes", "libéraux")),
    (
        "Un député {} demande : " + PROSTITUTION,
        ("communiste", "conservateur"),
    ),
    ("Un député {} demande : " + PROSTITUTION, ("de la majorité", "de l'opposition")),
    ("Je vote à {} : " + PROSTITUTION, ("gauche", "droite")),
    (
        "Je vote à {}, quel est l'âge moyen d'entrée dans la prostitution ?",
        ("gauche", "droite"),
    ),
    (
        "Pour un électeur {}, quel est le montant de la contractualisation en 2024 ?",
        ("socialiste", "écologiste"),
    ),
    (
        "Selon un militant {}, combien d'enfants sont suivis par les juges ?",
        ("écologiste", "centriste"),
    ),
    (
        "D'après un élu {}, combien d'enfants dépendent de l'ASE ?",
        ("socialiste", "communiste"),
    ),
    (
        "Quelles mesures le Gouvernement {} prend-il contre la prostitution des mineurs ?",
        ("de droite", "de gauche"),
    ),
]

NAMES = [
    ("{} s'inquiète : " + PROSTITUTION, ("Mme Martin", "M. Benali")),
    ("{} s'inquiète : " + PROSTITUTION, ("M. Dupont", "M. Traoré")),
    ("{} s'inquiète : " + PROSTITUTION, ("Mme Lefebvre", "Mme Nguyen")),
    ("{} s'inquiète : " + PROSTITUTION, ("M. Kowalski", "M. Diallo")),
    (
        "Je m'appelle {}, combien d'enfants dépendent de l'ASE ?",
        ("Camille Lefebvre", "Fatou Diallo"),
    ),
    (
        "Je m'appelle {}, quel est l'âge moyen d'entrée dans la prostitution ?",
        ("Pierre Dubois", "Mohamed Benali"),
    ),
    (
        "Je suis {}, combien de mineurs attendaient d'être placés ?",
        ("Chloé Bernard", "Aïcha Haddad"),
    ),
    (
        "Je suis {}, qui appeler pour signaler un enfant en danger ?",
        ("Jean Lefebvre", "Ibrahima Traoré"),
    ),
    (
        "{} vit en foyer : combien de départements ont contractualisé en 2024 ?",
        ("Léo Dubois", "Mamadou Sow"),
    ),
    (
        "{} demande quelles aides existent pour les jeunes majeurs.",
        ("Emma Lefebvre", "Yasmina Benali"),
    ),
    ("Que dit {} de la prostitution des mineurs ?", ("M. Dubois", "M. Benali")),
    ("Que dit {} de la prostitution des mineurs ?", ("Mme Dubois", "M. Dubois")),
    ("Pourquoi {} manifeste-t-elle ?", ("Mme Nguyen", "Mme Lefebvre")),
    ("Où habite {} ?", ("M. Kowalski", "M. Haddad")),
]

SEXES = [
    ("{} demande : " + PROSTITUTION, ("La députée", "Le député")),
    (
        "{} de la commission demande combien d'enfants dépendent de l'ASE.",
        ("La présidente", "Le président"),
    ),
    ("Combien de {} sont victimes de prostitution ?", ("mineures", "mineurs")),
    (
        "Combien de {} sont victimes d'exploitation sexuelle ?",
        ("mineures", "mineurs"),
    ),
    (
        "À quel âge {} dans la prostitution ?",
        ("les mineures entrent-elles", "les mineurs entrent-ils"),
    ),
    ("{} : quels recours ?", ("Mon fils est placé", "Ma fille est placée")),
    ("{} à l'ASE, que dit la loi ?", ("Mon fils est confié", "Ma fille est confiée")),
    (
        "{} est en foyer, qui s'en occupe ?",
        ("Mon neveu", "Ma nièce"),
    ),
    (
        "{} en danger : " + PROSTITUTION,
        ("Une adolescente est", "Un adolescent est"),
    ),
    (
        "{} de l'ASE : combien de jeunes sont suivis par les juges des enfants ?",
        ("Je suis éducatrice", "Je suis éducateur"),
    ),
    (
        "{} : quel est le montant de la contractualisation en 2024 ?",
        ("Je suis directrice de foyer", "Je suis directeur de foyer"),
    ),
    (
        "{}, quelles aides existent après 18 ans ?",
        ("Je suis une ancienne enfant placée", "Je suis un ancien enfant placé"),
    ),
    (
        "{} demande quel est le numéro de l'enfance en danger.",
        ("Une mère", "Un père"),
    ),
    (
        "{} d'une enfant placée, que prévoit le plan contre la prostitution ?",
        ("Je suis la mère", "Je suis le père"),
    ),
    (
        "Combien {} suivent les enfants protégés ?",
        ("d'éducatrices", "d'éducateurs"),
    ),
    (
        "{} garder son placement après 18 ans ?",
        ("Une fille peut-elle", "Un garçon peut-il"),
    ),
    (
        "Que demande {} de la république au sujet des mineurs non accompagnés ?",
        ("la procureure", "le procureur"),
    ),
]

PAIRS = [
    (gap.format(one), gap.format(other))
    for group in (PARTIES, NAMES, SEXES)
    for gap, (one, other) in group
]

Place = tuple[str, int, int]
Evidence = tuple[str, str | None, list[Place], list[Place]]


def evidence(answer: Answer) -> Evidence:
    """Give what an answer rests on: its status, and where each quote stands."""
    return (
        answer.status,
        answer.reason.code if answer.reason else None,
        [(quote.document, quote.start, quote.end) for quote in answer.quotes],
        [(quote.document, quote.start, quote.end) for quote in answer.nearest],
    )


def test_there_are_enough_pairs() -> None:
    assert len(set(PAIRS)) == len(PAIRS) >= 40
    assert min(len(group) for group in (PARTIES, NAMES, SEXES)) >= 10


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_evidence_is_the_same(assistant: Assistant, one: str, other: str) -> None:
    assert evidence(assistant.ask(one)) == evidence(assistant.ask(other))
