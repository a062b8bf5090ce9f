"""A damaged store: what is said of it, the copy that takes its place, and what that copy costs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from test_ingest import HashEncoder, texts_of

from aseqa.errors import IndexBusy, IndexMismatch
from aseqa.good_copy import find_copy
from aseqa.ingest import index_paths, remove_sources, roll_back, say_return
from aseqa.lookup import Lookup
from aseqa.schema import FORMAT
from aseqa.store import Store

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = 60

posix = pytest.mark.skipif(sys.platform == "win32", reason="no limits on files on Windows")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(DOCUMENTS):
        write(folder, number)
    return folder


@pytest.fixture
def index(corpus: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    index_paths([corpus], folder, HashEncoder())
    return folder


def write(corpus: Path, number: int, words: str = "dort") -> None:
    """Write a note of two sentences, its title included."""
    path = corpus / f"n{number:03}.txt"
    path.write_text(f"Note {number}\n\nLe foyer n° {number} {words}.\n", "utf-8")


def store_of(index: Path) -> Path:
    return index / "aseqa.sqlite"


def copy_of(index: Path) -> Path:
    return index / "aseqa.sqlite.good"


def generation_of(index: Path) -> str:
    with closing(Store.open(index)) as store:
        return store.generation


def copied(index: Path) -> str:
    """Give the generation that the copy holds."""
    found = find_copy(store_of(index), FORMAT)
    assert found is not None
    return found.generation


def read_all(index: Path) -> None:
    """Read every row that answers are made of."""
    with closing(Store.open(index)) as store, store.reading():
        lookup = Lookup(store)
        lookup.vectors_of(lookup.sentence_ids())
        for name in lookup.document_names():
            lookup.document(name)
            lookup.document_sentences(name)
        store.places()


# Ways to damage a file


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def emptied(raw: bytes) -> bytes:
    return b""


def zeros_in_the_middle(raw: bytes) -> bytes:
    quarter = len(raw) // 4
    return raw[:quarter] + bytes(2 * quarter) + raw[3 * quarter :]


def garbage_header(raw: bytes) -> bytes:
    return bytes(range(1, 101)) + raw[100:]


def garbage_after_the_header(raw: bytes) -> bytes:
    return raw[:4096] + b"\x5a" * (len(raw) - 4096)


DAMAGES = [cut, emptied, zeros_in_the_middle, garbage_header, garbage_after_the_header]
Damage = Callable[[bytes], bytes]


def spoil(path: Path, damage: Damage) -> None:
    path.write_bytes(damage(path.read_bytes()))


# The way back


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_gives_way_to_its_copy(damage: Damage, corpus: Path, index: Path) -> None:
    first, before = generation_of(index), texts_of(index)
    write(corpus, DOCUMENTS)
    index_paths([corpus], index, HashEncoder())
    after = texts_of(index)
    spoil(store_of(index), damage)
    with pytest.raises(IndexMismatch) as fault:
        read_all(index)
    said = str(fault.value)
    assert said.startswith(f"L'index de {index} est illisible (")
    assert said.endswith("avec : aseqa rollback, ou refaites-le avec : aseqa index --rebuild")
    assert said.count("\n") == 0
    assert roll_back(index) == (first, "")
    assert texts_of(index) == before
    read_all(index)
    report = index_paths([corpus], index, HashEncoder())
    assert (report.added, report.unchanged, report.failed) == (1, DOCUMENTS, ())
    assert texts_of(index) == after
    # Sound again, it goes back as any other.
    assert roll_back(index)[0] == first
    assert texts_of(index) == before


def test_the_way_back_says_which_state_of_which_day(corpus: Path, index: Path) -> None:
    with closing(Store.open(index)) as store:
        made = store.made
    assert len(made) == len("03/05/2024 à 09:15")
    spoil(store_of(index), cut)
    with pytest.raises(IndexMismatch, match=f"Revenez à sa copie du {made} avec"):
        index_paths([corpus], index, HashEncoder())
    name, left = roll_back(index)
    assert say_return(index, name, left) == (
        f"L'index de {index} était illisible : sa copie l'a remplacé, à l'état {name} du {made}. "
        "Remettez-y ce qui a changé depuis avec : aseqa index"
    )


@pytest.mark.parametrize("damage", DAMAGES)
def test_where_the_copy_is_damaged_too_only_a_new_index_helps(
    damage: Damage, corpus: Path, index: Path
) -> None:
    texts = texts_of(index)
    for path in (store_of(index), copy_of(index)):
        spoil(path, damage)
    for fails in (read_all, roll_back):
        with pytest.raises(IndexMismatch) as fault:
            fails(index)
        assert str(fault.value).endswith("). Refaites-le avec : aseqa index --rebuild")
    report = index_paths([corpus], index, HashEncoder(), rebuild=True)
    assert report.documents == DOCUMENTS
    assert texts_of(index) == texts
    assert copied(index) == generation_of(index)


def test_without_a_copy_only_a_new_index_helps(index: Path) -> None:
    copy_of(index).unlink()
    spoil(store_of(index), cut)
    with pytest.raises(IndexMismatch, match=r"\)\. Refaites-le avec : aseqa index --rebuild$"):
        roll_back(index)


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_garbage_in_a_log_is_no_damage(ending: str, corpus: Path, index: Path) -> None:
    texts = texts_of(index)
    Path(f"{store_of(index)}{ending}").write_bytes(b"\x5a" * 70_000)
    read_all(index)
    assert texts_of(index) == texts
    assert index_paths([corpus], index, HashEncoder()).unchanged == DOCUMENTS


def test_the_log_of_a_damaged_store_is_not_applied_to_the_copy(corpus: Path, index: Path) -> None:
    texts, left = texts_of(index), index.parent / "left"
    with closing(Store.open(index)) as reader, reader.reading():
        assert reader.generation  # holds the log open, as a server does
        for number in range(DOCUMENTS):
            write(corpus, number, "veille")
        copy_of(index).rename(index.parent / "older.good")
        index_paths([corpus], index, HashEncoder())
        shutil.copytree(index, left)
    shutil.copy(index.parent / "older.good", copy_of(left))
    assert Path(f"{store_of(left)}-wal").stat().st_size > 0
    spoil(store_of(left), garbage_header)
    roll_back(left)
    assert texts_of(left) == texts
    read_all(left)


def test_any_damage_is_told_or_does_no_harm(index: Path) -> None:
    whole, random, told = store_of(index).read_bytes(), Random(5), 0
    for _ in range(60):
        spoilt = bytearray(whole)
        start, length = random.randrange(len(whole)), random.choice((1, 16, 512, 8192))
        new = random.choice((bytes(length), random.randbytes(length)))
        spoilt[start : start + length] = new[: len(whole) - start]
        store_of(index).write_bytes(spoilt)
        try:
            read_all(index)
        except IndexMismatch as fault:
            told += "--rebuild" in str(fault)
    assert told > 10


def test_what_was_derived_from_lost_states_is_dropped(corpus: Path, index: Path) -> None:
    first = generation_of(index)
    write(corpus, DOCUMENTS)
    index_paths([corpus], index, HashEncoder())
    (corpus / f"n{DOCUMENTS:03}.txt").unlink()
    write(corpus, DOCUMENTS + 1)
    spoil(store_of(index), cut)
    roll_back(index)
    assert [path.name for path in index.glob("derived-*")] == [f"derived-{first}"]
    index_paths([corpus], index, HashEncoder())
    assert f"Le foyer n° {DOCUMENTS + 1} dort." in texts_of(index)
    assert f"Le foyer n° {DOCUMENTS} dort." not in texts_of(index)


def test_a_damaged_store_that_is_being_written_is_left_alone(index: Path) -> None:
    with closing(Store.open(index)) as store, store.writing():
        store.connection.execute("DELETE FROM places WHERE source = 'n003.txt'")
        whole = store_of(index).read_bytes()
        store_of(index).write_bytes(zeros_in_the_middle(whole))
        with pytest.raises(IndexBusy):
            roll_back(index)
        store_of(index).write_bytes(whole)
    assert copied(index) != generation_of(index)


# What the copy costs


def test_the_copy_follows_once_enough_has_changed(corpus: Path, index: Path) -> None:
    first = generation_of(index)
    assert copied(index) == first
    index_paths([corpus], index, HashEncoder())
    written = copy_of(index).stat().st_mtime_ns
    # Two sentences of some 120 at a time: the third time makes it one in twenty.
    for number in range(2):
        write(corpus, DOCUMENTS + number)
        index_paths([corpus], index, HashEncoder())
        assert copied(index) == first
    assert copy_of(index).stat().st_mtime_ns == written
    for number in (2, 3):
        write(corpus, DOCUMENTS + number)
        index_paths([corpus], index, HashEncoder())
    assert copied(index) == generation_of(index)


def test_removals_changes_and_returns_count_too(corpus: Path, index: Path) -> None:
    remove_sources(index, ["n000.txt", "n001.txt", "n002.txt", "n003.txt"])
    assert copied(index) == generation_of(index)
    roll_back(index)
    assert copied(index) == generation_of(index)
    for number in range(2):
        write(corpus, number, "veille")
    index_paths([corpus], index, HashEncoder())
    assert copied(index) == generation_of(index)


def test_a_missing_or_foreign_copy_is_made_again(corpus: Path, index: Path, tmp_path: Path) -> None:
    copy_of(index).unlink()
    index_paths([corpus], index, HashEncoder())
    assert copied(index) == generation_of(index)
    other = tmp_path / "other"
    index_paths([corpus], other, HashEncoder())
    write(corpus, 0, "veille")
    index_paths([corpus], other, HashEncoder())
    shutil.copy(copy_of(index), copy_of(other))
    index_paths([corpus], other, HashEncoder())
    assert copied(other) == generation_of(other) != generation_of(index)


def test_the_copy_is_a_store_of_its_own(index: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(copy_of(index), store_of(alone))
    assert texts_of(alone) == texts_of(index)
    assert sorted(path.name for path in index.iterdir() if path.name.startswith("aseqa")) == [
        "aseqa.sqlite",
        "aseqa.sqlite.good",
    ]


def test_no_copy_is_made_while_somebody_writes(index: Path) -> None:
    copy_of(index).unlink()
    with closing(Store.open(index)) as store, closing(Store.open(index)) as writer:
        with writer.writing():
            store.keep_copy()
        assert not copy_of(index).exists()
        store.keep_copy()
    assert copied(index) == generation_of(index)


def test_what_a_broken_copy_left_is_written_over(index: Path) -> None:
    copy_of(index).unlink()
    draft = Path(f"{copy_of(index)}.new")
    draft.write_bytes(b"\x5a" * 10_000)
    with closing(Store.open(index)) as store:
        store.keep_copy()
    assert copied(index) == generation_of(index)
    assert not draft.exists()


def test_a_damaged_store_never_becomes_the_copy(index: Path) -> None:
    kept = copy_of(index).read_bytes()
    remove_sources(index, [f"n{number:03}.txt" for number in range(30)])
    copy_of(index).write_bytes(kept)
    spoil(store_of(index), lambda raw: raw[:-8192] + bytes(8192))
    with (
        closing(Store.open(index)) as store,
        pytest.raises(IndexMismatch, match="aseqa rollback"),
    ):
        store.keep_copy()
    assert copy_of(index).read_bytes() == kept


FULL = """
import resource, signal, sys
from contextlib import closing
from pathlib import Path
from aseqa.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with closing(Store.open(Path(sys.argv[1]))) as store:
    store.fact("format")
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    store.keep_copy()
"""


@posix
def test_a_full_disk_gives_the_copy_up_with_a_warning(corpus: Path, index: Path) -> None:
    texts = texts_of(index)
    copy_of(index).unlink()
    arguments = [sys.executable, "-c", FULL, str(index)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"La copie de secours de l'index de {index} n'a pas pu être")
    assert "L'index, lui, est à jour." in done.stderr
    assert not copy_of(index).exists()
    assert not Path(f"{copy_of(index)}.new").exists()
    read_all(index)
    assert texts_of(index) == texts
    index_paths([corpus], index, HashEncoder())
    assert copied(index) == generation_of(index)


# The command line


def run(index: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ASEQA_INDEX": str(index)}
    arguments = [sys.executable, "-m", "aseqa", *words]
    return subprocess.run(
        arguments, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("damage", [cut, zeros_in_the_middle, garbage_header])
def test_the_command_line_names_both_ways_and_goes_back(
    damage: Damage, seeds_index: Path, tmp_path: Path
) -> None:
    index, question = tmp_path / "index", "Combien de mineurs sont victimes d'exploitation ?"
    shutil.copytree(seeds_index, index)
    expected = run(index, "ask", "--json", question)
    assert expected.returncode == 0
    spoil(store_of(index), damage)
    for words in (("ask", question), ("status",), ("index",)):
        failed = run(index, *words)
        assert (failed.returncode, failed.stdout) == (1, "")
        assert failed.stderr.count("\n") == 1
        assert "aseqa rollback, ou refaites-le avec : aseqa index --rebuild" in failed.stderr
    done = run(index, "rollback")
    assert (done.returncode, done.stderr) == (0, "")
    assert generation_of(seeds_index) in done.stdout
    again = run(index, "ask", "--json", question)
    assert _timeless(again.stdout) == _timeless(expected.stdout)


def _timeless(answer: str) -> str:
    return answer.partition('"timings_ms"')[0]
