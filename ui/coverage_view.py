"""What the corpus covers and does not, under the list of its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from aseqa.messages import message
from aseqa.render_coverage import counted_names, missing_names


def coverage_html(coverage: Mapping[str, Any]) -> str:
    """Write the record of ``coverage`` as a folded list."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{told}</dd>" for label, told in _rows(coverage))
    summary = escape(message("chat_coverage"))
    return f'<details class="aq-coverage"><summary>{summary}</summary><dl>{rows}</dl></details>'


def _rows(coverage: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in ("kinds", "years", "voices", "territories"):
        told = ", ".join(counted_names(coverage, part)) or message("coverage_none")
        yield message(f"coverage_{part}"), escape(told)
        missing = missing_names(coverage, part)
        if missing:
            label = message(f"coverage_{part}_missing", count=len(missing))
            yield label, escape(", ".join(missing))
    if coverage["undated"]:
        yield message("coverage_undated"), str(coverage["undated"])
    yield message("coverage_unanswered"), _unanswered(coverage)


def _unanswered(coverage: Mapping[str, Any]) -> str:
    items = "".join(
        f'<li><button type="button" class="aq-thread"'
        f' data-document="{escape(one["document"])}">{escape(one["reference"])}</button></li>'
        for one in coverage["unanswered"]
    )
    return f"<ul>{items}</ul>" if items else escape(message("coverage_none"))
