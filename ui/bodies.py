"""Bodies of requests: read up to a limit, and JSON that nothing further on stumbles over."""

from __future__ import annotations

import asyncio
import json
import math
import re
from functools import cache
from typing import NoReturn

from aseqa_ui.page import Message, Receive
from aseqa_ui.problems import Problem, Refused, problem_of


async def read_body(receive: Receive, limit_bytes: int, timeout_s: float) -> bytes:
    """Read a whole body.

    Raises
    ------
    Refused
        When it is longer than ``limit_bytes`` or does not arrive in ``timeout_s``.
    """
    try:
        async with asyncio.timeout(timeout_s):
            return await _read(receive, limit_bytes)
    except TimeoutError as error:
        raise Refused(problem_of(408, "slow", seconds=int(timeout_s))) from error


async def _read(receive: Receive, limit_bytes: int) -> bytes:
    body = bytearray()
    while True:
        event = await receive()
        if event["type"] != "http.request":  # the client has gone
            raise Refused(problem_of(400, "json"))
        body += event.get("body", b"")
        if len(body) > limit_bytes:
            raise Refused(too_large(limit_bytes))
        if not event.get("more_body", False):
            return bytes(body)


def too_large(limit_bytes: int) -> Problem:
    """Say that a body is too large; the connection is closed, for the rest is not read."""
    return problem_of(413, "too_large", {"Connection": "close"}, limit=limit_bytes)


def replay(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read to whoever reads next."""
    held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_event() -> Message:
        return held.pop() if held else await receive()

    return next_event


def check_json(body: bytes, max_depth: int) -> None:
    """Refuse what is no JSON (RFC 8259) or would break a reader of it.

    That is: nesting past ``max_depth``, numbers that are none (``NaN``, ``1e999``) or
    that have thousands of digits, half characters (lone surrogates).

    Raises
    ------
    Refused
        When it is so.
    """
    if _depth(body, max_depth) > max_depth:
        raise Refused(problem_of(400, "depth", limit=max_depth))
    try:
        text = body.decode("utf-8")
        parsed = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        if "\\u" in text:
            json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    except ValueError as error:  # UnicodeError and JSONDecodeError are ones
        raise Refused(problem_of(400, "json")) from error


def _depth(body: bytes, limit: int) -> int:
    """Count how deep brackets go, outside strings; stop counting past ``limit``."""
    depth = deepest = 0
    for match in _brackets().finditer(body):
        mark = match.group()
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > limit:
                break
        elif mark in b"]}":
            depth -= 1
    return deepest


@cache
def _brackets() -> re.Pattern[bytes]:
    # A string is skipped whole; one that never ends is skipped to the end.
    return re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("no finite number")
    return value
