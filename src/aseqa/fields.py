"""Questions about the record itself: who asked, when, of whom, answered or not.

Each label of a parliamentary record, as the Assemblée nationale prints it, with
what a folded question says when it asks for that field.
"""

from __future__ import annotations

import re
from functools import cache

from aseqa.text import squeeze

_MEMBER = r"(?:deputee?s?|parlementaires?|elue?s?|senat\w+|autrice|auteure?)"
_PUBLISHED = r"(?:publi\w+|parue?s?|parution|depos\w+|posee?s?|jo|journal officiel|dat\w+)"

_FIELDS = (
    (
        "auteur",
        rf"\b(?:qui|quel(?:le)? {_MEMBER}) .*\b(?:pos\w+|depos\w+|interrog\w+|sign\w+|parl\w+"
        rf"|alert\w+|soulev\w+|interpell\w+|question\w*)\b|\b(?:auteure?|autrice) (?:de|d')"
        rf"|\bqui est l'?(?:auteure?|autrice)\b",
    ),
    (
        "ecrit par",
        r"\b(?:qui|quel(?:le)? journaliste)\b.*\b(?:ecrit|signe|redige|publie)\b"
        r"|\b(?:auteure?s?|autrice|signataires?|journalistes?) (?:de|d'|du)\b.*\barticle\b",
    ),
    (
        "publie",
        rf"\b(?:quand|date|jour|annee|mois|heure)\b.*\b(?:article|reportage|papier)\b.*{_PUBLISHED}?"
        rf"|\barticle\b.*\b(?:date|quand)\b",
    ),
    (
        "circonscription",
        rf"\b(?:groupes?|partis?|bord politique|etiquette|couleur politique|famille politique"
        rf"|circonscription|appartenance)\b|\b(?:{_MEMBER}) (?:d'ou|de quel\w*|ou)\b"
        rf"|\b(?:ou|d'ou|departement|region|territoire)\b.*\b(?:elue?|deputee?|siege)\b"
        rf"|\b(?:elue?|deputee?)\b.*\b(?:d'ou|quel departement|quelle region)\b",
    ),
    (
        "ministere interroge",
        r"\bministeres? (?:\w+ )?interrog\w+|\bquel(?:le)? minist\w+ .*\b(?:interrog\w+|saisie?"
        r"|question\w*|interpell\w+|destinataire|adress\w+)\b|\ba quel(?:le)? minist\w+\b",
    ),
    (
        "ministere attributaire",
        r"\battributaire\b|\bquel(?:le)? minist\w+ .*\b(?:repon\w+|repondu|charge|traite)\b",
    ),
    ("rubrique", r"\b(?:rubrique|classee?s?)\b"),
    ("numero de la question", r"\b(?:numero|quel n°|n° de la) .*\bquestion\b|\bnumero question\b"),
    ("type de question", r"\b(?:ecrite ou orale|orale ou ecrite|type de (?:la )?question)\b"),
    (
        "question publiee",
        rf"\b(?:quand|date|jour|annee|mois|page|quelle)\b.*\bquestion\b.*\b{_PUBLISHED}\b"
        rf"|\b(?:date|page|publication|parution)\b.*\bquestion\b|\bquestion\b.*\b(?:quand|page)\b",
    ),
    (
        "reponse publiee",
        r"\b(?:quand|date|jour|annee|mois|page|delai|combien de temps)\b.*\brepon\w+"
        r"|\b(?:quand|date|page)\b.*\brepondu\b|\brepondu\b.*\b(?:quand|date)\b"
        r"|\brepon\w+ .*\b(?:quand|publi\w+|page|date)\b"
        r"|\b(?:recu|obtenu|eu|donne|apporte)\w* (?:une|sa|de) reponse\b|\ba-t-on repondu\b",
    ),
)  # fmt: skip

_SIGNATURE = re.compile(r"(?:ecrit |propos recueillis )?(par|publie le)(?=\W|\w)")
_LABEL = re.compile(r"\W*([\w ()’'-]{3,40}?)\s*(?:\*\*)?\s*:")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((label, re.compile(pattern)) for label, pattern in _FIELDS)


def asked_fields(question: str) -> frozenset[str]:
    """Name the fields of a record that a question asks for, by their folded labels.

    Examples
    --------
    >>> sorted(asked_fields("À quel groupe appartient Mme Erodi ?"))
    ['circonscription']
    """
    folded = squeeze(question)
    return frozenset(label for label, pattern in _patterns() if pattern.search(folded))


def field_label(text: str) -> str:
    """Give the folded label of a "name : value" line, Markdown marks aside.

    Examples
    --------
    >>> field_label("**Réponse publiée au JO le** : [17 juin 2025](#), page 5318")
    'reponse publiee au jo le'
    """
    match = _LABEL.match(text)
    if match:
        return squeeze(match[1])
    signed = _SIGNATURE.match(squeeze(text))
    return {"par": "ecrit par", "publie le": "publie le"}[signed[1]] if signed else ""


def is_asked(text: str, asked: frozenset[str]) -> bool:
    """Tell whether a "name : value" line is one of the fields asked for."""
    label = field_label(text)
    return any(label.startswith(name) for name in asked)
