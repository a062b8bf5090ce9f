"""Questions of the Senate as its open data publish them: a file of many questions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.assembly_tree import day_in
from aseqa.read.ministries import ministry_name
from aseqa.read.question_html import text_of
from aseqa.read.question_text import (
    QUESTION,
    REPLY,
    Question,
    Said,
    compose,
    data_lines,
    published,
)
from aseqa.read.senate_files import Row, holds_questions, read_rows
from aseqa.records import Document, Voice
from aseqa.text import squeeze

SENATE = "Sénat"

_NATURES = {
    "qe": ("question_ecrite", "Question écrite"),
    "qosd": ("question_orale", "Question orale sans débat"),
    "qoad": ("question_orale", "Question orale avec débat"),
    "qg": ("question_gouvernement", "Question d'actualité au Gouvernement"),
    "qc": ("question_gouvernement", "Question crible thématique"),
}
# A file of one nature has no column for it; the number's letter tells.
_BY_LETTER = {"": "qe", "S": "qosd", "A": "qoad", "G": "qg", "C": "qc"}
_NUMBER = re.compile(r"\d+([A-Z]?)$")
_FULL_NAME = re.compile(r"ministere |secretariat |premiere? ministre")


def looks_senate(raw: bytes) -> bool:
    """Tell by its first bytes whether a file holds questions of the Senate's open data."""
    return holds_questions(raw)


def read_senate(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read every question of a file; its stored text prints them in the Assembly's form.

    Raises
    ------
    ReadError
        When the file is damaged, or holds no question.
    """
    rows = [row for row in read_rows(raw, source) if "number" in row]
    if not rows:
        raise ReadError(message("read_schema", path=source, fault="aucune question du Sénat"))
    return compose([_question(row) for row in rows], source, sha256)


def _question(row: Row) -> Question:
    kind, label = _nature(row)
    known = _metadata(row)
    author = " ".join(row[name] for name in ("civility", "first_name", "surname") if name in row)
    asked, replied = (text_of(row.get(name, "")) for name in ("question", "reply"))
    put = Said(QUESTION, asked, Voice("parlementaire", author or None), known.get("question_date"))
    minister = Voice("gouvernement", _minister(known, asked))
    given = Said(REPLY, replied, minister, known.get("answer_date"))
    head = (SENATE, row.get("title"), f"{label} n° {row['number']}")
    return Question(
        publisher=SENATE,
        kind=kind,
        head=tuple(filter(None, head)),
        title=row.get("title"),
        author=author or None,
        asked=(put,) if asked else (),
        replied=(given,) if replied else (),
        data=_data(row, known, label, author),
        url=row["url"].replace("http://", "https://", 1) if "url" in row else None,
        metadata=known,
    )


def _nature(row: Row) -> tuple[str, str]:
    stated = squeeze(row.get("nature", ""))
    number = _NUMBER.match(row["number"])
    by_letter = _BY_LETTER.get(number.group(1) if number else "", "qe")
    return _NATURES.get(stated) or _NATURES[by_letter]


def _metadata(row: Row) -> dict[str, str]:
    known = {
        name: row.get(name)
        for name in ("number", "reference", "group", "department", "question_page", "answer_page")
    }
    known |= {
        name: day_in(row.get(column))
        for name, column in (
            ("question_date", "question_date"),
            ("answer_date", "answer_date"),
            ("reattributed_date", "moved_date"),
        )
    }
    asked = row.get("ministry_asked")
    known |= {
        "ministry_asked": asked,
        "ministry_attributed": row.get("ministry_replied") or row.get("ministry_moved") or asked,
        "rubric": row.get("themes"),
        "status": row.get("status"),
        # A reply may be published without being in the file: the CSV has no texts.
        "answered": "true" if known["answer_date"] or "reply" in row else "false",
    }
    return {name: value for name, value in known.items() if value}


def _minister(known: Mapping[str, str], question: str) -> str:
    ministry = known.get("ministry_attributed")
    if not ministry:
        return "Gouvernement"
    named_in_full = _FULL_NAME.match(squeeze(ministry))
    return ministry if named_in_full else ministry_name(ministry, question)


def _data(row: Row, known: Mapping[str, str], label: str, author: str) -> tuple[str, ...]:
    """Print the fields; the group follows the seat, as on the Assembly's site."""
    seat = " - ".join(row[name] for name in ("department", "group") if name in row)
    asked = published(known.get("question_date"), known.get("question_page"))
    replied = published(known.get("answer_date"), known.get("answer_page"))
    return data_lines(
        [
            ("Auteur", author),
            ("Circonscription" if "department" in row else "Groupe", seat),
            ("Type de question", label),
            ("Numéro de la question", row["number"]),
            ("Rubrique", row.get("themes")),
            ("Ministère interrogé", known.get("ministry_asked")),
            ("Ministère attributaire", known.get("ministry_attributed")),
            ("Question publiée au JO Sénat le", asked),
            ("Date de changement d'attribution", published(known.get("reattributed_date"))),
            ("Réponse publiée au JO Sénat le", replied),
            ("Question rappelée", row.get("recalled")),
            ("État de la question", row.get("status")),
        ]
    )
