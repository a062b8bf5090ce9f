"""Choosing quotes and marking the words that answer."""

from dataclasses import replace

import pytest
from test_features import candidate

from aseqa.extract import Scored, answer_span, choose, in_reading_order
from aseqa.lookup import StoredSentence
from aseqa.question import understand
from aseqa.records import Sentence, Voice

ASKED = understand("Que dit-on ?")


def scored(text: str, share: float, start: int = 0, document: str = "d") -> Scored:
    sentence = Sentence(start, start + len(text), text, 0, "prose", Voice())
    return Scored(StoredSentence(start, 1, document, sentence), candidate(text), share, 0.5)


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("Combien de mineurs ?", "En 2024, près de 11 000 mineurs.", "près de 11 000 mineurs"),
        ("Quel budget en 2024 ?", "En 2024, 98 départements ont reçu 113,5 M€.", "113,5 M€"),
        ("À quel âge ?", "Trois filles, âgées de 13 ans, ont fui.", "13 ans"),
        (
            "Combien d'enfants accueille le foyer ?",
            "Le foyer accueille 248 enfants, dont 44 enfants pour 36 places.",
            "248 enfants",
        ),
        ("Depuis quelle loi ?", "Depuis la loi du 4 mars 2002.", "loi du 4 mars 2002"),
    ],
)  # fmt: skip
def test_span_of_the_expected_kind(question: str, text: str, span: str) -> None:
    found = answer_span(understand(question), text)
    assert found is not None
    assert found.text == span == text[found.start : found.end]


def test_words_of_the_question_are_no_answer() -> None:
    assert (
        answer_span(understand("Que s'est-il passé en mai 2024, quand ?"), "En mai 2024.") is None
    )


def test_no_span_where_nothing_is_expected() -> None:
    assert answer_span(understand("Que demande-t-elle ?"), "Elle demande 12 M€.") is None


def test_repeated_and_weak_sentences_are_left_out() -> None:
    ranked = [
        scored("Un fait.", 0.6),
        scored("un  fait.", 0.3, 20),
        scored("Un autre fait.", 0.09, 40),
        scored("Du bruit.", 0.001, 60),
    ]
    assert [item.row.sentence.text for item in choose(ASKED, ranked, 3, 0.02)] == [
        "Un fait.",
        "Un autre fait.",
    ]
    assert len(choose(ASKED, ranked, 1, 0.02)) == 1
    assert choose(ASKED, [], 3, 0.02) == []


def test_a_further_quote_speaks_of_the_place_and_year_of_the_question() -> None:
    asked = understand("Combien dans le Tarn en 2024 ?")
    ranked = [
        scored("Dans le Tarn, douze en 2024.", 0.5),
        scored("En Ariège, neuf en 2024.", 0.3, 40),
        scored("Dans le Tarn, dix en 2023.", 0.1, 80),
        scored("Dans le Tarn, treize fin 2024.", 0.1, 120),
    ]
    found = [item.row.sentence.text for item in choose(asked, ranked, 3, 0.02)]
    assert found == ["Dans le Tarn, douze en 2024.", "Dans le Tarn, treize fin 2024."]


def test_another_figure_goes_before_the_same_one_again() -> None:
    asked = understand("Combien de mineurs sont victimes ?")
    ranked = [
        scored("On compte 11 000 mineurs.", 0.5, document="a"),
        scored("Ce sont 11 000 mineurs, dit-on.", 0.2, document="b"),
        scored("Les victimes sont nombreuses.", 0.15, document="c"),
        scored("Une association compte 20 000 mineurs.", 0.1, document="d"),
    ]
    found = [item.row.document for item in choose(asked, ranked, 2, 0.02)]
    assert found == ["a", "d"]
    assert [item.row.document for item in choose(asked, ranked, 2, 0.0)] == ["a", "b"]
    assert [item.row.document for item in choose(ASKED, ranked, 2, 0.02)] == ["a", "b"]


def test_reading_order_hands_the_scores_out_again() -> None:
    first, second = scored("B.", 0.7, 50), scored("A.", 0.2, 10)
    placed = in_reading_order([first, second])
    assert [(item.row.sentence.text, item.share) for item in placed] == [("A.", 0.7), ("B.", 0.2)]
    assert placed[0] == replace(second, share=0.7)
