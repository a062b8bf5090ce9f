"""The name of a ministry in natural French, from the terse form of a parliamentary record."""

from __future__ import annotations

import re

from aseqa.text import fold

_WORD = re.compile(r"[\w-]+")
_MINISTER = re.compile(
    r"\b(?:ministres?|secrétaires?\s+d['’]\s?[ÉE]tat)\b(?:\s+délégué(?:e|s|es)?)?"
    r"|\bchargée?s?\b|\bauprès\b",
    re.IGNORECASE,
)
_LINKS = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"])

_FIXED = {"premier ministre": "Premier ministre", "premiere ministre": "Première ministre"}
_OWN_ARTICLE = frozenset(["l", "la", "le", "les", "leur", "leurs"])
_PROPER = frozenset(["europe", "france", "etat", "mayotte", "corse"])
_SINGULAR_IN_S = frozenset(["acces", "succes", "progres"])
_PLURAL_WITHOUT_S = frozenset(["outre-mer", "outre-mers"])
_FEMININE_WITHOUT_E = frozenset(["mer", "foret", "main-d'oeuvre", "faim"])
_MASCULINE_IN_E = frozenset(
    ["commerce", "numerique", "tourisme", "patrimoine", "territoire", "domaine", "cadre", "service"]
)
_FEMININE_ENDINGS = ("tion", "sion", "xion", "aison", "e")
_ADJECTIVES = frozenset(
    ["alimentaire", "energetique", "moyennes", "moyens", "sociale", "solidaire", "technologique"]
)
_SILENT_H = ("habit", "hopi", "huma", "hebe", "hospi", "hygi", "harmo", "histo")


def ministry_name(ministry: str, question: str = "") -> str:
    """Give the full name of a ministry; ``question`` may call its minister in full.

    The articles of the question's own words win; without them rules choose.

    Examples
    --------
    >>> ministry_name("Travail, santé, solidarités et familles")
    'Ministère du travail, de la santé, des solidarités et des familles'
    >>> ministry_name("Santé et accès aux soins", "à Mme la ministre de la santé et de l'accès \
aux soins sur")
    "Ministère de la santé et de l'accès aux soins"
    """
    if fold(ministry) in _FIXED:
        return _FIXED[fold(ministry)]
    return f"Ministère {_as_asked(ministry, question) or _by_rule(ministry)}"


def _as_asked(ministry: str, question: str) -> str | None:
    """Find the ministry's words, in order and linked by articles only, after a minister's title."""
    wanted = [word for word in _WORD.findall(fold(ministry)) if word not in _LINKS]
    for title in _MINISTER.finditer(question):
        end = _follow(question, title.end(), wanted)
        if end is not None:
            phrase = question[title.end() : end].strip(" ,\u00a0")
            if fold(phrase).startswith(("d", "a la", "au")):
                return " ".join(phrase.split())
    return None


def _follow(question: str, start: int, wanted: list[str]) -> int | None:
    """Give the end of ``wanted`` read from ``start``, or None when another word comes between."""
    left = list(wanted)
    for match in _WORD.finditer(question, start):
        word = fold(match.group())
        if left and word == left[0]:
            left.pop(0)
            if not left:
                return match.end()
        elif word not in _LINKS:
            return None
    return None


def _by_rule(ministry: str) -> str:
    """Put an article before each item of the list; an adjective that goes on has none."""
    named, after_adjective = "", False
    for link, item in _items(ministry):
        word = _first_word(item)
        adjective = word in _ADJECTIVES or (after_adjective and word == "numerique")
        named += link + ("" if adjective else _article(word)) + item
        after_adjective = adjective
    return named


def _items(ministry: str) -> list[tuple[str, str]]:
    """Cut at commas and "et" into (link, item), but not before "les" ("les femmes et les hommes").

    Examples
    --------
    >>> _items("Travail, santé et familles")
    [('', 'travail'), (', ', 'santé'), (' et ', 'familles')]
    """
    items: list[tuple[str, str]] = []
    parts = re.split(r"(\s*,\s*et\s+|\s*,\s*|\s+et\s+)", ministry.strip())
    for number in range(0, len(parts), 2):
        link = " et " if "et" in parts[number - 1] else ", "
        if number and _first_word(parts[number]) in _OWN_ARTICLE:
            last_link, last = items.pop()
            items.append((last_link, f"{last}{link}{parts[number]}"))
        elif parts[number]:
            items.append((link if items else "", _lower_first(parts[number])))
    return items


def _first_word(item: str) -> str:
    match = _WORD.search(fold(item))
    return match.group() if match else ""


def _lower_first(item: str) -> str:
    return item if _first_word(item) in _PROPER else item[:1].lower() + item[1:]


def _article(word: str) -> str:
    """Choose "du ", "de la ", "des " or "de l'" by the first word of an item, folded."""
    if word in _OWN_ARTICLE:
        return "de "
    plural = word.endswith(("s", "x")) and word not in _SINGULAR_IN_S
    if plural or word in _PLURAL_WITHOUT_S:
        return "des "
    if word.startswith(("a", "e", "i", "o", "u", "y", *_SILENT_H)):
        return "de l'"
    feminine = word.endswith(_FEMININE_ENDINGS) and word not in _MASCULINE_IN_E
    return "de la " if feminine or word in _FEMININE_WITHOUT_E else "du "
