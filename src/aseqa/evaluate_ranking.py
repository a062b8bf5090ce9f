"""The ranking of sentences behind each answer, judged against all sentences of the corpus.

What is ranked are the sentences that the reader read, before any decision to answer:
about a dozen a question, none that repeats another. A sentence is right when the gold
file calls it so, wherever it stands: that makes the judgements of the whole corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aseqa.answers import Answer, Quote
from aseqa.estimates import Estimate, mean_estimate
from aseqa.followup import Turn, next_turn
from aseqa.gold import GoldQuestion
from aseqa.judge import Answering, FoundPassage, Judged, judge
from aseqa.measures import ndcg_at_k, recall_at_k
from aseqa.records import Document, SourceView
from aseqa.trec import sentence_name

TOP = 10
# More than the reader reads: all of it.
DEPTH = 100
# What the judgements name where no sentence holds an answer whole: the question still counts.
NO_SENTENCE = "-"


class Judging(Answering, Protocol):
    """What is evaluated, with all of its corpus."""

    def documents(self) -> Sequence[Document]: ...


@dataclass(frozen=True, slots=True)
class JudgedRanking:
    """The sentences found for a question, best first, and all that are right, by their names."""

    id: str
    ranking: tuple[str, ...]
    right: tuple[str, ...]

    def measures(self) -> dict[str, float]:
        """Give the measures by name; 0 where no sentence holds an answer whole."""
        names = set(self.right)
        relevance = [name in names for name in self.ranking]
        gains, judged = [float(right) for right in relevance], [1.0] * len(names)
        return {
            f"sentence_ndcg@{TOP}": ndcg_at_k(gains, judged, TOP) if names else 0.0,
            f"sentence_recall@{TOP}": recall_at_k(relevance, len(names), TOP) if names else 0.0,
        }


class Overheard:
    """An assistant whose last ranking is kept, as deep as it goes."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        self.ranked: tuple[Quote, ...] = ()

    @property
    def generation(self) -> str:
        return self._assistant.generation

    def ask(self, question: str, /, k: int = 3, *, previous: Turn | None = None) -> Answer:
        if previous is None:
            return self._assistant.ask(question, k=k)
        return self._assistant.ask(question, k=k, previous=previous)

    def rank(self, question: str, /, k: int = 10) -> Sequence[Quote]:
        self.ranked = tuple(self._assistant.rank(question, k=max(k, DEPTH)))
        return self.ranked[:k]

    def passages(self, question: str, /, k: int = 20) -> Sequence[FoundPassage]:
        return self._assistant.passages(question, k=k)

    def source(self, document: str, /) -> SourceView:
        return self._assistant.source(document)


def judge_in_turn(assistant: Answering, questions: Iterable[GoldQuestion]) -> Iterator[Judged]:
    """Ask questions one by one, the turns of a conversation each after the one before."""
    previous: Turn | None = None
    for question in questions:
        previous = previous if question.turn > 1 else None
        judged = judge(assistant, question, previous)
        yield judged
        previous = next_turn(previous, judged.answer)


def judge_rankings(
    assistant: Judging, questions: Iterable[GoldQuestion]
) -> Iterator[tuple[Judged, JudgedRanking]]:
    """Ask questions one by one; give each with the ranking behind its answer."""
    heard = Overheard(assistant)
    index = ""
    names: tuple[str, ...] = ()
    for one in judge_in_turn(heard, questions):
        if assistant.generation != index:  # documents come and go
            index = assistant.generation
            names = tuple(document.id for document in assistant.documents())
        found = tuple(sentence_name(q.document, q.start, q.end) for q in heard.ranked)
        yield one, JudgedRanking(one.gold.id, found, right_sentences(assistant, one.gold, names))


def right_sentences(
    assistant: Answering, gold: GoldQuestion, documents: Iterable[str]
) -> tuple[str, ...]:
    """Name the sentences of these documents that answer a question, in the order of the texts."""
    right: dict[str, None] = {}
    for name in documents:
        if not any(name.startswith(answer.doc) for answer in gold.answers):
            continue
        source = assistant.source(name)
        # What the whole text does not hold, none of its sentences does.
        if gold.is_right(name, source.document.text):
            for sentence in source.sentences:
                if gold.is_right(name, sentence.text):
                    right[sentence_name(name, sentence.start, sentence.end)] = None
    return tuple(right)


def ranking_estimates(rankings: Sequence[JudgedRanking]) -> dict[str, Estimate]:
    """Measure rankings, those of the questions that have an answer."""
    by_question = [one.measures() for one in rankings]
    names = by_question[0] if by_question else ()
    return {name: mean_estimate([values[name] for values in by_question]) for name in names}


def rankings_and_qrels(
    rankings: Iterable[JudgedRanking],
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, int]]]:
    """Give what ``trec`` writes; where no sentence answers whole, a grade of 0."""
    held = list(rankings)
    qrels = {one.id: dict.fromkeys(one.right, 1) or {NO_SENTENCE: 0} for one in held}
    return {one.id: one.ranking for one in held}, qrels
