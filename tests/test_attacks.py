"""Attacks, tried: hostile documents, questions and requests, each with what must come of it."""

import http.client
import json
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from chat_server import QUESTION, serving
from starlette.testclient import TestClient

from aseqa.ask import Assistant
from aseqa.ingest import index_paths
from aseqa_ui.access import Access
from aseqa_ui.programs import make_shell
from aseqa_ui.replies import converse, open_place, overview

# Each is a sentence of a hostile document, and a question of a hostile reader.
TEXTS = [
    "<script>alert(1)</script> Les enfants confiés sont 4 210 dans ce département.",
    "<img src=x onerror=alert(1)> Le foyer accueille 37 mineurs isolés.",
    "Voir [le rapport](javascript:alert(1)) sur les 512 signalements reçus.",
    "![image](https://evil.example/x.png) Les éducateurs sont 88 en tout.",
    "</mark></div><iframe src=//evil.example></iframe> Les juges ont rendu 301 décisions.",
    '" autofocus onfocus=alert(1) x=" La commission a entendu 19 personnes.',
    "<svg/onload=alert(1)> Le plan compte 73 mesures.",
    '<a href="data:text/html,<script>alert(1)</script>">ici</a> Il y a 12 juges.',
    "&lt;script&gt;alert(1)&lt;/script&gt; Le budget est de 9 millions d'euros.",
    "{{7*7}} ${7*7} <%= 7*7 %> La dotation atteint 77 euros par jour.",
    "$$\\href{javascript:alert(1)}{x}$$ La mission dure 14 mois.",
]
NAMES = ["<img src=x onerror=alert(1)>.txt", "a'b\"c&d.txt", "x..%2f..%2fetc%2fpasswd.txt"]
HARMLESS = frozenset(
    "a article aside blockquote br button dd details div dl dt em footer h1 h2 h3 h4 header li"
    " mark nav ol p section small span strong summary sup time ul".split()
)


class Page(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html):
        super().__init__()
        self.faults, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in HARMLESS:
            self.faults.append(tag)
        for name, value in attrs:
            link = name in ("href", "src", "action", "formaction", "xlink:href")
            if name.startswith("on") or name == "style" or (link and ":" in (value or "")):
                self.faults.append(f"{tag}[{name}={value}]")

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, encoder):
    """An assistant over documents whose names, titles and words attack the page."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, name in enumerate(NAMES):
        words = "\n\n".join(TEXTS[number::3])
        (corpus / name).write_text(f"{words}\n", encoding="utf-8")
    (corpus / "page.html").write_text(
        "<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"
        '<meta name="author" content="&lt;b onclick=alert(1)&gt;Léa&lt;/b&gt;"></head>'
        "<body><article><p>Les familles d'accueil sont au nombre de 640 dans le département, "
        "selon le service.</p></article></body></html>",
        encoding="utf-8",
    )
    index_paths([corpus], folder / "index", encoder)
    with Assistant.open(folder / "index", encoder) as opened:
        yield opened


@pytest.mark.parametrize("question", TEXTS)
def test_a_question_cannot_break_the_page(hostile, question):
    exchange, beside = converse(hostile, {"number": 1, "question": question})
    for html in (exchange["html"], beside or ""):
        assert Page(html).faults == []


def test_a_document_cannot_break_the_page(hostile):
    seen = ""
    for document in hostile.documents():
        html = open_place(hostile, {"document": document.id})
        page = Page(html)
        assert page.faults == []
        seen += page.text
    assert Page(overview(hostile)[1]).faults == []
    for text in TEXTS:
        assert text.split(">")[-1].strip() in seen


def test_programs_get_the_words_as_they_stand(hostile):
    client = TestClient(make_shell(hostile, Access()), base_url="http://127.0.0.1")
    said = client.post(
        "/api/ask", json={"question": "Combien de mineurs le foyer accueille-t-il ?"}
    )
    quote = said.json()["quotes"][0]
    source = client.get("/api/documents/" + quote["document"].replace("%", "%25")).json()
    assert source["text"][quote["start"] : quote["end"]] == quote["text"]
    assert said.headers["x-content-type-options"] == "nosniff"
    assert said.headers["content-type"] == "application/json"


# ---- a real server, by hand ----


@pytest.fixture(scope="module")
def address(seeds_index):
    # It must end without a word on standard error: nothing that follows is a failure to it.
    with serving(seeds_index) as found:
        yield urlsplit(found).netloc


def send(address, method, path, body=None, headers=(), host=None):
    """Send a request as it is written, without any library's cleaning; give status and body."""
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for value in [address] if host is None else host:
        connection.putheader("Host", value)
    for name, value in headers:
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    told = response.read()
    connection.close()
    return response.status, told, response.headers


JSON = (("Content-Type", "application/json"),)
ASKED = json.dumps({"question": QUESTION, "k": 1}).encode()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=%2Fetc%2Fpasswd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/file=../../../../etc/passwd",
        "/gradio_api/proxy=http://evil.example/",
        "/gradio_api/vibe-code",
        "/gradio_api/stream/x/y/z/../../etc/passwd",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/api/documents/../../../etc/passwd",
        "/api/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/documents/%2Fetc%2Fpasswd",
        "/api/documents/file:%2F%2F%2Fetc%2Fpasswd",
        "/api/documents/002_eaee1d0db6d36db2.txt",
        "/api/documents/002_eaee1d0db6d36db2%00",
        "/api/documents/%ff%fe",
        "/api/documents/" + "a" * 5000,
        "/api/documents/%0d%0aSet-Cookie:%20a=b",
        "/monitoring",
    ],
)
def test_no_path_is_opened(address, path):
    status, told, headers = send(address, "GET", path)
    assert status in (400, 401, 403, 404, 405)
    assert b"root:" not in told
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "host",
    [["evil.example"], ["evil.example:7860"], ["127.0.0.1.evil.example"], ["localhost.evil"],
     ["192.0.2.1"], ["0.0.0.0"], [""], ["127.0.0.1@evil.example"], ["[::1"]],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/config", "/api/status"])
def test_another_name_for_the_loopback_is_refused(address, path, host):
    assert send(address, "GET", path, host=host)[0] in (400, 421)


def test_two_hosts_are_refused(assistant):
    # In process: over a socket the server's own parser refuses them before, and logs it.
    client = TestClient(make_shell(assistant, Access()), base_url="http://127.0.0.1")
    twice = [("Host", "127.0.0.1"), ("Host", "evil.example")]
    assert client.get("/api/status", headers=twice).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        [("Origin", "http://evil.example")],
        [("Origin", "null")],
        [("Origin", "http://127.0.0.1:1")],
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")],
        [("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors")],
    ],
)
@pytest.mark.parametrize(
    "path", ["/api/ask", "/mcp", "/gradio_api/queue/join", "/gradio_api/call/ask"]
)
def test_a_page_of_another_site_cannot_post(address, path, headers):
    status, told, answered = send(address, "POST", path, ASKED, [*JSON, *headers])
    assert status == 403
    assert b"urn:aseqa:problem:origin" in told
    assert "access-control-allow-origin" not in answered


def test_no_other_site_is_told_that_it_may(address):
    asked = [("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST")]
    status, _, headers = send(address, "OPTIONS", "/api/ask", headers=asked)
    assert status == 403
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("kind", "status"),
    [("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data", 415),
     ("application/jsonx", 415), ("", 415), ("application/json; charset=utf-8", 200)],
)  # fmt: skip
def test_a_form_cannot_ask(address, kind, status):
    assert send(address, "POST", "/api/ask", ASKED, [("Content-Type", kind)])[0] == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"question": "' + b"x" * 70_000 + b'"}', 413),
        (b'{"question": ' + b"[" * 30_000, 400),
        (b'{"question": ' + b'{"a":' * 8000 + b"1" + b"}" * 8000 + b"}", 400),
        (b'{"question": "\\ud800"}', 400),
        (b'{"question": "\xff\xfe"}', 400),
        (b'{"question": "a", "k": NaN}', 400),
        (b'{"question": "a", "k": 1e999}', 400),
        (b'{"question": "a", "k": ' + b"9" * 5000 + b"}", 400),
        (b'{"question": "a", "k": 1e18}', 422),
        (b'{"question": "a", "k": -1}', 422),
        (b'{"question": null}', 422),
        (b'{"question": ["a"]}', 422),
        (b'{"question": {"$ne": null}}', 422),
        (b'{"question": "a", "kinds": [["a"]]}', 422),
        (b'{"question": "a", "__class__": "x"}', 422),
        (b'{"question": "a", "sources": ["' + b"*a" * 40 + b'"]}', 422),
        (b'{"question": "a", "previous": ["a", "", "b"]}', 422),
        (b"[]", 422), (b"null", 422), (b'"a"', 422), (b"", 400), (b"{", 400),
        (b'{"question": "a\\u0000b"}', 200),
        (b'{"question": "\\u001b[31mrouge\\u001b[0m \\u202e"}', 200),
        (b'{"question": "a", "kinds": ["\' OR 1=1 --"]}', 200),
        (b'{"question": "a", "territories": ["%", "_"], "authors": ["\\u0000"]}', 200),
        (b'{"question": "a", "sources": ["[", "[^-]", "../../*"]}', 200),
    ],
)  # fmt: skip
def test_a_hostile_body_is_told_off_or_answered(address, body, status):
    got, told, headers = send(address, "POST", "/api/ask", body, JSON)
    assert got == status
    if status != 200:
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(told)["status"] == status
    assert b"\x1b" not in told


def test_a_body_that_lies_about_its_size_is_cut_off(address):
    headers = [*JSON, ("Content-Length", "999999999999")]
    assert send(address, "POST", "/api/ask", None, headers)[0] == 413


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Forwarded-Host", "evil.example"), ("X-Direct-Url", "http://evil.example"),
     ("X-Forwarded-Server", "evil.example"), ("Referer", "http://evil.example/")],
)  # fmt: skip
def test_the_page_believes_no_header_about_where_it_is(address, name, value):
    status, told, _ = send(address, "GET", "/config", headers=[(name, value)])
    assert status == 200
    assert b"evil.example" not in told


@pytest.mark.parametrize(
    "answer",
    [
        {"quotes": [{"text": "a" * 100_000, "start": 0, "end": 100_000, "document": "x"}]},
        {"quotes": [{"text": "a", "start": -5, "end": 10**30, "document": "../../etc/passwd"}]},
        {"quotes": [{"text": "a", "start": 0, "end": 1, "document": "x", "source": "/etc/passwd"}]},
        {"quotes": "a"},
        {"quotes": [3]},
        {"quotes": [{}] * 101},
        {"quotes": [{"text": 1, "start": "a"}]},
        {},
    ],
)
def test_a_hostile_answer_is_told_off_or_verified(address, answer):
    status, told, _ = send(address, "POST", "/api/verify", json.dumps(answer).encode(), JSON)
    assert status in (200, 422)
    assert b"root:" not in told
    if status == 200:
        assert all(not quote["ok"] for quote in json.loads(told)["quotes"])


def test_uploads_of_any_size_end(address):
    headers = [
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Transfer-Encoding", "chunked"),
    ]
    assert send(address, "POST", "/gradio_api/upload", None, headers)[0] == 411
    huge = [("Content-Type", "multipart/form-data; boundary=x"), ("Content-Length", "9" * 12)]
    assert send(address, "POST", "/gradio_api/upload", None, huge)[0] == 413


# ---- files sent to the library ----


@pytest.fixture
def library(tmp_path, encoder):
    """A server of one's own, and its folder; nothing that attacks it may write elsewhere."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Le foyer accueille 37 mineurs.\n", encoding="utf-8")
    index_paths([tmp_path / "corpus"], tmp_path / "index", encoder)
    with Assistant.open(tmp_path / "index", encoder) as opened:
        shell = make_shell(opened, Access())
        with TestClient(shell, base_url="http://127.0.0.1") as client:
            yield client, tmp_path


SENT = {"Content-Type": "application/octet-stream"}
WORDS = b"La commission a entendu 19 personnes."


def settled(client):
    """Wait until nothing is under way; give the jobs."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        jobs = client.get("/documents/jobs").json()["jobs"]
        if all(job["state"] not in ("waiting", "running") for job in jobs):
            return jobs
        threading.Event().wait(0.1)
    raise AssertionError(jobs)


TRAPS = [
    "../../../tmp/x.txt", "..%2f..%2fx.txt", "/etc/cron.d/x.txt", "..\\..\\x.txt", "C:\\x.txt",
    "\x00../x.txt", ".incoming/../../x.txt", "....//x.txt", "\u2025/x.txt", ".trash/x.txt",
    "documents/../../index/aseqa.sqlite", "metadata.csv", "\u202etxt.x", "a" * 3000 + ".txt", "",
]  # fmt: skip


def test_no_name_leads_elsewhere(library):
    client, folder = library
    before = {path for path in folder.rglob("*") if "index" not in path.parts}
    for number, name in enumerate(TRAPS):
        data = f"La commission a entendu {number + 10} personnes."
        query = {"name": name, "batch": "a"}
        said = client.post("/documents/files", params=query, content=data, headers=SENT)
        assert said.status_code == (422 if name.endswith((".sqlite", ".x")) else 202)
    [job] = settled(client)
    assert {entry["state"] for entry in job["entries"]} == {"added"}
    named = {entry["name"] for entry in job["entries"]}
    assert {path.name for path in (folder / "documents").glob("[!.]*")} == named
    assert len(named) == len(TRAPS) - 2
    assert all(len(name.encode()) < 256 for name in named)
    known = {path for path in folder.rglob("*") if "index" not in path.parts} - before
    home = folder / "documents"
    assert {path for path in known if path != home and home not in path.parents} == set()


def test_markup_in_names_and_titles_stays_text(library):
    client, _ = library
    for name, words in {
        "<img src=x onerror=alert(1)>.txt": WORDS,
        "b.html": b"<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title></head><body>"
        b"<article><p>Les juges ont rendu 301 d&eacute;cisions.</p></article></body></html>",
    }.items():
        client.post(
            "/documents/files", params={"name": name, "batch": "a"}, content=words, headers=SENT
        )
    [job] = settled(client)
    assert [entry["state"] for entry in job["entries"]] == ["added", "added"]
    page = client.get("/documents").text
    assert "alert(1)" not in page
    # Data are JSON, of a type that no browser shows as a page.
    told = client.get("/documents/list")
    assert "<script>alert(1)</script>" in {row["title"] for row in told.json()["documents"]}
    assert told.headers["content-type"] == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in told.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/documents/files?name=a.txt&batch=a", "/documents/delete"])
@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_cannot_change_the_corpus(hostile, path, headers):
    client = TestClient(make_shell(hostile, Access()), base_url="http://127.0.0.1")
    said = client.post(path, content=b'{"document": "page"}', headers={**SENT, **headers})
    assert (said.status_code, said.json()["type"]) == (403, "urn:aseqa:problem:origin")


HARMFUL = {
    "nuls.json": bytes(2_000_000),
    "archive.zip": b"PK\x03\x04" + bytes(1000),
    "crochets.pdf": b"%PDF-1.7\n" + b"[" * 200_000,
    "profond.json": b'{"a":' * 100_000,
}


def test_a_file_made_to_harm_is_refused_and_does_not_stay(library):
    client, folder = library
    told = {}
    for name, data in HARMFUL.items():
        query = {"name": name, "batch": "a"}
        said = client.post("/documents/files", params=query, content=data, headers=SENT)
        if said.status_code == 422:
            told[name] = said.json()["detail"]
    [job] = settled(client)
    assert {entry["state"] for entry in job["entries"]} == {"failed"}
    told |= {entry["name"]: entry["fault"] for entry in job["entries"]}
    assert told.keys() == HARMFUL.keys()
    assert all(name in words for name, words in told.items())
    assert str(folder) not in "".join(told.values())
    assert not list((folder / "documents").glob("[!.]*"))
    assert client.get("/documents/list").json()["count"] == 1


def test_the_server_still_answers(address):
    status, told, _ = send(address, "POST", "/api/ask", ASKED, JSON)
    assert status == 200
    assert "plus de 11 000 mineurs" in json.loads(told)["quotes"][0]["text"]
