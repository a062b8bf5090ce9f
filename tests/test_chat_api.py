"""The web chat's server for programs, its documentation, and what it says when it cannot start."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import QUESTION, call_api, serving

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
DOCS = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.fixture(scope="module")
def answer(address: str) -> dict[str, Any]:
    """What the server's API says to the same question."""
    return call_api(address, QUESTION, 3)["answer"]


def test_programs_get_the_json_of_the_contract(answer: dict[str, Any], seeds_index: Path) -> None:
    command = [sys.executable, "-m", "aseqa", "ask", QUESTION, "--json"]
    ran = subprocess.run(
        [*command, "--index", str(seeds_index)], capture_output=True, text=True, check=True
    )
    expected = json.loads(ran.stdout)
    assert any("plus de 11 000 mineurs" in quote["text"] for quote in answer["quotes"])
    for quote in answer["quotes"]:
        text = (SEEDS / quote["source"]).read_text(encoding="utf-8")
        assert text[quote["start"] : quote["end"]] == quote["text"]
    assert {**answer, "timings_ms": None} == {**expected, "timings_ms": None}


@pytest.mark.parametrize(
    ("question", "k", "error"),
    [
        (" ", 3, "La question est vide."),
        (QUESTION, 0, "Le nombre de citations va de 1 à 20."),
        ("x" * 1001, 3, "La question compte 1001 caractères ; la limite est de 1000. "),
    ],
)
def test_programs_are_told_what_is_wrong(address: str, question: str, k: int, error: str) -> None:
    assert call_api(address, question, k)["error"].startswith(error)


def test_the_documents_examples_run(address: str) -> None:
    [code] = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(code.replace(SHOWN, address), {})
    assert "plus de 11 000 mineurs" in told.getvalue()


@pytest.mark.parametrize(
    ("number", "key", "value"),
    [
        (0, "n_documents", 7),
        (1, "status", "answered"),
        (2, "understood", f"{QUESTION.removesuffix(' ?')} en Belgique ?".replace("'", "’")),
    ],
)
def test_the_command_lines_shown_run(address: str, number: int, key: str, value: Any) -> None:
    commands = re.findall(r"```sh\n(curl .*?)\n```", DOCS)
    assert len(commands) == 3
    _, _, place, *rest = shlex.split(commands[number].replace(SHOWN, address))
    flags = dict(zip(rest[::2], rest[1::2], strict=True))
    headers = dict([flags["-H"].split(": ")]) if flags else {}
    body = flags["-d"].encode() if flags else None
    with urllib.request.urlopen(urllib.request.Request(place, body, headers)) as response:
        record = json.load(response)
    assert record[key] == value


def test_a_taken_port_is_said(seeds_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [
                sys.executable,
                "-m",
                "aseqa",
                "chat",
                "--index",
                str(seeds_index),
                "--port",
                str(port),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"Le port {port} de 127.0.0.1 est déjà pris")
    assert "--port" in ran.stderr
