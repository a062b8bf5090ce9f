"""Where: the départements, regions, towns and overseas territories that a sentence is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from aseqa.flat_text import flat
from aseqa.gazetteer import gazetteer
from aseqa.records import Document, Sentence
from aseqa.territory_mentions import FRANCE, Locale, locales, most_specific

# Beyond so much a place and a figure have nothing to do with each other.
_REACH = 400.0
_NEAREST = 24
# For how many sentences "le département" takes up one that was named; a title holds for all.
_MEMORY, _SHORT_MEMORY = 8, 3


@dataclass(frozen=True, slots=True)
class Memory:
    """What was named before: the places, when, and the one that the title names."""

    places: tuple[str, ...] = ()
    when: int = -99
    title: tuple[str, ...] = ()
    reach: int = _MEMORY


def territories_at(text: str, start: int, end: int, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """Give the territories that ``text[start:end]``, a figure or a whole sentence, is about.

    ``inherited`` are those of the sentence, where it takes them from what was said before.

    Examples
    --------
    >>> text = "L'Eure compte 2 143 enfants, le Calvados 2 390."
    >>> territories_at(text, 14, 27, ()), territories_at(text, 41, 46, ())
    (('Eure',), ('Calvados',))
    """
    places, seats = _standing(text)
    if not places:
        return inherited or seats
    inside = [one for one in _around(places, start) if start <= one.start and one.end <= end]
    if inside:
        return _sentence(places if end - start == len(text) else inside, inherited)
    shared = _respectively(text, start, places)
    if shared:
        return shared
    costs = [(_cost(text, one, start, end), one) for one in _around(places, start)]
    reached = [(cost, one) for cost, one in costs if cost < _REACH]
    return min(reached, key=lambda pair: pair[0])[1].places if reached else ()


@lru_cache(maxsize=128)
def _standing(text: str) -> tuple[tuple[Locale, ...], tuple[str, ...]]:
    """Give the places that figures may be of, and the seats that stand in where there are none."""
    found = locales(text)
    seats = _joined([one for one in found if one.kind == "seat"])
    return tuple(one for one in found if one.kind in ("place", "france")), seats


def _around(places: Sequence[Locale], start: int) -> Sequence[Locale]:
    """Give the places nearest to an offset: a long text has figures and places by thousands."""
    middle = bisect_left(places, start, key=lambda one: one.start)
    return places[max(0, middle - _NEAREST) : middle + _NEAREST]


def territories_of(document: Document, sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
    """Give the territories that each sentence of a document is about, () where nothing says."""
    generic = document.kind.startswith("question") or document.kind == "loi"
    title = _placed(document.title) or (() if generic else _placed(document.publisher))
    reach = _SHORT_MEMORY if generic else _MEMORY
    memory, section = Memory(title=title, reach=reach), -1
    found: list[tuple[str, ...]] = []
    for place, sentence in enumerate(sentences):
        if sentence.section != section and document.kind.startswith("question"):
            memory = Memory(title=title, reach=reach)
        section = sentence.section
        said = [] if sentence.role == "field" else list(locales(sentence.text))
        found.append(_of_sentence(sentence.text, said, memory, place))
        named = _joined([one for one in said if one.kind in ("place", "seat")])
        if named or (place and found[-1] and FRANCE not in found[-1]):
            places = found[-1] if found[-1] and FRANCE not in found[-1] else named
            memory = replace(memory, places=places, when=place)
    return found


def _placed(title: str | None) -> tuple[str, ...]:
    """Give the places that a title, or a publisher's name, tells."""
    said = [one.places for one in locales(title or "") if one.kind == "place"]
    return tuple(place for places in said for place in places)


def _of_sentence(text: str, said: list[Locale], memory: Memory, place: int) -> tuple[str, ...]:
    form = flat(text).form
    taken = _antecedent(form, memory, place)
    if _own().search(form):
        said = [Locale(one.start, one.end, one.places, "place") for one in said]
    said = [one for one in said if one.kind != "constituency"]
    return _sentence(said, taken)


def _sentence(said: Sequence[Locale], taken: tuple[str, ...]) -> tuple[str, ...]:
    """Give what a sentence is about: places, else what it takes up, France, a court's seat."""
    for kind in ("place", "taken", "france", "seat"):
        places = taken if kind == "taken" else _joined([one for one in said if one.kind == kind])
        if places:
            return places
    return ()


def _joined(said: Sequence[Locale]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(place for one in said for place in one.places))
    kept = set(most_specific(names))
    listed = {
        place
        for one in said
        if len(one.places) > 1 and kept & {*one.places}
        for place in one.places
    }
    return tuple(name for name in names if name in kept or name in listed)


@cache
def _own() -> re.Pattern[str]:
    return re.compile(r"\b(?:sa|ma|leur) circonscription|\b(?:son|mon|notre) departement\b")


@cache
def _anaphora() -> tuple[tuple[str, re.Pattern[str]], ...]:
    council = (
        "(?:conseil departemental|assemblee departementale|collectivite|territoire departemental)"
    )
    alone = r"\b(?! d[eu]s? | d')"
    return (
        ("this", re.compile(r"\b(?:ce|meme) departement\b|\bcette collectivite\b")),
        (
            "department",
            re.compile(
                rf"\b(?:le|du|au|notre) departement{alone}|\b(?:le|du|au|la|l') ?{council}{alone}"
            ),
        ),
        ("town", re.compile(r"\b(?:la|cette) (?:ville|commune|municipalite)\b(?! d[eu]s? | d')")),
        ("region", re.compile(r"\b(?:la|cette|notre) region\b(?! d[eu]s? | d')")),
        (
            "there",
            re.compile(
                r"\bla-bas\b|\bsur place\b|\bce territoire\b|\b(?:l'|cette )ile\b"
                r"|\b(?:l'|cet )archipel\b|(?:^|, |\bet )ici\b(?! meme)"
            ),
        ),
        ("near", re.compile(r"(?<!il )(?<!n')\by (?!compris\b)")),
    )


def _antecedent(form: str, memory: Memory, place: int) -> tuple[str, ...]:
    """Give what "ce département", "le conseil départemental", "là-bas" or "y" stand for."""
    recent = memory.places if place - memory.when <= memory.reach else ()
    for kind, pattern in _anaphora():
        if not pattern.search(form):
            continue
        if kind == "this":
            return _departments(recent) or _departments(memory.title)
        if kind == "department":
            return _departments(memory.title) or _departments(recent)
        if kind in ("town", "region"):
            return tuple(one for one in recent if gazetteer().kinds.get(one) == kind)[-1:]
        if kind == "there":
            return recent or memory.title
        return recent if place - memory.when == 1 else ()
    return ()


def _departments(places: tuple[str, ...]) -> tuple[str, ...]:
    """Give the one département of places, or that of the one town."""
    known = gazetteer()
    found = []
    for place in places:
        kind = known.kinds.get(place, "")
        if kind == "town":
            found.append(known.wider[place][0])
        elif kind in ("departement", "metropole", "overseas") or place in ("Corse", "Alsace"):
            found.append(place)
    return tuple(dict.fromkeys(found)) if len(set(found)) == 1 else ()


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d+(?:[ .,]\d+)*")


@cache
def _taken() -> re.Pattern[str]:
    """Match a figure just before a place, which is then the place of that figure."""
    return re.compile(r"\d ?%?(?: (?!et\b|puis\b)[a-z'-]+){0,8} (?:l'|d')?$")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(r";|\bdont\b|\bcontre\b|\balors qu|\btandis qu|\bmais\b")


def _respectively(text: str, start: int, found: Sequence[Locale]) -> tuple[str, ...]:
    """Deal places out to figures in "à La Réunion et en Guadeloupe, respectivement 11,4 et 9,8"."""
    level = flat(text)
    dealt = level.form.find("respectivement")
    if dealt < 0:
        return ()
    listed = [one.places for one in found if len(one.places) > 1]
    before = level.form[dealt : max(dealt, level.levelled(start))]
    place = len(_number().findall(before))
    return (listed[0][place],) if listed and place < len(listed[0]) else ()


def _cost(text: str, one: Locale, start: int, end: int) -> float:
    """Tell how far a place stands from a figure: letters, other figures and turns between."""
    after = one.start >= end
    level = flat(text)
    low, high = (end, one.start) if after else (one.end, start)
    if high - low > _REACH:
        return _REACH
    between = level.form[level.levelled(low) : level.levelled(high)]
    numbers, turns = len(_number().findall(between)), len(_turn().findall(between))
    if after:
        return high - low + 30.0 * numbers + (_REACH if turns else 0.0)
    before = level.form[max(0, level.levelled(one.start) - 70) : level.levelled(one.start)]
    taken = 60.0 if _taken().search(before) else 0.0
    return (high - low) / 3 + 10.0 * numbers + 60.0 * turns + taken
