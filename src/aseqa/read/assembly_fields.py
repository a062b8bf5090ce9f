"""One question of the Assembly's open data: from its record to what is printed of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.assembly_tree import Tree, day_in, day_of, html_of, last_text, many, scalar, trees
from aseqa.read.debate import read_debate
from aseqa.read.lines import split_lines
from aseqa.read.ministries import ministry_name
from aseqa.read.parliamentary import _author_in
from aseqa.read.parliamentary_fields import ASSEMBLY
from aseqa.read.question_html import text_of
from aseqa.read.question_text import QUESTION, REPLY, Question, Said, data_lines, published
from aseqa.records import Voice

ANSWERED = "REP_PUB"

_KINDS = {
    "QE": ("question_ecrite", "Question écrite"),
    "QOSD": ("question_orale", "Question orale sans débat"),
    "QG": ("question_gouvernement", "Question au Gouvernement"),
}
_TYPES = {
    "QuestionEcrite_Type": "QE",
    "QuestionOrale_Type": "QOSD",
    "QuestionGouvernement_Type": "QG",
}
_UID = re.compile(r"L(?P<legislature>\d+)(?P<type>QE|QOSD|QG)(?P<number>\d+)$")


def read_question(record: Tree, source: str) -> Question:
    """Read one record.

    Raises
    ------
    ReadError
        When the record has neither a type nor a number that are known.
    """
    key = _identity(record, source)
    kind, label = _KINDS[key["type"]]
    asked, replied = last_text(record, "textesQuestion"), last_text(record, "textesReponse")
    known = _metadata(record, key, asked, replied)
    title = _title(record)
    author, question, reply = _parts(record, asked, replied, known)
    head = (ASSEMBLY, f"{key['legislature']}e législature", title, f"{label} n° {key['number']}")
    return Question(
        publisher=ASSEMBLY,
        kind=kind,
        head=tuple(filter(None, head)),
        title=title,
        author=author,
        asked=question,
        replied=reply,
        data=_data(known, label, author, scalar(record, "cloture", "libelleCloture")),
        url="https://questions.assemblee-nationale.fr/"
        f"q{key['legislature']}/{key['legislature']}-{key['number']}{key['type']}.htm",
        metadata=known,
    )


def sort_key(record: Tree) -> tuple[int, str, int]:
    """Order records by legislature, type and number, whatever order an archive has."""
    found = _UID.search(scalar(record, "uid") or "")
    return (int(found[1]), found[2], int(found[3])) if found else (0, "", 0)


def _identity(record: Tree, source: str) -> dict[str, str]:
    found = _UID.search(scalar(record, "uid") or "")
    key = found.groupdict() if found else {}
    stated = {
        "type": scalar(record, "type") or _TYPES.get(scalar(record, "@xsi:type") or ""),
        "number": scalar(record, "identifiant", "numero"),
        "legislature": scalar(record, "identifiant", "legislature"),
    }
    key |= {name: value for name, value in stated.items() if value}
    if key.get("type") not in _KINDS or not {"number", "legislature"} <= key.keys():
        fault = "une question sans type ou sans numéro connu"
        raise ReadError(message("read_schema", path=source, fault=fault))
    return key


def _title(record: Tree) -> str | None:
    index = record.get("indexationAN")
    analyses = (scalar({"a": one}, "a") for one in many(index, "analyses", "analyse"))
    title = " ; ".join(filter(None, analyses))
    return " - ".join(filter(None, (scalar(index, "teteAnalyse"), title))) or None


def _metadata(record: Tree, key: Mapping[str, str], asked: Tree, replied: Tree) -> dict[str, str]:
    attributed = sorted(trees(record, "minAttribs", "minAttrib"), key=lambda one: day_of(one) or "")
    first, last = (attributed[0], attributed[-1]) if attributed else ({}, {})
    closed = scalar(record, "cloture", "codeCloture")
    withdrawn = closed is not None and closed != ANSWERED and not replied
    known = {
        "number": key["number"],
        "legislature": key["legislature"],
        "group": scalar(record, "auteur", "groupe", "developpe"),
        "author_ref": scalar(record, "auteur", "identite", "acteurRef"),
        "ministry_asked": _ministry(_minister(record)),
        "ministry_attributed": _ministry(last.get("denomination")),
        "rubric": scalar(record, "indexationAN", "rubrique"),
        # What is asked in the chamber has no text of its own: it is published with its reply.
        "question_date": day_of(asked) or day_of(first) or day_of(replied),
        "question_page": scalar(asked, "infoJO", "pageJO"),
        "answer_date": day_of(replied),
        "answer_page": scalar(replied, "infoJO", "pageJO"),
        "reattributed_date": day_of(last) if len(attributed) > 1 else None,
        "flagged_date": day_of(record.get("signalement")),
        "renewed_date": _renewed(record),
        "withdrawn_date": day_in(scalar(record, "cloture", "dateCloture")) if withdrawn else None,
        "answered": "true" if replied else "false",
    }
    return {name: value for name, value in known.items() if value}


def _minister(record: Tree) -> Any:
    """Give the minister asked: ``minInt``, or ``minInts`` in some years' files."""
    return record.get("minInt") or next(iter(many(record, "minInts", "minInt")), None)


def _ministry(named: Any) -> str | None:
    return scalar(named, "abrege") or scalar(named, "developpe")


def _renewed(record: Tree) -> str | None:
    days = []
    for one in trees(record, "renouvellements", "renouvellement"):
        named = (scalar(one, name) for name in one)
        days.append(day_of(one) or next(filter(None, map(day_in, named)), None))
    return max(filter(None, days), default=None)


def _parts(
    record: Tree, asked: Tree, replied: Tree, known: Mapping[str, str]
) -> tuple[str | None, tuple[Said, ...], tuple[Said, ...]]:
    """Give the author, what was asked and what was replied; a debate keeps its turns."""
    question, html = text_of(html_of(asked)), html_of(replied)
    answered_on = known.get("answer_date")
    author = _author_in(split_lines(question))
    turns: list[Said] = []
    if scalar(record, "type") != "QE":
        author, turns = read_debate(html, author, answered_on)
    put = Said(QUESTION, question, Voice("parlementaire", author), known.get("question_date"))
    minister = _minister_name(record, known, question)
    given = [Said(REPLY, text_of(html), Voice("gouvernement", minister), answered_on)]
    return author, (put,) if question else (), tuple(turns or given) if html else ()


def _minister_name(record: Tree, known: Mapping[str, str], question: str) -> str:
    """Give the full name that the record itself has for the ministry in charge."""
    ministry = known.get("ministry_attributed") or known.get("ministry_asked")
    named = [one.get("denomination") for one in trees(record, "minAttribs", "minAttrib")]
    for one in [*named, _minister(record)]:
        full = scalar(one, "developpe")
        if full and _ministry(one) == ministry:
            return full
    return ministry_name(ministry, question) if ministry else "Gouvernement"


def _data(
    known: Mapping[str, str], label: str, author: str | None, closed: str | None
) -> tuple[str, ...]:
    withdrawn = published(known.get("withdrawn_date"))
    return data_lines(
        [
            ("Auteur", author),
            ("Groupe", known.get("group")),
            ("Type de question", label),
            ("Numéro de la question", known["number"]),
            ("Rubrique", known.get("rubric")),
            ("Ministère interrogé", known.get("ministry_asked")),
            ("Ministère attributaire", known.get("ministry_attributed")),
            (
                "Question publiée au JO le",
                published(known.get("question_date"), known.get("question_page")),
            ),
            ("Date de changement d'attribution", published(known.get("reattributed_date"))),
            ("Date de signalement", published(known.get("flagged_date"))),
            ("Date de renouvellement", published(known.get("renewed_date"))),
            (
                "Réponse publiée au JO le",
                published(known.get("answer_date"), known.get("answer_page")),
            ),
            ("Question retirée le", withdrawn and f"{withdrawn} ({closed or 'sans motif'})"),
        ]
    )
