"""Files that would crash, hang or exhaust whoever reads them, read in a child process."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from aseqa.corpus_files import list_files
from aseqa.errors import ReadError
from aseqa.isolation import Isolated
from aseqa.read import read_file
from aseqa.records import Document

MIB = 1024**2
NOBODY = 65534

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such file on Windows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds memory")

Child = Isolated[list[Document]]


def read_without_rights(path: Path, source: str) -> list[Document]:
    """Read as a user who is not root, whom rights do not bind."""
    if os.geteuid() != 0:
        return read_file(path, source)
    os.seteuid(NOBODY)
    try:
        return read_file(path, source)
    finally:
        os.seteuid(0)


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Isolated(read_file, seconds=300, memory=512 * MIB) as opened:
        yield opened


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every user reaches, as ``tmp_path`` is not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def read(child: Child, path: Path) -> list[Document]:
    return child.call(path, path.name, name=path.name)


def fault_of(child: Child, path: Path) -> str:
    """Give what is said of a bad file, once a good one has been read after it."""
    with pytest.raises(ReadError) as fault:
        read(child, path)
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder, "bon.txt")
        good.write_text("Un fichier sain.\n", "utf-8")
        assert [document.text for document in read(child, good)] == ["Un fichier sain.\n"]
    return str(fault.value)


def refused(path: Path, code: int) -> str:
    fault = os.strerror(code)
    return f"Le fichier {path} ne peut pas être ouvert ({fault}). Vérifiez vos droits."


def write_words(path: Path, size: int) -> Path:
    """Write one line of words."""
    with path.open("wb") as stream:
        for _ in range(size // MIB):
            stream.write(b"mots " * (MIB // 5) + b" ")
    return path


# Too much of it


def test_two_hundred_megabytes_are_refused_unread(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "gros.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * MIB)
    assert fault_of(child, path) == (
        f"Le fichier {path} est trop gros pour être lu (200 Mo, au plus 128 Mo). Découpez-le."
    )


@linux
@pytest.mark.parametrize("words", [True, False], ids=["words", "zeros"])
def test_a_line_of_a_hundred_megabytes(words: bool, tmp_path: Path) -> None:
    import resource

    path = tmp_path / "long.txt"
    if words:
        write_words(path, 100 * MIB)
    else:
        path.write_bytes(b"")
        os.truncate(path, 100 * MIB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Isolated(read_file, seconds=300, memory=160 * MIB) as child:
        assert fault_of(child, path) == (
            "Le fichier long.txt demande trop de mémoire pour être lu. Découpez-le ou "
            "retirez-le du corpus."
        )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_ten_thousand_nested_tags(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "tags.html"
    page = "<html><body>" + "<div>" * 10_000 + "texte profond" + "</div>" * 10_000
    path.write_text(page + "</body></html>", "utf-8")
    assert fault_of(child, path) == (
        "Le fichier tags.html ne contient aucun texte à lire. Vérifiez son contenu ou "
        "retirez-le du corpus."
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Titre\n\n" + "[" * 5000 + "texte" + "]" * 5000 + "\n",
        "# Titre\n\n" + "[a](" * 5000 + "texte\n",
        "# Titre\n\n" + ">" * 50_000 + " texte\n",
        "# Titre\n\n" + "*" * 50_000 + "texte\n",
        "# Titre\n\n" + "\n".join(" " * depth + "- texte" for depth in range(500)) + "\n",
    ],
    ids=["brackets", "links", "quotes", "stars", "lists"],
)
def test_deeply_nested_markdown_is_read_whole(child: Child, text: str, tmp_path: Path) -> None:
    path = tmp_path / "profond.md"
    path.write_text(text, "utf-8")
    [document] = read(child, path)
    assert (document.title, document.text) == ("Titre", text)


# Not what its name says


def test_a_program_called_a_text(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "programme.txt"
    path.write_bytes(Path(sys.executable).resolve().read_bytes()[:100_000])
    assert fault_of(child, path) == (
        "Le fichier programme.txt n'est pas du texte, malgré son nom. Donnez-lui l'extension "
        "de son vrai format ou retirez-le du corpus."
    )


def test_an_empty_file(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "vide.txt"
    path.touch()
    assert fault_of(child, path) == (
        "Le fichier vide.txt est vide. Remplacez-le ou retirez-le du corpus."
    )


def test_a_folder_called_a_text(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.mkdir()
    assert fault_of(child, path) == (
        f"{path} est un dossier, et non un fichier. Donnez un fichier de ce dossier."
    )


@posix
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_not_opened(kind: str, child: Child, tmp_path: Path) -> None:
    path = tmp_path / "tube.txt"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    said = f"{path} n'est pas un fichier ordinaire. Retirez-le du corpus."
    assert fault_of(child, path) == said
    with pytest.raises(ReadError) as fault:
        list(list_files(path, None))
    assert str(fault.value) == said


# Names


NAMES = {
    "accents": "note à lire  (1).txt".encode(),
    "newline": b"deux\nlignes.txt",
    "option": b"-rf.txt",
}
if sys.platform == "linux":  # elsewhere a disk takes no name that is not UTF-8
    NAMES["not-utf8"] = b"caf\xe9.txt"


@posix
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name(name: bytes, child: Child, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("Une phrase.\n", "utf-8")
    [document] = read(child, path)
    assert (document.text, document.source) == ("Une phrase.\n", os.fsdecode(name))
    [listed] = list_files(tmp_path, None)
    assert listed.source == name.decode("utf-8", "backslashreplace")
    path.write_bytes(b"")
    with pytest.raises(ReadError) as fault:
        child.call(listed.path, listed.source, name=listed.source)
    said = f"Le fichier {listed.source} est vide. Remplacez-le ou retirez-le du corpus."
    assert str(fault.value) == said
    assert said.encode("utf-8").decode("utf-8") == said


# Links and rights


@posix
def test_a_loop_of_links(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "boucle.txt"
    path.symlink_to(path)
    assert fault_of(child, path) == refused(path, errno.ELOOP)


@posix
def test_a_folder_of_traps_gives_its_files_only(tmp_path: Path) -> None:
    corpus, outside = tmp_path / "corpus", tmp_path / "secret.txt"
    corpus.mkdir()
    outside.write_text("Hors du corpus.\n", "utf-8")
    (corpus / "note.txt").write_text("Une phrase.\n", "utf-8")
    (corpus / "lien.txt").symlink_to("note.txt")
    (corpus / "dehors.txt").symlink_to(outside)
    (corpus / "boucle.txt").symlink_to("boucle.txt")
    (corpus / "zero.txt").symlink_to("/dev/zero")
    (corpus / "perdu.txt").symlink_to("absent.txt")
    (corpus / "encore").symlink_to(corpus)
    (corpus / "dossier.txt").mkdir()
    os.mkfifo(corpus / "tube.txt")
    assert [file.source for file in list_files(corpus, None)] == ["lien.txt", "note.txt"]


@posix
def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    path = open_folder / "secret.txt"
    path.write_text("Secret.\n", "utf-8")
    path.chmod(0)
    with Isolated(read_without_rights, seconds=300) as child, pytest.raises(ReadError) as fault:
        read(child, path)
    assert str(fault.value) == refused(path, errno.EACCES)


@posix
def test_a_folder_that_may_not_be_entered(open_folder: Path) -> None:
    closed = open_folder / "clos"
    closed.mkdir()
    path = closed / "secret.txt"
    path.write_text("Secret.\n", "utf-8")
    closed.chmod(0)
    try:
        with Isolated(read_without_rights, seconds=300) as child, pytest.raises(ReadError) as fault:
            read(child, path)
    finally:
        closed.chmod(0o755)
    assert str(fault.value) == refused(path, errno.EACCES)
