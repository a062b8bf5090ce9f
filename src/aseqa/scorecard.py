"""An evaluation put into words: a table for the terminal, a report in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aseqa.messages import message
from aseqa.render import render_json
from aseqa.wording import decimal_words

# Of a long list, what a page shows; results.jsonl has all of it.
SHOWN = 100

Row = tuple[str, str, str]


def render_summary(summary: Mapping[str, Any]) -> str:
    """Give the figures as an aligned table, each with its 95 % interval."""
    rows = list(_rows(summary))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    table = [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {bounds}".rstrip()
        for name, value, bounds in rows
    ]
    return "\n".join((*_counts(summary), "", *table, *_notes(summary)))


def write_report(
    folder: Path,
    summary: Mapping[str, Any],
    results: Iterable[Mapping[str, Any]],
    details: Iterable[str] = (),
) -> None:
    """Write ``results.jsonl``, ``summary.json`` and ``summary.md`` into ``folder``.

    Parameters
    ----------
    results
        One record a question.
    details
        The lines of Markdown that follow the table of figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{render_json(result)}\n" for result in results)
    (folder / "results.jsonl").write_text(lines, encoding="utf-8")
    (folder / "summary.json").write_text(f"{render_json(summary, indent=2)}\n", encoding="utf-8")
    page = "\n".join((*_page(summary), *details))
    (folder / "summary.md").write_text(f"{page}\n", encoding="utf-8")


def bullets(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Give a list under its heading and its count, the first hundred lines of it.

    ``title`` is the key of a message that takes the count.
    """
    yield ""
    yield f"## {message(title, count=len(lines))}"
    yield ""
    yield from (f"- {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield message("score_more", count=len(lines) - SHOWN)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give a table of Markdown."""
    for cells in (header, ("---",) * len(header), *rows):
        yield f"| {' | '.join(cells)} |"


def cell(text: str) -> str:
    """Give ``text`` on one line, with nothing that ends a table cell."""
    return " ".join(text.split()).replace("|", "\\|")


def number(value: float | None, digits: int) -> str:
    """Give a figure as French prints it, a dash where there is none."""
    return "–" if value is None else decimal_words(f"{value:.{digits}f}")


def _counts(summary: Mapping[str, Any]) -> Iterator[str]:
    """Say how much was asked, and what was left aside."""
    told = {key: value for key, value in summary.items() if isinstance(value, int | str)}
    yield message(f"score_{summary['format']}", **told)
    if summary.get("misplaced_answers"):
        yield message("score_misplaced", **told)
    if summary.get("unjudged_queries"):
        yield message("score_unjudged", **told)
    if "drawn_by" in summary:
        yield message(f"score_drawn_{summary['drawn_by']}")


def _notes(summary: Mapping[str, Any]) -> Iterator[str]:
    """Say what the figures on confidence rest on, where there are some."""
    if "precision_at_0.8" not in summary:
        return
    yield ""
    yield message("score_confident", count=summary["precision_at_0.8_n"])
    threshold = summary["threshold_at_refusal_0.08"]
    if threshold is not None:
        yield message("score_at_refusal", threshold=number(threshold, 3))


def _rows(summary: Mapping[str, Any]) -> Iterator[Row]:
    """Give a header, then a row a figure: in milliseconds without decimals, else with three."""
    yield message("score_measure"), message("score_value"), message("score_interval")
    for name, bounds in summary["intervals"].items():
        if isinstance(bounds, Mapping):
            for part, inner in bounds.items():
                yield f"{name} {part}", number(summary[name][part], 0), _bounds(inner, 0)
        else:
            yield name, number(summary[name], 3), _bounds(bounds, 3)


def _page(summary: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {message('score_title', gold=summary['gold'])}"
    yield ""
    yield message("score_index", index=summary["index"])
    yield from _counts(summary)
    yield ""
    header, *rows = _rows(summary)
    yield from table(header, rows)
    yield from _notes(summary)


def _bounds(bounds: Sequence[float | None], digits: int) -> str:
    low, high = (number(bound, digits) for bound in bounds)
    return "" if bounds[0] is None else f"[{low} ; {high}]"
