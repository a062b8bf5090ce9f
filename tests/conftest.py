"""What several tests share: the index of the shipped seeds, made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aseqa.ask import Assistant
from aseqa.embed import Encoder, load_encoder
from aseqa.ingest import index_paths

# Model libraries look for named models on a hub; the tests stay on this machine.
os.environ["HF_HUB_OFFLINE"] = "1"

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """Give an index of the seeds; tests read it and never write to it."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    report = index_paths([SEEDS], folder, encoder)
    assert report.failed == ()
    return folder


@pytest.fixture(scope="session")
def assistant(seeds_index: Path, encoder: Encoder) -> Iterator[Assistant]:
    with Assistant.open(seeds_index, encoder) as opened:
        yield opened
