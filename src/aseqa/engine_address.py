"""Where a search index is kept: on this machine, in an embedded Milvus, on a Milvus server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from aseqa.errors import BadSettings
from aseqa.messages import message

FAISS, EMBEDDED, SERVER = "faiss", "milvus+file", "milvus"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\]"
MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """A kind of store and its place: a folder for an embedded one, ``host:port`` for a server."""

    kind: str
    place: str = ""

    def __str__(self) -> str:
        return {EMBEDDED: f"{EMBEDDED}:{self.place}", SERVER: f"{SERVER}://{self.place}"}.get(
            self.kind, FAISS
        )


LOCAL = Address(FAISS)


def read_address(text: str) -> Address:
    """Read ``faiss``, ``milvus+file:PATH`` or ``milvus://host:port``.

    Raises
    ------
    BadSettings
        When it is none of these.

    Examples
    --------
    >>> read_address("milvus://localhost:19530").place
    'localhost:19530'
    """
    kind, colon, place = text.strip().partition(":")
    if kind == FAISS and not colon:
        return LOCAL
    if kind == EMBEDDED and _is_path(place):
        return Address(EMBEDDED, str(Path(place).expanduser().absolute()))
    if kind == SERVER and place.startswith("//"):
        return Address(SERVER, _server(place.removeprefix("//"), text))
    raise BadSettings(message("store_unknown", store=text))


def _is_path(place: str) -> bool:
    return bool(place.strip("/\\ .")) and "\0" not in place and not place.startswith("//")


def _server(place: str, text: str) -> str:
    if "@" in place:
        raise BadSettings(message("store_password"))
    found = re.fullmatch(rf"({_HOST}):([0-9]{{1,5}})", place)
    if not found or not 0 < int(found[2]) <= MAX_PORT:
        raise BadSettings(message("store_server_wrong", store=text))
    return f"{found[1]}:{int(found[2])}"
