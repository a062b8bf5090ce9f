"""The places that the product knows, by each of their names: ``places.json``, read once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aseqa.text import tokens

MAX_NAME_WORDS = 6

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place. ``form`` is ``name``, ``demonym`` or ``headless`` ("Havre", "Mans")."""

    place: str
    form: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of places.

    ``names`` are by their folded words and ``longest`` gives, for the first word of a name, how
    many words the longest such name has. ``wider`` gives for each place those that hold it, the
    nearest first, ``kinds`` what it is and ``codes`` the département of a number.
    """

    names: Mapping[Words, Name]
    longest: Mapping[str, int]
    wider: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    codes: Mapping[str, str]
    ambiguous: frozenset[Words]
    rivers: frozenset[str]


def words_of(name: str) -> Words:
    """Give the folded words of a name, elided articles left out."""
    return tuple(token.form for token in tokens(name))


@cache
def gazetteer() -> Gazetteer:
    """Read ``places.json``."""
    data = json.loads(files("aseqa").joinpath("places.json").read_text(encoding="utf-8"))
    kinds: dict[str, str] = {}
    wider: dict[str, tuple[str, ...]] = {}
    for place, kind, holders in _places(data):
        kinds[place] = kind
        wider[place] = holders
    names: dict[Words, Name] = {}
    for words, name in _names(data, kinds):
        names.setdefault(words, name)
    longest: dict[str, int] = {}
    for words in names:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Gazetteer(
        names=names,
        longest=longest,
        wider=wider,
        kinds=kinds,
        codes={facts["code"]: name for name, facts in data["departements"].items()},
        ambiguous=frozenset(map(words_of, (*data["ambiguous"], *_small_towns(data)))),
        rivers=frozenset(data["rivers"]),
    )


def _small_towns(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the towns whose names count only where they are written as those of places."""
    for facts in data["departements"].values():
        yield from facts.get("small_towns", ())


def _places(data: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each place once or more, its kind and what holds it; the last one is right."""
    for country in data["countries"]:
        yield country, "country", ()
    for old, region in data["former_regions"].items():
        yield old, "former region", (region,)
    yield "Métropole de Lyon", "metropole", ("Rhône", "Auvergne-Rhône-Alpes")
    for region in sorted({facts["region"] for facts in data["departements"].values()}):
        yield region, "region", ()
    for department, facts in data["departements"].items():
        region = facts["region"]
        for city in (*facts["cities"], *facts.get("small_towns", ())):
            yield city, "town", (department, region)
        if department != region:
            yield department, "departement", (region,)
        else:
            yield department, "departement", ()
    for name, facts in data["overseas"].items():
        yield name, "overseas", ()
        for city in facts["cities"]:
            yield city, "town", (name, name)


def _names(data: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[tuple[Words, Name]]:
    """Give the names of places, those that go first where two places share one."""
    for place, kind in kinds.items():
        if kind != "country":
            yield words_of(place), Name(place, "name")
            head, _, rest = place.partition(" ")
            if kind == "town" and rest and head in ("Le", "Les"):
                yield words_of(rest), Name(place, "headless")
    for alias, place in data["aliases"].items():
        yield words_of(alias), Name(place, "name")
    for country in data["countries"]:
        yield words_of(country), Name(country, "name")
    for place, demonyms in (*data["demonyms"].items(), *data["countries"].items()):
        for demonym in demonyms:
            for words in _inflected(demonym):
                yield words, Name(place, "demonym")


def _inflected(demonym: str) -> Iterator[Words]:
    """Give the masculine, feminine and plural of an adjective of place."""
    feminine = demonym + ("ne" if demonym.endswith(("en", "on")) else "e")
    feminine = demonym if demonym.endswith("e") else feminine
    for form in (demonym, feminine, f"{demonym}s", f"{feminine}s"):
        yield words_of(form)
