"""The patterns of times in a levelled text: no capitals, no accents, plain spaces."""

from __future__ import annotations

import re
from functools import cache

from aseqa.calendar_words import MONTH, YEAR


@cache
def absolute_times() -> re.Pattern[str]:
    """Match dates, months, years, and spans written with a dash, in a levelled text."""
    ordinal = (
        r"(?:premiere?|second|seconde|deuxieme|troisieme|quatrieme|dernier|1er|[2-4]e?(?:me)?)"
    )
    return re.compile(
        rf"""(?<![\d.,/])(?<!\d-)(?:
          (?P<iso>{YEAR}-\d\d-\d\d)
        | (?P<num_day>\d\d?)[/.](?P<num_month>\d\d?)[/.](?P<num_year>{YEAR})
        | (?P<day>\d\d?)(?:\s?\^?er|<sup>er</sup>)?\s+(?P<day_month>{MONTH})\b\.?
          (?:\s+(?P<day_year>{YEAR}))?
        | (?<![a-z])(?P<month>{MONTH})\b\.?(?:\s+(?P<month_year>{YEAR}))?
        | (?P<term>{ordinal})\s+(?P<term_kind>semestre|trimestre)
          (?:\s+(?:de\s+l'annee\s+|de\s+|d')?(?P<term_year>{YEAR}))?
        | annees\s+(?P<decade>(?:(?:19|20)\d|[2-9])0)(?!\d)
        | (?P<from_year>{YEAR})\s?[-/]\s?(?P<to_year>{YEAR}|\d\d)(?![\d-])
        | (?P<year>{YEAR})(?!-\d)
        )(?!\d|[,.]\d)""",
        re.VERBOSE,
    )


@cache
def time_contexts() -> dict[str, re.Pattern[str]]:
    """Match the words before and after a time that tell how it is meant."""
    months = (
        r"(?:\ben|\bde|\bd'|depuis|d'ici|jusqu'en|\bfin|\bdebut|\bmi-|mois\sde|mois\sd'|entre"
        r"|courant|\bdes|\bet|\ba)\s?$"
    )
    return {
        "month_before": re.compile(months),
        "last": re.compile(r"\s+(?:dernier|passe)\b"),
        "next": re.compile(r"\s+prochain\b"),
        "since": re.compile(
            r"(?:\bdepuis|\ba (?:partir|compter) d[eu'])\s?(?:l'annee |la fin (?:de |d')?|fin |"
            r"le debut (?:de |d')?|debut |le mois de |"
            r"(?:le |ce )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?|"
            r"la rentree (?:scolaire )?(?:de )?)?$"
        ),
        "until": re.compile(
            r"\b(?:jusqu'(?:en|au|a)|d'ici(?: a)?|avant)\s?"
            r"(?:l'annee |la fin (?:de |d')?|fin |le |au )?$"
        ),
        "end": re.compile(r"\bfin(?: de)?(?: l'annee)? ?(?:d')?$"),
        "compared": re.compile(
            r"\b(?:par rapport (?:a|au|aux)|(?:plus|moins|autant|superieur|inferieur)\b[^.;:]{0,50}"
            r" qu'(?:en|au|a))\s?(?:l'annee |la fin (?:de |d')?|fin |le |celui de )?$"
        ),
        "from": re.compile(
            r"(?:\bentre|\bde|\bdu|\bd'|\bperiode|\bannees)\s?(?:le |l'annee |fin |debut |au )?$"
        ),
        "to": re.compile(
            r"\s?(?:et|a|au|jusqu'a|jusqu'en|jusqu'au)\s(?:le |l'annee |la fin |fin |en )?$"
        ),
        "counted": re.compile(
            r"(?:\bplus de|\bmoins de|\bpres de|environ|quelque|article|articles|n°|no|numero|page"
            r"|\bp\.|\bart\.|\ba hauteur de)\s?$"
        ),
        "year_before": re.compile(
            r"(?:\ben|\bannees?|depuis|\bfin|\bdebut|\bentre|jusqu'en|d'ici|exercice|\bmi-|\bete"
            r"|rentree|hiver|automne|printemps|courant|\bavant|\bapres)\s?$"
        ),
        "unit_after": re.compile(
            r"\s?(?:€|%|euros?\b|(?!dans|mais|alors|puis|sans|sous|vers|apres|depuis|les\b|des\b"
            r"|ses\b|plus|moins|pres|pas\b|jamais|dos\b|deux|trois|six|dix|mineurs? non)"
            r"\s(?:jeunes?|[a-z]{3,}[sx])\b)"
        ),
    }
