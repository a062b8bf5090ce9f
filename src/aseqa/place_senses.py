"""Names that may be something else: an ordinary word, a river, a person, a point of the compass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from aseqa.gazetteer import Name, gazetteer
from aseqa.text import APOSTROPHES, STOP_WORDS, Token, fold

# What may stand before an ambiguous name ("le Lot", "le Nord") to make it a place.
_ANNOUNCERS = frozenset({"departement", "departements", "conseil"})
_LINKS = frozenset(
    "du de la des le les en dans a au aux et ou sur vers entre par pour depuis chez".split()
)
_CIVILITIES = frozenset("m mm mme mmes mlle monsieur madame me dr maitre docteur juge".split())
_TITLES = frozenset(
    """region departement departements metropole ville conseil departemental academie grand
    agglomeration commune tribunal prefecture mairie foyer village antenne samu secteur""".split()
)
# "la mer du Nord", "l'Afrique du Nord", "le garde des Sceaux", "la convention de Vienne".
_ELSEWHERE = frozenset(
    """mer afrique coree amerique europe irlande macedoine chypre asie gare voix pays pole cercle
    garde convention conventions traite accord accords protocole processus""".split()
)
_OPENERS = frozenset("hier selon quand pourquoi mais car sans sauf si non puis ainsi donc".split())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Match what before a river, after a point of the compass, after a name as it is typed."""
    banks = (
        "bords?|rives?|rive droite|rive gauche|berges?|vallees?|quais?|cours|crues?|sources?|eaux"
        "|baies?|estuaire|embouchure|affluents?|delta|bassin|ponts?|sable|cotes?|plages?|falaises?"
        "|traversees?|long|nord|sud|est|ouest|chateaux|gorges?|val|boucles?|meandres?"
    )
    beyond = (
        "france|sud|pays|europe|ville|departement|territoire|hexagone|region|agglomeration|est"
        "|ouest|nord"
    )
    return {
        "river": re.compile(
            rf"\b(?:(?:{banks}) (?:de |du |des |d')|tunnel sous "
            r"|(?:pont|barrage|viaduc|navig\w+|pech\w+) sur "
            r"|(?:jet\w+|plong\w+|baign\w+|noy\w+|tomb\w+) dans "
            r"|(?:travers|franchi|long|enjamb)\w* |fleuves? |rivieres? |outre[- ])(?:la |le |l')?$"
        ),
        "compass": re.compile(
            r"\s*(?:et|ou|de|du|des|d'|-|au|comme dans|comme)\s*(?:(?:la|le|l'|les)\s*)?"
            rf"(?:{beyond})\b"
        ),
        "number": re.compile(r"\s*\((?:\d\d|2[abAB]|97\d)\)"),
        "asked": re.compile(
            r"\s*(?:[?!.,;:]|$|(?:en|a|et|depuis|entre|pour)\s+(?!de\b)|(?:19|20)\d\d)"
        ),
        "of": re.compile(r"\s*(?:du|des|de|d['’])\b"),
    }


def is_place(text: str, found: Sequence[Token], position: int, size: int, name: Name) -> bool:
    """Tell whether ``size`` tokens from ``position``, which are a place's name, stand for it."""
    first, last = found[position], found[position + size - 1]
    before = [token.form for token in found[max(0, position - 3) : position]]
    if _is_joined(text, first.start, last.end) or _is_person(text, found, position):
        return False
    if name.form == "demonym":
        return _is_demonym(text, first, before)
    if name.form == "headless" and not (before and before[-1] in ("au", "du", "aux", "des")):
        return False
    if _is_elsewhere(text, name, before, first.start, last.end):
        return False
    words = tuple(token.form for token in found[position : position + size])
    if words == ("paris",) and not first.spelling[0].isupper():
        return not (before and before[-1] in ("les", "des", "ces", "ses", "leurs"))
    return words not in gazetteer().ambiguous or _is_meant(text, found, position, size, name)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a name is a part of a longer one: "Ouest-France", "Ivry-sur-Seine"."""
    if start > 1 and text[start - 1] in "-‑" and text[start - 2].isalpha():
        return True
    if text[end : end + 1] not in ("-", "‑") or not text[end + 1 : end + 2].isalpha():
        return False
    after = fold(text[end + 1 : end + 12])
    return not after.startswith(("t-", "il", "elle", "ci", "la", "metropole", "centre"))


def _is_person(text: str, found: Sequence[Token], position: int) -> bool:
    """Tell the surname in "Mme Gourdon" and in "Karim Castres" from a place."""
    if position == 0 or not found[position].spelling[0].isupper():
        return False
    former = found[position - 1]
    between = text[former.end : found[position].start]
    if former.form in _CIVILITIES and between.strip(". ") == "":
        return True
    if between.strip() or former.kind != "word":
        return False
    if not former.spelling[0].isupper() or former.spelling.isupper():
        return False
    if former.form in _TITLES | _LINKS or (former.form,) in gazetteer().names:
        return False
    return not (_opens(text, former.start) and former.form in STOP_WORDS | _OPENERS)


def _opens(text: str, start: int) -> bool:
    """Tell whether a word opens a sentence, and so has its capital for that."""
    lead = text[max(0, start - 4) : start].rstrip(" \u00a0\u202f«\"'(")
    return not lead or lead[-1] in ".!?:;\n—–-•"


def _is_demonym(text: str, first: Token, before: list[str]) -> bool:
    """Tell "les Tarnais" and "tarnaise" from "Le Parisien" and from somebody's surname."""
    if not first.spelling[0].isupper():
        return True
    return first.form.endswith("s") and bool(before) and before[-1] in ("les", "des", "aux", "ces")


def _is_elsewhere(text: str, name: Name, before: list[str], start: int, end: int) -> bool:
    """Tell a river, a point of the compass, and names such as "la mer du Nord"."""
    if before[-1:] in (["de"], ["du"], ["des"]) and before[-2:-1] and before[-2] in _ELSEWHERE:
        return True
    if name.place == "Nord" and _patterns()["compass"].match(fold(text[end : end + 40])):
        return before[-2:-1] != ["departement"]
    if name.place not in gazetteer().rivers:
        return False
    return bool(_patterns()["river"].search(fold(text[max(0, start - 40) : start])))


def _is_meant(text: str, found: Sequence[Token], position: int, size: int, name: Name) -> bool:
    """Tell whether an ambiguous name is written, or typed in a question, as that of a place."""
    first, last = found[position], found[position + size - 1]
    before = [token.form for token in found[max(0, position - 3) : position]]
    if _ANNOUNCERS.intersection(before) or _patterns()["number"].match(text, last.end):
        return True
    town = gazetteer().kinds[name.place] == "town"
    elided = text[first.start - 1 : first.start] in APOSTROPHES if first.start else False
    if not last.spelling[0].isupper():
        return not _has_capitals(text) and _is_asked(text, first.start, last.end, town=town)
    if elided:
        return not town
    if name.place == "La Réunion":
        article = first if size > 1 else found[position - 1]
        of = _patterns()["of"].match(text, last.end)
        return article.form == "la" and not (of and _opens(text, article.start))
    if not before:
        return False
    if before[-1] == "a" and gazetteer().kinds[name.place] == "departement":
        return False
    listed = (before[-1],) in gazetteer().names
    return before[-1] in _LINKS or listed


@lru_cache(maxsize=1024)
def _has_capitals(text: str) -> bool:
    """Tell whether a text is written with capitals, that of its first word aside."""
    return any(char.isupper() for char in text[1:]) or len(text) > 200 or text.endswith(".")


def _is_asked(text: str, start: int, end: int, *, town: bool) -> bool:
    """Tell "combien dans le lot ?" from "dans le lot de mesures"."""
    lead, name = fold(text[max(0, start - 12) : start]), fold(text[start:end])
    if town:
        led = lead.endswith(" a ") or lead == "a "
    else:
        led = lead.endswith(("dans le ", "dans la ", "dans les ", "dans l'"))
        led = led or (lead.endswith("en ") and name in ("creuse", "meuse", "vienne"))
    return led and bool(_patterns()["asked"].match(fold(text[end : end + 20])))
