"""Options that several commands share: what they accept, and what they become."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from aseqa.json_files import is_writable
from aseqa.messages import message
from aseqa.records import DOCUMENT_KINDS, VOICE_KINDS, Filters
from aseqa.settings import MAX_THREADS
from aseqa.wording import metavar_words

Function = TypeVar("Function", bound=Callable[..., Any])


class WholeNumber(click.ParamType[int]):
    """A whole number between two bounds."""

    name = "N"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        digits = re.fullmatch(r"\s*\d{1,9}\s*", str(value))
        if digits and self.low <= int(value) <= self.high:
            return int(value)
        fault = message("usage_number", value=value, low=self.low, high=self.high)
        raise click.BadParameter(fault, ctx, param)


class IsoDate(click.ParamType[str]):
    """A day as YYYY-MM-DD, that the calendar knows."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return datetime.date.fromisoformat(value).isoformat()
            except ValueError:
                pass  # the 31st of a month of 30 days: said below
        raise click.BadParameter(message("usage_date", value=value), ctx, param)


class OneOf(click.ParamType[str]):
    """One of a closed list of words."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.words:
            return str(value)
        fault = message("usage_word", value=value, words=", ".join(self.words))
        raise click.BadParameter(fault, ctx, param)


def text_option(*names: str, **rest: Any) -> Callable[[Function], Function]:
    """Make an option with its help from the catalogue: ``--since`` has ``help_since``."""
    key = names[0].lstrip("-").replace("-", "_")
    values = rest.pop("help_values", {})
    if "metavar" in rest:
        rest["metavar"] = metavar_words(rest["metavar"])
    return click.option(*names, help=message(f"help_{key}", **values), **rest)


json_option = text_option("--json", "as_json", is_flag=True)


def settings_options(function: Function) -> Function:
    """Add the options that override the settings: ``--index``, ``--encoder``, ``--threads``."""
    for option in (
        text_option("--threads", type=WholeNumber(1, MAX_THREADS), metavar="N"),
        text_option("--store", metavar="MAGASIN"),
        text_option("--encoder", metavar="NOM"),
        text_option("--index", metavar="DOSSIER", type=click.Path(path_type=Path)),
    ):
        function = option(function)
    return function


def filter_options(function: Function) -> Function:
    """Add the options that say where to look."""
    for option in (
        text_option("--source", "sources", multiple=True, metavar="MOTIF"),
        text_option("--as-of", type=IsoDate(), metavar="DATE"),
        text_option("--until", type=IsoDate(), metavar="DATE"),
        text_option("--since", type=IsoDate(), metavar="DATE"),
        text_option("--author", "authors", multiple=True, metavar="NOM"),
        text_option("--territory", "territories", multiple=True, metavar="LIEU"),
        text_option(
            "--voice",
            "voices",
            multiple=True,
            metavar="VOIX",
            type=OneOf("VOIX", VOICE_KINDS),
            help_values={"words": ", ".join(VOICE_KINDS)},
        ),
        text_option(
            "--kind",
            "kinds",
            multiple=True,
            metavar="TYPE",
            help_values={"words": ", ".join(DOCUMENT_KINDS)},
        ),
    ):
        function = option(function)
    return function


def chosen_filters(given: dict[str, Any]) -> Filters:
    """Take the filters out of a command's options.

    Raises
    ------
    click.UsageError
        When the dates leave no day, or a value holds bytes that are no text.
    """
    filters = Filters(**{name: given.pop(name) for name in Filters.__slots__})
    if filters.since and filters.until and filters.since > filters.until:
        raise click.UsageError(
            message("usage_dates", since=filters.since, until=filters.until),
            click.get_current_context(),
        )
    for value in (*filters.sources, *filters.authors, *filters.territories, *filters.kinds):
        if not is_writable(value):
            shown = value.encode("utf-8", "replace").decode("utf-8")
            raise click.UsageError(message("usage_bytes", value=shown), click.get_current_context())
    return filters


def check_kinds(filters: Filters, held: Callable[[], set[str]]) -> None:
    """Refuse a kind of document that is neither usual nor held by the index.

    A document may name a kind of its own, hence ``held``, asked only when needed.

    Raises
    ------
    click.UsageError
        When there is no such kind.
    """
    unusual = [kind for kind in filters.kinds if kind not in DOCUMENT_KINDS]
    if not unusual:
        return
    known = held()
    for kind in unusual:
        if kind not in known:
            words = ", ".join((*DOCUMENT_KINDS, *sorted(known - set(DOCUMENT_KINDS))))
            fault = message("usage_word", value=kind, words=words)
            fault = message("usage_value", name="--kind", fault=fault)
            raise click.UsageError(fault, click.get_current_context())
