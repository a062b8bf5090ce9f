"""Indexing again and again: moved files, twins, metadata, breaks, and the way back."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from test_ingest import HashEncoder, texts_of

from aseqa.damage import damage_told
from aseqa.embed import Vectors
from aseqa.errors import IndexBusy, IndexMismatch, IndexUnwritable, NothingBefore
from aseqa.ingest import index_paths, roll_back
from aseqa.lookup import Lookup
from aseqa.pending import FILE_NAME as PENDING
from aseqa.store import Store

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "sous").mkdir(parents=True)
    (folder / "a.txt").write_text("Note\n\nLe budget atteint 12 M€. Il double.\n", "utf-8")
    (folder / "b.md").write_text("# Lieux\n\nLe foyer est à Albi.\n", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def sources_of(index: Path) -> dict[str, str]:
    """Give the source of each document."""
    store = Store.open(index)
    found = store.holders()
    store.close()
    return found


def dump(index: Path) -> list[str]:
    """Give all that a store holds, the log and the counters of numbers aside."""
    connection = sqlite3.connect(index / "aseqa.sqlite")
    lines = [
        line
        for line in connection.iterdump()
        if not line.startswith(('INSERT INTO "undo"', 'INSERT INTO "sqlite_sequence"'))
        and '"meta"' not in line
    ]
    connection.close()
    return sorted(lines)


def test_a_moved_file_keeps_its_document_and_its_vectors(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").rename(corpus / "sous" / "a.txt")
    encoder = HashEncoder()
    report = index_paths([corpus], index, encoder)
    assert (report.moved, report.added, report.removed, report.unchanged) == (1, 0, 0, 1)
    assert sources_of(index) == {"a": "sous/a.txt", "b": "b.md"}
    assert encoder.encoded == []


def test_a_renamed_file_bears_its_new_name_and_is_not_encoded_again(
    corpus: Path, index: Path
) -> None:
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").rename(corpus / "budget.txt")
    encoder = HashEncoder()
    report = index_paths([corpus], index, encoder)
    assert (report.added, report.removed, report.moved) == (1, 1, 0)
    assert sources_of(index) == {"budget": "budget.txt", "b": "b.md"}
    assert encoder.encoded == []


def test_a_file_found_twice_is_kept_once_with_both_places(corpus: Path, index: Path) -> None:
    shutil.copy(corpus / "a.txt", corpus / "sous" / "copie.txt")
    report = index_paths([corpus], index, HashEncoder())
    assert (report.added, report.twins, report.documents) == (2, 1, 2)
    assert sources_of(index) == {"a": "a.txt", "b": "b.md"}
    assert index_paths([corpus], index, HashEncoder()).unchanged == 3
    (corpus / "a.txt").unlink()
    report = index_paths([corpus], index, HashEncoder())
    assert (report.removed, report.documents) == (1, 2)
    assert sources_of(index) == {"a": "sous/copie.txt", "b": "b.md"}
    (corpus / "sous" / "copie.txt").unlink()
    assert index_paths([corpus], index, HashEncoder()).documents == 1


def test_one_of_two_places_changes(corpus: Path, index: Path) -> None:
    shutil.copy(corpus / "a.txt", corpus / "sous" / "a.txt")
    index_paths([corpus], index, HashEncoder())
    (corpus / "a.txt").write_text("Note\n\nLe budget baisse.\n", "utf-8")
    report = index_paths([corpus], index, HashEncoder())
    assert (report.updated, report.documents) == (1, 3)
    assert {"Le budget baisse.", "Il double."} <= set(texts_of(index))


def test_what_a_metadata_file_says_is_taken_over_and_its_changes_too(
    corpus: Path, index: Path
) -> None:
    index_paths([corpus], index, HashEncoder())
    said = "fichier;titre;date;kind\nb.md;Les lieux;3 mai 2024;rapport\n"
    (corpus / "metadata.csv").write_text(said, "utf-8")
    report = index_paths([corpus], index, HashEncoder())
    assert (report.updated, report.unchanged, report.documents) == (1, 1, 2)
    store = Store.open(index)
    found = Lookup(store).document("b")
    store.close()
    assert (found.title, found.date, found.kind) == ("Les lieux", "2024-05-03", "rapport")
    (corpus / "metadata.csv").write_text("fichier;date\nb.md;pas une date\n", "utf-8")
    report = index_paths([corpus], index, HashEncoder())
    assert len(report.failed) == 1
    assert "ligne 2" in report.failed[0][1]
    assert report.documents == 2


def test_rolling_back_restores_everything_and_once_more_undoes_that(
    corpus: Path, index: Path
) -> None:
    index_paths([corpus], index, HashEncoder())
    first, named = dump(index), Store.open(index).generation
    (corpus / "a.txt").write_text("Note\n\nLe budget\0 baisse.\n".replace("\0", ""), "utf-8")
    (corpus / "b.md").rename(corpus / "sous" / "b.md")
    (corpus / "c.txt").write_text("Titre\n\nUne phrase neuve.\n", "utf-8")
    shutil.copy(corpus / "c.txt", corpus / "d.txt")
    index_paths([corpus], index, HashEncoder())
    second, later = dump(index), Store.open(index).generation
    assert first != second
    assert roll_back(index) == (named, later)
    assert dump(index) == first
    assert roll_back(index) == (later, named)
    assert dump(index) == second
    roll_back(index)
    report = index_paths([corpus], index, HashEncoder())
    assert (report.updated, report.moved, report.added, report.twins) == (1, 1, 1, 1)


def test_nothing_to_roll_back_to(corpus: Path, index: Path) -> None:
    Store.create(index, "essai", 16).close()
    with pytest.raises(NothingBefore, match="pas d'état antérieur"):
        roll_back(index)
    index_paths([corpus], index, HashEncoder())
    roll_back(index)
    assert texts_of(index) == []


def test_a_run_that_changes_nothing_keeps_the_way_back(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    before = texts_of(index)
    (corpus / "a.txt").unlink()
    index_paths([corpus], index, HashEncoder())
    index_paths([corpus], index, HashEncoder())
    roll_back(index)
    assert texts_of(index) == before


def test_a_broken_run_is_taken_up_where_it_was(corpus: Path, index: Path) -> None:
    class Breaking(HashEncoder):
        """Breaks off at its second batch, as Ctrl-C does."""

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    long = "\n\n".join(f"Le foyer numéro {n} accueille {n} enfants." for n in range(80))
    (corpus / "long.txt").write_text(f"Foyers\n\n{long}\n", "utf-8")
    broken = Breaking()
    with pytest.raises(KeyboardInterrupt):
        index_paths([corpus], index, broken)
    assert texts_of(index) == []
    encoder = HashEncoder()
    index_paths([corpus], index, encoder)
    assert broken.encoded
    assert not set(broken.encoded) & set(encoder.encoded)
    assert not (index / PENDING).exists()


def test_the_second_writer_is_told_who_writes(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    store = Store.open(index)
    with (
        store.writing(),
        pytest.raises(IndexBusy, match=rf"processus \(n° {os.getpid()} sur .+, depuis \d\d:\d\d\)"),
    ):
        index_paths([corpus], index, HashEncoder())
    store.close()
    assert not (index / "writer.json").exists()


def test_a_full_disk_is_said_and_changes_nothing(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    before = dump(index)
    (corpus / "c.txt").write_text("Titre\n\n" + "Une phrase neuve. " * 4000, "utf-8")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (220_000, 220_000))\n"
        "sys.path.insert(0, sys.argv[3])\n"
        "from test_ingest import HashEncoder\n"
        "from aseqa.ingest import index_paths\n"
        "from aseqa.errors import IndexUnwritable\n"
        "try:\n"
        "    index_paths([Path(sys.argv[1])], Path(sys.argv[2]), HashEncoder())\n"
        "except IndexUnwritable as error:\n"
        "    print(error)\n"
    )
    arguments = [sys.executable, "-c", code, str(corpus), str(index), str(ROOT / "tests")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)
    assert "ne peut pas être écrit" in done.stdout, done.stderr
    assert dump(index) == before


def test_a_file_in_the_way_of_the_index_is_said(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "occupé").write_text("rien")
    with pytest.raises(IndexUnwritable, match="occupé"):
        index_paths([corpus], tmp_path / "occupé", HashEncoder())


def test_folders_that_call_their_files_alike_keep_them_apart(index: Path, tmp_path: Path) -> None:
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lisez.txt").write_text(f"Note\n\nLe foyer est au {name}.\n", "utf-8")
    folders = [tmp_path / "nord", tmp_path / "sud"]
    report = index_paths(folders, index, HashEncoder())
    assert (report.added, report.failed) == (2, ())
    assert set(sources_of(index).values()) == {"lisez.txt", "sud/lisez.txt"}
    # The same names again, one folder at a time, and file by file.
    for paths in ([folders[1]], [folders[0]], [folders[1] / "lisez.txt"]):
        report = index_paths(paths, index, HashEncoder())
        assert (report.added, report.updated, report.removed, report.unchanged) == (0, 0, 0, 1)
    (folders[1] / "lisez.txt").unlink()
    assert index_paths([folders[1]], index, HashEncoder()).removed == 1
    assert texts_of(index) == ["Note", "Le foyer est au nord."]


def test_odd_names_links_and_pipes(corpus: Path, index: Path, tmp_path: Path) -> None:
    secret = tmp_path / "dehors.txt"
    secret.write_text("Secret\n\nCela ne doit pas être lu.\n", "utf-8")
    text = "Titre\n\nUne phrase pour {}.\n"
    for name in ("à é ï.txt", "deux\nlignes.txt", "esp ace  .txt"):
        (corpus / name).write_text(text.format(name.split(".")[0]), "utf-8")
    (Path(os.fsdecode(os.fsencode(corpus) + b"/lat\xe9in.txt"))).write_text(
        text.format("l'octet"), "utf-8"
    )
    (corpus / "lien.txt").symlink_to(secret)
    (corpus / "boucle").symlink_to(corpus)
    (corpus / "interne.txt").symlink_to(corpus / "a.txt")
    os.mkfifo(corpus / "tuyau.txt")
    (corpus / "dossier.txt").mkdir()
    report = index_paths([corpus], index, HashEncoder())
    assert report.failed == ()
    assert set(sources_of(index).values()) == {
        "a.txt",
        "b.md",
        "à é ï.txt",
        "deux\nlignes.txt",
        "esp ace  .txt",
        "lat\\xe9in.txt",
    }
    assert report.twins == 1
    assert "Cela ne doit pas être lu." not in texts_of(index)


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_ingest import HashEncoder
from aseqa.errors import IndexUnwritable
from aseqa.ingest import index_paths
from aseqa.lookup import Lookup
from aseqa.store import Store
if __name__ == "__main__":
    if os.geteuid() == 0:
        os.setuid(65534)
    print(len(Lookup(Store.open(Path(sys.argv[2]))).sentence_ids()))
    try:
        index_paths([Path(sys.argv[1])], Path(sys.argv[2]), HashEncoder())
    except IndexUnwritable as error:
        print(error)
"""


def test_an_index_that_may_not_be_written_is_read_and_left_alone(
    corpus: Path, index: Path, tmp_path: Path
) -> None:
    report = index_paths([corpus], index, HashEncoder())
    for place in (tmp_path, *tmp_path.parents[:3]):
        if place.owner() == tmp_path.owner() and place != Path("/tmp"):
            place.chmod(0o755)
    index.chmod(0o555)
    script = tmp_path / "read_only.py"
    script.write_text(READ_ONLY, "utf-8")
    (corpus / "a.txt").unlink()
    arguments = [sys.executable, str(script), str(corpus), str(index), str(ROOT / "tests")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    index.chmod(0o755)
    assert done.stderr == ""
    count, said = done.stdout.splitlines()
    assert int(count) == report.sentences
    assert "ne peut pas être écrit" in said


def test_a_damaged_store_says_what_to_do(corpus: Path, index: Path) -> None:
    index_paths([corpus], index, HashEncoder())
    path = index / "aseqa.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 4096))
    with pytest.raises(IndexMismatch, match=r"rollback, .* --rebuild"), damage_told(index):
        Lookup(Store.open(index)).sentence_ids()
    (index / "aseqa.sqlite.good").unlink()
    with (
        pytest.raises(IndexMismatch, match=r"\)\. Refaites-le avec : aseqa index --rebuild$"),
        damage_told(index),
    ):
        Lookup(Store.open(index)).sentence_ids()
    report = index_paths([corpus], index, HashEncoder(), rebuild=True)
    assert (report.documents, report.failed) == (2, ())


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_ingest import HashEncoder
from aseqa.ingest import index_paths
if __name__ == "__main__":
    print("prêt", flush=True)
    index_paths([Path(sys.argv[1])], Path(sys.argv[2]), HashEncoder())
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_old_or_the_new_state_is_whole(
    corpus: Path, index: Path, tmp_path: Path
) -> None:
    for number in range(40):
        body = " ".join(f"Le foyer {number} a {n} places." for n in range(20))
        (corpus / f"f{number}.txt").write_text(f"Foyer {number}\n\n{body}\n", "utf-8")
    index_paths([corpus], index, HashEncoder())
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    random, seconds, ends = Random(4), 60.0, {"old": 0, "new": 0}
    for attempt in range(50):
        before = texts_of(index)
        for number in range(0, 40, 2):
            body = " ".join(f"Le foyer {number} a {n + attempt} lits." for n in range(20))
            (corpus / f"f{number}.txt").write_text(f"Foyer {number}\n\n{body}\n", "utf-8")
        expected = set(before) - {t for t in before if _of_even(t)}
        arguments = [sys.executable, str(script), str(corpus), str(index), str(ROOT / "tests")]
        run = subprocess.Popen(arguments, stdout=subprocess.PIPE)
        assert run.stdout is not None
        run.stdout.readline()
        started = time.monotonic()
        try:
            # The first run tells how long one takes; some of the others end.
            run.wait(random.uniform(0, 1.5 * seconds) if attempt else seconds)
            seconds = time.monotonic() - started
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
        run.stdout.close()
        after = texts_of(index)
        if after == before:
            ends["old"] += 1
        else:
            ends["new"] += 1
            assert expected <= set(after)
            assert f"Le foyer 0 a {attempt} lits." in after
            assert len(after) == len(before)
    assert ends["old"] > 3, ends
    assert ends["new"] > 3, ends
    report = index_paths([corpus], index, HashEncoder())
    assert report.documents == 42


def _of_even(text: str) -> bool:
    words = text.split()
    return text.startswith("Le foyer ") and words[2].isdigit() and int(words[2]) % 2 == 0


def test_the_cost_of_an_update_follows_the_change(corpus: Path, index: Path) -> None:
    for number in range(200):
        (corpus / f"n{number}.txt").write_text(f"Note {number}\n\nLe n° {number} dort.\n", "utf-8")
    index_paths([corpus], index, HashEncoder())
    (corpus / "neuf.txt").write_text("Neuf\n\nLe dernier arrive.\n", "utf-8")
    encoder = HashEncoder()
    changed = count_changes(index, lambda: index_paths([corpus], index, encoder))
    assert len(encoder.encoded) == 2  # its title and its sentence
    assert changed < 20


def count_changes(index: Path, run: Callable[[], object]) -> int:
    """Count the rows that a run writes, by the pages that differ in a dump."""
    before = set(dump(index))
    run()
    return len(before ^ set(dump(index)))


def test_the_command_line_rolls_back(corpus: Path, index: Path) -> None:
    command = [sys.executable, "-m", "aseqa"]
    environment = {**os.environ, "ASEQA_INDEX": str(index)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words], env=environment, capture_output=True, text=True, check=False
        )

    (corpus / "binaire.txt").write_bytes(b"\0\1")
    assert run("index", str(corpus)).returncode == 0
    assert run("index", str(corpus), "--strict").returncode == 1
    (corpus / "b.md").unlink()
    run("index", str(corpus))
    done = run("rollback", "--json")
    assert done.returncode == 0
    assert json.loads(run("status", "--json").stdout)["index"] == json.loads(done.stdout)["index"]
    assert set(sources_of(index)) == {"a", "b"}
