"""What the report of a gold file tells of each question, and of what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aseqa.judge import Judged
from aseqa.messages import message
from aseqa.scorecard import bullets, cell, number, table


def result(one: Judged) -> dict[str, Any]:
    """Give the line of ``results.jsonl`` for a question."""
    reason = one.answer.reason
    return {
        "id": one.gold.id,
        "q": one.gold.question,
        **_understood(one),
        "type": one.gold.type,
        "answerable": one.gold.answerable,
        "status": one.answer.status,
        "reason": reason.code if reason else None,
        "confidence": round(one.answer.confidence, 4),
        "right_rank": one.right_ranks(),
        "intact": all(one.intact),
        "total_ms": round(one.answer.timings_ms["total"], 1),
        "quotes": [
            {
                "document": quote.document,
                "start": quote.start,
                "end": quote.end,
                "text": quote.text,
                "right": right,
            }
            for quote, right in zip(one.answer.quotes, one.quotes, strict=True)
        ],
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
