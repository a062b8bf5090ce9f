"""Spoilt files of every format are read at offsets that hold, or refused with ReadError."""

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read import SUFFIXES, read_file
from aseqa.read.decoding import decode_as, whole_characters

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from _mutations import mutated  # noqa: E402
from _samples import Sample, load_samples  # noqa: E402
from fuzz import SLOW_NAMES, faults_of  # noqa: E402

KEPT = ROOT / "tests" / "data" / "fuzz"
POOL = [sample for sample in load_samples() if sample.name not in SLOW_NAMES]
BY_SUFFIX = {
    suffix: [sample for sample in POOL if sample.suffix == suffix] for suffix in sorted(SUFFIXES)
}
SAME_READERS = {".text", ".markdown", ".htm", ".xhtml", ".docm", ".ott", ".xlsm"}


def test_every_reader_has_its_samples() -> None:
    assert {suffix for suffix, samples in BY_SUFFIX.items() if not samples} == SAME_READERS
    assert len(POOL) > 30


@pytest.mark.parametrize("sample", POOL, ids=lambda sample: sample.name)
def test_a_whole_file_has_no_fault(sample: Sample, tmp_path: Path) -> None:
    assert faults_of(sample, tmp_path) == []


@pytest.mark.parametrize("suffix", sorted(SUFFIXES.keys() - SAME_READERS))
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_a_spoilt_file_is_read_or_refused(suffix: str, seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    spoilt = mutated(random.choice(BY_SUFFIX[suffix]), random, POOL)
    assert faults_of(spoilt, tmp_path) == []


def test_the_same_seed_spoils_the_same_way() -> None:
    for sample in POOL:
        first, second = (mutated(sample, Random(3), POOL) for _ in range(2))
        assert first == second


# Files that broke a reader


@pytest.mark.parametrize(
    "path",
    sorted(path for path in KEPT.iterdir() if path.suffix in SUFFIXES and path.name != "README.md"),
    ids=lambda path: path.name,
)
def test_what_broke_a_reader_does_so_no_more(path: Path, tmp_path: Path) -> None:
    assert path.stat().st_size <= 20_000
    assert faults_of(Sample(path.name, path.read_bytes()), tmp_path) == []


def test_half_a_character_in_a_name_is_replaced() -> None:
    [mail] = read_file(KEPT / "auteur-coupe.eml", "auteur-coupe.eml")
    assert mail.author == "M. \ufffd=8\\u9ric X"
    assert mail.text == "Le foyer accueille douze enfants."
    assert whole_characters("a\ud83d\ude00\ud83d") == "a\ufffd\ufffd\ufffd"


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "unicode_escape", "hex", "x"])
def test_no_text_is_written_in_such_a_charset(charset: str) -> None:
    assert decode_as(b"Le foyer d'Albi \\ud83d\\d", charset) is None


def test_a_charset_that_is_declared_is_believed_where_it_makes_sense() -> None:
    assert decode_as("Été\r\nà".encode("mac-roman"), "mac-roman") == "Été\nà"
    assert decode_as(b"fi+2D3f-re", "utf-7") is None
    assert decode_as(b"\xff", "utf-8") is None


def test_the_fuzzer_sees_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_file(tmp_path / "absent.txt", "absent.txt")
    found = faults_of(Sample("rapport.inconnu", b"x"), tmp_path)
    assert found == []  # refused, by a message that names it
