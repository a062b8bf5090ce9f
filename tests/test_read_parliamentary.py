"""Parliamentary questions: every field and section of the four seeds, and variants of the form."""

import csv
from pathlib import Path
from typing import Any

import pytest

from aseqa.read import read_file
from aseqa.records import Voice

SEEDS = Path(__file__).parents[1] / "seeds"
SECTIONS = Path(__file__).parent / "data" / "read" / "seeds_sections.tsv"
ERODI, LIMONGI, DUBY_MULLER, TABAROT = (
    "000_7df608eed1d41053",
    "001_c7d17c62cd39885b",
    "002_eaee1d0db6d36db2",
    "004_5e283fffb9cd5d4e",
)
HEALTH = "Santé, familles, autonomie et personnes handicapées"
WORK = "Travail, santé, solidarités et familles"

FIELDS: dict[str, dict[str, Any]] = {
    ERODI: {
        "kind": "question_orale",
        "title": "Mineurs de l'ASE victimes de réseaux pédocriminels",
        "date": "2026-05-05",
        "author": "Mme Karen Erodi",
        "metadata": {
            "number": "743",
            "legislature": "17",
            "group": "La France insoumise - Nouveau Front Populaire",
            "constituency": "2e circonscription",
            "department": "Tarn",
            "ministry_asked": HEALTH,
            "ministry_attributed": HEALTH,
            "rubric": "Enfants",
            "question_date": "2026-05-05",
            "answered": "false",
        },
    },
    LIMONGI: {
        "kind": "question_ecrite",
        "title": "Sécuriser l'ASE pour protéger les enfants des réseaux de prostitution",
        "date": "2025-12-09",
        "author": "M. Julien Limongi",
        "metadata": {
            "number": "11473",
            "legislature": "17",
            "group": "Rassemblement National",
            "constituency": "4e circonscription",
            "department": "Seine-et-Marne",
            "ministry_asked": HEALTH,
            "ministry_attributed": HEALTH,
            "rubric": "Enfants",
            "question_date": "2025-12-09",
            "question_page": "10042",
            "answered": "false",
        },
    },
    DUBY_MULLER: {
        "kind": "question_ecrite",
        "title": "Lutte contre la prostitution des mineurs",
        "date": "2025-01-21",
        "author": "Mme Virginie Duby-Muller",
        "metadata": {
            "number": "3269",
            "legislature": "17",
            "group": "Droite Républicaine",
            "constituency": "4e circonscription",
            "department": "Haute-Savoie",
            "ministry_asked": WORK,
            "ministry_attributed": WORK,
            "rubric": "Enfants",
            "question_date": "2025-01-21",
            "question_page": "232",
            "answer_date": "2025-06-17",
            "answer_page": "5318",
            "answered": "true",
        },
    },
    TABAROT: {
        "kind": "question_ecrite",
        "title": "Aide sociale à l'enfance (ASE) - Améliorer la prise en charge des enfants",
        "date": "2024-11-26",
        "author": "Mme Michèle Tabarot",
        "metadata": {
            "number": "2270",
            "legislature": "17",
            "group": "Droite Républicaine",
            "constituency": "9e circonscription",
            "department": "Alpes-Maritimes",
            "ministry_asked": "Santé et accès aux soins",
            "ministry_attributed": WORK,
            "rubric": "Enfants",
            "question_date": "2024-11-26",
            "question_page": "6209",
            "answer_date": "2025-03-11",
            "answer_page": "1628",
            "answered": "true",
        },
    },
}


@pytest.mark.parametrize("stem", FIELDS)
def test_every_field_of_the_seeds(stem: str) -> None:
    [document] = read_file(SEEDS / f"{stem}.txt", f"{stem}.txt")
    expected = FIELDS[stem]
    assert document.id == stem
    assert document.source == f"{stem}.txt"
    assert document.kind == expected["kind"]
    assert document.title == expected["title"]
    assert document.date == expected["date"]
    assert document.author == expected["author"]
    assert document.publisher == "Assemblée nationale"
    assert document.url is None
    assert dict(document.metadata) == expected["metadata"]


def expected_sections(document: str) -> list[dict[str, str]]:
    with SECTIONS.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["document"] == document]


@pytest.mark.parametrize("stem", FIELDS)
def test_every_section_of_the_seeds(stem: str) -> None:
    [document] = read_file(SEEDS / f"{stem}.txt", f"{stem}.txt")
    expected = expected_sections(stem)
    assert len(expected) in (3, 4)
    for section, row in zip(document.sections, expected, strict=True):
        told = document.text[section.start : section.end]
        assert section.name == row["section"]
        assert told.startswith(row["first"].replace("\\n", "\n"))
        assert told.endswith(row["last"])
        assert section.voice == Voice(row["voice"], row["name"])
        assert section.date == row["date"]


@pytest.mark.parametrize("stem", FIELDS)
def test_only_the_part_headings_of_the_seeds_lie_outside(stem: str) -> None:
    [document] = read_file(SEEDS / f"{stem}.txt", f"{stem}.txt")
    outside, position = "", 0
    for section in document.sections:
        outside += document.text[position : section.start]
        position = section.end
    outside += document.text[position:]
    headings = {line.strip("# ") for line in outside.split("\n")} - {""}
    answered = {"Texte de la réponse"} if stem in (DUBY_MULLER, TABAROT) else set()
    assert headings == {"Texte de la question", "Données clés"} | answered


def test_stored_text_is_the_file() -> None:
    path = SEEDS / f"{DUBY_MULLER}.txt"
    [document] = read_file(path, path.name)
    assert document.text == path.read_bytes().decode("utf-8")
    assert len(document.sha256) == 64
