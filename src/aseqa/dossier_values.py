"""What a dossier may hold: its values are looked at one by one, since they come from anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from aseqa.errors import ReadError
from aseqa.messages import message

MAX_DEPTH = 16
MAX_VALUES = 20_000
MAX_TEXT_CHARS = 200_000
MAX_DATE_CHARS = 40
# Beyond it, what other tools than Python's read is another number.
MAX_INTEGER = 2**53

_QUOTE_TEXTS = ("text", "document", "source", "sha256", "reference", "kind")
_QUOTE_OPTIONS = ("section", "before", "after", "date", "title", "url", "as_of")


def refuse(place: str, fault: str) -> NoReturn:
    """Raise the error that says where the fault is.

    Raises
    ------
    ReadError
        Always.
    """
    raise ReadError(message("dossier_refused", place=place, fault=fault))


def as_object(value: object, place: str) -> Mapping[str, Any]:
    """Take a JSON object."""
    if not isinstance(value, Mapping):
        refuse(place, message("dossier_fault_object"))
    return value


def listed(record: Mapping[str, Any], name: str, limit: int, place: str) -> list[Any]:
    """Take a list of at most ``limit`` entries; none at all is an empty one."""
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        refuse(place, message("dossier_fault_list", name=name))
    if len(value) > limit:
        refuse(place, message("dossier_fault_many", name=name, count=len(value), limit=limit))
    return list(value)


def text_in(record: Mapping[str, Any], name: str, limit: int, place: str) -> str:
    """Take a text of at most ``limit`` characters; none at all is an empty one."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        refuse(place, message("dossier_fault_text", name=name))
    if len(value) > limit:
        refuse(place, message("dossier_fault_long", name=name, count=len(value), limit=limit))
    return value


def date_in(record: Mapping[str, Any], name: str, place: str) -> str | None:
    """Take an ISO 8601 date or moment, as it is written."""
    value = text_in(record, name, MAX_DATE_CHARS, place)
    if not value:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        refuse(place, message("dossier_fault_date", name=name))
    return value


def quote_in(value: object, place: str) -> dict[str, Any]:
    """Take the JSON of a quote, as the contract has it, and copy all of it.

    Raises
    ------
    ReadError
        When it lacks what an export shows, or its offsets do not fit its words.
    """
    record = as_object(value, place)
    for name in _QUOTE_TEXTS:
        if not text_in(record, name, MAX_TEXT_CHARS, place):
            refuse(place, message("dossier_fault_empty", name=name))
    for name in _QUOTE_OPTIONS:
        text_in(record, name, MAX_TEXT_CHARS, place)
    start, end = (_offset(record, name, place) for name in ("start", "end"))
    if end - start != len(record["text"]):
        count = len(record["text"])
        refuse(place, message("dossier_fault_length", count=count, told=end - start))
    if record.get("page") is not None:
        _offset(record, "page", place)
    _check_parts(record, place)
    copy: dict[str, Any] = _copied(record)
    return copy


def check_values(value: object, place: str) -> int:
    """Look at every value, however deep; give how many characters there are in all.

    Raises
    ------
    ReadError
        When there are too many, or one is not what JSON holds.
    """
    waiting: list[tuple[int, object]] = [(1, value)]
    chars = values = 0
    while waiting:
        depth, held = waiting.pop()
        values += 1
        chars += _checked(held, depth, place)
        if values > MAX_VALUES or chars > MAX_TEXT_CHARS:
            refuse(place, message("dossier_fault_size"))
        if isinstance(held, Mapping):
            waiting += [(depth + 1, part) for part in held.values()]
            waiting += [(depth + 1, _key(key, place)) for key in held]
        elif isinstance(held, list | tuple):
            waiting += [(depth + 1, part) for part in held]
    return chars


def _checked(value: object, depth: int, place: str) -> int:
    """Check one value; give the length of a text, 0 for all else."""
    if depth > MAX_DEPTH:
        refuse(place, message("dossier_fault_deep"))
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            refuse(place, message("dossier_fault_utf8"))
        return len(value)
    if isinstance(value, int | float):
        if abs(value) > MAX_INTEGER or not math.isfinite(value):
            refuse(place, message("dossier_fault_number"))
    elif value is not None and not isinstance(value, Mapping | list | tuple):
        refuse(place, message("dossier_fault_value"))
    return 0


def _key(key: object, place: str) -> str:
    if not isinstance(key, str):
        refuse(place, message("dossier_fault_value"))
    return key


def _offset(record: Mapping[str, Any], name: str, place: str) -> int:
    value = record.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        refuse(place, message("dossier_fault_offset", name=name))
    return value


def _check_parts(record: Mapping[str, Any], place: str) -> None:
    """Check who speaks, and that span and seal are objects where there are any."""
    voice = as_object(record.get("voice"), place)
    if not text_in(voice, "kind", MAX_TEXT_CHARS, place):
        refuse(place, message("dossier_fault_empty", name="voice.kind"))
    for name in ("name", "reported"):
        text_in(voice, name, MAX_TEXT_CHARS, place)
    for name in ("span", "seal"):
        if record.get(name) is not None:
            as_object(record[name], place)


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(held) for held in value]
    return value
