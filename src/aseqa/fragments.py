"""Questions that only say what changes: "et en 2024 ?", "et pour les garçons ?".

A year takes the place of the year, a place that of the place, a population that
of its like, a voice that of the voice; what has no like is joined to the end.
"""

from __future__ import annotations

import re

from aseqa.agreement import starts_with_vowel
from aseqa.named_things import SUBJECT, things
from aseqa.place_phrases import place_replaced
from aseqa.places import placed
from aseqa.replacement import (
    TIME,
    another_person,
    recounted_like,
    replaced,
    told,
    whole_thing,
)
from aseqa.respelling import Typed, level

_POPULATIONS = {
    "filles": "filles", "fille": "filles", "fillettes": "fillettes", "adolescentes": "adolescentes",
    "garcons": "garçons", "garcon": "garçons", "gars": "garçons", "mineurs": "mineurs",
    "mineures": "mineures", "majeurs": "majeurs", "jeunes majeurs": "jeunes majeurs",
    "jeunes filles": "jeunes filles", "jeunes garcons": "jeunes garçons", "jeunes": "jeunes",
    "enfants": "enfants", "adolescents": "adolescents", "ados": "ados", "adultes": "adultes",
    "bebes": "bébés", "nourrissons": "nourrissons", "mna": "MNA", "femmes": "femmes",
    "hommes": "hommes", "mineurs isoles": "mineurs isolés", "gosses": "gosses",
    "jeunes femmes": "jeunes femmes", "gamins": "gamins",
}  # fmt: skip
_POPULATION = "|".join(sorted(_POPULATIONS, key=len, reverse=True))
# What may follow a population and belongs to it.
_KIND = (
    r"(?: (?:non accompagnes|isoles|etrangers|places|placees|confies|handicapes|sans papiers"
    r"|en situation de handicap|de moins de \d+ ans|de plus de \d+ ans|de \d+ ans|en fugue))*"
)
_ASKED_POPULATION = re.compile(
    rf"(?:(?:pour|chez|parmi|concernant|avec) )?(?:(?:les|des|ces|aux|de|d') ?)?"
    rf"(?P<who>{_POPULATION})(?P<kind>{_KIND})"
)
_VOICE = re.compile(r"\b(?:selon|d'apres) (?P<who>[^,?]+)")
_BODY = (
    r"(?:gouvernement|ministre|ministere|syndicats?|etat|igas|inspection|depute|deputee|senateur"
    r"|senatrice|presse|associations?|departements?|avocats?|cour des comptes|insee|rapport)"
)
_POUR = re.compile(rf"pour (?P<who>(?:le |la |l'|les )?{_BODY}\b.*)")
_STAND_IN = re.compile(r"^(?:celui|celle|ceux|celles)(?: (?=de\b|du\b|des\b|d'|en\b|dans\b)|-la\b)")


def changed(typed: Typed, question: str) -> str | None:
    """Ask ``question`` anew with what the fragment ``typed`` changes in it.

    None when the fragment changes nothing that can be told.

    Examples
    --------
    >>> from aseqa.respelling import spelt_out
    >>> changed(spelt_out("Et en 2024 ?"), "Combien de mineurs sont placés ?")
    'Combien de mineurs sont placés en 2024 ?'
    >>> changed(spelt_out("et pr les garcons"), "Combien de filles sont placées ?")
    'Combien de garçons sont placées ?'
    """
    body, mark = _without_mark(question)
    rest = _STAND_IN.sub("", level(typed.text))
    fragment = typed.text[len(typed.text) - len(rest) :].strip()
    stood_for = _complement(fragment, body) if rest != level(typed.text) else None
    if stood_for:
        return stood_for + mark
    bare = (_time, _voice, place_replaced, _population)
    for part in (
        (_same_noun, _time, _voice, another_person, place_replaced, _population)
        if typed.is_further
        else bare
    ):
        done = part(fragment, body)
        if done:
            fragment, body = done
    if fragment == typed.text or fragment.strip(" ,"):
        if not typed.is_further or level(fragment) in _PRONOUNS:
            return None
        body = _like_replaced(fragment.strip(" ,"), body) or f"{body}, {fragment.strip(' ,')}"
    return body + mark


_YEAR_ALONE = r"(?:19|20)\d\d"
_PRONOUNS = frozenset(
    "ailleurs apres ensuite lui elle eux elles moi ca cela toi nous vous la le non oui".split()
)


def _complement(fragment: str, body: str) -> str | None:
    """Put "de Mme Erodi" in the place of "de M. Limongi", for "et celle de Mme Erodi ?"."""
    new = re.match(r"de |du |des |d'", level(fragment))
    if not new or TIME.search(level(fragment)) or placed(fragment):
        return None
    for thing in things(body):
        former = re.search(r"\b(?:de |du |des |d')", level(body[thing.start : thing.end])[2:])
        if former:
            return body[: thing.start + 2 + former.start()] + fragment + body[thing.end :]
    return None


def _without_mark(question: str) -> tuple[str, str]:
    body = question.rstrip(" ?!.\u00a0\u202f")
    return body, " ?" if question.rstrip().endswith("?") else ""


def _cut(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())


def _same_noun(fragment: str, body: str) -> tuple[str, str] | None:
    """Put "la loi de 2016" in the place of "la loi de 2022"."""
    new = whole_thing(fragment)
    if new is None or new.head in _POPULATIONS:
        return None
    same = [thing for thing in things(body) if thing.head.rstrip("s") == new.head.rstrip("s")]
    if not same or re.search(r"(?:combien|nombre) d[e']? ?$", level(body[: same[0].start])):
        return None
    return "", replaced(body, same[0], new)


def _time(fragment: str, body: str) -> tuple[str, str] | None:
    match = TIME.search(level(fragment))
    if not match:
        return None
    rest = _cut(fragment, match.start(), match.end())
    said = fragment[match.start() : match.end()]
    former = list(TIME.finditer(level(body)))
    if not former:
        plain = match.group("when") and not match.group("link")
        return rest, f"{body} {'en ' if plain else ''}{said}"
    last = former[-1]
    new = said
    if match.group("when") and last.group("when"):
        when = fragment[match.start("when") : match.end("when")]
        bare = match.group("link").strip() in ("", "en", "pour", "de", "du")
        link = body[last.start("link") : last.end("link")]
        if re.fullmatch(_YEAR_ALONE, when):
            link = "de " if link == "du " else link
        new = link + when if bare else said
    elif match.group("when") and not match.group("link"):
        new = f"en {said}"
    return rest, body[: last.start()] + new + body[last.end() :]


def _voice(fragment: str, body: str) -> tuple[str, str] | None:
    form = level(fragment)
    match = _VOICE.fullmatch(form) or _POUR.fullmatch(form)
    if not match:
        return None
    who = fragment[match.start("who") : match.end("who")]
    former = _VOICE.search(level(body))
    if former:
        return "", body[: former.start("who")] + who + body[former.end("who") :]
    return "", f"{body} selon {who}"


def _population(fragment: str, body: str) -> tuple[str, str] | None:
    match = _ASKED_POPULATION.search(level(fragment))
    if not match or fragment[match.end() : match.end() + 1].isalpha():
        return None
    kind = fragment[match.start("kind") : match.end("kind")]
    who = _POPULATIONS[match.group("who")] + kind
    rest = _cut(fragment, match.start(), match.end())
    former = re.search(
        rf"(?P<det>\bd'|\bde |\b)(?P<who>{_POPULATION})\b(?P<kind>{_KIND})", level(body)
    )
    if not former:
        return rest, f"{body} pour les {who}"
    det = body[former.start("det") : former.end("det")]
    if level(det) in ("d'", "de "):
        det = ("d'" if starts_with_vowel(who) else "de ") if det.islower() else det
    return rest, body[: former.start()] + det + who + body[former.end() :]


def _like_replaced(fragment: str, body: str) -> str | None:
    """Replace what has the same preposition, or the same head noun, or is alone of its kind."""
    done = told(fragment, body) or recounted_like(fragment, body)
    if done:
        return done
    opening = re.match(r"(?:pour|contre|sur|chez|avec|par|dans|sans|en) ", level(fragment))
    if opening:
        former = re.search(rf"\b{opening.group()}[^,]+$", level(body))
        return body[: former.start()] + fragment if former else f"{body} {fragment}"
    new = whole_thing(fragment)
    if new is None:
        return None
    subjects = [t for t in things(body) if t.is_plural == new.is_plural and t.rank >= SUBJECT]
    if len(subjects) == 1:
        return replaced(body, subjects[0], new)
    return f"{body}, pour {fragment}" if not subjects else None
