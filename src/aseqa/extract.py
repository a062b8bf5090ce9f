"""From the sentences read to the sentences quoted, and the words in them that answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aseqa.answer_type import typed_spans
from aseqa.answers import Span
from aseqa.cascade import Scored
from aseqa.features import (
    Candidate,
    counted_held,
    name_share,
    place_nearness,
    years_met,
)
from aseqa.question import Question
from aseqa.text import Token, squeeze, term, tokens

# Kinds of answer that are figures, and those whose form is sure enough to check the reader by.
FIGURES = frozenset(("number", "money", "share", "age", "duration"))
FORMED = FIGURES | {"date", "law"}
# What an answer may open and close with, besides letters and digits.
OPENING = '«“"('
CLOSING = '»”")%€°'


def in_reading_order(scored: Sequence[Scored]) -> list[Scored]:
    """Sort by document and place, the scores handed out again in that order."""
    shares = [item.share for item in scored]
    placed = sorted(scored, key=lambda s: (s.row.document, s.row.sentence.start))
    return [replace(item, share=share) for item, share in zip(placed, shares, strict=True)]


def readings(question: Question, scored: list[Scored]) -> list[Scored]:
    """Leave out what is no reading: headings, and the fields of a record that nobody asked for."""
    bare = {"heading"} if question.fields else {"heading", "field"}
    return [one for one in scored if one.candidate.role not in bare] or scored


def choose(question: Question, scored: Sequence[Scored], k: int, floor: float) -> list[Scored]:
    """Take up to ``k`` distinct sentences in order.

    After the first, only those whose share is at least ``floor`` times the
    first's and that speak of the places, years and names of the question; where a
    figure is asked for, those that give another one before those that repeat it.
    With a ``floor`` of 0 all of them, as a ranking.
    """
    distinct: list[Scored] = []
    seen: list[str] = []
    for item in scored:
        words = squeeze(item.row.sentence.text)
        repeated = any(words in other or other in words for other in seen)
        weak = bool(distinct) and item.share < floor * distinct[0].share
        if repeated or weak or (distinct and floor and _elsewhere(question, item.candidate)):
            continue
        distinct.append(item)
        seen.append(words)
    kinds = [kind for kind in question.expects if kind in FIGURES]
    if not floor or not kinds:
        return distinct[:k]
    return sorted(_other_figures_first(kinds, distinct)[:k], key=distinct.index)


def _other_figures_first(kinds: Sequence[str], items: Sequence[Scored]) -> list[Scored]:
    """Put those that give a figure not given before, in their order, before the others."""
    given: set[str] = set()
    fresh: list[Scored] = []
    repeating: list[Scored] = []
    for item in items:
        text = item.row.sentence.text
        figures = {squeeze(s.text) for kind in kinds for s in typed_spans(text, kind)}
        (fresh if figures - given or item is items[0] else repeating).append(item)
        given |= figures
    return fresh + repeating


def answer_span(question: Question, item: Scored) -> Span | None:
    """Find the answer's words in a sentence: the reader's, in the form of what is asked for.

    Where the question expects a thing that has a sure form (a figure with what it counts, a
    date, a law), one that the reader's words touch is taken whole, else the one nearest to the
    question's terms. None when nothing but the whole sentence answers.
    """
    text = item.row.sentence.text
    read = _trimmed(text, item.start, item.end)
    formed = [kind for kind in question.expects if kind in FORMED]
    return _typed_span(question, text, formed, read) or read


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Make a span without outer spaces and punctuation; None when it is the whole text."""
    while start < end and not text[start].isalnum() and text[start] not in OPENING:
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in CLOSING:
        end -= 1
    if start >= end or end - start >= len(text.rstrip(" .;:!?")):
        return None
    return Span(start, end, text[start:end])


def _typed_span(
    question: Question, text: str, kinds: Sequence[str], read: Span | None
) -> Span | None:
    """Find the words of an expected form that the reader saw, or nearest to the question's terms.

    What counts something else than the question asks for comes last.
    """
    matched = [t for t in tokens(text) if term(t) in question.weights]
    for kind in kinds:
        spans = [s for s in typed_spans(text, kind) if not _in_question(s, question)]
        if spans:
            return min(
                spans,
                key=lambda s: (
                    counted_held(question, s.text) is False,
                    read is None or s.end <= read.start or read.end <= s.start,
                    min((_gap(s, t) for t in matched if not s.start <= t.start < s.end), default=0),
                    s.start,
                ),
            )
    return None


def _gap(span: Span, token: Token) -> int:
    """Give the number of characters between a span and a word outside it."""
    return max(token.start - span.end, span.start - token.end)


def _in_question(span: Span, question: Question) -> bool:
    """Tell whether the question already holds these words: then they answer nothing."""
    return squeeze(span.text) in squeeze(question.text)


def _elsewhere(question: Question, candidate: Candidate) -> bool:
    """Tell whether a candidate speaks of other places, years or people than the question."""
    return bool(
        (question.places and place_nearness(question, candidate) < 0)
        or (question.years and not years_met(question, candidate))
        or (question.names and name_share(question, candidate) < 0)
    )
