"""BM25 over our own terms: scores by hand, filters, misspellings, numbers."""

import math
from pathlib import Path

import numpy as np
import pytest

from aseqa.lexical import LexicalIndex, removed_share
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


def test_what_is_removed_no_longer_counts(tmp_path: Path) -> None:
    """Scores after a removal are those of an index that never held what was removed."""
    words = {i: f"Le budget de la commune {i} est de {i % 7} euros" for i in range(40)}
    words |= dict.fromkeys(range(100, 108), "Le budget de Zanzibar est de 3 euros")
    rows = [(i, terms(text), terms("note")) for i, text in words.items()]
    (tmp_path / "changed").mkdir()
    (tmp_path / "fresh").mkdir()
    changed, fresh = LexicalIndex(tmp_path / "changed"), LexicalIndex(tmp_path / "fresh")
    changed.add([*rows[40:], *rows[:30]])
    changed.update(rows[30:40], range(100, 108))
    fresh.add(rows[:40])
    assert len(changed) == len(fresh) == 40
    for word in terms("budget commune euros Zanzibar"):
        assert changed.frequency(word) == fresh.frequency(word)
    assert changed.frequency("zanzibar") == 0
    query = weights("budget commune 37 euros 3")
    found, expected = changed.search(query, 10), fresh.search(query, 10)
    assert [i for i, _ in found] == [i for i, _ in expected]
    # only the mean length, 8 of 48 rows being shorter, is not that of the rows held
    assert [s for _, s in found] == pytest.approx([s for _, s in expected], rel=0.03)


def test_a_share_of_removed_rows_is_told(index: LexicalIndex, tmp_path: Path) -> None:
    assert removed_share(tmp_path, 0) == 0
    index.update([], [10])
    assert removed_share(tmp_path, 0) == pytest.approx(1 / 5)
    assert removed_share(tmp_path, 1) == pytest.approx(2 / 5)


def test_ties_at_the_last_place_go_to_the_smallest_ids(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    for identifier in (9, 7, 3, 8, 1):  # a segment each
        index.add([(identifier, ["mot"], [])])
    assert [i for i, _ in index.search({"mot": 1.0}, 2)] == [1, 3]


def test_many_allowed_rank_as_few_do() -> None:
    """Ids looked up and hits passed over must give the same: order, scores, ties."""
    words = ("foyer", "juge", "enfant", "budget", "accueil", "mesure", "placement")
    index = LexicalIndex(None)
    index.add(
        (i, [words[i % 7], words[i % 3], words[(i * i) % 5]] * (1 + i % 4), [words[i % 2]])
        for i in range(2000)
    )
    asked = {"foyer": 1.0, "budget": 0.5, "mesure": 2.0}
    for every, k in ((2, 7), (3, 100), (30, 40), (40, 2000)):
        allowed = list(range(0, 2000, every))
        whole = [hit for hit in index.search(asked, 2000, 0.5) if hit[0] % every == 0]
        assert index.search(asked, k, 0.5, allowed) == whole[:k]
        assert index.search(asked, k, 0.5, np.array(allowed)) == whole[:k]
        assert len(whole) > 5
