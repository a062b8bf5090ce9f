"""Filters as a browser sends them: checked one by one, and said in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date

from aseqa.errors import BadSettings
from aseqa.messages import label_of, message
from aseqa.records import NO_FILTERS, VOICE_KINDS, Filters
from aseqa.wording import date_words

LISTS = ("kinds", "voices", "territories", "authors", "sources")
DAYS = ("since", "until", "as_of")
MAX_VALUES = 30
MAX_VALUE_CHARS = 500

# What SQLite's GLOB would read as a pattern stands for itself between brackets.
_LITERAL = str.maketrans({"[": "[[]", "*": "[*]", "?": "[?]"})
_UNWRITABLE = ("Cc", "Cs")


def filters_from(sent: object) -> Filters:
    """Make filters of what a page sent: ``{"kinds": ["loi"], "since": "2024-01-01", …}``.

    ``sources`` are files' own names here, no patterns. What is no filter is refused rather
    than left out: an answer must not be wider than what the reader sees chosen.

    Raises
    ------
    BadSettings
        When something sent is no filter, with a sentence for the reader.
    """
    if sent is None:
        return NO_FILTERS
    if not isinstance(sent, Mapping) or set(sent) - {*LISTS, *DAYS}:
        raise BadSettings(message("filters_refused"))
    lists = {name: _values(name, sent.get(name)) for name in LISTS}
    days = {name: _day(sent.get(name)) for name in DAYS}
    for voice in lists["voices"]:
        if voice not in VOICE_KINDS:
            raise BadSettings(message("filters_voice_unknown", value=voice))
    since, until = days["since"], days["until"]
    if since and until and since > until:
        days_told = {"since": date_words(since), "until": date_words(until)}
        raise BadSettings(message("filters_order", **days_told))
    lists["sources"] = tuple(name.translate(_LITERAL) for name in lists["sources"])
    return Filters(**lists, since=since, until=until, as_of=days["as_of"])


def _values(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(map(_is_plain, value)):
        raise BadSettings(message("filters_refused"))
    if len(value) > MAX_VALUES:
        label = message(f"filters_{name}")
        raise BadSettings(message("filters_many", label=label, count=len(value), limit=MAX_VALUES))
    return tuple(dict.fromkeys(value))


def _is_plain(value: object) -> bool:
    """Tell whether a value is a short text with something in it that can be stored and shown."""
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_VALUE_CHARS:
        return False
    return not any(unicodedata.category(char) in _UNWRITABLE for char in value)


def _day(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > MAX_VALUE_CHARS:
        raise BadSettings(message("filters_refused"))
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise BadSettings(message("filters_day", value=value[:20])) from error


def filter_words(filters: Filters, titles: Mapping[str, str]) -> list[str]:
    r"""Say each filter in words; ``titles`` are the files' own, by their names.

    Examples
    --------
    >>> filter_words(Filters.of(voices="presse", since="2024-01-01"), {})
    ['voix\xa0: Presse', 'depuis le 1er janvier 2024']
    """
    found = []
    for name in LISTS:
        names = [value_label(name, value, titles) for value in getattr(filters, name)]
        if names:
            values = ", ".join(names)
            found.append(message("filters_fact", label=message(f"filters_{name}"), values=values))
    days = {name: getattr(filters, name) for name in DAYS}
    said = [message(f"filters_{name}", date=date_words(day)) for name, day in days.items() if day]
    return found + said


def value_label(name: str, value: str, titles: Mapping[str, str]) -> str:
    """Give the French name of a filter's value: of a kind, a voice, a file."""
    if name == "sources":
        source = value.replace("[?]", "?").replace("[*]", "*").replace("[[]", "[")
        return titles.get(source, source)
    prefix = {"kinds": "chat_kind_", "voices": "chat_voice_"}.get(name)
    return label_of(f"{prefix}{value}", value) if prefix else value
