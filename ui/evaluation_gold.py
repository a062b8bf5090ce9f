"""The questions that an evaluation asks: a gold file of the product's, or one just sent.

What is sent is read where it is and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from aseqa.errors import AseqaError, BadSettings
from aseqa.gold import GoldQuestion, parse_gold
from aseqa.messages import message
from aseqa.settings import MAX_QUESTION_CHARS, shipped_seeds
from aseqa_ui.problems import Problem, Refused, said

MAX_QUESTIONS = 1000
MAX_NAME_CHARS = 100
MAX_FILE_CHARS = 1_000_000


@dataclass(frozen=True, slots=True)
class GoldFile:
    """Questions to ask, and what tells their file from any other."""

    name: str
    sha256: str
    questions: tuple[GoldQuestion, ...]


def shipped_files() -> dict[str, Path]:
    """Give the product's own gold files by name; none where it came without."""
    try:
        folder = shipped_seeds() / "gold"
    except AseqaError:
        return {}
    return {path.name: path for path in sorted(folder.glob("*.jsonl"))}


def chosen_gold(sent: object) -> GoldFile:
    """Read what is to be asked: ``{"shipped": name}``, or ``{"name": …, "text": …}``.

    Raises
    ------
    Refused
        When there is no such file, or what was sent is no gold file; the problem says why.
    """
    try:
        return _chosen(sent)
    except AseqaError as error:
        detail = str(error)
    except (ValueError, RecursionError):  # a number or a nesting that no gold file has
        detail = message("evaluation_unreadable")
    raise Refused(Problem(422, "refused", said("api_problem_refused"), detail))


def _chosen(sent: object) -> GoldFile:
    if not isinstance(sent, Mapping):
        raise BadSettings(message("evaluation_request"))
    if "shipped" in sent:
        path = shipped_files().get(_text(sent, "shipped", MAX_NAME_CHARS))
        if path is None:
            raise BadSettings(message("evaluation_unknown"))
        return _gold_file(path.name, path.read_text(encoding="utf-8"))
    name = PurePath(_text(sent, "name", MAX_NAME_CHARS)).name
    return _gold_file(name, _text(sent, "text", MAX_FILE_CHARS))


def _text(sent: Mapping[str, object], name: str, limit: int) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > limit:
        raise BadSettings(message("evaluation_request"))
    return value


def _gold_file(name: str, text: str) -> GoldFile:
    questions = parse_gold(text.removeprefix("\ufeff"), Path(name))
    if len(questions) > MAX_QUESTIONS:
        raise BadSettings(message("evaluation_many", count=len(questions), limit=MAX_QUESTIONS))
    for one in questions:
        if len(one.question) > MAX_QUESTION_CHARS:
            raise BadSettings(message("evaluation_long", id=one.id, limit=MAX_QUESTION_CHARS))
    return GoldFile(name, hashlib.sha256(text.encode()).hexdigest(), tuple(questions))
