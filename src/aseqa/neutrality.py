"""A question without what must not change its evidence: who asks, of which party or sex."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Known = Callable[[str], bool]

_PEOPLE = (
    r"(?:députée?s?|élue?s?|sénat(?:eur|rice)s?|parlementaires?|militante?s?|élect(?:eur|rice)s?"
    r"|ministres?|gouvernement|maires?|adhérente?s?|conseill(?:er|ère)s?)"
)
_SIDE = r"d(?:e\s|')(?:extrême[- ])?(?:gauche|droite|la majorité|l'opposition)|du centre"
_PARTY = (
    r"socialistes?|communistes?|écologistes?|centristes?|libéra(?:le?s?|ux)"
    r"|conserva(?:teur|trice)s?|insoumise?s?|républicaine?s?|macronistes?|souverainistes?"
)
_OF_PARTY = rf"(?<!\w)(?P<who>(?P<one>l[ea] |l')?{_PEOPLE})\s+(?P<of>{_PARTY})(?!\w)"
_ASKER = (
    r"(?:je|j'|moi)\b[^:?]{0,90}?"
    rf"|(?:pour|selon|d'après)\s+une?\s+{_PEOPLE}\b[^:?]{{0,60}}?"
    r"|(?:M\.|Mme|Mlle|Madame|Monsieur|[A-ZÀ-Þ][\w'-]+\s+[A-ZÀ-Þ]|une?\s|l[ea]\s)"
    r"[^:?,]{0,80}?\s(?:s'inquiète|s'interroge|demande|vit\s[^:?,]{1,30})"
)
_INTERROGATIVE = (
    r"(?:combien|quel(?:le)?s?|que|qu'|qui|où|quand|comment|pourquoi|est-ce|à\squel(?:le)?)\b"
)
_NAME = (
    r"(?<!\w)(?:(?:[Mm]me|Mlle|Madame|M\.|Monsieur)\s+)(?P<name>[A-ZÀ-Þ][\w'-]+"
    r"(?:\s+[A-ZÀ-Þ][\w'-]+){0,2})"
)
# A feminine, its masculine: words for people, and what agrees with them most often.
_MASCULINE = dict(
    pair.split("=")
    for pair in """
    adolescente=adolescent ancienne=ancien confiée=confié députée=député directrice=directeur
    élue=élu éducatrice=éducateur mère=parent mineure=mineur nièce=enfant neveu=enfant père=parent
    placée=placé présidente=président procureure=procureur sénatrice=sénateur garçon=jeune
    """.split()
)
_OWN = r"(?<!\w)(?P<own>m|s|t)(?:on|a)\s+(?:fils|fille)(?!\w)"
_YOUNG = r"(?<!\w)une\s+(?:jeune\s+)?fille(?!\w)"
_ARTICLES = {
    "de la": "du", "à la": "au", "la": "le", "une": "un", "cette": "ce", "ma": "mon", "sa": "son",
    "toutes les": "tous les",
}  # fmt: skip
_PRONOUN = r"(?<=-)elle(?P<s>s?)(?!\w)"


def neutral(text: str, is_known: Known) -> str:
    """Give the question that is understood in the place of the one typed.

    Dropped: the clause in which somebody unknown to the corpus asks ("Mme Martin
    s'inquiète : …"), and the party of people, unless it tells one of them from the others
    ("la députée insoumise"). A word for a woman or a girl becomes that for anybody.

    Parameters
    ----------
    is_known
        Tells whether the corpus holds a word.

    Examples
    --------
    >>> neutral("Je vote à gauche : combien de mineures ?", lambda word: False)
    'combien de mineurs ?'
    """
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    asker = _compiled(_lead(), re.IGNORECASE).match(text)
    if asker and not _is_somebody(asker["asker"], is_known):
        text = text[asker.end() :]
    text = _compiled(rf"(?<!\w)(?P<who>{_PEOPLE})\s+(?:{_SIDE})(?!\w)", re.IGNORECASE).sub(
        r"\g<who>", text
    )
    text = _compiled(_OF_PARTY, re.IGNORECASE).sub(
        lambda found: found.group() if found["one"] and is_known(found["of"]) else found["who"],
        text,
    )
    return _of_any_sex(text)


def anonymous(text: str, is_known: Known) -> str:
    """Put "quelqu'un" in the place of a person whom the corpus does not know.

    It is for what reads the words of a question: an unknown name says nothing of the
    subject, and may say where its bearer's family comes from.

    Examples
    --------
    >>> anonymous("Que dit M. Benali ?", lambda word: False)
    "Que dit quelqu'un ?"
    """
    return _compiled(_NAME, 0).sub(
        lambda found: found.group() if all(map(is_known, found["name"].split())) else "quelqu'un",
        text,
    )


def _of_any_sex(text: str) -> str:
    text, own = _compiled(_OWN, re.IGNORECASE).subn(r"\g<own>on enfant", text)
    text, young = _compiled(_YOUNG, re.IGNORECASE).subn(
        lambda found: _like(found.group(), "un jeune"), text
    )
    text, people = _compiled(_gendered(), re.IGNORECASE).subn(_masculine, text)
    if not own + young + people:
        return text
    return _compiled(_PRONOUN, 0).sub(r"il\g<s>", text)


def _lead() -> str:
    return rf"\s*(?P<asker>{_ASKER})(?:\s?[:,]\s*|\s+(?:de savoir\s+)?)(?={_INTERROGATIVE})"


def _is_somebody(clause: str, is_known: Known) -> bool:
    """Tell whether the corpus knows all the names of a clause, of which there are some."""
    names = re.findall(r"(?<=[\s.'-])[A-ZÀ-Þ][\w-]{2,}", clause)
    return bool(names) and all(map(is_known, names))


@cache
def _gendered() -> str:
    words, articles = "|".join(_MASCULINE), "|".join(_ARTICLES)
    return rf"(?<!\w)(?:(?P<article>{articles})\s+)?(?P<word>{words})(?P<s>s?)(?!\w)"


def _masculine(match: re.Match[str]) -> str:
    word = _like(match["word"], _MASCULINE[match["word"].lower()]) + match["s"]
    if not match["article"]:
        return word
    article = " ".join(match["article"].lower().split())
    return f"{_like(match['article'], _ARTICLES[article])} {word}"


def _like(model: str, word: str) -> str:
    return word.capitalize() if model[0].isupper() else word


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)
