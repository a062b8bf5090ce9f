"""Saved answers: read from JSON or JSON Lines, and the quotes that are claimed in them.

The file comes from anywhere: whatever is wrong with it is said in French.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from aseqa.errors import ReadError
from aseqa.messages import message

MAX_BYTES = 64 << 20
MAX_DEPTH = 24
# Where an answer holds quotes: those of the answer, those offered as reading, those of figures.
LISTS = ("quotes", "nearest", "figures")


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote as a saved answer has it, and where it stands there."""

    answer: int
    list_name: str
    number: int
    record: Mapping[str, Any]
    index: str | None

    @property
    def text(self) -> str:
        return str(self.record["text"])

    @property
    def place(self) -> str:
        """Where the quote stands in its answer: "quotes[1]", counted from 1."""
        return f"{self.list_name}[{self.number}]"


def load_answers(path: Path) -> list[Mapping[str, Any]]:
    """Read one answer, a JSON array of answers, or one answer a line.

    Raises
    ------
    ReadError
        When the file cannot be read, is too large, or is not JSON.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            sizes = {"size": size >> 20, "limit": MAX_BYTES >> 20}
            raise ReadError(message("saved_large", path=path, **sizes))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ReadError(message("saved_missing", path=path)) from error
    except UnicodeDecodeError as error:
        raise ReadError(message("saved_encoding", path=path)) from error
    except OSError as error:
        fault = error.strerror or error
        raise ReadError(message("saved_refused", path=path, fault=fault)) from error
    return parse_answers(text, str(path))


def parse_answers(text: str, name: str) -> list[Mapping[str, Any]]:
    """Make answers of the text of a file, which messages call ``name``.

    Raises
    ------
    ReadError
        When the text is not JSON, or holds no answer.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise ReadError(message("saved_empty", path=name))
    if len(lines) > 1 and _is_whole(lines[0][1]):
        found = [_parsed(line, name, number) for number, line in lines]
    else:
        whole = _parsed(text, name, 1)
        found = whole if isinstance(whole, list) else [whole]
    if not found:
        raise ReadError(message("saved_empty", path=name))
    for number, answer in enumerate(found, 1):
        if not isinstance(answer, dict):
            _refuse(number, message("saved_place_answer"), message("saved_fault_object"))
    return found


def claims_of(answer: Mapping[str, Any], number: int = 1) -> list[Claim]:
    """Give the quotes of one answer, ``number`` among several.

    A line of a batch that holds an error instead of an answer claims nothing.

    Raises
    ------
    ReadError
        When it is no answer, or a quote lacks its text, document or offsets.
    """
    _check_values(answer, number)
    if "quotes" not in answer and isinstance(answer.get("error"), str):
        return []
    if not isinstance(answer.get("quotes"), Sequence) or isinstance(answer["quotes"], str):
        _refuse(number, message("saved_place_answer"), message("saved_fault_quotes"))
    index = answer.get("index")
    known = index if isinstance(index, str) else None
    claims = [
        Claim(number, name, place, record, known)
        for name in LISTS
        for place, record in _records(answer, name, number)
    ]
    for claim in claims:
        _check_claim(claim)
    return claims


def _is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(text: str, name: str, line: int) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = {"line": line + error.lineno - 1, "column": error.colno}
        raise ReadError(message("saved_json", path=name, **where)) from error
    except _Unreadable as error:
        raise ReadError(message("saved_value", path=name, fault=error)) from error
    except RecursionError as error:
        fault = message("saved_fault_deep")
        raise ReadError(message("saved_value", path=name, fault=fault)) from error
    except ValueError as error:  # Python refuses numbers of thousands of digits
        fault = message("saved_fault_number")
        raise ReadError(message("saved_value", path=name, fault=fault)) from error


class _Unreadable(Exception):
    """What JSON allows and an answer never holds."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key given twice: two readers could see two quotes."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Unreadable(message("saved_fault_twice", name=key))
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise _Unreadable(message("saved_fault_constant", name=name))


def _records(
    answer: Mapping[str, Any], name: str, number: int
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    held = answer.get(name)
    if held is None:
        return
    if not isinstance(held, list | tuple):
        fault = message("saved_fault_list", name=name)
        _refuse(number, message("saved_place_answer"), fault)
    for place, item in enumerate(held, 1):
        if not isinstance(item, Mapping):
            _refuse(number, f"{name}[{place}]", message("saved_fault_object"))
        if name != "figures":
            yield place, item
            continue
        quotes = item.get("quotes")
        listed = quotes if isinstance(quotes, list | tuple) else [item.get("quote")]
        yield from ((place, quote) for quote in listed if isinstance(quote, Mapping))


def _check_claim(claim: Claim) -> None:
    record = claim.record
    for name in ("text", "document"):
        if not isinstance(record.get(name), str) or not record[name]:
            _refuse(claim.answer, claim.place, message("saved_fault_text", name=name))
    for name in ("start", "end"):
        value = record.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            _refuse(claim.answer, claim.place, message("saved_fault_offset", name=name))


def _check_values(answer: Mapping[str, Any], number: int) -> None:
    """Look at every value of an answer, however deep, for what cannot be worked with."""
    place = message("saved_place_answer")
    waiting: list[tuple[int, object]] = [(1, answer)]
    while waiting:
        depth, value = waiting.pop()
        if depth > MAX_DEPTH:
            _refuse(number, place, message("saved_fault_deep"))
        if isinstance(value, str):
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                _refuse(number, place, message("saved_fault_utf8"))
        elif isinstance(value, Mapping):
            waiting += [(depth + 1, held) for pair in value.items() for held in pair]
        elif isinstance(value, list | tuple):
            waiting += [(depth + 1, held) for held in value]


def _refuse(answer: int, place: str, fault: str) -> NoReturn:
    raise ReadError(message("saved_shape", answer=answer, place=place, fault=fault))
