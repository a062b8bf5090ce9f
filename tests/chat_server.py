"""A real chat server for the tests, and what a program says to it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"


@contextmanager
def serving(index: Path, *flags: str) -> Iterator[str]:
    """Run ``aseqa chat`` on a free port; give its address; it must stop without a word."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "aseqa", "chat", "--index", str(index), "--port", str(port)]
    server = subprocess.Popen(
        [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line == f"Adresse : http://127.0.0.1:{port}\n", server.communicate()[1]
        yield line.split()[-1]
    finally:
        server.send_signal(signal.SIGTERM)
        rest, errors = server.communicate(timeout=60)
    assert (server.returncode, rest, errors) == (0, "", "")


def call_api(address: str, question: str, k: int) -> dict[str, Any]:
    place = f"{address}/gradio_api/call/ask"
    body = json.dumps({"data": [question, k]}).encode()
    request = urllib.request.Request(place, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        event = json.load(response)["event_id"]
    with urllib.request.urlopen(f"{place}/{event}", timeout=60) as response:
        name, data = response.read().decode().strip().split("\n")[:2]
    found = json.loads(data.removeprefix("data: "))
    return {"answer": found[0]} if name == "event: complete" else {"error": found["error"]}
