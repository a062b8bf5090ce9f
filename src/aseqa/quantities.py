"""Quantities of a sentence: number or range, hedge, unit, and where the thing counted begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aseqa.ages import age_or_duration
from aseqa.french_numbers import Amount, amounts, percent
from aseqa.not_figures import excluded, overlaps
from aseqa.quantity_words import (
    AFTER_HEDGE,
    BARE_CUE,
    CONTRE,
    EVOLUTION,
    MAX_HEDGE_CHARS,
    NOUN,
    ONE_OF,
    OUT_OF,
    RANGE_LINK,
    SAME_UNIT,
    bounds,
    compiled,
    hedge_before,
    unit_after,
)

MAX_CUE_CHARS = 60
MAX_LIKE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in folded text.

    ``start``-``end`` holds hedge, number, and unit or noun; ``number_end`` is where the
    number with its unit ends and the words on what is counted begin. ``unit`` is empty
    while it hangs on the noun; ``noun`` tells whether one follows. ``like`` counts the steps
    to the quantity that a bare number shares what it counts with ("de 400 à 450 enfants").
    """

    start: int
    number_start: int
    number_end: int
    end: int
    low: float | None
    high: float | None
    hedge: str
    unit: str
    noun: bool = False
    like: int = 0


def quantities(text: str) -> list[Quantity]:
    """Find the quantities of a folded text, in order and disjoint."""
    dropped = excluded(text)
    kept = [
        amount
        for amount in amounts(text)
        if not overlaps(dropped, amount.start, amount.end)
        and (amount.kind != "one" or compiled(ONE_OF).match(text, amount.end))
    ]
    found: list[Quantity] = []
    position = 0
    while position < len(kept):
        quantity, used = _quantity(text, kept, position)
        if quantity and (not found or quantity.number_start >= found[-1].number_end):
            start = max(quantity.start, found[-1].end) if found else quantity.start
            found.append(replace(quantity, start=start))
        position += used
    return [_completed(text, found, place) for place in range(len(found))]


def _completed(text: str, found: Sequence[Quantity], place: int) -> Quantity:
    """Lend a bare number the unit of its neighbour: "de 18,4 millions d'euros à 27,6"."""
    bare = found[place]
    if bare.unit or bare.noun:
        return bare
    if place and (previous := found[place - 1]).end <= bare.start:
        between = text[previous.end : bare.start]
        same = compiled(SAME_UNIT).fullmatch(between + " " * (not between.endswith(" ")))
        if same or (len(between) < MAX_LIKE_CHARS and compiled(CONTRE).fullmatch(between)):
            return _lent(bare, previous, -1)
    if place + 1 < len(found):
        following = found[place + 1]
        if re.fullmatch(r"(?: en (?:19|20)\d\d)? a ", text[bare.end : following.start]):
            return _lent(bare, following, 1)
    return bare


def _lent(bare: Quantity, other: Quantity, step: int) -> Quantity:
    known, value = other.low or other.high or 0, bare.low or bare.high or 0
    factor = 1.0
    if other.unit == "euros" and value < known / 1000:
        factor = 1e9 if known >= 1e9 else 1e6
    low = None if bare.low is None else bare.low * factor
    high = None if bare.high is None else bare.high * factor
    return replace(bare, low=low, high=high, unit=other.unit, like=step)


def _quantity(text: str, kept: Sequence[Amount], position: int) -> tuple[Quantity | None, int]:
    """Read the quantity that begins at an amount; tell how many amounts it took."""
    first = kept[position]
    second = kept[position + 1] if position + 1 < len(kept) else None
    if first.kind == "part":
        return _share(text, first), 1
    if second and second.kind != "part":
        for used, other in enumerate(kept[position + 1 : position + 3], 2):
            if out_of := _out_of(text, first, other):
                return out_of, used
        if in_range := _range(text, first, second):
            return in_range, 2
    return _single(text, first), 1


def _share(text: str, part: Amount) -> Quantity | None:
    """Read "les deux tiers"; "un tiers de confiance" and "chez un tiers" are people."""
    following = text[part.end : part.end + 20]
    start, hedge = hedge_before(text, part.start)
    people = "tiers" in text[part.start : part.end] and part.value < 40
    if people and not re.match(
        r"(?: au moins| environ)? (?:d(?:es?|u)(?! confiance)\b|d')", following
    ):
        if hedge == "exact":
            return None
    elif re.match(r" dign| de confiance| benev", following):
        return None
    low, high = bounds(hedge, part.value)
    return Quantity(start, part.start, part.end, part.end, low, high, hedge, "%")


def _out_of(text: str, first: Amount, second: Amount) -> Quantity | None:
    """Read "12 mineures sur 12"."""
    if second.start - first.end > MAX_CUE_CHARS or not 0 < first.value <= second.value:
        return None
    if not compiled(OUT_OF).fullmatch(text, first.end, second.start):
        return None
    if unit_after(text, second.end)[0]:
        return None
    start, hedge = hedge_before(text, first.start)
    low, high = bounds(hedge, percent(first.value, second.value))
    return Quantity(start, first.start, first.end, second.end, low, high, hedge, "%", True)


def _range(text: str, first: Amount, second: Amount) -> Quantity | None:
    if second.start - first.end > MAX_HEDGE_CHARS or first.value > second.value * 1000:
        return None
    link = compiled(RANGE_LINK).fullmatch(text, first.end, second.start)
    before = text[max(0, first.start - MAX_CUE_CHARS) : first.start]
    if not link or compiled(EVOLUTION).search(before):
        return None
    unit, unit_end, scale = unit_after(text, second.end)
    between = re.search(r"\b(?:entre|comprise?s? entre) (?:environ )?\Z", before)
    if link["word"] == "et" and not between and (unit != "temps" or link["unit"]):
        return None
    if link["gap"] and (unit != "temps" or link["unit"]):
        return None
    opener = re.search(r"\bentre (?:environ )?\Z", before)
    if not opener and link["word"] != "et":
        opener = re.search(r"\bde \Z", before)
    start = first.start - (len(before) - opener.start() if opener else 0)
    whole = Amount(first.start, second.end, second.value, "plain", second.words)
    if not _sensible(first, second, scale):
        return None
    low = first.value * (scale if first.value < 1e5 or scale < 1e3 else 1)
    return _finished(text, whole, start, "entre", (low, second.value * scale), (unit, unit_end))


def _sensible(first: Amount, second: Amount, scale: float) -> bool:
    return first.value < second.value or (second.value < 1000 <= first.value and scale >= 1000)


def _single(text: str, amount: Amount) -> Quantity | None:
    if amount.kind == "one":
        return None
    start, hedge = hedge_before(text, amount.start)
    unit, unit_end, scale = unit_after(text, amount.end)
    if hedge == "exact" and amount.kind == "about":
        hedge = "environ"
    if amount.kind == "vague" and hedge in ("exact", "environ"):
        hedge = "plus"
    if hedge == "exact" and compiled(AFTER_HEDGE).match(text, unit_end):
        hedge = "environ"
    value = bounds(hedge, amount.value * scale)
    return _finished(text, amount, start, hedge, value, (unit, unit_end))


def _finished(
    text: str,
    amount: Amount,
    start: int,
    hedge: str,
    ends: tuple[float | None, float | None],
    unit: tuple[str, int],
) -> Quantity | None:
    """Settle the unit: time as age or duration, a noun, or a bare number that a cue allows."""
    name, end = unit
    low, high = ends
    if name == "temps":
        return _time(text, Quantity(start, amount.start, end, end, low, high, hedge, ""), amount)
    if name:
        return Quantity(start, amount.start, end, end, low, high, hedge, name)
    noun = compiled(NOUN).match(text, amount.end)
    if noun:
        return Quantity(
            start, amount.start, amount.end, noun.end(), low, high, hedge, "", noun=True
        )
    if not _bare_allowed(text, start, amount):
        return None
    return Quantity(start, amount.start, amount.end, amount.end, low, high, hedge, "")


def _bare_allowed(text: str, start: int, amount: Amount) -> bool:
    """Tell whether a number that no noun follows is a quantity: "contre 250", "(37)"."""
    before = text[max(0, start - MAX_CUE_CHARS) : start]
    if text[amount.end : amount.end + 1] == ")" and re.search(r"[a-z] \(\Z", before):
        return not amount.words
    if amount.kind in ("vague", "about") or start < amount.start:
        return True
    if compiled(r"\d{1,3}(?: \d{3})+\Z").match(text, amount.start, amount.end):
        return True
    return bool(compiled(BARE_CUE).search(before))


def _time(text: str, quantity: Quantity, amount: Amount) -> Quantity:
    """Tell an age from a duration by the words around."""
    word = text[amount.end : quantity.number_end]
    before = text[max(0, quantity.number_start - MAX_CUE_CHARS) : quantity.number_start]
    after = text[quantity.number_end : quantity.number_end + 30]
    unit, factor = age_or_duration(word, before, after, quantity.hedge)
    low = None if quantity.low is None else quantity.low * factor
    high = None if quantity.high is None else quantity.high * factor
    return replace(quantity, low=low, high=high, unit=unit)
