"""Indexing: what is added, replaced, dropped, kept, refused; offsets from the file to the store."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from aseqa.embed import Encoder, Vectors, check_vectors
from aseqa.errors import IndexBusy, IndexMismatch, IndexMissing, ReadError
from aseqa.ingest import index_paths, remove_sources
from aseqa.lookup import Lookup
from aseqa.records import Filters
from aseqa.store import Store


class HashEncoder:
    """A quick encoder for tests of the plumbing: a vector that depends on the text alone."""

    def __init__(self, name: str = "essai") -> None:
        self.name, self.dim = name, 16
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        rows = [np.random.default_rng(list(text.encode())).normal(size=16) for text in texts]
        return check_vectors(np.array(rows), len(texts), 16)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "sous").mkdir(parents=True)
    (folder / "a.txt").write_text("Note\n\nLe budget atteint 12 M€. Il double.\n", "utf-8")
    (folder / "b.md").write_text("# Lieux\n\nLe foyer est à Albi.\n", "utf-8")
    (folder / "sous" / "a.txt").write_text("Autre note\n\nElle vient d'un sous-dossier.\n", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def texts_of(index: Path) -> list[str]:
    store = Store.open(index)
    lookup = Lookup(store)
    found = [
        row.sentence.text
        for name in lookup.document_names()
        for row in lookup.document_sentences(name)
    ]
    store.close()
    return found


def test_first_run_adds_everything(corpus: Path, index: Path) -> None:
    report = index_paths([corpus], index, HashEncoder())
    assert (report.added, report.updated, report.removed, report.unchanged) == (3, 0, 0, 0)
    assert (report.documents, report.sentences) == (3, len(texts_of(index)))
    assert "Le budget atteint 12 M€." in texts_of(index)
    assert "Il double." in texts_of(index)


def test_two_files_of_one_stem_keep_apart(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    store = Store.open(index)
    assert Lookup(store).document_names() == ["a", "b", "sous/a"]
    store.close()


def test_second_run_changes_nothing_and_encodes_nothing(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    before = Store.open(index)
    encoder = HashEncoder()
    report = index_paths([corpus], index, encoder)
    assert (report.added, report.updated, report.removed, report.unchanged) == (0, 0, 0, 3)
    assert encoder.encoded == []
    assert Store.open(index).generation == before.generation
    before.close()


def test_only_changed_sentences_are_encoded_again(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").write_text("Note\n\nLe budget atteint 12 M€. Il triple.\n", "utf-8")
    encoder = HashEncoder()
    report = index_paths([corpus], index, encoder)
    assert (report.added, report.updated, report.unchanged) == (0, 1, 2)
    assert [text.rsplit(" : ", 1)[-1] for text in encoder.encoded] == ["Il triple."]
    assert "Il double." not in texts_of(index)


def test_vanished_files_are_dropped_but_only_of_the_folder_given(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").unlink()
    (corpus / "b.md").unlink()
    report = index_paths([corpus / "sous"], index, HashEncoder(), corpus_root=corpus)
    assert report.removed == 0
    report = index_paths([corpus], index, HashEncoder())
    assert report.removed == 2
    assert report.documents == 1


def test_a_bad_file_is_reported_and_the_others_are_indexed(corpus: Path, index: Path) -> None:
    (corpus / "binaire.txt").write_bytes(b"\x00\x01\x02")
    report = index_paths([corpus], index, HashEncoder())
    assert report.added == 3
    assert [source for source, _ in report.failed] == ["binaire.txt"]
    assert report.to_dict()["failed"][0]["source"] == "binaire.txt"


def test_what_the_index_held_of_a_file_gone_bad_stays(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").write_bytes(b"\x00")
    report = index_paths([corpus], index, HashEncoder())
    assert len(report.failed) == 1
    assert "Il double." in texts_of(index)


def test_an_error_on_the_way_leaves_the_old_state(corpus: Path, index: Path) -> None:
    class Failing(HashEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise RuntimeError("panne")

    index_paths([corpus], index, HashEncoder())
    before = texts_of(index)
    (corpus / "c.txt").write_text("Titre\n\nUne phrase neuve.\n", "utf-8")
    with pytest.raises(RuntimeError, match="panne"):
        index_paths([corpus], index, Failing())
    assert texts_of(index) == before


def test_a_missing_path_says_which(index: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"rien-ici n'existe pas"):
        index_paths([tmp_path / "rien-ici"], index, HashEncoder())


def test_another_encoder_needs_a_rebuild(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder("un"))
    with pytest.raises(IndexMismatch, match="--rebuild"):
        index_paths([corpus], index, HashEncoder("deux"))
    report = index_paths([corpus], index, HashEncoder("deux"), rebuild=True)
    assert report.documents == 3


def test_a_second_writer_is_told_to_wait(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    holder = sqlite3.connect(index / "aseqa.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexBusy, match="en cours d'écriture"):
        index_paths([corpus], index, HashEncoder())
    holder.execute("ROLLBACK")
    holder.close()


def test_removal_and_an_unknown_source(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    with pytest.raises(ReadError, match=r"zzz\.txt"):
        remove_sources(index, ["a.txt", "zzz.txt"])
    assert remove_sources(index, ["a.txt"]) == 1
    assert "Il double." not in texts_of(index)


def test_no_index_and_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="aseqa index"):
        Store.open(tmp_path)
    (tmp_path / "aseqa.sqlite").write_bytes(b"pas une base" * 100)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        Store.open(tmp_path)


def test_progress_counts_up_to_all(corpus: Path, index: Path) -> None:
    told: list[tuple[float, int]] = []
    report = index_paths(
        [corpus], index, HashEncoder(), progress=lambda done, total, _: told.append((done, total))
    )
    assert told[-1] == (3, 3) == (report.added, report.documents)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(sources=("sous/*",)), {"sous/a"}),
        (Filters(kinds=("texte",), sources=("*.txt",)), {"a", "sous/a"}),
        (Filters(territories=("Tarn",)), {"b"}),
        (Filters(territories=("occitanie",)), {"b"}),
        (Filters(since="2020-01-01"), set()),
        (Filters(voices=("gouvernement",)), set()),
    ],
)
def test_filters_name_the_sentences_that_pass(
    corpus: Path, index: Path, filters: Filters, names: set[str]
) -> None:
    index_paths([corpus], index, HashEncoder())
    store = Store.open(index)
    lookup = Lookup(store)
    allowed = lookup.allowed(filters)
    assert allowed is not None
    assert {row.document for row in lookup.sentences(allowed.tolist())} == names
    store.close()


def test_offsets_hold_for_every_sentence_and_passage_of_the_seeds(seeds_index: Path) -> None:
    store = Store.open(seeds_index)
    lookup = Lookup(store)
    for name in lookup.document_names():
        text = lookup.document(name).text
        for row in lookup.document_sentences(name):
            sentence = row.sentence
            assert text[sentence.start : sentence.end] == sentence.text != ""
            (home,) = lookup.passages([row.passage])
            assert home.passage.start <= sentence.start < sentence.end <= home.passage.end
    store.close()


def test_vectors_of_the_seeds_are_those_of_the_encoder(seeds_index: Path, encoder: Encoder) -> None:
    store = Store.open(seeds_index)
    ids, vectors = Lookup(store).vectors()
    assert vectors.shape == (len(ids), encoder.dim)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(ids)), abs=1e-2)
    store.close()


def test_stored_text_is_the_decoded_file(tmp_path: Path, index: Path) -> None:
    source = Path(__file__).resolve().parents[1] / "seeds" / "002_eaee1d0db6d36db2.txt"
    shutil.copy(source, tmp_path / "q.txt")
    index_paths([tmp_path / "q.txt"], index, HashEncoder())
    store = Store.open(index)
    assert Lookup(store).document("q").text == source.read_text(encoding="utf-8")
    store.close()
