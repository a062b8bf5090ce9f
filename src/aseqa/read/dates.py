"""French dates as they are printed, turned into ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from aseqa.text import fold

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_ABBREVIATED = {
    "janv": 1,
    "jan": 1,
    "fevr": 2,
    "fev": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | _ABBREVIATED

# "1er", "1^er", "1<sup>er</sup>"; "05/09/2025", "5.9.2025"; "2025-09-05".
DATE = re.compile(
    r"""(?<!\d)(?:
      (?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})
    | (?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})
    | (?P<word_day>\d{1,2})(?:\^?er|<sup>er</sup>)?\s+
      (?P<word_month>janv(?:ier)?|jan|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?
      |ao[uû]t|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)\.?\s+
      (?P<word_year>\d{4})
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)


def date_of(match: re.Match[str]) -> str | None:
    """Give the ISO date of a ``DATE`` match, or None for a day that does not exist."""
    parts = match.groupdict()
    if parts["iso_year"]:
        year, month, day = parts["iso_year"], parts["iso_month"], parts["iso_day"]
    elif parts["year"]:
        year, month, day = parts["year"], parts["month"], parts["day"]
    else:
        year, day = parts["word_year"], parts["word_day"]
        month = str(_MONTH_NUMBERS[fold(parts["word_month"])])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def iso_date(text: str) -> str | None:
    """Give the first date in ``text`` as ISO 8601, or None.

    Examples
    --------
    >>> iso_date("[1er mars 2025](#), page 12")
    '2025-03-01'
    >>> iso_date("Publié le05/09/2025 à 12h11")
    '2025-09-05'
    """
    match = DATE.search(text)
    return date_of(match) if match else None
