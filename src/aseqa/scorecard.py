"""An evaluation put into words: a table for the terminal, a report in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aseqa.judge import Judged
from aseqa.messages import message
from aseqa.render import render_json

_MEASURES = (
    "quote_hit@1",
    "quote_hit@3",
    "passage_recall@5",
    "passage_recall@20",
    "mrr@10",
    "answered_rate",
    "false_answer_rate",
    "false_refusal_rate",
    "abstention_auroc",
    "quote_integrity",
)


def render_summary(summary: Mapping[str, Any]) -> str:
    """Give the figures as an aligned table, each with its 95 % interval."""
    rows = list(_rows(summary))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        message(
            "score_questions",
            **{key: summary[key] for key in ("questions", "answerable", "unanswerable")},
        ),
        "",
    ]
    lines += [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {bounds}".rstrip()
        for name, value, bounds in rows
    ]
    return "\n".join(lines)


def write_report(folder: Path, summary: Mapping[str, Any], judged: Sequence[Judged]) -> None:
    """Write ``results.jsonl``, ``summary.json`` and ``summary.md`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    results = "".join(f"{render_json(_result(one))}\n" for one in judged)
    (folder / "results.jsonl").write_text(results, encoding="utf-8")
    (folder / "summary.json").write_text(f"{render_json(summary, indent=2)}\n", encoding="utf-8")
    page = "\n".join(_page(summary, judged))
    (folder / "summary.md").write_text(f"{page}\n", encoding="utf-8")


def _result(one: Judged) -> dict[str, Any]:
    reason = one.answer.reason
    return {
        "id": one.gold.id,
        "q": one.gold.question,
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


def _rows(summary: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield message("score_measure"), message("score_value"), message("score_interval")
    intervals = summary["intervals"]
    for name in _MEASURES:
        yield name, _number(summary[name], 3), _bounds(intervals[name], 3)
    for name in ("p50", "p95"):
        value = _number(summary["latency_ms"][name], 0)
        yield f"latency_ms {name}", value, _bounds(intervals["latency_ms"][name], 0)


def _page(summary: Mapping[str, Any], judged: Sequence[Judged]) -> Iterator[str]:
    yield f"# {message('score_title', gold=summary['gold'])}"
    yield ""
    yield message("score_index", index=summary["index"])
    yield message(
        "score_questions",
        **{key: summary[key] for key in ("questions", "answerable", "unanswerable")},
    )
    yield ""
    header, *rows = _rows(summary)
    yield from _table(header, rows)
    yield ""
    by_type = [
        (_cell(name) or "–", str(group["questions"]), _number(group["quote_hit@1"], 3))
        for name, group in summary["by_type"].items()
    ]
    yield from _table((message("score_type"), message("score_count"), "quote_hit@1"), by_type)
    for title, picked in _failures(judged):
        yield ""
        yield f"## {message(title, count=len(picked))}"
        yield ""
        yield from (f"- {_failure(one)}" for one in picked)


def _failures(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Give what went wrong, one kind after the other: where the work is."""
    able = [one for one in judged if one.gold.answerable]
    yield "score_wrong", [one for one in able if one.answered and not any(one.quotes[:1])]
    yield "score_refused", [one for one in able if not one.answered]
    yield "score_invented", [one for one in judged if one.answered and not one.gold.answerable]


def _failure(one: Judged) -> str:
    first = one.answer.quotes[0].text if one.answer.quotes else message("score_none")
    confidence = f"{one.answer.confidence:.2f}".replace(".", ",")
    return message(
        "score_failure",
        id=_cell(one.gold.id),
        question=_cell(one.gold.question),
        quote=_cell(first),
        confidence=confidence,
    )


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (header, ("---",) * len(header), *rows):
        yield f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Give ``text`` on one line, with nothing that ends a table cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}".replace(".", ",")


def _bounds(bounds: Sequence[float | None], digits: int) -> str:
    low, high = (_number(bound, digits) for bound in bounds)
    return "" if bounds[0] is None else f"[{low} ; {high}]"
