"""A verification as French text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from aseqa.locate import ALTERED, FOUND, Located
from aseqa.messages import message
from aseqa.nearest_text import Difference
from aseqa.records import Voice
from aseqa.render_words import visible, voice_label
from aseqa.seal import BROKEN, UNKNOWN
from aseqa.text import squeeze
from aseqa.verify import Mismatch, QuoteVerification, Verification

MIN_WIDTH = 40
# What is checked against the quote itself, and not against the source.
WITHIN_THE_QUOTE = ("span", "figure")
MAX_SHOWN_CHARS = 400
MAX_KEPT_CHARS = 60
_INDENT = "   "


def render_verification(verification: Verification, width: int = 88) -> str:
    """Give what became of each quote, and the count at the end.

    Examples
    --------
    >>> print(render_verification(verification))  # doctest: +SKIP
    Réponse 1, citation 1 : retrouvée à l'identique
    …
    """
    width = max(width, MIN_WIDTH)
    blocks = ["\n".join(_quote(quote, width)) for quote in verification.quotes]
    blocks += ["\n".join(_wrapped(_unread(*pair), width, "")) for pair in verification.unread]
    blocks.append("\n".join(_wrapped(_count(verification), width, "")))
    return "\n\n".join(blocks)


def _count(verification: Verification) -> str:
    count = len(verification.quotes)
    wrong = sum(not quote.ok for quote in verification.quotes)
    if not count:
        return message("proof_none")
    return message("proof_some" if wrong else "proof_all", count=count, wrong=wrong)


def _unread(source: str, fault: str) -> str:
    return message("proof_unread", source=source, fault=fault)


def _quote(quote: QuoteVerification, width: int) -> Iterator[str]:
    name, _, number = quote.place.partition("[")
    place = message(f"proof_place_{name}", number=number.rstrip("]"))
    status = f"proof_status_{quote.status}"
    if quote.status == FOUND and not quote.ok:
        status += "_not_ok"
    yield from _wrapped(
        message("proof_heading", answer=quote.answer, place=place, status=message(status)),
        width,
        "",
    )
    yield from _wrapped(message("proof_quoted", text=_clipped(quote.text)), width, _INDENT)
    cited = message("proof_where", document=quote.document, start=quote.start, end=quote.end)
    yield from _wrapped(message("proof_cited", place=cited), width, _INDENT)
    if quote.found and quote.status != FOUND:
        where = message("proof_actual", place=_where(quote.found))
        yield from _wrapped(where, width, _INDENT)
    for line in (*_difference(quote), *_remarks(quote)):
        yield from _wrapped(line, width, _INDENT)


def _where(found: Located) -> str:
    where = message("proof_where", document=found.document, start=found.start, end=found.end)
    page = found.to_dict()["page"]
    return message("proof_page", where=where, page=page) if page else where


def _difference(quote: QuoteVerification) -> Iterator[str]:
    if quote.status != ALTERED or quote.found is None:
        return
    told = "".join(_edit(edit) for edit in quote.differences)
    yield message("proof_difference", text=told)
    if squeeze(quote.text) == squeeze(quote.found.text):
        yield message("proof_typography")


def _edit(edit: Difference) -> str:
    sign, words = edit
    if sign == "=":
        return _clipped(words, MAX_KEPT_CHARS)
    if not words.strip():
        words = message("proof_space" if words.isspace() and words.isascii() else "proof_no_break")
    return message("proof_removed" if sign == "-" else "proof_added", text=_clipped(words))


def _remarks(quote: QuoteVerification) -> Iterator[str]:
    for mismatch in quote.mismatches:
        yield _mismatch(mismatch)
    if quote.seal == BROKEN:
        yield message("proof_seal_broken")
    if quote.seal == UNKNOWN:
        yield message("proof_seal_unknown")
    if quote.changed:
        yield message("proof_changed_elsewhere" if quote.status == FOUND else "proof_changed")


def _mismatch(mismatch: Mismatch) -> str:
    within = mismatch.field in WITHIN_THE_QUOTE
    return message(
        "proof_mismatch_within" if within else "proof_mismatch",
        field=message(f"proof_field_{mismatch.field}"),
        cited=_value(mismatch.field, mismatch.cited),
        actual=_value(mismatch.field, mismatch.actual),
    )


def _value(field: str, value: Any) -> str:
    if value is None or value in ("", []):
        return message("proof_nothing")
    if field == "voice" and isinstance(value, dict):
        told = (value.get(name) for name in ("kind", "name", "reported"))
        kind, *rest = (str(part) if part else None for part in told)
        value = voice_label(Voice(kind or "", *rest))
    elif isinstance(value, dict) and "text" in value:
        value = value["text"]
    return message("proof_quoted", text=_clipped(str(value)))


def _clipped(text: str, most: int = MAX_SHOWN_CHARS) -> str:
    """Leave out the middle of a long text; both of its ends may be what differs."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]} […] {text[-half:]}"


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    lines = textwrap.wrap(
        visible(text), width - len(indent), break_long_words=False, break_on_hyphens=False
    )
    yield from (f"{indent}{line}" for line in lines or [""])
