"""The page around Gradio's: in the reader's language from its first byte, silent about others.

Gradio builds its page once, writes ``<html lang="en">`` and picks its own words by the
browser's language; its page also names addresses for link previews. This is ASGI, so that
it needs no import of Gradio.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from aseqa.messages import language, message, words_of

# What the page's script says by itself (see assets/chat.js).
_SCRIPT_WORDS = (
    *("searching", "lost", "reconnecting", "trouble"),
    *("copy", "copied", "copy_failed", "link", "link_copied", "log", "source"),
)

# What the page's script calls, each of a file of its own; it comes after them.
_PARTS = ("language.js", "copying.js", "filters.js", "history.js", "source.js", "source_pages.js")
_ASSETS = Path(__file__).parent / "assets"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_CONFIG = b"window.gradio_config = "
# As Gradio escapes what stands in a script.
_UNSAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'\u2028\u2029"})
# Before Gradio's own scripts, which ask the browser for its language once.
_NAVIGATOR = """<script>
for (const name of ["language", "languages"]) {
  const value = name === "language" ? "%s" : Object.freeze(["%s"]);
  Object.defineProperty(navigator, name, { get: () => value });
}
</script>"""


@cache
def _patterns() -> Mapping[str, re.Pattern[bytes]]:
    return {
        "language": re.compile(rb'<html(\s+)lang="en"'),
        "preview": re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*?/>', re.DOTALL),
        "script": re.compile(rb"<script(?=[\s>])"),
    }


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a language puts in the place of the first one's: ``props`` of each of the parts."""

    title: str
    head: str
    props: Sequence[Mapping[str, Any]]


class SpokenPage:
    """ASGI middleware: rewrites the HTML page, lets everything else through.

    The application's state may hold ``page_words``, a ``PageWords`` for each language
    that the page was not built in.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        told = getattr(getattr(scope.get("app"), "state", None), "page_words", {})
        nonce = scope.get("aseqa_nonce", "")
        await self.app(scope, receive, _Rewriter(send, nonce, told.get(language())))


class _Rewriter:
    """Holds one response back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, nonce: str, words: PageWords | None) -> None:
        self.send, self.nonce, self.words = send, nonce, words
        self.start: Message = {}
        self.body = b""

    async def __call__(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            self.start = event
            return
        if event["type"] != "http.response.body":
            await self.send(event)
            return
        self.body += event.get("body", b"")
        if event.get("more_body", False):
            return
        body = spoken_page(self.body, self.nonce, self.words)
        headers = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
        self.start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def spoken_page(body: bytes, nonce: str = "", words: PageWords | None = None) -> bytes:
    """Make Gradio's page say its language, speak it, and drop the previews' addresses.

    ``nonce`` is the word by which the browser knows the page's own scripts (see ``safety``).
    """
    code = language().encode()
    patterns = _patterns()
    body = patterns["language"].sub(rb'<html\1lang="%s"' % code, body, count=1)
    body = patterns["preview"].sub(b"", body)
    body = body.replace(b"<head>", b"<head>" + _NAVIGATOR.encode() % (code, code), 1)
    if words:
        body = _with_words(body, words)
    script = b'<script nonce="%s"' % nonce.encode()
    return patterns["script"].sub(lambda _: script, body) if nonce else body


def _with_words(body: bytes, words: PageWords) -> bytes:
    """Put a language's words into the description from which Gradio draws the page."""
    before, found, rest = body.partition(_CONFIG)
    if not found:  # a page of another kind, which says what went wrong
        return body
    text = rest.decode("utf-8")
    config, end = json.JSONDecoder().raw_decode(text)
    for part, props in zip(config["components"], words.props, strict=True):
        part["props"] = dict(props)
    config["title"], config["head"] = words.title, words.head
    told = json.dumps(config, ensure_ascii=False).translate(_UNSAFE)
    return before + found + (told + text[end:]).encode()


def head_html(script: str) -> str:
    """Write the page's script with the words that it says; a ``<`` in them closes nothing."""
    words: dict[str, Any] = {name: message(f"chat_{name}") for name in _SCRIPT_WORDS}
    words["filters"] = words_of("filters_page_")
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    parts = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _PARTS)
    return f"<script>window.aseqaWords = {data};\n{parts}\n{script}</script>"


def language_link() -> str:
    """Write the link to the page in the other language, by that language's own name."""
    other = "fr" if language() == "en" else "en"
    name, title = escape(message("chat_language")), escape(message("chat_language_switch"))
    return (
        f'<a class="aq-language" href="?lang={other}" lang="{other}" hreflang="{other}">'
        f'<span class="aq-language-name" title="{title}">{name}</span>'
        f'<span class="aq-language-code" aria-hidden="true">{other.upper()}</span></a>'
    )
