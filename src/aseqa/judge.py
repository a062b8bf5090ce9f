"""One gold question asked, and what comes back told right from wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aseqa.answers import Answer, Quote
from aseqa.followup import Turn, resolve
from aseqa.gold import GoldQuestion
from aseqa.measures import first_rank
from aseqa.records import SourceView
from aseqa.text import tokens

QUOTES, SENTENCES, PASSAGES = 3, 10, 20


class FoundPassage(Protocol):
    """What a judge needs of a passage."""

    @property
    def document(self) -> str: ...

    @property
    def text(self) -> str: ...


class Answering(Protocol):
    """What is evaluated: the assistant, or anything that answers as it does."""

    @property
    def generation(self) -> str: ...

    def ask(self, question: str, /, k: int = 3, *, previous: Turn | None = None) -> Answer: ...

    def rank(self, question: str, /, k: int = 10) -> Sequence[Quote]: ...

    def passages(self, question: str, /, k: int = 20) -> Sequence[FoundPassage]: ...

    def source(self, document: str, /) -> SourceView: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold question, its answer, and which of the things found are right, best first.

    ``intact`` tells of each quote, nearest readings included, whether the source
    holds its very words at its place.
    """

    gold: GoldQuestion
    answer: Answer
    quotes: tuple[bool, ...]
    sentences: tuple[bool, ...]
    passages: tuple[bool, ...]
    intact: tuple[bool, ...]

    @property
    def answered(self) -> bool:
        return self.answer.status == "answered"

    @property
    def is_resolved(self) -> bool:
        """Whether the question was understood as it should; case, accents and signs aside."""
        return same_question(self.gold.understood, self.answer.understood)

    @property
    def best_right(self) -> bool:
        """Whether the best candidate is right, be it given as an answer or as near reading."""
        best = next(iter((*self.answer.quotes, *self.answer.nearest)), None)
        return best is not None and self.gold.is_right(best.document, best.text)

    def right_ranks(self) -> dict[str, int | None]:
        """Give the rank of the first right quote, sentence and passage."""
        return {
            "quote": first_rank(self.quotes),
            "sentence": first_rank(self.sentences),
            "passage": first_rank(self.passages),
        }


def same_question(expected: str | None, got: str | None) -> bool:
    """Tell whether two questions are the same; case, accents and signs do not count.

    Examples
    --------
    >>> same_question("Où est l'ASE ?", "ou est l’ase"), same_question(None, "Où ?")
    (True, False)
    """
    if expected is None or got is None:
        return expected is got
    return [t.form for t in tokens(expected)] == [t.form for t in tokens(got)]


def judge(assistant: Answering, gold: GoldQuestion, previous: Turn | None = None) -> Judged:
    """Ask one question, after ``previous`` if any, and tell right from wrong in what comes back."""
    if previous:
        answer = assistant.ask(gold.question, k=QUOTES, previous=previous)
    else:
        answer = assistant.ask(gold.question, k=QUOTES)
    searched = resolve(gold.question, previous).searched
    ranked = assistant.rank(searched, k=SENTENCES)
    passages = assistant.passages(searched, k=PASSAGES)
    return Judged(
        gold=gold,
        answer=answer,
        quotes=_relevance(gold, answer.quotes),
        sentences=_relevance(gold, ranked),
        passages=_relevance(gold, passages),
        intact=tuple(_is_intact(assistant, q) for q in (*answer.quotes, *answer.nearest)),
    )


def distinct_documents(found: Iterable[FoundPassage]) -> tuple[str, ...]:
    """Give the documents of a ranking of passages, each where it first stands."""
    return tuple(dict.fromkeys(passage.document for passage in found))


def _relevance(gold: GoldQuestion, found: Sequence[FoundPassage]) -> tuple[bool, ...]:
    return tuple(gold.is_right(item.document, item.text) for item in found)


def _is_intact(assistant: Answering, quote: Quote) -> bool:
    text = assistant.source(quote.document).document.text
    return text[quote.start : quote.end] == quote.text
