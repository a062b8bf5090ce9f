"""Figures of a sentence with what they count, where and when; and which ones may be compared.

Precision comes first: figures of other units, things, places or periods are never
comparable, and one whose thing counted is not sure is comparable with nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from aseqa.answers import Figure
from aseqa.counted import count_label
from aseqa.counted_patterns import cue
from aseqa.counted_question import asked_figure
from aseqa.counted_scope import begins_otherwise, same_elsewhere
from aseqa.counted_words import read_plainly
from aseqa.french_numbers import Folded, folded, has_number
from aseqa.not_figures import excluded
from aseqa.periods import period_at
from aseqa.places import placed
from aseqa.quantities import Quantity, quantities
from aseqa.territory import territories_at

MAX_CONTEXT_CHARS = 1000
# What runs longer is no sentence; its rest is not read.
MAX_SENTENCE_CHARS = 4_000

_SOURCE = r"(?:, )?\b(?:selon|d'apres) [^,;:.]{1,120}(?:,|$)?"
_TAKEN_UP = (
    r"\b(?:date|annee|jour|mois)[ -]la\b|\b(?:cette|meme) (?:date|periode|epoque)\b|\bmeme annee\b"
)
_GOES_ON = r"\W{0,4}(?:parmi (?:eux|elles|ces|ceux)|ces dernier|ceux-ci|celles-ci|dont )"


def figures_in(
    text: str,
    published: str | None = None,
    territories: tuple[str, ...] = (),
    before: str = "",
    title: str = "",
) -> tuple[Figure, ...]:
    """Find the figures of a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    published : str, optional
        ISO date that "l'an dernier" counts from.
    territories : tuple of str
        Those that the text said before, for "ce département".
    before, title : str
        What the document said before the sentence, and its title.

    Examples
    --------
    >>> [(f.text, f.low, f.counted) for f in figures_in("On compte 3 200 enfants placés.")]
    [('3 200 enfants', 3200.0, 'enfants confiés')]
    """
    text = text[:MAX_SENTENCE_CHARS]
    read = folded(text)
    found = quantities(read.text) if has_number(read.text) else []
    if not found:
        return ()
    if not territories and before and _compiled(_GOES_ON).match(read.text):
        territories = _last_territories(before[-MAX_CONTEXT_CHARS:])
    title, before = title[:MAX_CONTEXT_CHARS], before[-MAX_CONTEXT_CHARS:]
    counted = _counted(text, read, found, f"{title}\n{before}")
    taken = _compiled(_TAKEN_UP).search(read.text)
    inherited = _period_before(before, published) if before and taken else None
    figures = [
        _figure(text, read, quantity, what, (published, inherited), territories)
        for quantity, what in zip(found, counted, strict=True)
    ]
    for place in range(1, len(found)):
        if begins_otherwise(read.text, found, place):
            figures[place] = replace(figures[place], as_of=None)
    return tuple(figures)


def _figure(
    text: str,
    read: Folded,
    quantity: Quantity,
    counted: tuple[str | None, str],
    dates: tuple[str | None, str | None],
    territories: tuple[str, ...],
) -> Figure:
    start, end = read.source(quantity.start, quantity.end)
    label, unit = counted
    first = max(0, start - MAX_CONTEXT_CHARS)
    near, begin, stop = text[first : end + MAX_CONTEXT_CHARS], start - first, end - first
    return Figure(
        start=start,
        end=end,
        text=text[start:end],
        low=quantity.low,
        high=quantity.high,
        hedge=quantity.hedge,
        unit=unit,
        counted=label,
        territories=territories_at(near, begin, stop, territories),
        as_of=period_at(near, begin, stop, *dates),
    )


def _counted(
    text: str, read: Folded, found: Sequence[Quantity], context: str
) -> list[tuple[str | None, str]]:
    """Label the quantities in their order; a bare one takes the label of its neighbour."""
    bare = _blanked(text, read)

    @cache
    def before() -> str:
        return read_plainly(context).text

    labels: list[str | None] = []
    units: list[str] = []
    for place, at in enumerate(found):
        label, unit = count_label(bare, found, labels, place, before)
        if place and same_elsewhere(bare, found, place):
            label, unit = labels[place - 1], units[place - 1]
        elif place and label is None and unit == "autre" and cue("again").search(bare[: at.start]):
            unit = units[place - 1]
        labels.append(label)
        units.append(unit)
    for place, quantity in enumerate(found):
        if quantity.like and not quantity.noun:
            labels[place], units[place] = (
                labels[place + quantity.like],
                units[place + quantity.like],
            )
    return list(zip(labels, units, strict=True))


def _blanked(text: str, read: Folded) -> str:
    """Blank dates, places and sources: they are no part of what is counted."""
    characters = list(read_plainly(text).text)
    for start, end in (*excluded(read.text), *_sources(read.text), *_places(text, read)):
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _period_before(before: str, published: str | None) -> str | None:
    """Give the period of the last sentence before that tells one, for "à cette date"."""
    for last in reversed(re.split(r"(?<=[.!?])\s+", before[-MAX_CONTEXT_CHARS:].strip())[-3:]):
        if period := period_at(last, 0, len(last), published):
            return period
    return None


def _sources(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _compiled(_SOURCE).finditer(text)]


def _places(text: str, read: Folded) -> list[tuple[int, int]]:
    """Give where places are named in the folded text."""
    named = placed(text)
    for name in territories_at(text, 0, len(text), ()):
        named.extend(match.span() for match in re.finditer(rf"\b{re.escape(name)}\b", text))
    at = read.offsets
    return [(bisect_left(at, start), bisect_left(at, end)) for start, end in named]


def _last_territories(before: str) -> tuple[str, ...]:
    """Give the places of the last sentence before, for "parmi eux"."""
    last = re.split(r"(?<=[.!?])\s+", before.strip())[-1]
    return territories_at(last, 0, len(last), ())


def comparable(one: Figure, other: Figure) -> bool:
    """Tell whether two figures tell the same thing, at the same place and time."""
    if one.counted is None or other.counted is None or one.unit != other.unit:
        return False
    if one.unit == "fois" or one.as_of != other.as_of:
        return False
    return one.counted == other.counted and set(one.territories) == set(other.territories)


def answers(question: str, figure: Figure) -> bool:
    """Tell whether a figure counts what a question asks for, where and when it asks.

    A place or period that the question does not name may be any.

    Examples
    --------
    >>> [figure] = figures_in("On compte 3 200 enfants placés en France.")
    >>> answers("Combien d'enfants sont confiés à l'ASE ?", figure)
    True
    """
    asked_places = territories_at(question, 0, len(question), ())
    if not asked_places and "france" in folded(question).text:
        asked_places = ("France",)
    unit, asked = asked_figure(_without_places(question))
    if figure.counted is None or asked is None or unit != figure.unit:
        return False
    if asked_places and set(asked_places) != set(figure.territories):
        return False
    period = period_at(question, 0, len(question), None)
    if period and not (figure.as_of or "").startswith(period):
        return False
    if unit in ("euros", "ans", "durée"):
        return set(asked.split(", ")) <= set(figure.counted.split(", "))
    return asked == figure.counted


def _without_places(text: str) -> str:
    read = folded(text)
    for start, end in _places(text, read):
        first, last = read.source(start, end)
        text = text[:first] + " " * (last - first) + text[last:]
    return text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
