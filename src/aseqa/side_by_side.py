"""Figures of the same thing side by side, each with its quote, newest first; no verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aseqa.answer_type import expected_types
from aseqa.answers import Figure, FigurePlace, Quote, QuotedFigure, Span
from aseqa.cascade import neighbours
from aseqa.cite import make_quote
from aseqa.extract import FIGURES
from aseqa.figures import answers, comparable, figures_in
from aseqa.lookup import Lookup, StoredSentence

# What is longer is a table or debris rather than a sentence that tells a figure.
MAX_SENTENCE_CHARS = 2000

Placed = tuple[StoredSentence, Figure]


def figures_side_by_side(
    question: str,
    quotes: Sequence[Quote],
    rows: Sequence[StoredSentence],
    lookup: Lookup,
    sealed: Callable[[Quote], Quote],
) -> tuple[QuotedFigure, ...]:
    """Give the figures that answer a question, and those of the same thing, newest first.

    Parameters
    ----------
    quotes
        The answer's, best first.
    rows
        The sentences that retrieval found, best first.
    sealed
        Seals the quote of a figure.

    The first figure of the quotes that counts what is asked for says what the others are
    compared with; without one there is no table. Of another period, but otherwise the same,
    a figure is not set beside it; it only tells that there is a newer one.
    """
    if not FIGURES.intersection(expected_types(question)):
        return ()
    found = [(row, figure) for row in rows for figure in _figures_of(row, lookup)]
    told = _first_told(question, quotes, found)
    if told is None:
        return ()
    same = [_placed(*one, lookup) for one in found if _same_thing(one[1], told)]
    newest = max(same, key=lambda place: place.date)
    beside = [one for one in found if one[1] is told or comparable(one[1], told)]
    entries = []
    for row, figure in _distinct(beside):
        is_newest = _placed(row, figure, lookup).date >= newest.date
        quote = sealed(_quoted(row, figure, lookup))
        entries.append(QuotedFigure(figure, quote, None if is_newest else newest))
    return tuple(sorted(entries, key=_newest_first))


def _figures_of(row: StoredSentence, lookup: Lookup) -> tuple[Figure, ...]:
    document = lookup.document(row.document)
    section = document.sections[row.sentence.section]
    before, _ = neighbours(row, lookup)
    published = section.date or document.date
    about = row.sentence.territories
    if len(row.sentence.text) > MAX_SENTENCE_CHARS:
        return ()
    return figures_in(row.sentence.text, published, about, before, document.title or "")


def _first_told(question: str, quotes: Sequence[Quote], found: Sequence[Placed]) -> Figure | None:
    """Give the figure that the answer tells, or the first one found that answers."""
    places = {(quote.document, quote.start): rank for rank, quote in enumerate(quotes)}
    held = [
        (places[row.document, row.sentence.start], _aside(quotes, places, row, figure), figure)
        for row, figure in found
        if (row.document, row.sentence.start) in places and answers(question, figure)
    ]
    return min(held, key=lambda one: one[:2])[2] if held else None


def _aside(
    quotes: Sequence[Quote], places: dict[tuple[str, int], int], row: StoredSentence, figure: Figure
) -> bool:
    """Tell whether a figure stands outside the words that answer."""
    span = quotes[places[row.document, row.sentence.start]].span
    return span is None or figure.end <= span.start or span.end <= figure.start


def _distinct(found: Sequence[Placed]) -> Iterator[Placed]:
    """Keep the first of those that a document repeats."""
    seen = set()
    for row, figure in found:
        key = (row.document, row.sentence.voice.kind, figure.low, figure.high, figure.hedge)
        if key not in seen:
            seen.add(key)
            yield row, figure


def _same_thing(one: Figure, other: Figure) -> bool:
    """Tell whether two figures tell the same thing, of whatever period."""
    return comparable(replace(one, as_of=None), replace(other, as_of=None))


def _placed(row: StoredSentence, figure: Figure, lookup: Lookup) -> FigurePlace:
    """Give a figure's place, dated by the end of its own period, else by its publication."""
    document = lookup.document(row.document)
    published = document.sections[row.sentence.section].date or document.date or ""
    period = (figure.as_of or "").split("/")[-1]
    date = period if period not in ("", "..") else published
    first = row.sentence.start
    return FigurePlace(figure.text, date, row.document, first + figure.start, first + figure.end)


def _quoted(row: StoredSentence, figure: Figure, lookup: Lookup) -> Quote:
    span = Span(figure.start, figure.end, figure.text)
    return make_quote(row, lookup, 1, span, 1.0)


def _newest_first(entry: QuotedFigure) -> tuple[tuple[int, ...], str, int]:
    quote = entry.quote
    return tuple(-ord(char) for char in quote.date or ""), quote.document, quote.start
