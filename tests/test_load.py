"""Many readers at once: each gets the answer to what it asked, while the index changes too."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from chat_server import serving

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from load import Reply, ask_together, shares, without_times  # noqa: E402

from aseqa.ask import Assistant  # noqa: E402
from aseqa.gold import read_gold  # noqa: E402

pytestmark = pytest.mark.slow
CLIENTS = 20
ADDED = "Les jardins ouvriers de Mayotte comptent 12 345 pommiers, selon la mairie."


@pytest.fixture(scope="module")
def asked() -> list[str]:
    gold = read_gold(ROOT / "seeds" / "gold" / "tuning.jsonl")
    return [question.question for question in gold[:20]]


SESSIONS = """
import sys
from aseqa.ask import Assistant
from aseqa_ui.app import MAX_SESSIONS_HELD, make_application
with Assistant.open(sys.argv[1]) as assistant:
    held = make_application(assistant).routes[-1].app.state_holder
    for number in range(MAX_SESSIONS_HELD + 20):
        held[f"reader-{number}"]
    print(len(held.session_data), "reader-0" in held, "reader-119" in held)
"""


def answers(index: Path, asked: list[str]) -> dict[str, dict[str, object]]:
    """What one reader alone gets."""
    with Assistant.open(index) as assistant:
        return {question: without_times(assistant.ask(question).to_dict()) for question in asked}


def test_twenty_at_once_get_each_their_own_answer(seeds_index: Path, asked: list[str]) -> None:
    expected = answers(seeds_index, asked)
    with serving(seeds_index) as address:
        replies = ask_together(address, shares(asked, CLIENTS, 20))
    assert len(replies) == 20
    for reply in replies:
        assert reply.answer["question"] == reply.question
        assert without_times(reply.answer) == expected[reply.question]


def test_an_update_under_load_fails_no_request(
    seeds_index: Path, asked: list[str], tmp_path: Path
) -> None:
    index = shutil.copytree(seeds_index, tmp_path / "index")
    before = answers(index, asked)
    added = tmp_path / "verger.txt"
    added.write_text(ADDED, encoding="utf-8")
    updated = threading.Event()

    def update() -> None:
        command = [sys.executable, "-m", "aseqa", "index", str(added), "--index", str(index)]
        subprocess.run(command, check=True, capture_output=True)
        updated.set()

    with serving(index) as address:
        first = ask_together(address, shares(asked, CLIENTS, CLIENTS))
        writer = threading.Thread(target=update)
        writer.start()
        during: list[Reply] = []
        while not updated.is_set():
            during += ask_together(address, shares(asked, CLIENTS, CLIENTS))
        writer.join()
        after = ask_together(address, shares([*asked[:1], "Combien de pommiers à Mayotte ?"], 2, 2))
    expected = {answer["index"]: answer for answer in before.values()}
    since = answers(index, asked)
    assert {reply.answer["index"] for reply in first} == set(expected)
    for reply in first + during:
        known = before if reply.answer["index"] in expected else since
        assert without_times(reply.answer) == known[reply.question]
    [orchard] = [reply for reply in after if "pommiers" in reply.question]
    assert "12 345 pommiers" in orchard.answer["quotes"][0]["text"]


def test_sessions_that_were_idle_longest_are_dropped(seeds_index: Path) -> None:
    command = [sys.executable, "-c", SESSIONS, str(seeds_index)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told == "100 False True\n"
