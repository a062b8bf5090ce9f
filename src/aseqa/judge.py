"""One gold question asked, and what comes back told right from wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aseqa.gold import GoldQuestion
from aseqa.measures import first_rank
from aseqa.records import Answer, Quote, SourceView

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

    def ask(self, question: str, /, k: int = 3) -> Answer: ...

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

    def right_ranks(self) -> dict[str, int | None]:
        """Give the rank of the first right quote, sentence and passage."""
        return {
            "quote": first_rank(self.quotes),
            "sentence": first_rank(self.sentences),
            "passage": first_rank(self.passages),
        }


def judge(assistant: Answering, gold: GoldQuestion) -> Judged:
    """Ask one question and tell right from wrong in what comes back."""
    answer = assistant.ask(gold.question, k=QUOTES)
    ranked = assistant.rank(gold.question, k=SENTENCES)
    passages = assistant.passages(gold.question, k=PASSAGES)
    return Judged(
        gold=gold,
        answer=answer,
        quotes=_relevance(gold, answer.quotes),
        sentences=_relevance(gold, ranked),
        passages=_relevance(gold, passages),
        intact=tuple(_is_intact(assistant, q) for q in (*answer.quotes, *answer.nearest)),
    )


def _relevance(gold: GoldQuestion, found: Sequence[FoundPassage]) -> tuple[bool, ...]:
    return tuple(gold.is_right(item.document, item.text) for item in found)


def _is_intact(assistant: Answering, quote: Quote) -> bool:
    text = assistant.source(quote.document).document.text
    return text[quote.start : quote.end] == quote.text
