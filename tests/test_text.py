"""Normalising for matching: French traps, and offsets that do not move."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aseqa.text import fold, squeeze, terms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’article L. 221-1", ["articl", "l221-1"]),
        ("l'article L221-1 et R. 421-3", ["articl", "l221-1", "r421-3"]),
        ("20 000 mineurs", ["20000", "mineur"]),
        ("20\u202f000 et 20\u00a0000", ["20000", "20000"]),
        ("113,5 M€", ["113,5"]),
        ("n° 743", ["743"]),
        ("ils n'ont pas été placés", ["pas", "plac"]),
        ("sans solution, jamais, aucun", ["san", "solut", "jam", "aucun"]),
        ("Qu’est-ce que l’enfance ?", ["enfanc"]),
    ],
)
def test_terms_of_french(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_composed_and_decomposed_accents_give_the_same_terms() -> None:
    text = "Élèves protégés à l'école"
    assert terms(unicodedata.normalize("NFD", text)) == terms(text) == ["elev", "proteg", "ecol"]


def test_a_question_without_accents_matches_one_with_them() -> None:
    assert terms("mineurs places en haute savoie") == terms("mineurs placés en Haute-Savoie")


def test_fold_unifies_apostrophes_ligatures_and_case() -> None:
    assert fold("L’ŒUVRE Sociale") == "l'oeuvre sociale"


def test_squeeze_reduces_all_white_space() -> None:
    assert squeeze(" Deux\u00a0 mots\n\nici ") == "deux mots ici"


@given(st.text(max_size=200))
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    found = tokens(text)
    ends = [0, *(token.end for token in found)]
    for token, end in zip(found, ends, strict=False):
        assert end <= token.start < token.end <= len(text)


@given(st.text(alphabet="abé 12’'-,.LR", max_size=60))
def test_words_of_a_token_are_its_slice(text: str) -> None:
    for token in tokens(text):
        if token.kind == "word":
            assert fold(text[token.start : token.end]) == token.form
