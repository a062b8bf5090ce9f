"""Problems told to programs: RFC 9457 (Nottingham, Wilde, Dalal, 2023), in the reader's tongue."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aseqa.messages import language, message
from aseqa_ui.page import Message, Send

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:aseqa:problem:"


def said(key: str, **values: object) -> str:
    """Give a sentence of the catalogue of the programs' interface."""
    return message(key, **values)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request is refused: ``code`` names the problem for programs, for ever the same.

    ``detail`` is what to do about it; ``errors`` are the fields refused; ``headers`` go
    with the response.
    """

    status: int
    code: str
    title: str
    detail: str
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self, path: str) -> dict[str, Any]:
        """Give the problem of a request to ``path``; nothing else of the request is repeated."""
        record: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code.replace("_", "-"),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": quote(path, safe="/", errors="replace"),
        }
        if self.errors:
            record["errors"] = [dict(error) for error in self.errors]
        return record


class Refused(Exception):
    """A request that a problem answers."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def problem_of(
    status: int, code: str, headers: Mapping[str, str] | None = None, **values: object
) -> Problem:
    """Make the problem that the catalogue calls ``code``.

    Examples
    --------
    >>> problem_of(404, "not_found").title
    'Introuvable'
    """
    title = said(f"api_problem_{code}")
    detail = said(f"api_problem_{code}_detail", **values)
    return Problem(status, code, title, detail, headers=headers or {})


def later(status: int, code: str, wait_s: float) -> Problem:
    """Make a problem that time mends, with the whole seconds to wait."""
    seconds = max(1, int(wait_s + 0.999))
    return problem_of(status, code, {"Retry-After": str(seconds)}, seconds=seconds)


def spoken_in() -> dict[str, str]:
    """Give the header that names the language of what is told."""
    return {"Content-Language": language()}


async def send_problem(problem: Problem, scope: Message, send: Send) -> None:
    """Answer a request with a problem, without any framework."""
    body = json.dumps(problem.to_dict(scope["path"]), ensure_ascii=False).encode()
    length = {"Content-Length": str(len(body))}
    headers = {"Content-Type": MEDIA_TYPE, **length, **spoken_in(), **problem.headers}
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": pairs})
    shown = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": shown})
