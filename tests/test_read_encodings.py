"""One text in every encoding that French files come in: the same sentences each time."""

import codecs
from pathlib import Path

import pytest

from aseqa.errors import ReadError
from aseqa.read import read_file
from aseqa.read.decoding import decode
from aseqa.records import Document
from aseqa.split import split_document

TEXT = (
    "Le cœur du métier\r\n\r\nL’aide coûte 120 € par jour. « On l’a protégé », dit-elle : "
    "« Un été à l’hôtel… » Noël a passé – sans œuvre.\r\nLe foyer d’Évry a fermé.\r\n"
)
LATIN = TEXT.replace("œ", "oe").replace("’", "'").replace("€", "euros")
LATIN = LATIN.replace("…", "...").replace("–", "-")

SENTENCES = [
    "Le cœur du métier",
    "L’aide coûte 120 € par jour.",
    "« On l’a protégé », dit-elle : « Un été à l’hôtel… »",
    "Noël a passé – sans œuvre.",
    "Le foyer d’Évry a fermé.",
]


def sentences(document: Document) -> list[str]:
    found, _ = split_document(document)
    assert all(document.text[s.start : s.end] == s.text for s in found)
    return [sentence.text for sentence in found]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_the_same_sentences_in_every_encoding(mark: bytes, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(mark + TEXT.encode(encoding))
    [document] = read_file(path, "note.txt")
    assert document.text == TEXT.replace("\r\n", "\n")
    assert sentences(document) == SENTENCES


@pytest.mark.parametrize("encoding", ["latin-1", "iso-8859-15", "cp1252", "utf-16-le"])
def test_text_without_the_marks_that_latin_1_lacks(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(LATIN.encode(encoding))
    [document] = read_file(path, "note.txt")
    assert sentences(document) == [
        "Le coeur du métier",
        "L'aide coûte 120 euros par jour.",
        "« On l'a protégé », dit-elle : « Un été à l'hôtel... »",
        "Noël a passé - sans oeuvre.",
        "Le foyer d'Évry a fermé.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        # No-break spaces before guillemets: E9 A0 BB is a letter of Asia in UTF-8.
        "L’été\u00a0» est fini",
        "« Il est protégé\u00a0», « né\u00a0», « écouté\u00a0»",
        "PROTÉGÉ\u00a0» et «\u00a0ÉTÉ\u00a0»",
        "n°\u00a03, à 5\u00a0€",
    ],
)
def test_windows_1252_with_no_break_spaces(words: str) -> None:
    assert decode(words.encode("cp1252"), "note.txt") == words


def test_damaged_utf_8_is_still_told() -> None:
    damaged = "« L’été à l’hôtel », près du métro".encode()[:-1] + b"\xc3"
    with pytest.raises(ReadError, match=r"note\.txt est abîmé : l'octet \d+ .* UTF-8"):
        decode(damaged, "note.txt")


@pytest.mark.parametrize(
    "raw",
    [
        b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00",
        "note".encode("utf-32-le"),
        b"\x01\x00\x02\x00\x03\x00\x04\x00",  # small numbers, each of two bytes
    ],
)
def test_binary_files_are_not_taken_for_utf_16(raw: bytes) -> None:
    with pytest.raises(ReadError, match=r"n'est pas du texte|est abîmé"):
        decode(raw, "image.txt")
