"""The web chat's server for programs: HTTP, MCP, and what it says when it cannot start."""

from __future__ import annotations

import json
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
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


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


def test_mcp_offers_one_tool_that_gives_quotes(address: str, answer: dict[str, Any]) -> None:
    tools = _call_mcp(address, "tools/list", {})["tools"]
    assert [tool["name"] for tool in tools] == ["ask"]
    assert tools[0]["inputSchema"]["required"] == ["question"]
    arguments = {"question": QUESTION, "k": 1}
    called = _call_mcp(address, "tools/call", {"name": "ask", "arguments": arguments})
    assert called["isError"] is False
    assert answer["quotes"][0]["sha256"] in called["content"][0]["text"]


def _call_mcp(address: str, method: str, params: dict[str, Any]) -> Any:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    kinds = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(f"{address}/gradio_api/mcp/", body, kinds)
    with urllib.request.urlopen(request, timeout=60) as response:
        said = response.read().decode()
    [data] = [line for line in said.splitlines() if line.startswith("data: ")]
    return json.loads(data.removeprefix("data: "))["result"]


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
