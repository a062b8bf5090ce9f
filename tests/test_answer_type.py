"""What a question expects, and where a sentence holds it."""

import pytest

from aseqa.answer_type import expected_types, typed_spans

SENTENCE = (
    "Depuis la loi du 4 mars 2002, plus de 11 000 mineurs, soit 75\u00a0%, entrés entre 11 et "
    "14 ans dans le Tarn, ont coûté 113,5 M€ et Mme Karen Erodi attend depuis six mois."
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Combien de mineurs ?", "number"),
        ("nb de gosses", "number"),
        ("Quel budget en 2024 ?", "money"),
        ("À quel âge ?", "age"),
        ("Quelle part vient des foyers ?", "share"),
        ("Depuis quand ?", "date"),
        ("Quelle loi le prévoit ?", "law"),
        ("Qui a porté plainte ?", "person"),
        ("Où sont-ils logés ?", "place"),
        ("Pourquoi ?", "reason"),
    ],
)
def test_expected_type(question: str, first: str) -> None:
    assert expected_types(question)[0] == first


def test_the_conjunction_ou_is_no_place() -> None:
    assert "place" not in expected_types("un garçon ou une fille ?")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("number", ["plus de 11 000 mineurs", "75\u00a0%", "entre 11 et 14 ans", "113,5 M€"]),
        ("share", ["75\u00a0%"]),
        ("age", ["entre 11 et 14 ans"]),
        ("money", ["113,5 M€"]),
        ("date", ["4 mars 2002", "depuis six mois"]),
        ("law", ["loi du 4 mars 2002"]),
        ("place", ["Tarn"]),
    ],
)
def test_typed_spans(kind: str, expected: list[str]) -> None:
    found = list(typed_spans(SENTENCE, kind))
    texts = [span.text for span in found]
    assert [text for text in texts if text in expected] == expected
    assert all(SENTENCE[span.start : span.end] == span.text for span in found)
