"""The press compilation among the seeds, paragraph by paragraph."""

import csv
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from aseqa.read import read_file
from aseqa.read.press import read_press
from aseqa.records import Document, Voice

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "003_c398178bc0b70256.txt"
SECTIONS = ROOT / "tests" / "data" / "read" / "seeds_sections.tsv"
REVIEW = ROOT / "tests" / "data" / "read" / "revue_de_presse.txt"
TOULOUSE = "https://france3-regions.franceinfo.fr/occitanie/haute-garonne/toulouse/"

# One distinct stretch of every kind of debris of the seed; each occurs only in debris.
DEBRIS = [
    "L'incertitude toujours pour les jeunes ayant bénéficié",  # alternative text
    "L’incertitude toujours pour les jeunes ayant bénéficié",  # caption
    "© Richard BRUNEL / MAXPPP",
    "#at_medium=5&at_campaign_group=1",
    "\nOccitanie\n",
    "France3 Régions sur Facebook (Nouvelle fenêtre)",
    "*https://www.igas.gouv.fr/pour-une-mobilisation",
    "À lire aussi :«\u00a0Tout le monde s’en fout",
    "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d743287",
    "À lire aussi :«\u00a0Dès qu’un enfant sort du dispositif",
    "https://platform.twitter.com/embed/Tweet.html",
    "eyJ0ZndfdGltZWxpbmVfbGlzdCI6",
    "3155018.html\n\nOccitanie",
    "ASE et prostitution de mineurs",
    "Une omerta sur un sujet central",
    "juste-milieu.fr",
    "le drame caché de l’ASE",
    "Le nombre de jeunes garçons et de jeunes filles se prostituant",
    "CDEF Centre départemental",
    "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2886",
    "À lire aussi :«\u00a0On assiste à une",
    "Autisme info",
    "https://x.com/AutismeInfo",
    "________",
    "\nimage\n",
    "https://www.youtube.com/watch?v=TFSu-ACUsL0",
    "Publié par jscheffer81",
    "Cardiologue ancien chef de service",
    "Membre du Collectif Citoyen Albi",
    "Laisser un commentaire",
]


def read_seed() -> list[Document]:
    return read_file(SEED, SEED.name)


def covered(documents: Sequence[Document]) -> list[int]:
    """Count the sections that hold each character of the text shared by ``documents``."""
    counts = [0] * len(documents[0].text)
    for document in documents:
        for section in document.sections:
            for place in range(section.start, section.end):
                counts[place] += 1
    return counts


def kept_lines(documents: Sequence[Document]) -> list[str]:
    """Give the lines that lie in a section as a whole, white space at their ends aside."""
    counts, position, found = covered(documents), 0, []
    for line in documents[0].text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        if line.strip() and all(counts[start : start + len(line.strip())]):
            found.append(line.strip())
        position += len(line) + 1
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_fields_of_the_first_article() -> None:
    document = read_seed()[0]
    assert document.id == "003_c398178bc0b70256#1"
    assert document.source == "003_c398178bc0b70256.txt"
    assert document.kind == "presse"
    assert document.title == (
        "Les jeunes sortant de l’Aide sociale à l’enfance restent vulnérables : ils sont souvent "
        "livrés à eux-mêmes alerte l’Igas"
    )
    assert document.date == "2025-09-05"
    assert document.author == "Benoît Roux et AFP"
    assert document.publisher == "France 3 Occitanie"
    assert document.url == (
        TOULOUSE + "les-jeunes-sortant-de-l-aide-sociale-a-l-enfance-restent-vulnerables-ils-sont-"
        "souvent-livres-a-eux-memes-alerte-l-igas-3211739.html"
    )
    assert dict(document.metadata) == {"time": "12:11"}


def test_fields_of_the_second_article() -> None:
    document = read_seed()[1]
    assert document.id == "003_c398178bc0b70256#2"
    assert document.kind == "presse"
    assert document.title == (
        "« Tout le monde s’en fout » : violences, prostitution des mineurs, l’Aide Sociale à "
        "l’Enfance à bout de souffle, le département pointé du doigt"
    )
    assert document.date == "2025-05-16"
    assert document.author == "Sardain Claire"
    assert document.publisher == "France 3 Occitanie"
    assert document.url == (
        TOULOUSE + "tout-le-monde-s-en-fout-violences-prostitution-des-mineurs-l-aide-sociale-a-l-"
        "enfance-a-bout-de-souffle-le-departement-pointe-du-doigt-3155018.html"
    )
    assert dict(document.metadata) == {"time": "17:00"}


def test_fields_of_the_inserted_article() -> None:
    document = read_seed()[2]
    assert document.id == "003_c398178bc0b70256#3"
    assert document.kind == "presse"
    assert document.title == (
        "#ASE Protection de l’enfance : un avocat marseillais porte plainte contre le Département "
        "et Martine Vassal"
    )
    assert document.date == "2025-04-30"
    assert document.author == "Didier Gesualdi"
    assert document.publisher is None
    assert document.url is None
    assert dict(document.metadata) == {"time": "15:00"}


def test_every_section_of_the_seed() -> None:
    with SECTIONS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    expected = [row for row in rows if "#" in row["document"]]
    assert len(expected) == 27
    found = [(document, section) for document in read_seed() for section in document.sections]
    for (document, section), row in zip(found, expected, strict=True):
        told = plain(document.text[section.start : section.end])
        assert (document.id, section.name) == (row["document"], row["section"])
        assert told.startswith(row["first"].replace("\\n", "\n"))
        assert told.endswith(row["last"])
        assert section.voice == Voice(row["voice"], row["name"])
        assert section.date == row["date"]


@pytest.mark.parametrize("debris", DEBRIS)
def test_debris_of_the_seed_lies_in_no_section(debris: str) -> None:
    documents = read_seed()
    text, counts = documents[0].text, covered(documents)
    assert debris in text
    start = text.find(debris)
    while start >= 0:
        held = [p for p in range(start, start + len(debris)) if not text[p].isspace()]
        assert not any(counts[place] for place in held)
        start = text.find(debris, start + 1)


def test_every_other_paragraph_of_the_seed_lies_in_one_section() -> None:
    documents = read_seed()
    assert set(covered(documents)) == {0, 1}
    kept = kept_lines(documents)
    lines = [line.strip() for line in documents[0].text.split("\n") if line.strip()]
    # The title marked with "* " is kept from its first word on.
    left_out = [line for line in lines if line not in kept and not plain(line).startswith("* ")]
    assert (len(lines), len(kept), len(left_out)) == (94, 64, 29)
    # Two publication lines are kept up to their address, which is debris.
    dated = [line for line in left_out if line.startswith("Publié le")]
    assert [line.split()[-1][:20] for line in dated] == ["https://france3-regi"] * 2
    for line in set(left_out) - set(dated):
        assert any(part.strip() in line or line in part for part in DEBRIS), line


def test_the_text_is_shared_and_whole() -> None:
    documents = read_seed()
    assert {document.text for document in documents} == {SEED.read_text(encoding="utf-8")}


def test_decomposed_accents_change_nothing_but_offsets() -> None:
    text = unicodedata.normalize("NFD", SEED.read_text(encoding="utf-8"))
    composed = [
        unicodedata.normalize("NFC", text[s.start : s.end])
        for document in read_press(text, SEED.name, "")
        for s in document.sections
    ]
    assert composed == [d.text[s.start : s.end] for d in read_seed() for s in d.sections]
