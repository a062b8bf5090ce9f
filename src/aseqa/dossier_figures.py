"""Figures given now that are newer than those of pinned quotes, for the same thing and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aseqa.answers import Figure, Quote
from aseqa.figures import figures_in
from aseqa.periods import period_years

# No sentence of a real document is longer; reading its figures takes the square of it.
MAX_READ_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class NewerFigure:
    """A figure of a pinned quote and a newer one, each as it is written, with its date."""

    counted: str
    before: str
    before_date: str
    after: str
    after_date: str
    after_quote: Quote

    def to_dict(self) -> dict[str, Any]:
        record: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        record["after_quote"] = self.after_quote.to_dict()
        return record


def newer_figures(
    pinned: Sequence[Mapping[str, Any]], quotes: Sequence[Quote]
) -> tuple[NewerFigure, ...]:
    """Find, for each figure of a pinned quote, the newest of ``quotes`` that it compares with.

    ``quotes`` are those that are new or changed. Only what is dated counts: by what the
    sentence says, or else both by when they were published.
    """
    now = [(figure, quote.date, quote) for quote in quotes for figure in _figures(quote.to_dict())]
    found: dict[tuple[str, str, str], NewerFigure] = {}
    for record in pinned:
        for figure in _figures(record):
            newer = _newest(figure, record.get("date"), now)
            if newer:
                found.setdefault((newer.counted, newer.before, newer.before_date), newer)
    return tuple(found.values())


def _figures(record: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Read the figures of a quote's record; only those whose thing counted is sure."""
    if len(record["text"]) > MAX_READ_CHARS:
        return ()
    places = record.get("territories")
    listed = places if isinstance(places, list | tuple) else ()
    territories = tuple(place for place in listed if isinstance(place, str))
    found = figures_in(
        record["text"],
        record.get("date"),
        territories,
        record.get("before") or "",
        record.get("title") or "",
    )
    return tuple(figure for figure in found if figure.counted is not None)


def _newest(
    figure: Figure, published: str | None, now: Sequence[tuple[Figure, str | None, Quote]]
) -> NewerFigure | None:
    newer = [
        NewerFigure(figure.counted or "", figure.text, dates[0], other.text, dates[1], quote)
        for other, date, quote in now
        if _same_thing(figure, other) and (dates := _newer(figure, published, other, date))
    ]
    return max(newer, key=lambda one: one.after_date, default=None)


def _same_thing(one: Figure, other: Figure) -> bool:
    return (
        one.counted == other.counted
        and one.unit == other.unit
        and set(one.territories) == set(other.territories)
    )


def _newer(
    before: Figure, before_date: str | None, after: Figure, after_date: str | None
) -> tuple[str, str] | None:
    """Give both dates when the second one is later beyond doubt."""
    if before.as_of and after.as_of:
        later = _is_later(before.as_of, after.as_of)
        return (before.as_of, after.as_of) if later else None
    if before.as_of or after.as_of or not before_date or not after_date:
        return None
    later = _is_later(before_date[:10], after_date[:10])
    return (before_date[:10], after_date[:10]) if later else None


def _is_later(before: str, after: str) -> bool:
    """Tell whether a period begins once the other is over; words that are no date never do."""
    try:
        last, first = period_years(before)[1], period_years(after)[0]
    except ValueError:
        return False
    return last is not None and last < first
