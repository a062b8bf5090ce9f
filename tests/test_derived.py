"""The derived folder: made from the one before, equal to one made anew, mended, tidied."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from aseqa.derived import open_indexes
from aseqa.embed import Vectors, check_vectors
from aseqa.index import FaissIndex
from aseqa.lexical import LexicalIndex
from aseqa.lookup import Lookup
from aseqa.records import Document, Passage, Section, Sentence, Voice
from aseqa.store import Store, Unit

NOBODY = 65534
THINGS = ("budget", "foyer", "enfant", "contrat", "plafond", "loyer", "stage", "tarif")


def vector(text: str) -> Vectors:
    """Give a vector that depends on the text alone."""
    row = np.random.default_rng(list(text.encode())).normal(size=(1, 16))
    return check_vectors(row, 1, 16).reshape(16)


def put(store: Store, number: int, version: int = 0) -> None:
    """Write a document of ten sentences, in place of its earlier version."""
    source = f"{number:02}.txt"
    if source in store.places():
        store.remove(source)
    texts = [
        f"Le {THINGS[(number + i) % 8]} de la commune {number} vaut {i + version} euros."
        for i in range(10)
    ]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    whole, voice = " ".join(texts), Voice()
    section = Section("note", 0, len(whole))
    empty = (None, None, None, None)
    document = Document(
        source[:2], source, source, whole, "texte", f"Note {number}", *empty, (section,)
    )
    sentences = [
        Sentence(start, start + len(text), text, 0, "prose", voice)
        for start, text in zip(starts, texts, strict=False)
    ]
    units = [Unit(one, one.text.encode(), vector(one.text)) for one in sentences]
    file = store.add_file(source, "", f"{number}-{version}", whole)
    store.add_document(file, document, units, [Passage(0, len(whole), whole, 0)])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Give an index of twelve documents, a hundred and twenty sentences."""
    folder = tmp_path / "index"
    with closing(Store.create(folder, "essai", 16)) as store:
        with store.writing():
            for number in range(12):
                put(store, number)
        open_indexes(folder, store.generation, Lookup(store))
    return folder


def update(index: Path, *numbers: int, version: int = 1, dropped: Sequence[int] = ()) -> Path:
    """Put some documents, drop others, and give the new derived folder."""
    with closing(Store.open(index)) as store:
        with store.writing():
            for number in dropped:
                store.remove(f"{number:02}.txt")
            for number in numbers:
                put(store, number, version)
        open_indexes(index, store.generation, Lookup(store))
    return home(index)


def home(index: Path) -> Path:
    with closing(Store.open(index)) as store:
        return index / f"derived-{store.generation}"


def reopened(index: Path, folder: Path | None = None) -> tuple[FaissIndex, LexicalIndex]:
    """Open what is derived of an index, in its own folder or in another."""
    with closing(Store.open(index)) as store:
        return open_indexes(folder or index, store.generation, Lookup(store))


Answers = list[list[tuple[int, float]]]


def answers(dense: FaissIndex, lexical: LexicalIndex) -> tuple[Answers, Answers]:
    queries = [vector(text) for text in ("un", "deux", "trois")]
    weights = [{"budget": 1.0, "commun": 1.0}, {"loyer": 1.0, "3": 0.5}, {"euro": 1.0, "not": 1.0}]
    return (
        [dense.search(query, 15) for query in queries],
        [lexical.search(words, 15, 0.5) for words in weights],
    )


def assert_as_made_anew(index: Path, folder: Path) -> None:
    """Hold what is derived against what another folder, empty so far, is given of the store."""
    folder.mkdir()
    (dense, lexical), (new_dense, new_lexical) = reopened(index), reopened(index, folder)
    assert dense.ids.tolist() == new_dense.ids.tolist()
    vectors, words = answers(dense, lexical)
    new_vectors, new_words = answers(new_dense, new_lexical)
    assert vectors == new_vectors
    assert words[0]
    for found, expected in zip(words, new_words, strict=True):
        assert [s for _, s in found] == pytest.approx([s for _, s in expected], rel=0.01)
        assert {i for i, s in found if s > found[-1][1] * 1.01} <= {i for i, _ in expected}
    for word in ("budget", "commun", "7", "11", "absent"):
        assert lexical.frequency(word) == new_lexical.frequency(word)


def snapshot(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_after_each_change_it_equals_one_made_anew(index: Path, tmp_path: Path) -> None:
    update(index, 3)
    update(index, 12, dropped=[5])
    assert_as_made_anew(index, tmp_path / "one")
    made = update(index, 9, dropped=[0, 1, 2, 4, 6, 7])
    assert json.loads((made / "manifest.json").read_text("utf-8"))["sentences"] == 60
    assert_as_made_anew(index, tmp_path / "two")


def test_files_that_still_serve_are_linked_and_the_older_folder_stays(index: Path) -> None:
    older = home(index)
    before = snapshot(older)
    with closing(Store.open(index)) as store:
        generation, said = store.generation, answers(*reopened(index))
    newer = update(index, 3)
    assert snapshot(older) == before
    assert (older / "dense-00.faiss").samefile(newer / "dense-00.faiss")
    shared = {p.name for p in (older / "lexical").iterdir()} & {
        p.name for p in (newer / "lexical").iterdir() if p.stat().st_nlink > 1
    }
    assert {Path(name).suffix for name in shared} >= {".idx", ".term", ".fieldnorm"}
    manifest = json.loads((newer / "manifest.json").read_text("utf-8"))
    assert (manifest["rewritten"], manifest["removed"]) == (10, 10)
    dense, lexical = FaissIndex.load(older), LexicalIndex(older / "lexical")
    assert generation in older.name
    assert answers(dense, lexical) == said


def test_words_of_many_removed_sentences_are_forgotten(index: Path) -> None:
    made = update(index, 3)
    assert LexicalIndex(made / "lexical").removed == 10
    made = update(index, 7, dropped=[4, 5, 6])
    assert LexicalIndex(made / "lexical").removed == 0


def test_the_last_two_are_kept_and_abandoned_drafts_go(index: Path) -> None:
    made = [home(index)]
    for name, age in (("draft-old", 7200), ("draft-young", 60)):
        (index / name).mkdir()
        os.utime(index / name, (time.time() - age,) * 2)
    made += [update(index, number) for number in (3, 4, 5)]
    assert sorted(index.glob("derived-*")) == sorted(made[-2:])
    assert [path.name for path in index.glob("draft-*")] == ["draft-young"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def garble(path: Path) -> None:
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("dense-00.faiss", cut),
        ("dense-00.faiss", garble),
        ("dense-01.faiss", Path.unlink),
        ("removed.npy", Path.unlink),
        ("lexical/meta.json", cut),
        ("lexical/meta.json", garble),
        ("lexical/meta.json", Path.unlink),
        ("manifest.json", Path.unlink),
        ("manifest.json", lambda path: path.write_text("[]")),
        ("lexical", shutil.rmtree),
    ],
)
def test_a_damaged_piece_is_made_again_and_said_once(
    index: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    harm: Callable[[Path], None],
) -> None:
    made = update(index, 3)
    dense, words = answers(*reopened(index))
    link = made / name
    if link.is_file():  # the older folder shares the file: harm a copy
        shutil.copy(link, made / "copy")
        (made / "copy").replace(link)
    harm(link)
    with caplog.at_level(logging.WARNING):
        again_dense, again_words = answers(*reopened(index))
        reopened(index)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(made) in caplog.text
    assert again_dense == dense
    for found, expected in zip(again_words, words, strict=True):
        assert [s for _, s in found] == pytest.approx([s for _, s in expected], rel=0.01)


@pytest.mark.parametrize("name", ["dense-00.faiss", "lexical/meta.json", "manifest.json"])
def test_a_damaged_older_folder_is_not_built_upon(index: Path, tmp_path: Path, name: str) -> None:
    garble(home(index) / name)
    made = update(index, 3)
    assert not (made / "removed.npy").exists()
    assert_as_made_anew(index, tmp_path / "anew")


def test_a_folder_of_other_sentences_is_not_believed(index: Path, tmp_path: Path) -> None:
    """A store put back from a copy gives the same numbers again, to other sentences."""
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    stale = update(index, 3, version=1)
    named = update(copy, 4, version=5)
    shutil.rmtree(named)
    shutil.copytree(stale, named)
    assert_as_made_anew(copy, tmp_path / "one")
    shutil.copytree(stale, copy / f"derived-2-{'0' * 12}")
    update(copy, 6, version=5)
    assert_as_made_anew(copy, tmp_path / "two")


def test_two_at_once_make_one_folder(index: Path) -> None:
    expected = answers(*reopened(index))
    shutil.rmtree(home(index))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: answers(*reopened(index)), range(2)))
    assert found == [expected, expected]
    assert list(index.glob("derived-*")) == [home(index)]
    assert list(index.glob("draft-*")) == []


def test_an_emptied_index_finds_nothing_and_can_be_filled_again(
    index: Path, tmp_path: Path
) -> None:
    update(index, dropped=range(12))
    dense, lexical = reopened(index)
    assert (len(dense), len(lexical)) == (0, 0)
    assert answers(dense, lexical) == ([[], [], []], [[], [], []])
    update(index, 3)
    assert_as_made_anew(index, tmp_path / "anew")


def test_where_no_folder_can_be_it_is_made_for_the_moment(index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("ceci n'est pas un dossier", "utf-8")
    assert answers(*reopened(index, tmp_path / "file")) == answers(*reopened(index))


@pytest.fixture
def read_only(index: Path) -> Iterator[Path]:
    """Give a copy of the index that this process may read and not write, whoever runs it."""
    place = Path(tempfile.mkdtemp(prefix="read-only-"))
    shutil.copytree(index, place / "index")
    for path in (place / "index", *(place / "index").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    place.chmod(0o755)
    yield place / "index"
    for path in (place / "index", *(place / "index").rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(place)


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give this process a folder of its own for what it makes for the moment."""
    place = Path(tempfile.mkdtemp(prefix="scratch-"))
    place.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    shutil.rmtree(place)


@pytest.mark.parametrize("missing", [False, True])
def test_a_read_only_index_is_opened(
    index: Path, read_only: Path, scratch: Path, missing: bool
) -> None:
    expected, root = answers(*reopened(index)), os.geteuid() == 0
    if missing:
        shutil.rmtree(index / home(index).name)
        derived = read_only / home(index).name
        read_only.chmod(0o755)
        derived.rename(read_only.parent / "away")
        read_only.chmod(0o555)
    with closing(Store.open(index)) as store:
        if root:
            os.seteuid(NOBODY)
        try:
            found = answers(*open_indexes(read_only, store.generation, Lookup(store)))
        finally:
            if root:
                os.seteuid(0)
    assert found == expected
    assert list(read_only.glob("derived-*")) == ([] if missing else [read_only / home(index).name])
    assert list(scratch.glob("aseqa-index-*")) == []


def test_a_read_only_index_leaves_nothing_behind_however_often_it_is_opened(
    index: Path, read_only: Path, scratch: Path
) -> None:
    # tantivy may be making a lock in the folder of the moment while that is removed.
    reopened(index)
    lexical, root = read_only / home(index).name / "lexical", os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        sizes = {len(LexicalIndex(lexical)) for _ in range(300)}
    finally:
        if root:
            os.seteuid(0)
    assert len(sizes) == 1
    assert list(scratch.iterdir()) == []
