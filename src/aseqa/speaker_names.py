"""Reads the name of a speaker at a place of a sentence: "Fanny Peyronne, représentante …"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aseqa.noun_phrases import (
    AFTER_OFFICE,
    CIVILITY,
    NAME,
    apposed_office,
    phrase_end,
    plain_article,
)
from aseqa.sentence_words import OPENERS, UPPER
from aseqa.speakers import Cast, Speaker, gender_of, kind_of, proper_words
from aseqa.text import fold
from aseqa.voice_words import BODIES, OFFICES, PAPERS, STAND_INS

TITLED = re.compile(rf"(?P<civility>{CIVILITY})\s+(?P<name>{NAME})")
_PLAIN = re.compile(NAME)
_PAPER = re.compile(rf"(?:{PAPERS})(?![\w-])", re.IGNORECASE)
_DETERMINER = re.compile(
    r"(?:(?:M|Mme|Mmes|MM)\.?\s)?(?P<det>de\s+l'|de\s+la\s|l'|les?\s|la\s|du\s|au\s|des\s|ce\s|cet\s"
    r"|cette\s|une?\s|son\s|sa\s|leur\s|votre\s|notre\s)?",
    re.IGNORECASE,
)
HEAD = re.compile(
    rf"(?<![\w-])(?:ancien(?:ne)?\s)?(?:(?P<office>{OFFICES})|(?P<body>{BODIES})|(?P<stand_in>{STAND_INS}))"
    r"(?![\w-])",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:présidente?|vice-présidente?|direct(?:eur|rice)|porte-parole|secrétaire|déléguée?"
    r"|responsable|(?:co)?fondat(?:eur|rice)|représentante?|coordinat(?:eur|rice))(?!\w)"
)
# "Interrogée, la maire": not a first name.
_ASKED = re.compile(
    r"(?:(?:interrog|contact|sollicit|questionn|interpell|invit|alert|consult|audition+|rencontr"
    r"|critiqu|épingl|convoqu)ée?s?|jointe?s?|saisie?s?|entendue?s?|réuni(?:e?s)?|reçue?s?)\Z"
)
_PROPER = re.compile(rf"[{UPPER}][\w-]*")
_GENDERS = dict.fromkeys(("la", "une", "de la", "cette"), "f") | dict.fromkeys(
    ("le", "un", "du", "au", "ce", "cet"), "m"
)
_TERRITORIAL = frozenset({"conseil departemental", "departement"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that means somebody: its words, article, head, end, and short form."""

    phrase: str
    det: str
    head: str
    end: int
    label: str
    short: str | None = None


def read_speaker(
    sentence: str, place: int, cast: Cast, lone: bool = False
) -> tuple[Speaker, int] | None:
    """Read the speaker whom the words at ``place`` name, and where they end.

    ``lone`` says that a verb of speech stands just before, so that one capitalised
    word is enough for a name ("raconte Samira").
    """
    return (
        read_titled(sentence, place, cast)
        or _paper(sentence, place, cast)
        or _phrase(sentence, place, cast)
        or read_plain(sentence, place, cast, lone)
    )


def read_titled(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read a name behind a civility: "M. Paul Roux, maire de Lens"."""
    found = TITLED.match(sentence, place)
    if not found:
        return None
    civility, name = found["civility"], found["name"]
    office, end = apposed_office(sentence, found.end())
    if civility in ("Maître", "Me"):
        office = office or "avocat"
    shown = name if " " in name else f"{civility} {name}"
    gender = {"M": "m", "Mm": "f", "Ml": "f"}.get(civility[:2].rstrip("."))
    return cast.enter(person_of(shown, name, office, gender)), end


def _paper(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read a paper whose article belongs to its name: "Le Monde"."""
    found = _PAPER.match(sentence, place)
    if not found or not found.group().split("'")[-1].split()[-1][0].isupper():
        return None
    return cast.enter(Speaker(_shown(found.group()), "presse", words=frozenset())), found.end()


def read_plain(sentence: str, place: int, cast: Cast, lone: bool) -> tuple[Speaker, int] | None:
    """Read a name alone or with an office; ``lone`` is that of `read_speaker`."""
    found = _PLAIN.match(sentence, place)
    if not found or opens_sentence(found.group()):
        return None
    name = found.group()
    kind = kind_of(name)
    office, end = apposed_office(sentence, found.end())
    known = cast.called(name)
    if known and not office:
        return known, end
    if kind != "autre" and not office:
        return cast.enter(body_of(name, kind, "")), end
    if " " not in name and not (lone or office):
        return None
    return cast.enter(person_of(name, name, office, None)), end


def opens_sentence(name: str) -> bool:
    """Tell whether what looks like a name starts with an ordinary word ("Pour Fanny")."""
    first = name.split()[0].casefold()
    return first in OPENERS or _ASKED.match(first) is not None


def person_of(shown: str, name: str, office: str, gender: str | None) -> Speaker:
    """Make a speaker of a person's name, as shown, and office."""
    label = f"{shown}, {office}" if office else shown
    default = office == "avocat"  # from "Maître", which is said to women too
    return Speaker(
        name=label,
        kind=kind_of(office),
        person=True,
        gender=gender or (None if default else gender_of(office)),
        words=proper_words(name),
    )


def body_of(
    phrase: str,
    kind: str,
    head: str,
    short: str | None = None,
    gender: str | None = None,
    label: str = "",
) -> Speaker:
    """Make a speaker of a body, called by its words or by its ``short`` form."""
    words = frozenset({fold(short)} if short else {fold(phrase)}) | proper_words(phrase)
    name = short or _shown(phrase)
    return Speaker(name, kind, gender=gender, head=head, words=words, label=label)


def _shown(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _phrase(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read an article with a noun: "la représentante syndicale", "l'Igas"."""
    determined = _DETERMINER.match(sentence, place)
    det = " ".join((determined["det"] or "").lower().split()) if determined else ""
    begin = determined.end() if determined else place
    if det in ("les", "des"):
        return None
    found = HEAD.match(sentence, begin)
    if not found:
        return _proper_phrase(sentence, place, begin, cast) if det else None
    if not det and not found.group()[0].isupper():
        return None
    end, short = phrase_end(sentence, found.end(), office=bool(found["office"]))
    phrase = sentence[begin:end] if not short else sentence[begin:end].rsplit("(", 1)[0].rstrip()
    label = plain_article(sentence[place:end])
    if found["office"]:
        mention = Mention(phrase, det, fold(found["office"]), end, label)
        return office_holder(sentence, mention, cast)
    mention = Mention(phrase, det, fold(found.group()), end, label, short)
    if found["stand_in"] and fold(phrase) == mention.head:
        known = cast.of_body(phrase, mention.head)
        return (known, end) if known else None
    return _of_body(mention, cast)


def _proper_phrase(sentence: str, place: int, begin: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read an article with a proper name: "l'Igas", "le Défenseur des enfants"."""
    found = _PROPER.match(sentence, begin)
    if not found:
        return None
    end, short = phrase_end(sentence, found.end(), office=False)
    phrase = sentence[begin:end].rsplit("(", 1)[0].rstrip() if short else sentence[begin:end]
    known = cast.called(phrase)
    if known:
        return known, end
    label = plain_article(sentence[place:end])
    body = body_of(phrase, kind_of(phrase), fold(found.group()), short, label=label)
    return cast.enter(body), end


def office_holder(sentence: str, mention: Mention, cast: Cast) -> tuple[Speaker, int]:
    """Read who holds an office: the name behind it, the one known by it, or nobody named."""
    phrase, end = mention.phrase, mention.end
    named = AFTER_OFFICE.match(sentence, end)
    gender = _GENDERS.get(mention.det)
    kind = _kind_held(mention, cast)
    if named and not opens_sentence(named["name"]):
        speaker = person_of(named["name"], named["name"], phrase, gender)
        return cast.enter(replace(speaker, kind=kind)), named.end()
    vague = mention.det in ("un", "une")
    known = None if vague else cast.of_office(phrase, mention.head, gender)
    speaker = known or Speaker(
        name=_shown(phrase),
        kind=kind,
        person=True,
        named=not vague,
        gender=gender,
        head=mention.head,
        label=mention.label,
    )
    return speaker, end


def _kind_held(mention: Mention, cast: Cast) -> str:
    """Give an office its kind: "sa présidente" is of the body just named."""
    kind = kind_of(mention.phrase)
    if kind == "autre" and mention.det in ("son", "sa", "leur") and cast.body:
        return cast.body.kind if _LEADING.match(mention.phrase) else kind
    return kind


def _of_body(mention: Mention, cast: Cast) -> tuple[Speaker, int]:
    phrase, short = mention.phrase, mention.short
    bare = not short and not proper_words(phrase[1:]) and not any(c.isdigit() for c in phrase)
    known = cast.of_body(phrase, mention.head) if bare else cast.called(short or phrase)
    if known:
        return known, mention.end
    gender = _GENDERS.get(mention.det)
    speaker = body_of(phrase, kind_of(phrase), mention.head, short, gender, mention.label)
    if fold(phrase) in _TERRITORIAL and cast.territory:
        name = f"{speaker.name} ({cast.territory})"
        speaker = replace(speaker, name=name, label=f"{mention.label} ({cast.territory})")
    if mention.det in ("un", "une"):
        speaker = replace(speaker, named=False)
    return cast.enter(speaker), mention.end
