"""Whom a request says it is for, and whose page it comes from.

A page of another site can make a browser call this server, by a form or under a
name that it points at the loopback (DNS rebinding: Jackson et al., "Protecting
browsers from DNS rebinding attacks", 2007). The ``Host``, ``Origin`` and
``Sec-Fetch-*`` headers, which no page can set, tell.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that the server answers to; ``any_address`` adds every bare IP address.

    Rebinding takes a name: an address in digits always leads where it says.
    """

    names: frozenset[str]
    any_address: bool = False


def hosts_for(host: str, others: Iterable[str] = ()) -> Hosts:
    """Give the names that a server bound to ``host`` answers to, and ``others``.

    Examples
    --------
    >>> sorted(hosts_for("127.0.0.1").names)
    ['127.0.0.1', '::1', 'localhost']
    """
    names = LOOPBACK_NAMES | {host.lower()} | {other.lower() for other in others}
    if host in EVERYWHERE:
        return Hosts(names | {socket.gethostname().lower()}, any_address=True)
    return Hosts(names)


def is_loopback(host: str) -> bool:
    """Tell whether an address is that of this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_expected(header: str | None, hosts: Hosts) -> bool:
    """Tell whether a ``Host`` header names this server."""
    match = _host_pattern().fullmatch(header or "")
    if match is None:
        return False
    name = (match["v6"] or match["name"]).lower()
    return name in hosts.names or (hosts.any_address and _is_address(name))


def is_own_page(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a page of this server, or from no page at all.

    ``headers`` have names in lower case. Opening a page from elsewhere is allowed.
    """
    origin = headers.get("origin")
    if origin is not None and not _is_same(origin, headers.get("host", "")):
        return False
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    opened = headers.get("sec-fetch-mode") == "navigate"
    return opened and method in SAFE_METHODS and headers.get("sec-fetch-dest") == "document"


def _is_same(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _host_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9._-]{1,253}))(?::[0-9]{1,5})?"
    )
