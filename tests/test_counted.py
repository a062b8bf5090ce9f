"""What figures of unseen wording count: one label a thing, and none in doubt."""

from __future__ import annotations

import pytest

from aseqa.counted_words import mentions, read_plainly
from aseqa.figures import comparable, figures_in

PUBLISHED = "2025-03-01"

# Label | sentence.
SAID = """
enfants confiés | Au 31 décembre 2022, le nombre d'enfants placés atteignait 2 500 dans le Gers.
enfants confiés | On recensait 1 250 mineurs confiés aux services de l'aide sociale à l'enfance.
enfants confiés | Le Département assure la prise en charge de 2 700 enfants.
enfants confiés | Pas moins de 3 100 jeunes sont aujourd'hui sous la responsabilité de l'ASE.
enfants confiés | L'aide sociale à l'enfance s'occupe de 4 200 mineurs dans le Var.
enfants confiés | Quelque 3 000 gamins dépendent de l'ASE.
enfants confiés | Nous avons aujourd'hui 2 800 enfants placés dans le département.
enfants confiés | Le département comptait 2 300 mineurs placés fin 2023.
enfants confiés | La population des enfants confiés est estimée à 5 400.
mineurs non accompagnés | Les services ont accueilli 450 MNA en 2023.
mineurs non accompagnés | Le Département prend en charge 320 jeunes isolés étrangers.
jeunes majeurs | Le nombre de jeunes majeurs accompagnés s'établit à 1 200 au 31 décembre 2024.
jeunes majeurs | 1 200 jeunes majeurs bénéficient d'un accompagnement.
assistants familiaux | Le conseil départemental emploie 450 assistants familiaux.
assistants familiaux | Il ne reste que 36 000 assistants familiaux en activité.
assistants familiaux | 450 assistantes familiales travaillent pour le département.
informations préoccupantes | La Crip a enregistré 3 200 informations préoccupantes en 2023.
informations préoccupantes | 3 200 informations préoccupantes sont parvenues à la cellule en 2023.
informations préoccupantes | Le nombre d'informations préoccupantes reçues s'élève à 3 200.
enfants, en attente de placement | 200 enfants attendent une place en foyer ou famille d'accueil.
enfants, en attente de placement | 200 enfants n'ont pas été placés malgré une décision.
enfants, en attente de placement | On compte 77 enfants en attente d'un lieu d'accueil.
enfants, à l'hôtel | Environ 80 mineurs dorment chaque nuit dans des chambres d'hôtel.
enfants, à l'hôtel | 80 enfants placés sont hébergés à l'hôtel.
montant, aide sociale à l'enfance | Le budget consacré à l'ASE atteint 150 M€.
montant, aide sociale à l'enfance | L'ASE représente une dépense de 150 millions d'euros.
mineurs victimes de prostitution | Entre 7 000 et 10 000 mineurs se prostitueraient en France.
mineurs victimes de prostitution | 15 000 adolescents seraient concernés par la prostitution.
juges des enfants | La France ne compte que 520 juges des enfants.
juges des enfants | 522 juges des enfants étaient en fonction au 1er janvier 2023.
mesures d'AEMO | Le service exerce 1 300 mesures d'AEMO.
places, en pouponnière | La pouponnière dispose de 30 places.
postes, vacants, éducateurs | Dans l'Orne, 40 postes d'éducateurs sont vacants.
postes, vacants, éducateurs | 40 postes d'éducateurs restent à pourvoir."""

# Two ways to say one thing.
SAME = """
Dans le Gard, 350 mineurs sont en fugue. | On recense 350 jeunes fugueurs dans le Gard.
Les MECS offrent 1 200 places. | La capacité des MECS est de 1 200 places.
Il manque 300 places dans le département. | 300 places manquent dans le département.
Le coût d'un placement est de 65 000 euros par an. | Un placement coûte 65 000 euros par an.
Les garçons représentent 55 % des enfants confiés. | 55 % des enfants confiés sont des garçons.
Le MNA coûte 50 000 euros par an. | 50 000 euros par an sont consacrés aux MNA."""

# Two things that must not be set side by side.
APART = """
300 enfants sont placés à l'hôtel. | 300 enfants ont été placés.
Un placement doit être exécuté dans les six mois. | Les placements sont exécutés en six mois.
300 assistants familiaux ont été recrutés. | 300 assistants familiaux exercent.
300 assistants familiaux de plus de 55 ans exercent. | 300 assistants familiaux exercent.
300 enfants confiés à des assistants familiaux. | 300 assistants familiaux.
300 mineurs non accompagnés sont à l'hôtel. | 300 mineurs non accompagnés sont pris en charge.
300 mineurs non accompagnés ont été mis à l'abri. | 300 mineurs non accompagnés ont été confiés.
300 MNA filles. | 300 MNA.
300 jeunes majeurs sont étudiants. | 300 jeunes majeurs sont suivis.
300 jeunes majeurs sont d'anciens MNA. | 300 jeunes majeurs sont suivis.
300 jeunes majeurs sont sans contrat. | 300 jeunes majeurs sont sans logement.
300 places ont été créées. | 300 places ont été supprimées.
300 places d'accueil d'urgence. | 300 places d'accueil.
300 places en foyer sont vacantes. | 300 places en foyer.
300 postes de juges des enfants. | 300 juges des enfants.
300 postes de juges des enfants ont été créés. | 300 postes d'éducateurs ont été créés.
300 millions d'euros pour les MNA. | 300 millions d'euros pour l'ASE.
300 euros par enfant confié. | 300 euros par enfant confié et par jour.
Le coût moyen d'une place est de 300 euros. | Le coût moyen d'un placement est de 300 euros.
30 % des enfants confiés sont des filles. | 30 % des filles sont confiées.
30 % des enfants confiés sont des filles. | 30 % des enfants confiés sont des garçons.
30 % des enfants confiés en foyer sont des filles. | 30 % des enfants confiés sont des filles.
300 informations préoccupantes ont été évaluées. | 300 informations préoccupantes ont été reçues.
300 informations préoccupantes sont en attente. | 300 informations préoccupantes ont été reçues.
300 mineurs sont auteurs de proxénétisme. | 300 mineurs sont victimes de proxénétisme.
300 mineurs ont été victimes de violences sexuelles. | 300 mineurs sont victimes de prostitution.
300 majeurs sont victimes de prostitution. | 300 mineurs sont victimes de prostitution.
300 enfants attendent un jugement. | 300 enfants attendent un placement.
300 enfants attendent une place en école spécialisée. | 300 enfants attendent une place.
300 enfants attendent une mesure d'AEMO. | 300 enfants attendent une place.
300 mesures d'AEMO sont en attente. | 300 mesures d'AEMO sont exercées.
300 mesures d'AEMO sont en attente d'exécution. | 300 mesures d'AEMO.
300 berceaux seront créés à la pouponnière. | La pouponnière compte 300 berceaux.
300 bébés sont nés à la maternité. | 300 bébés sont à la pouponnière.
En moyenne, 300 enfants sont confiés chaque mois. | 300 enfants sont confiés.
300 enfants ont été placés en urgence. | 300 enfants ont été placés.
300 enfants ont été retirés à leurs parents. | 300 enfants ont été rendus à leurs parents.
300 enfants confiés ont été adoptés. | 300 enfants confiés.
300 pupilles de l'État. | 300 enfants confiés.
Jusqu'à 300 enfants pourraient être accueillis. | 300 enfants sont accueillis à l'ASE.
300 enfants seront confiés à l'ASE en plus. | 300 enfants sont confiés à l'ASE.
La moitié des 300 enfants confiés sont des filles. | 300 enfants confiés sont des filles.
300 enfants confiés vivent en famille d'accueil. | 300 enfants confiés vivent en établissement."""

PLAIN = """
500 enfants sont confiés à l'ASE.
500 assistants familiaux exercent.
500 jeunes majeurs sont accompagnés.
500 MNA sont pris en charge.
500 juges des enfants exercent.
500 informations préoccupantes ont été reçues.
500 enfants sont en attente de placement.
500 enfants confiés vivent à l'hôtel.
500 millions d'euros sont consacrés à l'ASE.
Le délai d'exécution des placements est de 6 mois.
500 mineurs sont victimes de prostitution.
500 postes d'éducateurs sont vacants.
45 % des enfants confiés vivent en famille d'accueil."""

# None of these may be set beside a plain one.
NARROWED = """
Il faudrait 500 assistants familiaux de plus.
500 assistants familiaux partiront à la retraite.
500 assistants familiaux ont démissionné.
Il manque 500 assistants familiaux.
500 enfants ne sont plus confiés à l'ASE.
500 enfants sont sortis de l'ASE.
500 enfants ont été confiés pour la première fois.
500 nouveaux enfants ont été confiés.
500 enfants confiés sont handicapés.
500 enfants confiés ont fugué.
500 jeunes majeurs ont quitté l'ASE sans solution.
500 jeunes majeurs sont sans logement.
500 jeunes majeurs ont signé un contrat.
500 MNA ont été évalués majeurs.
500 MNA sont arrivés.
500 MNA attendent d'être évalués.
500 juges des enfants ont renoncé à un placement.
Il faudrait recruter 500 juges des enfants.
500 informations préoccupantes ont été classées.
500 informations préoccupantes ont été transmises au parquet.
500 informations préoccupantes concernent des bébés.
500 enfants de moins de trois ans sont en attente de placement.
500 filles sont en attente de placement.
500 enfants dorment à l'hôtel depuis six mois.
500 enfants attendent d'être placés depuis plus d'un an.
500 millions d'euros manquent à l'ASE.
L'État a versé 500 millions d'euros pour l'ASE.
500 millions d'euros de plus pour l'ASE.
Le budget de l'ASE a augmenté de 500 millions d'euros.
500 millions d'euros par an et par enfant confié.
500 millions d'euros d'économies à l'ASE.
La loi impose que les placements soient exécutés en 6 mois.
Le délai d'évaluation des informations préoccupantes est de 6 mois.
Le délai d'exécution des mesures d'AEMO est de 6 mois.
500 mineurs victimes de prostitution ont été identifiés par la police.
500 mineurs victimes de prostitution sont confiés à l'ASE.
500 mineures sont victimes de prostitution.
500 mineurs victimes de prostitution ont porté plainte.
500 postes d'éducateurs ont été créés.
500 postes d'éducateurs ont été supprimés.
500 postes d'assistants familiaux sont vacants.
45 % des enfants confiés ont quitté leur famille d'accueil.
45 % des bébés confiés vivent en famille d'accueil.
45 % des enfants confiés vivent en foyer.
45 % des familles d'accueil ont des enfants confiés.
La part des enfants confiés en famille d'accueil a reculé de 45 %.
500 enfants confiés ont moins de 6 ans.
500 frères et sœurs sont confiés à l'ASE.
500 enfants sont confiés à un tiers digne de confiance.
500 anciens enfants confiés vivent dans la rue.
500 parents d'enfants confiés ont été entendus.
500 enfants pourraient être confiés à l'ASE.
500 enfants sont suivis en milieu ouvert par l'ASE.
500 enfants confiés au foyer des Lilas.
L'association Les Tilleuls prend en charge 500 enfants.
Maître Durand défend 500 enfants confiés.
500 enfants confiés sont morts.
500 signalements concernent des enfants confiés.
500 enfants ont été confiés à la clinique.
500 enfants sont confiés chaque année.
Chaque assistant familial accueille 500 enfants confiés.
500 enfants confiés sur 1 000 sont scolarisés."""


def rows(text):
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("label", "text"), rows(SAID))
def test_what_is_counted(label, text):
    assert label in {figure.counted for figure in figures_in(text, PUBLISHED)}


@pytest.mark.parametrize(("one", "other"), rows(SAME))
def test_two_ways_to_say_it(one, other):
    labels = [{figure.counted for figure in figures_in(text)} - {None} for text in (one, other)]
    assert labels[0] & labels[1]


@pytest.mark.parametrize(("one", "other"), rows(APART))
def test_two_things(one, other):
    for figure in figures_in(one):
        assert not [true for true in figures_in(other) if comparable(figure, true)]


def test_what_is_narrowed_is_another_thing():
    plain = [figure for [text] in rows(PLAIN) for figure in figures_in(text)]
    assert len(plain) == 13
    assert None not in {figure.counted for figure in plain}
    for [text] in rows(NARROWED):
        for figure in figures_in(text):
            assert not [one.counted for one in plain if comparable(one, figure)], text


@pytest.mark.parametrize(
    "text",
    [
        "On compte 300 zébulons confiés à l'ASE.",
        "On compte 300 enfants zébulés confiés à l'ASE.",
        "Les zébulons coûtent 300 000 euros à l'ASE.",
        "40 % des enfants confiés sont zébulés.",
        "500 enfants ne sont plus confiés à l'ASE.",
    ],
)
def test_an_unknown_word_leaves_no_label(text):
    assert [figure.counted for figure in figures_in(text)] == [None]


def test_the_period_said_before():
    before = "Au 31 décembre 2023, 500 enfants étaient confiés dans l'Eure."
    [figure] = figures_in("À cette date, 40 jeunes majeurs étaient accompagnés.", before=before)
    assert figure.as_of == "2023-12-31"
    [figure] = figures_in("40 jeunes majeurs sont accompagnés.", before=before)
    assert figure.as_of is None


def test_where_a_level_was_before():
    text = "Le nombre de mineurs non accompagnés est passé de 410 en 2022 à 960 dans l'Eure."
    assert [(figure.low, figure.counted, figure.as_of) for figure in figures_in(text)] == [
        (410.0, "mineurs non accompagnés", "2022"),
        (960.0, "mineurs non accompagnés", None),
    ]


def test_the_same_thing_elsewhere():
    text = "L'Eure compte 2 143 enfants confiés, le Calvados 2 390 et l'Orne 1 057."
    assert [(figure.low, figure.counted, figure.territories) for figure in figures_in(text)] == [
        (2143.0, "enfants confiés", ("Eure",)),
        (2390.0, "enfants confiés", ("Calvados",)),
        (1057.0, "enfants confiés", ("Orne",)),
    ]


def test_every_concept_is_looked_for_where_it_is():
    text = read_plainly("enfants placés de moins de trois ans, hébergés à l’hôtel").text
    labels = [mention.label for mention in mentions(text)]
    assert labels == ["enfants", "confiés", "moins de 3 ans", "à l'hôtel"]
