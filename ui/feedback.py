"""What readers say of answers, where the operator asked for it: one line of JSON each.

Nothing here runs unless ``aseqa chat --feedback FILE`` did. Of who said it, and of when but
for the day, the file holds nothing; the question loses the names of persons.
"""

from __future__ import annotations

import json
import os
import unicodedata
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aseqa.errors import BadSettings
from aseqa.messages import message
from aseqa.personal_names import without_names
from aseqa_ui.feedback_view import MAX_QUESTION_CHARS, MAX_QUOTES
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused, problem_of

MAX_FILE_BYTES = 64 * 1024 * 1024
# What would end a line, or steer whoever shows it: controls, marks of direction, half characters.
_DROPPED = ("Cc", "Cf", "Cs", "Zl", "Zp")

Offset = Annotated[int, Field(ge=0, le=1_000_000_000)]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class QuotePlace(_Sent):
    """Where a quote of the answer stands."""

    document: str = Field(min_length=1, max_length=500)
    start: Offset
    end: Offset


class Feedback(_Sent):
    """What a page sends: a verdict on an answer; ``none`` takes the one before back.

    ``answer`` is drawn at random by the page for each answer that it shows, so that a later
    verdict on it can replace an earlier one.
    """

    answer: str = Field(pattern=r"^[0-9a-f]{16}$")
    verdict: Literal["right", "wrong", "useless", "none"]
    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS)
    status: Literal["answered", "abstained"]
    confidence: float = Field(ge=0, le=1, allow_inf_nan=False)
    quotes: list[QuotePlace] = Field(max_length=MAX_QUOTES)
    index: str = Field(max_length=100)


def feedback_routes(path: Path) -> APIRouter:
    """Make ``POST /feedback``, which adds a line to the file at ``path``.

    Raises
    ------
    BadSettings
        When the file cannot be written.
    """
    lock = Lock()
    try:
        _append(path, lock, b"")
    except OSError as error:
        raise BadSettings(
            message("feedback_unwritable", path=path, fault=error.strerror or error)
        ) from error
    routes = APIRouter(include_in_schema=False)

    @routes.post("/feedback")
    async def take(request: Request) -> Response:
        try:
            given = await _given(request)
            await run_in_threadpool(partial(_append, path, lock, feedback_line(given)))
        except Refused as refusal:
            return _refused(refusal.problem, request)
        except OSError:
            return _refused(_problem(503, "feedback_unwritten", "failed"), request)
        return Response(status_code=204)

    return routes


def feedback_line(given: Feedback, today: date | None = None) -> bytes:
    """Write the line of a verdict: the day alone, and the question without names of persons."""
    record: dict[str, Any] = {"date": (today or date.today()).isoformat(), **given.model_dump()}
    record["question"] = without_names(given.question)
    record = {name: _plain(value) for name, value in record.items()}
    for quote in record["quotes"]:
        quote["document"] = _plain(quote["document"])
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8")


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(" " if unicodedata.category(one) in _DROPPED else one for one in value)


async def _given(request: Request) -> Feedback:
    try:
        return Feedback.model_validate(await request.json())
    except ValidationError as error:
        raise Refused(_problem(422, "refused", "refused")) from error
    except (ValueError, RecursionError) as error:
        raise Refused(problem_of(400, "json")) from error


def _append(path: Path, lock: Lock, line: bytes) -> None:
    """Add a line; the file is made for its owner alone.

    Raises
    ------
    OSError
        When it cannot be written, or is as long as it may be.
    """
    with lock:
        held = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(held).st_size + len(line) > MAX_FILE_BYTES:
                raise OSError(message("feedback_full", limit=MAX_FILE_BYTES))
            if os.write(held, line) != len(line):
                raise OSError(message("feedback_failed_detail"))
        finally:
            os.close(held)


def _problem(status: int, code: str, key: str) -> Problem:
    title = message("feedback_refused")
    return Problem(status, code, title, message(f"feedback_{key}_detail"))


def _refused(problem: Problem, request: Request) -> Response:
    record = problem.to_dict(request.scope["path"])
    return JSONResponse(record, problem.status, dict(problem.headers), MEDIA_TYPE)
