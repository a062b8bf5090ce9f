"""The process that changes the index (see ``indexing``): started, spoken to, killed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO, Any, cast

_END_S = 10.0


class Killed(Exception):
    """The process was killed on purpose; the index is as it was before the command."""


class Died(Exception):
    """The process ended by itself in the middle of a command."""


class Worker:
    """One process at a time, kept from one command to the next; for one thread's commands."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._is_killed = False

    def call(self, command: Mapping[str, Any], told: Callable[[list[Any]], None]) -> dict[str, Any]:
        """Have a command done; ``told`` gets its progress: files done, files in all, a source.

        Raises
        ------
        Killed, Died
            When the process ends first.
        """
        commands, answers = self._started()
        try:
            commands.write(json.dumps(command) + "\n")
            commands.flush()
            for line in answers:
                record: dict[str, Any] = json.loads(line)
                if "progress" not in record:
                    return record
                told(record["progress"])
        except OSError:
            pass  # it is gone: told below
        with self._lock:
            was_killed = self._is_killed
        self.end()
        raise Killed if was_killed else Died

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with self._lock:
            if self._process:
                self._is_killed = True
                self._process.kill()

    def end(self) -> None:
        """Let the process end, as it has nothing more to do."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # nobody read what was still to be written
                if pipe:
                    pipe.close()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _started(self) -> tuple[IO[str], IO[str]]:
        with self._lock:
            process = self._process
            if process is None:
                # Not the folder that the server was started in: its files are no modules.
                command = [sys.executable, "-P", "-m", "aseqa_ui.indexing"]
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                )
                self._is_killed, self._process = False, process
        return cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
