"""The kinds of dense index: chosen by size, exact where few are allowed, the same bytes twice."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.embed import Vectors, check_vectors
from aseqa.faiss_part import Ids, Kind, kind_for, write_part
from aseqa.index import REMOVED, FaissIndex, NumpyIndex

COUNT, DIM = 3_000, 24
CODED = Kind(candidates=1000)


def clustered(seed: int = 0) -> tuple[Ids, Vectors]:
    """Vectors around a hundred centres, in an order that says nothing of them."""
    drawn = np.random.default_rng(seed)
    centres = drawn.normal(size=(100, DIM))
    rows = centres[drawn.integers(0, 100, COUNT)] + 0.3 * drawn.normal(size=(COUNT, DIM))
    return np.arange(COUNT, dtype=np.int64) * 3 + 5, check_vectors(rows, COUNT, DIM)


def queries(count: int) -> Vectors:
    _, rows = clustered()
    noise = 0.05 * np.random.default_rng(9).normal(size=(count, DIM))
    return check_vectors(rows[::7][:count] + noise, count, DIM)


def written(folder: Path, kind: Kind, removed: Ids | None = None) -> FaissIndex:
    ids, rows = clustered()
    write_part(folder / "dense-00.faiss", ids, lambda some: rows[(some - 5) // 3], kind)
    if removed is not None:
        np.save(folder / REMOVED, removed)
    return FaissIndex.load(folder)


def test_small_parts_are_scanned_and_large_ones_have_codes() -> None:
    assert {kind_for(count).name for count in (0, 1, 257, 131_071)} == {"flat-fp16"}
    assert {kind_for(count).name for count in (131_072, 1_000_000)} == {"pq4-flat-fp16"}


def test_what_is_written_says_its_kind(tmp_path: Path) -> None:
    assert written(tmp_path, CODED).kinds == [CODED]
    assert FaissIndex(*clustered()).kinds == [Kind()]


def test_the_same_vectors_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, CODED)
        made.append(
            [(tmp_path / name / f"{of}-00.faiss").read_bytes() for of in ("dense", "codes")]
        )
    assert made[0] == made[1]


def test_codes_choose_nearly_all_neighbours_and_vectors_rank_them(tmp_path: Path) -> None:
    index, flat = written(tmp_path, CODED), FaissIndex(*clustered())
    shared = 0
    for query in queries(50):
        whole = dict(flat.search(query, COUNT))
        found = index.search(query, 10)
        assert all(whole[i] == score for i, score in found)
        shared += len({i for i, _ in found} & {i for i, _ in flat.search(query, 10)})
    assert shared >= 0.98 * 500


def test_without_its_codes_a_part_is_scanned(tmp_path: Path) -> None:
    written(tmp_path, CODED)
    (tmp_path / "codes-00.faiss").unlink()
    index, flat = FaissIndex.load(tmp_path), FaissIndex(*clustered())
    assert index.kinds == [Kind()]
    assert index.search(queries(1)[0], 9) == flat.search(queries(1)[0], 9)


def test_cut_codes_are_refused(tmp_path: Path) -> None:
    written(tmp_path, CODED)
    path = tmp_path / "codes-00.faiss"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(RuntimeError):
        FaissIndex.load(tmp_path)


@pytest.mark.parametrize("kind", [Kind(), CODED])
@pytest.mark.parametrize("every", [2, 40, 900])
def test_a_filter_that_lets_little_through_is_exact(tmp_path: Path, kind: Kind, every: int) -> None:
    index, (ids, rows) = written(tmp_path, kind), clustered()
    allowed = ids[::every]
    for query in queries(10):
        found = index.search(query, 12, allowed)
        expected = NumpyIndex(ids, rows).search(query, 12, allowed)
        assert [i for i, _ in found] == [i for i, _ in expected]
        assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-4)


@pytest.mark.parametrize("kind", [Kind(), CODED])
def test_filters_of_any_width_over_many_vectors(kind: Kind) -> None:
    drawn = np.random.default_rng(3)
    rows = check_vectors(drawn.normal(size=(60_000, 8)), 60_000, 8)
    ids = np.arange(60_000, dtype=np.int64)
    index, exact = FaissIndex(ids, rows, kind), NumpyIndex(ids, rows)
    for every in (2, 20, 29, 31, 600):
        allowed = ids[::every]
        found = {i for i, _ in index.search(rows[17], 20, allowed)}
        assert len(found & {i for i, _ in exact.search(rows[17], 20, allowed)}) >= 19
        assert found <= set(allowed.tolist())


def test_as_many_are_found_as_there_are(tmp_path: Path) -> None:
    index, (ids, _) = written(tmp_path, CODED), clustered()
    query = queries(1)[0]
    assert len(index.search(query, 500)) == 500
    assert len(index.search(query, COUNT + 1)) == COUNT
    assert len(index.search(query, COUNT, ids[:2500])) == 2500


def test_removed_ids_are_out_of_every_search(tmp_path: Path) -> None:
    ids, _ = clustered()
    removed = ids[::3]
    index = written(tmp_path, CODED, removed)
    assert len(index) == COUNT - len(removed)
    for allowed in (None, ids[:2900], ids[:9]):
        found = index.search(queries(1)[0], 30, allowed)
        assert found
        assert not {i for i, _ in found} & set(removed.tolist())


def test_vectors_come_back_as_they_were(tmp_path: Path) -> None:
    index, (ids, rows) = written(tmp_path, CODED), clustered()
    assert index.vectors_of(ids[[99, 2]]) == pytest.approx(rows[[99, 2]], abs=1e-3)


@given(st.lists(st.integers(0, COUNT - 1), min_size=1, max_size=60), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_a_score_does_not_depend_on_what_is_allowed(few: list[int], k: int) -> None:
    ids, rows = clustered()
    index, query = FaissIndex(ids, rows, CODED), queries(3)[2]
    whole = dict(index.search(query, COUNT))
    allowed = ids[few]
    for identifier, score in index.search(query, k, allowed):
        assert identifier in allowed
        assert score == whole[identifier]
