"""What a corpus covers and does not, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aseqa.messages import label_of, message
from aseqa.render_words import visible

_INDENT = "   "


def render_coverage(coverage: Mapping[str, Any], width: int = 88) -> str:
    """Give the record of ``coverage`` as text: each part, then what is missing from it."""
    return "\n".join(_parts(coverage, width))


def counted_names(coverage: Mapping[str, Any], part: str) -> list[str]:
    """Give what is held of a part (``kinds``, ``years``…), each with its count, in words."""
    return [
        message("coverage_count", name=_name(part, name), count=count)
        for name, count in coverage[part].items()
    ]


def missing_names(coverage: Mapping[str, Any], part: str) -> list[str]:
    """Give what is usual in a part and not held, in words."""
    return [_name(part, name) for name in coverage[f"{part}_missing"]]


def _parts(coverage: Mapping[str, Any], width: int) -> Iterator[str]:
    for part in ("kinds", "years", "voices", "territories"):
        yield from _part(message(f"coverage_{part}"), counted_names(coverage, part), width)
        missing = missing_names(coverage, part)
        if missing:
            label = message(f"coverage_{part}_missing", count=len(missing))
            yield from _part(label, missing, width)
    if coverage["undated"]:
        yield f"{message('coverage_undated')}{message('colon')} {coverage['undated']}"
    yield f"{message('coverage_unanswered')}{message('colon')}"
    unanswered = [visible(one["reference"]) for one in coverage["unanswered"]]
    for told in unanswered or [message("coverage_none")]:
        yield from _wrapped(told, width)


def _name(part: str, name: str) -> str:
    """Give the French name of a kind or a voice; a year and a place are their own."""
    return visible(label_of(f"chat_{part.removesuffix('s')}_{name}", name))


def _part(label: str, items: Iterable[str], width: int) -> Iterator[str]:
    yield f"{label}{message('colon')}"
    yield from _wrapped(", ".join(items) or message("coverage_none"), width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=_INDENT,
        subsequent_indent=2 * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
