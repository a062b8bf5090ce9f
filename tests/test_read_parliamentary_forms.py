"""Variants of the parliamentary form, dates, and the names of ministries."""

import unicodedata

import pytest

from aseqa.read.dates import iso_date
from aseqa.read.ministries import ministry_name
from aseqa.read.parliamentary import looks_parliamentary, read_parliamentary
from aseqa.records import Document

HEALTH = "Santé, familles, autonomie et personnes handicapées"
WORK = "Travail, santé, solidarités et familles"
MINISTRY_OF_WORK = "Ministère du travail, de la santé, des solidarités et des familles"
SITTING = """ASSEMBLÉE NATIONALE

XVIe législature

Moyens des foyers

Question au Gouvernement n° 1 204

TEXTE DE LA QUESTION

M. Paul d'Aubert interroge M. le ministre de l'éducation nationale.

Et il attend.

Texte de la réponse

Nous agissons.

Données clés

Auteur : M. Paul d'Aubert
Circonscription : Paris (1<sup>re</sup> circonscription) - Horizons & Indépendants
Type de question : Question au Gouvernement
Ministère interrogé : Éducation nationale, enseignement supérieur et recherche
Ministère attributaire : Premier ministre
Rubrique : Enfance
Dates clés
Question publiée au JO le : 1<sup>er</sup> août 2023
Réponse publiée au JO le : 2 févr. 2024, p. 12
Date de changement d'attribution : 5 septembre 2023
"""


def read_one(text: str) -> Document:
    [document] = read_parliamentary(text, "dossier/question.txt", "")
    return document


def parts(document: Document) -> dict[str, str]:
    return {s.name: document.text[s.start : s.end] for s in document.sections}


def test_a_question_put_to_the_government() -> None:
    document = read_one(SITTING)
    assert document.id == "question"
    assert document.kind == "question_gouvernement"
    assert document.title == "Moyens des foyers"
    assert document.author == "M. Paul d'Aubert"
    assert dict(document.metadata) == {
        "number": "1204",
        "legislature": "16",
        "group": "Horizons & Indépendants",
        "constituency": "1re circonscription",
        "department": "Paris",
        "ministry_asked": "Éducation nationale, enseignement supérieur et recherche",
        "ministry_attributed": "Premier ministre",
        "rubric": "Enfance",
        "question_date": "2023-08-01",
        "answer_date": "2024-02-02",
        "answer_page": "12",
        "reattributed_date": "2023-09-05",
        "answered": "true",
    }
    assert parts(document)["question"].endswith("Et il attend.")
    assert parts(document)["réponse"] == "Nous agissons."
    assert document.sections[2].voice.name == "Premier ministre"
    assert document.sections[2].date == "2024-02-02"


def test_an_oral_question_without_debate() -> None:
    text = SITTING.replace("Question au Gouvernement n° 1 204", "Question orale sans débat n° 57")
    document = read_one(text)
    assert (document.kind, document.metadata["number"]) == ("question_orale", "57")


def test_a_record_stripped_to_its_core() -> None:
    document = read_one(
        "Les foyers\n\nQuestion écrite N°12\n\nTexte de la question\n\n"
        "Mme Ida Roux demande à M. le ministre combien de foyers ferment.\n\nTexte de la réponse\n"
    )
    assert document.author == "Mme Ida Roux"
    assert document.title == "Les foyers"
    assert dict(document.metadata) == {"number": "12", "answered": "false"}
    assert document.date is None
    assert list(parts(document)) == ["en-tête", "question"]


def test_data_without_their_heading() -> None:
    document = read_one(SITTING.replace("Données clés\n", ""))
    assert parts(document)["réponse"] == "Nous agissons."
    assert parts(document)["données clés"].startswith("Auteur : M. Paul d'Aubert")


def test_several_questions_in_one_file() -> None:
    second = SITTING.replace("Moyens des foyers", "Autre objet").replace("1 204", "9")
    documents = read_parliamentary(SITTING + second, "lot.txt", "")
    assert [document.id for document in documents] == ["lot#1", "lot#2"]
    assert [document.metadata["number"] for document in documents] == ["1204", "9"]
    assert documents[1].title == "Autre objet"
    assert documents[0].sections[-1].end < documents[1].sections[0].start


def test_decomposed_accents_and_no_break_spaces() -> None:
    text = unicodedata.normalize("NFD", SITTING).replace(" : ", "\u00a0: ")
    document = read_one(text)
    assert document.kind == "question_gouvernement"
    assert document.metadata["question_date"] == "2023-08-01"
    assert [s.name for s in document.sections] == ["en-tête", "question", "réponse", "données clés"]


def test_what_is_no_parliamentary_question() -> None:
    assert not looks_parliamentary("Question écrite n° 12 : le rapport en parle.\n\nTexte.")
    assert not looks_parliamentary("Texte de la question\n\nCombien de foyers ?")
    assert looks_parliamentary(SITTING)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("[1er mars 2025](#), page 2", "2025-03-01"),
        ("1^er décembre 2024", "2024-12-01"),
        ("le 26\u00a0août\u00a02019", "2019-08-26"),
        ("Publié le05/09/2025 à 12h11", "2025-09-05"),
        ("2024-02-29T10:00", "2024-02-29"),
        ("30 février 2024", None),
        ("en mars 2025", None),
    ],
)
def test_dates(printed: str, expected: str | None) -> None:
    assert iso_date(printed) == expected


@pytest.mark.parametrize(
    ("ministry", "question", "expected"),
    [
        (WORK, "", MINISTRY_OF_WORK),
        (
            HEALTH,
            "",
            "Ministère de la santé, des familles, de l'autonomie et des personnes handicapées",
        ),
        (
            "Enfance, jeunesse et familles",
            "Mme la ministre déléguée chargée de l'enfance, de la jeunesse et des familles sur",
            "Ministère de l'enfance, de la jeunesse et des familles",
        ),
        (
            "Économie, finances et souveraineté industrielle, énergétique et numérique",
            "",
            "Ministère de l'économie, des finances et de la souveraineté industrielle, "
            "énergétique et numérique",
        ),
        (
            "Égalité entre les femmes et les hommes et lutte contre les discriminations",
            "",
            "Ministère de l'égalité entre les femmes et les hommes et de la lutte contre les "
            "discriminations",
        ),
        (
            "Europe et affaires étrangères",
            "",
            "Ministère de l'Europe et des affaires étrangères",
        ),
        ("Outre-mer", "", "Ministère des outre-mer"),
        (
            "Justice",
            "M. le garde des sceaux, ministre de la justice, sur",
            "Ministère de la justice",
        ),
        ("Logement", "", "Ministère du logement"),
        ("Premier ministre", "", "Premier ministre"),
    ],
)
def test_names_of_ministries(ministry: str, question: str, expected: str) -> None:
    assert ministry_name(ministry, question) == expected


def test_another_ministry_in_the_question_is_not_the_one_that_answers() -> None:
    question = "Mme la ministre de la santé et de l'accès aux soins sur"
    assert ministry_name(WORK, question) == MINISTRY_OF_WORK
