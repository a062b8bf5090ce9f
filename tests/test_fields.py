"""Questions about the record itself, and the lines that answer them."""

import pytest

from aseqa.fields import asked_fields, field_label, is_asked


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Qui a posé la question sur les foyers ?", "auteur"),
        ("À quel groupe politique appartient-il ?", "circonscription"),
        ("Mme Tabarot est députée d'où ?", "circonscription"),
        ("Quel ministère était interrogé ?", "ministere interroge"),
        ("Quel ministère a répondu ?", "ministere attributaire"),
        ("Dans quelle rubrique est-elle classée ?", "rubrique"),
        ("Est-ce une question écrite ou orale ?", "type de question"),
        ("À quelle date la question a-t-elle été publiée ?", "question publiee"),
        ("La question 2270 a-t-elle obtenu une réponse ?", "reponse publiee"),
    ],
)
def test_field_asked_for(question: str, field: str) -> None:
    assert field in asked_fields(question)


@pytest.mark.parametrize(
    "question",
    [
        "Combien de mineurs sont victimes ?",
        "Quelles mesures ont été prises ?",
        "Qui porte plainte ?",
    ],
)
def test_a_question_of_substance_asks_for_no_field(question: str) -> None:
    assert asked_fields(question) == frozenset()


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Auteur : [Mme Karen Erodi](#)", "auteur"),
        ("**Auteur :** [Mme Michèle Tabarot](#)", "auteur"),
        (
            "**Question publiée au JO le** : [21 janvier 2025](#), page 232",
            "question publiee au jo le",
        ),
        ("Le département finance : trois foyers", "le departement finance"),
    ],
)
def test_label(line: str, label: str) -> None:
    assert field_label(line) == label


def test_only_the_line_asked_for_answers() -> None:
    asked = asked_fields("À quel groupe appartient Mme Erodi ?")
    assert is_asked("Circonscription : Tarn - La France insoumise", asked)
    assert not is_asked("Auteur : Mme Karen Erodi", asked)
