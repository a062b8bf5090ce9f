"""Times that count from the day a text was published: "l'an dernier", "depuis dix ans"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from aseqa.calendar_words import NUMBER, Point, count, days_before, months_before

_Reading = Callable[[re.Match[str], Point], str | None]


def relative_times(form: str, today: Point | None) -> Iterator[tuple[int, int, str, str]]:
    """Give start, end, period and role of each such time in a levelled text.

    Examples
    --------
    >>> list(relative_times("l'an dernier", Point(2025, 3, 11)))
    [(0, 12, '2024', 'at')]
    """
    if today is None or today.year is None:
        return
    for pattern, role, read in _forms():
        if role == "now" and not _figure().search(form):
            continue
        for match in pattern.finditer(form):
            period = read(match, today)
            if period:
                yield match.start(), match.end(), period, role


def _year(shift: int) -> _Reading:
    return lambda _, today: str((today.year or 0) + shift)


def _years_ago(match: re.Match[str], today: Point) -> str | None:
    return _ago(match, today, "ans", "")


def _since(match: re.Match[str], today: Point) -> str | None:
    return _ago(match, today, "ans", "/..")


def _during(match: re.Match[str], today: Point) -> str | None:
    """Read "ces cinq dernières années", "les trois derniers mois", "en dix ans"."""
    return _ago(match, today, "ans", f"/{_today(match, today)}")


def _today(match: re.Match[str], today: Point) -> str:
    """Give today's year, or its month where months are counted."""
    months = match.group("unit").startswith("mois")
    return Point(today.year, today.month).iso if months else str(today.year)


def _ago(match: re.Match[str], today: Point, _: str, tail: str) -> str | None:
    number, unit = count(match.group("number")), match.group("unit")
    if unit.startswith(("an", "decennie", "siecle")):
        years = number * {"a": 1, "d": 10, "s": 100}[unit[0]]
        return f"{(today.year or 0) - years}{tail}"
    if not today.month:
        return None
    if unit.startswith("mois"):
        return months_before(today, number).iso + tail
    if not today.day:
        return None
    days = number * (7 if unit.startswith("semaine") else 1)
    return days_before(today, days).iso + tail


def _last_month(_: re.Match[str], today: Point) -> str | None:
    return months_before(today, 1).iso if today.month else None


def _this_month(_: re.Match[str], today: Point) -> str | None:
    return Point(today.year, today.month).iso if today.month else None


def _now(_: re.Match[str], today: Point) -> str:
    return today.iso


def _since_new_year(_: re.Match[str], today: Point) -> str:
    return f"{today.year}/.."


def _until(match: re.Match[str], today: Point) -> str:
    return f"../{(today.year or 0) + count(match.group('number'))}"


@cache
def _figure() -> re.Pattern[str]:
    """Match a figure: only what is counted "aujourd'hui" has a date by that word."""
    return re.compile(rf"\d|\b{NUMBER}\b|\btiers\b|\bmoitie\b|\bquart\b")


def _yesterday(_: re.Match[str], today: Point) -> str | None:
    return days_before(today, 1).iso if today.day else None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str, _Reading], ...]:
    units = r"(?P<unit>ans?|annees?|mois|semaines?|jours?|decennies?|siecles?)\b"
    number = rf"(?P<number>{NUMBER})\s?"
    about = r"(?:plus\sde\s|pres\sde\s|pres\sd'|environ\s|quelque\s|moins\sde\s|maintenant\s)?"
    table: tuple[tuple[str, str, _Reading], ...] = (
        (r"\bl'an(?:nee)?\s(?:derniere?|passee?|ecoulee?)\b", "at", _year(-1)),
        (r"\bl'an(?:nee)?\sprochaine?\b", "at", _year(1)),
        (r"\bcette\sannee\b(?!\s?-\s?la)|\bl'annee\sen\scours\b", "at", _year(0)),
        (r"\b(?:le|du|au)\smois\s(?:dernier|passe|ecoule)\b", "at", _last_month),
        (r"\bce\smois(?:-ci)?\b(?!-la)", "at", _this_month),
        (r"\bhier\b", "at", _yesterday),
        (r"\ba\sce\sjour\b|\baujourd'hui\b|\bactuellement\b", "now", _now),
        (r"\ba\sl'heure\sactuelle\b", "now", _now),
        (r"\bdepuis\sle\sdebut\sde\sl'annee\b(?!\s\d)", "since", _since_new_year),
        (rf"\bd'ici\s(?:a\s)?{number}ans\b", "until", _until),
        (rf"\bqu'il\sy\sa\s{about}{number}{units}", "compared", _years_ago),
        (
            rf"\b(?:ces|les|des|aux|leurs|ses|nos)\s{number}(?:dernier|derniere)s\s{units}",
            "at",
            _during,
        ),
        (rf"\bdepuis\s{about}{number}{units}", "since", _since),
        (rf"\b(?:il\sy\sa|voila|voici)\s{about}{number}{units}", "at", _years_ago),
        (
            rf"\ben\s(?:l'espace\sde\s)?{about}{number}(?P<unit>ans|annees|decennies)\b",
            "during",
            _during,
        ),
    )
    return tuple((re.compile(pattern), role, read) for pattern, role, read in table)
