"""The last quote, given again: read anew from the store, never taken from a conversation."""

from __future__ import annotations

import time

from aseqa.answers import Answer, Quote, Span
from aseqa.cite import make_quote
from aseqa.followup import ABOUT_QUOTE, Resolved, Turn
from aseqa.lookup import Lookup


def quote_at(
    lookup: Lookup, document: str, start: int, end: int, span: tuple[int, int] | None = None
) -> Quote | None:
    """Cite the sentence that stands at a place again; None when there is none.

    Parameters
    ----------
    span
        The words to mark, as offsets in the sentence; left out when they are no part of it.
    """
    try:
        rows = lookup.document_sentences(document)
        found = lookup.document(document)
    except KeyError:
        return None
    row = next((r for r in rows if (r.sentence.start, r.sentence.end) == (start, end)), None)
    if row is None or found.text[start:end] != row.sentence.text:
        return None
    return make_quote(row, lookup, 1, _span(row.sentence.text, span), 1.0)


def _span(text: str, span: tuple[int, int] | None) -> Span | None:
    if span is None or not 0 <= span[0] < span[1] <= len(text):
        return None
    return Span(*span, text[span[0] : span[1]])


def same_quote(
    question: str, resolved: Resolved, previous: Turn | None, lookup: Lookup, generation: str
) -> Answer | None:
    """Answer a question about the last quote by that quote: its voice, date and reference say it.

    None when the question is about something else, or the index has changed since.
    """
    if resolved.kind != ABOUT_QUOTE or previous is None or previous.index != generation:
        return None
    started = time.perf_counter()
    last = previous.quotes[0]
    span = (last.span.start, last.span.end) if last.span else None
    quote = quote_at(lookup, last.document, last.start, last.end, span)
    if quote is None:
        return None
    return Answer(
        question=question,
        status="answered",
        reason=None,
        confidence=1.0,
        quotes=(quote,),
        nearest=(),
        index=generation,
        timings_ms={
            "retrieve": 0.0,
            "read": 0.0,
            "total": 1000 * (time.perf_counter() - started),
        },
        understood=resolved.text,
    )
