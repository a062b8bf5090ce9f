"""The recipe of the reader: its data and its noise."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

TRAINING = Path(__file__).resolve().parents[1] / "embeddings" / "training"
sys.path.insert(0, str(TRAINING))

import augment  # noqa: E402
import reader_data  # noqa: E402

QUESTION = "Combien d'enfants l'Aide sociale suivait-elle à Amiens en 2023 ?"


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


@given(st.integers(0, 10_000))
def test_noise_keeps_figures_and_names(seed: int) -> None:
    typed = augment.as_typed(QUESTION, Random(seed), share=1.0)
    assert "2023" in typed
    assert "amiens" in typed.lower()
    assert typed.strip()


def test_the_same_seed_gives_the_same_noise() -> None:
    first = [augment.as_typed(QUESTION, Random(n), 1.0) for n in range(30)]
    assert first == [augment.as_typed(QUESTION, Random(n), 1.0) for n in range(30)]
    assert len(set(first)) > 20
    assert augment.as_typed(QUESTION, Random(1), 0.0) == QUESTION


def test_typing_errors_change_as_many_letters_as_asked() -> None:
    changed = augment.with_typing_errors("le foyer accueille des enfants", Random(3), 1)
    words = zip(changed.split(), "le foyer accueille des enfants".split(), strict=True)
    assert sum(a != b for a, b in words) == 1


def test_another_subject_changes_the_year_or_a_name() -> None:
    changed = augment.about_another("Qui dirigeait la France en 1981 ?", ["Lyon"], Random(2))
    assert changed is not None
    assert "1981" not in changed
    assert changed.startswith("Qui dirigeait la France en ")
    assert augment.about_another("Qui vit à Lyon ?", ["Nantes"], Random(2)) == "Qui vit à Nantes ?"
    assert augment.about_another("Qui décide ?", ["Nantes"], Random(2)) is None
