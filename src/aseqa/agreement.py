"""Articles, prepositions and pronouns made to agree with the phrase that they go with."""

from __future__ import annotations

import re

from aseqa.respelling import level


def contracted(preposition: str, phrase: str) -> str:
    """Join "de" or "à" and a phrase as French does.

    Examples
    --------
    >>> contracted("de", "le plan"), contracted("à", "les mineurs"), contracted("de", "Albi")
    ('du plan', 'aux mineurs', "d'Albi")
    """
    article, _, rest = phrase.partition(" ")
    forms = {"de": {"le": "du", "les": "des"}, "à": {"le": "au", "les": "aux"}}
    short = forms.get(preposition, {}).get(article.lower())
    if short and rest:
        return f"{short} {rest}"
    if preposition in ("de", "que") and starts_with_vowel(phrase):
        return f"{preposition[0] if preposition == 'de' else 'qu'}'{phrase}"
    return f"{preposition} {phrase}"


def with_article(noun: str, gender: str, is_plural: bool) -> str:
    """Put the definite article before a noun: "le plan", "l'âge", "les mineurs"."""
    if is_plural:
        return f"les {noun}"
    if starts_with_vowel(noun):
        return f"l'{noun}"
    return f"{'la' if gender == 'f' else 'le'} {noun}"


def starts_with_vowel(word: str) -> bool:
    """Tell whether "de" and "le" lose their vowel before a word."""
    return re.match(r"[aeiouy]|h(?!aute|uit|ors|andicap)", level(word)) is not None


def agreeing(rest: str, pronoun: str) -> str:
    """Put ``pronoun`` in the place of the one inverted at the start of ``rest``.

    Examples
    --------
    >>> agreeing(" a-t-elle dépensé", "il"), agreeing(" a-t-elle", "")
    (' a-t-il dépensé', ' a-t-elle')
    """
    match = re.match(r" [^ ]+?-(?:t-)?(elles|elle|ils|il)\b", level(rest))
    if not match or not pronoun:
        return rest
    return rest[: match.start(1)] + pronoun + rest[match.end(1) :]
