"""Which of the times of a sentence holds for it, or for one of its figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from aseqa.calendar_words import NUMBER, NUMBERS, count, point
from aseqa.time_phrases import TimePhrase

# Beyond so much a time and a figure have nothing to do with each other.
_REACH = 600.0
_NEAREST = 24
_WINDOW = 60


@cache
def _contrast() -> re.Pattern[str]:
    return re.compile(
        r"\bcontre\b|\balors qu|\btandis qu|;|\bmais\b|\bapres\b(?=[^,;]*$)|\bface a\b"
    )


@cache
def _other_number() -> re.Pattern[str]:
    words = "|".join(name for name in NUMBERS if name not in ("un", "une", "zero"))
    return re.compile(rf"\d+(?:[ .,]\d+)*|\b(?:{words})\b")


@cache
def _lead() -> re.Pattern[str]:
    """Match what stands before a time that opens its sentence: "Depuis le", "À la fin de"."""
    return re.compile(r"[ «\"-]*(?:[a-z']{0,6}[' ]){0,6}")


@cache
def _taken() -> re.Pattern[str]:
    """Match a figure just before a time, which is then the time of that figure."""
    return re.compile(
        r"\d ?%?(?: (?!et\b|puis\b)[a-z'-]+){0,7} (?:(?:en|au|fin|debut|de|a la fin) ?)?"
        r"(?:le |l'annee )?$"
    )


@cache
def _shifted() -> re.Pattern[str]:
    return re.compile(
        r"\bqu'(?:un an (?:plus tot|auparavant|avant)|l'annee (?:precedente|d'avant))\b"
        r"|\b(?:en|sur) un an\b|\bpar rapport a l'annee (?:precedente|d'avant)\b"
    )


@cache
def _earlier() -> re.Pattern[str]:
    """Match "un an plus tôt" and "l'année précédente", which shift the main period."""
    return re.compile(
        rf"(?<!qu')\b(?:(?P<number>{NUMBER})\s?ans? (?:plus tot|auparavant|avant)"
        r"|l'annee (?:precedente|d'avant))\b"
    )


@cache
def _passage() -> re.Pattern[str]:
    return re.compile(r"\bpass(?:e|ee|es|ees|er|ent|ant|ait|aient)\b")


def main_period(form: str, said: Sequence[TimePhrase]) -> str | None:
    """Give the period of a sentence's main statement: the first outside a comparison.

    "passé de 7 mois en 2023 à 4 en 2025" holds for all that time.
    """
    points = [phrase for phrase in said if phrase.role == "at"]
    if len(points) > 1 and _is_passage(form, points[0], points[1]):
        return f"{points[0].period}/{points[1].period}"
    for role in ("told", "during"):
        for phrase in said:
            if phrase.role == "compared" or (role == "told") == (phrase.role == "during"):
                continue
            before = form[max(0, phrase.start - _WINDOW) : phrase.start]
            if not _contrast().search(before[before.rfind(";") + 1 :]):
                return _anchored(phrase, said)
    return None


def _is_passage(form: str, first: TimePhrase, second: TimePhrase) -> bool:
    """Tell "passer de … à …", both with their time."""
    between = form[first.end : second.start]
    return (
        len(between) < 2 * _WINDOW
        and bool(_passage().search(form, max(0, first.start - 2 * _WINDOW), first.start))
        and " a " in between
        and "/" not in first.period + second.period
        and first.period < second.period
    )


def nearest_period(form: str, said: Sequence[TimePhrase], first: int, last: int) -> str | None:
    """Give the period that stands nearest to a figure, in its own part of the sentence."""
    place = bisect_left(said, first, key=lambda phrase: phrase.start)
    near = said[max(0, place - _NEAREST) : place + _NEAREST]
    main = main_period(form, [phrase for phrase in near if phrase.role != "during"])
    compared = _comparison(form, near, first, last, main)
    if compared:
        return compared
    costs = [
        (_cost(form, phrase, first, last), phrase) for phrase in near if phrase.role != "compared"
    ]
    reached = [(cost, phrase) for cost, phrase in costs if cost < _REACH]
    if not reached:
        return None
    return _anchored(min(reached, key=lambda pair: pair[0])[1], near)


def _comparison(
    form: str, said: Sequence[TimePhrase], first: int, last: int, main: str | None
) -> str | None:
    """Give the span of a change: "en hausse de 31 % par rapport à 2022", "qu'un an plus tôt"."""
    following = _other_number().search(form, last, last + 2 * _WINDOW)
    reach = last + 2 * _WINDOW
    for phrase in said:
        if phrase.role == "compared" and last <= phrase.start < reach:
            number = following is not None and following.start() < phrase.start
            return None if number else _span(phrase.period, main)
    start = point(main or "")
    if start is None or start.year is None:
        return None
    if _shifted().search(form, last, min(reach, following.start() if following else reach)):
        return f"{start.year - 1}{(main or '')[4:]}/{main}"
    earlier = _earlier().search(form, last, reach)
    if not earlier or _turns(form, last, earlier.start()):
        return None
    return f"{start.year - count(earlier.group('number') or '1')}{(main or '')[4:]}"


def _turns(form: str, first: int, last: int) -> bool:
    """Tell whether other figures, times or turns stand between a figure and a time."""
    return bool(_other_number().search(form, first, last) or _contrast().search(form, first, last))


def _span(start: str, end: str | None) -> str | None:
    if end and "/" not in end:
        return f"{start}/{end}" if start < end else f"{end}/{start}"
    return f"{start}/.." if not end else None


def _anchored(phrase: TimePhrase, said: Sequence[TimePhrase]) -> str:
    """Count "en deux ans" from the year that the sentence names, where it names one."""
    years = [int(one.period[:4]) for one in said if one.role == "at" and one.period[:4].isdigit()]
    if phrase.role != "during" or not years:
        return phrase.period
    start, end = (int(year) for year in phrase.period.split("/"))
    length, year = end - start, years[0]
    return f"{year}/{year + length}" if year + length <= end else f"{year - length}/{year}"


def _cost(form: str, phrase: TimePhrase, first: int, last: int) -> float:
    """Tell how far a time stands from a figure: letters, other figures and turns between."""
    after = phrase.start >= last
    low, high = (last, phrase.start) if after else (phrase.end, first)
    if high - low > _REACH:
        return _REACH
    between = form[low:high]
    turns, numbers = len(_contrast().findall(between)), len(_other_number().findall(between))
    if after:
        return high - low + 40.0 * numbers + 10.0 * between.count(",") + _REACH * bool(turns)
    cost = high - low + 60.0 * turns
    if _heads(form, phrase):
        return cost
    taken = _taken().search(form, max(0, phrase.start - _WINDOW), phrase.start)
    return cost + 40.0 * numbers + 10.0 * between.count(",") + (60.0 if taken else 0.0)


def _heads(form: str, phrase: TimePhrase) -> bool:
    """Tell whether a time opens the sentence, and so holds for all of it."""
    return phrase.start < 40 and bool(_lead().fullmatch(form, 0, phrase.start))
