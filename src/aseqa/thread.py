"""A parliamentary question followed through: what it asks, what the answer meets, and when."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from aseqa.alignment import THRESHOLD, Aligner, Floats, align
from aseqa.cite import QUESTION_KINDS, reference
from aseqa.demands import Asked, demands_of
from aseqa.lookup import Lookup, StoredSentence
from aseqa.records import Document
from aseqa.reply_turns import REPLY_SECTION, government_sentences
from aseqa.text import squeeze
from aseqa.thread_siblings import Sibling, siblings_of

# Article 135 du Règlement de l'Assemblée nationale, article 75 du Règlement du Sénat.
MONTHS_ALLOWED = 2
_NAMED = re.compile(
    r"(?:question )?(?:ecrite |orale )?(?:n ?[°ºo]\.? ?)?(?P<number>\d[\d ]{0,20}[a-z]?)"
)


@dataclass(frozen=True, slots=True)
class Met:
    """A sentence of the answer that meets a demand; ``score`` is the probability of it."""

    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing asked, with the sentences that meet it, in the order of the text.

    ``lead`` is what the author wrote before the first demand of a series. ``met_by`` is
    empty when no sentence was recognised, which is no proof that there is none.
    """

    start: int
    end: int
    text: str
    met_by: tuple[Met, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, its demands, its delay and the questions that share its answer.

    ``status`` is ``answered``, ``unanswered``, ``elsewhere`` (the answer is not in the
    document) or ``withdrawn``; ``days`` go from question to answer; ``due_on`` is the last
    day of the two months that the rules allow for a written question, and ``overdue`` tells
    that the answer, or the day of reading without one, came later.
    """

    document: str
    number: str
    kind: str
    title: str | None
    author: str | None
    asked_on: str | None
    answered_on: str | None
    days: int | None
    due_on: str | None
    overdue: bool
    status: str
    demands: tuple[Demand, ...]
    siblings: tuple[Sibling, ...]
    reference: str

    def to_dict(self) -> dict[str, Any]:
        """Give the thread as JSON; a demand without answer has ``met_by: null``."""
        record = asdict(self)
        record["demands"] = [
            {**asdict(d), "met_by": [asdict(met) for met in d.met_by] or None} for d in self.demands
        ]
        record["siblings"] = [asdict(sibling) for sibling in self.siblings]
        return record


def make_thread(name: str, lookup: Lookup, aligner: Aligner, today: str) -> Thread:
    """Follow one question of the index through.

    Parameters
    ----------
    today
        The ISO date at which a question without an answer is judged late or not.

    Raises
    ------
    KeyError
        When the index holds no parliamentary question of that name.
    ValueError
        When ``today`` is no ISO date.
    """
    document = lookup.document(name)
    if document.kind not in QUESTION_KINDS:
        raise KeyError(name)
    rows = lookup.document_sentences(name)
    asked = demands_of(document, [row.sentence for row in rows])
    reply = government_sentences(document, rows)
    facts = document.metadata
    asked_on, answered_on = facts.get("question_date") or document.date, facts.get("answer_date")
    status = _status(document)
    due_on = _due_on(document, asked_on)
    return Thread(
        document=name,
        number=facts.get("number", ""),
        kind=document.kind,
        title=document.title,
        author=document.author,
        asked_on=asked_on,
        answered_on=answered_on,
        days=days_between(asked_on, answered_on),
        due_on=due_on,
        overdue=is_overdue(due_on, answered_on, status, today),
        status=status,
        demands=_met_demands(asked, reply, align(asked, reply, lookup, aligner)),
        siblings=siblings_of(document, lookup),
        reference=reference(document, document.sections[0]) if document.sections else "",
    )


def questions_named(named: str, lookup: Lookup) -> list[str]:
    """Give the questions that a document's name, or a number ("n° 3 269"), stands for.

    Several, where legislatures or chambers use the same number; none when nothing fits.
    """
    names = {name: number for name, number, _ in lookup.parliamentary()}
    if named in names:
        return [named]
    found = _NAMED.fullmatch(squeeze(named))
    if not found:
        return []
    wanted = _plain_number(found["number"])
    return [name for name, number in names.items() if number and _plain_number(number) == wanted]


def _plain_number(number: str) -> str:
    return "".join(number.split()).lstrip("0").casefold()


def _met_demands(
    asked: Sequence[Asked], reply: Sequence[StoredSentence], scores: Floats
) -> tuple[Demand, ...]:
    demands = []
    for demand, row in zip(asked, scores, strict=True):
        met = tuple(
            Met(told.sentence.start, told.sentence.end, told.sentence.text, round(float(score), 4))
            for told, score in zip(reply, row, strict=True)
            if score >= THRESHOLD
        )
        demands.append(Demand(demand.start, demand.end, demand.text, met, demand.lead))
    return tuple(demands)


def _status(document: Document) -> str:
    facts = document.metadata
    if any(section.name == REPLY_SECTION for section in document.sections):
        return "answered"
    if facts.get("withdrawn_date"):
        return "withdrawn"
    written = document.kind == "question_ecrite"
    known = facts.get("answered") == "true" or "answer_date" in facts
    return "unanswered" if written and not known else "elsewhere"


def _due_on(document: Document, asked_on: str | None) -> str | None:
    """Give the last day for an answer; only written questions have one."""
    if document.kind != "question_ecrite" or not asked_on:
        return None
    day = _day(asked_on)
    return months_after(day, MONTHS_ALLOWED).isoformat() if day else None


def months_after(day: date, months: int) -> date:
    """Give the same day of a later month, or its last day where it has no such day.

    Examples
    --------
    >>> months_after(date(2024, 12, 31), 2).isoformat()
    '2025-02-28'
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def days_between(asked_on: str | None, answered_on: str | None) -> int | None:
    """Count the days from one ISO date to another; None where either is not known.

    Examples
    --------
    >>> days_between("2025-01-21", "2025-06-17")
    147
    """
    first, last = _day(asked_on), _day(answered_on)
    return (last - first).days if first and last else None


def is_overdue(due_on: str | None, answered_on: str | None, status: str, today: str) -> bool:
    """Tell whether the answer came, or is still missing, after its last day."""
    reading = date.fromisoformat(today)
    due = _day(due_on)
    if not due or status == "withdrawn":
        return False
    answered = _day(answered_on)
    if answered:
        return answered > due
    return status == "unanswered" and reading > due


def _day(written: str | None) -> date | None:
    """Read an ISO date; a month or a year alone is no day."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
