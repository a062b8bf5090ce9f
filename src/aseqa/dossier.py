"""A dossier: quotes that a reader pinned, in order, with headings, notes and their questions.

It lives in the reader's own browser, as JSON; nothing of it is stored elsewhere. What
comes back from there may have been changed by anyone: `read_dossier` looks at all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aseqa.dossier_values import (
    as_object,
    check_values,
    date_in,
    listed,
    quote_in,
    refuse,
    text_in,
)
from aseqa.messages import message

FORMAT = 1
MAX_ITEMS = 500
MAX_SEEN = 100
MAX_CHARS = 8_000_000
MAX_TITLE_CHARS = 200
MAX_QUESTION_CHARS = 1_000
MAX_NOTE_CHARS = 20_000
ANSWERED, ABSTAINED = "answered", "abstained"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A quote that the reader keeps, as the contract's JSON has it, with its seal.

    ``question`` is the one that it answered, as it was understood; ``note`` is the reader's
    own; ``pinned`` is an ISO 8601 date or moment.
    """

    quote: Mapping[str, Any]
    question: str = ""
    note: str = ""
    pinned: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": "quote",
            "quote": dict(self.quote),
            "question": self.question,
            "note": self.note,
            "pinned": self.pinned,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the reader, by themselves."""

    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"kind": "note", "text": self.text}


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of the reader, above what follows it."""

    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"kind": "heading", "text": self.text}


Item = Pinned | Note | Heading


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what became of it: ``status``, when, and which quotes were given.

    ``seen`` are the SHA-256 of the texts of all quotes given, pinned or not: a later run
    knows by them which ones are new. ``filters`` are those that it was asked under, as the
    page sends them.
    """

    question: str
    status: str
    asked: str | None = None
    seen: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "status": self.status,
            "asked": self.asked,
            "seen": list(self.seen),
            "filters": dict(self.filters),
        }


@dataclass(frozen=True, slots=True)
class Dossier:
    """Items in the reader's order; ``questions`` are those asked, where that was noted."""

    title: str
    items: tuple[Item, ...] = ()
    questions: tuple[Asked, ...] = ()

    @property
    def pinned(self) -> tuple[Pinned, ...]:
        """The quotes alone; their footnotes are numbered in this order, from 1."""
        return tuple(item for item in self.items if isinstance(item, Pinned))

    def to_dict(self) -> dict[str, Any]:
        """Give the dossier as JSON; ``quotes`` repeats its quotes for `aseqa verify`."""
        return {
            "format": FORMAT,
            "title": self.title,
            "items": [item.to_dict() for item in self.items],
            "questions": [asked.to_dict() for asked in self.questions],
            "quotes": [dict(item.quote) for item in self.pinned],
        }


def read_dossier(data: object) -> Dossier:
    """Make a dossier of parsed JSON; every value is checked, and unknown keys are dropped.

    The record of a quote is kept whole, unknown keys included: its seal covers them.

    Raises
    ------
    ReadError
        When something is missing, too long, too many or of another type; the message says
        which item.

    Examples
    --------
    >>> read_dossier({"title": "Exploitation", "items": [{"kind": "note", "text": "À relire"}]})
    Dossier(title='Exploitation', items=(Note(text='À relire'),), questions=())
    """
    place = message("dossier_place_whole")
    record = as_object(data, place)
    _check_format(record, place)
    held = listed(record, "items", MAX_ITEMS, place)
    chars = 0
    items: list[Item] = []
    for number, value in enumerate(held, 1):
        chars += check_values(value, message("dossier_place_item", number=number))
        if chars > MAX_CHARS:
            refuse(place, message("dossier_fault_size"))
        items.append(_item(value, number))
    dossier = Dossier(_title(record, place), tuple(items), _questions(record, place))
    _check_quotes(record, dossier, place)
    return dossier


def _check_format(record: Mapping[str, Any], place: str) -> None:
    found = record.get("format", FORMAT)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        refuse(place, message("dossier_fault_offset", name="format"))
    if found > FORMAT:
        told = str(found) if found < 1000 else "> 999"
        refuse(place, message("dossier_fault_format", found=told, wanted=FORMAT))


def _title(record: Mapping[str, Any], place: str) -> str:
    title = text_in(record, "title", MAX_TITLE_CHARS, place)
    check_values(title, place)
    return title


def _item(value: object, number: int) -> Item:
    place = message("dossier_place_item", number=number)
    record = as_object(value, place)
    kind = record.get("kind")
    if kind == "note":
        return Note(text_in(record, "text", MAX_NOTE_CHARS, place))
    if kind == "heading":
        return Heading(text_in(record, "text", MAX_TITLE_CHARS, place))
    if kind != "quote":
        refuse(place, message("dossier_fault_kind"))
    return Pinned(
        quote=quote_in(record.get("quote"), message("dossier_place_quote", number=number)),
        question=text_in(record, "question", MAX_QUESTION_CHARS, place),
        note=text_in(record, "note", MAX_NOTE_CHARS, place),
        pinned=date_in(record, "pinned", place),
    )


def _questions(record: Mapping[str, Any], place: str) -> tuple[Asked, ...]:
    held = listed(record, "questions", MAX_ITEMS, place)
    return tuple(_asked(value, number) for number, value in enumerate(held, 1))


def _asked(value: object, number: int) -> Asked:
    place = message("dossier_place_question", number=number)
    record = as_object(value, place)
    check_values(record, place)
    question = text_in(record, "question", MAX_QUESTION_CHARS, place)
    if not question.strip():
        refuse(place, message("dossier_fault_empty", name="question"))
    status = record.get("status")
    if status not in (ANSWERED, ABSTAINED):
        refuse(place, message("dossier_fault_status"))
    seen = listed(record, "seen", MAX_SEEN, place)
    if not all(isinstance(one, str) for one in seen):
        refuse(place, message("dossier_fault_text", name="seen"))
    filters = as_object(record.get("filters") or {}, place)
    asked = date_in(record, "asked", place)
    return Asked(question, str(status), asked, tuple(seen), dict(filters))


def _check_quotes(record: Mapping[str, Any], dossier: Dossier, place: str) -> None:
    """Refuse two sets of quotes: what is verified and what is shown would not be the same."""
    quotes = record.get("quotes")
    if quotes is None:
        return
    given = listed(record, "quotes", MAX_ITEMS, place)
    if given != [item.quote for item in dossier.pinned]:
        refuse(place, message("dossier_fault_quotes"))
