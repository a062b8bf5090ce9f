"""How far a name or a noun with its complements goes: "présidente du conseil de l'ordre"."""

from __future__ import annotations

import re

from aseqa.sentence_words import UPPER
from aseqa.speech_verbs import INFINITIVE, PAST, PRESENT
from aseqa.voice_words import OFFICES

MAX_PHRASE_STEPS = 12
MAX_HEAD_CHARS = 15
MAX_OFFICE_CHARS = 90

CIVILITY = r"(?:M\.|MM\.|Mmes?|Mlle|Maître|Me|Dr|Pr|[Dd]octeure?|[Pp]rofesseure?)"
NAME = (
    rf"(?!{CIVILITY}(?!\w))[{UPPER}](?:\.(?:[-\s]?[{UPPER}]\.)?(?=\s)|[\w-]*)"
    rf"(?:\s(?:de\s|du\s|d'|des\s|le\s|la\s|van\s|von\s|el\s|ben\s)?[{UPPER}][\w-]*){{0,3}}"
)
NAME_BEFORE = re.compile(rf"(?<![\w'-]){NAME}\Z")
AFTER_OFFICE = re.compile(rf",?\s+(?:{CIVILITY}\s+)?(?P<name>{NAME})")

OFFICE = re.compile(
    rf",\s+(?:\d\d\sans,\s)?(?:(?P<det>l'|le\s|la\s)|(?:un|une|son|sa|leur|notre)\s)?"
    rf"(?P<office>(?:{OFFICES})\b[^,;:.«»()!?]{{0,{MAX_OFFICE_CHARS}}})",
    re.IGNORECASE,
)
_OFFICE_STOP = re.compile(
    r"\s(?:qui|que|dont|se|a|ont|est|sont|avait|était|s'est|dans|lors"
    r"|au micro|auprès|avec|depuis|après|avant|à propos|en réponse"
    r"|sur|ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
_VERB = re.compile(
    rf"\s+(?:{PRESENT}|{PAST}|(?:inter|r)?appell?e(?:nt)?|(?:de\s|d')(?:{INFINITIVE}))(?![\w-])"
)
_LINKED = re.compile(
    r"\s+(?:de\s+|d')(?:une?|sa|son|ses|leurs?|ces?|cet|cette|deux|trois|plusieurs)\s+[\w-]+"
    r"|\s+(?:et\s+)?(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+|d')[\w-]+"
    r"|,\s(?:de\s+la\s+|de\s+l'|du\s+|des\s+)[\w-]+"
    r"|\s+(?:chargée?s?|déléguée?s?|en charge)\s(?:de\s+la\s|de\s+l'|de\s|du\s|des\s|d'|à\s+la\s"
    r"|à\s+l'|aux?\s)[\w-]+"
)
_AT = re.compile(
    r"\s+(?:(?:à\s+la\s+|à\s+l'|aux\s+)(?=[^\W\d_])|au\s+(?=[a-zß-öø-ÿœ]))[\w-]+"
    # "directrice enfance-famille"
    r"|\s+(?:[a-zé]{4,20}-[a-zé]{4,20}|(?:petite\s)?enfance|famille|jeunesse|solidarités?)(?![\w-])"
)
_ADJECTIVE = re.compile(
    r"\s+(?!(?:mais|jamais|désormais|bien|rien|combien|demain|soudain|hier|elle|quelle?|telle?"
    r"|celle|janvier|février|aux|entretien|lien|ainsi)(?!\w))(?:délégué|déléguée|adjointe?|supérieure?|intérieure?|extérieure?|majeure?|mineure?|[^\W\d_]+(?:al|ale|aux|ales|ique|iques|aire|aires|if|ive|ais"
    r"|aise|ois|oise|ien|ienne|ain|aine|ier|ière|el|elle|trice|teur|teuse|ante))(?![\w-])"
)
_CAPITAL = re.compile(rf"\s+(?:[LD]')?[{UPPER}][\w-]*|\s+\d{{2,3}}(?!\w)")
# What comes behind "association" is its name, even when a person's could stand there.
_NAMED_BODY = re.compile(
    r"(?:association|collectif|fondation|syndicat|fédération|foyer|groupe|société|parti|centre)\Z"
)
_OWN_WORDS = re.compile(
    rf"(?:\s(?!qu[ie]\s|a\s|ont\s)[\w'-]+){{1,4}}?(?=\s(?:{PRESENT})(?!\w)|\s\()"
)
_ACRONYM = re.compile(rf"\s+[{UPPER}]{{2,}}[\w-]*(?!\s[{UPPER}][a-z])")
# "l'Office mineurs": a common noun that ends a name, where a comma shows it.
_LOWER_TAIL = re.compile(
    r"(?:Office|Agence|Mission|Cellule|Brigade|Plateforme|Institut|Fonds|Pôle|Service"
    r"|CGT|CFDT|FO|FSU|UNSA|Unsa|SUD|Sud|CFTC)(?:\s[a-zß-öø-ÿœ-]{4,20}){1,3}(?=[,.]|\Z)"
)
_WORD = re.compile(r"[\w-]+\Z")
_SHORT = re.compile(rf"\s*\((?P<short>[{UPPER}][\w-]{{1,11}})\)")

_ARTICLE = re.compile(
    r"(?P<det>de\s+la|de\s+l'|du|des|aux?|l'|les?|la|cet(?:te)?|ces?|une?|son|sa|ses|leurs?|nos"
    r"|notre|votre|vos|plusieurs|certaine?s)(?:\s+|(?<='))(?=\S)",
    re.IGNORECASE,
)
_CONTRACTED = {
    "de la": "la ",
    "de l'": "l'",
    "du": "le ",
    "des": "les ",
    "au": "le ",
    "aux": "les ",
}
_BARE_OF = re.compile(rf"(?:de\s|d')(?=[{UPPER}])")


def plain_article(phrase: str, contracted: bool = True) -> str:
    """Give a phrase with the article that it has by itself, in lower case.

    Examples
    --------
    >>> plain_article("du ministère"), plain_article("L'Igas"), plain_article("d'Amnesty")
    ('le ministère', "l'Igas", 'Amnesty')
    """
    found = _ARTICLE.match(phrase)
    if not found:
        return _BARE_OF.sub("", phrase, count=1) if _BARE_OF.match(phrase) else phrase
    det = " ".join(found["det"].lower().split())
    own = found.group().lower() if not contracted or det not in _CONTRACTED else _CONTRACTED[det]
    return own + phrase[found.end() :]


def phrase_end(sentence: str, place: int, office: bool) -> tuple[int, str | None]:
    """Follow the complements of a noun; give where they end, and a short form in brackets.

    An ``office`` stops before the name of its holder.
    """
    for _ in range(MAX_PHRASE_STEPS):
        short = _SHORT.match(sentence, place)
        if short:
            return short.end(), short["short"]
        named = _NAMED_BODY.search(sentence, max(0, place - MAX_HEAD_CHARS), place)
        acronym = _ACRONYM.match(sentence, place)
        holder = office and not (named or acronym) and AFTER_OFFICE.match(sentence, place)
        if holder or _VERB.match(sentence, place):
            return place, None
        found = _complement(sentence, place, office)
        if not found:
            return place, None
        place = found.end()
        own = _OWN_WORDS.match(sentence, place) if named else None
        place = own.end() if own else place
    return place, None


def _complement(sentence: str, place: int, office: bool) -> re.Match[str] | None:
    word = _WORD.search(sentence, max(0, place - MAX_HEAD_CHARS), place)
    return (
        (_LOWER_TAIL.match(sentence, word.start()) if word else None)
        or _LINKED.match(sentence, place)
        or _CAPITAL.match(sentence, place)
        or _ADJECTIVE.match(sentence, place)
        or (_AT.match(sentence, place) if office else None)
    )


def apposed_office(sentence: str, place: int) -> tuple[str, int]:
    """Read an office after a name: ", représentante du personnel"."""
    found = OFFICE.match(sentence, place)
    if not found:
        return "", place
    stop = _OFFICE_STOP.search(found["office"])
    office = found["office"][: stop.start()] if stop else found["office"]
    return office.rstrip(), found.start("office") + len(office.rstrip())
