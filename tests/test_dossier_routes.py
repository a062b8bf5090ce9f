"""What the page posts its dossier for: files of it, and its questions asked again."""

import csv
import io
import json
import sys
import zipfile
from datetime import date

import pytest
from chat_server import QUESTION
from lxml import html as markup
from starlette.testclient import TestClient

from aseqa.answers import Answer
from aseqa.dossier import Asked, Dossier, Heading, Note, Pinned
from aseqa.dossier_rerun import asked_of, rerun
from aseqa.export import FORMATS
from aseqa.followup import next_turn
from aseqa.messages import FRENCH
from aseqa.seal import VALID, seal_state, text_digest
from aseqa_ui.access import Access, access_for
from aseqa_ui.cards import card_html
from aseqa_ui.dossier_routes import MAX_RERUN
from aseqa_ui.dossier_view import (
    asked_attribute,
    comparison_html,
    dossier_button,
    dossier_head,
)
from aseqa_ui.limits import Limits
from aseqa_ui.passwords import hash_password
from aseqa_ui.programs import make_shell
from aseqa_ui.respond import answer_html
from aseqa_ui.safety import script_hashes

LOCAL = "http://127.0.0.1:7860"
OFF_TOPIC = "Quelle est la recette de la tarte aux pommes ?"
NASTY = "</script><img src=x onerror=alert(1)> \" ' &amp; « é »"


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(make_shell(assistant, Access()), base_url=LOCAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(assistant):
    return assistant.ask(QUESTION)


@pytest.fixture(scope="module")
def dossier(answer):
    pinned = Pinned(answer.quotes[0].to_dict(), QUESTION, NASTY, "2026-11-22T17:00:00.000Z")
    items = (Heading("Chiffres\u00a0: l’été"), pinned, Note("À relire"))
    return Dossier("L'été n° 1", items, (asked_of(QUESTION, answer, "2026-11-22"),))


def parsed(html):
    return markup.fragment_fromstring(html, create_parent="div")


# ---- what the page is given ----


def test_a_card_hands_its_whole_quote_over_sealed(answer):
    for quote in answer.quotes:
        [held] = parsed(card_html(quote)).xpath("//button[@class='aq-keep']/@data-quote")
        assert json.loads(held) == json.loads(json.dumps(quote.to_dict()))
        assert seal_state(json.loads(held)) == VALID


def test_an_answer_hands_over_what_a_dossier_notes_of_it(answer):
    [held] = parsed(answer_html(answer)).xpath("//div[@data-asked]/@data-asked")
    assert json.loads(held) == {
        "question": QUESTION,
        "status": "answered",
        "asked": date.today().isoformat(),
        "seen": [text_digest(quote.text) for quote in answer.quotes],
        "filters": {},
    }


def test_an_abstention_is_noted_too_and_a_question_too_long_is_not(assistant):
    [held] = parsed(answer_html(assistant.ask(OFF_TOPIC))).xpath("//div[@data-asked]/@data-asked")
    assert json.loads(held)["status"] == "abstained"
    assert json.loads(held)["seen"] == []
    long = Answer("x" * 1001, "abstained", None, 0.0, (), (), "1", {})
    assert asked_attribute(long) == ""


def test_a_question_about_a_quote_is_not_noted_for_it_cannot_be_asked_alone(assistant, answer):
    again = assistant.ask("qui l'a dit ?", previous=next_turn(None, answer))
    assert [quote.text for quote in again.quotes] == [answer.quotes[0].text]
    assert asked_attribute(again) == ""


def test_what_was_understood_is_what_is_noted():
    answer = Answer("et là ?", "abstained", None, 0.0, (), (), "1", {}, understood=f"{NASTY} ?")
    [held] = parsed(f"<p{asked_attribute(answer, date(2026, 1, 2))}></p>").xpath("//p/@data-asked")
    assert json.loads(held) == {
        "question": f"{NASTY} ?", "status": "abstained", "asked": "2026-01-02", "seen": [],
        "filters": {},
    }  # fmt: skip


def test_the_head_has_the_words_of_the_page_and_the_browser_knows_its_script():
    head = dossier_head()
    assert head.count("<script>") == head.count("</script>") == 1
    assert script_hashes(head).count("sha256-") == 1
    data = head.partition("window.aseqaDossierWords = ")[2].partition(";\n")[0]
    words = json.loads(data)
    assert words["keep"] == FRENCH["dossier_page_keep"]
    assert list(words["formats"]) == list(FORMATS)
    assert words["limits"]["items"] == 500
    [button] = parsed(dossier_button()).xpath("//button")
    assert button.text == "Dossier (0)"


# ---- files ----


def export(client, style, dossier, **more):
    return client.post("/dossier/export", json={"style": style, "dossier": dossier}, **more)


@pytest.mark.parametrize("style", FORMATS)
def test_each_format_is_a_file_that_is_handed_over(client, dossier, style):
    said = export(client, style, dossier.to_dict())
    assert said.status_code == 200
    assert said.headers["content-type"] == FORMATS[style].media_type
    name = f'attachment; filename="dossier-l-ete-n-1{FORMATS[style].suffix}"'
    assert said.headers["content-disposition"] == name
    assert said.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert said.headers["x-content-type-options"] == "nosniff"
    assert said.headers["cache-control"] == "no-store"


def test_the_files_hold_the_quote_to_the_character(client, dossier):
    text, record = dossier.pinned[0].quote["text"], dossier.to_dict()
    table = export(client, "csv", record).content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(table), delimiter=";")
    [row] = [row for row in rows if row[FRENCH["dossier_column_text"]]]
    assert row[FRENCH["dossier_column_text"]] == f"«\u00a0{text}\u00a0»"
    page = markup.document_fromstring(export(client, "html", record).content)
    assert text in page.text_content()
    assert page.xpath("//script|//img|//@onerror") == []
    with zipfile.ZipFile(io.BytesIO(export(client, "docx", record).content)) as held:
        assert "word/footnotes.xml" in held.namelist()


def test_json_comes_back_as_it_went(client, dossier):
    said = export(client, "json", dossier.to_dict()).json()
    assert said.pop("exported") == date.today().isoformat()
    assert said == json.loads(json.dumps(dossier.to_dict()))
    assert seal_state(said["quotes"][0]) == VALID


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([], "dossier : un objet JSON est attendu"),
        ({"style": "docx"}, "dossier : un objet JSON est attendu"),
        ({"style": 3, "dossier": {}}, "« style » doit être un texte"),
        ({"style": "exe", "dossier": {"title": ""}}, "« exe » n'est pas un format d'export"),
        ({"style": "../docx", "dossier": {"title": ""}}, "n'est pas un format d'export"),
        ({"style": "csv", "dossier": {"items": [{"kind": "quote"}]}}, "élément 1, citation"),
        ({"style": "csv", "dossier": {"items": [{"kind": "note"}] * 501}}, "501 entrées"),
        ({"style": "csv", "dossier": {"format": 2}}, "format 2 est plus récent"),
    ],
)
def test_what_is_no_dossier_is_refused_in_french(client, sent, told):
    said = client.post("/dossier/export", json=sent)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert told in said.json()["detail"]
    assert said.json()["instance"] == "/dossier/export"


def test_a_library_that_is_missing_is_said(client, monkeypatch):
    for name in ("aseqa.export.docx", "aseqa.export.docx_footnotes", "aseqa.export.docx_xml"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    said = export(client, "docx", {"title": ""})
    assert said.status_code == 501
    assert said.json()["detail"].endswith("pip install python-docx.")


@pytest.mark.parametrize("path", ["/dossier/export", "/dossier/rerun"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_other_pages_get_nothing(client, path, headers, status):
    body = json.dumps({"style": "json", "dossier": {"title": ""}})
    said = client.post(path, content=body, headers={"Content-Type": "application/json", **headers})
    assert said.status_code == status


@pytest.mark.parametrize("path", ["/dossier/export", "/dossier/rerun"])
@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[" * 50 + b"]" * 50, 400), (b'{"a": NaN}', 400)]
)
def test_a_broken_body_is_refused(client, path, body, status):
    headers = {"Content-Type": "application/json"}
    assert client.post(path, content=body, headers=headers).status_code == status
    assert client.get(path).status_code == 405


def test_a_body_past_the_limit_is_refused(assistant):
    limits = Limits(body_bytes=1000, answer_bytes=1000)
    with TestClient(make_shell(assistant, Access(limits=limits)), base_url=LOCAL) as client:
        said = export(client, "json", {"title": "x" * 1000})
        assert said.status_code == 413


def test_a_password_stands_before_both(assistant, tmp_path):
    path = tmp_path / "comptes"
    path.write_text(f"claire:{hash_password('été')}\n", encoding="utf-8")
    shell = make_shell(assistant, access_for("127.0.0.1", path))
    with TestClient(shell, base_url=LOCAL) as client:
        assert export(client, "json", {"title": ""}).status_code == 401
        assert client.post("/dossier/rerun", json={"dossier": {}}).status_code == 401


# ---- questions asked again ----


def test_the_same_corpus_changes_nothing(client, dossier):
    said = client.post("/dossier/rerun", json={"dossier": dossier.to_dict()}).json()
    [change] = said["questions"]
    assert (said["same"], change["kept"], change["question"]) == (True, 1, QUESTION)
    assert change["asked"] == {
        **dossier.questions[0].to_dict(),
        "asked": date.today().isoformat(),
    }
    [section] = parsed(said["html"]).xpath("//section")
    assert section.get("class") == "aq-rerun aq-rerun-same"
    assert section.xpath("./p/text()") == ["Rien n'a changé ; citations toujours données : 1."]
    assert json.loads(section.get("data-asked")) == change["asked"]


def test_new_changed_and_gone_quotes_are_shown(client, dossier, answer):
    kept = dossier.pinned[0].quote
    text = f"{NASTY} plus"
    gone = {**kept, "text": text, "start": 9_000_000, "end": 9_000_000 + len(text)}
    gone |= {"document": "autre", "sha256": "f" * 64, "reference": NASTY}
    changed = {**kept, "sha256": "e" * 64}
    noted = Asked(QUESTION, "abstained", "2026-01-01", ())
    items = (Pinned(gone, QUESTION), Pinned(changed, QUESTION))
    sent = Dossier("", items, (noted,)).to_dict()
    said = client.post("/dossier/rerun", json={"dossier": sent}).json()
    [change] = said["questions"]
    assert not said["same"]
    assert [one["text"] for one in change["gone"]] == [text]
    assert [one["what"] for one in change["changed"]] == ["file"]
    assert len(change["new"]) == len(answer.quotes) - 1
    tree = parsed(said["html"])
    assert tree.xpath("//img|//script") == []
    assert tree.xpath("//blockquote[contains(@class, 'aq-former')]/text()") == [text]
    assert len(tree.xpath("//button[@class='aq-keep']")) == len(answer.quotes)
    labels = tree.xpath("//p[@class='aq-rerun-label']/text()")
    assert labels[:2] == [FRENCH["rerun_changed_file"], FRENCH["rerun_gone"]]
    assert labels[2:] == [FRENCH["rerun_new"]] * (len(answer.quotes) - 1)
    assert tree.xpath("//section/p/text()")[0] == FRENCH["rerun_now_answered"]


def test_other_words_in_the_same_place_are_shown_before_and_after(assistant, dossier):
    kept = dossier.pinned[0].quote
    text = kept["text"].replace("mineurs", "enfants")
    before = {**kept, "text": text, "end": kept["start"] + len(text), "sha256": kept["sha256"]}
    comparison = rerun(Dossier("", (Pinned(before, QUESTION),)), assistant.ask)
    tree = parsed(comparison_html(comparison))
    assert tree.xpath("//blockquote[contains(@class, 'aq-former')]/text()") == [text]
    assert tree.xpath("//span[@class='aq-quote']")[0].text_content() == kept["text"]


def test_a_question_without_answer_says_why(client):
    noted = Asked(OFF_TOPIC, "answered").to_dict()
    said = client.post("/dossier/rerun", json={"dossier": {"questions": [noted]}}).json()
    [line] = parsed(said["html"]).xpath("//section/p/text()")
    assert line.startswith("Il y avait une réponse ; il n'y en a plus")


def test_as_many_quotes_are_asked_for_as_were_given(client, assistant):
    five = assistant.ask("violences faites aux enfants", k=5)
    noted = Asked("violences", "answered", None, ("0" * 64,) * 500).to_dict()
    refused = client.post("/dossier/rerun", json={"dossier": {"questions": [noted]}})
    assert refused.status_code == 422
    asked = asked_of("violences faites aux enfants", five)
    pinned = tuple(Pinned(quote.to_dict(), asked.question) for quote in five.quotes)
    sent = Dossier("", pinned, (asked,)).to_dict()
    said = client.post("/dossier/rerun", json={"dossier": sent}).json()
    assert said["same"]


def test_one_request_asks_few_questions(client):
    noted = [Asked(f"Question {n} ?", "answered").to_dict() for n in range(MAX_RERUN + 1)]
    said = client.post("/dossier/rerun", json={"dossier": {"questions": noted}})
    assert said.status_code == 422
    assert said.json()["detail"] == f"Une requête repose au plus {MAX_RERUN} questions."


def test_a_large_dossier_is_taken(client, dossier):
    [pinned] = dossier.pinned
    many = Dossier(dossier.title, (pinned,) * 100, dossier.questions)
    body = {"style": "json", "dossier": many.to_dict()}
    assert len(json.dumps(body)) > 300_000
    answered = client.post("/dossier/export", json=body)
    assert answered.status_code == 200
    assert len(json.loads(answered.content)["items"]) == 100


def test_a_question_is_asked_again_under_the_filters_it_had(client):
    noted = Asked(QUESTION, "answered", filters={"voices": ["parlementaire"]})
    said = client.post("/dossier/rerun", json={"dossier": {"questions": [noted.to_dict()]}})
    [change] = said.json()["questions"]
    assert {quote["voice"]["kind"] for quote in change["new"]} == {"parlementaire"}
    assert change["asked"]["filters"] == {"voices": ["parlementaire"]}
    wrong = Asked(QUESTION, "answered", filters={"voices": ["radio"]}).to_dict()
    refused = client.post("/dossier/rerun", json={"dossier": {"questions": [wrong]}})
    assert refused.status_code == 422
    assert "radio" in refused.json()["detail"]
