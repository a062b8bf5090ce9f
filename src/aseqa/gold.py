"""Gold files: questions with their right answers, one JSON object a line."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.errors import BadSettings
from aseqa.messages import message

_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u2032\u00b4`"), "'")


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """A right answer: a document whose name starts with ``doc``, and words it contains."""

    doc: str
    contains: str

    def matches(self, document: str, text: str) -> bool:
        r"""Tell whether a quote or a passage is right.

        White space, case and the form of apostrophes do not count.

        Examples
        --------
        >>> GoldAnswer("002", "plus de 11 000").matches("002_eaee", "Plus de 11\u00a0000 mineurs")
        True
        """
        return document.startswith(self.doc) and _folded(self.contains) in _folded(text)


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its right answers; none means that the right answer is to abstain."""

    id: str
    question: str
    answers: tuple[GoldAnswer, ...]
    type: str

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    def is_right(self, document: str, text: str) -> bool:
        return any(answer.matches(document, text) for answer in self.answers)


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read a gold file.

    Raises
    ------
    BadSettings
        When it is no gold file, cannot be read, holds no question, or a line is
        wrong; the message names the file, the line and the fault.
    """
    if path.is_dir() or path.suffix.lower() == ".json":
        raise BadSettings(message("gold_format", path=path))
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise BadSettings(message("gold_missing", path=path)) from error
    except UnicodeDecodeError as error:
        raise BadSettings(message("gold_encoding", path=path)) from error
    questions = list(_questions(path, lines))
    if not questions:
        raise BadSettings(message("gold_empty", path=path))
    return questions


def _questions(path: Path, lines: list[str]) -> Iterator[GoldQuestion]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
            if question.id in seen:
                raise ValueError(message("gold_twice", id=question.id))
        except json.JSONDecodeError as error:
            raise _fault(path, number, message("gold_json", column=error.colno)) from error
        except ValueError as error:
            raise _fault(path, number, str(error)) from error
        seen.add(question.id)
        yield question


def _question(record: Any) -> GoldQuestion:
    if not isinstance(record, dict):
        raise ValueError(message("gold_object"))
    answers = record.get("gold")
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise ValueError(message("gold_answers"))
    return GoldQuestion(
        id=_text(record, "id"),
        question=_text(record, "q"),
        answers=tuple(
            GoldAnswer(_text(answer, "doc"), _text(answer, "contains")) for answer in answers
        ),
        type=_text(record, "type") if "type" in record else "",
    )


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(message("gold_text", name=key))
    return value


def _fault(path: Path, number: int, fault: str) -> BadSettings:
    return BadSettings(message("gold_line", path=path, number=number, fault=fault))


def _folded(text: str) -> str:
    """Give ``text`` without what does not count; `str.split` knows the no-break spaces."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return " ".join(plain.split())
