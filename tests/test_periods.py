"""As of when: dates, spans, what counts from today, and the dates that only name a text."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from aseqa.periods import period_at, period_years, periods_of
from aseqa.records import Document, Section, Sentence, Voice

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from when_where import judged, score

PUBLISHED = "2025-03-11"
MARKED = Path(__file__).parent / "data" / "marked"

SENTENCES = [
    # Dates, months and years.
    ("Au 31 décembre 2022, 500 enfants étaient confiés.", "2022-12-31"),
    ("Au 31\u00a0décembre\u202f2022, 500 enfants étaient confiés.", "2022-12-31"),
    ("Au 1er janvier 2025, 395 enfants attendaient.", "2025-01-01"),
    ("Au 1ᵉʳ janvier 2025, 395 enfants attendaient.", "2025-01-01"),
    ("Au 31/12/2023, 500 enfants.", "2023-12-31"),
    ("Situation au 31.12.2023.", "2023-12-31"),
    ("En mai 2024, 3 300 mineurs attendaient.", "2024-05"),
    ("En août 2024, 12 places ont fermé.", "2024-08"),
    ("12 places ont fermé en sept. 2024.", "2024-09"),
    ("En 2023, 500 enfants.", "2023"),
    ("Le budget 2024 s'élève à 12 millions d'euros.", "2024"),
    ("Nous sommes le 30 février 2023.", None),
    ("Fin 2023, 500 enfants.", "2023-12-31"),
    ("À la fin de l’année 2023, 500 enfants.", "2023-12-31"),
    ("Mi-2024, 500 enfants.", "2024"),
    ("Début 2024, 500 enfants.", "2024"),
    # Spans.
    ("Entre 2018 et 2022, la hausse est de 12 %.", "2018/2022"),
    ("De 2018 à 2022, la hausse est de 12 %.", "2018/2022"),
    ("Sur la période 2019-2023, 12 foyers ont fermé.", "2019/2023"),
    ("Sur la période 2019–2023, 12 foyers ont fermé.", "2019/2023"),
    ("En 2022 et 2023, 40 places ont fermé.", "2022/2023"),
    ("Entre février et mai 2024, la mission a contrôlé le service.", "2024-02/2024-05"),
    ("Du 1er janvier au 30 juin 2023, 12 fugues.", "2023-01-01/2023-06-30"),
    ("De décembre 2022 à mars 2023, 12 fugues.", "2022-12/2023-03"),
    ("Au premier semestre 2023, 12 jeunes.", "2023-01/2023-06"),
    ("Au 3e trimestre 2024, 12 jeunes.", "2024-07/2024-09"),
    ("Au premier semestre, 12 jeunes.", "2024-01/2024-06"),
    ("Dans les années 1990, on plaçait autrement.", "1990/1999"),
    ("Le délai est passé de 7 mois en 2023 à 4 mois en 2025.", "2023/2025"),
    # Open spans.
    ("Depuis 2019, 46 postes ont été supprimés.", "2019/.."),
    ("Depuis le 1er juillet 2023, 12 jeunes.", "2023-07-01/.."),
    ("Depuis septembre, 12 postes manquent.", "2024-09/.."),
    ("Depuis dix ans, rien ne change.", "2015/.."),
    ("Depuis plus d’une dizaine d’années, rien ne change.", None),
    ("Depuis une dizaine d’années, rien ne change.", "2015/.."),
    ("À compter du 1er janvier 2026, 12 places ouvriront.", "2026-01-01/.."),
    ("À partir de 2027, 12 places ouvriront.", "2027/.."),
    ("Les dépenses sont compensées jusqu’au 31 décembre 2027.", "../2027-12-31"),
    ("Il faut 6 médecins d'ici à 2026.", "../2026"),
    ("Il faut 200 places d'ici trois ans.", "../2028"),
    # Counted from the day of publication.
    ("L'an dernier, j'ai refusé 140 admissions.", "2024"),
    ("L’année passée, 140 admissions.", "2024"),
    ("Cette année, 140 admissions.", "2025"),
    ("L'an prochain, 140 admissions.", "2026"),
    ("Le mois dernier, 20 places.", "2025-02"),
    ("En novembre dernier, 20 places.", "2024-11"),
    ("En mars dernier, 20 places.", "2024-03"),
    ("En avril prochain, 20 places.", "2025-04"),
    ("Retrouvée en février par son éducateur.", "2025-02"),
    ("Le 12 janvier, 20 places ont ouvert.", "2025-01-12"),
    ("Le 27 mars, toutes et tous en grève !", "2025-03-27"),
    ("Il y a dix ans, 20 places.", "2015"),
    ("Il y a deux mois, 20 places.", "2025-01"),
    ("Ces cinq dernières années, 20 places ont fermé.", "2020/2025"),
    ("Ces 10 dernières années, 20 places ont fermé.", "2015/2025"),
    ("Au cours des trois derniers mois, 20 fugues.", "2024-12/2025-03"),
    ("L'accueil a doublé en vingt ans.", "2005/2025"),
    ("À ce jour, 64 jeunes sont accueillis.", "2025-03-11"),
    ("Hier, 64 jeunes étaient accueillis.", "2025-03-10"),
    ("Aujourd’hui, 340 000 jeunes dépendent de l’ASE.", "2025-03-11"),
    ("Aucun suivi n'est aujourd'hui garanti.", None),
    # Dates that only name a text, a speech or a birth.
    ("La loi du 7 février 2022 s'applique.", None),
    ("Depuis la loi du 4 mars 2002, tout mineur est protégé.", None),
    ("La loi n° 2016-297 du 14 mars 2016 le prévoit.", None),
    ("Le décret n° 2025-112 du 10 février 2025 fixe la durée à 18 mois.", None),
    ("Adoptée le 14 mars 2016, la loi le prévoit.", None),
    ("Dans un rapport publié le 3 septembre 2024, l'Igas compte 12 foyers.", None),
    ("Une étude parue en 2021 compte 12 foyers.", None),
    ("Le rapport de 2018 de la chambre indiquait 12 foyers.", None),
    ("L'Igas, dans son rapport de mars, compte 12 foyers.", None),
    ("Le plan national lancé en 2021 devait mobiliser 14 millions d'euros.", None),
    ("Le schéma départemental 2021-2025 prévoit 30 places.", None),
    ("« Aucune ne restera », a promis la ministre le 27 février.", None),
    ("Le ministre a annoncé le 4 mars 2025 que 12 places ouvriraient.", None),
    ("Les enfants nés en 2008 sont 12.", None),
    ("Rendra-t-elle public le rapport que l'Igas lui a remis en 2024 ?", None),
    # Facts all the same.
    ("Le plan national a été présenté en novembre 2021.", "2021-11"),
    ("La loi entre en vigueur le 1er janvier 2026.", "2026-01-01"),
    ("85 contrats jeunes majeurs ont été signés en 2023.", "2023"),
    ("Les décisions rendues en 2023 sont 300.", "2023"),
    ("Selon une enquête menée en 2022, un jeune sur trois fugue.", "2022"),
    # Quantities and numbers that look like years.
    ("2000 enfants attendent.", None),
    ("Plus de 2000 euros par mois.", None),
    ("La question n° 2023 attend.", None),
    ("Les 15-17 ans sont 34 %.", None),
    # What is compared with is not what is said.
    ("Il y a dix fois moins de visites qu'en 2015.", None),
    ("412 enfants attendent, alors que 3 foyers ont fermé en 2024.", None),
    ("Après trois années de hausse, le nombre recule en 2023.", "2023"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_period_of_a_sentence(text, expected):
    assert period_at(text, 0, len(text), PUBLISHED) == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES[::5])
def test_accents_may_be_combining_characters(text, expected):
    apart = unicodedata.normalize("NFD", text)
    assert period_at(apart, 0, len(apart), PUBLISHED) == expected


FIGURES = [
    ("En 2023, 500 enfants, contre 450 en 2022.", {"500": "2023", "450": "2022"}),
    ("De 1,9 % en 2023, après 2,6 % en 2022.", {"1,9 %": "2023", "2,6 %": "2022"}),
    ("Passé de 300 en 2018 à 500 en 2022.", {"300": "2018", "500": "2022"}),
    ("En 2018, 300 et en 2022, 500.", {"300": "2018", "500": "2022"}),
    ("450 en 2022, 480 en 2023 et 500 en 2024.", {"450": "2022", "480": "2023", "500": "2024"}),
    ("En 2023, 500 enfants, contre 450 un an plus tôt.", {"500": "2023", "450": "2022"}),
    ("En 2023, 500 enfants, contre 450 l'année précédente.", {"450": "2022"}),
    ("En 2023, 10 milliards, soit deux fois plus qu'en 2003.", {"deux fois": "2003/2023"}),
    ("113 M€ en 2023, en hausse de 8,4 % par rapport à 2022.", {"8,4 %": "2022/2023"}),
    ("Dix fois moins de visites qu’en 2015.", {"Dix fois": "2015/.."}),
    (
        "41 % au 31 décembre 2023, soit 1,2 point de moins qu'un an plus tôt.",
        {"41 %": "2023-12-31", "1,2 point": "2022-12-31/2023-12-31"},
    ),
    ("Ils étaient 1 210 en 2022, soit 52 % de plus en deux ans.", {"1 210": "2022"}),
    ("38 places ont été créées en 2023 et 25 le seront en 2025.", {"38": "2023", "25": "2025"}),
    ("412 enfants attendent, alors que 3 foyers ont fermé en 2024.", {"412": None, "3": "2024"}),
    ("Ni date ni lieu : 12 enfants.", {"12": None}),
    ("Le plan de 2021 devait mobiliser 14 millions.", {"14 millions": None}),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_the_period_of_a_figure(text, expected):
    found = {
        figure: period_at(text, text.index(figure), text.index(figure) + len(figure), PUBLISHED)
        for figure in expected
    }
    assert found == expected


def test_what_counts_from_today_needs_to_know_today():
    text = "L'an dernier, 140 admissions."
    assert period_at(text, 0, len(text), None) is None


def test_a_date_taken_up_is_that_of_the_sentence_before():
    texts = [
        "Au 31 décembre 2023, 500 enfants.",
        "À cette date, 41 % vivent en foyer.",
        "Et après ?",
    ]
    assert periods_of(*_document(texts)) == ["2023-12-31", "2023-12-31", None]
    assert period_at(texts[1], 14, 18, PUBLISHED, "2023-12-31") == "2023-12-31"


def test_relative_times_count_from_the_date_of_their_section():
    document, sentences = _document(["L'an dernier, 140 admissions."], date="2022-05-01")
    assert periods_of(document, sentences) == ["2021"]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-12-31", ("2023-12-31", "2023-12-31")),
        ("2019/2022", ("2019-01-01", "2022-12-31")),
        ("2022/..", ("2022-01-01", None)),
        ("../2026", ("0001-01-01", "2026-12-31")),
    ],
)
def test_the_days_of_a_period(period, days):
    assert period_years(period) == days


@pytest.mark.parametrize("wrong", ["", "jamais", "2024-13", "2024/2023-02-30", "../.."])
def test_what_is_no_period_is_refused(wrong):
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}$"):
        period_years(wrong)


def test_a_sentence_of_thousands_of_figures_is_read_in_one_go():
    text = "En 2023, 500 enfants, contre 450 en 2022 ; " * 2000
    assert period_at(text, 9, 20, None) == "2023"
    last = text.rindex("450")
    assert period_at(text, last, last + 3, None) == "2022"


@pytest.mark.parametrize(("folder", "floor"), [("dev", 0.95), ("test", 0.85)])
def test_marked_periods(folder, floor):
    judgements = list(judged(MARKED / folder))
    assert score(judgements, "sentence as_of").f1 >= floor
    assert score(judgements, "figure as_of").f1 >= floor


def _document(texts, date=PUBLISHED):
    whole, sentences = " ".join(texts), []
    for text in texts:
        start = whole.index(text)
        sentences.append(Sentence(start, start + len(text), text, 0, "prose", Voice()))
    section = Section("corps", 0, len(whole), Voice(), date)
    document = Document(
        "d", "d.txt", "", whole, "presse", None, PUBLISHED, None, None, None, (section,)
    )
    return document, sentences
