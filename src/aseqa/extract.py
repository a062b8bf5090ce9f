"""From the sentences found to the sentences quoted, or to a reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aseqa.answer_type import typed_spans
from aseqa.features import (
    Candidate,
    TermStatistics,
    counted_held,
    name_share,
    numbers_met,
    place_nearness,
    years_met,
)
from aseqa.lookup import Lookup, StoredSentence
from aseqa.question import Question
from aseqa.reader import Reader
from aseqa.records import Document, Sentence, Span
from aseqa.retrieve import Hit
from aseqa.scope import asks_reply, questions_meant
from aseqa.text import Token, squeeze, term, terms, tokens

# Sentences given to the reader.
READ = 64
# A question that shares less than this with its best sentence and its surroundings is off topic.
TOPIC_COVERAGE = 0.25
TOPIC_COSINE = 0.83
# Kinds of answer that are figures.
FIGURES = frozenset(("number", "money", "share", "age", "duration"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with what the reader thinks of it.

    ``share`` is the softmax of the scores over the candidates of the question:
    it keeps their order and lies between 0 and 1.
    """

    row: StoredSentence
    candidate: Candidate
    share: float
    probability: float


def read_candidates(
    question: Question, hits: Sequence[Hit], lookup: Lookup, reader: Reader
) -> list[Scored]:
    """Have the best hits read; sorted by (-share, document, start)."""
    rows, candidates = candidates_of(hits[:READ], lookup)
    readings = reader.read(question, candidates)
    best = max((reading.score for reading in readings), default=0.0)
    whole = sum(math.exp(reading.score - best) for reading in readings)
    scored = [
        Scored(row, candidate, math.exp(reading.score - best) / whole, reading.probability)
        for row, candidate, reading in zip(rows, candidates, readings, strict=True)
    ]
    return sorted(scored, key=lambda s: (-s.share, s.row.document, s.row.sentence.start))


def candidates_of(
    hits: Sequence[Hit], lookup: Lookup
) -> tuple[list[StoredSentence], list[Candidate]]:
    """Give the sentences of ``hits`` and what the reader is to see of each."""
    rows = {row.id: row for row in lookup.sentences([hit.id for hit in hits])}
    found = [(rows[hit.id], hit) for hit in hits if hit.id in rows]
    return [row for row, _ in found], [_candidate(row, hit, lookup) for row, hit in found]


def _candidate(row: StoredSentence, hit: Hit, lookup: Lookup) -> Candidate:
    document = lookup.document(row.document)
    section = document.sections[row.sentence.section]
    before, _ = neighbours(row, lookup)
    return Candidate(
        text=row.sentence.text,
        role=row.sentence.role,
        voice=row.sentence.voice,
        date=section.date,
        around=f"{section.name}. {before}",
        document=describe(document),
        section_text=document.text[section.start : section.end],
        section=section.name,
        hit=hit,
    )


def describe(document: Document) -> str:
    """Give the words by which a question may name a document."""
    facts = document.metadata
    named = (document.title, document.author, facts.get("group"), document.publisher)
    return ". ".join(part for part in (*named, facts.get("number")) if part)


def neighbours(row: StoredSentence, lookup: Lookup) -> tuple[str, str]:
    """Give the sentences before and after, within the section; empty where there is none.

    What stands before an item is the words that open its enumeration.
    """
    rows = lookup.document_sentences(row.document)
    position = next(i for i, other in enumerate(rows) if other.id == row.id)
    beside = [
        rows[i].sentence if 0 <= i < len(rows) else None for i in (position - 1, position + 1)
    ]
    before, after = (
        s.text if s is not None and s.section == row.sentence.section else "" for s in beside
    )
    if row.sentence.role == "item":
        before = _lead_in([other.sentence for other in rows[:position]]) or before
    return before, after


def _lead_in(earlier: Sequence[Sentence]) -> str:
    """Give the words that open the enumeration whose items end ``earlier``."""
    for sentence in reversed(earlier):
        if sentence.role != "item":
            return sentence.text
    return ""


def in_reading_order(scored: Sequence[Scored]) -> list[Scored]:
    """Sort by document and place, the scores handed out again in that order."""
    shares = [item.share for item in scored]
    placed = sorted(scored, key=lambda s: (s.row.document, s.row.sentence.start))
    return [replace(item, share=share) for item, share in zip(placed, shares, strict=True)]


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


def answer_span(question: Question, text: str) -> Span | None:
    """Find the words of ``text`` that are of the expected kind, nearest to the question's terms.

    None when the question expects nothing that has a form, or the text holds no such thing.
    """
    matched = [t for t in tokens(text) if term(t) in question.weights]
    for kind in question.expects:
        spans = [s for s in typed_spans(text, kind) if not _in_question(s, question)]
        if spans:
            return min(
                spans,
                key=lambda s: (
                    counted_held(question, s.text) is False,
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


def reason_code(
    question: Question,
    scored: Sequence[Scored],
    statistics: TermStatistics,
    lookup: Lookup,
    confident: bool,
) -> str | None:
    """Say why the best sentence is no answer, or None when it may be one."""
    if not scored:
        return "out_of_corpus"
    best = scored[0]
    if asks_reply(question) and _unanswered(question, best, lookup):
        return "no_answer_published"
    if missing_entities(question, best.candidate, statistics):
        return "missing_entity"
    if confident:
        return None
    return "no_answer_sentence" if _on_topic(question, best.candidate) else "out_of_corpus"


def _unanswered(question: Question, best: Scored, lookup: Lookup) -> bool:
    """Tell whether the reply that is asked for is one that the record does not hold.

    The question meant is the one whose author or number is named, else the one
    that the best sentence stands in.
    """
    meant = questions_meant(question, lookup)
    if not meant and best.candidate.voice.kind == "parlementaire":
        meant = [lookup.document(best.row.document)]
    return bool(meant) and all(d.metadata.get("answered") == "false" for d in meant)


def missing_entities(
    question: Question, candidate: Candidate, statistics: TermStatistics
) -> list[str]:
    """Name what the question names and the candidate's reach does not hold."""
    missing: list[str] = []
    if question.places and place_nearness(question, candidate) < 0:
        missing += sorted(question.places)
    if question.years and not years_met(question, candidate):
        missing += sorted(question.years)
    if question.numbers and not numbers_met(question, candidate):
        missing += sorted(question.numbers)
    if question.names and name_share(question, candidate) < 0:
        missing += [n for n in sorted(question.names) if not _known(n, statistics)]
    return missing


def _elsewhere(question: Question, candidate: Candidate) -> bool:
    """Tell whether a candidate speaks of other places, years or people than the question."""
    return bool(
        (question.places and place_nearness(question, candidate) < 0)
        or (question.years and not years_met(question, candidate))
        or (question.names and name_share(question, candidate) < 0)
    )


def _known(name: str, statistics: TermStatistics) -> bool:
    return all(statistics.frequency(word) > 0 for word in terms(name))


def _on_topic(question: Question, candidate: Candidate) -> bool:
    own = question.own_terms
    near = set(terms(f"{candidate.text} {candidate.around} {candidate.document}"))
    share = len(own & near) / len(own) if own else 0.0
    return share >= TOPIC_COVERAGE or candidate.hit.cosine >= TOPIC_COSINE
