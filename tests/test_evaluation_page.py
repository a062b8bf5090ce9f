"""The page of evaluation: what may be asked, one at a time, and all that comes back."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from lxml import html as markup
from starlette.testclient import TestClient
from test_trec import QUESTIONS

from aseqa.ask import Assistant
from aseqa.english.evaluation import EVALUATION_PAGE as ENGLISH
from aseqa.gold import read_gold
from aseqa.messages_evaluation import EVALUATION_PAGE as FRENCH
from aseqa.trec import qrels_text
from aseqa_ui.access import Access, access_for
from aseqa_ui.evaluation_gold import MAX_QUESTIONS, chosen_gold, shipped_files
from aseqa_ui.evaluation_run import Place, evaluation_lines
from aseqa_ui.limits import Desk
from aseqa_ui.passwords import hash_password
from aseqa_ui.problems import Refused
from aseqa_ui.programs import make_shell

LOCAL = "http://127.0.0.1:7860"
TEXT = "\n".join(json.dumps(question, ensure_ascii=False) for question in QUESTIONS)
GOOD = {"name": "à moi.jsonl", "text": TEXT}


def no_number(name: str) -> NoReturn:
    raise AssertionError(name)


def lines_of(said: Any) -> list[dict[str, Any]]:
    return [json.loads(line, parse_constant=no_number) for line in said.text.splitlines()]


def posted(client: TestClient, sent: object, **headers: str) -> Any:
    return client.post("/evaluation/run", json=sent, headers=headers)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_shell(assistant, Access()), base_url=LOCAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(client: TestClient) -> list[dict[str, Any]]:
    said = posted(client, GOOD)
    assert said.status_code == 200
    assert said.headers["content-type"] == "application/x-ndjson"
    assert said.headers["cache-control"] == "no-store"
    return lines_of(said)


@pytest.fixture(scope="module")
def found(told: list[dict[str, Any]]) -> dict[str, Any]:
    return told[-1]


# The page


def test_the_page_offers_the_shipped_files_and_one_of_ones_own(client: TestClient) -> None:
    said = client.get("/evaluation")
    page = markup.document_fromstring(said.text)
    assert said.status_code == 200
    assert page.get("lang") == "fr"
    assert page.xpath("//nav//a[@aria-current='page']/@href") == ["/evaluation"]
    values = page.xpath("//input[@name='gold']/@value")
    assert values == ["tuning.jsonl", "conversations.jsonl", "reporting.jsonl", ""]
    assert page.xpath("//input[@name='gold'][@checked]/@value") == ["tuning.jsonl"]
    counts = [len(read_gold(shipped_files()[name])) for name in values[:3]]
    shown = re.findall(r"\((\d+) questions\)", page.xpath("string(//fieldset)"))
    assert [int(count) for count in shown] == counts
    assert page.xpath("//*[@role='alert']/@id") == ["aq-refusal"]
    assert not page.xpath("//@onclick | //script[@src]")
    [nonce] = page.xpath("//script/@nonce")
    assert f"'nonce-{nonce}'" in said.headers["content-security-policy"]


def test_the_page_speaks_english_too(client: TestClient) -> None:
    said = client.get("/evaluation", headers={"accept-language": "en"})
    page = markup.document_fromstring(said.text)
    assert page.get("lang") == "en"
    assert page.xpath("//button[@type='submit']")[0].text == "Run the evaluation"
    assert '"progress": "{done} questions of {total}"' in said.text


def test_both_catalogues_say_the_same_with_the_same_blanks() -> None:
    assert list(FRENCH) == list(ENGLISH)
    for key, words in FRENCH.items():
        assert set(re.findall(r"{(\w+)}", words)) == set(re.findall(r"{(\w+)}", ENGLISH[key])), key


# What comes of a run


def test_a_run_is_told_question_by_question(told: list[dict[str, Any]]) -> None:
    assert [line["kind"] for line in told] == ["start", *["progress"] * 4, "result"]
    assert told[0]["total"] == 4
    steps = told[1:-1]
    assert [(one["done"], one["id"]) for one in steps] == [
        *((1, "deux mots"), (2, "b"), (3, "c"), (4, "d")),
    ]
    assert (steps[0]["outcome"], steps[3]["outcome"]) == ("right", "abstained")


def test_every_figure_has_a_name_a_value_and_an_interval(found: dict[str, Any]) -> None:
    summary, measures = found["summary"], {one["name"]: one for one in found["measures"]}
    assert (summary["gold"], summary["questions"], summary["answerable"]) == ("à moi.jsonl", 4, 3)
    assert {"quote_hit@1", "sentence_ndcg@10", "ece", "latency_ms p95"} <= measures.keys()
    for name, one in measures.items():
        assert one["label"] == FRENCH[f"evaluation_measure_{name}"]
        assert one["low"] <= one["value"] <= one["high"], name
    assert measures["mrr@10"]["value"] == summary["mrr@10"]
    assert measures["latency_ms p50"]["value"] == summary["latency_ms"]["p50"]
    better = {name: one["better"] for name, one in measures.items()}
    assert (better["quote_hit@1"], better["ece"], better["answered_rate"]) == (1, -1, 0)


def test_each_question_says_what_was_expected_and_what_came(
    found: dict[str, Any], assistant: Assistant
) -> None:
    first, *_, last = found["results"]
    assert first["expected"] == [{"doc": "002", "contains": "plus de 11 000 mineurs"}]
    quote = first["quotes"][0]
    text = assistant.source(quote["document"]).document.text
    assert quote["right"] is True
    assert text[quote["start"] : quote["end"]] == quote["text"]
    assert first["measures"]["quote_hit@1"] == 1.0
    assert "false_answer_rate" not in first["measures"]
    assert (last["expected"], last["quotes"], last["outcome"]) == ([], [], "abstained")
    assert last["measures"]["false_answer_rate"] == 0.0
    assert "quote_hit@1" not in last["measures"]


def test_means_of_the_questions_are_the_figures(found: dict[str, Any]) -> None:
    """What the browser compares question by question adds up to what the server told."""
    for one in found["measures"]:
        values = [
            result["measures"][one["name"]]
            for result in found["results"]
            if one["name"] in result["measures"]
        ]
        if values:
            assert sum(values) / len(values) == pytest.approx(one["value"], abs=1e-4), one["name"]


def test_the_files_for_other_tools_come_along(found: dict[str, Any]) -> None:
    assert found["qrels"].splitlines()[-1] == "c 0 - 0"
    assert found["qrels"].startswith(qrels_text({"deux mots": {}}) + "deux%20mots 0 002_")
    assert found["run"].startswith("deux%20mots Q0 ")
    assert " 1 1.000000 aseqa\n" in found["run"]


def test_the_diagrams_are_drawn_and_told_in_words(found: dict[str, Any]) -> None:
    reliability, risk = found["diagrams"]
    assert "<svg" in reliability["svg"] and "<svg" in risk["svg"]
    bins = re.findall(r"(\d+) questions, (\d+) % de justes", reliability["alt"])
    assert sum(int(count) for count, _ in bins) == 4
    assert "100 % les plus sûres" in risk["alt"]


def test_what_no_sentence_holds_is_said(found: dict[str, Any]) -> None:
    [note] = found["notes"]
    assert note.startswith("Pour 1 des 3 questions qui ont une réponse, aucune phrase de l'index")


def test_a_shipped_file_is_asked_by_its_name() -> None:
    gold = chosen_gold({"shipped": "conversations.jsonl"})
    assert gold.name == "conversations.jsonl"
    assert gold.questions == tuple(read_gold(shipped_files()["conversations.jsonl"]))
    assert gold.sha256 != chosen_gold({"shipped": "tuning.jsonl"}).sha256


def test_a_file_of_a_byte_order_mark_and_any_name_is_read() -> None:
    gold = chosen_gold({"name": "../../etc/passwd", "text": f"\ufeff{TEXT}"})
    assert (gold.name, len(gold.questions)) == ("passwd", 4)


# What is refused


LINE = '{"id": "a", "q": "Qui ?", "gold": []}'


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ({"name": "g.jsonl", "text": f"{LINE}\n{{oups"}, "g.jsonl, ligne 2 : JSON illisible"),
        ({"name": "g.jsonl", "text": f"{LINE}\n{LINE}"}, "ligne 2 : l'identifiant « a » sert déjà"),
        ({"name": "g.jsonl", "text": "\n"}, "g.jsonl : aucune question dans ce fichier."),
        ({"name": "g.json", "text": LINE}, "un fichier de questions JSON Lines (.jsonl)"),
        ({"name": "g.jsonl", "text": "9" * 5000}, "Fichier illisible"),
        ({"name": "g.jsonl", "text": "[" * 50_000}, "Fichier illisible"),
        ({"name": "g.jsonl"}, "Demande mal formée"),
        ({"name": "g" * 101, "text": LINE}, "Demande mal formée"),
        ([], "Demande mal formée"),
        ({"shipped": 3}, "Demande mal formée"),
        ({"shipped": "../gold/tuning.jsonl"}, "n'est pas livré"),
        ({"shipped": "/etc/passwd"}, "n'est pas livré"),
        (
            {"name": "g.jsonl", "text": LINE.replace("Qui", "x" * 1000)},
            "Question « a » : 1000 caractères au plus.",
        ),
    ],
)
def test_what_is_no_gold_file_is_refused_with_its_line(
    client: TestClient, sent: object, detail: str
) -> None:
    said = posted(client, sent)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert detail in said.json()["detail"]


def test_too_many_questions_are_refused() -> None:
    lines = [LINE.replace('"a"', f'"{n}"') for n in range(MAX_QUESTIONS + 1)]
    with pytest.raises(Refused) as refused:
        chosen_gold({"name": "g.jsonl", "text": "\n".join(lines)})
    assert refused.value.problem.detail.startswith("1001 questions : une évaluation en pose 1000")


def test_a_fault_is_told_in_english(client: TestClient) -> None:
    sent = {"shipped": "none.jsonl"}
    said = client.post("/evaluation/run", json=sent, headers={"accept-language": "en"})
    assert said.json()["detail"] == ENGLISH["evaluation_unknown"]


def test_a_body_that_is_no_json_and_a_foreign_page_are_refused(client: TestClient) -> None:
    said = client.post(
        "/evaluation/run", content=b"{", headers={"content-type": "application/json"}
    )
    assert said.status_code == 400
    assert posted(client, GOOD, origin="http://evil.example").status_code == 403


def test_a_file_as_large_as_is_allowed_passes_the_guard(client: TestClient) -> None:
    said = posted(client, {"name": "g.jsonl", "text": " " * 900_000})
    assert said.status_code == 422
    assert "aucune question" in said.json()["detail"]


def test_nobody_evaluates_from_elsewhere_without_an_account(assistant: Assistant) -> None:
    access = access_for("0.0.0.0", None)
    with TestClient(make_shell(assistant, access), base_url="http://192.0.2.1:7860") as client:
        said = posted(client, GOOD)
        page = client.get("/evaluation")
    assert (said.status_code, page.status_code) == (403, 403)
    assert said.json()["detail"] == FRENCH["evaluation_forbidden"]
    shown = markup.document_fromstring(page.text)
    assert shown.xpath("string(//main/p)") == FRENCH["evaluation_forbidden"]
    assert shown.xpath("//form") == []


def test_with_accounts_the_role_is_what_lets_in(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "comptes"
    path.write_text(f"claire:{hash_password('a')}\nmarc:{hash_password('b')}:gestion\n", "utf-8")
    with TestClient(make_shell(assistant, access_for("127.0.0.1", path)), base_url=LOCAL) as client:
        statuses = [
            client.post("/evaluation/run", json={}, auth=auth).status_code
            for auth in (("claire", "a"), ("marc", "b"))
        ]
        assert client.post("/evaluation/run", json=GOOD).status_code == 401
    assert statuses == [403, 422]


# One at a time, stopped when the reader goes


class Counting:
    """The assistant, which counts what it is asked and may be held up."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.asked: list[str] = []
        self.free = threading.Event()
        self.free.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def ask(self, question: str, **more: Any) -> Any:
        self.asked.append(question)
        assert self.free.wait(60)
        return self._assistant.ask(question, **more)


async def some(lines: AsyncIterator[bytes], count: int) -> list[dict[str, Any]]:
    return [json.loads(await anext(lines)) for _ in range(count)]


def test_a_second_evaluation_is_told_when_to_come_back(assistant: Assistant) -> None:
    async def scene() -> None:
        place, desk, gold = Place(), Desk(4), chosen_gold(GOOD)
        running = evaluation_lines(assistant, desk, place, gold)
        await some(running, 3)
        with pytest.raises(Refused) as refused:
            place.check()
        problem = refused.value.problem
        assert problem.status == 409
        assert int(problem.headers["Retry-After"]) >= 5
        assert "2 questions sur 4" in problem.detail
        [line] = [json.loads(line) async for line in evaluation_lines(assistant, desk, place, gold)]
        assert line == {"kind": "error", "detail": problem.detail}
        rest = [json.loads(line)["kind"] async for line in running]
        assert rest == ["progress", "progress", "result"]
        place.check()

    asyncio.run(scene())


def test_when_the_reader_goes_no_further_question_is_asked(assistant: Assistant) -> None:
    async def scene() -> None:
        counting, place = Counting(assistant), Place()
        counting.free.clear()

        async def read() -> list[bytes]:
            lines = evaluation_lines(counting, Desk(4), place, chosen_gold(GOOD))
            return [line async for line in lines]

        reader = asyncio.create_task(read())
        async with asyncio.timeout(60):
            while not counting.asked:
                await asyncio.sleep(0)
        assert place.is_taken
        reader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reader
        counting.free.set()
        assert not place.is_taken
        place.check()
        assert counting.asked == [QUESTIONS[0]["q"]]

    asyncio.run(scene())


def test_others_are_served_between_two_questions(assistant: Assistant) -> None:
    async def scene() -> None:
        desk, place, order = Desk(4), Place(), []

        async def evaluate() -> None:
            async for line in evaluation_lines(assistant, desk, place, chosen_gold(GOOD)):
                order.append(json.loads(line)["kind"])

        async def reader() -> None:
            while "progress" not in order:
                await asyncio.sleep(0)
            await desk.serve(lambda: assistant.ask("Combien de mineurs ?"))
            order.append("reader")

        await asyncio.gather(evaluate(), reader())
        assert order.index("reader") < order.index("result")
        assert order.count("progress") == 4

    asyncio.run(scene())


def test_a_full_desk_makes_the_evaluation_wait_not_fail(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aseqa_ui.evaluation_run.BUSY_RETRY_S", 0)

    async def scene() -> None:
        desk, held = Desk(0), threading.Event()
        others = asyncio.create_task(desk.serve(lambda: held.wait(60)))
        await asyncio.sleep(0)
        lines = evaluation_lines(assistant, desk, Place(), chosen_gold(GOOD))
        assert await some(lines, 1) == [{"kind": "start", "total": 4}]
        waiting = asyncio.create_task(anext(lines))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not waiting.done()
        held.set()
        assert await others
        assert json.loads(await waiting)["done"] == 1
        await lines.aclose()

    asyncio.run(scene())
