"""Reciprocal rank fusion against values worked by hand."""

import pytest

from aseqa.fuse import ranked, reciprocal_rank_fusion


def test_fusion_worked_by_hand() -> None:
    dense = {1: 0.9, 2: 0.8, 3: 0.7}
    lexical = {3: 12.0, 4: 5.0}
    fused = dict(reciprocal_rank_fusion([dense, lexical], [1.0, 0.5], k=60))
    assert fused == pytest.approx({1: 1 / 61, 2: 1 / 62, 3: 1 / 63 + 0.5 / 61, 4: 0.5 / 62})


def test_ties_are_broken_by_id() -> None:
    assert ranked({9: 1.0, 3: 1.0, 5: 2.0}) == [(5, 2.0), (3, 1.0), (9, 1.0)]


def test_an_empty_run_changes_nothing() -> None:
    assert [i for i, _ in reciprocal_rank_fusion([{4: 1.0, 2: 3.0}, {}], [1.0, 1.0])] == [2, 4]
