"""The only place that speaks to Milvus: calls with a deadline, few retries, errors in French."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aseqa.engine import StoreUnreachable
from aseqa.engine_address import EMBEDDED, Address
from aseqa.errors import BackendMissing, BadSettings, IndexBusy, IndexMismatch
from aseqa.messages import message

# One question to the server, retries included; then whoever asked is told.
DEADLINE_S = 4.0
# Writing, and making a collection ready to be searched.
WRITING_DEADLINE_S = 60.0
FIRST_PAUSE_S = 0.1
# What the server says of a collection that it does not hold.
_COLLECTION_GONE = 100
# Above this, the request itself is at fault: asking again would not help.
_REFUSED = 1100
_LOCK_NAME = "LOCK"
_LOGGERS = ("pymilvus", "pymilvus.milvus_client", "pymilvus.bulk_writer", "milvus_lite", "grpc")

_log = logging.getLogger(__name__)
_embedded: dict[str, tuple[Any, Any, int, int]] = {}
_embedded_guard = threading.Lock()


class CollectionGoneError(Exception):
    """The server holds no such collection; for the caller to put into words."""


class MilvusConnection:
    """Calls one Milvus; connects when first needed, and again after a failure."""

    def __init__(self, address: Address, deadline_s: float = DEADLINE_S) -> None:
        self.address = address
        self._deadline_s = deadline_s
        self._library = _library(address)
        self._client: Any = None
        self._guard = threading.RLock()
        self._address = _hold_embedded(Path(address.place)) if address.kind == EMBEDDED else None

    def close(self) -> None:
        """End the connection, and the embedded engine with its last connection."""
        self._drop()
        if self._address is not None:
            self._address = None
            _release_embedded(Path(self.address.place))

    def call(self, method: str, *args: Any, deadline_s: float | None = None, **named: Any) -> Any:
        """Call a method of the client, again for a while when the server does not answer.

        Raises
        ------
        StoreUnreachable
            When it did not within the deadline.
        CollectionGoneError
            When it holds no such collection.
        IndexMismatch
            When it refuses the request.
        """
        end = time.monotonic() + (deadline_s or self._deadline_s)
        pause = FIRST_PAUSE_S
        while True:
            left = end - time.monotonic()
            try:
                return getattr(self._connected(left), method)(*args, timeout=left, **named)
            except self._faults() as fault:
                self._tell(fault)
                _log.info("Milvus at %s did not answer %s: %s", self.address, method, fault)
                if time.monotonic() + pause >= end:
                    raise StoreUnreachable(self._away()) from fault
            self._drop()
            time.sleep(pause)
            pause *= 2

    def make(self, name: str, *args: Any, **named: Any) -> Any:
        """Make what the library describes collections with: a schema, index parameters."""
        return getattr(self._library.MilvusClient, name)(*args, **named)

    def data_type(self, name: str) -> Any:
        return self._library.DataType[name]

    def version(self) -> str:
        return str(self.call("get_server_version"))

    def _faults(self) -> tuple[type[Exception], ...]:
        import grpc

        return (self._library.MilvusException, grpc.RpcError)

    def _connected(self, left: float) -> Any:
        with self._guard:
            if self._client is None:
                uri = f"http://{self._address or self.address.place}"
                self._client = self._library.MilvusClient(uri, timeout=left, dedicated=True)
            return self._client

    def _drop(self) -> None:
        with self._guard:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _tell(self, fault: Exception) -> None:
        """Raise what a second call would not mend."""
        code = getattr(fault, "code", None)
        if code == _COLLECTION_GONE:
            raise CollectionGoneError(str(fault)) from fault
        if isinstance(code, int) and code >= _REFUSED:
            told = message("milvus_refused", store=self.address, fault=one_line(fault))
            raise IndexMismatch(told) from fault

    def _away(self) -> str:
        seconds = f"{self._deadline_s:g}".replace(".", ",")
        return message("milvus_away", store=self.address, seconds=seconds)


def one_line(fault: Exception) -> str:
    """Give what a library says of a fault, on one line, not too long."""
    told = str(getattr(fault, "message", "") or fault)
    return " ".join(told.split())[:160]


def _library(address: Address) -> Any:
    """Import the client without its chatter: it tells every fault on standard error."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    # It would read settings from any .env file above its own folder.
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
    try:
        import pymilvus

        if address.kind == EMBEDDED:
            import milvus_lite.db  # noqa: F401
    except ModuleNotFoundError as error:
        told = message("milvus_library_missing", name=error.name, store=address)
        raise BackendMissing(told) from error
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    return pymilvus


def _hold_embedded(folder: Path) -> str:
    """Start the embedded engine of a folder, or count one more user of it; give its address."""
    with _embedded_guard:
        server, held, port, users = _embedded.get(str(folder)) or (*_start(folder), 0)
        _embedded[str(folder)] = (server, held, port, users + 1)
    return f"127.0.0.1:{port}"


def _release_embedded(folder: Path) -> None:
    with _embedded_guard:
        server, held, port, users = _embedded.pop(str(folder))
        if users > 1:
            _embedded[str(folder)] = (server, held, port, users - 1)
            return
        server.stop(grace=1).wait()
        held.close()


def _start(folder: Path) -> tuple[Any, Any, int]:
    from milvus_lite.adapter.grpc.server import start_server_in_thread
    from milvus_lite.exceptions import DataDirLockedError, MilvusLiteError

    _check_folder(folder)
    start: Callable[..., tuple[Any, Any, int]] = start_server_in_thread
    try:
        return start(str(folder))
    except DataDirLockedError as error:
        raise IndexBusy(message("milvus_file_busy", path=folder)) from error
    except (MilvusLiteError, OSError, ValueError, KeyError) as error:
        told = message("milvus_file_damaged", path=folder, fault=one_line(error))
        raise IndexMismatch(told) from error


def _check_folder(folder: Path) -> None:
    """Refuse a place that holds something else: nothing is written among other files."""
    taken = folder.exists() and not folder.is_dir()
    if folder.is_dir():
        taken = any(folder.iterdir()) and not (folder / _LOCK_NAME).is_file()
    if taken:
        raise BadSettings(message("milvus_file_taken", path=folder))
