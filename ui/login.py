"""The log-in page, and the gate that stands before all else where there are accounts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs

from aseqa_ui.page import Application, Message, Receive, Send
from aseqa_ui.passwords import MANAGER, Account
from aseqa_ui.plain_page import VIEWS, PlainPage, page_html
from aseqa_ui.problems import Refused, problem_of, said, send_problem
from aseqa_ui.safety import UPLOAD_PATHS
from aseqa_ui.sessions import ACCOUNT, OPEN, Entry, cookie_value, set_cookie

LOGIN, LOGOUT = "/login", "/logout"
# Where a client may send a name and a password; elsewhere a browser would ask by a box of its own.
PROGRAMS = ("/api", "/mcp", "/gradio_api/call/")

_FORM = (
    '<form class="aq-login" method="post" action="/login"><h1>{heading}</h1>{fault}'
    '<label>{name}<input name="username" autocomplete="username" required autofocus></label>'
    '<label>{password}<input name="password" type="password" autocomplete="current-password" '
    'required></label><button class="aq-primary" type="submit">{button}</button></form>'
)


def login_html(scope: Message, fault: str = "") -> str:
    """Write the page that asks for a name and a password; ``fault`` is why again."""
    words = {
        name: escape(said(f"api_login_{name}"))
        for name in ("heading", "name", "password", "button")
    }
    told = f'<p role="alert">{escape(fault)}</p>' if fault else ""
    page = PlainPage("login", said("api_login_title"), _FORM.format(fault=told, **words))
    return page_html(page, scope)


class Gate:
    """ASGI middleware: lets in those who have an account, and says who they are.

    Without an ``entry`` everybody is let in; ``is_open`` then tells whether everybody
    may also manage the documents.
    """

    def __init__(self, app: Application, entry: Entry | None, is_open: bool) -> None:
        self.app, self.entry, self.is_open = app, entry, is_open

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self._pass(scope, receive, send)
        except Refused as refusal:
            await send_problem(refusal.problem, scope, send)

    async def _pass(self, scope: Message, receive: Receive, send: Send) -> None:
        if self.entry:
            if scope["path"] in (LOGIN, LOGOUT):
                await self._log(self.entry, scope, receive, send)
                return
            account = await _account(self.entry, scope)
            if account is None and scope["path"] in VIEWS.values():
                await _redirect(LOGIN, send)
                return
            if account is None:
                raise Refused(problem_of(401, "password", _challenge(scope["path"])))
            scope[ACCOUNT] = account
        scope[OPEN] = self.entry is None and self.is_open
        if scope["path"] in UPLOAD_PATHS and not _manages(scope):
            raise Refused(problem_of(403, "role"))
        await self.app(scope, receive, send)

    async def _log(self, entry: Entry, scope: Message, receive: Receive, send: Send) -> None:
        is_https = scope.get("scheme") == "https"
        if scope["method"] != "POST":
            if scope["path"] == LOGOUT:
                raise Refused(problem_of(405, "method", {"Allow": "POST"}))
            await _page(200, login_html(scope), send)
            return
        if scope["path"] == LOGOUT:
            entry.sessions.drop(cookie_value(_headers(scope)))
            await _redirect(LOGIN, send, set_cookie("", is_https))
            return
        body = (await receive()).get("body", b"")  # whole: the guard has read it
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4)
        name, password = (fields.get(key, [""])[0] for key in ("username", "password"))
        try:
            account = await entry.check(name, password, _address(scope))
        except Refused as refusal:
            await _page(
                429, login_html(scope, refusal.problem.detail), send, refusal.problem.headers
            )
            return
        if account is None:
            await _page(401, login_html(scope, said("api_login_wrong")), send)
            return
        await _redirect("/", send, set_cookie(entry.open_session(account), is_https))


async def _account(entry: Entry, scope: Message) -> Account | None:
    headers = _headers(scope)
    account = entry.sessions.get(cookie_value(headers))
    if account is None and "authorization" in headers:
        return await entry.basic(headers["authorization"], _address(scope))
    return account


def _manages(scope: Message) -> bool:
    account = scope.get(ACCOUNT)
    return account.role == MANAGER if isinstance(account, Account) else bool(scope[OPEN])


def _challenge(path: str) -> dict[str, str]:
    asked = 'Basic realm="aseqa", charset="UTF-8"'
    return {"WWW-Authenticate": asked} if path.startswith(PROGRAMS) else {}


def _headers(scope: Message) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _address(scope: Message) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


async def _page(
    status: int, html: str, send: Send, headers: Mapping[str, str] | None = None
) -> None:
    body = html.encode()
    pairs = [(b"content-type", b"text/html; charset=utf-8")]
    pairs.append((b"content-length", str(len(body)).encode()))
    pairs += [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def _redirect(place: str, send: Send, cookie: str = "") -> None:
    pairs = [(b"location", place.encode()), (b"content-length", b"0")]
    if cookie:
        pairs.append((b"set-cookie", cookie.encode()))
    await send({"type": "http.response.start", "status": 303, "headers": pairs})
    await send({"type": "http.response.body", "body": b""})
