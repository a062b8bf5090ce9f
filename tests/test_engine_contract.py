"""Whatever searches the sentences finds the same: FAISS, Milvus in a file, a Milvus server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from conftest import SEEDS
from milvus_server import MilvusProcess

from aseqa.ask import Assistant
from aseqa.embed import Encoder, Vectors
from aseqa.engine import Found, Scope, SearchEngine
from aseqa.gold import read_gold
from aseqa.index import Ids
from aseqa.question import Question, understand
from aseqa.records import Filters

HOSTILE = '"] or id >= 0 or kind in ["'
FILTERS = {
    "kind": Filters(kinds=("question_ecrite",)),
    "two kinds": Filters(kinds=("question_ecrite", "rapport")),
    "voice": Filters(voices=("gouvernement",)),
    "territory": Filters(territories=("Seine-Saint-Denis",)),
    "country": Filters(territories=("France", "paris")),
    "author": Filters(authors=("erodi",)),
    "source": Filters(sources=("00[1-3]*",)),
    "since": Filters(since="2025-01-01"),
    "until": Filters(until="2025-06-16"),
    "as of": Filters(as_of="2025-03-01"),
    "several": Filters(voices=("gouvernement",), since="2024-06-01", sources=("*.txt",)),
    "nothing": Filters(kinds=("recette",)),
    "hostile kind": Filters(kinds=(HOSTILE,)),
    "hostile place": Filters(territories=('x"]) or id >= 0 or array_contains_any(places, ["y',)),
    "hostile author": Filters(authors=("' OR 1=1 --",)),
    "hostile source": Filters(sources=("\\",)),
    "hostile date": Filters(since='" or date >= "'),
    "long": Filters(kinds=("é" * 100_000,)),
    "control": Filters(kinds=("a\nb\x00c",)),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusProcess]:
    running = MilvusProcess(tmp_path_factory.mktemp("milvus"))
    running.start()
    yield running
    running.kill()


@dataclass(frozen=True)
class Pair:
    """The engine under test and the local one, over the same index."""

    tested: SearchEngine
    local: SearchEngine
    assistant: Assistant
    reference: Assistant
    encoder: Encoder

    def vector(self, text: str) -> Vectors:
        return self.encoder.encode_queries([text])[0]


@pytest.fixture(scope="module", params=["faiss", "embedded", "server"])
def pair(
    request: pytest.FixtureRequest,
    seeds_index: Path,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("searched")
    shutil.copytree(seeds_index, folder / "index")
    store = {
        "faiss": lambda: "faiss",
        "embedded": lambda: f"milvus+file:{folder / 'store'}",
        "server": lambda: request.getfixturevalue("server").store,
    }[request.param]()
    with (
        Assistant.open(seeds_index, encoder) as reference,
        Assistant.open(folder / "index", encoder, searched_in=store) as tested,
    ):
        yield Pair(tested.chain.engine, reference.chain.engine, tested, reference, encoder)


@pytest.fixture(scope="module")
def asked(encoder: Encoder) -> list[tuple[Question, Vectors]]:
    """Give the gold questions, understood, with their vectors."""
    questions = [understand(one.question) for one in read_gold(SEEDS / "gold" / "tuning.jsonl")]
    vectors = encoder.encode_queries([one.text for one in questions])
    return list(zip(questions, vectors, strict=True))


def same(found: Found, expected: Found) -> None:
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert [s for _, s in found] == pytest.approx([s for _, s in expected], rel=1e-5)


def test_the_gold_questions_find_the_same_in_the_same_order(
    pair: Pair, asked: list[tuple[Question, Vectors]]
) -> None:
    for question, vector in asked:
        same(pair.tested.nearest(vector, 20), pair.local.nearest(vector, 20))
        expected = pair.local.matching(question.weights, 20, 0.5)
        same(pair.tested.matching(question.weights, 20, 0.5), expected)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_lets_the_same_through(pair: Pair, name: str) -> None:
    scope = Scope(FILTERS[name])
    vector = pair.vector("Que fait le Gouvernement contre la prostitution des mineurs ?")
    found = pair.tested.nearest(vector, 1000, scope)
    same(found, pair.local.nearest(vector, 1000, scope))
    weights = {"mineur": 1.0, "gouvern": 0.5, "prostitu": 1.0}
    expected = pair.local.matching(weights, 1000, 0.5, scope)
    same(pair.tested.matching(weights, 1000, 0.5, scope), expected)
    # What tells a filter from none at all.
    assert len(found) < len(pair.tested) or name in ("since", "country", "until", "hostile date")


def test_a_scope_of_ids_is_kept_to_with_its_filters(pair: Pair) -> None:
    ids: Ids = pair.reference.lookup.sentence_ids()[::3]
    vector = pair.vector("mineurs")
    for scope in (Scope(ids=ids), Scope(Filters(voices=("gouvernement",)), ids)):
        found = pair.tested.nearest(vector, 500, scope)
        same(found, pair.local.nearest(vector, 500, scope))
        assert {i for i, _ in found} <= set(ids.tolist())
    assert len(pair.tested.nearest(vector, 500, Scope(ids=ids))) == len(ids)


def test_more_than_there_is_and_less_than_one(pair: Pair) -> None:
    vector = pair.vector("mineurs")
    assert len(pair.tested.nearest(vector, 10_000)) == len(pair.local) == len(pair.tested)
    assert pair.tested.nearest(vector, 0) == []
    assert pair.tested.matching({"mineur": 1.0}, 0) == []
    assert pair.tested.matching({}, 5) == []
    assert pair.tested.matching({"xyzzyx": 1.0, "7777777": 1.0}, 5, 0.5) == []
    nowhere = Scope(ids=np.zeros(0, np.int64))
    assert pair.tested.nearest(vector, 5, nowhere) == []
    assert pair.tested.matching({"mineur": 1.0}, 5, 0.5, nowhere) == []


@pytest.mark.parametrize(
    "weights",
    [
        {"mineru": 1.0},
        {"prostitut": 1.0, "minneur": 0.5},
        {"departemant": 1.0, "mineur": 1.0},
        {"finanses": 1.0, "gouvernemet": 1.0, "enffant": 1.0},
    ],
)
@pytest.mark.parametrize("k", [1, 7, 1000])
def test_a_misspelt_word_finds_the_same(pair: Pair, weights: dict[str, float], k: int) -> None:
    same(pair.tested.matching(weights, k, 0.5), pair.local.matching(weights, k, 0.5))


def test_terms_are_as_frequent(pair: Pair, asked: list[tuple[Question, Vectors]]) -> None:
    words = {word for question, _ in asked for word in question.weights}
    counted = {word: pair.tested.frequency(word) for word in words}
    assert counted == {word: pair.local.frequency(word) for word in words}
    assert counted["mineur"] > 10


def test_answers_are_the_same_byte_for_byte(pair: Pair) -> None:
    for one in read_gold(SEEDS / "gold" / "tuning.jsonl")[::100]:
        filters = Filters(until="2025-12-31")
        told = pair.assistant.ask(one.question, filters=filters).to_dict()
        expected = pair.reference.ask(one.question, filters=filters).to_dict()
        del told["timings_ms"], expected["timings_ms"]
        assert told == expected


def test_a_status_names_the_engine(pair: Pair) -> None:
    told = pair.assistant.status()
    kind = told["store"].partition(":")[0]
    # That server is too old for sparse vectors: words are searched here.
    lexical = {"faiss": "tantivy", "milvus+file": "milvus-sparse", "milvus": "tantivy"}
    assert told["lexical"] == lexical[kind]
    assert told["dense"].startswith(kind.partition("+")[0])
    assert pair.tested.check() is None
