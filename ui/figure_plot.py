"""Figures over time, as what the browser draws a plot of (``assets/plot.js``).

Each mark is a figure: its value against the day it is about or was published, by voice. The
words that a mark says are written here; the browser only places them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from aseqa.answers import Figure, QuotedFigure
from aseqa.figures import comparable
from aseqa.messages import FRENCH, message
from aseqa.periods import period_years
from aseqa.render_figures import period_words
from aseqa.render_words import voice_label
from aseqa_ui.cards import dated, label, voice_class

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = ("plot_data.js", "plot.js")
_FIRST_DAY = "0001-01-01"  # of a period that is open to the left


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on the plot: its value, the day it stands at, and what it may range over.

    ``low`` and ``high`` are None for an open end, ``first`` and ``last`` (ISO days) too.
    ``is_open`` says that the value is no exact one: the mark is drawn hollow.
    """

    value: float
    low: float | None
    high: float | None
    is_open: bool
    day: str
    first: str | None
    last: str | None
    voice: str
    told: str
    place: tuple[str, int, int, str]

    def to_dict(self) -> dict[str, Any]:
        """Give the mark as the page's script reads it."""
        document, start, end, span = self.place
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "open": self.is_open,
            "day": self.day,
            "first": self.first,
            "last": self.last,
            "voice": self.voice,
            "told": self.told,
            "document": document,
            "start": start,
            "end": end,
            "span": span,
        }


def plot_html(figures: Sequence[QuotedFigure]) -> str:
    """Write what the plot is drawn from; nothing without two figures of different dates."""
    marks = plot_marks(figures)
    if len({mark.day for mark in marks}) < 2:
        return ""
    unit = f"plot_unit_{figures[0].figure.unit}"
    axis = "plot_axis_held" if _is_by_period(figures) else "plot_axis_published"
    voices = sorted({mark.voice for mark in marks})
    record = {
        "title": message("plot_heading"),
        "locale": message("plot_locale"),
        "x": message(axis),
        "y": message(unit if unit in FRENCH else "plot_unit_number"),
        "hint": message("plot_hint"),
        "hollow": message("plot_open") if any(mark.is_open for mark in marks) else "",
        "voices": [[voice, label("voice", voice, "autre")] for voice in voices],
        "marks": [mark.to_dict() for mark in marks],
    }
    data = escape(json.dumps(record, ensure_ascii=False))
    return f'<figure class="aq-plot" data-plot="{data}" hidden></figure>'


def plot_marks(figures: Sequence[QuotedFigure]) -> list[Mark]:
    """Make the marks of the figures that tell the same thing as the first, oldest first.

    They stand at the period that they are about where all tell one and not all the same one,
    else at their publication. A figure without a day or a value has no mark.
    """
    by_period = _is_by_period(figures)
    marks = [_mark(entry, by_period) for entry in figures if _same_thing(entry, figures[0])]
    return sorted((mark for mark in marks if mark), key=lambda mark: (mark.day, mark.value))


def _is_by_period(figures: Sequence[QuotedFigure]) -> bool:
    periods = [entry.figure.as_of for entry in figures]
    return None not in periods and len(set(periods)) > 1


def _same_thing(one: QuotedFigure, other: QuotedFigure) -> bool:
    return comparable(replace(one.figure, as_of=None), replace(other.figure, as_of=None))


def _mark(entry: QuotedFigure, by_period: bool) -> Mark | None:
    figure, quote = entry.figure, entry.quote
    days = _days(figure.as_of if by_period else quote.date)
    value = _value(figure)
    if days is None or value is None:
        return None
    day, first, last = days
    voice = voice_class(quote.voice).removeprefix("aq-voice-")
    place = (quote.document, quote.start, quote.end, f"{figure.start},{figure.end}")
    is_open = figure.hedge != "exact" or figure.low != figure.high
    told = _told(entry, by_period)
    ends = (figure.low, figure.high)
    return Mark(value, *ends, is_open, day, first, last, voice, told, place)


def _value(figure: Figure) -> float | None:
    """Give where a figure stands: its value, its only end, or the middle of its range."""
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _days(period: str | None) -> tuple[str, str | None, str | None] | None:
    """Give the day that a date or period stands at, and its first and last days.

    Examples
    --------
    >>> _days("2024-05-02"), _days("2022/..")
    (('2024-05-02', '2024-05-02', '2024-05-02'), ('2022-01-01', '2022-01-01', None))
    """
    try:
        first, last = period_years(period or "")
        days = [date.fromisoformat(day) for day in (first, last) if day and day != _FIRST_DAY]
    except ValueError:
        return None
    middle = date.fromordinal(sum(day.toordinal() for day in days) // len(days))
    return middle.isoformat(), None if first == _FIRST_DAY else first, last


def _told(entry: QuotedFigure, by_period: bool) -> str:
    """Say what a mark shows: the figure, how exact it is, its date, whose it is."""
    figure, told = entry.figure, " ".join(entry.figure.text.split())
    hedge = f"plot_hedge_{figure.hedge}"
    if hedge in FRENCH:
        told = message("plot_hedged", text=told, hedge=message(hedge))
    when = period_words(figure.as_of) if by_period else dated(entry.quote.date)
    key = "plot_mark_held" if by_period else "plot_mark_published"
    return message(key, figure=told, date=when, voice=voice_label(entry.quote.voice))


def plot_head() -> str:
    """Write what the plot adds to the page's head: its looks and its script."""
    looks = (_ASSETS / "plot.css").read_text(encoding="utf-8")
    script = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f"<style>{looks}</style><script>{script}</script>"
