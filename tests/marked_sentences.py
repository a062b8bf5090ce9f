"""Reads the hand-marked sentences of ``data/sentences`` and scores a splitter on them.

The format is described in ``data/sentences/README.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MARKED = Path(__file__).parent / "data" / "sentences"
SEEDS = Path(__file__).parents[1] / "seeds"
ROLES = {"p": "prose", "h": "heading", "i": "item", "f": "field", "r": "row"}

_MARK = re.compile(r"⟦([phifr])\|(.*?)⟧", re.DOTALL)
_CASE = re.compile(r"^=== (.*)\n", re.MULTILINE)

Triple = tuple[int, int, str]


@dataclass(frozen=True)
class Case:
    """A stretch of text and the sentences that a reader found in it."""

    name: str
    text: str
    start: int
    end: int
    sentences: tuple[Triple, ...]


def hard_cases() -> list[Case]:
    """Give the hard cases: each body without its marks is the text."""
    cases = []
    for name, body in _bodies(MARKED / "hard_cases.txt"):
        plain, sentences, last = "", [], 0
        for found in _MARK.finditer(body):
            plain += body[last : found.start()]
            sentences.append((len(plain), len(plain) + len(found[2]), ROLES[found[1]]))
            plain += found[2]
            last = found.end()
        cases.append(Case(name, plain + body[last:], 0, len(plain), tuple(sentences)))
    return cases


def seed_cases(stem: str) -> list[Case]:
    """Give the marked stretches of one seed, found in its text one after the other."""
    text = (SEEDS / f"{stem}.txt").read_text(encoding="utf-8")
    cases, place = [], 0
    for name, body in _bodies(MARKED / f"{stem}.txt"):
        sentences = []
        for role, words in _MARK.findall(body):
            start = text.index(words, place)
            place = start + len(words)
            sentences.append((start, place, ROLES[role]))
        cases.append(Case(name, text, sentences[0][0], place, tuple(sentences)))
    return cases


def scores(expected: Iterable[Triple], found: Iterable[Triple]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of sentences that agree in start, end and role."""
    wanted, given = set(expected), set(found)
    right = len(wanted & given)
    precision = right / len(given) if given else 0.0
    recall = right / len(wanted) if wanted else 0.0
    return precision, recall, 2 * right / (len(wanted) + len(given)) if right else 0.0


def _bodies(path: Path) -> list[tuple[str, str]]:
    """Give the title and body of each case, placeholders replaced."""
    parts = _CASE.split(path.read_text(encoding="utf-8"))[1:]
    bodies = []
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        body = body.strip("\n").replace("␣", "\u00a0").replace("⎵", "\u202f")
        bodies.append((name, unicodedata.normalize("NFD", body) if "NFD" in name else body))
    return bodies
