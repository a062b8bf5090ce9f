"""Places named in a text: départements, regions, main towns and countries, in French."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from aseqa.text import Token, fold, tokens

# What may stand before an ambiguous name ("le Lot", "le Nord") to make it a place.
_ANNOUNCERS = frozenset({"departement", "departements", "conseil"})
_LINKS = frozenset({"du", "de", "la", "des", "le", "les", "en", "dans", "a", "au"})


@cache
def _gazetteer() -> tuple[Mapping[tuple[str, ...], str], Mapping[str, tuple[str, ...]]]:
    """Give names by their folded words, and for each name the wider places that hold it."""
    data = json.loads(files("aseqa").joinpath("places.json").read_text(encoding="utf-8"))
    names: dict[tuple[str, ...], str] = {}
    wider: dict[str, tuple[str, ...]] = {}
    for department, facts in data["departements"].items():
        region = facts["region"]
        names[_words(region)] = region
        wider.setdefault(region, ())
        wider[department] = (region,) if region != department else ()
        for city in facts["cities"]:
            names[_words(city)] = city
            wider[city] = (department, region)
        names[_words(department)] = department
    for country, adjectives in data["countries"].items():
        for name in (country, *adjectives):
            names.setdefault(_words(name), country)
        wider.setdefault(country, ())
    return names, wider


@cache
def _ambiguous() -> frozenset[tuple[str, ...]]:
    data = json.loads(files("aseqa").joinpath("places.json").read_text(encoding="utf-8"))
    return frozenset(_words(name) for name in data["ambiguous"])


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokens(name))


@lru_cache(maxsize=4096)
def places(text: str) -> frozenset[str]:
    """Name the places of ``text`` in their usual spelling, accents and case aside.

    A name that is also an ordinary word ("Lot", "Nord") counts only when it is
    written with a capital inside a sentence or announced ("département du lot").

    Examples
    --------
    >>> sorted(places("nb d'enfants placés haute garonne, et à Albi"))
    ['Albi', 'Haute-Garonne']
    """
    return frozenset(name for name, _ in _mentions(text))


@lru_cache(maxsize=1024)
def main_place(text: str) -> str | None:
    """Give the place that a text is about: the one named most often; None when two tie."""
    counts = Counter(name for name, _ in _mentions(text)).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def place_words(text: str) -> frozenset[str]:
    """Give the folded words of ``text`` that belong to the name of a place."""
    return frozenset(form for _, words in _mentions(text) for form in words)


def widened(names: frozenset[str]) -> frozenset[str]:
    """Add to places those that hold them: Albi is in the Tarn, and in Occitanie."""
    _, wider = _gazetteer()
    return names | {place for name in names for place in wider.get(name, ())}


def meets(asked: frozenset[str], named: frozenset[str]) -> bool:
    """Tell whether what is said of the places named is about all places asked for.

    A place is met by itself and by what lies in it; a town also by its
    département, whose council people call by the town's name.

    Examples
    --------
    >>> meets(frozenset({"Tarn"}), frozenset({"Albi"}))
    True
    >>> meets(frozenset({"Albi"}), frozenset({"Tarn"}))
    True
    >>> meets(frozenset({"Tarn"}), frozenset({"Occitanie"}))
    False
    """
    _, wider = _gazetteer()
    known = widened(named)
    return all(place in known or _home(wider[place]) in known for place in asked)


def _home(wider: tuple[str, ...]) -> str | None:
    """Give the département of a town; None for what is larger than a town."""
    return wider[0] if len(wider) == 2 else None


def placed(text: str) -> list[tuple[int, int]]:
    """Give where the names of places stand in ``text``.

    Examples
    --------
    >>> placed("Combien dans le Tarn ?")
    [(16, 20)]
    """
    return [(part[0].start, part[-1].end) for _, part in _found(text)]


def _mentions(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, part in _found(text):
        yield name, tuple(token.form for token in part)


def _found(text: str) -> Iterator[tuple[str, list[Token]]]:
    names, _ = _gazetteer()
    found = tokens(text)
    position = 0
    while position < len(found):
        for length in range(min(6, len(found) - position), 0, -1):
            part = found[position : position + length]
            name = _match(names, tuple(token.form for token in part))
            if name and _plausible(text, found, position, part):
                yield name, part
                position += length - 1
                break
        position += 1


def _match(names: Mapping[tuple[str, ...], str], words: tuple[str, ...]) -> str | None:
    if words in names:
        return names[words]
    if len(words) == 1:  # "belges", "anglaises": the adjective's feminine and plural
        for ending in ("s", "e", "es"):
            stem = words[0].removesuffix(ending)
            if stem != words[0] and len(stem) > 4 and (stem,) in names:
                return names[(stem,)]
    return None


def _plausible(text: str, found: list[Token], position: int, part: list[Token]) -> bool:
    if tuple(token.form for token in part) not in _ambiguous():
        return True
    before = [token.form for token in found[max(0, position - 3) : position]]
    if _ANNOUNCERS.intersection(before):
        return True
    capital = text[part[0].start].isupper()
    return capital and bool(before) and before[-1] in _LINKS and fold(text) != text
