"""The tools of the model context protocol, called by the protocol's own client."""

import asyncio
import json
import logging
import urllib.error
import urllib.request
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from chat_server import QUESTION, serving
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

pytestmark = pytest.mark.slow
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def address(seeds_index):
    with serving(seeds_index) as found:
        yield f"{found}/mcp"


@asynccontextmanager
async def session(address):
    async with (
        streamable_http_client(address) as (reading, writing, _),
        ClientSession(reading, writing) as opened,
    ):
        await opened.initialize()
        yield opened


def call(address, tool, **arguments):
    async def called():
        async with session(address) as opened:
            return await opened.call_tool(tool, arguments)

    return asyncio.run(called())


def test_four_tools_are_offered_and_none_writes(address):
    async def listed():
        async with session(address) as opened:
            return (await opened.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}
    assert sorted(tools) == ["ask", "get_source", "search", "verify"]
    assert all(tool.annotations.readOnlyHint for tool in tools.values())
    assert tools["ask"].inputSchema["required"] == ["question"]
    assert "quotes" in tools["ask"].outputSchema["properties"]


def test_ask_gives_the_quotes_of_the_contract(address):
    called = call(address, "ask", question=QUESTION, k=1)
    answer = called.structuredContent
    assert not called.isError
    assert [part.type for part in called.content] == ["text"]
    assert json.loads(called.content[0].text) == answer
    [quote] = answer["quotes"]
    text = (SEEDS / quote["source"]).read_text(encoding="utf-8")
    assert text[quote["start"] : quote["end"]] == quote["text"]


def test_search_obeys_the_filters(address):
    found = call(address, "search", question="violences", k=5, kinds=["presse"]).structuredContent
    assert {quote["kind"] for quote in found["quotes"]} == {"presse"}


def test_a_source_is_read_part_by_part(address):
    name = "002_eaee1d0db6d36db2"
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    start, seen = 0, []
    while start is not None:
        part = call(address, "get_source", document=name, start=start, max_chars=2000)
        seen += part.structuredContent["sentences"]
        start = part.structuredContent["next_start"]
    starts = [sentence["start"] for sentence in seen]
    assert starts == sorted(set(starts))
    assert all(text[one["start"] : one["end"]] == one["text"] for one in seen)
    assert any("plus de 11 000 mineurs" in one["text"] for one in seen)


def test_verify_tells_a_true_quote_from_a_false_one(address):
    answer = call(address, "ask", question=QUESTION, k=1).structuredContent
    assert call(address, "verify", **answer).structuredContent["ok"] is True
    answer["quotes"][0]["text"] = answer["quotes"][0]["text"].replace("11 000", "12 000")
    assert call(address, "verify", **answer).structuredContent["ok"] is False


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": " "}, "question : La question est vide."),
        ("ask", {"question": "x" * 1001}, "question : La question compte 1001 caractères"),
        ("ask", {"question": QUESTION, "k": 21}, "k : La valeur maximale est 20."),
        ("ask", {}, "question : Ce champ est demandé."),
        ("ask", {"question": QUESTION, "path": "/"}, "path : Ce champ n'existe pas."),
        ("get_source", {"document": "../../etc/passwd"}, "aucun document de ce nom"),
    ],
)
def test_what_is_wrong_is_said_in_french(address, tool, arguments, words):
    called = call(address, tool, **arguments)
    assert called.isError
    assert words in called.content[0].text


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0", "id": 1, "method": "tools/evil", "params": {"secret": "Léa"}},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": ["Léa"]}},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "Léa"}},
        {"jsonrpc": "2.0", "method": "notifications/evil", "params": {"secret": "Léa"}},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        [{"jsonrpc": "2.0", "id": 1, "method": "ping"}],
        {"id": 1},
        3,
    ],
)
def test_messages_of_no_protocol_are_refused(address, message, caplog):
    # The server itself must end without a word: see ``serving``.
    caplog.set_level(logging.INFO)
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(address, json.dumps(message).encode(), headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    with refused.value as response:
        told = response.read().decode()
    assert refused.value.code == 400
    assert "Léa" not in told
