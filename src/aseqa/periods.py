"""As of when: the date or period that a sentence, or a figure in it, holds for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from aseqa.calendar_words import first_day, last_day, point
from aseqa.flat_text import flat
from aseqa.period_choice import main_period, nearest_period
from aseqa.records import Document, Sentence
from aseqa.time_phrases import TimePhrase, time_phrases


def period_at(
    text: str, start: int, end: int, published: str | None, inherited: str | None = None
) -> str | None:
    """Give the period that ``text[start:end]``, a figure or a whole sentence, holds for.

    ``published`` is the date that "l'an dernier" counts from, ``inherited`` the period that "à
    cette date" stands for. None where nothing tells.

    Examples
    --------
    >>> text = "En 2023, 500 enfants, contre 450 en 2022."
    >>> period_at(text, 9, 20, None), period_at(text, 29, 32, None)
    ('2023', '2022')
    """
    said, level = _told(text, published), flat(text)
    taken = inherited if inherited and _taken_up().search(level.form) else None
    if not said:
        return taken
    first, last = level.levelled(start), level.levelled(end)
    if first <= said[0].start and said[-1].end <= last:
        return main_period(level.form, said) or taken
    place = bisect_left(said, first, key=lambda phrase: phrase.start)
    if place < len(said) and said[place].end <= last:
        return said[place].period
    return nearest_period(level.form, said, first, last) or taken


def periods_of(document: Document, sentences: Sequence[Sentence]) -> list[str | None]:
    """Give the period that each sentence of a document holds for; None where nothing tells."""
    found: list[str | None] = []
    before: str | None = None
    for sentence in sentences:
        section = document.sections[sentence.section] if document.sections else None
        published = (section.date if section else None) or document.date
        held = None if sentence.role == "field" else sentence.text
        found.append(period_at(held, 0, len(held), published, before) if held else None)
        before = found[-1] or before
    return found


def period_years(period: str) -> tuple[str, str | None]:
    """Give the first and the last day of a period; None for the last of an open one.

    One that is open to the left ("../2026") begins on the first day that ISO 8601 has.

    Raises
    ------
    ValueError
        When ``period`` is not one that `period_at` gives.

    Examples
    --------
    >>> period_years("2024"), period_years("2022-02/..")
    (('2024-01-01', '2024-12-31'), ('2022-02-01', None))
    """
    start, _, end = period.partition("/")
    first, last = point("0001" if start == ".." else start), point(end or start)
    if first is None or (last is None and (end != ".." or start == "..")):
        raise ValueError(period)
    return first_day(first), last_day(last) if last else None


@lru_cache(maxsize=128)
def _told(text: str, published: str | None) -> tuple[TimePhrase, ...]:
    """Give the times that something holds for, those that name a text left out."""
    return tuple(phrase for phrase in time_phrases(text, published) if phrase.role != "named")


@cache
def _taken_up() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:a|depuis) (?:cette|la meme) date\b|\bcette annee[- ]la\b|\b(?:la meme|meme) annee\b"
        r"|\ba la meme (?:periode|epoque)\b|\bce jour-la\b|\bce mois-la\b"
    )
