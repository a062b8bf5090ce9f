"""The page around Gradio's: French from its first byte, and silent about other hosts.

Gradio writes ``<html lang="en">`` and picks its own words by the browser's
language; its page also names addresses for link previews. This is ASGI, so that
it needs no import of Gradio.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from aseqa.messages import message
from aseqa.messages_filters import page_words

# What the page's script says by itself (see assets/chat.js).
_SCRIPT_WORDS = (
    *("searching", "lost", "reconnecting", "trouble"),
    *("copy", "copied", "copy_failed", "link", "link_copied", "log", "source"),
)

# What the page's script calls, each of a file of its own; it comes after them.
_PARTS = ("filters.js", "history.js")
_ASSETS = Path(__file__).parent / "assets"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_LANGUAGE = re.compile(rb'<html(\s+)lang="en"')
_PREVIEW = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*?/>', re.DOTALL)
_SCRIPT = re.compile(rb"<script(?=[\s>])")
# Before Gradio's own scripts, which ask the browser for its language once.
_FRENCH = b"""<script>
for (const name of ["language", "languages"]) {
  const value = name === "language" ? "fr" : Object.freeze(["fr"]);
  Object.defineProperty(navigator, name, { get: () => value });
}
</script>"""


class FrenchPage:
    """ASGI middleware: rewrites the HTML pages, lets everything else through."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Rewriter(send, scope.get("aseqa_nonce", "")))


class _Rewriter:
    """Holds one response back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, nonce: str) -> None:
        self.send = send
        self.nonce = nonce
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
        body = french_page(self.body, self.nonce)
        headers = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
        self.start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def french_page(body: bytes, nonce: str = "") -> bytes:
    """Make Gradio's page say that it is French, and drop the previews' addresses.

    ``nonce`` is the word by which the browser knows the page's own scripts (see ``safety``).
    """
    body = _LANGUAGE.sub(rb'<html\1lang="fr"', body, count=1)
    body = _PREVIEW.sub(b"", body)
    body = body.replace(b"<head>", b"<head>" + _FRENCH, 1)
    return _SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), body) if nonce else body


def head_html(script: str) -> str:
    """Write the page's script with the words that it says; a ``<`` in them closes nothing."""
    words: dict[str, Any] = {name: message(f"chat_{name}") for name in _SCRIPT_WORDS}
    words["filters"] = page_words()
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    parts = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _PARTS)
    return f"<script>window.aseqaWords = {data};\n{parts}\n{script}</script>"
