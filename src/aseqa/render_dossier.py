"""What became of the questions of a dossier, as French text for a terminal or a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from aseqa.dossier import ABSTAINED
from aseqa.dossier_figures import NewerFigure
from aseqa.dossier_matches import FILE, Change
from aseqa.dossier_rerun import Comparison, QuestionChange
from aseqa.messages import message
from aseqa.render_words import visible
from aseqa.wording import date_words

MIN_WIDTH = 40
MAX_SHOWN_CHARS = 600
_INDENT = "   "


def render_comparison(comparison: Comparison, width: int = 88) -> str:
    """Give what changed, question by question, after the counts.

    Examples
    --------
    >>> print(render_comparison(comparison))  # doctest: +SKIP
    Questions reposées : 2. Avec du changement : 1.
    …
    """
    width = max(width, MIN_WIDTH)
    if not comparison.questions:
        return message("rerun_none")
    changed = sum(not change.is_same for change in comparison.questions)
    heading = message("rerun_heading", count=len(comparison.questions), changed=changed)
    blocks = ["\n".join(_wrapped(heading, width, ""))]
    blocks += ["\n".join(_question(change, width)) for change in comparison.questions]
    return "\n\n".join(blocks)


def _question(change: QuestionChange, width: int) -> Iterator[str]:
    asked = message("dossier_question", colon=message("colon"), question=change.question)
    yield from _wrapped(asked, width, "")
    for line in (*status_words(change), *_quotes(change), *map(figure_words, change.figures)):
        yield from _wrapped(line, width, _INDENT)


def status_words(change: QuestionChange) -> Iterator[str]:
    """Say what became of the answer as a whole."""
    reason = change.reason or message("no_answer")
    if change.after == ABSTAINED:
        was = "rerun_still_abstained" if change.before == ABSTAINED else "rerun_now_abstained"
        yield message(was, reason=reason)
        return
    if change.before == ABSTAINED:
        yield message("rerun_now_answered")
    if change.is_same:
        yield message("rerun_same", count=change.kept)
    elif change.kept:
        yield message("rerun_kept", count=change.kept)


def _quotes(change: QuestionChange) -> Iterator[str]:
    yield from (_told(message("rerun_new"), quote.to_dict()) for quote in change.new)
    for one in change.changed:
        yield from _changed(one)
    yield from (_told(message("rerun_gone"), quote) for quote in change.gone)


def _changed(change: Change) -> Iterator[str]:
    label = message(f"rerun_changed_{change.what}")
    if change.what == FILE:
        yield _told(label, change.after.to_dict())
        return
    yield f"{label}{message('colon')}"
    yield _told(message("rerun_before"), change.before)
    yield _told(message("rerun_after"), change.after.to_dict())


def _told(label: str, quote: Mapping[str, Any]) -> str:
    words = message("quoted", text=_clipped(quote["text"]))
    return f"{label}{message('colon')} {words} — {quote['reference']}"


def figure_words(figure: NewerFigure) -> str:
    """Say that a newer figure of the same thing came in."""
    return message(
        "rerun_figure",
        colon=message("colon"),
        counted=figure.counted,
        after=figure.after,
        after_date=_date(figure.after_date),
        before=figure.before,
        before_date=_date(figure.before_date),
    )


def _date(period: str) -> str:
    """Write a date or a period; the open side of one stays open."""
    start, _, end = period.partition("/")
    if not end:
        return date_words(start)
    return message("rerun_period", start=date_words(start), end=date_words(end))


def _clipped(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS]} […]"


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    lines = textwrap.wrap(
        visible(text), width - len(indent), break_long_words=False, break_on_hyphens=False
    )
    yield from (f"{indent}{line}" for line in lines or [""])
