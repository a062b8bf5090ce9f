"""Numbers that count nothing: dates, times of day, ordinals, numbers of laws, articles and pages.

All patterns read folded text and end within a bounded stretch of their start.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|janv\.|fevr?\.|avr\.|juil\.|sept\.|oct\.|nov\.|dec\.)"
)
YEAR = r"(?:19|20)\d\d(?!\d| \d{3}(?!\d)|[.,]\d)"
_COUNTED_AFTER_YEAR = (
    r"(?! ?(?:%|€|euros?\b|enfants?\b|mineure?s?\b|jeunes?\b|places?\b|personnes?\b|familles?\b"
    r"|mesures?\b|signalements?\b|informations?\b|postes?\b|agents?\b|victimes?\b|logements?\b))"
)
_NUMBERED = (
    r"(?:articles?|art\.|pages?|pp?\.|axes?|programmes?|actions?|chapitres?|titre|alineas?|annexes?"
    r"|tome|volumes?|question|decrets?|circulaires?|objectif|mesure|proposition|recommandation"
    r"|numeros?|fiche|tableaux?|figures?|graphiques?|encadre|livre|volet|etape|phase|tranche"
    r"|departement|departemental|addap|udaf|cd|chambre|lot|salle|bureau|note|partie|version|rue|bp"
    r"|division|section|classe de|programme)"
)
_FORMS = (
    r"https?://\S{1,2000}",
    rf"\b(?:1er|\d{{1,2}})(?:(?: et | au |-)\d{{1,2}})? {MONTH}(?: (?:19|20)\d\d)?",
    rf"\b{MONTH} (?:19|20)\d\d\b",
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/(?:19|20)\d\d\b",
    r"\b\d{1,2} ?h ?\d{2}\b|\b(?:a|vers|des|avant|apres|entre|et) \d{1,2} ?h(?:eures?)?\b"
    r"(?! par\b)",
    r"\b\d{1,4} ?(?:\^ ?)?(?:er|ere|re|e|eme|nde?|ieme)s?\b|\b\d{1,4}<sup>|\d{1,4}\^",
    r"\bn ?[°o]s? ?\d[\d-]*(?: \d{3}\b)?|\bno?s?\.? ?° ?\d[\d-]*",
    rf"\b{_NUMBERED}\s+(?:n ?° ?)?(?:[a-z]\. ?)?\d[\d./-]*"
    r"(?:(?:,| et| a| ou) \d[\d-]*\b(?! ?%)){0,6}",
    r"\b[lrda]\. ?(?:\* ?)?\d[\d-]*",
    r"\b\d{2,4}-\d{3,5}\b",
    r"\b0\d(?:[ .]?\d{2}){4}\b|\b116 ?\d{3}\b",
    r"\b(?:le|au|du|appeler le) (?:115|119|3018|3020|3114|3919|15|17)\b(?! [a-z]{4,}s\b)",
    r"\b(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d\b",
    rf"(?<![\d ,.]){YEAR}{_COUNTED_AFTER_YEAR}|(?<=[^\d] ){YEAR}{_COUNTED_AFTER_YEAR}",
    r"(?:(?<=\n)|^)\s{0,8}\d{1,3}(?:\.\d{1,3}){0,3}[.)] ",
    r"\[\d{1,3}\]|\b\d{1,4},? (?:bis |ter )?(?:boulevard|rue|avenue|quai|allee|chemin|impasse) ",
    r"\bloi (?:\d+ds|n ?°)|\bcovid[- ]19\b|\btout-?en-?un\b|\bg(?:7|20)\b",
    r"\bneuf(?=[.,;]|$)|\bcent(?=res?\b)|\bs(?:ix|ept)ieme\b|\bdeux[ -]sevres\b",
    r"\b(?:toutes|tous) (?:les )?deux\b|\bles deux\b(?= (?:sexes?|cas|fois)\b)"
    r"|\b(?:une|un) (?:fois|seule?)\b|\bdeux poids\b",
)


def excluded(text: str) -> list[tuple[int, int]]:
    """Give the stretches of a folded text whose numbers are no figures, in order.

    Examples
    --------
    >>> excluded("l'article l. 221-1 du 3 mai 2024 et 300 enfants")
    [(2, 18), (22, 32)]
    """
    return list(_excluded(text))


@lru_cache(maxsize=64)
def _excluded(text: str) -> tuple[tuple[int, int], ...]:
    """Keep those of the sentence at hand, which is read for numbers and then for words."""
    return tuple(match.span() for match in _pattern().finditer(text))


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether ``start``-``end`` meets one of ``spans``, disjoint and in order."""
    place = bisect_right(spans, (end, 0)) - 1
    return place >= 0 and spans[place][0] < end and spans[place][1] > start


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in _FORMS))
