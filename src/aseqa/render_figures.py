"""Figures side by side, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aseqa.answers import Quote, QuotedFigure
from aseqa.messages import message
from aseqa.render_words import one_line, voice_label, wrapped
from aseqa.wording import date_words

_INDENT = "   "


def figure_lines(figures: Sequence[QuotedFigure], width: int) -> Iterator[str]:
    """Give what is counted, then each figure with its date and who says it, newest first."""
    first = figures[0].figure
    facts = (first.counted, ", ".join(first.territories), period_words(first.as_of))
    about = message("fact_separator").join(one_line(fact) for fact in facts if fact)
    yield from wrapped(message("figures_heading", about=about), width, "")
    for entry in figures:
        date = date_words(entry.quote.date) if entry.quote.date else message("undated")
        said = (entry.figure.text, date, voice_label(entry.quote.voice))
        told = message("fact_separator").join(one_line(fact) for fact in said)
        yield from wrapped(f"- {told}", width, _INDENT, hanging="  ")
    yield from wrapped(message("figures_no_verdict"), width, _INDENT)


def newer_line(quote: Quote, figures: Sequence[QuotedFigure]) -> Iterator[str]:
    """Say that the corpus holds a newer figure than a quote's, if it does."""
    for entry in figures:
        same = (entry.quote.document, entry.quote.start) == (quote.document, quote.start)
        if same and entry.newer:
            date = date_words(entry.newer.date)
            yield message("figure_newer", text=one_line(entry.newer.text), date=date)
            return


def period_words(period: str | None) -> str:
    """Write an ISO date or interval in French.

    Examples
    --------
    >>> period_words("2019/2022"), period_words("2022/..")
    ('2019 à 2022', 'depuis 2022')
    """
    if not period:
        return ""
    start, _, end = period.partition("/")
    if not end:
        return date_words(start)
    if end == "..":
        return message("period_since", start=date_words(start))
    if start == "..":
        return message("period_until", end=date_words(end))
    return message("period_between", start=date_words(start), end=date_words(end))
