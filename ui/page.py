"""The page around Gradio's: French from its first byte, and silent about other hosts.

Gradio writes ``<html lang="en">`` and picks its own words by the browser's
language; its page also names addresses for link previews. This is ASGI, so that
it needs no import of Gradio.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from aseqa.messages import message

# What the page's script says by itself (see assets/chat.js).
_SCRIPT_WORDS = (
    *("searching", "lost", "reconnecting", "trouble"),
    *("copy", "copied", "copy_failed", "log", "source"),
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_LANGUAGE = re.compile(rb'<html(\s+)lang="en"')
_PREVIEW = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*?/>', re.DOTALL)
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
        await self.app(scope, receive, _Rewriter(send))


class _Rewriter:
    """Holds one response back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            self.start = event
            return
        self.body += event.get("body", b"")
        if event.get("more_body", False):
            return
        body = french_page(self.body)
        headers = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
        self.start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def french_page(body: bytes) -> bytes:
    """Make Gradio's page say that it is French, and drop the previews' addresses."""
    body = _LANGUAGE.sub(rb'<html\1lang="fr"', body, count=1)
    body = _PREVIEW.sub(b"", body)
    return body.replace(b"<head>", b"<head>" + _FRENCH, 1)


def head_html(script: str) -> str:
    """Write the page's script with the words that it says; a ``<`` in them closes nothing."""
    words = {name: message(f"chat_{name}") for name in _SCRIPT_WORDS}
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>window.aseqaWords = {data};\n{script}</script>"
