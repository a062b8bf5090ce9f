"""Exact match and F1 of French answers, worked by hand."""

from __future__ import annotations

import pytest

from aseqa.span_measures import best_of, exact_match, normalise_answer, token_f1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'Église de la Trinité", "église trinité"),
        ("l’Église", "église"),
        ("L\u02bcÉglise", "église"),
        ("E\u0301glise", "église"),  # NFD
        ("  un  deux\u00a0trois\u202fquatre ", "deux trois quatre"),
        ("le 10 mai 1774.", "10 mai 1774"),
        ("11\u202f000 mineurs", "11 000 mineurs"),
        ("113,5 M€", "1135 m€"),
        ("« Au Bonheur des Dames »", "bonheur dames"),
        ("l'un des départements d'outre-mer", "départements outremer"),
        ("du Tarn, aux Landes", "tarn landes"),
        ("D'Artagnan", "artagnan"),
        # What only begins or ends as an article does stays.
        ("Lens, Deauville, Unesco, Laon", "lens deauville unesco laon"),
        ("aujourd'hui", "aujourdhui"),
        ("qu'il dit", "quil dit"),
        ("50 %", "50"),
        ("n° 743", "n° 743"),
        ("la", ""),
        ("", ""),
    ],
)
def test_normalised(text: str, words: str) -> None:
    assert normalise_answer(text) == words


@pytest.mark.parametrize(
    ("predicted", "expected", "match", "f1"),
    [
        ("la loi Taquet", "Loi Taquet.", 1.0, 1.0),
        ("l’enfance", "L'ENFANCE", 1.0, 1.0),
        ("1774", "le 10 mai 1774", 0.0, 0.5),  # 1 of 1, 1 of 3
        ("le général Leclerc meurt", "de la fièvre jaune", 0.0, 0.0),
        # plan date année 2021 ditil: 2 of 5 words, 2 of 2, hence 2 × 2 / (5 + 2).
        ("Le plan date de l'année 2021, dit-il", "année 2021", 0.0, 4 / 7),
        # A word counts as often as both have it: 2 of 3, 2 of 2.
        ("paris paris paris", "Paris, Paris", 0.0, 0.8),
        ("les", "la", 1.0, 1.0),
        ("les", "la mer", 0.0, 0.0),
        ("", "mer", 0.0, 0.0),
        ("été", "ete", 0.0, 0.0),
    ],
)
def test_exact_match_and_f1(predicted: str, expected: str, match: float, f1: float) -> None:
    assert exact_match(predicted, expected) == match
    assert token_f1(predicted, expected) == pytest.approx(f1)
    assert token_f1(expected, predicted) == pytest.approx(f1)


def test_the_nearest_answer_counts() -> None:
    answers = ["en 1774", "le 10 mai 1774", "mai"]
    assert best_of(token_f1, "10 mai", answers) == pytest.approx(0.8)  # 2 of 2, 2 of 3
    assert best_of(exact_match, "10 mai", answers) == 0.0
    assert best_of(exact_match, "Mai", answers) == 1.0
    assert best_of(exact_match, "Mai", []) == 0.0
