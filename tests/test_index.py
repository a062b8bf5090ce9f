"""One contract for all vector indexes, and FAISS held against NumPy."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.embed import Vectors, check_vectors
from aseqa.faiss_part import Ids, write_part
from aseqa.index import FaissIndex, NumpyIndex, Plan, VectorIndex, plan_parts

Factory = Callable[[Ids, Vectors], VectorIndex]
BACKENDS: list[Factory] = [FaissIndex, NumpyIndex]


def unit_vectors(count: int, dim: int = 24, seed: int = 0) -> Vectors:
    return check_vectors(np.random.default_rng(seed).normal(size=(count, dim)), count, dim)


def ids_of(count: int) -> Ids:
    return np.arange(count, dtype=np.int64) * 3 + 5


@pytest.fixture(params=BACKENDS, ids=lambda factory: factory.__name__)
def make(request: pytest.FixtureRequest) -> Factory:
    factory: Factory = request.param
    return factory


def test_a_vector_finds_itself_first(make: Factory) -> None:
    ids, vectors = ids_of(50), unit_vectors(50)
    (found, score), *_ = make(ids, vectors).search(vectors[17], 5)
    assert found == 17 * 3 + 5
    assert score == pytest.approx(1.0, abs=1e-3)


def test_more_wanted_than_held(make: Factory) -> None:
    ids, vectors = ids_of(4), unit_vectors(4)
    found = make(ids, vectors).search(vectors[0], 10)
    assert sorted(i for i, _ in found) == [5, 8, 11, 14]


def test_an_empty_index_finds_nothing(make: Factory) -> None:
    assert make(ids_of(0), np.zeros((0, 24), np.float32)).search(unit_vectors(1)[0], 3) == []


def test_the_filter_comes_before_the_ranking(make: Factory) -> None:
    ids, vectors = ids_of(200), unit_vectors(200)
    allowed = np.array([5, 8, 11], np.int64)
    found = make(ids, vectors).search(vectors[150], 3, allowed)
    assert sorted(i for i, _ in found) == [5, 8, 11]
    assert make(ids, vectors).search(vectors[150], 3, np.array([], np.int64)) == []


def test_equal_scores_are_sorted_by_id(make: Factory) -> None:
    one = unit_vectors(1)
    found = make(np.array([9, 2, 7], np.int64), np.repeat(one, 3, axis=0)).search(one[0], 3)
    assert [i for i, _ in found] == [2, 7, 9]


def test_ties_at_the_last_place_go_to_the_smallest_ids(make: Factory) -> None:
    near, far = unit_vectors(2)
    ids = np.array([40, 30, 20, 10, 50, 60], np.int64)
    rows = np.array([near, near, near, near, far, near], np.float32)
    assert [i for i, _ in make(ids, rows).search(near, 2)] == [10, 20]


@pytest.mark.parametrize("seed", range(5))
def test_faiss_agrees_with_numpy(seed: int) -> None:
    ids, vectors = ids_of(500), unit_vectors(500, seed=seed)
    allowed = ids[::2] if seed % 2 else None
    for query in unit_vectors(10, seed=seed + 100):
        expected = NumpyIndex(ids, vectors).search(query, 20, allowed)
        found = FaissIndex(ids, vectors).search(query, 20, allowed)
        assert [i for i, _ in found] == [i for i, _ in expected]
        # one step of half precision: the two round the odd value differently
        assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-4)


def test_written_and_mapped_gives_the_same_hits(tmp_path: Path) -> None:
    ids, vectors = ids_of(100), unit_vectors(100)
    write(tmp_path, ids, dict(zip(ids.tolist(), vectors, strict=True)), None)
    loaded, query = FaissIndex.load(tmp_path), unit_vectors(1, seed=9)[0]
    assert loaded.search(query, 10) == FaissIndex(ids, vectors).search(query, 10)
    assert loaded.ids.tolist() == ids.tolist()
    assert loaded.vectors_of(ids[[7, 2]]) == pytest.approx(vectors[[7, 2]], abs=1e-3)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    ids, vectors = ids_of(100), unit_vectors(100)
    write(tmp_path, ids, dict(zip(ids.tolist(), vectors, strict=True)), None)
    whole = (tmp_path / "dense-00.faiss").read_bytes()
    (tmp_path / "dense-00.faiss").write_bytes(whole[:-100])
    with pytest.raises(RuntimeError):
        FaissIndex.load(tmp_path)


def write(folder: Path, ids: Ids, vectors: dict[int, Vectors], older: Path | None) -> Plan:
    """Write the parts that hold ``ids`` in ``folder``, from those of an older one."""

    def vectors_of(some: Ids) -> Vectors:
        return np.array([vectors[i] for i in some.tolist()], np.float32)

    plan = plan_parts(sorted(older.glob("dense-*")) if older else [], ids, floor=12)
    for number, path in enumerate(plan.kept):
        os.link(path, folder / f"dense-{number:02}.faiss")
    if len(plan.new):
        write_part(folder / f"dense-{len(plan.kept):02}.faiss", plan.new, vectors_of)
    if len(plan.removed):
        np.save(folder / "removed.npy", plan.removed)
    return plan


# Small whole numbers: half precision holds them, sums are exact and ties are many.
coordinates = st.lists(st.integers(-2, 2), min_size=3, max_size=3)
steps = st.lists(st.tuples(st.lists(coordinates, max_size=30), st.integers(0, 4)), max_size=6)


@given(steps, coordinates, st.integers(1, 12), st.integers(0, 3), st.randoms())
@settings(max_examples=30, deadline=None)
def test_parts_after_any_changes_agree_with_numpy(
    changes: list[tuple[list[list[int]], int]],
    asked: list[int],
    k: int,
    every: int,
    chance: random.Random,
) -> None:
    vectors: dict[int, Vectors] = {}
    held: set[int] = set()
    query = np.array(asked, np.float32)
    with TemporaryDirectory() as name:
        older = None
        for number, (added, fifths) in enumerate(changes):
            held -= set(chance.sample(sorted(held), len(held) * fifths // 5))
            new = {len(vectors) + i: np.array(v, np.float32) for i, v in enumerate(added)}
            vectors |= new
            held |= set(new)
            ids = np.array(sorted(held), np.int64)
            folder = Path(name) / str(number)
            folder.mkdir()
            plan = write(folder, ids, vectors, older)
            assert len(plan.kept) <= 6
            index, older = FaissIndex.load(folder), folder
            assert (len(index), index.ids.tolist()) == (len(ids), ids.tolist())
            rows = np.array([vectors[i] for i in ids.tolist()], np.float32).reshape(-1, 3)
            allowed = ids[::every] if every else None
            expected = NumpyIndex(ids, rows).search(query, k, allowed)
            assert index.search(query, k, allowed) == expected


def test_what_a_change_writes_follows_the_change(tmp_path: Path) -> None:
    vectors = dict(enumerate(unit_vectors(800)))
    written, older = [], None
    for number, held in enumerate(range(400, 800, 10)):
        folder = tmp_path / str(number)
        folder.mkdir()
        ids = np.arange(number, held, dtype=np.int64)  # each change drops one and adds ten
        plan = plan_parts(sorted(older.glob("dense-*")) if older else [], ids)
        written.append(len(plan.new))
        write(folder, ids, vectors, older)
        older = folder
    assert written[0] == 400
    assert sum(written[1:]) < 400 * 6
    assert sorted(written)[len(written) // 2] <= 30


def test_vectors_of_a_wrong_shape_or_without_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 texts"):
        check_vectors(np.ones((3, 4)), 2, 4)
    with pytest.raises(ValueError, match="without length"):
        check_vectors(np.zeros((1, 4)), 1, 4)
