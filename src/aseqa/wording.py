"""Dates, numbers and stand-ins that we write ourselves, as the language in force writes them."""

from __future__ import annotations

import re
from functools import cache

from aseqa.messages import label_of, message


@cache
def _iso_date() -> re.Pattern[str]:
    return re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")


def date_words(date: str) -> str:
    """Write an ISO date, a month or a year as prose does, in the language in force.

    What is no date is given back unchanged: a source may date itself in words.

    Examples
    --------
    >>> date_words("2025-01-01"), date_words("2024-05")
    ('1er janvier 2025', 'mai 2024')
    """
    return written_date(date, message("date_months"), message("date_first"))


def written_date(date: str, months: str, first: str) -> str:
    """Write a date with these names of months, separated by spaces, and this first of a month."""
    found = _iso_date().fullmatch(date)
    if not found:
        return date
    year, month, day = found.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return date
    name = months.split()[int(month) - 1]
    if day is None:
        return f"{name} {year}"
    return f"{first if day == '01' else int(day)} {name} {year}"


def decimal_words(number: str) -> str:
    """Give a number written with a point the decimal sign of the language in force.

    Examples
    --------
    >>> decimal_words("0.94")
    '0,94'
    """
    return number.replace(".", message("number_decimal"))


def count_words(number: int) -> str:
    r"""Write a whole number with its thousands apart.

    Examples
    --------
    >>> count_words(12500)
    '12\u202f500'
    """
    return f"{number:,}".replace(",", message("number_thousands"))


def percent_words(share: float) -> str:
    r"""Write a share between 0 and 1 as a whole percentage.

    Examples
    --------
    >>> percent_words(0.25)
    '25\xa0%'
    """
    return message("number_percent", value=f"{100 * share:.0f}")


def metavar_words(metavar: str) -> str:
    """Give what stands for a value on a help page: ``[CHEMIN]...``.

    Examples
    --------
    >>> metavar_words("FICHIER[:NOM]")
    'FICHIER[:NOM]'
    """
    return re.sub(r"[A-Z]+", lambda found: label_of(f"metavar_{found[0]}", found[0]), metavar)
