"""Where: what a sentence or a figure is about, and what only tells who speaks."""

import sys
from pathlib import Path

import pytest

from aseqa.records import Document, Section, Sentence, Voice
from aseqa.territory import territories_at, territories_of

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from when_where import judged, score

MARKED = Path(__file__).parent / "data" / "marked"

SENTENCES = [
    ("Dans le Tarn, 12 foyers.", ("Tarn",)),
    ("À Albi (Tarn), 12 foyers.", ("Albi",)),
    ("À Albi (81), 12 foyers.", ("Albi",)),
    ("À Graves-le-Vieux (Tarn), 12 foyers.", ("Graves-le-Vieux",)),
    ("À Graves-le-Vieux (81), 12 foyers.", ("Graves-le-Vieux",)),
    ("À Brouille (voir page 2), 12 foyers.", ()),
    ("Dans le Nord, le Pas-de-Calais et la Somme.", ("Nord", "Pas-de-Calais", "Somme")),
    ("Le Rhône et la Métropole de Lyon.", ("Rhône", "Métropole de Lyon")),
    ("Dans la Manche, le foyer de Granville est plein.", ("Granville",)),
    # The country.
    ("En France, 12 foyers.", ("France",)),
    ("Au niveau national, 12 foyers.", ("France",)),
    ("Sur l’ensemble du territoire, 12 foyers.", ("France",)),
    ("Sur l'ensemble du territoire du Gard, 12 foyers.", ("Gard",)),
    ("La France compte 12 foyers.", ("France",)),
    ("Une hausse deux fois plus rapide que la moyenne nationale.", ()),
    ("L'association Départements de France demande.", ()),
    ("En Île-de-France, 12 foyers.", ("Île-de-France",)),
    ("Les arrivées en Espagne et en Italie.", ()),
    # Who speaks, or where a court sits.
    ("M. X, député du Cher, s'inquiète.", ()),
    ("Le sénateur tarnais s'inquiète.", ()),
    ("M. Paul Rand (Tarn) s'inquiète.", ()),
    ("Mme Ève Rand (Droite Républicaine, Haute-Savoie) s'inquiète.", ()),
    ("Élue de la Manche, elle s’inquiète de Mayotte.", ("Mayotte",)),
    ("Élu du Cher, il dit que les foyers de sa circonscription alertent.", ("Cher",)),
    ("Le procureur de Bourges a ouvert 23 procédures.", ("Bourges",)),
    ("Dans le Nord, une convention lie le parquet de Lille.", ("Nord",)),
    ("La chambre régionale des comptes de Normandie le dit.", ()),
    ("42 boulevard de la Marne, à Quimper.", ("Quimper",)),
    # Paris, the State.
    ("Paris, interrogé, renvoie à son plan.", ()),
    ("Paris ne peut l'ignorer.", ()),
    ("On attend la réponse de Paris depuis un an.", ()),
    ("À Paris comme à Nouméa.", ("Paris", "Nouméa")),
    ("Paris compte 12 foyers.", ("Paris",)),
    # Adjectives.
    ("Les foyers tarnais sont pleins.", ("Tarn",)),
    ("L'agglomération lyonnaise est pleine.", ("Lyon",)),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_territories_of_a_sentence(text, expected):
    assert territories_of(*_document([text])) == [expected]


CHAINS = [
    (["Dans le Tarn, 12.", "Ce département agit."], [("Tarn",), ("Tarn",)]),
    (["Dans le Tarn, 12.", "Le conseil départemental agit."], [("Tarn",), ("Tarn",)]),
    (["À Vernon, 12.", "Le département agit."], [("Vernon",), ("Eure",)]),
    (["Dans le Lot et le Var, 12.", "Ce département agit."], [("Lot", "Var"), ()]),
    (["À Mayotte, 12.", "Ce territoire attend.", "Rien."], [("Mayotte",), ("Mayotte",), ()]),
    (["En Guyane, 12.", "L'État y consacre 3 M€."], [("Guyane",), ("Guyane",)]),
    (["En Guyane, 12.", "Il y a 3 juges."], [("Guyane",), ()]),
    (["En Guyane, 12.", "Là-bas, 3 juges."], [("Guyane",), ("Guyane",)]),
    (["À Rouen, 12.", "La ville agit."], [("Rouen",), ("Rouen",)]),
    (["En Bretagne, 12.", "La région agit."], [("Bretagne",), ("Bretagne",)]),
    (["En France, 12.", "Le département agit."], [("France",), ()]),
    (["Le président du conseil départemental statue."], [()]),
    (["Au nord du département, 12."], [()]),
]


@pytest.mark.parametrize(("texts", "expected"), CHAINS)
def test_what_was_named_before_is_taken_up(texts, expected):
    assert territories_of(*_document(texts)) == expected


def test_the_departement_of_the_title_is_that_of_the_text():
    texts = ["Le département agit.", "Dans l'Orne, 12.", "Le conseil départemental agit."]
    document, sentences = _document(texts, title="Contrôle du département de l'Eure")
    assert territories_of(document, sentences) == [("Eure",), ("Orne",), ("Eure",)]


def test_a_question_forgets_sooner_than_an_article():
    texts = [
        "Dans le Tarn, 12.",
        *[f"Rien de neuf {word}." for word in "abcd"],
        "Le département agit.",
    ]
    assert territories_of(*_document(texts, kind="presse"))[-1] == ("Tarn",)
    assert territories_of(*_document(texts, kind="question_ecrite"))[-1] == ()


def test_a_line_of_metadata_is_about_no_place():
    document, sentences = _document(["Circonscription : Tarn"], role="field")
    assert territories_of(document, sentences) == [()]


FIGURES = [
    ("L'Eure compte 2 143 enfants, le Calvados 2 390.", {"2 143": ("Eure",)}),
    ("L'Eure compte 2 143 enfants, le Calvados 2 390.", {"2 390": ("Calvados",)}),
    ("1 200 dans le Nord, 900 dans l'Ain.", {"1 200": ("Nord",), "900": ("Ain",)}),
    ("Le Nord (1 200) et la Somme (300).", {"1 200": ("Nord",), "300": ("Somme",)}),
    ("12 % à Paris et 8 % à Lyon.", {"12 %": ("Paris",), "8 %": ("Lyon",)}),
    ("En France, 12 % ; à Mayotte, 45 %.", {"12 %": ("France",), "45 %": ("Mayotte",)}),
    ("50 postes ont été créés, dont 3 à La Réunion.", {"50": (), "3": ("La Réunion",)}),
    ("Dans le Lot, le Var et la Creuse, 20 pour mille.", {"20": ("Lot", "Var", "Creuse")}),
    (
        "À La Réunion et en Guadeloupe, respectivement 11,4 et 9,8 pour mille.",
        {"11,4": ("La Réunion",), "9,8": ("Guadeloupe",)},
    ),
    ("À Évreux (Eure), 97 enfants pour 72 places.", {"97": ("Évreux",), "72": ("Évreux",)}),
    ("12 foyers, sans plus.", {"12": ()}),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_the_territories_of_a_figure(text, expected):
    found = {
        figure: territories_at(text, text.index(figure), text.index(figure) + len(figure), ())
        for figure in expected
    }
    assert found == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Dans ce département, 500 enfants.", "500", ("Tarn",)),
        ("Le parquet d'Évreux compte 500 cas dans le département.", "500", ("Tarn",)),
        ("À Lyon, 500 enfants.", "500", ("Lyon",)),
        ("500 enfants.", "500", ("Tarn",)),
    ],
)
def test_a_figure_inherits_where_its_sentence_names_no_place(text, figure, expected):
    start = text.index(figure)
    assert territories_at(text, start, start + len(figure), ("Tarn",)) == expected


def test_a_sentence_of_thousands_of_places_is_read_in_one_go():
    text = "Dans le Nord, 12 enfants ; à Lyon, 45 places ; " * 1500
    last = text.rindex("45")
    assert territories_at(text, last, last + 2, ()) == ("Lyon",)


@pytest.mark.parametrize(("folder", "floor"), [("dev", 0.95), ("test", 0.85)])
def test_marked_territories(folder, floor):
    judgements = list(judged(MARKED / folder))
    assert score(judgements, "sentence territories").f1 >= floor
    assert score(judgements, "figure territories").f1 >= floor


def _document(texts, *, title=None, kind="presse", role="prose"):
    whole, sentences, start = " ".join(texts), [], 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text, 0, role, Voice()))
        start += len(text) + 1
    section = Section("corps", 0, len(whole), Voice(), "2025-03-11")
    document = Document(
        "d", "d.txt", "", whole, kind, title, "2025-03-11", None, None, None, (section,)
    )
    return document, sentences
