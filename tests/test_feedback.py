"""What readers say of answers: off by default, one line each, without names of persons."""

import json
import stat
from datetime import date

import pytest
from lxml import html as markup
from starlette.testclient import TestClient

from aseqa.errors import BadSettings
from aseqa_ui import feedback
from aseqa_ui.access import Access
from aseqa_ui.feedback import Feedback, feedback_line, feedback_routes
from aseqa_ui.feedback_view import feedback_attribute, feedback_head
from aseqa_ui.programs import make_shell
from aseqa_ui.respond import answer_html

LOCAL = "http://127.0.0.1:7860"
QUESTION = "Qu'a demandé Mme Karen Erodi en Haute-Garonne ?"
SENT = {
    "answer": "0123456789abcdef",
    "verdict": "right",
    "question": QUESTION,
    "status": "answered",
    "confidence": 0.77,
    "quotes": [{"document": "000_7df608eed1d41053", "start": 361, "end": 517}],
    "index": "1-f6a6d5baad0f",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "avis.jsonl"


@pytest.fixture
def client(assistant, path):
    with TestClient(make_shell(assistant, Access(), feedback=path), base_url=LOCAL) as opened:
        yield opened


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_verdict_is_one_line_with_the_day_and_no_name(client, path):
    assert client.post("/feedback", json=SENT).status_code == 204
    told = "Qu'a demandé Mme [nom] en Haute-Garonne ?"
    assert lines(path) == [{"date": date.today().isoformat(), **SENT, "question": told}]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_changed_verdict_is_a_line_more_on_the_same_answer(client, path):
    for verdict in ("right", "useless", "none"):
        assert client.post("/feedback", json={**SENT, "verdict": verdict}).status_code == 204
    found = [line["verdict"] for line in lines(path) if line["answer"] == SENT["answer"]]
    assert found == ["right", "useless", "none"]


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "great"},
        {"answer": "../../etc"},
        {"question": ""},
        {"question": "a" * 2001},
        {"status": "error"},
        {"confidence": 1.5},
        {"confidence": "0.5"},
        {"quotes": [{"document": "d", "start": -1, "end": 2}]},
        {"quotes": SENT["quotes"] * 21},
        {"quotes": [{"document": "d" * 501, "start": 1, "end": 2}]},
        {"index": "i" * 101},
        {"name": "Mme Erodi"},
    ],
)
def test_what_is_no_verdict_is_refused_and_not_written(client, path, change):
    refused = client.post("/feedback", json={**SENT, **change})
    assert (refused.status_code, refused.json()["title"]) == (422, "Avis non enregistré")
    assert path.read_bytes() == b""


def test_other_sites_and_other_bodies_are_refused(client, path):
    origin = {"origin": "http://elsewhere.example"}
    assert client.post("/feedback", json=SENT, headers=origin).status_code == 403
    assert client.post("/feedback", data={"verdict": "right"}).status_code == 415
    assert client.post("/feedback", json=[SENT]).status_code == 422
    assert client.get("/feedback").status_code == 405
    assert path.read_bytes() == b""


def test_when_it_is_off_nothing_takes_or_offers_it(assistant, tmp_path):
    with TestClient(make_shell(assistant, Access()), base_url=LOCAL) as client:
        assert client.post("/feedback", json=SENT).status_code == 404
    assert list(tmp_path.iterdir()) == []
    assert "aq-feedback" not in answer_html(assistant.ask(QUESTION))


def test_a_file_that_cannot_be_written_is_said_at_the_start(tmp_path):
    with pytest.raises(BadSettings, match="--feedback"):
        feedback_routes(tmp_path / "missing" / "avis.jsonl")
    with pytest.raises(BadSettings, match=str(tmp_path)):
        feedback_routes(tmp_path)


def test_a_file_that_fails_later_is_said_in_french(client, path):
    path.unlink()
    path.mkdir()
    failed = client.post("/feedback", json=SENT)
    assert failed.status_code == 503
    assert failed.json()["detail"] == "Le fichier d'avis du serveur ne peut pas être écrit."
    assert str(path) not in failed.text


def test_the_file_does_not_grow_for_ever(client, path):
    with path.open("wb") as file:
        file.truncate(feedback.MAX_FILE_BYTES)
    assert client.post("/feedback", json=SENT).status_code == 503
    assert path.stat().st_size == feedback.MAX_FILE_BYTES


def test_a_line_stays_one_line_and_steers_no_terminal():
    hostile = {**SENT, "question": "a\u2028b\u202ec\x1b[31m\n{}", "index": "i\u0085j"}
    hostile["quotes"] = [{"document": "d\u200fe\n", "start": 1, "end": 2}]
    line = feedback_line(Feedback.model_validate(hostile), date(2026, 11, 22)).decode()
    assert line.count("\n") == 1 == len(line.splitlines())
    record = json.loads(line)
    assert (record["question"], record["index"]) == ("a b c [31m {}", "i j")
    assert record["quotes"][0]["document"] == "d e "


def test_an_answer_says_what_its_verdict_would_send(assistant):
    answer = assistant.ask(QUESTION)
    [part] = markup.fragment_fromstring(f"<p{feedback_attribute(answer)}></p>", create_parent="div")
    record = json.loads(part.get("data-feedback"))
    sent = {**record, "answer": SENT["answer"], "verdict": "wrong"}
    assert Feedback.model_validate(sent).question == QUESTION
    assert record["index"] == answer.index
    assert [one["start"] for one in record["quotes"]] == [one.start for one in answer.quotes]


def test_the_head_holds_the_words_and_one_script():
    head = feedback_head()
    assert (head.count("<script>"), head.count("</script>")) == (1, 1)
    assert '"useless": "Citation juste mais inutile"' in head
