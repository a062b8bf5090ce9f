"""The comparison with peers: what judges and measures, on small made-up outputs of drivers."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aseqa.gold import GoldAnswer, GoldQuestion
from aseqa.settings import shipped_seeds

PEERS = Path(__file__).parents[1] / "benchmarks" / "peers"
sys.path[:0] = [str(PEERS), str(PEERS / "drivers")]

import peer_environments  # noqa: E402
import peer_inputs  # noqa: E402
import peer_judging  # noqa: E402
import peer_protocol  # noqa: E402
import peer_sentences  # noqa: E402
import peer_table  # noqa: E402
from peer_protocol import Found, PeerDocument  # noqa: E402

TEXT = "Le foyer compte 12 places. Il est à Albi. Le budget atteint 3 M€."
FIRST, SECOND, THIRD = (0, 26), (27, 41), (42, 65)


def item(place, score=0.5, text=None, document="a"):
    start, end = place
    return {
        "document": document,
        "start": start,
        "end": end,
        "text": TEXT[start:end] if text is None else text,
        "score": score,
    }


def asked(name, contains, tunes=False):
    answers = (GoldAnswer("a", contains),) if contains else ()
    gold = GoldQuestion(name, f"{name} ?", answers, "")
    judge = peer_inputs.right_words(gold)
    return peer_inputs.PeerQuestion(name, f"{name} ?", bool(contains), tunes, judge)


def reply(name, quotes, score, ms=10.0, shown=None):
    return {"id": name, "ms": ms, "score": score, "quotes": quotes, "shown": shown}


QUESTIONS = (
    asked("t1", "12 places", tunes=True),
    asked("t2", "Albi", tunes=True),
    asked("t3", None, tunes=True),
    asked("r1", "12 places"),
    asked("r2", "3 M€"),
    asked("r3", None),
    asked("r4", None),
)
SET = peer_inputs.PeerSet("small", ({"id": "a", "title": None, "text": TEXT},), QUESTIONS)
REPLIES = [
    reply("t1", [item(FIRST)], 0.8),
    reply("t2", [item(SECOND)], 0.4),
    reply("t3", [item(SECOND)], 0.9),
    reply("r1", [item(FIRST), item(SECOND)], 0.7, ms=10.0),
    reply("r2", [item(SECOND), item(THIRD)], 0.3, ms=20.0),
    reply("r3", [item(SECOND)], 0.5, ms=30.0),
    reply("r4", [], -1e9, ms=40.0),
]
OUTPUT = {
    "peer": "fake",
    "versions": {},
    "index_seconds": 2.0,
    "characters": 4000,
    "passages": {q.id: [item(SECOND), item((0, 65))] for q in QUESTIONS},
    "runs": {"sentence": {"replies": REPLIES, "peak_rss_mb": 100.0}},
}


def test_ranking_decision_and_speed_of_a_peer_with_a_tuned_threshold():
    (row,) = peer_judging.judge_output(OUTPUT, SET, share=1.0)
    assert (row.peer, row.way) == ("fake", "sentence")
    assert row.figures == {
        "ranked@1": 0.5,
        "ranked@3": 1.0,
        # The threshold is 0.4: r2 is refused, r3 answered, r4 has nothing to show.
        "shown@1": 0.5,
        "shown@3": 0.5,
        "passage@1": 0.0,
        "passage@5": 1.0,
        "passage@20": 1.0,
        "false_answers": 0.5,
        "false_refusals": 0.5,
        "offsets": 1.0,
        "kchars_per_s": 2.0,
        "auroc": 0.75,
        "p50_ms": 25.0,
        "p95_ms": pytest.approx(38.5),
        "peak_rss_mb": 100.0,
    }
    low, high = row.intervals["shown@1"]
    assert (low, high) == (0.0, 1.0)


def test_the_threshold_lets_the_wanted_share_of_answerable_tuning_questions_through():
    replies = {one["id"]: one for one in REPLIES}
    assert peer_judging.tuned_threshold(replies, QUESTIONS, 0.5) == 0.8
    assert peer_judging.tuned_threshold(replies, QUESTIONS, 1.0) == 0.4
    assert peer_judging.tuned_threshold(replies, QUESTIONS[3:], 0.5) is None


def test_a_peer_that_decides_is_taken_at_its_word():
    decided = [
        {**one, "shown": one["quotes"][1:] if one["id"] in ("t1", "r2") else []} for one in REPLIES
    ]
    output = {**OUTPUT, "runs": {"own": {"replies": decided, "peak_rss_mb": 1.0}}}
    (row,) = peer_judging.judge_output(output, SET)
    assert row.figures["ranked@1"] == 0.5
    assert row.figures["shown@1"] == 0.5  # r2 alone is answered, by its second quote: right
    assert row.figures["false_answers"] == 0.0
    assert row.figures["false_refusals"] == 0.5
    assert peer_judging.answered_share(output, SET) == 0.0


def test_offsets_that_do_not_hold_the_text_are_counted():
    moved = item((1, 27), text=TEXT[0:26])
    assert peer_judging.exact_share([[item(FIRST), moved]], SET.texts()) == 0.5
    wrong = [{**REPLIES[3], "quotes": [moved]}, *REPLIES[:3], *REPLIES[4:]]
    output = {**OUTPUT, "runs": {"sentence": {"replies": wrong, "peak_rss_mb": 1.0}}}
    (row,) = peer_judging.judge_output(output, SET)
    assert row.figures["offsets"] == 0.75  # four quotes reported, one of them astray


def test_a_set_without_unanswerable_questions_has_no_false_answers():
    only = replace(SET, questions=tuple(q for q in QUESTIONS if q.answerable and not q.tunes))
    (row,) = peer_judging.judge_output(OUTPUT, only)
    assert math.isnan(row.figures["false_answers"])
    assert row.figures["false_refusals"] == 0.0  # no threshold to stay under
    lines = list(peer_table.table([row]))
    assert "false answers" not in lines[0]


def test_gold_set_hides_what_is_right_from_the_drivers():
    gold = peer_inputs.gold_set(shipped_seeds())
    given = gold.to_input(2)
    assert set(given) == {"threads", "ways", "documents", "questions"}
    assert {frozenset(one) for one in given["questions"]} == {frozenset(("id", "q"))}
    assert len(given["documents"]) == 5
    assert all(PeerDocument(**one).title is None for one in given["documents"])
    halves = {tunes: sum(q.tunes == tunes for q in gold.questions) for tunes in (True, False)}
    assert halves == {True: 272, False: 141}


def test_squad_questions_are_spread_and_judged_by_place(tmp_path):
    names = [f"q{n}" for n in range(6)]
    answers = [{"answer_start": 16, "text": "12 places"}]
    qas = [{"id": n, "question": f"{n} ?", "answers": answers} for n in names]
    whole = {"data": [{"title": "Foyer", "paragraphs": [{"context": TEXT, "qas": qas}]}]}
    path = tmp_path / "small.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    found = peer_inputs.squad_set("small", path, None, 3, peer_inputs.right_place)
    assert [q.id for q in found.questions] == ["q0", "q2", "q4"]
    (document,) = found.documents
    assert document["title"] == "Foyer"
    right = found.questions[0].is_right
    assert right(item(FIRST, document=document["id"]))
    assert not right(item(SECOND, document=document["id"]))
    assert not right(item(FIRST, document="other"))
    whole_paragraph = peer_inputs.squad_set("small", path, None, 3, peer_inputs.right_paragraph)
    right = whole_paragraph.questions[0].is_right
    assert right(item(SECOND, document=document["id"]))
    assert not right(item(SECOND, document="other"))


def test_sentences_are_cut_at_the_places_of_their_passage():
    assert list(peer_sentences.bounds(TEXT)) == [FIRST, SECOND, THIRD]
    assert list(peer_sentences.grouped(TEXT, 41)) == [(0, 41), THIRD]
    assert list(peer_sentences.grouped(TEXT, 10)) == [FIRST, SECOND, THIRD]
    assert list(peer_sentences.grouped("", 10)) == []


def test_a_sentence_of_two_overlapping_passages_counts_once():
    one, other = Found("a", 0, 41, TEXT[:41], 1.0), Found("a", 27, 65, TEXT[27:], 0.9)
    cut = [(one, *FIRST), (one, *SECOND), (other, 0, 14), (other, 15, 38)]
    picked = peer_sentences.ordered(cut, [0.1, 0.7, 0.7, 0.9])
    assert [(p.text[low:high], score) for p, low, high, score in picked] == [
        ("Le budget atteint 3 M€.", 0.9),
        ("Il est à Albi.", 0.7),
        ("Le foyer compte 12 places.", 0.1),
    ]


def test_a_title_is_searched_and_never_quoted():
    assert PeerDocument("a", "Foyer", TEXT).searchable("Albi") == "Foyer. Albi"
    assert PeerDocument("a", None, TEXT).searchable("Albi") == "Albi"
    assert PeerDocument("a", "", TEXT).searchable("Albi") == "Albi"


def test_each_question_is_asked_once_more_only_to_warm_up():
    calls = []

    def search(question):
        calls.append(question)
        return [Found("a", *FIRST, TEXT[:26], 0.25)] if question == "q0" else []

    questions = [(f"id{n}", f"q{n}") for n in range(12)]
    replies = list(peer_protocol.ask_all(questions, search, lambda _, found: found[:1]))
    assert len(calls) == peer_protocol.WARM_UP + 12
    assert [one["id"] for one in replies] == [key for key, _ in questions]
    assert replies[0]["score"] == 0.25
    assert replies[0]["quotes"][0]["text"] == "Le foyer compte 12 places."
    assert replies[1]["score"] == peer_protocol.NOTHING
    assert replies[1]["shown"] is None
    assert all(one["ms"] >= 0 for one in replies)


def row(peer, way, **figures):
    return peer_judging.Row(peer, way, figures, {})


def test_table_marks_the_best_and_says_where_the_product_is_behind():
    rows = [
        row("aseqa", "own", **{"shown@1": 0.5, "passage@5": 0.8, "p50_ms": 90.0}),
        row("peer", "passage", **{"shown@1": 0.9, "passage@5": 0.9, "p50_ms": 5.0}),
        row("peer", "sentence", **{"shown@1": 0.4, "passage@5": 0.9, "p50_ms": math.nan}),
    ]
    assert list(peer_table.table(rows)) == [
        "| | quote | shown 1 | passage 5 | p50, ms |",
        "|---|---|---|---|---|",
        "| aseqa | own | 0.500 | 0.800 | 90.0 |",
        "| peer | passage | **0.900** | **0.900** | **5.0** |",
        "| peer | sentence | 0.400 | **0.900** | – |",
    ]
    assert peer_table.behind(rows) == [
        ("passage@5", "peer", "passage"),
        ("passage@5", "peer", "sentence"),
    ]


@pytest.mark.parametrize(
    ("p50", "rate", "expected"), [(76, 2.3, []), (74, 2.5, ["p50_ms", "kchars_per_s"])]
)
def test_speed_counts_from_a_fifth_on(p50, rate, expected):
    rows = [
        row("aseqa", "own", p50_ms=90.0, kchars_per_s=2.0),
        row("peer", "sentence", p50_ms=p50, kchars_per_s=rate),
    ]
    assert [name for name, _, _ in peer_table.behind(rows)] == expected


def test_what_is_installed_is_weighed_without_the_installer_and_torch(tmp_path):
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    sizes = {
        "pip/a.py": 1, "pip-23.dist-info/b": 2, "torch/lib.so": 3_000_000, "faiss/x.so": 2_000_000,
        "faiss/__pycache__/x.pyc": 5_000_000, "single.py": 1_000_000,
    }  # fmt: skip
    for name, size in sizes.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\0" * size)
    python = tmp_path / "bin" / "python"
    assert peer_environments.installed_mb(python) == {
        "installed_mb": 6.0,
        "installed_without_torch_mb": 3.0,
    }


@pytest.mark.parametrize("name", ["bm25", "langchain", "haystack", "txtai"])
def test_every_version_of_a_peer_is_pinned(name):
    peer = peer_environments.PEERS[name]
    lines = (PEERS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    asked_for = [line for line in lines if line and not line.startswith("#")]
    assert peer.driver.is_file()
    assert asked_for == sorted(asked_for, key=str.lower)
    assert all(line.count("==") == 1 and "/" not in line for line in asked_for)
