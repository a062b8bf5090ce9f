"""Gold files: questions with their right answers, one JSON object a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aseqa.errors import BadSettings
from aseqa.json_files import fault_at, json_lines, read_text, words
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
    """A question with its right answers; none means that the right answer is to abstain.

    ``turn`` counts the questions of a conversation from 1, and is 0 outside one;
    ``understood`` is what the question comes to there, None where it stands alone.
    """

    id: str
    question: str
    answers: tuple[GoldAnswer, ...]
    type: str
    turn: int = 0
    understood: str | None = None

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
    _check_name(path)
    return parse_gold(read_text(path), path)


def parse_gold(text: str, path: Path) -> list[GoldQuestion]:
    """Read the text of the gold file ``path``.

    Raises
    ------
    BadSettings
        When it is no gold file, holds no question, or a line is wrong.
    """
    _check_name(path)
    questions = list(_questions(text, path))
    if not questions:
        raise BadSettings(message("gold_empty", path=path))
    return questions


def _check_name(path: Path) -> None:
    if path.is_dir() or path.suffix.lower() == ".json":
        raise BadSettings(message("gold_format", path=path))


def _questions(text: str, path: Path) -> Iterator[GoldQuestion]:
    seen: set[str] = set()
    for number, record in json_lines(text, path):
        try:
            questions = _turns(record) if "turns" in record else [_question(record)]
            if seen & {question.id for question in questions}:
                raise ValueError(message("gold_twice", id=record["id"]))
        except ValueError as error:
            raise fault_at(path, number, str(error)) from error
        seen |= {question.id for question in questions}
        yield from questions


def _turns(record: dict[str, Any]) -> list[GoldQuestion]:
    """Give the questions of a conversation, named after it: "c01.1", "c01.2"."""
    name, turns = words(record, "id"), record["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) for t in turns):
        raise ValueError(message("gold_turns"))
    return [
        replace(
            _question({**turn, "id": f"{name}.{number}"}),
            turn=number,
            understood=None if turn.get("understood") is None else words(turn, "understood"),
        )
        for number, turn in enumerate(turns, 1)
    ]


def _question(record: dict[str, Any]) -> GoldQuestion:
    answers = record.get("gold")
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise ValueError(message("gold_answers"))
    return GoldQuestion(
        id=words(record, "id"),
        question=words(record, "q"),
        answers=tuple(
            GoldAnswer(words(answer, "doc"), words(answer, "contains")) for answer in answers
        ),
        type=words(record, "type") if "type" in record else "",
    )


def _folded(text: str) -> str:
    """Give ``text`` without what does not count; `str.split` knows the no-break spaces."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return " ".join(plain.split())
