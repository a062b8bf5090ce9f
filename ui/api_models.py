"""What programs send: requests, checked field by field. What they get is in ``api_answers``."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from aseqa.errors import BadSettings
from aseqa.records import Filters
from aseqa_ui.problems import said
from aseqa_ui.replies import MAX_QUESTION_CHARS, MAX_QUOTES, check_question

MAX_VALUES = 50
MAX_VALUE_CHARS = 200
MAX_PREVIOUS = 5
# The example that the documents and the tests use.
EXAMPLE = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
EXAMPLE_DOCUMENT = "002_eaee1d0db6d36db2"
QUOTE_COUNT = {"ge": 1, "le": MAX_QUOTES}

VoiceKind = Literal[
    "parlementaire", "gouvernement", "inspection", "justice", "collectivite", "syndicat",
    "association", "presse", "loi", "statistique", "autre",
]  # fmt: skip


def _asked(question: str) -> str:
    try:
        return check_question(question)
    except BadSettings as error:
        fault = str(error).replace("{", "{{").replace("}", "}}")
        raise PydanticCustomError("question", cast("Any", fault)) from error


_QUESTION_SCHEMA = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_QUESTION_CHARS,
    "pattern": r"[^\s\u001c-\u001f\u0085]",
}
Question = Annotated[str, AfterValidator(_asked), WithJsonSchema(_QUESTION_SCHEMA)]
Value = Annotated[str, Field(min_length=1, max_length=MAX_VALUE_CHARS)]
# Few stars: the time of a match grows with a power of their number.
Glob = Annotated[
    str, Field(min_length=1, max_length=MAX_VALUE_CHARS, pattern=r"^[^*]*(?:\*[^*]*){0,6}$")
]
Day = Annotated[datetime.date | None, Field(strict=False)]


def described(key: str, **rest: Any) -> Any:
    """Describe a field in the words of the catalogue."""
    return Field(description=said(f"api_field_{key}"), **rest)


class Sent(BaseModel):
    """What a program sends: known fields alone, of their own types alone."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Filtered(Sent):
    """The filters of a question, each left out or empty for everything."""

    kinds: list[Value] = described("kinds", default=[], max_length=MAX_VALUES)
    voices: list[VoiceKind] = described("voices", default=[], max_length=MAX_VALUES)
    territories: list[Value] = described("territories", default=[], max_length=MAX_VALUES)
    authors: list[Value] = described("authors", default=[], max_length=MAX_VALUES)
    sources: list[Glob] = described("sources", default=[], max_length=MAX_VALUES)
    since: Day = described("since", default=None)
    until: Day = described("until", default=None)
    as_of: Day = described("as_of", default=None)

    def filters(self) -> Filters:
        """Give the filters as the assistant takes them."""
        listed = ("kinds", "voices", "territories", "authors", "sources")
        given: dict[str, Any] = {name: tuple(getattr(self, name)) for name in listed}
        for name in ("since", "until", "as_of"):
            day = getattr(self, name)
            given[name] = day.isoformat() if day else None
        return Filters(**given)


class AskRequest(Filtered):
    """A question, after those that it may go on from."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": EXAMPLE, "k": 3}]})

    question: Question = described("question")
    k: int = described("k", default=3, **QUOTE_COUNT)
    previous: list[Question] = described("previous", default=[], max_length=MAX_PREVIOUS)


class SearchRequest(Filtered):
    """Words to look for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": EXAMPLE, "k": 5}]})

    question: Question = described("question")
    k: int = described("k", default=10, **QUOTE_COUNT)


class ThreadRequest(Sent):
    """A parliamentary question to follow."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"wanted": "3269"}]})

    wanted: Question = described("wanted")
    today: Day = described("today", default=None)

    def day(self) -> str:
        """Give the day to count delays from, today unless another was named."""
        return (self.today or datetime.date.today()).isoformat()


class VerifyRequest(BaseModel):
    """A saved answer: its quotes are checked, whatever else it holds."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={"examples": [{"question": EXAMPLE, "status": "answered", "quotes": []}]},
    )

    quotes: list[dict[str, Any]] = Field(default=[], max_length=100)
    nearest: list[dict[str, Any]] = Field(default=[], max_length=100)


class SourceRequest(Sent):
    """A part of a document."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"document": "002_eaee1d0db6d36db2"}]}
    )

    document: Value = described("document")
    start: int = described("start", default=0, ge=0, le=2**31)
    max_chars: int = described("max_chars", default=8000, ge=1, le=100_000)
