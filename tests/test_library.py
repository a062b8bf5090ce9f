"""The folder of documents: the names and types of what is sent, what is placed, what leaves."""

import io
import stat
import zipfile

import pytest

from aseqa.errors import ReadError
from aseqa.generations import Place
from aseqa_ui.file_types import true_name
from aseqa_ui.library import MAX_NAME_BYTES, Library, clean_name


@pytest.fixture
def library(tmp_path):
    (tmp_path / "index").mkdir()
    return Library(tmp_path / "index")


def draft(library, name, data):
    with library.receiving() as (path, stream):
        stream.write(data)
    return library.drafted(path, name)


def held(library):
    return {path.name: path.read_bytes() for path in library.folder.iterdir() if path.is_file()}


# ---- names ----


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("rapport 2024.pdf", "rapport 2024.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/passwd", "passwd"),
        ("C:\\docs\\note.txt", "note.txt"),
        ("..", "document"),
        ("", "document"),
        (".htaccess", "htaccess"),
        ("...txt", "txt"),
        ("note.txt.", "note.txt"),
        ("a\x00b\x1b[31m\n.txt", "ab[31m.txt"),
        ("fac\u202egpj.txt", "facgpj.txt"),
        ("a\u200bb\ufeff.txt", "ab.txt"),
        ("demi\ud800.txt", "demi.txt"),
        ("e\u0301te\u0301.txt", "été.txt"),
        ("a\u00a0b  c.txt", "a b c.txt"),
        ("<img src=x>.md", "_img src=x_.md"),
        ('a"b|c?d*e:f.txt', "a_b_c_d_e_f.txt"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("com1.tar.gz", "com1_.tar.gz"),
        ("metadata.csv", "metadata_.csv"),
    ],
)
def test_a_name_keeps_only_what_is_harmless(given, wanted):
    assert clean_name(given) == wanted
    assert clean_name(wanted) == wanted


def test_a_long_name_is_cut_at_a_whole_character_and_keeps_its_suffix():
    name = clean_name("é" * 500 + ".pdf")
    assert name.endswith("é.pdf")
    assert len(name.encode()) <= MAX_NAME_BYTES + len(".pdf")
    assert len(clean_name("a." + "b" * 500).encode()) <= MAX_NAME_BYTES


# ---- types ----


def archive(*names, first=b""):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        if first:
            pack.writestr("mimetype", first)
        for name in names:
            pack.writestr(name, "x" * 100)
    return held.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
WIDE = "Les enfants confiés sont nombreux.".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.pdf", b"%PDF-1.7\n", "a.pdf"),
        ("a.txt", b"%PDF-1.7\n", "a.txt.pdf"),
        ("a", b"\xef\xbb\xbfMot", "a.txt"),
        ("a.PDF", b"%PDF-1.4", "a.PDF"),
        ("a.pdf", b"<!DOCTYPE html><html><body>x</body></html>", "a.pdf.html"),
        ("a.md", b"# Titre", "a.md"),
        ("a.csv", b"a;b\n1;2\n", "a.csv"),
        ("a.txt", WIDE, "a.txt"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), "a.docx"),
        ("a.zip", archive("[Content_Types].xml", "word/document.xml"), "a.zip.docx"),
        ("a.xlsm", archive("xl/workbook.xml"), "a.xlsm"),
        ("a.bin", archive("content.xml", first=ODT), "a.bin.odt"),
        ("a.zip", archive("questions.json"), "a.zip"),
    ],
)
def test_a_type_is_told_by_the_content(name, data, wanted):
    assert true_name(name, data, data) == wanted


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"\x7fELF\x02\x01\x01" + bytes(50)),
        ("a.txt", b"MZ\x90\x00\x03" + bytes(50)),
        ("a.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(50)),
        ("a.txt", b"{\\rtf1\\ansi x}"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("a.odt", archive("content.xml", first=b"application/epub+zip")),
        ("a.pptx", archive("ppt/presentation.xml")),
        ("script.sh", b"rm -rf /"),
        ("page.php", b"<?php x"),
        ("vide.txt", b""),
        ("blanc.txt", b" \n\n"),
        ("a.txt", bytes(range(1, 32)) * 20),
    ],
)
def test_other_types_are_refused_in_french(name, data):
    with pytest.raises(ReadError, match=f"« {name} »"):
        true_name(name, data, data)


# ---- the folder ----


def test_the_folder_is_made_for_its_owner_alone_when_the_first_file_comes(library, tmp_path):
    assert not library.folder.exists()
    library.place(draft(library, "a.txt", b"Mot"), replaces=False)
    assert library.folder == tmp_path / "documents"
    assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((library.folder / "a.txt").stat().st_mode) == 0o600
    assert held(library) == {"a.txt": b"Mot"}


def test_the_same_name_twice_gets_a_number_unless_it_replaces(library):
    first = library.place(draft(library, "a.txt", b"1"), replaces=False)
    second = library.place(draft(library, "a.txt", b"2"), replaces=False)
    assert (first.path.name, second.path.name) == ("a.txt", "a (2).txt")
    third = library.place(draft(library, "a.txt", b"3"), replaces=True)
    assert held(library) == {"a.txt": b"3", "a (2).txt": b"2"}
    library.settle(third)
    assert not list((library.folder / ".former").iterdir())


def test_the_same_bytes_under_the_same_name_are_there_already(library):
    library.place(draft(library, "a.txt", b"1"), replaces=False)
    again = library.place(draft(library, "a.txt", b"1"), replaces=False)
    assert not again.is_new
    library.withdraw(again)
    assert held(library) == {"a.txt": b"1"}
    assert not list((library.folder / ".incoming").iterdir())


def test_what_is_withdrawn_gives_its_place_back(library):
    library.place(draft(library, "a.txt", b"1"), replaces=False)
    library.withdraw(library.place(draft(library, "a.txt", b"2"), replaces=True))
    library.withdraw(library.place(draft(library, "b.txt", b"3"), replaces=True))
    assert held(library) == {"a.txt": b"1"}


def test_a_file_that_breaks_off_leaves_nothing(library):
    def broken():
        with library.receiving() as (_, stream):
            stream.write(b"moiti")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        broken()
    with pytest.raises(ReadError):
        draft(library, "a.exe", b"MZ\0\0")
    assert not list((library.folder / ".incoming").iterdir())


def test_names_already_taken_are_told_as_they_were_given(library):
    library.place(draft(library, "été.txt", b"1"), replaces=False)
    given = ["ete\u0301.txt", "e\u0301te\u0301.txt", "../été.txt", "b.txt", "..", ".incoming"]
    assert library.taken(given) == ["e\u0301te\u0301.txt", "../été.txt"]


def test_what_is_thrown_comes_back_or_goes_for_good(library):
    path = library.place(draft(library, "a.txt", b"1"), replaces=False).path
    library.throw([path], "7")
    assert held(library) == {}
    library.take_back("7")
    assert held(library) == {"a.txt": b"1"}
    library.throw([path], "8")
    library.empty_trash()
    library.take_back("8")
    assert held(library) == {}


def test_only_files_of_the_folder_itself_are_its_own(library, tmp_path):
    path = library.place(draft(library, "a.txt", b"1"), replaces=False).path
    (tmp_path / "a.txt").write_text("dehors", encoding="utf-8")
    (library.folder / "lien.txt").symlink_to(tmp_path / "a.txt")
    folder = str(library.folder)

    def own(source, root):
        return library.own_files({source: Place(1, "", "", root)})

    assert own("a.txt", folder) == own("a.txt", str(path)) == own("documents/a.txt", str(path))
    assert own("a.txt", str(path)) == [path]
    for source, root in [
        ("a.txt", str(tmp_path)),
        ("../a.txt", folder),
        (str(tmp_path / "a.txt"), folder),
        ("lien.txt", folder),
        (".incoming/x", folder),
    ]:
        assert own(source, root) == []


def test_the_roots_are_those_there_once_each_and_the_missing_are_told(library, tmp_path):
    path = library.place(draft(library, "a.txt", b"1"), replaces=False).path
    corpus = tmp_path / "corpus"
    (corpus / "sous").mkdir(parents=True)
    named = [corpus, corpus / "sous", path, library.folder / "partie.txt", tmp_path / "perdu"]
    places = {str(n): Place(n, "", "", str(root)) for n, root in enumerate(named)}
    roots, missing = library.roots(places)
    assert roots == [corpus, library.folder]
    assert missing == [str(tmp_path / "perdu")]


def test_a_server_that_starts_drops_what_was_left_half_done(library):
    library.place(draft(library, "a.txt", b"1"), replaces=False)
    draft(library, "b.txt", b"2")
    library.tidy()
    assert [path.name for path in library.folder.iterdir()] == ["a.txt"]
