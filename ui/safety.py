"""The doorkeeper of every request, and what every response tells the browser to refuse.

Order: the host, the page that asks, closed addresses, the rate, the body. ASGI,
outside all else, so that Gradio's own routes are behind it too.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from aseqa_ui.bodies import check_json, read_body, replay, too_large
from aseqa_ui.hosts import SAFE_METHODS, Hosts, is_expected, is_own_page
from aseqa_ui.limits import Limits, TokenBuckets, client_key
from aseqa_ui.page import Application, Message, Receive, Send
from aseqa_ui.problems import Refused, later, problem_of, send_problem

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
BYTES = "application/octet-stream"
LARGE_PATHS = (
    "/api/verify", "/mcp", "/mcp/", "/dossier/export", "/dossier/rerun", "/documents/taken",
    "/evaluation/run",
)  # fmt: skip
# Gradio's own takes nothing (see ``app``), ours one file as it is.
OWN_UPLOAD = "/documents/files"
UPLOAD_PATHS = ("/gradio_api/upload", "/gradio_api/upload/", OWN_UPLOAD)
FORM_PATHS = ("/login", "/logout")
# Routes of Gradio's that the page does not need: they open paths, fetch addresses, or write code.
CLOSED = (
    "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream/", "/gradio_api/vibe",
    "/gradio_api/undo-vibe", "/gradio_api/dev/", "/gradio_api/deep_link", "/gradio_api/component",
    "/gradio_api/custom_component", "/gradio_api/process_recording", "/gradio_api/run-history",
    "/gradio_api/runs", "/gradio_api/profiling", "/gradio_api/token", "/monitoring", "/svelte",
    "/pwa_icon", "/custom_component",
)  # fmt: skip
# Gradio believes these from anybody; what a proxy says of the client, uvicorn has checked.
_DROPPED = (b"x-forwarded-host", b"x-direct-url")

# What Gradio's page needs: it builds functions of its events' scripts ('unsafe-eval') and
# writes style attributes ('unsafe-inline', for styles alone).
PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'{hashes} 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    # Not "no-referrer": a form of ours would then say that it comes from nowhere.
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_KEPT = ("/assets/", "/static/")


class Guard:
    """ASGI middleware: refuses what no reader sends, and adds the headers of safety."""

    def __init__(self, app: Application, hosts: Hosts, limits: Limits, head: str = "") -> None:
        self.app, self.hosts, self.limits = app, hosts, limits
        self.hashes = script_hashes(head)
        self.buckets = TokenBuckets(limits.per_minute, limits.burst)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks by one
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["aseqa_nonce"] = secrets.token_urlsafe(18)
        guarded = _Headers(scope, send, self.hashes)
        try:
            received = await self._admitted(scope, receive)
        except Refused as refusal:
            await send_problem(refusal.problem, scope, guarded)
            return
        await self.app(scope, received, guarded)

    async def _admitted(self, scope: Message, receive: Receive) -> Receive:
        request = _Request.of(scope)
        if request.hosts != 1 or not is_expected(request.headers.get("host"), self.hosts):
            raise Refused(problem_of(421, "host"))
        if not is_own_page(request.method, request.headers):
            raise Refused(problem_of(403, "origin"))
        if request.path.startswith(CLOSED):
            raise Refused(problem_of(404, "closed"))
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _DROPPED]
        self._check_rate(scope, request)
        if request.method in SAFE_METHODS:
            return receive
        return await self._checked_body(request, receive)

    def _check_rate(self, scope: Message, request: _Request) -> None:
        if request.method in SAFE_METHODS and not request.path.startswith("/api"):
            return
        client = scope.get("client") or ("", 0)
        wait_s = self.buckets.take(client_key(client[0]))
        if wait_s:
            raise Refused(later(429, "rate", wait_s))

    async def _checked_body(self, request: _Request, receive: Receive) -> Receive:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _kind_expected(request.path):
            raise Refused(problem_of(415, "content_type"))
        limit = self._limit(request.path)
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and announced.isascii() and int(announced[:18]) > limit:
            raise Refused(too_large(limit))
        if kind in (FILES, BYTES):
            if not announced:
                raise Refused(problem_of(411, "length"))
            return receive
        body = await read_body(receive, limit, self.limits.body_timeout_s)
        if kind == JSON:
            check_json(body, self.limits.json_depth)
        return replay(body, receive)

    def _limit(self, path: str) -> int:
        if path in UPLOAD_PATHS:
            return self.limits.upload_bytes
        return self.limits.answer_bytes if path in LARGE_PATHS else self.limits.body_bytes


def script_hashes(head: str) -> str:
    """Give the words by which the browser knows the scripts of ``head``, which Gradio adds late.

    Examples
    --------
    >>> script_hashes("<script>1</script>")
    " 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    scripts = [part.partition("</script>")[0] for part in head.split("<script>")[1:]]
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _kind_expected(path: str) -> str:
    if path in UPLOAD_PATHS:
        return BYTES if path == OWN_UPLOAD else FILES
    return FORM if path in FORM_PATHS else JSON


@dataclass(frozen=True, slots=True)
class _Request:
    """What the doorkeeper looks at: ``hosts`` counts the ``Host`` headers."""

    method: str
    path: str
    headers: dict[str, str]
    hosts: int

    @classmethod
    def of(cls, scope: Message) -> _Request:
        pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in
                 scope["headers"]]  # fmt: skip
        count = sum(name == "host" for name, _ in pairs)
        return cls(scope["method"], scope["path"], dict(pairs), count)


class _Headers:
    """Adds the headers of safety to one response."""

    def __init__(self, scope: Message, send: Send, hashes: str) -> None:
        self._scope, self._send, self._hashes = scope, send, hashes

    async def __call__(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            event["headers"] = self._with_safety(list(event.get("headers", ())))
        await self._send(event)

    def _with_safety(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        held = {name.lower() for name, _ in headers}
        page = dict(headers).get(b"content-type", b"").startswith(b"text/html")
        nonce = self._scope["aseqa_nonce"]
        policy = PAGE_POLICY.format(nonce=nonce, hashes=self._hashes) if page else DATA_POLICY
        added = [*_HEADERS, (b"content-security-policy", policy.encode())]
        if not self._scope["path"].startswith(_KEPT):
            added.append((b"cache-control", b"no-store"))
        return headers + [pair for pair in added if pair[0] not in held]
