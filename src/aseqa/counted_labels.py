"""Labels of what figures count: a head, and what narrows it in alphabetical order.

A content word that the lexicon does not know might narrow what is counted, so that there is no
label at all. A share has two parts, the whole and the part: "a : b".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aseqa.counted_patterns import cue
from aseqa.counted_words import (
    Mention,
    implied,
    implying_confided,
    mentions,
    read_plainly,
    telling_alone,
)

MAX_NARROWING = 9
# Départements pay for children in care and look after them: it goes without saying.
ANY_PAYER = frozenset({"départements"})
MEASURES = {"euros": "montant", "ans": "âge", "durée": "durée"}
_CARE = "aide sociale à l'enfance"
_DELAY = "délai d'exécution des décisions de placement"
_ENTRY = "âge d'entrée dans la prostitution"
_WAIT = frozenset({"en attente de placement", "mesures de placement"})
_OF_DELAY = frozenset(
    {"délai", "moyen", "enfants", "exécutées", "non exécutées", "ordonnés", "décisions"}
)
_CARED = frozenset({"enfants", "jeunes majeurs", "mineurs non accompagnés"})
_CHILDREN = frozenset({"enfants", "personnes", "victimes", "bébés"})


def things_label(phrase: str) -> tuple[str | None, str]:
    """Label a folded noun phrase with its predicate; give its unit too."""
    named = mentions(phrase)
    if not named or named[0].kind != "head":
        return None, "autre"
    return telling(named, ()), named[0].unit


def share_label(phrase: str) -> str | None:
    """Label the share that a folded phrase ("enfants confiés qui vivent …") is about."""
    return whole_and_part(phrase, ())


def measured_label(unit: str, phrase: str) -> str | None:
    """Label the money, age or duration that a folded phrase is about."""
    named = mentions(phrase)
    labels = {one.label for one in named if one.kind != "money"}
    if unsure(named):
        return None
    if unit == "euros":
        return spent(labels)
    return timed(unit, labels, phrase)


def phrase_label(phrase: str) -> str | None:
    """Label a noun phrase as a figure of it would be labelled.

    Examples
    --------
    >>> phrase_label("jeunes victimes de réseaux pédocriminels")
    'mineurs victimes de prostitution'
    """
    named = mentions(read_plainly(phrase).text)
    return telling(named, ()) if named and named[0].kind == "head" else None


def unsure(named: Iterable[Mention]) -> bool:
    """Tell whether a word that the lexicon does not know is among what is named."""
    return any(one.kind == "word" for one in named)


def telling(named: Sequence[Mention], extra: Iterable[str]) -> str | None:
    """Give the label of a head and what narrows it, unless it is unsure or says too little."""
    if unsure(named):
        return None
    label = composed(named[0].label, narrowing_of(named, extra))
    alone = label == named[0].label and label not in telling_alone()
    return None if alone else label


def composed(head: str, narrowing: set[str]) -> str | None:
    """Make the label of a head and what narrows it; None when there is too much to be sure."""
    kept = set(narrowing) - {head} - ANY_PAYER
    if kept & {"en pouponnière", "par pouponnières", "pouponnières"}:
        kept = kept - {"pouponnières"} | {"en pouponnière"}
        head = "enfants" if head == "bébés" else head
    if {"délai", "mesures de placement"} <= kept and head in _CHILDREN:
        kept |= {"en attente de placement"}
    kept -= implied({head, *kept})
    if head == "magistrats" and kept & {"juges des enfants", "renoncé à un placement"}:
        head, kept = "juges des enfants", kept - {"juges des enfants"}
    if head in _CHILDREN and kept & implying_confided():
        kept.discard("confiés")
    if head in _CHILDREN and "victimes de prostitution" in kept:
        head, kept = "mineurs", kept - _CHILDREN
    if head == "enfants" and {"sans domicile", "moins de 25 ans"} <= kept:
        head, kept = "personnes", kept - {"enfants"}
    if len(kept) > MAX_NARROWING:
        return None
    first = [one for one in ("confiés", "victimes de prostitution") if one in kept]
    rest = sorted(kept - set(first))
    return ", ".join([" ".join([head, *first]), *rest])


def narrowing_of(named: Sequence[Mention], extra: Iterable[str] = ()) -> set[str]:
    """Give what narrows the first mention; the office it depends on goes without saying."""
    return {one.label for one in named[1:] if one.kind != "money"} | set(extra)


def whole_and_part(phrase: str, extra: Sequence[str]) -> str | None:
    """Label a share by the noun phrase of the whole and the predicate of the part."""
    verb = cue("verb").search(phrase)
    named = mentions(phrase[: verb.start()] if verb else phrase)
    if not named or named[0].kind not in ("head", "money") or unsure(named):
        return None
    if named[0].kind == "money":
        said = part_labels(phrase[verb.start() :]) if verb else []
        return None if said is None else _share_of_money(named, {*said, *extra})
    status = {one.label for one in named[1:] if one.kind == "status" or one.label in _OF_WHOLE}
    part: list[str] | None = sorted(narrowing_of(named) - status)
    if verb:
        status, part = narrowing_of(named), part_labels(phrase[verb.start() :])
    if part is None:
        return None
    if {*part} & implying_confided() and named[0].label == "enfants":
        status.add("confiés")
    judges = named[0].label == "magistrats" and "renoncé à un placement" in part
    whole = composed("juges des enfants" if judges else named[0].label, status)
    part = sorted({*part, *extra})
    return f"{whole} : {', '.join(part)}" if whole and part else None


def _share_of_money(named: Sequence[Mention], part: set[str]) -> str | None:
    whole = spent({one.label for one in named if one.kind != "money"})
    part = part - implied(part)
    return f"{whole} : {', '.join(sorted(part))}" if whole and part else None


# Between a whole and a part, these belong to the whole.
_OF_WHOLE = frozenset({"victimes de prostitution", "sans domicile", "moins de 25 ans"})


def part_labels(phrase: str) -> list[str] | None:
    """Give what a predicate says of a part, in alphabetical order; None when it is unsure."""
    named = mentions(phrase)
    if unsure(named):
        return None
    part = {one.label for one in named if one.kind != "money"} - {"enfants", "jeunes majeurs"}
    if part & implying_confided():
        part -= {"confiés"}
    if part & {"suivis", "anciens de l'ASE", "confiés"}:
        part = part - {"suivis", "anciens de l'ASE"} | {"confiés"}
    if part & {"sans logement", "sans solution"}:
        part -= {"sorties", "confiés"}
    return sorted(part)


def spent(labels: set[str]) -> str | None:
    """Label money by what it pays for, if that is told."""
    if "confiés" in labels and not labels & _CARED:
        labels = labels - {"confiés"} - ANY_PAYER | {_CARE}
    if "protection de l'enfance" in labels and labels & ANY_PAYER:
        labels = labels - {"protection de l'enfance"} - ANY_PAYER | {_CARE}
    if _CARE in labels:
        labels = labels - {"par an"} - ANY_PAYER
    telling = {one for one in labels - ANY_PAYER if not one.startswith(("par ", "moyen"))}
    return composed("montant", labels) if telling else None


def timed(unit: str, labels: set[str], phrase: str) -> str | None:
    """Label an age or a duration by whose it is, or by what happens then."""
    wait = labels & _WAIT or cue("before_care").search(phrase)
    if unit == "durée" and wait and cue("delay").search(phrase):
        legal = {"prévus"} if cue("legal").search(phrase) else set()
        return ", ".join([_DELAY, *sorted(labels - _WAIT - _OF_DELAY - {"confiés"} | legal)])
    if unit == "ans" and "victimes de prostitution" in labels and cue("entry").search(phrase):
        rest = sorted(one for one in labels if one.startswith(("minim", "maxim", "media", "preco")))
        return ", ".join([_ENTRY, *rest])
    labels = labels - {"moyen", "délai", "entrées"}
    return composed(MEASURES[unit], labels) if labels - {"enfants", "personnes"} else None
