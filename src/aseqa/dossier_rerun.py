"""The questions of a dossier asked again: what is new, changed or gone, and newer figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aseqa.answers import Answer, Quote
from aseqa.dossier import ABSTAINED, ANSWERED, MAX_SEEN, Asked, Dossier
from aseqa.dossier_figures import NewerFigure, newer_figures
from aseqa.dossier_matches import Change, matches
from aseqa.seal import text_digest


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What became of one question.

    ``before`` and ``after`` are ``answered`` or ``abstained``; ``reason`` says why there is no
    answer now. ``new`` are the quotes given now and never before, ``changed`` the pinned ones
    that have other words or another file now, ``gone`` the pinned ones that are no longer given,
    ``kept`` how many are given as they were. ``asked`` is what to note of it in the dossier.
    """

    question: str
    before: str
    after: str
    reason: str | None
    new: tuple[Quote, ...]
    changed: tuple[Change, ...]
    gone: tuple[Mapping[str, Any], ...]
    kept: int
    figures: tuple[NewerFigure, ...]
    asked: Asked

    @property
    def is_same(self) -> bool:
        """Whether nothing has to be looked at again."""
        moved = self.new or self.changed or self.gone or self.figures
        return self.before == self.after and not moved

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "same": self.is_same,
            "new": [quote.to_dict() for quote in self.new],
            "changed": [change.to_dict() for change in self.changed],
            "gone": [dict(quote) for quote in self.gone],
            "kept": self.kept,
            "figures": [figure.to_dict() for figure in self.figures],
            "asked": self.asked.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each question of a dossier, in the order in which it has them."""

    questions: tuple[QuestionChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed for any question."""
        return all(change.is_same for change in self.questions)

    def to_dict(self) -> dict[str, Any]:
        return {
            "same": self.is_same,
            "questions": [change.to_dict() for change in self.questions],
        }


def rerun(dossier: Dossier, ask: Callable[[str], Answer], asked: str | None = None) -> Comparison:
    """Ask the questions of a dossier again.

    ``ask`` should give as many quotes as were given when they were pinned: one that is not
    among them counts as gone.

    Parameters
    ----------
    asked
        The day or moment of it (ISO 8601), to be noted.

    Examples
    --------
    >>> comparison = rerun(dossier, assistant.ask)  # doctest: +SKIP
    >>> comparison.questions[0].new  # doctest: +SKIP
    ()
    """
    return Comparison(
        tuple(
            _compared(question, list(pinned), noted, ask(question), asked)
            for question, pinned, noted in _questions(dossier)
        )
    )


def asked_of(
    question: str,
    answer: Answer,
    asked: str | None = None,
    filters: Mapping[str, Any] | None = None,
) -> Asked:
    """Give what a dossier notes of an answer, for a later run to compare with."""
    seen = tuple(text_digest(quote.text) for quote in answer.quotes[:MAX_SEEN])
    return Asked(question, answer.status, asked, seen, filters or {})


def filters_of(dossier: Dossier) -> dict[str, Mapping[str, Any]]:
    """Give the filters that each question was last asked under, by question, white space aside."""
    return {" ".join(asked.question.split()): asked.filters for asked in dossier.questions}


def _questions(
    dossier: Dossier,
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]], Asked | None]]:
    """Give each question once, white space aside, with its pinned quotes and what was noted."""
    pinned: dict[str, list[Mapping[str, Any]]] = {}
    noted: dict[str, Asked] = {}
    for item in dossier.pinned:
        if question := " ".join(item.question.split()):
            pinned.setdefault(question, []).append(item.quote)
    for asked in dossier.questions:
        question = " ".join(asked.question.split())
        pinned.setdefault(question, [])
        # The last time that it was asked is what counts.
        noted[question] = asked
    for question, quotes in pinned.items():
        yield question, quotes, noted.get(question)


def _compared(
    question: str,
    pinned: list[Mapping[str, Any]],
    noted: Asked | None,
    answer: Answer,
    asked: str | None,
) -> QuestionChange:
    kept, changed, gone, others = matches(pinned, answer.quotes)
    seen = set(noted.seen) if noted else set()
    new = tuple(quote for quote in others if text_digest(quote.text) not in seen)
    return QuestionChange(
        question=question,
        before=noted.status if noted else ANSWERED,
        after=answer.status,
        reason=answer.reason.text if answer.status == ABSTAINED and answer.reason else None,
        new=new,
        changed=changed,
        gone=gone,
        kept=kept,
        figures=newer_figures(pinned, [*new, *(change.after for change in changed)]),
        asked=asked_of(question, answer, asked, noted.filters if noted else None),
    )
