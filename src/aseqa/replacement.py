"""A thing named in a question, replaced by another of its like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aseqa.agreement import agreeing, contracted
from aseqa.named_things import NAMED, Thing, things
from aseqa.openings import recounted
from aseqa.respelling import level

_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_YEAR = r"(?:19|20)\d\d"
_WHEN = rf"(?:(?:le )?(?:\d{{1,2}}|1er) )?(?:(?:{_MONTHS}) )?{_YEAR}"
# What leads to a date.
_LINK = (
    r"(?:(?:en|depuis|avant|apres|pour|des|fin|debut|jusqu'en|jusqu'a|a partir de|de|du|l'annee"
    r"|annee|au cours de) )*"
)
TIME = re.compile(
    rf"(?:\b(?P<range>entre {_YEAR} et {_YEAR}|de {_YEAR} a {_YEAR}|{_YEAR} ?- ?{_YEAR})"
    rf"|\b(?P<link>{_LINK})(?P<when>{_WHEN})"
    r"|\b(?P<relative>aujourd'hui|cette annee|l'an (?:dernier|passe)|l'annee (?:derniere|passee)"
    r"|actuellement|maintenant))(?!\d)"
)


def another_person(fragment: str, body: str) -> tuple[str, str] | None:
    """Put a person or a body in the place of the one in the question: "et M. Limongi ?"."""
    new = whole_thing(fragment)
    if new is None or not new.speaks:
        return None
    former = _like(new, things(body))
    if former is None:
        return "", f"{body} selon {fragment}"
    return "", replaced(body, former, new)


def _like(new: Thing, found: Sequence[Thing]) -> Thing | None:
    same = [thing for thing in found if thing.head == new.head]
    bodies = [thing for thing in found if thing.rank >= NAMED and not thing.is_plural]
    ranked = sorted(same or bodies, key=lambda thing: (-thing.rank, thing.start))
    return ranked[0] if ranked else None


def told(fragment: str, body: str) -> str | None:
    """Put "à M. Limongi" in the place of "à Mme Erodi"."""
    match = re.match(r"(?:a |au |aux )", level(fragment))
    new = whole_thing(fragment[2:] if match and match.group() == "a " else fragment)
    if not match or new is None:
        return None
    for former in things(body):
        if re.search(r"\ba $", level(body[: former.start])) or re.match(
            r"aux? ", level(body[former.start :])
        ):
            start = former.start - 2 * (
                body[former.start - 1] == " " and body[former.start - 2] in "àa"
            )
            return body[:start] + contracted("à", new.phrase) + body[former.end :]
    return None


def recounted_like(fragment: str, body: str) -> str | None:
    """Put "d'agressions" in the place of what is counted: "combien d'accidents"."""
    counted = re.match(r"combien (?=de |d')", level(body))
    if not counted or not re.fullmatch(r"(?:de |d')[^\W\d]+", level(fragment)):
        return None
    return recounted(body[: counted.end()] + fragment, body)


def replaced(body: str, former: Thing, new: Thing) -> str:
    """Put ``new`` in the place of ``former``, prepositions and inverted pronouns made to agree."""
    word = level(body[former.start :]).split(" ")[0].split("'")[0]
    phrase = new.phrase
    if word in ("du", "des") and not re.search(r"\bcombien $", level(body[: former.start])):
        phrase = contracted("de", phrase)
    elif word in ("au", "aux"):
        phrase = contracted("à", phrase)
    before = body[: former.start]
    if not before:
        phrase = phrase[0].upper() + phrase[1:]
    elided = re.search(r"(?:\b[dD]'|\b[dD]e |\b[qQ]u'|\b[qQ]ue |\b[àÀ] )$", before)
    if elided:
        link = {"d": "de", "q": "que"}.get(elided.group()[0].lower(), "à")
        opening = contracted(link, phrase)
        capital = before[elided.start()].isupper()
        phrase = opening[0].upper() + opening[1:] if capital else opening
        before = before[: elided.start()]
    return before + phrase + agreeing(body[former.end :], new.known_pronoun())


def whole_thing(fragment: str) -> Thing | None:
    """Give the thing that the whole of a fragment names, its date included."""
    dated = TIME.search(level(fragment))
    last = dated.end() if dated else len(fragment)
    found = things(fragment)
    if not found or found[0].start or last != len(fragment):
        return None
    first = found[0]
    if dated and first.end < last and first.end >= dated.start() - 1:
        phrase = f"{first.phrase} {fragment[first.end :].strip()}"
        return replace(first, end=last, phrase=phrase)
    return first if first.end == last else None
