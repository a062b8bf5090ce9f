"""The bar over the marked documents, and the four seed figures that are one thing."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import pytest

from aseqa.figures import comparable

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import figures as benchmark

MARKED = Path(__file__).parent / "data" / "marked"


@pytest.fixture(scope="module")
def dev():
    return benchmark.measure(MARKED / "dev")


@pytest.fixture(scope="module")
def held_out():
    return benchmark.measure(MARKED / "test")


@pytest.fixture(scope="module")
def seeds():
    return benchmark.measure(MARKED / "seeds_figures.json")


def test_the_four_seed_figures_are_one_thing(seeds):
    group = [one.found for one in seeds.matches if one.marked["group"] == "A"]
    assert [figure.text for figure in group] == [
        "20 000 mineurs", "environ 15 000 mineurs", "environ 10 000 jeunes",
        "plus de 11 000 mineurs",
    ]  # fmt: skip
    assert {figure.counted for figure in group} == {"mineurs victimes de prostitution"}
    assert all(comparable(one, other) for one, other in combinations(group, 2))


def test_comparable_pairs_are_right(dev, held_out, seeds):
    counts = [benchmark.pairs(one) for one in (dev, held_out, seeds)]
    right, told = sum(one[0] for one in counts), sum(one[1] for one in counts)
    assert told >= 100
    assert right / told >= 0.95


def test_comparable_pairs_of_dev(dev):
    right, told, real = benchmark.pairs(dev)
    assert right / told >= 0.95
    assert right / real >= 0.7


def test_enough_is_marked_and_found(dev):
    found = [one for one in dev.matches if one.found]
    assert len(dev.matches) >= 150
    assert len(found) / len(dev.matches) >= 0.96
    assert len(found) / (len(found) + len(dev.spurious)) >= 0.95


@pytest.mark.parametrize("attribute", ["text", "value", "hedge", "unit"])
def test_attributes(attribute, dev):
    agrees = benchmark.ATTRIBUTES[attribute]
    hits = [one for one in dev.matches if one.found]
    assert sum(agrees(one.marked, one.found) for one in hits) / len(hits) >= 0.95
