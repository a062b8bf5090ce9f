"""How far the words reach that tell what a number counts: its clause, before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aseqa.counted_patterns import cue
from aseqa.counted_words import mentions
from aseqa.quantities import Quantity

MAX_RIGHT_CHARS = 220
MAX_LEFT_CHARS = 160
MAX_TOPIC_CHARS = 400
MAX_CUE_CHARS = 120


def words_before(text: str, found: Sequence[Quantity], place: int) -> str:
    """Give the words of the clause before a quantity, and an opening "parmi les filles,"."""
    end = found[place].start
    previous = place - 1
    while previous >= 0 and (found[previous].unit == "ans" or leads(text, found, previous)):
        previous -= 1
    begin = max(0, end - MAX_LEFT_CHARS, found[previous].end if previous >= 0 else 0)
    window = cue("aside").sub(lambda match: " " * len(match.group()), text[begin:end])
    if between := cue("between").search(window):
        window = f"{window[: between.end() - 4]}    {window[between.end() :]}"
    if cue("only").search(window):
        window = f"{window[:-4]}    "
    breaks = [match.end() for match in cue("left").finditer(window)]
    clause = window[breaks[-1] :] if breaks else window
    if breaks and cue("opening").match(text[:40]) and begin == 0:
        clause = f"{window[: breaks[0] - 1]} {clause}"
    last = "dont" if re.search(r"\bdont (?:les )?\Z", window) else ""
    return f"{last} " if last else clause


def leads(text: str, found: Sequence[Quantity], place: int) -> bool:
    """Tell whether a quantity and the next are ends of one change: "de 9 mois à 6 mois"."""
    one, following = found[place], found[place + 1]
    if one.like == 1:
        return True
    between = text[one.end : following.start]
    same = one.unit == following.unit and not following.noun
    return same and bool(cue("evolves").fullmatch(between))


def words_after(text: str, found: Sequence[Quantity], place: int) -> str:
    """Give the words of the clause after a quantity, as far as the next one that is no age."""
    begin = found[place].number_end
    end = begin + MAX_RIGHT_CHARS
    for following in found[place + 1 :]:
        if following.start >= end:
            break
        if following.unit != "ans" and following.start >= begin:
            end = following.start
            break
    window = cue("aside").sub(lambda match: " " * len(match.group()), text[begin:end])
    stop = cue("right").search(window)
    return window[: stop.start()] if stop else window


def narrowed(text: str, found: Sequence[Quantity], place: int) -> bool:
    """Tell whether another figure narrows what is counted, by a duration or a share.

    "147 enfants attendent depuis six mois", "la moitié des 147 enfants attendent".
    """
    if place and found[place - 1].unit == "%":
        between = text[found[place - 1].end : found[place].start]
        if cue("share_of_them").fullmatch(between):
            return True
    if place + 1 >= len(found) or found[place + 1].unit != "durée":
        return False
    return not cue("right").search(text[found[place].number_end : found[place + 1].start])


def begins_otherwise(text: str, found: Sequence[Quantity], place: int) -> bool:
    """Tell whether a period is that of the level before: "passé de 9 mois en 2022 à 6 mois"."""
    between = text[found[place - 1].end : found[place].start]
    if not cue("since").fullmatch(between):
        return False
    return not cue("dated").match(text, found[place].end)


def same_elsewhere(bare: str, found: Sequence[Quantity], place: int) -> bool:
    """Tell whether a bare number counts the same in another place: "dont 537 en Isère"."""
    one, previous = found[place], found[place - 1]
    if one.noun or one.unit or previous.unit or one.start - previous.end > MAX_CUE_CHARS:
        return False
    before, after = bare[previous.end : one.start], bare[one.end : one.end + MAX_CUE_CHARS]
    stop = re.search(r"[,;.)]|\bet\b|\Z", after)
    if not stop or not cue("only_place").fullmatch(after[: stop.start()]):
        return False
    if cue("gap").search(before):
        return True
    return "   " in after[: stop.start()] and bool(cue("elsewhere").search(before))


def last_sentence(context: str) -> str:
    """Give the last sentence of what was said before."""
    return re.split(r"(?<=[.!?])\s+", context.strip())[-1][-MAX_TOPIC_CHARS:]


def victims(text: str) -> list[str]:
    """Give the last qualifier of victims that a text names, if any."""
    found = [one.label for one in mentions(text[-MAX_TOPIC_CHARS:])]
    return [label for label in found if label.startswith("victimes de")][-1:]


def persons_before(
    found: Sequence[Quantity], labels: Sequence[str | None], place: int
) -> str | None:
    """Give the population that "dont 75 %" or "d'entre eux" goes back to."""
    earlier = [at for at in range(place) if found[at].unit == "" and found[at].noun]
    return labels[earlier[0]] if len(earlier) == 1 else None
