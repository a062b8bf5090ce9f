"""Sentence bounds: against hand-marked texts, and what must hold for any text."""

from __future__ import annotations

import random
import re
import time
import unicodedata

import pytest
from marked_sentences import SEEDS, Case, hard_cases, scores, seed_cases

from aseqa.sentences import Bounds, split_sentences

STEMS = sorted(path.stem for path in SEEDS.glob("*.txt"))
TEXTS = {stem: (SEEDS / f"{stem}.txt").read_text(encoding="utf-8") for stem in STEMS}

# What a text is made of when it is made to confuse.
PIECES = (
    "M. Roy", "art. L. 221-1", "n° 3", "«\u00a0Oui", "\u202f»", "(", ")", ".", "…", " ?", ";",
    " : - ", "; - ", "1° ", "a) ", "•", "\n", "\n\n", "# Titre", "Nom : valeur", "**", "J.-C.",
    "etc.", "12", "L'État", "le foyer", "2024", "\u00a0", "\u200b", "e\u0301", "|", "____", "http://a.b/?c=D",
)  # fmt: skip


def triples(case: Case) -> list[tuple[int, int, str]]:
    bounds = split_sentences(case.text, case.start, case.end)
    return [(found.start, found.end, found.role) for found in bounds]


def words(text: str) -> list[str]:
    return [text[found.start : found.end] for found in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize("stem", STEMS)
def test_seed_is_cut_as_marked(stem: str) -> None:
    cases = seed_cases(stem)
    expected = [triple for case in cases for triple in case.sentences]
    found = [triple for case in cases for triple in triples(case)]
    assert len(expected) > 25
    assert found == expected
    assert scores(expected, found) == (1.0, 1.0, 1.0)


def test_there_are_enough_hard_cases() -> None:
    cases = hard_cases()
    assert len(cases) == len({case.name for case in cases}) >= 40


@pytest.mark.parametrize("case", hard_cases(), ids=lambda case: case.name)
def test_hard_case_is_cut_as_marked(case: Case) -> None:
    assert triples(case) == list(case.sentences)


def test_scores_count_what_agrees() -> None:
    expected = [(0, 3, "prose"), (4, 9, "prose"), (10, 12, "item"), (13, 20, "prose")]
    found = [(0, 3, "prose"), (4, 12, "prose"), (13, 20, "heading")]
    assert scores(expected, found) == (1 / 3, 1 / 4, 2 / 7)


def check_bounds(text: str, start: int, end: int) -> list[Bounds]:
    """Bounds are ordered, disjoint, trimmed, and leave out no letter and no digit."""
    bounds = split_sentences(text, start, end)
    last = start
    for found in bounds:
        assert last <= found.start < found.end <= end
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        assert found.role in ("prose", "heading", "item", "field", "row")
        assert not re.search(r"[^\W_]", text[last : found.start]), text[last : found.start]
        last = found.end
    assert not re.search(r"[^\W_]", text[last:end])
    return bounds


@pytest.mark.parametrize("stem", STEMS)
def test_bounds_of_seeds(stem: str) -> None:
    text = TEXTS[stem]
    check_bounds(text, 0, len(text))
    for start in range(0, len(text), 997):
        check_bounds(text, start, min(len(text), start + 1500))


def test_bounds_of_any_text() -> None:
    chance = random.Random(20)
    for _ in range(400):
        text = "".join(
            chance.choice(PIECES) + chance.choice(["", " ", " "])
            for _ in range(chance.randint(1, 40))
        )
        check_bounds(text, 0, len(text))


@pytest.mark.parametrize("text", ["", " \n\u00a0", "____\n\n---", "\u200b"])
def test_text_without_words_has_no_sentence(text: str) -> None:
    assert split_sentences(text, 0, len(text)) == []


@pytest.mark.parametrize("stem", STEMS)
def test_typography_moves_no_bound(stem: str) -> None:
    """Curly or straight apostrophes, plain or no-break spaces: the same offsets."""
    text = TEXTS[stem]
    bounds = split_sentences(text, 0, len(text))
    for one, other in (("'", "’"), ("’", "'"), ("\u00a0", " "), ("\u00a0", "\u202f")):
        assert split_sentences(text.replace(one, other), 0, len(text)) == bounds
    spaced = re.sub(r" (?=[:;?!»%€])|(?<=«) ", "\u00a0", text)
    assert split_sentences(spaced, 0, len(text)) == bounds


@pytest.mark.parametrize("stem", STEMS)
def test_decomposed_accents_give_the_same_sentences(stem: str) -> None:
    decomposed = words(unicodedata.normalize("NFD", TEXTS[stem]))
    assert [unicodedata.normalize("NFC", sentence) for sentence in decomposed] == words(TEXTS[stem])


def test_seeds_glued_together_are_cut_as_if_they_were_not() -> None:
    glued = TEXTS[STEMS[2]].rstrip() + TEXTS[STEMS[3]].lstrip()
    assert "page 5318L’Inspection" in glued
    assert words(glued) == words(TEXTS[STEMS[2]]) + words(TEXTS[STEMS[3]])


@pytest.mark.parametrize(
    "piece",
    [
        TEXTS[STEMS[4]] + "\n", "A. ", "a\n", "aa.Ba ", "; - a ", "; 1° b ", "« A. ", "(a. B) ",
        "Xa : Yb\n", " 12Le", ". ", ".", ",", "(", "« ", ". »", " ", "x", "1", "a" + " " * 50,
        "](", "http://", "e\u0301", "**", "|",
    ],
)  # fmt: skip
def test_time_grows_with_the_text(piece: str) -> None:
    """Four times the text takes about four times as long, not sixteen times."""

    def seconds(characters: int) -> float:
        text = (piece * (characters // len(piece) + 1))[:characters]
        started = time.process_time()
        split_sentences(text, 0, characters)
        return time.process_time() - started

    seconds(2_000)
    small = min(seconds(15_000) for _ in range(3))
    assert min(seconds(60_000) for _ in range(2)) < 10 * max(small, 0.004)
