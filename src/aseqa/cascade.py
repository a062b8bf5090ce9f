"""The cascade: of the sentences found, cheap signals choose a dozen, and these are read closely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aseqa.features import Candidate
from aseqa.lookup import Lookup, StoredSentence
from aseqa.pairs import Context, leans
from aseqa.question import Question
from aseqa.ranker import Ranker
from aseqa.reader import Reader
from aseqa.records import Document, Sentence
from aseqa.retrieve import Hit

# Sentences that cheap signals rank, and how many of them are read closely.
RANKED = 64
READ = 12


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with what the reader thinks of it.

    ``share`` is the softmax of the scores over the candidates of the question:
    it keeps their order and lies between 0 and 1. ``start`` and ``end`` are the
    answer's words in the sentence.
    """

    row: StoredSentence
    candidate: Candidate
    share: float
    probability: float
    start: int
    end: int


def read_candidates(
    question: Question, hits: Sequence[Hit], lookup: Lookup, ranker: Ranker, reader: Reader
) -> list[Scored]:
    """Have the most promising hits read; sorted by (-share, document, start)."""
    rows, candidates = chosen_to_read(question, hits, lookup, ranker)
    readings = reader.read(question, candidates, [context_of(row, lookup) for row in rows])
    best = max((reading.score for reading in readings), default=0.0)
    whole = sum(math.exp(reading.score - best) for reading in readings)
    scored = [
        Scored(row, candidate, math.exp(r.score - best) / whole, r.probability, r.start, r.end)
        for row, candidate, r in zip(rows, candidates, readings, strict=True)
    ]
    return sorted(scored, key=lambda s: (-s.share, s.row.document, s.row.sentence.start))


def chosen_to_read(
    question: Question, hits: Sequence[Hit], lookup: Lookup, ranker: Ranker
) -> tuple[list[StoredSentence], list[Candidate]]:
    """Choose the sentences that are read closely, best first, and say what is known of each."""
    rows, candidates = candidates_of(hits[:RANKED], lookup)
    order = ranker.order(question, candidates)[:READ]
    return [rows[i] for i in order], [candidates[i] for i in order]


def context_of(row: StoredSentence, lookup: Lookup) -> Context:
    """Give a sentence with what is read beside it: the title, and the sentence before.

    An item of an enumeration is read after the words that open it; another sentence
    after the one before it where it leans on it.
    """
    document = lookup.document(row.document)
    before, _ = neighbours(row, lookup)
    if row.sentence.role != "item" and not leans(row.sentence.text):
        before = ""
    return Context(document.title or "", before, row.sentence.text)


def candidates_of(
    hits: Sequence[Hit], lookup: Lookup
) -> tuple[list[StoredSentence], list[Candidate]]:
    """Give the sentences of ``hits`` and what is known of each."""
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
