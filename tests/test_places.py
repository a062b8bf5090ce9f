"""Places: typed without accents, ambiguous names, adjectives, what lies in what."""

import pytest

from aseqa.places import places, widened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nb enfants placés haute garonne 2021", {"Haute-Garonne"}),
        ("en Seine et Marne", {"Seine-et-Marne"}),
        ("les mineurs belges", {"Belgique"}),
        ("des jeunes filles anglaises", {"Royaume-Uni"}),
        ("le lot de mesures et la somme versée", set()),
        ("dans le Lot", {"Lot"}),
        ("le département du nord", {"Nord"}),
        ("un vol pas cher, une manche de pull", set()),
        ("dans les Bouches-du-Rhône, à Marseille", {"Bouches-du-Rhône", "Marseille"}),
        ("en Provence-Alpes-Côte d’Azur", {"Provence-Alpes-Côte d'Azur"}),
        ("à La Réunion", {"La Réunion"}),
        ("la réunion du conseil", set()),
    ],
)
def test_places_named(text: str, expected: set[str]) -> None:
    assert places(text) == expected


def test_a_town_lies_in_its_departement_and_region() -> None:
    assert widened(frozenset({"Albi"})) == {"Albi", "Tarn", "Occitanie"}


def test_there_are_101_departements() -> None:
    import json
    from importlib.resources import files

    data = json.loads(files("aseqa").joinpath("places.json").read_text(encoding="utf-8"))
    assert len(data["departements"]) == 101
    assert len({facts["region"] for facts in data["departements"].values()}) == 18
