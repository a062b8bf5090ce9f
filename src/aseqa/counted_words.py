"""The populations and things of the field that figures count, read off a stretch of text."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from aseqa.french_numbers import Folded, folded, number_value
from aseqa.text import STOP_WORDS, fold, terms

_YEARS = (
    r"\d{1,2}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze"
    r"|douze|treize|quatorze|quinze|seize|vingt(?:(?: |-)et(?: |-)un|-cinq)?|trente"
)
_AGE = (
    r"\b(?:agee?s? )?(?:de |d'|entre )?(?P<bound>moins de |plus de |au moins )?"
    rf"(?P<low>{_YEARS})(?:(?: a | et | ou |-|/)(?P<high>{_YEARS}))? ans\b"
    r"(?: (?:et|ou) (?P<open>plus|moins)\b)?"
)
_ENDINGS = "e es ent ait aient ant a erent era eront erait eraient er ee ees eant eaient eait"
MIN_WORD_CHARS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """Something counted, or a narrowing of it: ``kind`` is head, status, qualifier, money, word.

    ``unit`` is that of a head; a ``word`` is a stem that the lexicon does not know.
    """

    start: int
    label: str
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Concept:
    label: str
    kind: str
    unit: str
    near: frozenset[str]
    words: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.words)


def read_plainly(text: str) -> Folded:
    """Fold ``text``, writing "confiés" for "placés", which would read as "places" (seats)."""
    read = folded(text)
    placed = [match.start() for match in _placed_children().finditer(text)]
    if not placed:
        return read
    characters = list(read.text)
    for start in placed:
        place = bisect_left(read.offsets, start)
        characters[place : place + 5] = "confi"
    return Folded("".join(characters), read.offsets)


@lru_cache(maxsize=8192)
def mentions(scope: str) -> tuple[Mention, ...]:
    """Read what a folded stretch of text names, in its order.

    Examples
    --------
    >>> [mention.label for mention in mentions("mineurs victimes d'exploitation sexuelle")]
    ['enfants', 'victimes de prostitution']
    """
    found: list[Mention] = []
    if " ans" in scope:
        for match in _age().finditer(scope):
            found.append(Mention(match.start(), _age_label(match), "qualifier"))
        scope = _age().sub(_blank, scope)
    present = {near for near in _all_near() if near in scope}
    for concept in _concepts():
        if concept.near.isdisjoint(present):
            continue
        for match in concept.pattern.finditer(scope):
            head, _, narrowed = concept.label.partition("|")
            if not head:
                continue
            found.append(Mention(match.start(), head, concept.kind, concept.unit))
            if narrowed:
                found.append(Mention(match.start(), narrowed, "qualifier"))
        scope = concept.pattern.sub(_blank, scope)
    return tuple(sorted([*found, *_words(scope)], key=lambda one: (one.start, one.kind != "head")))


def _words(scope: str) -> Iterator[Mention]:
    neutral, stems, people = _word_lists()
    for match in _word().finditer(scope):
        word = match.group()
        if len(word) < MIN_WORD_CHARS or word in STOP_WORDS or word in neutral:
            continue
        stem = [one for one in terms(word) if one not in stems]
        if stem:
            unit = "personnes" if word in people or f"{word}s" in people else "autre"
            yield Mention(match.start(), stem[0], "word", unit)


def _age_label(match: re.Match[str]) -> str:
    low = f"{number_value(match['low']):.0f}"
    if match["high"]:
        return f"de {low} à {number_value(match['high']):.0f} ans"
    bound = match["bound"] or ""
    if match["open"]:
        bound = "moins de " if match["open"] == "moins" else "au moins "
    return f"{bound}{low} ans"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@cache
def _placed_children() -> re.Pattern[str]:
    return re.compile(r"\bplac(?:é|e\u0301)(?=e?s?\b)", re.IGNORECASE)


@cache
def _lexicon() -> dict[str, Any]:
    read = files("aseqa").joinpath("counted.json").read_text(encoding="utf-8")
    return dict(json.loads(read))


@cache
def _concepts() -> tuple[_Concept, ...]:
    rows = _lexicon()["concepts"]
    return tuple(
        _Concept(
            row["label"],
            row["kind"],
            row["unit"],
            frozenset(row["near"].split()),
            row["pattern"],
        )
        for row in rows
    )


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Compile a concept when a text may hold it: no text holds them all."""
    return re.compile(rf"(?<![a-z-])(?:{words})(?![a-z])")


@cache
def _word_lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the words that narrow nothing, their stems, and the words for people."""
    data = _lexicon()
    listed = fold(data["neutral_stems"])
    stems = frozenset(terms(listed))
    verbs = [word[:-2] for word in listed.split() if word.endswith("er")]
    forms = {f"{verb}{ending}" for verb in verbs for ending in _ENDINGS.split()}
    return frozenset(data["neutral"].split()) | forms, stems, frozenset(data["people"].split())


@cache
def _age() -> re.Pattern[str]:
    return re.compile(_AGE)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[a-z]+(?:-[a-z]+)*")


@cache
def _all_near() -> tuple[str, ...]:
    """Give the stretches of letters, one of which a text must hold for a concept to be in it."""
    return tuple({near for concept in _concepts() for near in concept.near})


@cache
def implying_confided() -> frozenset[str]:
    """Give the qualifiers that only children in care have: "en famille d'accueil"."""
    return frozenset(_lexicon()["implying"])


@cache
def telling_alone() -> frozenset[str]:
    """Give the heads that say enough alone: "juges des enfants", not "postes"."""
    return frozenset(_lexicon()["alone"])


def implied(labels: set[str]) -> set[str]:
    """Give what goes without saying once ``labels`` are said: "confiés" of "à l'hôtel"."""
    rows: dict[str, list[str]] = _lexicon()["implied"]
    return {one for label in labels for one in rows.get(label, ())}
