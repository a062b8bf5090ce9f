"""The recipe of the reader: its data, its noise, its steps, and that a break changes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
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


def test_each_answer_on_the_domain_stands_once_in_its_document_and_in_one_sentence() -> None:
    texts = reader_data.read_domain()
    lines = reader_data.DOMAIN_QUESTIONS.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert (len(texts), len(rows)) == (62, 2872)
    assert sum(row["answer"] == "" for row in rows) == 812
    assert len({(row["doc"], row["q"]) for row in rows}) == len(rows)
    held = {text.id: text for text in texts}
    answered = [(held[row["doc"]], row["answer"]) for row in rows if row["answer"]]
    assert [(text.id, words) for text, words in answered if text.text.count(words) != 1] == []
    examples = reader_data.read_written(reader_data.DOMAIN_QUESTIONS, texts)
    places = [
        len(reader_data.gold_sentences(texts[e.text], e.answers)) for e in examples if e.answers
    ]
    assert places == [1] * 2060


def test_the_domain_documents_held_out_are_read_with_their_answers() -> None:
    documents = {document.id: document for document in reader_data.held_out_documents()}
    gold = reader_data.held_out_questions()
    assert (len(documents), len(gold), sum(item.answerable for item in gold)) == (20, 880, 632)
    assert documents["stat-4"].date == "2024-06-11"
    assert documents["question-4"].kind == "question_ecrite"
    lost = [
        answer.contains
        for item in gold
        for answer in item.answers
        if not item.is_right(answer.doc, documents[answer.doc].text)
    ]
    assert lost == []


def test_a_step_takes_as_many_questions_of_each_pool_and_each_before_any_again() -> None:
    import train_reader

    pools = [
        [reader_data.Example(f"{name}{i}", 0, (), True) for i in range(count)]
        for name, count in (("a", 12), ("b", 5))
    ]
    steps = [[e.question for e in train_reader.step_examples(pools, n)] for n in range(3)]
    assert [[name[0] for name in step] for step in steps] == [list("aaaabbbb")] * 3
    assert len({name for step in steps for name in step[:4]}) == 12
    assert all(len(set(step[4:])) == 4 for step in steps)


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


@pytest.fixture
def corpus(tmp_path: Path) -> Any:
    import train_reader

    texts = [
        reader_data.make_text("a", "Foyers", "Le foyer de Lens reçoit 40 enfants. Il a un jardin."),
        reader_data.make_text("b", "Foyers du Nord", "Un foyer accueille des enfants à Lille."),
        reader_data.make_text("c", "Encore", "Ce foyer de Lens accueille 40 enfants aussi."),
    ]
    return train_reader.Corpus(texts, tmp_path / "vectors.npy")


def lens_example(corpus: Any) -> reader_data.Example:
    start = corpus.texts[0].text.index("40")
    question = "Combien d'enfants au foyer de Lens ?"
    return reader_data.Example(question, 0, ((start, start + 2),), True)


def test_rivals_lack_the_answer_and_the_right_sentence_comes_first(corpus: Any) -> None:
    changed = 0
    for seed in range(12):
        task = corpus.task(lens_example(corpus), Random(seed))
        if not any(task.right):  # asked about another place
            changed += 1
            continue
        assert task.right == [True, False, False]
        told = ["Le foyer de Lens reçoit 40 enfants.", "Il a un jardin."]
        told.append("Un foyer accueille des enfants à Lille.")
        assert [pair.last - pair.first for pair in task.pairs] == [
            len(pair.offsets) for pair in corpus.pairs("?", [0, 1, 2])
        ]
        assert [corpus.sentence(i) for i in range(3)] == told
        first, last = task.span
        offsets = task.pairs[0].offsets
        assert told[0][offsets[first][0] : offsets[last][1]].strip() == "40"
    assert changed < 6


def test_a_leaning_sentence_is_read_after_the_one_before(corpus: Any) -> None:
    assert corpus.context(1).before == "Le foyer de Lens reçoit 40 enfants."
    assert corpus.context(2).before == ""


def test_vectors_are_kept_and_read_again(corpus: Any, tmp_path: Path) -> None:
    import train_reader

    again = train_reader.Corpus(corpus.texts, tmp_path / "vectors.npy")
    assert again.vectors.shape == (4, 384)
    assert (again.vectors == corpus.vectors).all()


def test_packed_layers_give_what_padded_ones_give(corpus: Any) -> None:
    import torch
    from reader_model import ReaderModel

    torch.manual_seed(1)
    bert = small_bert(layers=2)
    model = ReaderModel(bert).eval()
    torch.nn.init.normal_(model.score.weight, std=0.1)
    pairs = corpus.pairs("Combien d'enfants au foyer ?", [0, 1, 2])
    import train_reader

    with torch.no_grad():
        together, spans = train_reader.forward(model, pairs)
        alone = [train_reader.forward(model, [pair]) for pair in pairs]
        words = torch.from_numpy(train_reader.word_embeddings(pairs[0].ids))
        states = model.norm(words + model.positions[: len(words)] + model.kind)[None]
        for layer in bert.encoder.layer:
            found = layer(states)
            states = found[0] if isinstance(found, tuple) else found
    for row, (odds, [span]) in enumerate(alone):
        assert float(together[row]) == pytest.approx(float(odds[0]), abs=1e-4)
        assert torch.allclose(spans[row], span, atol=1e-4)
    expected = model.span(states)[0, pairs[0].first : pairs[0].last]
    assert torch.allclose(spans[0], expected, atol=1e-4)


def small_bert(layers: int) -> Any:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=10,
        hidden_size=384,
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    return BertModel(config, add_pooling_layer=False)


@pytest.mark.slow
def test_an_exported_reader_is_taken_up_again(corpus: Any, tmp_path: Path) -> None:
    import onnx_export
    import torch
    import train_reader
    from exported_reader import load_exported
    from reader_model import ReaderModel

    torch.manual_seed(3)
    model = ReaderModel(small_bert(layers=2)).eval()
    with torch.no_grad():
        for tensor in model.parameters():
            tensor += 0.05 * torch.randn(tensor.shape)
        model.likeness.copy_(torch.tensor([0.6, -2.3]))
    onnx_export.export(onnx_export.ReaderGraph(model), tmp_path / "reader.onnx")
    torch.manual_seed(4)
    again = load_exported(tmp_path / "reader.onnx", ReaderModel(small_bert(layers=2))).eval()
    assert again.likeness.tolist() == pytest.approx([0.6, -2.3])
    pairs = corpus.pairs("Combien d'enfants au foyer de Lens ?", [0, 1, 2, 3])
    with torch.no_grad():
        before, spans = train_reader.forward(model, pairs)
        after, spans_after = train_reader.forward(again, pairs)
    assert before.std() > 0.05
    assert torch.allclose(after, before, atol=0.05 * float(before.abs().max()))
    assert torch.corrcoef(torch.stack([torch.cat(spans)[:, 0], torch.cat(spans_after)[:, 0]]))[
        0, 1
    ] == pytest.approx(1.0, abs=0.01)


def test_ranking_weights_keep_the_sign_of_what_they_say() -> None:
    import numpy as np
    from fit_reader import Example, fit_ranking

    from aseqa.reader import RANKING_FEATURES

    read, coverage, field = (RANKING_FEATURES.index(n) for n in ("read", "coverage", "field"))
    examples = []
    for number in range(8):
        features = np.zeros((3, len(RANKING_FEATURES)))
        # The right sentence is read as such, but covers less, and is not a field.
        features[:, read] = (2.0, 0.0, number % 3)
        features[:, coverage] = (0.1, 0.9, 0.8)
        features[:, field] = (0.0, 1.0, 1.0)
        examples.append(Example(features, np.array([True, False, False]), True, str(number)))
    weights, _ = fit_ranking(examples, 0.01)
    assert weights[read] > 0.1
    assert weights[coverage] == 0.0
    assert weights[field] < -0.1


def test_readers_are_averaged_whatever_the_order_of_their_units() -> None:
    import torch
    from average_readers import average

    drawn = torch.Generator().manual_seed(3)
    own = "layers.0."
    shapes = {
        f"{own}intermediate.dense.weight": (6, 4),
        f"{own}intermediate.dense.bias": (6,),
        f"{own}output.dense.weight": (4, 6),
        "likeness": (2,),
    }
    base = {name: torch.randn(shape, generator=drawn) for name, shape in shapes.items()}
    order = torch.tensor([3, 1, 0, 5, 4, 2])
    first, bias, second, likeness = base.values()
    moved = (first[order], bias[order], second[:, order])
    tuned = dict(zip(shapes, (*moved, likeness + 1), strict=True))
    mixed = average(base, tuned, 0.25)
    for name, same in zip(shapes, moved, strict=False):
        assert torch.allclose(mixed[name], same), name
    assert torch.allclose(mixed["likeness"], likeness + 0.25)


@pytest.mark.slow
def test_a_break_in_training_changes_nothing(corpus: Any, tmp_path: Path) -> None:
    import torch
    import train_reader
    from reader_model import ReaderModel

    examples = [lens_example(corpus)] * 40

    def train(steps: tuple[int, ...], work: Path) -> dict[str, torch.Tensor]:
        work.mkdir()
        for count in steps:
            torch.manual_seed(0)
            model = ReaderModel(small_bert(layers=1))
            options = argparse.Namespace(steps=4, stop=count, work=work, every=2)
            tests = {"seen": (corpus, examples[:2])}
            train_reader.train(model, corpus, [examples, examples[:8]], options, tests)
        return {name: value.clone() for name, value in model.state_dict().items()}

    whole = train((4,), tmp_path / "whole")
    broken = train((2, 4), tmp_path / "broken")
    assert all(torch.equal(whole[name], broken[name]) for name in whole)
    assert whole["score.weight"].abs().sum() > 0
