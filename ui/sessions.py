"""Who a request comes from: a session's cookie, or a name and a password (HTTP Basic)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from asyncio import Semaphore, to_thread
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from aseqa_ui.limits import Lockout, client_key
from aseqa_ui.passwords import MANAGER, Account, Accounts
from aseqa_ui.problems import Refused, later

COOKIE = "aseqa_session"
SESSION_S = 12 * 3600.0
MAX_SESSIONS = 1000
MAX_PASSWORD_CHARS = 1024
_CHECKED_S = 300.0
# What the guard leaves in the scope of a request; ``may_manage`` reads it.
ACCOUNT, OPEN = "aseqa_account", "aseqa_open"


def may_manage(request: Any) -> bool:
    """Tell whether who sent ``request`` may add and delete documents.

    With accounts, those of the role ``gestion`` may; without, whoever sits at this
    machine, when the server listens on the loopback alone.

    Parameters
    ----------
    request
        A request of Starlette's, FastAPI's or Gradio's.
    """
    inner = getattr(request, "request", None) or request
    scope: Mapping[str, Any] = getattr(inner, "scope", None) or {}
    account = scope.get(ACCOUNT)
    if isinstance(account, Account):
        return account.role == MANAGER
    return scope.get(OPEN) is True


class Held:
    """Secrets that stand for accounts for a while; only their digests are kept."""

    def __init__(self, lasts_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lasts_s, self._clock = lasts_s, clock
        self._key = secrets.token_bytes(32)
        self._held: OrderedDict[bytes, tuple[Account, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def _digest(self, secret: str) -> bytes:
        # Keyed, so that how long a look-up takes says nothing of a secret.
        return hmac.digest(self._key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256)

    def put(self, secret: str, account: Account) -> None:
        self._held[self._digest(secret)] = (account, self._clock() + self._lasts_s)
        if len(self._held) > MAX_SESSIONS:
            self._held.popitem(last=False)

    def get(self, secret: str) -> Account | None:
        digest = self._digest(secret)
        account, until = self._held.get(digest, (None, 0.0))
        if account and self._clock() >= until:
            del self._held[digest]
            return None
        return account

    def drop(self, secret: str) -> None:
        self._held.pop(self._digest(secret), None)


class Entry:
    """Checks names and passwords, and keeps the sessions of those who got in."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts = accounts
        self.sessions = Held(SESSION_S, clock)
        self._checked = Held(_CHECKED_S, clock)
        self._clients = Lockout(10, clock=clock)
        self._names = Lockout(20, clock=clock)
        # Each check takes 16 MiB and a twentieth of a second: two at a time.
        self._turn = Semaphore(2)

    async def check(self, name: str, password: str, address: str) -> Account | None:
        """Give the account of a name and its password, None when they do not go together.

        Raises
        ------
        Refused
            After too many failures of this client, or with this name.
        """
        if len(name) > MAX_PASSWORD_CHARS or len(password) > MAX_PASSWORD_CHARS:
            return None
        client = client_key(address)
        self._raise_when_locked(client, name)
        both = f"{len(name)}:{name}:{password}"
        known = self._checked.get(both)
        if known:
            return known
        async with self._turn:
            # Those who waited here together count together.
            self._raise_when_locked(client, name)
            account = await to_thread(self._accounts.check, name, password)
        if account is None:
            self._clients.fail(client)
            self._names.fail(name)
            return None
        self._clients.forget(client)
        self._names.forget(name)
        self._checked.put(both, account)
        return account

    def _raise_when_locked(self, client: str, name: str) -> None:
        wait_s = max(self._clients.wait_s(client), self._names.wait_s(name))
        if wait_s:
            raise Refused(later(429, "locked", wait_s))

    async def basic(self, header: str, address: str) -> Account | None:
        """Give the account of an ``Authorization: Basic`` header (RFC 7617, in UTF-8)."""
        scheme, _, coded = header.partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = base64.b64decode(coded, validate=True).decode().partition(":")
        except ValueError:
            return None
        return await self.check(name, password, address) if colon else None

    def open_session(self, account: Account) -> str:
        """Begin a session; give the secret for its cookie."""
        secret = secrets.token_urlsafe(32)
        self.sessions.put(secret, account)
        return secret


def cookie_value(headers: Mapping[str, str]) -> str:
    """Give the session's secret that a ``Cookie`` header holds, or nothing.

    Examples
    --------
    >>> cookie_value({"cookie": "a=b; aseqa_session=x1"})
    'x1'
    """
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def set_cookie(secret: str, is_https: bool) -> str:
    """Write the ``Set-Cookie`` header that begins a session; an empty secret ends it."""
    lasts = int(SESSION_S) if secret else 0
    secure = "; Secure" if is_https else ""
    return f"{COOKIE}={secret}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}"
