"""The page of documents: the list for all, and what only those who manage may change."""

import json
import shutil
import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aseqa.ask import Assistant
from aseqa.ingest import index_paths
from aseqa_ui.access import Access, access_for
from aseqa_ui.jobs import SLICE_FILES
from aseqa_ui.limits import Limits
from aseqa_ui.passwords import hash_password
from aseqa_ui.programs import make_shell

LOCAL = "http://127.0.0.1:7860"
BYTES = {"Content-Type": "application/octet-stream"}
NASTY = "<img src=x onerror=alert(1)>"
DEADLINE_S = 240


def fill(corpus):
    corpus.mkdir()
    for name, words in {
        "foyers.txt": "Le département compte 4 321 places en foyer.",
        "juges.txt": "Les juges des enfants sont 500 en France.",
    }.items():
        (corpus / name).write_text(f"{words}\n", encoding="utf-8")
    (corpus / "page.html").write_text(
        f"<html><head><title>{NASTY.replace('<', '&lt;')}</title>"
        '<meta name="author" content="Léa Été"></head><body><article><p>Les familles d\'accueil '
        "sont au nombre de 640 dans le département.</p></article></body></html>",
        encoding="utf-8",
    )


def make(folder, encoder):
    fill(folder / "corpus")
    index_paths([folder / "corpus"], folder / "index", encoder)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory, encoder):
    return make(tmp_path_factory.mktemp("made"), encoder)


@pytest.fixture
def place(request, made, tmp_path, encoder):
    """A folder of each test's own, with the index of three files that none may change."""
    if getattr(request, "param", "") == "own corpus":
        return make(tmp_path, encoder)
    shutil.copytree(made / "index", tmp_path / "index")
    return tmp_path


@pytest.fixture
def opened(place, encoder):
    with Assistant.open(place / "index", encoder) as assistant:
        yield assistant


@pytest.fixture
def client(opened):
    with TestClient(make_shell(opened, Access()), base_url=LOCAL) as client:
        yield client


def send(client, name, words, batch="a", **rest):
    data = words if isinstance(words, bytes) else words.encode()
    query = {"name": name, "batch": batch, **rest}
    return client.post("/documents/files", params=query, content=data, headers=BYTES)


def ended(client, name):
    """Wait until a job is over, however slow the machine."""
    until = time.monotonic() + DEADLINE_S
    while time.monotonic() < until:
        job = client.get(f"/documents/jobs/{name}").json()
        if job["state"] not in ("waiting", "running"):
            return job
        threading.Event().wait(0.1)
    raise AssertionError(job)


def started(client, path, **data):
    said = client.post(path, json=data)
    assert said.status_code == 202, said.text
    return ended(client, said.json()["id"])


def outcomes(job):
    return {entry["name"]: entry["state"] for entry in job["entries"]}


def names(client, **query):
    found = client.get("/documents/list", params=query).json()
    return [document["document"] for document in found["documents"]]


# ---- the list ----


def test_the_list_searches_what_names_a_document_and_sorts(client):
    assert sorted(names(client)) == ["foyers", "juges", "page"]
    assert names(client, sort="source", order="up") == ["foyers", "juges", "page"]
    assert names(client, sort="source", order="down") == ["page", "juges", "foyers"]
    assert names(client, q="lea ete") == ["page"]
    assert names(client, q="PAGE WEB") == ["page"]
    assert names(client, q="juges.t") == ["juges"]
    assert names(client, q="juges lea") == []
    assert names(client, q="%") == names(client, q="' OR 1=1 --") == []


def test_a_row_tells_what_a_document_is(client):
    [row] = client.get("/documents/list", params={"q": "foyers"}).json()["documents"]
    assert row == {
        "document": "foyers",
        "title": "foyers.txt",
        "kind": "Texte",
        "date": "sans date",
        "author": "",
        "source": "foyers.txt",
        "chars": 44,  # its sections, without the end of line after the last
        "sentences": 1,
        "siblings": 1,
        "address": "/?document=foyers",
    }


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_is_the_nearest(client, page):
    found = client.get("/documents/list", params={"page": page}).json()
    assert (found["page"], found["pages"], found["count"]) == (1, 1, 3)


def test_an_order_that_is_not_offered_is_refused(client):
    said = client.get("/documents/list", params={"sort": "d.name; DROP TABLE documents"})
    assert said.status_code == 422


def test_the_page_is_whole_in_both_languages(client):
    for code, words in {"fr": "Déposez ici des fichiers", "en": "Drop files or a folder"}.items():
        said = client.get("/documents", params={"lang": code})
        assert said.status_code == 200
        assert words in said.text
        assert f'<html lang="{code}"' in said.text
        assert "nonce-" in said.headers["content-security-policy"]


# ---- files come in ----


def test_files_are_indexed_one_by_one_and_can_be_asked_about(client, opened, place):
    first = send(client, "maisons.txt", "La région compte 77 maisons d'enfants.")
    assert first.status_code == 202
    send(client, "casse.pdf", b"%PDF-1.7 rien")
    send(client, "../foyers.txt", "Le département compte 4 321 places en foyer.\n")
    job = ended(client, first.json()["job"])
    assert (job["state"], job["done"], job["total"]) == ("done", 3, 3)
    assert outcomes(job) == {"maisons.txt": "added", "casse.pdf": "failed", "foyers.txt": "twin"}
    [fault] = [entry["fault"] for entry in job["entries"] if entry["fault"]]
    assert fault.startswith("Le fichier casse.pdf est abîmé")
    assert str(place) not in fault
    # What could not be read does not stay.
    assert sorted(path.name for path in (place / "documents").glob("[!.]*")) == [
        "foyers.txt", "maisons.txt",
    ]  # fmt: skip
    answer = opened.ask("Combien de maisons d'enfants la région compte-t-elle ?")
    assert "77 maisons" in answer.quotes[0].text


def test_a_file_replaces_only_when_asked_to(client, opened, place):
    ended(client, send(client, "n.txt", "Il y a 10 places en crèche.", "a").json()["job"])
    job = ended(client, send(client, "n.txt", "Il y a 20 places en crèche.", "b").json()["job"])
    assert outcomes(job) == {"n (2).txt": "added"}
    said = client.post("/documents/taken", json={"names": ["n.txt", "o.txt", 3]})
    assert said.json() == {"taken": ["n.txt"]}
    again = send(client, "n.txt", "Il y a 30 places en crèche.", "c", existing="replace")
    assert outcomes(ended(client, again.json()["job"])) == {"n.txt": "updated"}
    texts = {path.name: path.read_text() for path in (place / "documents").glob("*.txt")}
    assert {name: text[7:9] for name, text in texts.items()} == {"n.txt": "30", "n (2).txt": "20"}
    assert opened.source("n").document.text == texts["n.txt"]


def test_a_file_named_as_one_of_another_folder_takes_nothing_of_it(client, opened):
    sent = send(client, "juges.txt", "Les juges sont 9.")
    assert outcomes(ended(client, sent.json()["job"])) == {"juges.txt": "added"}
    texts = sorted(document.text[:16] for document in opened.documents())
    assert texts == ["Le département c", "Les familles d'a", "Les juges des en", "Les juges sont 9"]


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "est vide"),
        (b"MZ\x90\x00" + bytes(99), 422, "aucun type accepté"),
        (b"x" * 5000, 413, "Trop|trop|dépasse"),
    ],
)
def test_what_is_not_taken_is_told_at_once(opened, place, data, status, words):
    access = Access(limits=Limits(upload_bytes=4000, per_minute=6000, burst=600))
    with TestClient(make_shell(opened, access), base_url=LOCAL) as client:
        said = send(client, "a.txt", data)
        assert said.status_code == status
        assert said.headers["content-type"] == "application/problem+json"
        assert any(word in said.json()["detail"] for word in words.split("|"))
        assert client.get("/documents/jobs").json() == {"jobs": []}
    assert [path for path in (place / "documents").rglob("*") if path.is_file()] == []


def test_a_body_longer_than_it_said_is_cut_off(opened):
    """A chunked body announces nothing: the limit counts what comes."""
    access = Access(limits=Limits(upload_bytes=4000))
    with TestClient(make_shell(opened, access), base_url=LOCAL) as client:
        headers = {**BYTES, "Content-Length": "100"}
        query = {"name": "a.txt", "batch": "a"}
        said = client.post(
            "/documents/files", params=query, content=iter([b"mot " * 2000]), headers=headers
        )
        assert said.status_code == 413


def test_a_batch_has_a_limit_of_files(opened):
    access = Access(limits=Limits(batch_files=1))
    with TestClient(make_shell(opened, access), base_url=LOCAL) as client:
        assert send(client, "a.txt", "Mot un.").status_code == 202
        said = send(client, "b.txt", "Mot deux.")
        assert (said.status_code, said.json()["type"]) == (413, "urn:aseqa:problem:many")
        too_many = client.post("/documents/taken", json={"names": ["a", "b"]})
        assert too_many.status_code == 413
        ended(client, "1")


def test_the_line_has_a_limit_of_bytes(opened):
    access = Access(limits=Limits(queue_bytes=0))
    with TestClient(make_shell(opened, access), base_url=LOCAL) as client:
        assert send(client, "a.txt", "Mot un.").status_code == 503


@pytest.mark.parametrize("batch", ["", "é", "a/b", "x" * 65])
def test_a_batch_has_a_plain_name(client, batch):
    assert send(client, "a.txt", "Mot.", batch).status_code == 422


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", ""])
def test_a_form_of_another_page_cannot_send_files(client, kind):
    said = client.post(
        "/documents/files?name=a.txt&batch=a", content=b"Mot", headers={"Content-Type": kind}
    )
    assert said.status_code == 415


# ---- files go ----


def test_a_deleted_document_is_gone_and_can_come_back(client, opened, place):
    ended(client, send(client, "n.txt", "Il y a 10 places en crèche.").json()["job"])
    about = client.get("/documents/about", params={"document": "n"}).json()
    assert (about["title"], about["ours"], about["siblings"]) == ("n.txt", True, [])
    job = started(client, "/documents/delete", document="n")
    assert (job["kind"], job["title"], job["undo"]) == ("delete", "n.txt", True)
    assert outcomes(job) == {"n.txt": "removed"}
    assert not (place / "documents" / "n.txt").exists()
    assert "n" not in names(client)
    back = started(client, "/documents/undo", job=job["id"])
    assert (back["state"], outcomes(back)) == ("done", {"n.txt": "restored"})
    assert (place / "documents" / "n.txt").read_text() == "Il y a 10 places en crèche."
    assert opened.source("n").document.text == "Il y a 10 places en crèche."
    again = client.post("/documents/undo", json={"job": job["id"]})
    assert again.status_code == 409


def test_a_deletion_cannot_be_undone_once_something_else_changed(client, place):
    ended(client, send(client, "n.txt", "Il y a 10 places en crèche.").json()["job"])
    job = started(client, "/documents/delete", document="n")
    ended(client, send(client, "o.txt", "Il y a 11 places en halte.", "b").json()["job"])
    back = started(client, "/documents/undo", job=job["id"])
    assert back["state"] == "failed"
    assert back["fault"].startswith("Le corpus a changé depuis")
    assert sorted(names(client)) == ["foyers", "juges", "o", "page"]
    assert [path.name for path in (place / "documents").rglob("*.txt")] == ["o.txt"]


def test_a_file_elsewhere_leaves_the_index_alone(client, made):
    about = client.get("/documents/about", params={"document": "foyers"}).json()
    assert (about["ours"], about["source"]) == (False, "foyers.txt")
    started(client, "/documents/delete", document="foyers")
    assert names(client, sort="source", order="up") == ["juges", "page"]
    assert (made / "corpus" / "foyers.txt").is_file()


@pytest.mark.parametrize("name", ["rien", "../foyers", "/etc/passwd", "", None, 3, ["foyers"]])
def test_only_a_document_of_the_index_can_be_deleted(client, name):
    assert client.post("/documents/delete", json={"document": name}).status_code == 404


# ---- the index again ----


@pytest.mark.parametrize("place", ["own corpus"], indirect=True)
def test_an_update_tells_what_changed_and_what_vanished(client, place):
    corpus = place / "corpus"
    (corpus / "juges.txt").unlink()
    (corpus / "foyers.txt").write_text("Le département compte 5 000 places.\n", encoding="utf-8")
    (corpus / "neuf.txt").write_text("Il y a 12 psychologues.\n", encoding="utf-8")
    (corpus / "casse.pdf").write_bytes(b"%PDF-1.7")
    job = started(client, "/documents/renew")
    assert job["kind"] == "renew"
    assert outcomes(job) == {
        "juges.txt": "removed", "foyers.txt": "updated", "neuf.txt": "added", "casse.pdf": "failed",
    }  # fmt: skip
    assert job["unchanged"] == 1
    assert sorted(names(client)) == ["foyers", "neuf", "page"]


@pytest.mark.parametrize("place", ["own corpus"], indirect=True)
def test_a_folder_that_is_gone_is_told_and_its_documents_stay(client, place):
    ended(client, send(client, "n.txt", "Il y a 10 places en crèche.").json()["job"])
    (place / "corpus").rename(place / "parti")
    job = started(client, "/documents/renew")
    assert outcomes(job) == {str(place / "corpus"): "missing"}
    assert len(names(client)) == 4


def test_everything_can_be_rebuilt(client):
    job = started(client, "/documents/renew", rebuild=True)
    assert (job["kind"], job["unchanged"]) == ("rebuild", 0)
    assert set(outcomes(job).values()) == {"updated"}
    assert len(names(client)) == 3


def test_a_stop_keeps_what_is_done_and_leaves_nothing_half_done(client, place, opened):
    count = 4 * SLICE_FILES
    for number in range(count):
        said = send(client, f"n{number}.txt", f"Il y a {number + 100} places en crèche.")
    name = said.json()["job"]
    until = time.monotonic() + DEADLINE_S
    while "added" not in outcomes(client.get(f"/documents/jobs/{name}").json()).values():
        assert time.monotonic() < until
        threading.Event().wait(0.05)
    client.post(f"/documents/jobs/{name}/stop", json={})
    job = ended(client, name)
    states = [entry["state"] for entry in job["entries"]]
    assert job["state"] == "stopped"
    assert set(states) == {"added", "stopped"}
    kept = {entry["name"] for entry in job["entries"] if entry["state"] == "added"}
    assert {path.name for path in (place / "documents").glob("*.txt")} == kept
    sources = {document.source for document in opened.documents()}
    assert sources == kept | {"foyers.txt", "juges.txt", "page.html"}
    assert list((place / "documents" / ".incoming").iterdir()) == []
    # What comes of the same batch after the stop is not taken either.
    late = send(client, "tard.txt", "Il y a 99 places.")
    assert ended(client, late.json()["job"])["state"] == "stopped"
    assert not (place / "documents" / "tard.txt").exists()


def test_questions_are_answered_while_files_are_indexed(client, opened):
    for number in range(12):
        words = "\n\n".join(f"La mesure {number}-{n} vise {n} enfants." for n in range(60))
        said = send(client, f"m{number}.txt", words)
    asked = 0
    while client.get(f"/documents/jobs/{said.json()['job']}").json()["state"] != "done":
        answer = client.post("/api/ask", json={"question": "Combien de places en foyer ?"})
        assert answer.status_code == 200
        asked += 1
    assert asked > 0
    assert len(opened.documents()) == 15


# ---- who may ----


MANAGED = [
    ("GET", "/documents/jobs", None),
    ("GET", "/documents/jobs/1", None),
    ("POST", "/documents/jobs/1/stop", {}),
    ("POST", "/documents/taken", {"names": ["a.txt"]}),
    ("POST", "/documents/files?name=a.txt&batch=a", b"Mot"),
    ("POST", "/documents/delete", {"document": "foyers"}),
    ("POST", "/documents/undo", {"job": "1"}),
    ("POST", "/documents/renew", {}),
    ("POST", "/documents/renew", {"rebuild": True}),
]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    path = tmp_path_factory.mktemp("accounts") / "accounts"
    hashed = hash_password("mot de passe")
    path.write_text(f"lea:{hashed}\ngreg:{hashed}:gestion\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def quiet(made, encoder):
    with Assistant.open(made / "index", encoder) as assistant:
        yield assistant


@pytest.mark.parametrize(("method", "path", "body"), MANAGED)
def test_only_those_who_manage_may_change_anything(quiet, accounts, method, path, body):
    for access, auth in [
        (access_for("127.0.0.1", accounts), ("lea", "mot de passe")),
        (access_for("0.0.0.0", None), None),
    ]:
        client = TestClient(make_shell(quiet, access), base_url=LOCAL)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = BYTES if isinstance(body, bytes) else {"Content-Type": "application/json"}
        said = client.request(method, path, content=content, headers=headers, auth=auth)
        assert (said.status_code, said.json()["type"]) == (403, "urn:aseqa:problem:role")
        assert client.get("/documents/list", auth=auth).json()["count"] == 3
        page = client.get("/documents", auth=auth).text
        assert "aq-drop" not in page.partition("</style>")[2]
        assert "documents/delete" not in page
    assert not (Path(quiet.status()["folder"]).parent / "documents").exists()


def test_who_manages_sees_what_changes_the_corpus(quiet, accounts):
    access = access_for("127.0.0.1", accounts)
    client = TestClient(make_shell(quiet, access), base_url=LOCAL)
    auth = ("greg", "mot de passe")
    assert 'id="aq-drop"' in client.get("/documents", auth=auth).text
    assert client.get("/documents/jobs", auth=auth).json() == {"jobs": []}
    for path in ("/documents/jobs/1", "/documents/jobs/..%2f1"):
        assert client.get(path, auth=auth).status_code == 404


def test_who_has_no_account_sees_nothing(quiet, accounts):
    client = TestClient(
        make_shell(quiet, access_for("127.0.0.1", accounts)), base_url=LOCAL, follow_redirects=False
    )
    assert client.get("/documents/list").status_code == 401
