"""Places named in a text: départements, regions, main towns and countries, in French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aseqa.gazetteer import Name, gazetteer
from aseqa.place_senses import is_place
from aseqa.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a place; ``form`` is ``demonym`` for "tarnais", else ``name``."""

    start: int
    end: int
    place: str
    form: str
    words: tuple[str, ...]


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
    return frozenset(mention.place for mention in mentions(text))


@lru_cache(maxsize=1024)
def main_place(text: str) -> str | None:
    """Give the place that a text is about: the one named most often; None when two tie."""
    counts = Counter(mention.place for mention in mentions(text)).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def place_words(text: str) -> frozenset[str]:
    """Give the folded words of ``text`` that belong to the name of a place."""
    return frozenset(form for mention in mentions(text) for form in mention.words)


def widened(names: frozenset[str]) -> frozenset[str]:
    """Add to places those that hold them: Albi is in the Tarn, and in Occitanie."""
    wider = gazetteer().wider
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
    wider = gazetteer().wider
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
    return [(mention.start, mention.end) for mention in mentions(text)]


def departements() -> tuple[str, ...]:
    """Name the 101 départements, in the order of their numbers.

    Examples
    --------
    >>> len(departements())
    101
    """
    return tuple(name for _, name in sorted(gazetteer().codes.items()))


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """Give where ``text`` names places, in order, the longest name first.

    Examples
    --------
    >>> [(mention.place, mention.form) for mention in mentions("les élus tarnais, à Albi")]
    [('Tarn', 'demonym'), ('Albi', 'name')]
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Mention]:
    found = tokens(text)
    position = 0
    while position < len(found):
        size, name = _longest(text, found, position)
        if name:
            part = found[position : position + size]
            words = tuple(token.form for token in part)
            yield Mention(part[0].start, part[-1].end, name.place, name.form, words)
        position += size


def _longest(text: str, found: list[Token], position: int) -> tuple[int, Name | None]:
    """Give the longest name of a place that begins at ``position``, and its number of words."""
    known = gazetteer()
    longest = known.longest.get(found[position].form, 0)
    for size in range(min(longest, len(found) - position), 0, -1):
        words = tuple(token.form for token in found[position : position + size])
        name = known.names.get(words)
        if name and is_place(text, found, position, size, name):
            return size, name
    return 1, None
