"""What a figure counts: the head noun of its number, and everything that narrows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from aseqa.counted_labels import (
    ANY_PAYER,
    composed,
    narrowing_of,
    part_labels,
    spent,
    telling,
    timed,
    unsure,
    whole_and_part,
)
from aseqa.counted_patterns import cue
from aseqa.counted_scope import (
    MAX_TOPIC_CHARS,
    last_sentence,
    narrowed,
    persons_before,
    victims,
    words_after,
    words_before,
)
from aseqa.counted_words import Mention, mentions, telling_alone
from aseqa.quantities import Quantity

Context = Callable[[], str]
# What is lacking, so that a negation is said by the label.
_DENIALS = frozenset(
    """en attente de placement:non exécutées:sans logement:sans solution:sans diplôme:vacants
    :déscolarisés""".replace("\n    ", "").split(":")
)
# What "dans cette situation" may stand for.
_SITUATIONS = frozenset(
    {"en attente de placement", "à l'hôtel", "sans logement", "en fugue", "déscolarisés"}
)


def count_label(
    text: str,
    found: Sequence[Quantity],
    labels: Sequence[str | None],
    place: int,
    context: Context,
) -> tuple[str | None, str]:
    """Tell what a quantity counts, and its unit where the noun gives it.

    Parameters
    ----------
    text : str
        The folded sentence, with dates, places and sources blanked.
    found : sequence of Quantity
        All quantities of the sentence.
    labels : sequence of str or None
        What those before ``place`` count.
    context : callable
        Gives the folded text said before, and the title; called only where it is needed.
    """
    quantity = found[place]
    left, right = words_before(text, found, place), words_after(text, found, place)
    if quantity.unit == "%":
        return _share(quantity, left, right, persons_before(found, labels, place), context), "%"
    if quantity.unit in ("euros", "ans", "durée"):
        return _measured(quantity.unit, left, right, context), quantity.unit
    if quantity.unit:
        return None, quantity.unit
    label, unit = _things(text, quantity, left, right, context)
    return (None if narrowed(text, found, place) else label), unit


def _things(
    text: str, quantity: Quantity, left: str, right: str, context: Context
) -> tuple[str | None, str]:
    """Label people and things that are counted one by one."""
    named, left = _counted_by(text, quantity, left, right)
    if not named:
        return _subject(left, right)
    unit = next((one.unit for one in named if one.unit), "autre")
    if named[0].kind != "head":
        return None, unit
    if cue("denied").search(right) and not _DENIALS & {one.label for one in named}:
        return None, unit
    around = () if cue("touch").search(left) else mentions(left)
    if unsure(around):
        return None, unit
    extra = [*_topic(text, quantity, context), *_change(left)]
    extra.extend(one.label for one in around if one.kind not in ("head", "money"))
    actors = {one.label for one in around if one.kind == "head"} - ANY_PAYER
    extra.extend(f"par {label}" for label in actors - {named[0].label})
    if named[0].label in ("bébés", "places") and "pouponniere" in text + last_sentence(context()):
        extra.append("en pouponnière")
    if cue("same_case").search(right):
        situations = {one.label for one in mentions(last_sentence(context()))} & _SITUATIONS
        if len(situations) != 1:
            return None, unit
        extra.extend(situations)
    if named[0].label == "victimes":
        extra.extend(victims(context())[-1:])
        if not extra:
            return None, unit
    return telling(named, extra), unit


def _counted_by(
    text: str, quantity: Quantity, left: str, right: str
) -> tuple[tuple[Mention, ...], str]:
    """Give what is counted with what follows it, and the words before that do not name it."""
    if quantity.noun:
        guess = cue("guess").search(left) and not cue("opening").match(left)
        return mentions(right), "" if guess else left
    counted, following = cue("count_of").search(left), cue("number_of").match(right)
    if following:
        return mentions(right[following.end() :]), left
    if right.startswith(" les ") and cue("estimated").search(left):
        return mentions(right), ""
    if counted:
        named = mentions(left[counted.end() :])
        return (*named, *_only_known(mentions(right))), left[: counted.start()]
    if cue("in_it").search(left) or cue("they").search(left):
        before = text[max(0, quantity.start - MAX_TOPIC_CHARS) : quantity.start]
        heads = {one.label: one for one in mentions(before) if one.kind == "head"}
        alone = [one for label, one in heads.items() if label in telling_alone()]
        if len(heads) == 1 and alone and not unsure(mentions(right)):
            return (*alone, *_only_known(mentions(right))), ""
    return (), left


def _subject(left: str, right: str) -> tuple[str | None, str]:
    """Label a number without a noun by its subject: "les jeunes majeurs sont 35 700"."""
    if cue("anaphor").match(right):
        return None, "personnes"
    named = mentions(left)
    if not named or named[0].kind != "head":
        persons = cue("he").search(left) or any(one.label == "confiés" for one in mentions(right))
        return None, "personnes" if persons else "autre"
    if not cue("plural").match(left) or unsure(mentions(right)):
        return None, named[0].unit
    return telling((*named, *_only_known(mentions(right))), ()), named[0].unit


def _only_known(named: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(one for one in named if one.kind != "head")


def _share(
    quantity: Quantity, left: str, right: str, whole: str | None, context: Context
) -> str | None:
    """Label a share by what the whole is and what the part is."""
    right = cue("out_of").sub(" ", right, count=1) if quantity.noun else right
    change = _change(left)
    of = cue("of").match(right)
    subject = cue("share_of").search(left)
    if cue("anaphor").match(right) or re.search(r"\bdont (?:les )?\Z", left):
        part = part_labels(cue("anaphor").sub("", right, count=1))
        return f"{whole} : {', '.join(part)}" if whole and part else None
    if change:
        return _changed(left, right, change)
    if of or quantity.noun:
        around = mentions(left)
        if unsure(around):
            return None
        part = [one.label for one in around if one.kind == "qualifier"]
        if cue("share_by").search(left):
            part = part_labels(left) or []
        return _ofvictims(whole_and_part(right[of.end() :] if of else right, part), context)
    if subject:
        tail = cue("verb").sub(" ", left[subject.end() :])
        rest = mentions(right)
        if unsure(rest) or any(one.kind == "head" for one in rest):
            return None
        if among := cue("among").search(tail):
            tail = f"{tail[among.end() :]} sont {tail[: among.start()]}"
        return whole_and_part(f"{tail} {right}", ["taux"] * ("taux" in left))
    return None


def _ofvictims(label: str | None, context: Context) -> str | None:
    """Tell whose victims "deux victimes sur trois" are."""
    if label is None or not label.startswith("victimes :"):
        return label
    topic = victims(context())
    return f"mineurs {topic[-1]}{label.removeprefix('victimes')}" if topic else None


def _changed(left: str, right: str, change: list[str]) -> str | None:
    named = mentions(right) or mentions(left)
    if not named or named[0].kind != "head" or unsure(named):
        return None
    return composed(f"{change[0]} : {named[0].label}", narrowing_of(named))


def _measured(unit: str, left: str, right: str, context: Context) -> str | None:
    """Label money by what it pays for, an age or a duration by whose it is."""
    words = {kind.group()[:5] for kind in cue("kind").finditer(left)}
    these = cue("these").search(left)
    if these:
        left = cue("these").sub(" ", left)
        words.update(victims(context()))
    if unit == "euros":
        return _money(left, right, words, context)
    named_by = cue("age" if unit == "ans" else "duration")
    if not named_by.search(left + right):
        return None
    phrase = f"{left} {right}" if unit == "durée" else left
    named = mentions(named_by.sub(" ", phrase) if unit == "ans" else phrase)
    labels = {one.label for one in named if one.kind not in ("money", "word")}
    if unit == "durée" and labels & {"délai"} and len(labels) == 1 and not unsure(named):
        labels |= _wait_before(context())
    if unit == "ans" and cue("entry").search(left) and not labels - {"entrées"}:
        labels |= {*victims(context())}
    return None if unsure(named) else timed(unit, labels | words, phrase)


def _wait_before(context: str) -> set[str]:
    """Give the placement that "les délais" are of, where the sentence before tells of one."""
    known = {one.label for one in mentions(last_sentence(context))}
    return known & {"en attente de placement", "mesures de placement"}


def _money(left: str, right: str, words: set[str], context: Context) -> str | None:
    named = [*mentions(left), *mentions(right)]
    if cue("of_those").search(left):
        before = mentions(last_sentence(context()))
        named.extend(one for one in before if one.label == "confiés" or one.kind == "status")
    if unsure(named):
        return None
    labels = {one.label for one in named if one.kind != "money"} | words
    return spent(labels | set(_change(left)))


def _change(left: str) -> list[str]:
    """Tell a change from a level: "une hausse de 12 %"."""
    near = left[-40:]
    for label, name in (("hausse", "rising"), ("baisse", "falling")):
        if cue(name).search(near):
            return [label]
    return []


def _topic(text: str, quantity: Quantity, context: Context) -> list[str]:
    """Give what strikes those counted: "la prostitution des mineurs, touchant 10 000 jeunes"."""
    before = text[max(0, quantity.start - MAX_TOPIC_CHARS) : quantity.start]
    if not cue("touch").search(before):
        return []
    return victims(before) or victims(context())
