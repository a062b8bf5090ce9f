"""BM25 over our own terms: scores by hand, filters, misspellings, numbers."""

import math
from pathlib import Path

import pytest

from aseqa.lexical import LexicalIndex
from aseqa.text import terms

SENTENCES = {
    10: "Les enfants placés en Haute-Garonne",
    11: "La prostitution des mineurs",
    12: "L'article L. 221-1 du code",
    13: "Le budget atteint 113,5 M€ en 2024",
    14: "Le budget atteint 113,6 M€ en 2025",
}


def weights(question: str) -> dict[str, float]:
    return dict.fromkeys(terms(question), 1.0)


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path)
    index.add((i, terms(text), terms("protection de l'enfance")) for i, text in SENTENCES.items())
    return index


def test_score_is_bm25(index: LexicalIndex) -> None:
    lengths = [len(terms(text)) for text in SENTENCES.values()]
    mean = sum(lengths) / len(lengths)
    inverse_frequency = math.log(1 + (5 - 1 + 0.5) / (1 + 0.5))
    length = len(terms(SENTENCES[11]))
    expected = inverse_frequency * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / mean))
    [(found, score)] = index.search(weights("prostitution"), 5)
    assert found == 11
    assert score == pytest.approx(expected, rel=1e-4)


def test_article_numbers_are_whole(index: LexicalIndex) -> None:
    assert [i for i, _ in index.search(weights("L221-1"), 5)] == [12]
    assert index.search(weights("L. 221-2"), 5) == []


def test_a_misspelt_word_is_found_but_never_a_near_number(index: LexicalIndex) -> None:
    assert [i for i, _ in index.search(weights("prostitusion"), 5)] == [11]
    assert [i for i, _ in index.search(weights("113,5"), 5)] == [13]
    assert index.search(weights("113,7"), 5) == []


def test_the_context_counts_only_when_weighted(index: LexicalIndex) -> None:
    assert index.search(weights("protection"), 9) == []
    assert len(index.search(weights("protection"), 9, context_weight=0.5)) == 5


def test_the_filter_comes_before_the_ranking(index: LexicalIndex) -> None:
    assert [i for i, _ in index.search(weights("budget prostitution"), 1, allowed=[14])] == [14]
    assert index.search(weights("budget"), 5, allowed=[]) == []


def test_no_known_word_gives_nothing(index: LexicalIndex) -> None:
    assert index.search(weights("météo"), 5) == []
    assert index.search({}, 5) == []


def test_reopened_it_gives_the_same_hits(index: LexicalIndex, tmp_path: Path) -> None:
    query = weights("budget enfants 2024")
    assert LexicalIndex(tmp_path).search(query, 5) == index.search(query, 5)


def test_frequency_counts_sentences(index: LexicalIndex) -> None:
    assert index.frequency("budget") == 2
    assert index.frequency("enfanc") == 5
    assert index.frequency("absent") == 0
