"""How far a name or a noun with its complements goes: "présidente du conseil de l'ordre"."""

from __future__ import annotations

import re

from aseqa.sentence_words import UPPER
from aseqa.voice_words import PAST, PRESENT

MAX_PHRASE_STEPS = 12

CIVILITY = r"(?:M\.|MM\.|Mmes?|Mlle|Maître|Me|Dr|Pr|[Dd]octeure?|[Pp]rofesseure?)"
NAME = (
    rf"(?!{CIVILITY}(?!\w))[{UPPER}](?:\.(?:[-\s]?[{UPPER}]\.)?(?=\s)|[\w-]*)"
    rf"(?:\s(?:de\s|du\s|d'|des\s|le\s|la\s|van\s|von\s|el\s|ben\s)?[{UPPER}][\w-]*){{0,3}}"
)
NAME_BEFORE = re.compile(rf"(?<![\w'-]){NAME}\Z")
AFTER_OFFICE = re.compile(rf",?\s+(?:{CIVILITY}\s+)?(?P<name>{NAME})")

_VERB = re.compile(rf"\s+(?:{PRESENT}|{PAST})(?![\w-])")
_LINKED = re.compile(
    r"\s+(?:et\s+)?(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+|d')[\w-]+"
    r"|,\s(?:de\s+la\s+|de\s+l'|du\s+|des\s+)[\w-]+"
)
_ADJECTIVE = re.compile(
    r"\s+(?:délégué|déléguée|adjointe?|[^\W\d_]+(?:al|ale|aux|ales|ique|iques|aire|aires|if|ive|ais"
    r"|aise|ois|oise|ien|ienne|ain|aine|ier|ière|el|elle))(?![\w-])"
)
_CAPITAL = re.compile(rf"\s+[{UPPER}][\w-]*|\s+\d{{2,3}}(?!\w)")
_SHORT = re.compile(rf"\s*\((?P<short>[{UPPER}][\w-]{{1,11}})\)")


def phrase_end(sentence: str, place: int, office: bool) -> tuple[int, str | None]:
    """Follow the complements of a noun; give where they end, and a short form in brackets.

    An ``office`` stops before the name of its holder.
    """
    for _ in range(MAX_PHRASE_STEPS):
        short = _SHORT.match(sentence, place)
        if short:
            return short.end(), short["short"]
        if _VERB.match(sentence, place) or (office and AFTER_OFFICE.match(sentence, place)):
            return place, None
        found = (
            _LINKED.match(sentence, place)
            or _CAPITAL.match(sentence, place)
            or _ADJECTIVE.match(sentence, place)
        )
        if not found:
            return place, None
        place = found.end()
    return place, None
