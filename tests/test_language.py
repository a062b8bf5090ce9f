"""The language of a request: the address, the cookie, the browser; programs by their header."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import QUESTION, serving
from starlette.testclient import TestClient

from aseqa.ask import Assistant
from aseqa.messages import speaking
from aseqa_ui.access import Access
from aseqa_ui.language import (
    language_heard,
    language_of,
    preferred_language,
    remembered,
    set_cookie,
    spoken,
)
from aseqa_ui.page import PageWords, language_link, spoken_page
from aseqa_ui.programs import make_shell
from aseqa_ui.safety import script_hashes

OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
CONFIG = b'<html\n lang="en"><head><script>window.gradio_config = %s;</script></head></html>'


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    application = make_shell(assistant, Access())
    with TestClient(application, base_url="http://127.0.0.1:7860") as opened:
        yield opened


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


def opened(address: str, path: str, **headers: str) -> tuple[str, Any]:
    """Give a page and its headers, as a browser without cookies gets them."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(address + path, headers=named)) as response:
        return response.read().decode(), response.headers


def scope(path: str = "/", query: str = "", **headers: str) -> dict[str, Any]:
    pairs = [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, value in headers.items()
    ]
    return {"type": "http", "path": path, "query_string": query.encode(), "headers": pairs}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("en-US,en;q=0.9,fr;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.7,fr;q=0.3", "en"),
        ("en;q=0.5,fr;q=0.5", "fr"),
        ("en,fr;q=0", "en"),
        ("en;q=0", "fr"),
        ("de", "fr"),
        ("*", "fr"),
        ("en,*;q=0.5", "en"),
        ("fr;q=0.2,*;q=0.8", "en"),
        ("EN ; Q=0.9 , fr;q=0.1", "en"),
        ("en;q=trop", "fr"),
        ("en;q=²", "fr"),
        (",;,=,;q=", "fr"),
        ("x," * 5000 + "en", "fr"),
    ],
)
def test_english_is_preferred_where_it_comes_before_french(header: str, language: str) -> None:
    assert preferred_language(header) == language


def test_the_address_goes_before_the_cookie_and_the_cookie_before_the_browser() -> None:
    browser = {"accept_language": "en", "cookie": "x=1; aseqa_lang=fr"}
    assert language_of(scope(**browser)) == "fr"
    assert language_of(scope(query="kind=loi&lang=en", **browser)) == "en"
    assert language_of(scope(query="lang=de", **browser)) == "fr"
    assert language_of(scope(accept_language="en")) == "en"
    assert language_of(scope()) == "fr"
    assert language_of(scope(query="lang=" + "&a=" * 200, accept_language="en")) == "en"


@pytest.mark.parametrize("path", ["/api/ask", "/mcp", "/gradio_api/call/ask"])
def test_programs_are_answered_by_their_header_alone(path: str) -> None:
    told = {"query": "lang=en", "cookie": "aseqa_lang=en"}
    assert language_of(scope(path, **told)) == "fr"
    assert language_of(scope(path, accept_language="en", cookie="aseqa_lang=fr")) == "en"


def test_a_cookie_holds_the_language_and_nothing_else() -> None:
    expected = b"aseqa_lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    assert set_cookie("en", is_https=False) == expected
    assert set_cookie("en", is_https=True) == expected + b"; Secure"
    assert [remembered(told) for told in ("aseqa_lang=en", "aseqa_lang=en2", "lang=en", "")] == [
        *("en", "", "", "")
    ]


def test_an_event_without_a_request_is_french() -> None:
    assert language_heard(None) == "fr"


def test_the_page_is_served_in_the_language_asked_for(address: str) -> None:
    french, headers = opened(address, "/")
    assert headers["set-cookie"] is None
    assert '<html\n\tlang="fr"' in french
    by_address, headers = opened(address, "/?lang=en&kind=loi")
    assert headers["set-cookie"].startswith("aseqa_lang=en; Path=/; Max-Age=")
    for page in (by_address, opened(address, "/", accept_language="en-GB,en;q=0.9")[0]):
        config = config_of(page)
        assert '<html\n\tlang="en"' in page
        assert '? "en" : Object.freeze(["en"])' in page
        assert config["title"] == "aseqa: your documents answer"
        shown = json.dumps(config["components"], ensure_ascii=False)
        assert '"value": "Send"' in shown
        assert "Envoyer" not in shown
        assert "Copy the quotation" in config["head"]
        assert "Copier la citation" not in config["head"]


def test_only_the_words_of_the_page_change(address: str) -> None:
    french, english = (config_of(opened(address, f"/?lang={code}")[0]) for code in ("fr", "en"))
    for config in (french, english):
        for name in ("title", "head"):
            config.pop(name)
        for part in config["components"]:
            part["props"] = sorted(part["props"])
    assert english == french


def test_the_browser_knows_the_scripts_of_both_languages(address: str) -> None:
    for code in ("fr", "en"):
        page, headers = opened(address, "/", accept_language=code)
        hashes = script_hashes(config_of(page)["head"]).split()
        assert hashes
        assert all(digest in headers["content-security-policy"] for digest in hashes)


def config_of(page: str) -> dict[str, Any]:
    text = page.partition("window.gradio_config = ")[2]
    found: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    return found


def test_an_abstention_gives_its_reason_in_the_language(client: TestClient) -> None:
    said = {
        code: client.post(
            "/api/ask",
            json={"question": OFF_TOPIC},
            headers={"Accept-Language": code} if code else {},
        ).json()
        for code in ("", "fr", "en-GB")
    }
    for answer in said.values():
        answer.pop("timings_ms")
    assert said[""] == said["fr"]
    assert said["fr"]["reason"]["text"] == "Le corpus ne traite pas de ce sujet."
    assert said["en-GB"]["reason"]["text"] == "The corpus does not deal with this subject."
    for answer in said.values():
        answer["reason"].pop("text")
    assert said["en-GB"] == said["fr"]


def test_an_answer_is_the_same_in_both_languages(client: TestClient) -> None:
    french, english = (
        client.post(
            "/api/ask", json={"question": QUESTION, "k": 2}, headers={"Accept-Language": code}
        ).json()
        for code in ("fr", "en")
    )
    assert {**english, "timings_ms": None} == {**french, "timings_ms": None}


def test_problems_are_told_in_the_language(client: TestClient) -> None:
    body = {"question": "", "k": 99}
    for headers, language, title, fault in (
        ({}, "fr", "Demande mal formée", "La valeur maximale est 20."),
        ({"Accept-Language": "en"}, "en", "Malformed request", "The largest value is 20."),
    ):
        response = client.post("/api/ask", json=body, headers=headers)
        problem = response.json()
        assert (response.status_code, problem["title"]) == (422, title)
        assert fault in [error["detail"] for error in problem["errors"]]
        assert response.headers["content-language"] == language
    refused = client.post("/api/ask", content=b"x", headers={"Accept-Language": "en"})
    assert refused.json()["title"] == "Content type refused"
    assert refused.headers["content-language"] == "en"


def test_the_interface_describes_itself_in_the_language(client: TestClient) -> None:
    english = client.get("/api/openapi.json", headers={"Accept-Language": "en"}).json()
    french = client.get("/api/openapi.json").json()
    assert english["info"]["title"] == "aseqa: exact quotations for programs"
    assert french["info"]["title"] == "aseqa : citations exactes pour les programmes"
    assert english["paths"].keys() == french["paths"].keys()
    assert english["paths"]["/ask"]["post"]["summary"] == "Answer a question with quotations"


def test_tools_speak_the_language(client: TestClient) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream", "Accept-Language": "en"}
    tools = client.post("/mcp", json=request, headers=headers).json()["result"]["tools"]
    ask = next(tool for tool in tools if tool["name"] == "ask")
    assert ask["description"].startswith("Answers a question in French")
    assert ask["inputSchema"]["properties"]["question"]["description"] == "The question, in French."
    call = {"name": "ask", "arguments": {"question": OFF_TOPIC}}
    request = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}
    answer = client.post("/mcp", json=request, headers=headers).json()["result"]
    reason = answer["structuredContent"]["reason"]["text"]
    assert reason == "The corpus does not deal with this subject."


def test_what_is_no_sentence_of_the_catalogue_stays() -> None:
    record = {"title": "Demande refusée", "list": ["Source", 3, "réponse"], "none": None}
    assert spoken(record) is record
    with speaking("en"):
        told = spoken(record)
    assert told == {"title": "Request refused", "list": ["Source", 3, "réponse"], "none": None}


def test_words_put_into_the_page_close_no_script() -> None:
    config = json.dumps({"components": [{"props": {"value": "Envoyer"}}], "title": "", "head": ""})
    hostile = {"value": "</script><script>alert('&')"}
    with speaking("en"):
        page = spoken_page(CONFIG % config.encode(), "n1", PageWords("T", "H", [hostile]))
    assert page.count(b"</script>") == CONFIG.count(b"</script>") + 1  # that of the language
    assert page.count(b'<script nonce="n1"') == 2
    assert config_of(page.decode())["components"] == [{"props": hostile}]


def test_a_page_that_is_not_gradio_s_is_left_whole() -> None:
    page = b"<html><head></head><body>503</body></html>"
    with speaking("en"):
        told = spoken_page(page, "", PageWords("T", "H", []))
    assert told.endswith(b"</head><body>503</body></html>")


def test_the_link_names_the_other_language_in_its_own_words() -> None:
    assert 'href="?lang=en" lang="en" hreflang="en"' in language_link()
    assert ">English</span>" in language_link()
    with speaking("en"):
        assert 'href="?lang=fr" lang="fr" hreflang="fr"' in language_link()
        assert ">Français</span>" in language_link()
