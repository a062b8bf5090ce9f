"""Places: typed without accents, ambiguous names, adjectives, what lies in what."""

import unicodedata

import pytest

from aseqa.places import departements, mentions, places, widened


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


AMBIGUOUS = [
    # Départements that are ordinary words.
    ("le conseil départemental du Lot", {"Lot"}),
    ("Le Lot compte 12 foyers.", {"Lot"}),
    ("c'est le lot de nos métiers", set()),
    ("Le gros lot : un toit.", set()),
    ("dans le lot de mesures annoncées", set()),
    ("dans la Somme", {"Somme"}),
    ("la somme de 3 000 euros", set()),
    ("Somme toute, rien ne change.", set()),
    ("la somme des renoncements", set()),
    ("Chaque nuit coûte cher.", set()),
    ("dans le département du Cher", {"Cher"}),
    ("Le Cher a ouvert 12 places.", {"Cher"}),
    ("Cher collègue, vous le savez.", set()),
    ("mon cher ami", set()),
    ("dans la Manche, le foyer", {"Manche"}),
    ("la manche de son pull", set()),
    ("la traversée de la Manche", set()),
    ("le tunnel sous la Manche", set()),
    ("outre-Manche", set()),
    ("dans les Landes", {"Landes"}),
    ("les landes bretonnes", {"Bretagne"}),
    ("la marne grise des berges", set()),
    ("dans la Marne", {"Marne"}),
    ("sur les bords de la Marne", set()),
    ("à Marne-la-Vallée", set()),
    ("en Haute-Marne", {"Haute-Marne"}),
    ("une eau creuse la pierre", set()),
    ("en Creuse", {"Creuse"}),
    ("la Creuse", {"Creuse"}),
    ("à l'aube", set()),
    ("dans l’Aube", {"Aube"}),
    ("L'Aube compte 12 foyers.", {"Aube"}),
    ("l'Oise et l'Aisne", {"Oise", "Aisne"}),
    ("le long de l’Oise", set()),
    ("elle orne la façade", set()),
    ("l'Orne 1 057", {"Orne"}),
    ("L'Eure compte 2 143 enfants.", {"Eure"}),
    ("le long de l’Eure", set()),
    ("dans l'Ain", {"Ain"}),
    ("l’Ain a ouvert 12 places", {"Ain"}),
    ("dans le Var, 19 dossiers", {"Var"}),
    ("les Alpes et le Var", {"Var"}),
    ("dans l'Allier", {"Allier"}),
    ("il faut allier les deux", set()),
    ("dans le Gard", {"Gard"}),
    ("dans le Gers", {"Gers"}),
    ("dans le Jura", {"Jura"}),
    ("dans le Doubs", {"Doubs"}),
    ("dans l'Indre", {"Indre"}),
    ("dans la Vienne", {"Vienne"}),
    ("qu'il vienne", set()),
    ("la convention de Vienne", set()),
    ("dans la Meuse", {"Meuse"}),
    ("la Loire a ouvert 12 places", {"Loire"}),
    ("La Loire a ouvert 12 places.", {"Loire"}),
    ("au nord de la Loire", set()),
    ("les châteaux de la Loire", set()),
    ("en Loire-Atlantique", {"Loire-Atlantique"}),
    ("la vallée du Rhône", set()),
    ("les gorges du Tarn", set()),
    ("la baie de Somme", set()),
    ("l'estuaire de la Gironde", set()),
    # The North and the points of the compass.
    ("dans le Nord, le Pas-de-Calais et la Somme", {"Nord", "Pas-de-Calais", "Somme"}),
    ("le département du Nord", {"Nord"}),
    ("les départements du Nord, de la Marne et de l'Ain", {"Nord", "Marne", "Ain"}),
    ("au nord du département", set()),
    ("dans le Nord de la France", set()),
    ("dans le Nord et le Sud", set()),
    ("la mer du Nord", set()),
    ("l'Afrique du Nord", set()),
    ("La Voix du Nord l'écrit.", set()),
    ("Nord (59) : 320 places", {"Nord"}),
    ("Dans le Nord", {"Nord"}),
    # Towns.
    ("à Tours et à Nice", {"Tours", "Nice"}),
    ("des tours de table", set()),
    ("une nuit à Sens", {"Sens"}),
    ("le sens de la mesure", set()),
    ("le garde des Sceaux", set()),
    ("à Sceaux", {"Sceaux"}),
    ("au Havre et au Mans", {"Le Havre", "Le Mans"}),
    ("les foyers du Puy-en-Velay", {"Le Puy-en-Velay"}),
    ("aux Sables-d’Olonne", {"Les Sables-d'Olonne"}),
    ("à Saint-Denis", {"Saint-Denis"}),
    ("à Saint-Denis de La Réunion", {"Saint-Denis de La Réunion"}),
    ("à Villeneuve-d'Ascq", {"Villeneuve-d'Ascq"}),
    ("Ouest-France et Nice-Matin", set()),
    ("à Vernon, un garçon", {"Vernon"}),
    ("Mme Vernon s'inquiète.", set()),
    ("M. Laval s'inquiète.", set()),
    ("à Laval", {"Laval"}),
    ("Karim Gourdon explique", set()),
    ("selon Claire Castres, éducatrice", set()),
    ("Albi (81)", {"Albi"}),
    ("ÉVREUX", {"Évreux"}),
    ("les paris en ligne", set()),
    ("enfants placés paris 2021", {"Paris"}),
    ("la métropole de Lyon", {"Métropole de Lyon"}),
    ("le Grand Lyon", {"Métropole de Lyon"}),
    # Overseas and regions.
    ("à la Réunion", {"La Réunion"}),
    ("La Réunion compte 12 foyers.", {"La Réunion"}),
    ("La Réunion du conseil est reportée.", set()),
    ("à Mayotte", {"Mayotte"}),
    ("en Nouvelle-Calédonie et en Polynésie", {"Nouvelle-Calédonie", "Polynésie française"}),
    ("à Saint-Martin", {"Saint-Martin"}),
    ("à Saint-Pierre-et-Miquelon", {"Saint-Pierre-et-Miquelon"}),
    ("Le foyer Saint-Martin ferme.", set()),
    ("la Collectivité européenne d’Alsace", {"Alsace"}),
    ("la collectivité de Corse", {"Corse"}),
    ("en Île-de-France", {"Île-de-France"}),
    ("la région parisienne", {"Île-de-France"}),
    # Adjectives of places, and the people named after them.
    ("les élus tarnais", {"Tarn"}),
    ("Les Tarnais attendent.", {"Tarn"}),
    ("une mineure mahoraise", {"Mayotte"}),
    ("les foyers franciliens", {"Île-de-France"}),
    ("des familles parisiennes", {"Paris"}),
    ("une assistante familiale bretonne", {"Bretagne"}),
    ("Le Parisien révèle", set()),
    ("M. Breton répond.", set()),
    # Questions as they are typed.
    ("combien dans le lot", {"Lot"}),
    ("Combien dans le lot ?", {"Lot"}),
    ("et dans l'ain ?", {"Ain"}),
    ("combien de foyers dans la somme en 2023 ?", {"Somme"}),
    ("combien à tours ?", {"Tours"}),
    ("combien en creuse ?", {"Creuse"}),
    ("en somme ?", set()),
    ("combien dans la haute-savoie", {"Haute-Savoie"}),
    ("seine saint denis", {"Seine-Saint-Denis"}),
]


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS)
def test_names_that_may_be_something_else(text: str, expected: set[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS[::6])
def test_places_with_combining_accents(text: str, expected: set[str]) -> None:
    assert places(unicodedata.normalize("NFD", text)) == expected


def test_mentions_say_where_and_how_a_place_is_named() -> None:
    text = "Les élus tarnais, à Albi"
    assert [(text[one.start : one.end], one.place, one.form) for one in mentions(text)] == [
        ("tarnais", "Tarn", "demonym"),
        ("Albi", "Albi", "name"),
    ]


@pytest.mark.parametrize(
    ("place", "wider"),
    [
        ("Lyon", {"Lyon", "Rhône", "Auvergne-Rhône-Alpes"}),
        ("Alsace", {"Alsace", "Grand Est"}),
        ("Nouméa", {"Nouméa", "Nouvelle-Calédonie"}),
        ("Mayotte", {"Mayotte"}),
        ("Louviers", {"Louviers", "Eure", "Normandie"}),
        ("Nowhere", {"Nowhere"}),
    ],
)
def test_what_holds_a_place(place: str, wider: set[str]) -> None:
    assert widened(frozenset({place})) == wider


def test_departements_are_in_the_order_of_their_numbers() -> None:
    assert departements()[:2] == ("Ain", "Aisne")
    assert departements()[-1] == "Mayotte"
    assert len(departements()) == 101


def test_there_are_101_departements() -> None:
    import json
    from importlib.resources import files

    data = json.loads(files("aseqa").joinpath("places.json").read_text(encoding="utf-8"))
    assert len(data["departements"]) == 101
    assert len({facts["region"] for facts in data["departements"].values()}) == 18
