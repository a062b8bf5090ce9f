"""What the report of a gold file tells of each question, and of what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from aseqa.answers import Quote
from aseqa.judge import SENTENCES, Judged
from aseqa.measures import hit_at_k, reciprocal_rank
from aseqa.messages import message
from aseqa.scorecard import bullets, cell, number, table

# What is measured of a question that has an answer, by name. One that was not answered has
# no quote, hence scores 0 where quotes are looked at.
MEASURES: dict[str, Callable[[Judged], float]] = {
    "quote_hit@1": lambda one: hit_at_k(one.quotes, 1),
    "quote_hit@3": lambda one: hit_at_k(one.quotes, 3),
    "passage_recall@5": lambda one: hit_at_k(one.passages, 5),
    "passage_recall@20": lambda one: hit_at_k(one.passages, 20),
    "mrr@10": lambda one: reciprocal_rank(one.sentences, SENTENCES),
}


def outcome(one: Judged) -> str:
    """Tell in a word what became of a question.

    ``right``, ``wrong`` (another first quote) or ``refused`` where there is an answer,
    ``abstained`` (rightly) or ``invented`` where there is none.
    """
    if not one.gold.answerable:
        return "invented" if one.answered else "abstained"
    if not one.answered:
        return "refused"
    return "right" if any(one.quotes[:1]) else "wrong"


def question_measures(one: Judged) -> dict[str, float]:
    """Give what each measure that is a mean over questions has of this one."""
    answered = float(one.answered)
    measures = {"answered_rate": answered}
    if one.gold.answerable:
        measures |= {name: measure(one) for name, measure in MEASURES.items()}
        measures["false_refusal_rate"] = 1 - answered
    else:
        measures["false_answer_rate"] = answered
    if one.gold.turn > 1:
        measures["resolution_accuracy"] = float(one.is_resolved)
    return {**measures, "brier": (one.answer.confidence - one.best_right) ** 2}


def result(one: Judged) -> dict[str, Any]:
    """Give the line of ``results.jsonl`` for a question."""
    reason = one.answer.reason
    return {
        "id": one.gold.id,
        "q": one.gold.question,
        **_understood(one),
        "type": one.gold.type,
        "answerable": one.gold.answerable,
        "expected": [
            {"doc": answer.doc, "contains": answer.contains} for answer in one.gold.answers
        ],
        "outcome": outcome(one),
        "status": one.answer.status,
        "reason": reason.code if reason else None,
        "confidence": round(one.answer.confidence, 4),
        "right_rank": one.right_ranks(),
        "intact": all(one.intact),
        "total_ms": round(one.answer.timings_ms["total"], 1),
        "quotes": [
            {**_place(quote), "right": right}
            for quote, right in zip(one.answer.quotes, one.quotes, strict=True)
        ],
        "nearest": [
            {**_place(quote), "right": one.gold.is_right(quote.document, quote.text)}
            for quote in one.answer.nearest
        ],
    }


def _place(quote: Quote) -> dict[str, Any]:
    return {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
    }


def _understood(one: Judged) -> dict[str, Any]:
    """Tell what a question of a conversation was understood as."""
    if not one.gold.turn:
        return {}
    return {"understood": one.answer.understood, "resolved": one.is_resolved}


def types_page(summary: Mapping[str, Any]) -> Iterator[str]:
    """Give the figures by type of question."""
    yield ""
    by_type = [
        (cell(name) or "–", str(group["questions"]), number(group["quote_hit@1"], 3))
        for name, group in summary["by_type"].items()
    ]
    yield from table((message("score_type"), message("score_count"), "quote_hit@1"), by_type)


def failures_page(judged: Sequence[Judged]) -> Iterator[str]:
    """Give what went wrong, question by question."""
    for title, picked in _failures(judged):
        yield from bullets(title, [_failure(one) for one in picked])
    misread = [one for one in judged if one.gold.turn > 1 and not one.is_resolved]
    if any(one.gold.turn for one in judged):
        yield from bullets("score_misunderstood", [_misread(one) for one in misread])


def _failures(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Give what went wrong, one kind after the other: where the work is."""
    able = [one for one in judged if one.gold.answerable]
    yield "score_wrong", [one for one in able if one.answered and not any(one.quotes[:1])]
    yield "score_refused", [one for one in able if not one.answered]
    yield "score_invented", [one for one in judged if one.answered and not one.gold.answerable]


def _misread(one: Judged) -> str:
    return message(
        "score_misread",
        id=cell(one.gold.id),
        question=cell(one.gold.question),
        got=cell(one.answer.understood or message("score_as_typed")),
        expected=cell(one.gold.understood or message("score_as_typed")),
    )


def _failure(one: Judged) -> str:
    first = one.answer.quotes[0].text if one.answer.quotes else message("score_none")
    return message(
        "score_failure",
        id=cell(one.gold.id),
        question=cell(one.gold.question),
        quote=cell(first),
        confidence=number(one.answer.confidence, 2),
    )
