"""French words of the calendar, and the arithmetic of dates written as ISO 8601."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_MONTH_NAMES = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
).split()
_MONTH_ABBREVIATIONS = {
    "janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12
}  # fmt: skip
MONTH_NUMBERS = {name: place for place, name in enumerate(_MONTH_NAMES, 1)} | _MONTH_ABBREVIATIONS
MONTH = (
    "(?:" + "|".join(_MONTH_NAMES) + r"|(?:janv|fevr|fev|avr|juil|sept|oct|nov|dec)(?=\.|\s+\d))"
)
YEAR = r"(?:19|20)\d\d"

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()
NUMBERS = {name: value for value, name in enumerate(_UNITS)} | {
    "une": 1,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingt": 20,
    "vingtaine": 20,
    "vingt-cinq": 25,
    "trente": 30,
    "trentaine": 30,
    "quarante": 40,
    "quarantaine": 40,
    "cinquante": 50,
    "cinquantaine": 50,
    "soixante": 60,
    "cent": 100,
}
NUMBER = (
    "(?:"
    + "|".join(sorted((name for name in NUMBERS if not name.endswith("aine")), key=len)[::-1])
    + r"|une (?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine) d(?:e |')"
    + r"|\d{1,3})"
)

# A day that is named without its year is to come when it is so near, in days; else it is past.
_SOON = 45

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month of a year or a day of a month; what is not told is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        parts = [f"{self.year:04d}" if self.year else "", self.month, self.day]
        return "-".join(part if isinstance(part, str) else f"{part:02d}" for part in parts if part)


@cache
def point(iso: str) -> Point | None:
    """Read a year, a month or a day written as ISO 8601; None for a date that does not exist.

    Examples
    --------
    >>> point("2024-11")
    Point(year=2024, month=11, day=None)
    """
    match = _ISO.fullmatch(iso)
    if not match:
        return None
    return real(*(int(part) if part else None for part in match.groups()))


def real(year: int | None, month: int | None = None, day: int | None = None) -> Point | None:
    """Give a point; None where there is no such month or day, a year aside."""
    if month is not None and not 1 <= month <= 12:
        return None
    if month and day is not None and not 1 <= day <= calendar.monthrange(year or 2024, month)[1]:
        return None
    return Point(year, month, day)


def count(words: str) -> int:
    """Give the value of a match of ``NUMBER``.

    Examples
    --------
    >>> count("cinq"), count("une dizaine d'"), count("12")
    (5, 10, 12)
    """
    if words.isdecimal():
        return int(words)
    said = [NUMBERS[word] for word in words.replace("d'", " ").split() if word in NUMBERS]
    return max(said, default=1)


def last_before(today: Point, month: int, day: int | None, *, strictly: bool = False) -> Point:
    """Give the last such month up to ``today``, before its month where ``strictly``.

    A day may also be one that is to come soon: a call to strike is for the week after it.
    """
    year = today.year or 0
    if day is None:
        passed = month < (today.month or 13) or (month == today.month and not strictly)
        return Point(year if passed else year - 1, month)
    now = date(year, today.month or 12, min(today.day or 28, 28))
    limit = now + timedelta(days=-1 if strictly else _SOON)
    near = [one for one in (year - 1, year, year + 1) if date(one, month, min(day, 28)) <= limit]
    return Point(max(near), month, day)


def next_after(today: Point, month: int, day: int | None) -> Point:
    """Give the first such month or day after ``today``."""
    year = today.year or 0
    coming = (month, day or 0) > (today.month or 0, (today.day or 0) if day else 0)
    return Point(year if coming else year + 1, month, day)


def months_before(today: Point, months: int) -> Point:
    """Give the month that was so many months before that of ``today``."""
    total = (today.year or 0) * 12 + (today.month or 1) - 1 - months
    return Point(total // 12, total % 12 + 1)


def days_before(today: Point, days: int) -> Point:
    """Give the day that was so many days before ``today``, which is a day."""
    then = date(today.year or 1, today.month or 1, today.day or 1) - timedelta(days=days)
    return Point(then.year, then.month, then.day)


def first_day(when: Point) -> str:
    """Give the first day of a year, a month or a day."""
    return f"{when.year:04d}-{when.month or 1:02d}-{when.day or 1:02d}"


def last_day(when: Point) -> str:
    """Give the last day of a year, a month or a day."""
    month = when.month or 12
    day = when.day or calendar.monthrange(when.year or 2024, month)[1]
    return f"{when.year:04d}-{month:02d}-{day:02d}"
