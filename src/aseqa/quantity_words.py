"""The words around a number, as patterns over folded text: hedges, units, links, cues."""

from __future__ import annotations

import re
from functools import cache

MAX_HEDGE_CHARS = 40

_OF = r"(?:de |d'|des |du )"

# Tried in this order, each anchored just before the number.
HEDGES = (
    (
        "moins",
        rf"\b(?:(?<!pas )moins {_OF}|jusqu'a |au plus |au maximum |inferieur\w* a |maximum {_OF}"
        r"|dans la limite de )\Z",
    ),
    (
        "plus",
        rf"\b(?:(?:un peu |bien |nettement |beaucoup )?plus {_OF}|au moins |au minimum |minimum "
        rf"|pas moins {_OF}|superieur\w* a |depass\w{{1,5}} (?:les )?|au-dela {_OF}"
        r"|a partir de )\Z",
    ),
    (
        "environ",
        rf"\b(?:environ |pres {_OF}|autour {_OF}|quelques? |a peu pres |(?:aux )?alentours {_OF}"
        rf"|de l'ordre {_OF}|presque |quasiment |approximativement |aux environs {_OF}"
        rf"|avoisin\w{{1,5}} (?:les )?|env\. )\Z",
    ),
)
AFTER_HEDGE = r" [a-z]{3,20} environ\b| environ\b"

_TIME = r"(?:ans?|annees?|mois|semaines?|jours?|heures?)\b"
# (unit, pattern right after the number, factor)
UNITS = (
    ("%", r" ?%| ?pour ?cent\b| p\. ?100\b", 1.0),
    ("autre", r" ?‰| pour (?:mille|1 000)\b| points?\b(?: de pourcentage)?", 1.0),
    ("euros", r" ?(?:m€|millions? €)", 1e6),
    ("euros", r" ?(?:mds? ?€|mds? d'euros|milliards? €)", 1e9),
    ("euros", r" ?k€", 1e3),
    ("euros", r" ?€| (?:d'|d' )?euros?\b|,\d\d ?€", 1.0),
    ("fois", r" fois\b(?: (?:plus|moins)\b)?", 1.0),
    ("temps", rf" (?:d'|(?:premier|premiere|dernier|derniere|prochaine?|autre)s )?{_TIME}", 1.0),
)

# "2 à 6 mois", "11-14 ans", "500 et 700 euros", "500 euros à 700 euros", "12 13 ans"
RANGE_LINK = (
    r"(?P<unit> ?(?:%|€|euros?|ans|mois|m€))?"
    r"(?: (?P<word>a|et|ou) (?:pres de |environ )?| ?[-–/] ?|(?P<gap> ))"
)
OUT_OF = r"(?: [a-z\d'-]{1,25}){0,9} sur (?:les )?"
ONE_OF = r" [a-z\d' -]{1,60} sur (?:\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|mille)"
EVOLUTION = (
    r"\b(?:pass\w{0,5}|progress\w{0,5}|augment\w{0,5}|recul\w{0,5}|baiss\w{0,5}|mont\w{0,4}"
    r"|diminu\w{0,5}|chut\w{0,4}|hausse|evolu\w{0,5}) (?:\w{2,10} )?de \Z"
)

# Between a number with its unit and one that stands bare: "de 18 millions d'euros à 27".
SAME_UNIT = r"(?: en (?:19|20)\d\d)?,? (?:a|contre|puis)(?: (?:pres|plus|moins) de)? "
CONTRE = r"[^.;:!?]{0,100}\b(?:contre|puis) "

AGE_CUE = (
    r"\bj'(?:ai|avais) \Z|\b(?:il|elle) (?:a|avait) \Z|[a-z], \Z"
    r"|\b(?:ont|avaient|auraient) (?:deja |en moyenne |environ )?"
    r"(?:(?:plus|moins) de |entre )?\Z|\bagee?s? |\bage\b|\bmajorite \(|\bmineure?s? de "
    r"|\b(?:enfants?|jeunes?|filles?|garcons?|majeurs?|adolescente?s?|mna|les|des|aux|chez)"
    r" (?:ages? )?(?:de |d'|entre )(?:plus |moins )?(?:de )?\Z"
    r"|\b(?:les|des|aux|chez les) (?:moins |plus )?(?:de )?\Z"
    r"|\b(?:a|des|leurs|ses|jusqu'a|avant|entre|sous|de plus de|de moins de|aux|des l'age de) "
    r"(?:plus de |moins de )?(?:\d{1,2} (?:a |et |ou )?)?\Z"
)
DURATION_CUE = (
    r"\b(?:(?:tous|toutes) les |(?:pendant|durant|depuis|delais?|durees?|il y a|contrats?|suivi"
    r"|peine|au bout|en moyenne|d'ici|sur|en|sous|apres|inferieure?s? de|superieure?s? de|datant"
    r"|datent|date|anciennete|experience|attente|attend\w*|prison|emprisonnement|ans et|espacees"
    r"|reconduit|prolong\w*|dans (?:les|un delai)|periode|ferme|courts?|courtes?)\b)"
)

# Where a number may stand without a noun.
BARE_CUE = (
    r"\b(?:contre|et|soit|ils|elles|en) (?:etaient|sont|seraient|seront)? ?\Z"
    r"|\b(?:contre|soit|dont|etaient|seraient|atteint|atteignait|atteignent|atteindre) \Z"
    r"|\b(?:eleve|elevait|elevaient|elevent|elevera|etabli\w{0,5}|chiffre\w{0,4}|port\w{1,4}"
    r"|limite\w{0,4}|fixe\w{0,4}|pass\w{1,5}|estime\w{0,3}|evalue\w{0,3}|ramen\w{1,3})"
    r" (?:ainsi )?a \Z"
    r"|\b(?:nombre|effectifs?|total|chiffre|budget)\b[^.;,]{0,50} (?:est|etait|sera|etaient) de \Z"
    r"|\bpass\w{0,5} de \Z|\b(?:de|d'euros|€|%) (?:[\d.,]{1,9} )(?:\w{2,12} )?(?:d'euros )?a \Z"
    r"|\ben (?:a |ont |avai\w+ )?(?!19|20)[a-z]{3,14} \Z|\bau nombre de \Z"
    r"|\b(?:ils|elles) (?:etaient|sont|seraient) \Z|\b(?:sont|etaient|seraient|ont ete) \Z"
    r"|d'euros a \Z|\d a \Z|\b(?:compt\w{1,5}|recens\w{1,5}|denombr\w{1,5}|accueill\w{1,5}) \Z"
)

_FUNCTION = (
    r"(?:et|ou|en|dans|des?|du|pour|par|sont|ont|sur|qui|que|le|la|les|a|au|aux|est|etaient|etait"
    r"|avec|chez|dont|contre|avaient|avait|seraient|auraient|selon|mais|depuis|fin|entre|il|elle"
    r"|ils|elles|soit|parmi|puis|si|y|ne|n|se|s|l|d|c|ce|ces|seulement|environ|janvier|fevrier"
    r"|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|h|hors|sous|plus|moins"
    r"|un|une|an|apres|avant|pendant|jusqu|lors|cette|cet|aujourd|actuellement|attendent|pas|jamais|non)\b"
)
NOUN = (
    rf" (?:d'|de |des )?(?!{_FUNCTION}|€|d')"
    r"(?:(?:nouve\w{2,5}|autres?|petite?s?|jeunes(?= (?:filles|gens|garcons|femmes|majeur))"
    r"|derni\w{2,5}|premi\w{2,5}|seule?s?|grande?s?) )?"
    r"[a-z][a-z]+(?:-[a-z]+)*(?: a projets\b)?"
)


def hedge_before(text: str, start: int) -> tuple[int, str]:
    """Give where the hedge before a number begins, and its kind."""
    left = max(0, start - MAX_HEDGE_CHARS)
    before = text[left:start]
    for kind, pattern in HEDGES:
        match = compiled(pattern).search(before)
        if match:
            return left + match.start(), kind
    return start, "exact"


def bounds(hedge: str, value: float) -> tuple[float | None, float | None]:
    """Give the lower and upper end of a hedged value; None for an open one."""
    return (None if hedge == "moins" else value), (None if hedge == "plus" else value)


def unit_after(text: str, end: int) -> tuple[str, int, float]:
    """Give the unit right after a number, where it ends, and what it multiplies by."""
    for name, pattern, scale in UNITS:
        match = compiled(pattern).match(text, end)
        if match:
            return name, match.end(), scale
    return "", end, 1.0


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed."""
    return re.compile(pattern)
