"""Saved pages of other sites than the seed's, and lines in any order."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.read import read_file
from aseqa.read.lines import Line
from aseqa.read.press import looks_press, read_press
from aseqa.read.press_lines import byline_author, kinds_of, published_parts
from aseqa.read.publishers import clean_address, publisher_of

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "003_c398178bc0b70256.txt"
REVIEW = ROOT / "tests" / "data" / "read" / "revue_de_presse.txt"
TOULOUSE = "https://france3-regions.franceinfo.fr/occitanie/haute-garonne/toulouse/"


def test_pages_of_other_sites() -> None:
    tribune, monde = read_file(REVIEW, "revue_de_presse.txt")
    assert tribune.id == "revue_de_presse#1"
    assert tribune.title == "Foyers de l'enfance : « Nous tenons à bout de bras »"
    assert tribune.author == "Hélène Marsac"
    assert tribune.date == "2024-03-12"
    assert tribune.publisher == "tribune-des-deux-rives.example"
    assert tribune.url == (
        "https://www.tribune-des-deux-rives.example/societe/enfance/"
        "foyers-de-l-enfance-nous-tenons-a-bout-de-bras-88120"
    )
    assert monde.id == "revue_de_presse#2"
    assert monde.title == "Protection de l'enfance : le vote du budget divise l'Assemblée"
    assert monde.author == "Julien Ferrand et Anne Ott"
    assert monde.date == "2024-04-02"
    assert monde.publisher == "Le Monde"
    assert monde.url == (
        "https://www.lemonde.fr/societe/article/2024/04/02/protection-de-l-enfance-le-vote-du-"
        "budget-divise-l-assemblee_6225555_3224.html"
    )


def test_sections_of_other_sites() -> None:
    told = [
        [(s.name, d.text[s.start : s.end].split("\n")[-1]) for s in d.sections]
        for d in read_file(REVIEW, "revue_de_presse.txt")
    ]
    assert told == [
        [
            ("titre", "Foyers de l'enfance : « Nous tenons à bout de bras »"),
            ("chapô", "Dans le Tarn-et-Garonne, les éducateurs racontent un hiver sans relâche."),
            (
                "signature",
                "Par Hélène Marsac - Publié le 12 mars 2024 à 18h30, mis à jour le 13 mars 2024 à "
                "7h05",
            ),
            (
                "corps",
                "Au foyer des Tilleuls, trente enfants dorment sous le même toit. « Nous tenons à "
                "bout de bras », dit Samia Belkacem, éducatrice depuis onze ans.",
            ),
            ("Des nuits à deux pour trente enfants", "- un second véhicule."),
            (
                "Et maintenant ?",
                "Les salariés se réuniront le 28 mars. Ils demandent un calendrier écrit.",
            ),
        ],
        [
            ("titre", "Protection de l'enfance : le vote du budget divise l'Assemblée"),
            ("signature", "Mis à jour le 2 avril 2024 à 09h15"),
            (
                "corps",
                "Les députés ont adopté, lundi 1er avril, une hausse de 120 millions d'euros des "
                "crédits de la protection de l'enfance, par 61 voix contre 54.",
            ),
            (
                "Un calendrier contesté",
                "L'opposition juge la mesure tardive. « Les départements ne pourront pas recruter "
                "avant 2025 », prévient la rapporteure.",
            ),
            (
                "Un calendrier contesté",
                "« C'est un premier pas, insuffisant », répond l'Association des foyers. Le texte "
                "complet se lit ici :",
            ),
        ],
    ]


UNPARTED = """Éducateurs : la grande fatigue ?
Ils sont partis en nombre depuis deux ans, et personne ne les remplace.
Par Marc d'Ormesson avec AFP
12 mars 2024
Les foyers de Seine-Maritime manquent de bras depuis deux ans, et les directeurs disent ne plus \
recevoir aucune candidature.
Un métier qui ne recrute plus
Dans l'unité de Fécamp, quatre postes sur douze sont vides. Les remplaçants changent chaque \
semaine, disent les enfants.
À lire également : Le salaire des éducateurs
« On tient par habitude », dit Lucie Arnal.
3 septembre 2022
Ce jour-là, tout bascule : le foyer ferme, et les enfants sont répartis dans trois départements \
voisins de la région.
____
Le vote du Sénat
Publié le 4 mars 2024
Le Sénat a voté la loi par 300 voix contre 12.
____
Publié le 6 mars 2024 par Jean Petit
La réponse du ministère
Le ministère promet un décret avant juin.
"""


def test_pages_without_empty_lines_nor_addresses() -> None:
    first, second, third = read_press(UNPARTED, "lot.txt", "")
    assert first.title == "Éducateurs : la grande fatigue ?"
    assert (first.author, first.date) == ("Marc d'Ormesson avec AFP", "2024-03-12")
    assert [section.name for section in first.sections] == [
        "titre",
        "chapô",
        "signature",
        "corps",
        "Un métier qui ne recrute plus",
        "Un métier qui ne recrute plus",
        "3 septembre 2022",
    ]
    assert (second.title, second.author, second.date) == ("Le vote du Sénat", None, "2024-03-04")
    assert (third.title, third.author) == ("La réponse du ministère", "Jean Petit")
    told = [third.text[s.start : s.end] for s in third.sections]
    assert told == [
        "Publié le 6 mars 2024 par Jean Petit",
        "La réponse du ministère",
        "Le ministère promet un décret avant juin.",
    ]


def test_dates_without_articles_make_no_documents_of_their_own() -> None:
    dates = "Publié le 3 mai 2024\n"
    [document] = read_press(dates + "Un titre\n" + dates, "x.txt", "")
    assert document.date == "2024-05-03"
    assert [section.name for section in document.sections] == ["titre", "signature"]


def test_one_article_bears_the_name_of_its_file() -> None:
    start = UNPARTED.index("____")
    [document] = read_press(UNPARTED[:start], "presse/article.txt", "")
    assert document.id == "article"


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("Publié le05/09/2025 à 12h11 https://a.fr/b", None, "05/09/2025"),
        ("Par\u00a0Didier\u00a0Gesualdi30/04/2025 à 15:00", "Didier\u00a0Gesualdi", "30/04/2025"),
        ("Par Anne Ott, le 3 mai 2024 à 8 h 05", "Anne Ott", "3 mai 2024"),
        ("Publié le 3 mai 2024 par lucie-b", "lucie-b", "3 mai 2024"),
        ("Mis à jour le 1er juin 2024 (publié le 31 mai 2024)", None, "1er juin 2024"),
    ],
)
def test_publication_lines(line: str, author: str | None, date: str) -> None:
    found = published_parts(line)
    assert found is not None
    assert (found[0], found[1].group()) == (author, date)


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 3 septembre 2025, le rapport de l'Igas s'appuie sur quatre départements.",
        "Dans un rapport publié le 3 septembre 2025",
        "Par ailleurs, le 3 mai 2024, le foyer a fermé",
        "Publié le 12/03/2024 " + "12h " * 30 + "x",
    ],
)
def test_sentences_are_no_publication_lines(line: str) -> None:
    assert published_parts(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Partager sur Facebook", "share"),
        ("• France 3 sur Instagram", "share"),
        ("Publicité", "share"),
        ("Il vous reste 62 % de cet article à lire", "share"),
        ("Partager la garde, un combat", "text"),
        ("Accepter l'inacceptable", "text"),
        ("Voir aussi : la carte", "related"),
        ("Voir grandir un enfant placé", "text"),
        ("Photo : le foyer d'Albi", "credit"),
        ("Le foyer (AFP)", "credit"),
        ("Photographier les enfants, un délit", "text"),
        ("3 commentaires", "end"),
        ("Commentaires d'une éducatrice", "text"),
        ("* * *", "rule"),
        ("Jeanne Petit (avatar)", "image"),
        ("www.exemple.fr", "site"),
        ("voir https://exemple.fr/carte", "address"),
    ],
)
def test_kinds_of_lines(line: str, kind: str) -> None:
    assert kinds_of([Line(0, len(line), line, 0, True)]) == [kind]


def test_bylines() -> None:
    assert byline_author("Écrit parSardain Claire") == "Sardain Claire"
    assert byline_author("Propos recueillis par Anne Ott et Jean de La Tour") == (
        "Anne Ott et Jean de La Tour"
    )
    assert byline_author("Par manque de places, des enfants attendent") is None


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        (TOULOUSE + "un-foyer-1.html", "France 3 Occitanie"),
        ("https://france3-regions.franceinfo.fr/", "France 3 Régions"),
        ("https://www.francetvinfo.fr/a", "Franceinfo"),
        ("https://avis-vin.lefigaro.fr/a", "Le Figaro"),
        ("https://faux-lemonde.fr/a", "faux-lemonde.fr"),
        ("https://[/", None),
    ],
)
def test_publishers(url: str, publisher: str | None) -> None:
    assert publisher_of(url) == publisher


def test_addresses_lose_their_tracking_only() -> None:
    assert clean_address("https://a.fr/b.html?id=3&utm_source=x#at_medium=5&at_send_date=2") == (
        "https://a.fr/b.html?id=3"
    )
    assert clean_address("https://a.fr/b#chapitre-2") == "https://a.fr/b#chapitre-2"


def test_what_is_no_press_page() -> None:
    assert looks_press(SEED.read_text(encoding="utf-8"))
    assert looks_press(REVIEW.read_text(encoding="utf-8"))
    assert not looks_press("Rapport annuel\n\nPublié le 3 mai 2024\n\nLe foyer accueille.")
    for number in ("000", "001", "002", "004"):
        [path] = (ROOT / "seeds").glob(f"{number}_*.txt")
        assert not looks_press(path.read_text(encoding="utf-8"))


LINES = SEED.read_text(encoding="utf-8").split("\n") + REVIEW.read_text(encoding="utf-8").split(
    "\n"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_any_order_of_lines_gives_sound_sections(lines: list[str]) -> None:
    text = "\n".join(lines)
    documents = read_press(text, "x.txt", "")
    sections = sorted((s.start, s.end) for d in documents for s in d.sections)
    for start, end in sections:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    for (_, end), (start, _) in pairwise(sections):
        assert end <= start
    for document in documents:
        starts = [section.start for section in document.sections]
        assert starts == sorted(starts)
