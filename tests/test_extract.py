"""Choosing quotes and marking the words that answer."""

from dataclasses import replace

import pytest
from test_features import candidate

from aseqa.cascade import Scored
from aseqa.extract import answer_span, choose, in_reading_order
from aseqa.lookup import StoredSentence
from aseqa.question import understand
from aseqa.records import Sentence, Voice

ASKED = understand("Que dit-on ?")


def scored(text: str, share: float, start: int = 0, document: str = "d") -> Scored:
    sentence = Sentence(start, start + len(text), text, 0, "prose", Voice())
    row = StoredSentence(start, 1, document, sentence)
    return Scored(row, candidate(text), share, 0.5, 0, len(text))


def read(text: str, words: str) -> Scored:
    """Make a sentence whose answer the reader sees in ``words``."""
    start = text.index(words)
    return replace(scored(text, 1.0), start=start, end=start + len(words))


@pytest.mark.parametrize(
    ("question", "text", "words", "span"),
    [
        # The reader's words, without their punctuation.
        ("Qui finance l'accueil ?", "L'accueil est payé par le département.", "par le département.",
         "par le département"),
        ("Pourquoi ?", "Elle a fui, faute de place.", " faute de place.", "faute de place"),
        # Words of the expected kind, as the reader has them.
        ("Combien de mineurs ?", "En 2024, près de 11 000 mineurs.", "11 000",
         "près de 11 000 mineurs"),
        ("Quel budget ?", "Le budget est de 113,5 M€ en 2024.", "113,5 M€", "113,5 M€"),
        # Words of another kind give way to the thing that is asked for.
        ("Quel budget en 2024 ?", "En 2024, 98 départements ont reçu 113,5 M€.", "départements",
         "113,5 M€"),
        ("À quel âge ?", "Trois filles, âgées de 13 ans, ont fui.", "ont fui", "13 ans"),
        (
            "Combien d'enfants accueille le foyer ?",
            "Le foyer accueille 248 enfants, dont 44 enfants pour 36 places.",
            "Le foyer",
            "248 enfants",
        ),
        ("Depuis quelle loi ?", "Depuis la loi du 4 mars 2002.", "Depuis", "loi du 4 mars 2002"),
        # Nothing of the expected kind in the sentence: the reader's words.
        ("Combien de places ?", "Les places manquent partout.", "manquent", "manquent"),
    ],
)  # fmt: skip
def test_answering_words(question: str, text: str, words: str, span: str) -> None:
    found = answer_span(understand(question), read(text, words))
    assert found is not None
    assert found.text == span == text[found.start : found.end]


def test_a_whole_sentence_is_no_span() -> None:
    text = "Elle a fui."
    assert answer_span(understand("Qu'a-t-elle fait ?"), read(text, text)) is None


def test_words_of_the_question_do_not_replace_the_readers() -> None:
    asked = understand("Que s'est-il passé en mai 2024, quand ?")
    found = answer_span(asked, read("En mai 2024, rien.", "rien"))
    assert found is not None
    assert found.text == "rien"


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
