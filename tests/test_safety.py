"""Who is let in, how often, and what every response tells the browser."""

import asyncio
import base64
import gc
import hashlib
import logging

import pytest
from chat_server import QUESTION
from starlette.testclient import TestClient

from aseqa_ui.access import Access, access_for
from aseqa_ui.bodies import check_json, read_body
from aseqa_ui.hosts import hosts_for, is_expected, is_loopback, is_own_page
from aseqa_ui.limits import MAX_CLIENTS, Desk, Limits, Lockout, TokenBuckets, client_key
from aseqa_ui.login import login_html
from aseqa_ui.passwords import Account, hash_password
from aseqa_ui.problems import Refused
from aseqa_ui.programs import make_shell
from aseqa_ui.safety import script_hashes
from aseqa_ui.server import without_words
from aseqa_ui.sessions import ACCOUNT, MAX_SESSIONS, OPEN, Held, may_manage

LOCAL = "http://127.0.0.1:7860"


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def opened(assistant, access, base_url=LOCAL):
    return TestClient(make_shell(assistant, access), base_url=base_url, follow_redirects=False)


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    path = tmp_path_factory.mktemp("accounts") / "comptes"
    path.write_text(
        f"claire:{hash_password('été')}\nmarc:{hash_password('b:c')}:gestion\n", encoding="utf-8"
    )
    return path


# ---- hosts and origins ----


@pytest.mark.parametrize(
    ("bound", "header", "expected"),
    [
        ("127.0.0.1", "127.0.0.1:7860", True),
        ("127.0.0.1", "LOCALHOST:1", True),
        ("127.0.0.1", "[::1]:7860", True),
        ("127.0.0.1", "evil.example:7860", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "192.0.2.1:7860", False),
        ("127.0.0.1", "127.0.0.1:7860/x", False),
        ("127.0.0.1", "user@127.0.0.1", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", None, False),
        ("192.0.2.1", "192.0.2.1", True),
        ("0.0.0.0", "192.0.2.1:7860", True),
        ("0.0.0.0", "[2001:db8::1]:7860", True),
        ("0.0.0.0", "evil.example", False),
    ],
)
def test_only_our_own_names_are_answered(bound, header, expected):
    assert is_expected(header, hosts_for(bound)) is expected


def test_a_name_may_be_added():
    assert is_expected("ase.example", hosts_for("0.0.0.0", ["ASE.example"]))


@pytest.mark.parametrize(
    ("method", "headers", "own"),
    [
        ("POST", {}, True),
        ("POST", {"origin": "http://127.0.0.1:7860"}, True),
        ("POST", {"origin": "http://127.0.0.1:7861"}, False),
        ("POST", {"origin": "null"}, False),
        ("POST", {"origin": "http://[::1"}, False),
        ("POST", {"origin": "file://127.0.0.1:7860"}, False),
        ("POST", {"sec-fetch-site": "cross-site"}, False),
        ("GET", {"sec-fetch-site": "same-site"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
                 "sec-fetch-dest": "document"}, True),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
                 "sec-fetch-dest": "iframe"}, False),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
                  "sec-fetch-dest": "document"}, False),
    ],
)  # fmt: skip
def test_pages_of_other_sites_may_not_ask(method, headers, own):
    assert is_own_page(method, {"host": "127.0.0.1:7860", **headers}) is own


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.9.9.9", True),
     ("0.0.0.0", False), ("192.0.2.1", False), ("ase.example", False)],
)  # fmt: skip
def test_the_loopback_is_known(host, local):
    assert is_loopback(host) is local
    assert access_for(host, None).is_local is local
    assert (access_for(host, None).limits.per_minute > 1000) is local


# ---- how often ----


def test_a_bucket_empties_and_fills_again():
    clock = Clock()
    buckets = TokenBuckets(60, 3, clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1.0]
    assert buckets.take("b") == 0
    clock.now += 2
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1.0]
    clock.now += 1000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1.0]


def test_clients_are_forgotten_in_the_end():
    buckets, locks = TokenBuckets(60, 3), Lockout(3)
    for number in range(MAX_CLIENTS + 100):
        buckets.take(str(number))
        locks.fail(str(number))
    assert len(buckets) == len(locks) == MAX_CLIENTS


def test_a_network_of_addresses_is_one_client():
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff:1") != client_key("2001:db9::1")
    assert client_key("::ffff:192.0.2.1") == client_key("192.0.2.1") == "192.0.2.1"
    assert len(client_key("x" * 1000)) == 64


def test_each_failure_locks_twice_as_long():
    clock = Clock()
    locks = Lockout(3, first_s=30, longest_s=100, clock=clock)
    waits = []
    for _ in range(6):
        locks.fail("a")
        waits.append(locks.wait_s("a"))
        clock.now += waits[-1]
    assert waits == [0, 0, 30, 60, 100, 100]
    locks.forget("a")
    locks.fail("a")
    assert locks.wait_s("a") == 0


def test_old_failures_are_forgotten():
    clock = Clock()
    locks = Lockout(2, longest_s=100, clock=clock)
    locks.fail("a")
    clock.now += 101
    locks.fail("a")
    assert locks.wait_s("a") == 0


def test_a_full_queue_is_said_and_empties():
    async def crowd():
        import threading

        desk, door = Desk(max_waiting=2), threading.Event()
        calls = [asyncio.create_task(desk.serve(door.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await desk.serve(door.wait)
        door.set()
        done = await asyncio.gather(*calls)
        return refused.value.problem, done, await desk.serve(lambda: "again")

    problem, done, again = asyncio.run(crowd())
    assert (problem.status, problem.headers["Retry-After"]) == (503, "5")
    assert (done, again) == ([True] * 3, "again")


def test_too_many_requests_are_told_when_to_come_back(assistant):
    client = opened(assistant, Access(limits=Limits(per_minute=1, burst=2)))
    said = [client.get("/api/status") for _ in range(3)]
    assert [response.status_code for response in said] == [200, 200, 429]
    assert 50 <= int(said[-1].headers["retry-after"]) <= 60
    assert said[-1].json()["type"] == "urn:aseqa:problem:rate"


def test_the_operator_sets_how_much_a_client_may_ask(assistant):
    client = opened(assistant, access_for("127.0.0.1", None, rate=6))
    said = [client.get("/api/status").status_code for _ in range(3)]
    assert said == [200, 200, 429]


# ---- bodies ----


@pytest.mark.parametrize("body", [b'{"a": [1, 2.5, "\\ud83d\\ude00", null]}', b'"[[[[[["', b"3"])
def test_json_is_let_through(body):
    assert check_json(body, 4) is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json"), (b"{", "json"), (b"\xff", "json"), (b"NaN", "json"), (b"[1e999]", "json"),
        (b"[-Infinity]", "json"), (b'"\\ud800"', "json"), (b"9" * 5000, "json"),
        (b"[" * 5, "depth"), (b'{"a":' * 100_000, "depth"), (b'"[" [[[[[', "depth"),
    ],
)  # fmt: skip
def test_json_that_would_break_a_reader_is_refused(body, code):
    with pytest.raises(Refused) as refused:
        check_json(body, 4)
    assert refused.value.problem.code == code


def test_a_body_is_read_to_its_limit():
    async def read(parts, limit):
        events = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        events.append({"type": "http.request", "body": b"", "more_body": False})
        held = iter(events)

        async def receive():
            return next(held)

        return await read_body(receive, limit, 5)

    assert asyncio.run(read([b"ab", b"c"], 3)) == b"abc"
    with pytest.raises(Refused) as refused:
        asyncio.run(read([b"ab", b"cd"], 3))
    assert refused.value.problem.status == 413


def test_a_body_that_never_ends_is_given_up():
    async def never():
        await asyncio.Event().wait()

    with pytest.raises(Refused) as refused:
        asyncio.run(read_body(never, 3, 0.01))
    assert refused.value.problem.status == 408


# ---- headers ----


def test_every_response_has_the_headers_of_safety(assistant):
    client = opened(assistant, Access())
    for path in ("/api/status", "/api/absent", "/gradio_api/file=/etc/passwd"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


def test_no_other_host_is_in_the_policy_of_a_page(assistant, accounts):
    client = opened(assistant, access_for("127.0.0.1", accounts))
    first, second = (client.get("/login").headers["content-security-policy"] for _ in range(2))
    assert first != second  # a nonce serves once
    assert "http" not in first
    scripts = first.split("script-src ")[1].split(";")[0]
    assert "'unsafe-inline'" not in scripts
    assert "*" not in first


def test_scripts_of_the_head_are_known_by_their_hash():
    expected = base64.b64encode(hashlib.sha256(b"run();").digest()).decode()
    assert script_hashes("<script>run();</script>") == f" 'sha256-{expected}'"
    assert script_hashes("") == ""


# ---- who ----


def test_the_page_asks_for_a_password_and_remembers(assistant, accounts):
    client = opened(assistant, access_for("127.0.0.1", accounts))
    asked = client.get("/")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login")
    assert "Accès réservé" in client.get("/login").text
    wrong = client.post("/login", data={"username": "claire", "password": "ete"})
    assert wrong.status_code == 401
    assert "Nom ou mot de passe incorrect." in wrong.text
    assert "set-cookie" not in wrong.headers
    right = client.post("/login", data={"username": "claire", "password": "été"})
    assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/api/status").status_code == 200
    ended = client.post("/logout", data={"a": "b"})
    assert "Max-Age=0" in ended.headers["set-cookie"]
    client.cookies.set("aseqa_session", cookie.split("=")[1].split(";")[0])
    assert client.get("/api/status").status_code == 401


def test_over_https_the_cookie_is_secure(assistant, accounts):
    client = opened(assistant, access_for("127.0.0.1", accounts), "https://127.0.0.1")
    said = client.post("/login", data={"username": "claire", "password": "été"})
    assert said.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    "path", ["/config", "/api/status", "/api/openapi.json", "/gradio_api/info"]
)
def test_nothing_is_open_without_a_password(assistant, accounts, path):
    said = opened(assistant, access_for("127.0.0.1", accounts)).get(path)
    assert said.status_code == 401
    assert ("www-authenticate" in said.headers) is path.startswith("/api")


@pytest.mark.parametrize(
    ("credentials", "status"),
    [("claire:été", 200), ("marc:b:c", 200), ("claire:b", 401), ("claire", 401), (":", 401),
     ("absent:été", 401), ("claire:" + "x" * 2000, 401)],
)  # fmt: skip
def test_programs_use_the_same_passwords(assistant, accounts, credentials, status):
    client = opened(assistant, access_for("127.0.0.1", accounts))
    coded = base64.b64encode(credentials.encode()).decode()
    for _ in range(2):  # the second time from memory
        said = client.get("/api/status", headers={"Authorization": f"Basic {coded}"})
        assert said.status_code == status


@pytest.mark.parametrize(
    "header", ["Basic", "Basic é", "Basic ///w", "Bearer x", "", "Basic " * 99]
)
def test_headers_that_hold_no_password_are_refused(assistant, accounts, header):
    client = opened(assistant, access_for("127.0.0.1", accounts))
    said = client.get("/api/status", headers={"Authorization": header.encode("latin-1")})
    assert said.status_code == 401


def test_who_fails_too_often_waits(assistant, accounts):
    client = opened(assistant, access_for("127.0.0.1", accounts))
    wrong = {"username": "claire", "password": "x"}
    said = [client.post("/login", data=wrong).status_code for _ in range(11)]
    assert said == [401] * 10 + [429]
    right = client.post("/login", data={"username": "claire", "password": "été"})
    assert right.status_code == 429
    assert "Trop de mots de passe faux" in right.text
    assert 1 <= int(right.headers["retry-after"]) <= 30
    coded = base64.b64encode("claire:été".encode()).decode()
    locked = client.get("/api/status", headers={"Authorization": f"Basic {coded}"})
    assert locked.json()["type"] == "urn:aseqa:problem:locked"


def test_sessions_end_and_are_bounded():
    clock = Clock()
    held = Held(60, clock)
    held.put("a", Account("claire"))
    assert held.get("a") == Account("claire")
    assert held.get("b") is None
    clock.now += 60
    assert held.get("a") is None
    for number in range(MAX_SESSIONS + 10):
        held.put(str(number), Account("claire"))
    assert len(held) == MAX_SESSIONS


class Request:
    def __init__(self, **scope):
        self.scope = scope


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ({ACCOUNT: Account("a", "gestion")}, True),
        ({ACCOUNT: Account("a")}, False),
        ({ACCOUNT: Account("a"), OPEN: True}, False),
        ({OPEN: True}, True),
        ({OPEN: False}, False),
        ({}, False),
    ],
)
def test_managing_takes_the_role_or_the_machine(scope, may):
    request = Request(**scope)
    wrapped = type("Wrapped", (), {"request": request})()
    assert may_manage(request) is may_manage(wrapped) is may
    assert may_manage(None) is False


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Gradio's, of what it calls itself
def test_events_of_the_page_know_who_manages(assistant, accounts, monkeypatch):
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    import gradio

    def asked(request: gradio.Request) -> bool:
        return may_manage(request)

    with gradio.Blocks(analytics_enabled=False) as page:
        gradio.api(asked, api_name="asked")
    shell = make_shell(assistant, access_for("127.0.0.1", accounts))
    mounted = gradio.mount_gradio_app(shell, page, path="/", ssr_mode=False)
    told = {}
    with TestClient(mounted, base_url=LOCAL) as client:
        for name, password in (("claire", "été"), ("marc", "b:c")):
            client.post("/login", data={"username": name, "password": password})
            event = client.post("/gradio_api/call/asked", json={"data": []}).json()["event_id"]
            told[name] = client.get(f"/gradio_api/call/asked/{event}").text
    assert "data: [false]" in told["claire"]
    assert "data: [true]" in told["marc"]
    del mounted, page, shell, client
    gc.collect()  # what Gradio leaves behind complains here, not in the next test


@pytest.mark.parametrize(
    ("host", "name", "status"),
    [("127.0.0.1", "claire:été", 403), ("127.0.0.1", "marc:b:c", 404), ("0.0.0.0", "", 403),
     ("127.0.0.1", "", 404)],
)  # fmt: skip
def test_uploads_are_for_those_who_manage(assistant, accounts, host, name, status):
    client = opened(assistant, access_for(host, accounts if name else None))
    if name:
        user, _, password = name.partition(":")
        client.post("/login", data={"username": user, "password": password})
    # Gradio is not mounted here: what gets through is not found.
    said = client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")})
    assert said.status_code == status


def test_the_login_page_escapes_what_it_says():
    assert "&lt;script&gt;" in login_html({}, "<script>")


# ---- logs ----


def test_nothing_typed_is_logged(assistant, caplog):
    caplog.set_level(logging.INFO)
    client = opened(assistant, Access())
    typed = "Combien d'enfants comme Zorglub Duchmol sont placés ?"
    client.post("/api/ask", json={"question": typed, "previous": [QUESTION]})
    client.post("/api/ask", json={"question": typed, "k": "Zorglub"})
    client.post("/api/search", json={"question": typed, "authors": ["Zorglub"]})
    client.post("/api/thread", json={"wanted": "Zorglub"})
    client.get("/api/documents/Zorglub")
    said = [record.getMessage() + str(record.exc_info) for record in caplog.records
            if not record.name.startswith("httpx")]  # fmt: skip
    assert [line for line in said if "Zorglub" in line or "Duchmol" in line] == []


def test_a_failure_is_logged_without_its_words():
    try:
        raise ValueError("Zorglub")
    except ValueError as error:
        trouble = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("uvicorn.error", 40, "x", 1, "failed", (), trouble)
    assert without_words(record)
    told = logging.Formatter().format(record)
    assert "ValueError" in told
    assert "test_safety.py" in told
    assert "Zorglub" not in told.replace('raise ValueError("Zorglub")', "")
