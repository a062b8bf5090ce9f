"""Ages and durations: "13 ans" in "à 13 ans" and in "pendant 13 ans"."""

from __future__ import annotations

from aseqa.quantity_words import AGE_CUE, DURATION_CUE, compiled

DAYS_IN_YEAR = 365
DAYS = {"an": 365, "annee": 365, "mois": 30, "semaine": 7, "jour": 1, "heure": 1 / 24}

_NO_AGE = (
    r" (?:plus tard|apres|auparavant|de prison|de reclusion|d'|de (?!l|la )[a-z]|pour (?!l)[a-z])"
)


def age_or_duration(word: str, before: str, after: str, hedge: str) -> tuple[str, float]:
    """Tell the unit of a time by the folded words around it, and what its number times by.

    Ages are in years (``ans``), durations (``durée``) in days.

    Examples
    --------
    >>> age_or_duration(" ans", "un suivi de ", "", "exact")
    ('durée', 365)
    >>> age_or_duration(" ans", "l'age moyen est de ", "", "exact")
    ('ans', 1.0)
    """
    last = word.split()[-1].removeprefix("d'")
    days = DAYS["mois" if last == "mois" else last.rstrip("s")]
    if _is_age(last, before, after, hedge):
        return "ans", days / DAYS_IN_YEAR
    return "durée", days


def _is_age(word: str, before: str, after: str, hedge: str) -> bool:
    if word not in ("an", "ans", "mois") or compiled(_NO_AGE).match(after):
        return False
    age = list(compiled(AGE_CUE).finditer(before))
    duration = list(compiled(DURATION_CUE).finditer(before))
    if age and (not duration or age[-1].end() > duration[-1].end()):
        return word != "mois" or "age" in age[-1].group() or "moins" in age[-1].group()
    return not duration and word != "mois" and hedge in ("plus", "moins", "entre")
