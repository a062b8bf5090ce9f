"""One question of a SQuAD file asked, and what comes back told right from wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aseqa.answers import Answer, Quote
from aseqa.judge import FoundPassage, distinct_documents
from aseqa.records import NO_FILTERS, Filters
from aseqa.span_measures import best_of, exact_match, token_f1
from aseqa.squad import SquadQuestion

# Passages looked at, for enough distinct paragraphs among them.
PASSAGES = 100


class Searching(Protocol):
    """What is evaluated: the assistant, or anything that answers as it does."""

    @property
    def generation(self) -> str: ...

    def ask(self, question: str, /, k: int = 3, filters: Filters = NO_FILTERS) -> Answer: ...

    def rank(
        self, question: str, /, k: int = 10, filters: Filters = NO_FILTERS
    ) -> Sequence[Quote]: ...

    def passages(self, question: str, /, k: int = 20) -> Sequence[FoundPassage]: ...


@dataclass(frozen=True, slots=True)
class JudgedSquad:
    """A question and what was found for it, before any decision to answer.

    ``inside`` is the best sentence of its own paragraph, ``anywhere`` that of all
    paragraphs, ``ranking`` the paragraphs found, best first. ``answer`` is what
    was decided inside the paragraph, where that was asked.
    """

    asked: SquadQuestion
    inside: Quote | None = None
    anywhere: Quote | None = None
    ranking: tuple[str, ...] = ()
    answer: Answer | None = None

    @property
    def inside_right(self) -> bool:
        return self._is_right(self.inside)

    @property
    def anywhere_right(self) -> bool:
        return self._is_right(self.anywhere)

    @property
    def relevance(self) -> tuple[bool, ...]:
        return tuple(name == self.asked.paragraph for name in self.ranking)

    @property
    def predicted(self) -> str:
        """The words given as the answer: the span found in the best sentence, else all of it."""
        if self.inside is None:
            return ""
        return self.inside.span.text if self.inside.span else self.inside.text

    @property
    def exact_match(self) -> float:
        return best_of(exact_match, self.predicted, self.expected)

    @property
    def f1(self) -> float:
        return best_of(token_f1, self.predicted, self.expected)

    @property
    def expected(self) -> list[str]:
        """The right answers, each once."""
        return list(dict.fromkeys(answer.text for answer in self.asked.answers))

    def _is_right(self, quote: Quote | None) -> bool:
        return quote is not None and self.asked.is_right(quote.document, quote.start, quote.end)


def judge_squad(assistant: Searching, asked: SquadQuestion, decide: bool) -> JudgedSquad:
    """Ask one question inside its paragraph and over all of them.

    ``decide`` also asks for an answer inside the paragraph, for the decision to
    give one: what another paragraph says is no fault then. Of a question without
    answers nothing else is asked.
    """
    inside = Filters(sources=(asked.paragraph,))
    answer = assistant.ask(asked.question, k=1, filters=inside) if decide else None
    if not asked.answerable:
        return JudgedSquad(asked, answer=answer)
    question = asked.question
    return JudgedSquad(
        asked,
        inside=next(iter(assistant.rank(question, k=1, filters=inside)), None),
        anywhere=next(iter(assistant.rank(question, k=1)), None),
        ranking=distinct_documents(assistant.passages(question, k=PASSAGES)),
        answer=answer,
    )
