"""Times said in a French text: dates, months, years, spans, and what counts from today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from aseqa.calendar_words import (
    MONTH_NUMBERS,
    Point,
    last_before,
    last_day,
    next_after,
    point,
    real,
)
from aseqa.flat_text import flat
from aseqa.named_texts import is_of_a_text
from aseqa.relative_times import relative_times
from aseqa.time_patterns import absolute_times, time_contexts


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time said at ``form[start:end]`` of the levelled text.

    ``role`` is ``at`` (a point or a span), ``since`` and ``until`` (open ones), ``now`` ("à ce
    jour"), ``during`` ("en dix ans"), ``compared`` ("par rapport à 2022", "qu'en 2015") or
    ``named`` (the date of a law or of a report, which nothing holds for).
    """

    start: int
    end: int
    period: str
    role: str = "at"


@lru_cache(maxsize=128)
def time_phrases(text: str, published: str | None) -> tuple[TimePhrase, ...]:
    """Find the times said in ``text``, in order; those that count from today need ``published``.

    Offsets are those of ``flat(text).form``.

    Examples
    --------
    >>> [phrase.period for phrase in time_phrases("De 2018 à 2022, puis en mai 2023", None)]
    ['2018/2022', '2023-05']
    """
    form = flat(text).form
    today = point((published or "")[:10])
    found = [*_joined(form, list(_points(form, today))), *relative_times_of(form, today)]
    kept: list[TimePhrase] = []
    for phrase in sorted(found, key=lambda phrase: (phrase.start, -phrase.end)):
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return tuple(
        replace(phrase, role="named")
        if phrase.role != "now" and is_of_a_text(form, phrase.start, phrase.end)
        else phrase
        for phrase in kept
    )


def relative_times_of(form: str, today: Point | None) -> Iterator[TimePhrase]:
    """Give what counts from ``today`` as phrases."""
    for start, end, period, role in relative_times(form, today):
        yield TimePhrase(start, end, period, role)


def _points(form: str, today: Point | None) -> Iterator[tuple[int, int, Point | str]]:
    """Find points in time, and spans written with a dash, with where they stand."""
    for match in absolute_times().finditer(form):
        when = _point_of(match, form, today)
        if when is not None:
            yield match.start(), match.end(), when


def _point_of(match: re.Match[str], form: str, today: Point | None) -> Point | str | None:
    said = match.groupdict()
    if said["iso"]:
        return point(said["iso"])
    if said["num_year"]:
        return real(int(said["num_year"]), int(said["num_month"]), int(said["num_day"]))
    if said["day"]:
        return _dated(match, form, today, "day_month", "day_year", int(said["day"]))
    if said["month"]:
        return _dated(match, form, today, "month", "month_year", None)
    if said["term"]:
        return _term(said["term"], said["term_kind"], said["term_year"], today)
    if said["decade"]:
        first = int(said["decade"]) if len(said["decade"]) == 4 else 1900 + int(said["decade"])
        return f"{first}/{first + 9}"
    if said["from_year"]:
        return _years(said["from_year"], said["to_year"])
    return Point(int(said["year"])) if _is_year(match, form) else None


def _dated(
    match: re.Match[str], form: str, today: Point | None, month: str, year: str, day: int | None
) -> Point | None:
    """Read a day or a month; one without its year is the last one, or the next if so said."""
    number = MONTH_NUMBERS[match.group(month)]
    if match.group(year):
        return real(int(match.group(year)), number, day)
    before, patterns = form[max(0, match.start() - 12) : match.start()], time_contexts()
    last = patterns["last"].match(form, match.end())
    if not (day or last or patterns["month_before"].search(before)):
        return None
    if today is None or real(2024, number, day) is None:
        return real(None, number, day)
    if patterns["next"].match(form, match.end()):
        return next_after(today, number, day)
    return last_before(today, number, day, strictly=bool(last))


def _term(ordinal: str, kind: str, year: str | None, today: Point | None) -> str | None:
    """Read a half or a quarter of a year; one without its year is the last that is over."""
    terms, months = (2, 6) if kind == "semestre" else (4, 3)
    order = {"p": 1, "1": 1, "s": 2, "2": 2, "d": 2, "t": 3, "3": 3, "q": 4, "4": 4}
    last = (terms if ordinal == "dernier" else order[ordinal[0]]) * months
    if year is None and (today is None or today.month is None):
        return None
    if year is None and today and today.year and today.month:
        year = str(today.year if last <= today.month else today.year - 1)
    return f"{year}-{last - months + 1:02d}/{year}-{last:02d}"


def _years(first: str, last: str) -> str | None:
    """Read "2021-2025" and "2022-23"; None where the second is no later year."""
    whole = last if len(last) == 4 else first[:2] + last
    return f"{first}/{whole}" if first < whole else None


def _is_year(match: re.Match[str], form: str) -> bool:
    """Tell a year from a quantity ("2000 enfants") and from the number of an article."""
    before, patterns = form[max(0, match.start() - 14) : match.start()], time_contexts()
    if patterns["counted"].search(before) or form[match.start() - 1 : match.start()].isalpha():
        return False
    return bool(
        patterns["year_before"].search(before)
        or not patterns["unit_after"].match(form, match.end())
    )


def _joined(form: str, found: list[tuple[int, int, Point | str]]) -> Iterator[TimePhrase]:
    """Join "entre 2018 et 2022", open "depuis 2019", and give the rest as they are."""
    place = 0
    while place < len(found):
        start, end, when = found[place]
        joined = _interval(form, found[place], found[place + 1]) if found[place + 1 :] else None
        place += 2 if joined else 1
        if joined:
            yield joined
        elif isinstance(when, str):
            yield TimePhrase(start, end, when)
        elif when.year is not None:
            yield _single(form, start, end, when)


def _interval(
    form: str, one: tuple[int, int, Point | str], other: tuple[int, int, Point | str]
) -> TimePhrase | None:
    """Join two points that "entre … et …" or "de … à …" make the ends of a span."""
    (start, end, when), (after, last, until), patterns = one, other, time_contexts()
    if isinstance(when, str) or isinstance(until, str) or until.year is None or after - end > 20:
        return None
    if not patterns["to"].fullmatch(form, end, after):
        return None
    before = form[max(0, start - 20) : start]
    listed = before.endswith("en ") and form[end:after] in (" et ", " et en ")
    if listed and not (when.month or until.month):
        return TimePhrase(start, last, f"{when.iso}/{until.iso}") if _follow(when, until) else None
    if not patterns["from"].search(before):
        return None
    told = form[start:end][-4:].isdigit()
    first = when if told else Point(until.year, when.month, when.day)
    if first.iso >= until.iso:
        return None
    return TimePhrase(start, last, f"{first.iso}/{until.iso}")


def _single(form: str, start: int, end: int, when: Point) -> TimePhrase:
    """Read the words before a point: "depuis", "jusqu'au", "d'ici", "fin", "par rapport à"."""
    before, patterns = form[max(0, start - 40) : start], time_contexts()
    iso = last_day(when) if not when.day and patterns["end"].search(before) else when.iso
    if patterns["since"].search(before):
        return TimePhrase(start, end, f"{iso}/..", "since")
    if patterns["until"].search(before):
        return TimePhrase(start, end, f"../{iso}", "until")
    compared = patterns["compared"].search(form[max(0, start - 80) : start])
    return TimePhrase(start, end, iso, "compared" if compared else "at")


def _follow(when: Point, until: Point) -> bool:
    """Tell whether one year comes right after another: "en 2022 et 2023" is one span."""
    return (when.year or 0) + 1 == until.year
