"""Answers as text for a terminal: quotes, who said them, when, and the reference.

The quote is wrapped for display only; nothing here changes a record. What a file,
a question or a name brings in may hold escape sequences: all of it goes through
`visible` before it is shown.
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from aseqa.cite import french_date
from aseqa.messages import FRENCH, message
from aseqa.records import Answer, Quote, Voice

_INDENT = "   "
_BAR = "  │ "
_BOLD, _EMPHASIS, _DIM, _RESET = "\x1b[1m", "\x1b[1;4m", "\x1b[2m", "\x1b[0m"

_SPACES = (*range(0x09, 0x0E), 0x85, 0x2028, 0x2029)
_REFUSED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    *range(0xD800, 0xE000),
)
# One character for one, so that the span's offsets still hold.
_VISIBLE = dict.fromkeys(_REFUSED, "\ufffd") | dict.fromkeys(_SPACES, " ")
# What JSON may hold as it is, but a terminal may not.
_ESCAPED = {code: f"\\u{code:04x}" for code in (*_REFUSED, 0x2028, 0x2029) if code >= 0x7F}


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
    blocks += ["\n".join(_quote(quote, width, color)) for quote in answer.quotes]
    blocks.append(message("confidence", percent=round(answer.confidence * 100)))
    return "\n\n".join(blocks)


def render_status(status: Mapping[str, Any]) -> str:
    """Give what an index holds, one fact a line, and each document with its reference."""
    return "\n".join(_facts(status))


def render_json(record: object, indent: int | None = None, ascii_only: bool = False) -> str:
    """Give JSON that is safe to show: control characters are escaped, letters are not."""
    text = json.dumps(record, ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    return text.translate(_ESCAPED)


def visible(text: str) -> str:
    r"""Give ``text`` on one line, with a sign in the place of each control character.

    As many characters come out as go in.

    Examples
    --------
    >>> visible("a\x1b[31mb\n")
    'a�[31mb '
    """
    return text.translate(_VISIBLE)


def voice_label(voice: Voice) -> str:
    """Say who speaks: "Gouvernement — Ministère de la santé", and whom they report.

    Examples
    --------
    >>> voice_label(Voice("presse", "France 3", "l'Igas"))
    "Presse — France 3, selon l'Igas"
    """
    label = FRENCH.get(f"chat_voice_{voice.kind}", voice.kind)
    if voice.name and voice.kind == "autre":
        label = voice.name
    elif voice.name:
        label = message("voice_named", kind=label, name=voice.name)
    if voice.reported:
        label = message("voice_reported", label=label, source=voice.reported)
    return label


def _understood(answer: Answer, width: int) -> Iterator[str]:
    """Say which question was answered, where the conversation made it another one."""
    if answer.understood:
        yield from _wrapped(message("understood", question=_one_line(answer.understood)), width, "")


def _quote(quote: Quote, width: int, color: bool) -> Iterator[str]:
    label = f"{quote.rank}. {_one_line(voice_label(quote.voice))}"
    yield from _wrapped(label, width, "", _BOLD if color else "", hanging="   ")
    yield from _wrapped(_whereabouts(quote), width, _INDENT)
    yield ""
    dim = _DIM if color else ""
    if quote.before:
        yield from _wrapped(_one_line(quote.before), width, _INDENT, dim)
    yield from _quoted(quote, width, _INDENT, color)
    if quote.after:
        yield from _wrapped(_one_line(quote.after), width, _INDENT, dim)
    yield ""
    yield from _wrapped(_one_line(quote.reference), width, _INDENT)


def _abstention(answer: Answer, width: int, color: bool) -> Iterator[str]:
    reason = answer.reason.text if answer.reason else message("no_answer")
    yield from _wrapped(_one_line(reason), width, "", _BOLD if color else "")
    if not answer.nearest:
        return
    yield ""
    yield message("nearest_heading")
    for quote in answer.nearest:
        yield ""
        yield from _wrapped(_one_line(voice_label(quote.voice)), width, _BAR)
        yield from _wrapped(_whereabouts(quote), width, _BAR)
        yield from _quoted(quote, width, _BAR, color=False)
        yield from _wrapped(_one_line(quote.reference), width, _BAR)


def _whereabouts(quote: Quote) -> str:
    """Give date, title and section of a quote; the title is the document's, not the quote's."""
    date = french_date(quote.date) if quote.date else message("undated")
    page = message("cite_page", page=quote.page) if quote.page else None
    parts = (date, quote.title, quote.section, page)
    return message("fact_separator").join(_one_line(part) for part in parts if part)


def _quoted(quote: Quote, width: int, indent: str, color: bool) -> Iterator[str]:
    """Give the quote between guillemets, its span marked, wrapped."""
    shown = message("quoted", text=_one_line(quote.text))
    lines = "\n".join(_lines(shown, width - len(indent)))
    if quote.span and color:
        opening = message("quoted", text="\0").index("\0")
        start = opening + _place(quote.text, quote.span.start)
        end = opening + _place(quote.text, quote.span.end)
        lines = lines[:start] + _painted(lines[start:end], _EMPHASIS) + lines[end:]
    yield from (f"{indent}{line}" for line in lines.split("\n"))


def _place(text: str, offset: int) -> int:
    """Give where ``text[offset]`` stands once white space is collapsed."""
    return min(len(_collapsed(text[:offset]).lstrip(" ")), len(_one_line(text)))


def _painted(text: str, code: str) -> str:
    """Switch a code on for ``text``, off at line ends so that the indent stays plain."""
    return "\n".join(
        f"{code}{line}{_RESET}" if line and code else line for line in text.split("\n")
    )


def _wrapped(
    text: str, width: int, indent: str, code: str = "", hanging: str = ""
) -> Iterator[str]:
    for number, line in enumerate(_lines(text, width - len(indent) - len(hanging))):
        yield f"{indent}{hanging if number else ''}{_painted(line, code)}"


def _lines(text: str, width: int) -> list[str]:
    """Break at plain spaces only: a no-break space holds its words together.

    Each break takes the place of one space, so joining the lines keeps all offsets.
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _one_line(text: str) -> str:
    return _collapsed(text).strip(" ")


def _collapsed(text: str) -> str:
    """Make one space of each run of plain white space; no-break spaces stay."""
    runs = visible(text)
    while "  " in runs:
        runs = runs.replace("  ", " ")
    return runs


def _facts(status: Mapping[str, Any]) -> Iterator[str]:
    for key, value in status.items():
        label = f"{visible(FRENCH.get(f'status_{key}', str(key)))}{message('colon')}"
        if isinstance(value, list | tuple):
            yield label
            yield from (f"{_INDENT}{_fact(item)}" for item in value)
        else:
            yield f"{label} {_fact(value)}"


def _fact(value: object) -> str:
    """Give a value in words; numbers have their thousands apart, as French prints them."""
    if isinstance(value, Mapping):
        shown = (value.get(key) for key in ("document", "reference"))
        return message("fact_separator").join(_one_line(str(part)) for part in shown if part)
    if value is None or value == "":
        return message("unknown")
    if isinstance(value, bool):
        return message("yes" if value else "no")
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    if isinstance(value, float):
        return message("unknown") if math.isnan(value) else f"{value:g}".replace(".", ",")
    return visible(french_date(str(value)))
