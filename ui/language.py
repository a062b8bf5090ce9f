"""The language of a request: what the address asks for, then the cookie, then the browser.

Programs (``/api``, ``/mcp``) are answered by their ``Accept-Language`` alone: the same
request gets the same bytes, whatever a browser was told before. French where nothing says
otherwise, or where English is not preferred to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from aseqa.messages import LANGUAGES, language, speaking
from aseqa.messages_api import API
from aseqa_ui.page import Application, Message, Receive, Send

COOKIE = "aseqa_lang"
PARAMETER = "lang"
LASTS_S = 365 * 24 * 3600
PROGRAMS = ("/api", "/mcp", "/gradio_api/call/")
# A browser names a few; what comes after counts for nothing.
MAX_RANGES = 30


class Speaker:
    """ASGI middleware: speaks the reader's language, and remembers what the address asked for."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = "" if is_program(scope) else asked_in_address(scope)

        async def remember(event: Message) -> None:
            if event["type"] == "http.response.start":
                cookie = (b"set-cookie", set_cookie(asked, scope.get("scheme") == "https"))
                event["headers"] = [*event.get("headers", ()), cookie]
            await send(event)

        with speaking(language_of(scope)):
            await self.app(scope, receive, remember if asked else send)


def language_of(scope: Mapping[str, Any]) -> str:
    """Give the language to answer an ASGI request in, ``fr`` or ``en``."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    preferred = preferred_language(headers.get(b"accept-language", ""))
    if is_program(scope):
        return preferred
    return asked_in_address(scope) or remembered(headers.get(b"cookie", "")) or preferred


def language_heard(request: Any) -> str:
    """Give the language of the reader behind one of Gradio's events.

    Parameters
    ----------
    request
        Gradio's own request, around Starlette's; nothing where there is none.
    """
    scope = getattr(getattr(request, "request", None), "scope", None)
    return language_of(scope) if scope else LANGUAGES[0]


def is_program(scope: Mapping[str, Any]) -> bool:
    """Tell whether a request is for an interface for programs."""
    return str(scope["path"]).startswith(PROGRAMS)


def asked_in_address(scope: Mapping[str, Any]) -> str:
    """Give the language that ``?lang=…`` asks for, or nothing."""
    query = scope.get("query_string", b"").decode("latin-1")
    if f"{PARAMETER}=" not in query:
        return ""
    try:
        named = parse_qs(query, max_num_fields=100).get(PARAMETER, [""])[0]
    except ValueError:  # too many fields for an address of ours
        return ""
    return named if named in LANGUAGES else ""


def remembered(cookies: str) -> str:
    """Give the language that a ``Cookie`` header remembers, or nothing.

    Examples
    --------
    >>> remembered("a=b; aseqa_lang=en"), remembered("aseqa_lang=de")
    ('en', '')
    """
    for pair in cookies.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE and value in LANGUAGES:
            return value
    return ""


def set_cookie(code: str, is_https: bool) -> bytes:
    """Write the ``Set-Cookie`` header that remembers a language, and nothing else."""
    secure = "; Secure" if is_https else ""
    return f"{COOKIE}={code}; Path=/; Max-Age={LASTS_S}; HttpOnly; SameSite=Lax{secure}".encode()


def preferred_language(header: str) -> str:
    """Choose by an ``Accept-Language`` header (RFC 9110, 12.5.4): English when it comes first.

    Examples
    --------
    >>> preferred_language("en-GB,en;q=0.9,fr;q=0.8"), preferred_language("de, en;q=0.5, fr;q=0.5")
    ('en', 'fr')
    """
    weights: dict[str, float] = {}
    for part in header.split(",")[:MAX_RANGES]:
        name, _, weight = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        weights[code] = max(weights.get(code, 0.0), _weight(weight))
    other = weights.get("*", 0.0)
    french, english = (weights.get(code, other) for code in LANGUAGES)
    return "en" if english > french else "fr"


def _weight(parameter: str) -> float:
    """Give the quality value of ``q=0.8``; 1 where none is given, 0 where it is no number."""
    if not parameter.strip():
        return 1.0
    name, _, value = parameter.strip().lower().partition("=")
    digits = value.strip().replace(".", "", 1)
    if name.strip() != "q" or not (digits.isascii() and digits.isdecimal() and len(digits) < 6):
        return 0.0
    return min(1.0, float(value))


def spoken(record: Any) -> Any:
    """Put descriptions that were written in French, when the program began, into the language.

    What is no sentence of the programs' catalogue stays as it is.
    """
    if language() == "fr":
        return record
    from aseqa.english import ENGLISH

    return _put(record, {told: ENGLISH[key] for key, told in API.items()})


def _put(record: Any, words: Mapping[str, str]) -> Any:
    if isinstance(record, str):
        return words.get(record, record)
    if isinstance(record, Mapping):
        return {name: _put(value, words) for name, value in record.items()}
    if isinstance(record, list | tuple):
        return [_put(value, words) for value in record]
    return record
