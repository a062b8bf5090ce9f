"""JSON and JSON Lines that users hand in: read with care, their faults said in French."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aseqa.errors import BadSettings
from aseqa.messages import message


def read_text(path: Path) -> str:
    """Read a file of UTF-8, with or without its mark.

    Raises
    ------
    BadSettings
        When there is no such file, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadSettings(message("gold_missing", path=path)) from error
    except UnicodeDecodeError as error:
        raise BadSettings(message("gold_encoding", path=path)) from error


def read_json(path: Path) -> Any:
    """Read a file that holds one JSON value.

    Raises
    ------
    BadSettings
        When it cannot be read or is not JSON; the message names line and column.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        fault = message("gold_json", column=error.colno)
        raise fault_at(path, error.lineno, fault) from error


def json_lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the number, from 1, and the object of each line of ``text`` that is not blank.

    Raises
    ------
    BadSettings
        When a line is no JSON object; the message names ``path``, where the text is from.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise fault_at(path, number, message("gold_json", column=error.colno)) from error
        if not isinstance(record, dict):
            raise fault_at(path, number, message("gold_object"))
        yield number, record


def fault_at(path: Path, number: int, fault: str) -> BadSettings:
    """Make the error for line ``number`` of a file."""
    return BadSettings(message("gold_line", path=path, number=number, fault=fault))


def words(record: dict[str, Any], key: str) -> str:
    """Take a text that is not blank out of a record.

    Raises
    ------
    ValueError
        When there is none; the message says so in French.
    """
    value = record.get(key)
    if not isinstance(value, str) or not value.strip() or not is_writable(value):
        raise ValueError(message("gold_text", name=key))
    return value


def is_writable(text: str) -> bool:
    """Tell whether UTF-8 can hold ``text``: half of a surrogate pair it cannot."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
