"""The interface for programs, in one process: what it gives, whatever it is sent."""

import json
from pathlib import Path

import pytest
import schemathesis
from chat_server import QUESTION
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from aseqa.records import VOICE_KINDS
from aseqa_ui.access import Access
from aseqa_ui.api import make_api
from aseqa_ui.api_models import VoiceKind
from aseqa_ui.limits import Desk
from aseqa_ui.programs import make_shell

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NAME = "002_eaee1d0db6d36db2"


@pytest.fixture(scope="module")
def application(assistant):
    return make_shell(assistant, Access())


@pytest.fixture(scope="module")
def client(application):
    with TestClient(application, base_url="http://127.0.0.1:7860") as opened:
        yield opened


def test_ask_gives_the_answer_of_the_assistant(client, assistant):
    said = client.post("/api/ask", json={"question": f"\u00a0{QUESTION} ", "k": 2}).json()
    expected = assistant.ask(QUESTION, k=2).to_dict()
    assert {**said, "timings_ms": None} == json.loads(json.dumps({**expected, "timings_ms": None}))
    for quote in said["quotes"]:
        text = (SEEDS / quote["source"]).read_text(encoding="utf-8")
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_an_abstention_is_an_answer(client):
    said = client.post("/api/ask", json={"question": "Quelle est la recette de la tarte ?"})
    assert said.status_code == 200
    assert said.json()["status"] == "abstained"
    assert said.json()["quotes"] == []


@pytest.mark.parametrize(
    ("given", "fact", "values"),
    [
        ({"kinds": ["presse"]}, "kind", {"presse"}),
        ({"sources": ["002*"]}, "document", {NAME}),
        ({"authors": ["Duby-Muller"]}, "document", {NAME}),
        ({"voices": ["gouvernement"], "sources": ["002*"]}, "section", {"réponse"}),
    ],
)
def test_search_keeps_to_its_filters(client, given, fact, values):
    found = client.post("/api/search", json={"question": "violences", "k": 5, **given}).json()
    assert {quote[fact] for quote in found["quotes"]} == values


def test_search_keeps_to_its_days(client):
    body = {"question": "violences", "k": 20, "since": "2025-05-01", "until": "2025-12-31"}
    days = [quote["date"] for quote in client.post("/api/search", json=body).json()["quotes"]]
    assert days
    assert all("2025-05-01" <= day <= "2025-12-31" for day in days)
    body = {"question": "violences", "k": 20, "as_of": "2025-01-31"}
    days = [quote["date"] for quote in client.post("/api/search", json=body).json()["quotes"]]
    assert days
    assert max(days) <= "2025-01-31"


def test_a_follow_up_is_understood_by_what_was_asked_before(client):
    first = client.post("/api/ask", json={"question": QUESTION}).json()["quotes"][0]
    body = {"question": "qui l'a dit ?", "previous": [QUESTION]}
    said = client.post("/api/ask", json=body).json()
    assert said["quotes"][0]["text"] == first["text"]
    assert QUESTION in said["understood"]


def test_a_saved_answer_is_verified(client):
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert client.post("/api/verify", json=answer).json()["ok"] is True
    answer["quotes"][0]["text"] = answer["quotes"][0]["text"].replace("11 000", "12 000")
    said = client.post("/api/verify", json=answer).json()
    assert said["ok"] is False
    assert said["quotes"][0]["status"] == "altered"


def test_a_thread_is_followed(client):
    said = client.post("/api/thread", json={"wanted": "3269", "today": "2026-01-01"}).json()
    assert [thread["document"] for thread in said["threads"]] == [NAME]


def test_documents_come_page_by_page(client):
    names, place = [], "/api/documents?limit=3"
    while place:
        page = client.get(place).json()
        names += [document["document"] for document in page["documents"]]
        place = page["next"]
    assert page["total"] == len(names) == len(set(names)) == 7
    assert names == sorted(names)
    assert client.get("/api/documents?offset=9").json()["documents"] == []


def test_a_document_comes_with_its_sentences(client):
    for name in (NAME, "003_c398178bc0b70256%232"):
        source = client.get(f"/api/documents/{name}").json()
        assert source["document"] == name.replace("%23", "#")
        assert source["sentences"]
        for one in source["sentences"]:
            assert source["text"][one["start"] : one["end"]] == one["text"]


def test_the_status_tells_no_path(client, assistant):
    said = client.get("/api/status")
    assert said.json()["n_documents"] == 7
    assert said.json()["index"] == assistant.generation
    assert str(assistant.status()["folder"]) not in said.text


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/api/ask", {}, 422, "request"),
        ("POST", "/api/verify", {"quotes": [{"text": 3}]}, 422, "refused"),
        ("GET", "/api/documents/absent", None, 404, "document"),
        ("GET", "/api/absent", None, 404, "not-found"),
        ("GET", "/api/ask", None, 405, "method"),
        ("GET", "/api/documents?limit=201", None, 422, "request"),
    ],
)
def test_a_problem_is_told_as_the_standard_wants(client, method, path, body, status, code):
    said = client.request(method, path, json=body)
    problem = said.json()
    assert said.status_code == problem["status"] == status
    assert said.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:aseqa:problem:{code}"
    assert problem["instance"] == path.partition("?")[0]
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    ("given", "field", "detail"),
    [
        ({"question": " "}, "question", "La question est vide."),
        ({"question": "{x}" * 400}, "question", "La question compte 1200 caractères"),
        ({"k": 21}, "k", "La valeur maximale est 20."),
        ({"k": "3"}, "k", "Un nombre entier est attendu."),
        ({"k": True}, "k", "Un nombre entier est attendu."),
        ({"since": "2025-02-30"}, "since", "Une date AAAA-MM-JJ est attendue."),
        ({"since": "1er mai"}, "since", "Une date AAAA-MM-JJ est attendue."),
        ({"voices": ["devin"]}, "voices.0", "Cette valeur n'est pas dans la liste."),
        ({"kinds": "presse"}, "kinds", "Une liste est attendue."),
        ({"sources": ["*" * 7]}, "sources.0", "Ce texte n'a pas la forme attendue."),
        ({"previous": [QUESTION] * 6}, "previous", "5 éléments au plus."),
        ({"chemin": "/etc"}, "chemin", "Ce champ n'existe pas."),
    ],
)
def test_a_wrong_field_is_named(client, given, field, detail):
    said = client.post("/api/ask", json={"question": QUESTION, **given}).json()
    assert [error["field"] for error in said["errors"]] == [field]
    assert said["errors"][0]["detail"].startswith(detail)


def test_the_voices_are_those_of_the_records():
    assert VoiceKind.__args__ == VOICE_KINDS


def test_openapi_describes_every_route_in_french(client):
    schema = client.get("/api/openapi.json").json()
    assert schema["servers"] == [{"url": "/api"}]
    assert sorted(schema["paths"]) == [
        "/ask", "/documents", "/documents/{document}", "/search", "/status", "/thread", "/verify",
    ]  # fmt: skip
    for ways in schema["paths"].values():
        for operation in ways.values():
            assert operation["summary"]
            assert list(operation["responses"]["200"]["content"]) == ["application/json"]
            assert list(operation["responses"]["429"]["content"]) == ["application/problem+json"]
    assert schema["components"]["schemas"]["AskRequest"]["examples"][0]["question"] == QUESTION


OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_dict(
        make_api(None, Desk(1)).openapi()  # describing it takes no assistant
    ).get_all_operations()
}
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip


# A path that takes any text, or nothing at all, cannot be asked wrongly.
WAYS = [(label, GenerationMode.POSITIVE) for label in sorted(OPERATIONS)]
WAYS += [
    (label, GenerationMode.NEGATIVE)
    for label in sorted(OPERATIONS)
    if label.startswith("POST") or label == "GET /documents"
]


@pytest.mark.parametrize(("label", "mode"), WAYS)
def test_whatever_is_sent_is_answered_as_described(client, label, mode):
    told = []

    @settings(max_examples=15, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def send(case):
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:7860/api")
        sent["content"] = sent.pop("data", None)
        assert not sent.pop("cookies", None)
        response = client.request(**sent)
        case.validate_response(response, checks=CHECKS)
        told.append(response.status_code)

    send()
    assert told
