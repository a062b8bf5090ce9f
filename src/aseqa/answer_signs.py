"""What in a sentence's form shows that it answers a demand, or that it cannot."""

from __future__ import annotations

import re
from functools import cache

from aseqa.answer_type import typed_spans
from aseqa.text import squeeze

_AMOUNTS = ("number", "share", "money")
_TIMES = ("date", "duration")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Give the signs, each a pattern of folded words."""
    return {
        "asks_amount": re.compile(
            r"(?:a |de |pour |d')?(?:combien|(?:le |la |les |quel(?:le)?s? )(?:est |sont )?"
            r"(?:le |la |les )?(?:nombre|montant|part|taux|proportion|budget|cout|effectif)s?)\b"
        ),
        "asks_time": re.compile(
            r"(?:a partir de |de |depuis )?quand\b"
            r"|(?:a |dans |sous )?quel(?:le)?s? (?:date|delai|echeance|calendrier|moment)s?\b"
            r"|l[ea] (?:date|calendrier|delai|echeancier)\b"
        ),
        "time": re.compile(
            r"\b(?:prochain|rentree|fin de l'annee|trimestre|semestre|printemps|automne|jours|mois"
            r"|semaines|aucun\w* (?:date|calendrier|echeance))"
        ),
        "no_amount": re.compile(
            r"\b(?:aucun\w* (?:donnee|chiffre|statistique|recensement|suivi)"
            r"|pas (?:de donnees|disponible|connu|recense))"
        ),
        "restates": re.compile(
            r"\b(?:l'honorable parlementaire"
            r"|(?:m\.|mme|monsieur|madame) (?:le |la |l')?(?:deputee?|senat\w+) (?:interroge"
            r"|appelle|attire|souligne|a appele|s'interroge|alerte|demande)"
            r"|vous (?:m'interrogez|appelez|m'alertez|avez appele)"
            r"|partage (?:la|votre|cette) preoccupation|est attachee? "
            r"|salue l'engagement|reste (?:attenti|mobilis))"
        ),
        "acts": re.compile(
            r"\b(?:[a-z]+(?:ra|ront)\b|desormais|n'entend pas|n'envisage|doit\b|doivent\b|vise a\b"
            r"|pas (?:envisage|favorable|prevu|a l'etude)|ont ete\b|prevoit\b|permet\b|permettent\b"
            r"|a (?:ete |donc |ainsi )?(?:[a-z]+[eiu]|mis)\b|a l'etude|en cours de|soumis\b"
            r"|est (?:interdit|exige|propose|tenu|obligatoire|prevu|verse)"
            r"|depuis (?:le|une|l'|20|janvier))"
        ),
        "to_come": re.compile(
            r"\b(?:[a-z]+(?:ra|ront)\b|d'ici\b|avant (?:la|le|l'|20)|a compter d|prochain"
            r"|en cours d|aucun\w* (?:date|calendrier|echeance)|pas encore"
            r"|est prevu|sont prevu|programme)"
        ),
        "describes": re.compile(
            r"\b(?:aujourd'hui|actuellement|existe\w* deja|fait suite|releve\w*\b|appartient"
            r"|repose\w* sur|permet\w* de recueillir|beaucoup d|certains|joue un role|est essentiel"
            r"|est determinant|a l'heure actuelle|est un principe|a ete (?:creee?|instauree?)"
            r"|a rendu|n'ignore pas|sait combien|visent? d'abord|laissee? a)\b"
        ),
    }


def acts(sentence: str) -> bool:
    """Tell whether a sentence says what was done, is done or will be, or is refused.

    Examples
    --------
    >>> acts("Le décret sera publié en juin."), acts("L'école joue un rôle essentiel.")
    (True, False)
    """
    return bool(_patterns()["acts"].search(squeeze(sentence)))


def describes(sentence: str) -> bool:
    """Tell whether a sentence says how things stand, as answers do before they answer.

    Examples
    --------
    >>> describes("Cette mission relève aujourd'hui du département.")
    True
    """
    return bool(_patterns()["describes"].search(squeeze(sentence)))


def can_answer(demand: str, sentence: str) -> bool:
    """Tell whether a sentence may answer, by its form.

    It may not when it only says that the question was asked or shared, nor without any
    quantity where one is asked for ("combien"), nor without a time to come ("quand").

    Examples
    --------
    >>> can_answer("combien de places seront créées", "Des places seront créées.")
    False
    """
    signs, said, asked = _patterns(), squeeze(sentence), squeeze(demand)
    if signs["restates"].search(said):
        return False
    if signs["asks_amount"].match(asked):
        return _holds(sentence, _AMOUNTS) or bool(signs["no_amount"].search(said))
    if signs["asks_time"].match(asked):
        when = _holds(sentence, _TIMES) or bool(signs["time"].search(said))
        return when and bool(signs["to_come"].search(said))
    return True


def _holds(sentence: str, kinds: tuple[str, ...]) -> bool:
    return any(True for kind in kinds for _ in typed_spans(sentence, kind))
