"""What is understood of a question."""

from aseqa.lexicon import EXPANSION_WEIGHT, query_terms
from aseqa.question import understand


def test_places_years_numbers_and_names() -> None:
    question = understand("Que dit la question n° 743 de Mme Erodi sur le Tarn en 2024 ?")
    assert question.places == {"Tarn"}
    assert question.years == {"2024"}
    assert question.numbers == {"743"}
    assert question.names == {"erodi"}


def test_an_article_number_is_a_number_of_the_question() -> None:
    assert understand("Que prévoit l'article L. 221-1 ?").numbers == {"l221-1"}


def test_the_first_word_and_capitals_throughout_name_nobody() -> None:
    assert understand("Combien de mineurs ?").names == frozenset()
    assert understand("COMBIEN DE MINEURS AU TARN").names == frozenset()


def test_intents() -> None:
    assert "reply" in understand("Qu'a répondu le ministère ?").intents
    assert "reply" in understand("Combien, selon le Gouvernement ?").intents
    assert "demand" in understand("Que réclame la députée ?").intents
    assert understand("Combien de mineurs ?").intents == frozenset()


def test_everyday_words_add_terms_at_a_lower_weight() -> None:
    weights = query_terms("nb de gosses")
    assert weights["goss"] == 1.0
    assert weights["enfant"] == weights["mineur"] == EXPANSION_WEIGHT == 0.4


def test_own_terms_are_never_weighed_down() -> None:
    assert query_terms("enfants mineurs") | {} == query_terms("enfants mineurs")
    assert query_terms("enfants mineurs")["mineur"] == 1.0
