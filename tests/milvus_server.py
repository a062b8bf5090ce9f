"""A real Milvus server for the tests: the standalone 2.3.5 that a Python package carries.

As a program it starts the server of a folder and prints its port; ended with its group.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


class MilvusProcess:
    """Starts, pauses and kills one server; its data stay in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def store(self) -> str:
        return f"milvus://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it says that it is ready."""
        command = [sys.executable, __file__, str(self.folder), str(self.port)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        """End it at once: it takes minutes to follow a polite request."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
            while self._is_open():
                pass

    def _is_open(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, number)


def main(folder: str, port: str) -> None:
    from milvus import MilvusServer, MilvusServerConfig

    class Config(MilvusServerConfig):
        def try_bind_port(self, port: int) -> socket.socket | None:
            """Take a port again that was in use a moment ago."""
            try:
                return socket.create_server(("127.0.0.1", port))
            except OSError:
                return None

    server = MilvusServer(Config(), proxy_port=int(port))
    server.set_base_dir(folder)
    server.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
