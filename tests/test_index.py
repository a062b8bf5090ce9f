"""One contract for all vector indexes, and FAISS held against NumPy."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aseqa.embed import Vectors, check_vectors
from aseqa.index import FaissIndex, Ids, NumpyIndex, VectorIndex

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


def test_saved_and_loaded_gives_the_same_hits(tmp_path: Path) -> None:
    index = FaissIndex(ids_of(100), unit_vectors(100))
    index.save(tmp_path / "dense.faiss")
    query = unit_vectors(1, seed=9)[0]
    assert FaissIndex.load(tmp_path / "dense.faiss").search(query, 10) == index.search(query, 10)


def test_vectors_of_a_wrong_shape_or_without_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 texts"):
        check_vectors(np.ones((3, 4)), 2, 4)
    with pytest.raises(ValueError, match="without length"):
        check_vectors(np.zeros((1, 4)), 1, 4)
