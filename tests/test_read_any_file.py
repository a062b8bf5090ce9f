"""Encodings, files that cannot be read, and any text at all."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read import SUFFIXES, read_file
from aseqa.read.decoding import decode
from aseqa.records import Document


def read_bytes(raw: bytes, name: str, folder: Path) -> list[Document]:
    path = folder / name
    path.write_bytes(raw)
    return read_file(path, name)


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "Cœur d’été\n\nL’aide coûte 120 €, dit « l’élu ».\n"
    [document] = read_bytes(text.encode(encoding), "note.txt", tmp_path)
    assert document.text == text
    assert document.title == "Cœur d’été"


def test_newlines_are_unified_and_nothing_else(tmp_path: Path) -> None:
    raw = "Un\r\n\r\ndeux\x0b\u2028trois\x85\rquatre \u00a0e\u0301 \r\n".encode()
    [document] = read_bytes(raw, "note.txt", tmp_path)
    assert document.text == "Un\n\ndeux\x0b\u2028trois\x85\nquatre \u00a0e\u0301 \n"
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


def test_damaged_utf8_is_not_taken_for_windows_1252() -> None:
    damaged = "L’été à l’hôtel, près du métro".encode().replace(b"h\xc3\xb4", b"h\xc3")
    with pytest.raises(ReadError, match=r"note\.txt est abîmé : l'octet 18 .* UTF-8"):
        decode(damaged, "note.txt")


# Files that cannot be read


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("vide.txt", b"", "vide.txt est vide. Remplacez-le ou retirez-le du corpus."),
        ("blanc.md", b" \n\t\r\n", "blanc.md est vide."),
        ("blanc16.txt", "\u2003\n".encode("utf-16"), "blanc16.txt est vide."),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "image.txt n'est pas du texte"),
        ("zip.txt", b"PK\x03\x04\xff\xfe\xfa", "zip.txt n'est pas du texte"),
        ("octets.txt", b"texte \x81\xff", "octets.txt est abîmé : l'octet 6"),
        ("rapport.doc", b"PK", "pas pris en charge. Convertissez-le dans l'un de ceux-ci : .txt"),
        ("regles.txt", b"-----\n\n_____\n", "regles.txt ne contient aucun texte à lire."),
        ("vide.html", b"<html><body><script>x</script></body></html>", "aucun texte à lire"),
    ],
)
def test_bad_files_say_what_where_and_what_to_do(
    name: str, raw: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ReadError) as fault:
        read_bytes(raw, name, tmp_path)
    assert said in str(fault.value)
    assert name in str(fault.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"absent\.txt n'existe pas"):
        read_file(tmp_path / "absent.txt", "absent.txt")
    with pytest.raises(ReadError, match="est un dossier, et non un fichier"):
        read_file(tmp_path, "dossier")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("title: [a\nb: c", "note.md est illisible, ligne 3"),
        ("title: a\ndate: 2024-13-45", "note.md est illisible, ligne 1"),
    ],
)
def test_bad_front_matter(block: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as fault:
        read_bytes(f"---\n{block}\n---\n\nTexte.\n".encode(), "note.md", tmp_path)
    assert said in str(fault.value)
    assert str(fault.value).endswith("Corrigez cet en-tête ou retirez-le.")


# Any text at all

PIECES = st.sampled_from(
    [
        "# Titre",
        "---",
        "a: b",
        "Texte de la question",
        "Question écrite n° 12",
        "Données clés",
        "Publié le 3 mai 2024",
        "https://a.fr/b",
        "À lire aussi : autre",
        "Laisser un commentaire",
        "Auteur : M. X",
        "=====",
        "```",
        "Intertitre",
        "Une phrase entière. Une autre !",
        "",
        "  \u00a0 ",
        "- item ;",
        "\u2028",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text()), max_size=25).map("\n".join)))
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_sections_of_any_text_are_sound(suffix: str, text: str) -> None:
    try:
        documents = SUFFIXES[suffix](text.encode("utf-8", "replace"), f"x{suffix}", "")
    except ReadError:
        return
    stored = documents[0].text
    sections = [section for document in documents for section in document.sections]
    for section in sections:
        words = stored[section.start : section.end]
        assert 0 <= section.start < section.end <= len(stored)
        assert words == words.strip()
    ranges = sorted((section.start, section.end) for section in sections)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
    for document in documents:
        assert document.text == stored
        starts = [section.start for section in document.sections]
        assert starts == sorted(starts)
