"""Vectors computed on a Ray cluster of two nodes: the same index, byte for byte."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from aseqa.cli import main

pytestmark = pytest.mark.slow
TABLES = ("files", "documents", "sections", "sentences", "passages")
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Run a cluster of two nodes, of one processor each, in processes of their own."""
    script = Path(__file__).with_name("ray_cluster.py")
    nodes = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert nodes.stdout is not None
    address = next(line for line in nodes.stdout if line.startswith("address "))
    yield address.split()[1]
    nodes.communicate("stop\n", timeout=120)


def index(folder: Path, *flags: str) -> None:
    command = [sys.executable, "-m", "aseqa", "index", str(SEEDS), "--index", str(folder), *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the corpus and its vectors."""
    with closing(sqlite3.connect(folder / "aseqa.sqlite")) as store:
        return {name: store.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}


def test_the_index_is_that_of_one_machine(cluster: str, seeds_index: Path, tmp_path: Path) -> None:
    index(tmp_path / "index", "--ray", cluster)
    found = rows(tmp_path / "index")
    assert len(found["sentences"]) > 200
    assert found == rows(seeds_index)


def test_a_run_cut_short_is_taken_up(cluster: str, seeds_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    script = Path(__file__).with_name("ray_cut.py")
    cut = subprocess.run(
        [sys.executable, str(script), cluster, str(SEEDS), str(folder)], check=False
    )
    assert cut.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(folder / "pending.sqlite")) as pending:
        (before,) = pending.execute("SELECT count(*) FROM vectors").fetchone()
    assert before == 64
    index(folder, "--ray", cluster)
    assert rows(folder) == rows(seeds_index)
    assert not (folder / "pending.sqlite").exists()


def test_a_cluster_that_is_away_is_said(tmp_path: Path) -> None:
    words = ["index", str(SEEDS), "--index", str(tmp_path / "index"), "--ray", "127.0.0.1:1"]
    command = [sys.executable, "-m", "aseqa", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("La grappe Ray « 127.0.0.1:1 » ne répond pas (")
    assert len(done.stderr.strip().splitlines()) == 1
    shutil.rmtree(tmp_path / "index", ignore_errors=True)


def test_the_option_is_explained() -> None:
    told = CliRunner().invoke(main, ["index", "--help"])
    assert "--ray ADRESSE" in told.stdout
