"""Answers as text for a terminal: quotes, who said them, when, and the reference.

The quote is wrapped for display only; nothing here changes a record. What a file,
a question or a name brings in may hold escape sequences: all of it goes through
`visible` before it is shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from aseqa.answers import Answer, Quote
from aseqa.messages import label_of, message
from aseqa.render_figures import figure_lines, newer_line
from aseqa.render_words import (
    REFUSED,
    lines,
    one_line,
    painted,
    place,
    visible,
    voice_label,
    wrapped,
)
from aseqa.wording import count_words, date_words, decimal_words

_INDENT = "   "
_BAR = "  │ "
_BOLD, _EMPHASIS, _DIM = "\x1b[1m", "\x1b[1;4m", "\x1b[2m"

# What JSON may hold as it is, but a terminal may not.
_ESCAPED = {code: f"\\u{code:04x}" for code in (*REFUSED, 0x2028, 0x2029) if code >= 0x7F}


def render_answer(answer: Answer, width: int = 88, color: bool = False) -> str:
    """Give an answer as text for a terminal ``width`` characters wide.

    Parameters
    ----------
    color
        Whether to mark the answer's words and dim the sentences around the quote
        with ANSI codes.

    Examples
    --------
    >>> print(render_answer(answer))  # doctest: +SKIP
    1. Gouvernement — Ministère du travail, de la santé, des solidarités et des familles
        17 juin 2025 · Lutte contre la prostitution des mineurs · réponse
    …
    """
    width = max(width, 40)
    understood = list(_understood(answer, width))
    if answer.status == "abstained":
        return "\n".join(
            (*understood, *[""][: len(understood)], *_abstention(answer, width, color))
        )
    blocks = ["\n".join(understood)] if understood else []
    blocks += ["\n".join(_quote(quote, answer, width, color)) for quote in answer.quotes]
    if len(answer.figures) > 1:
        blocks.append("\n".join(figure_lines(answer.figures, width)))
    blocks.append(message("confidence", percent=round(answer.confidence * 100)))
    return "\n\n".join(blocks)


def render_status(status: Mapping[str, Any]) -> str:
    """Give what an index holds, one fact a line, and each document with its reference."""
    return "\n".join(_facts(status))


def render_json(record: object, indent: int | None = None, ascii_only: bool = False) -> str:
    """Give JSON that is safe to show: control characters are escaped, letters are not."""
    text = json.dumps(record, ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    return text.translate(_ESCAPED)


def _understood(answer: Answer, width: int) -> Iterator[str]:
    """Say which question was answered, where the conversation made it another one."""
    if answer.understood:
        yield from wrapped(message("understood", question=one_line(answer.understood)), width, "")


def _quote(quote: Quote, answer: Answer, width: int, color: bool) -> Iterator[str]:
    label = f"{quote.rank}. {one_line(voice_label(quote.voice))}"
    yield from wrapped(label, width, "", _BOLD if color else "", hanging="   ")
    yield from wrapped(_whereabouts(quote), width, _INDENT)
    yield ""
    dim = _DIM if color else ""
    if quote.before:
        yield from wrapped(one_line(quote.before), width, _INDENT, dim)
    yield from _quoted(quote, width, _INDENT, color)
    if quote.after:
        yield from wrapped(one_line(quote.after), width, _INDENT, dim)
    yield ""
    yield from wrapped(one_line(quote.reference), width, _INDENT)
    for told in newer_line(quote, answer.figures):
        yield from wrapped(told, width, _INDENT)


def _abstention(answer: Answer, width: int, color: bool) -> Iterator[str]:
    reason = answer.reason.text if answer.reason else message("no_answer")
    yield from wrapped(one_line(reason), width, "", _BOLD if color else "")
    if not answer.nearest:
        return
    yield ""
    yield message("nearest_heading")
    for quote in answer.nearest:
        yield ""
        yield from wrapped(one_line(voice_label(quote.voice)), width, _BAR)
        yield from wrapped(_whereabouts(quote), width, _BAR)
        yield from _quoted(quote, width, _BAR, color=False)
        yield from wrapped(one_line(quote.reference), width, _BAR)


def _whereabouts(quote: Quote) -> str:
    """Give date, title and section of a quote; the title is the document's, not the quote's."""
    date = date_words(quote.date) if quote.date else message("undated")
    page = message("cite_page", page=quote.page) if quote.page else None
    section = label_of(f"section_{quote.section}", quote.section) if quote.section else None
    parts = (date, quote.title, section, page)
    return message("fact_separator").join(one_line(part) for part in parts if part)


def _quoted(quote: Quote, width: int, indent: str, color: bool) -> Iterator[str]:
    """Give the quote between guillemets, its span marked, wrapped."""
    shown = message("quoted", text=one_line(quote.text))
    words = "\n".join(lines(shown, width - len(indent)))
    if quote.span and color:
        opening = message("quoted", text="\0").index("\0")
        start = opening + place(quote.text, quote.span.start)
        end = opening + place(quote.text, quote.span.end)
        words = words[:start] + painted(words[start:end], _EMPHASIS) + words[end:]
    yield from (f"{indent}{line}" for line in words.split("\n"))


def _facts(status: Mapping[str, Any]) -> Iterator[str]:
    for key, value in status.items():
        label = f"{visible(label_of(f'status_{key}', str(key)))}{message('colon')}"
        if isinstance(value, list | tuple):
            yield label
            yield from (f"{_INDENT}{_fact(item)}" for item in value)
        else:
            yield f"{label} {_fact(value)}"


def _fact(value: object) -> str:
    """Give a value in words; numbers have their thousands apart, as the language prints them."""
    if isinstance(value, Mapping):
        shown = (value.get(key) for key in ("document", "reference"))
        return message("fact_separator").join(one_line(str(part)) for part in shown if part)
    if value is None or value == "":
        return message("unknown")
    if isinstance(value, bool):
        return message("yes" if value else "no")
    if isinstance(value, int):
        return count_words(value)
    if isinstance(value, float):
        return message("unknown") if math.isnan(value) else decimal_words(f"{value:g}")
    return visible(date_words(str(value)))
