"""Dates that only name a text: "la loi du 7 février 2022", "un rapport publié en 2020"."""

from __future__ import annotations

import re
from functools import cache

_TEXTS = frozenset(
    """loi lois decret decrets ordonnance ordonnances circulaire circulaires arrete arretes
    directive directives reglement rapport rapports etude etudes note avis plan plans schema
    schemas strategie strategies convention protocole contrat accord accords arret jugement
    decision deliberation code communique lettre courrier courriel bulletin article livre
    constitution proposition projet feuille pacte charte guide recommandation resolution
    amendement question reponse tribune avenant referentiel document journal jo publication
    edition programmation programme reforme segur grenelle assises sommet mandature""".split()
)
# What shows that the clause has gone on to say something: the date is then that of the fact.
_VERBS = frozenset(
    """a ont avait avaient aura auront ayant est sont etait etaient sera seront fut furent
    que qu qui dont ou quand lorsque indique indiquent montre montrent souligne soulignent
    etablit evalue evaluent estime estiment chiffre chiffrent compte comptent recense recensent
    releve relevent prevoit prevoient precise precisent constate constatent rappelle rappellent
    revele revelent fait font porte portent fixe fixent impose imposent donne donnent permet
    applique appliquent""".split()
)
_ISSUED = frozenset(
    """publie paru remis adopte promulgue signe date rendu presente vote depose diffuse edite
    publiee parue remise adoptee promulguee signee datee rendue presentee votee deposee diffusee
    editee""".split()
)
# Said of a text only, named or not, and of a birth, of which a figure is not.
_ONLY_ISSUED = frozenset(
    """publie publiee paru parue promulgue promulguee diffusee edite editee date datee ne nee nes
    nees""".split()
)
# "déclarait … le 12 février", "a promis la ministre le 27 mars": when it was said.
_SAID = frozenset(
    """declare declarait declaraient affirme affirmait promis promettait assurait expliquait dit
    disait repondait repondu interroge interpelle rappelait soulignait indiquait ecrivait ecrit
    precisait""".split()
)
_ANNOUNCED = _SAID | frozenset(
    """annonce annoncait indique estime estimait souligne rappelle constate constatait precise
    alerte reconnu reconnaissait""".split()
)
_AUXILIARIES = frozenset("a ont ete est sont avait etait etaient fut furent sera seront".split())
_REACH = 90
_WORDS = 10


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[a-z]+|\d[\d-]*|[;:.()«»!?]|,")


@cache
def _says_that() -> re.Pattern[str]:
    return re.compile(r",?\s?qu[e']")


def is_of_a_text(form: str, start: int, end: int) -> bool:
    """Tell whether the date at ``form[start:end]`` is only that of a text which is named.

    Examples
    --------
    >>> is_of_a_text("la loi du 7 fevrier 2022", 10, 24)
    True
    >>> is_of_a_text("la loi a ete promulguee le 7 fevrier 2022", 28, 42)
    False
    """
    words = _word().findall(form, max(0, start - _REACH), start)[-_WORDS:][::-1]
    if _is_issued(words):
        return True
    if _says_that().match(form, end) and _is_said(words, _ANNOUNCED):
        return True
    if words[:1] and (words[0] in _SAID or words[0] in ("le", ",")) and _is_said(words, _SAID):
        return True
    if "que" in words and _ISSUED.intersection(words[:3]):
        return bool(_TEXTS.intersection(words))
    return _is_chained(words)


def _is_chained(words: list[str]) -> bool:
    """Tell whether a text's name goes on, without a verb, up to the date after ``words``."""
    for place, word in enumerate(words):
        if word in _TEXTS and words[place + 1 : place + 2] != ["par"]:
            return True
        if (word in _VERBS and not _is_preposition(words, place)) or word in ";:.()«»!?":
            return False
        if word in ("entre", "entrent") and words[place - 2 : place] == ["vigueur", "en"]:
            return False
        if word == "," and not _ISSUED.intersection(words[:place]):
            return False
    return False


def _is_said(words: list[str], verbs: frozenset[str]) -> bool:
    """Tell whether the verb before a day is one of speech: the day is that of the speech."""
    for word in words:
        if word in verbs:
            return True
        if word in ("que", "qu", ";", ".", "«"):
            return False
    return False


def _is_issued(words: list[str]) -> bool:
    """Tell "publié en", "rendue publique le" (words from last to first), auxiliaries aside."""
    for place, word in enumerate(words[:4]):
        if word in _ISSUED | _ONLY_ISSUED:
            named = word in _ONLY_ISSUED or _TEXTS.intersection(words[place:])
            opens = len(words) == place + 1
            return bool(named or opens) and not _AUXILIARIES.intersection(
                words[place + 1 : place + 3]
            )
        if word not in ("en", "le", "au", "du", "dans", "des", "public", "publique", "fin"):
            return False
    return False


def _is_preposition(words: list[str], place: int) -> bool:
    """Tell "à" from "a", which a participle, an adverb or "été" follows."""
    after = words[place - 1] if place else ""
    return words[place] in ("a", "ou") and not after.endswith(
        ("e", "es", "ee", "ees", "i", "u", "is", "it", "us")
    )
