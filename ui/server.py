"""Serving the page: a port taken at once, an address said once it answers, a clean stop."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aseqa.errors import BadSettings
from aseqa.messages import message

if TYPE_CHECKING:
    from fastapi import FastAPI

_POLL_S = 0.05
_GRACE_S = 2
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def take_port(host: str, port: int) -> socket.socket:
    """Bind ``host:port`` before anything slow is done; 0 takes any free port.

    Raises
    ------
    BadSettings
        When the port is taken, or the host is no address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Two programs may bind one port; only one may listen.
        listener.listen()
    except socket.gaierror as error:
        listener.close()
        raise BadSettings(message("chat_host_unknown", host=host)) from error
    except (OSError, OverflowError) as error:
        listener.close()
        raise BadSettings(_refusal(host, port, error)) from error
    return listener


def _refusal(host: str, port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRNOTAVAIL:
        return message("chat_host_unknown", host=host)
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return message("chat_port_taken", host=host, port=port)
    return message("chat_port_refused", host=host, port=port)


def address_of(listener: socket.socket) -> str:
    """Give the address to type into a browser."""
    host, port = listener.getsockname()[:2]
    host = _EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run_server(
    application: FastAPI, listener: socket.socket, end_streams: Callable[[], None]
) -> None:
    """Serve until Ctrl-C or SIGTERM; write the address once the page answers.

    ``end_streams`` is called at the stop: open pages hold their streams for ever.
    """
    import uvicorn

    settings = uvicorn.Config(
        application, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE_S
    )
    server = uvicorn.Server(settings)
    logging.getLogger("uvicorn.error").addFilter(without_words)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    with _stop_requested() as stop:
        thread.start()
        while not (server.started or stop.is_set()) and thread.is_alive():
            stop.wait(_POLL_S)
        if server.started:
            _announce(address_of(listener))
        while thread.is_alive() and not stop.wait(timeout=1.0):
            pass
        end_streams()
        # Requests cut short are what a stop is; uvicorn would trace each one.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        server.should_exit = True
        thread.join(timeout=2 * _GRACE_S)


def without_words(record: logging.LogRecord) -> bool:
    """Keep of a failure where it happened and its kind: its words may be a reader's."""
    if record.exc_info and record.exc_info[1] is not None:
        error, trace = record.exc_info[1], record.exc_info[2]
        record.msg = f"{type(error).__name__}\n{''.join(traceback.format_tb(trace))}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def _announce(address: str) -> None:
    sys.stdout.write(message("chat_address_line", address=address) + "\n")
    sys.stdout.flush()


@contextmanager
def _stop_requested() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C and SIGTERM set; the old handlers come back after."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    former = {number: signal.getsignal(number) for number in _STOP_SIGNALS}
    for number in _STOP_SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
