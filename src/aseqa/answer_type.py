"""The kind of thing a question asks for, and where a sentence holds such a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from aseqa.answers import Span
from aseqa.places import places
from aseqa.text import APOSTROPHES, SPACES, fold

_LOOK_ALIKES = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(SPACES, " "))

# Asked by: folded question, in the order in which they are tried; several may apply.
_ASKED = (
    ("money", r"\b(budgets?|montants?|sommes?|couts?|coute\w*|euros?|argent|fric|credits?|depens\w+"
              r"|financ\w+|enveloppes?|amendes?|millions|dotes?|prix|tarifs?|debloqu\w+)\b"),
    ("share", r"\b(parts?|proportions?|pourcentages?|taux|quelle fraction|pour ?cent|pct)\b|%"),
    ("age", r"\bages?\b|\bquel ages?\b"),
    ("duration", r"\b(combien de temps|duree|durees|delais?|combien d'annees|combien de mois)\b"),
    ("number", r"\b(combien|cb|cbn|nombres?|nb|nbre|effectifs?|chiffres?|a combien|quelle quantite"
               r"|quel numero|numero|statistiques?)\b"),
    ("date", r"\b(quand|kan|quelle date|quelles dates|quel jour|quelle annee|quel mois|depuis quand"
             r"|date de|a quel moment|qd)\b"),
    ("law", r"\b(quelles? lois?|quel texte|quels textes|quel article|quels articles|base legale"
            r"|cadre legal|quel protocole|quel decret)\b"),
    ("person", r"\b(qui|quel depute|quelle deputee|quels? elus?|auteur\w*|quel ministre"
               r"|quelle ministre|quel ministere|quel syndicat|quel organisme|quelle institution"
               r"|quel avocat|quelle personne|quel journaliste|quel groupe|quel parti)\b"),
    ("place", r"\b(ou|quels? departements?|quelles? villes?|quels? lieux?|quels? endroits?"
              r"|quelle region|quelles regions|quels? territoires?|quelle circonscription)\b"),
    ("reason", r"\b(pourquoi|pour quelles? raisons?|pk|pq|quelles? causes?|a cause de quoi)\b"),
    ("list", r"\b(quelles|quels|lesquels|lesquelles|liste|enumer\w+)\b"),
)  # fmt: skip

_NUMBER = r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_WORDS = (
    r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante|soixante|cent|mille|centaines?|dizaines?|vingtaine|trentaine"
    r"|quinzaine|milliers?)"
)
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTH = f"(?:{'|'.join(_MONTHS.split())}|fevrier|aout|decembre)"
_HEDGE = (
    r"(?:(?:plus|moins|près|pres|autour|au moins|jusqu'à|environ|quelque|entre|à hauteur)"
    r"(?: de| d')? ?)?"
)
_NOUN = r"(?!(?:et|en|dans|de|du|des|à|a|pour|par|sont|ont|sur|qui|que|le|la|les)\b)[^\W\d]\w*"
_UNIT = rf"(?: {_NOUN})?"

_HELD = {
    "money": rf"{_HEDGE}(?:{_NUMBER})(?: et (?:{_NUMBER}))? ?"
    r"(?:M€|Md€|k€|€|(?:millions? |milliards? )?d'euros|euros)",
    "share": rf"{_HEDGE}(?:{_NUMBER}) ?%|\b(?:les |un )?(?:tiers|quart|moitié|majorité)\b|\b\d/\d\b"
    rf"|\b{_WORDS} (?:enfants?|mineure?s?|jeunes?) sur {_WORDS}\b",
    "age": rf"{_HEDGE}(?:(?:{_NUMBER}) et )?(?:{_NUMBER}) ans",
    "duration": rf"{_HEDGE}(?:(?:{_NUMBER}|{_WORDS}) (?:à|et) )?(?:{_NUMBER}|{_WORDS}) "
    r"(?:ans|années?|mois|semaines?|jours?|heures?)\b",
    "number": rf"{_HEDGE}(?:(?:{_NUMBER}) et )?\b(?:{_NUMBER})(?:e\b)?(?: ?(?:%|M€|€))?{_UNIT}"
    rf"|\b(?!une? |cent ){_WORDS} {_NOUN}",
    "date": rf"\b(?:1er|\d{{1,2}}) {_MONTH}(?: \d{{4}})?\b|\b{_MONTH} \d{{4}}\b"
    r"|\b(?:19|20)\d{2}\b"
    r"|\b\d{2}/\d{2}/\d{4}\b|\bdepuis \w+ (?:ans|jours|mois)\b",
    "law": rf"\bloi (?:\w+ )?(?:du (?:1er|\d{{1,2}}) {_MONTH} \d{{4}}|n° ?[\d-]+|[A-ZÉ]\w+)"
    r"|\b(?:art(?:icle|\.)s? )?[LRD]\. ?\d[\d-]*|\bprotocole [^,.;]{3,60}|\bcode de l[^,.;]{3,40}",
    "person": r"\b(?:M\.|MM\.|Mme|Mmes|Maître|Me|Dr) (?:[A-ZÉÈ][\w'-]+ ?){1,3}"
    r"|\b[A-ZÉÈ][\w-]+ [A-ZÉÈ][\w-]+\b|\b(?:le |la |l')(?:ministre|ministère|Défenseur|Syndicat"
    r"|département|Département|Gouvernement|gouvernement|Igas|Conseil|conseil|commission)[^,.;:]{0,50}",
}  # fmt: skip


@cache
def _asked() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _ASKED)


@cache
def _held(kind: str) -> re.Pattern[str]:
    return re.compile(_HELD[kind])


def expected_types(question: str) -> tuple[str, ...]:
    """Name the kinds of answer that a question asks for, the most specific first.

    Examples
    --------
    >>> expected_types("A quel âge en moyenne entrent-ils ?")
    ('age',)
    >>> expected_types("Combien de mineurs ?")
    ('number',)
    """
    folded = fold(question)
    # "ou" is a place only with its accent, or where the question opens with it.
    where = "où" in question.lower() or folded.startswith("ou ")
    return tuple(
        kind
        for kind, pattern in _asked()
        if any(match.group() != "ou" or where for match in pattern.finditer(folded))
    )


def typed_spans(text: str, kind: str) -> Iterator[Span]:
    """Find the stretches of ``text`` that are of a kind, at exact offsets.

    Kinds without a form of their own (``reason``, ``list``) give nothing.
    """
    if kind == "place":
        yield from _place_spans(text)
    elif kind in _HELD:
        dates = [] if kind != "number" else [(s.start, s.end) for s in typed_spans(text, "date")]
        for match in _held(kind).finditer(text.translate(_LOOK_ALIKES)):
            start = match.start()
            end = start + len(match.group().rstrip())
            if end > start and not any(start < stop and first < end for first, stop in dates):
                yield Span(start, end, text[start:end])


def _place_spans(text: str) -> Iterator[Span]:
    for match in re.finditer(
        r"\b[A-ZÉÈÎ][\w'’-]*(?:[ -](?:de |d'|du |la |les )?[A-ZÉ][\w-]*)*", text
    ):
        if places(f"en {match.group()}"):
            yield Span(match.start(), match.end(), match.group())
