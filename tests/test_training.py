"""The recipe of a reader: its data."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

TRAINING = Path(__file__).resolve().parents[1] / "embeddings" / "training"
sys.path.insert(0, str(TRAINING))

import reader_data  # noqa: E402


def test_the_split_of_piaf_is_by_article() -> None:
    split = json.loads(reader_data.SPLIT.read_text(encoding="utf-8"))
    parts = [split[name] for name in ("train", "dev", "test")]
    assert [len(part) for part in parts] == [336, 48, 96]
    assert len(set().union(*parts)) == 480
    assert split["seed"] == 20261122


def test_written_questions_are_whole_and_varied() -> None:
    lines = reader_data.QUESTIONS.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == len({(row["doc"], row["q"]) for row in rows}) == 4607
    assert all(row["answer"] in row.get("within", row["answer"]) for row in rows)
    assert all((row["style"] == "none") == (row["answer"] == "") for row in rows)
    styles = Counter(row["style"] for row in rows)
    assert set(styles) == {"paraphrase", "colloquial", "telegraphic", "plain", "none"}
    assert 0.2 < styles["none"] / len(rows) < 0.3
    assert styles["paraphrase"] / len(rows) > 0.35


def test_a_written_answer_is_found_at_its_place(tmp_path: Path) -> None:
    texts = [reader_data.make_text("t", "T", "Un juge décide. Le juge décide aussi en appel.")]
    path = tmp_path / "q.jsonl"
    row = {"doc": "t", "q": "Qui ?", "answer": "juge", "within": "Le juge", "style": "plain"}
    path.write_text(json.dumps(row), encoding="utf-8")
    (example,) = reader_data.read_written(path, texts)
    assert example.answers == ((19, 23),)
    assert reader_data.gold_sentences(texts[0], example.answers) == {1}
