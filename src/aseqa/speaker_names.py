"""Reads the name of a speaker at a place of a sentence: "Fanny Peyronne, représentante …"."""

from __future__ import annotations

import re
from dataclasses import replace

from aseqa.noun_phrases import AFTER_OFFICE, CIVILITY, NAME, NAME_BEFORE, phrase_end
from aseqa.sentence_words import OPENERS, UPPER
from aseqa.speakers import Cast, Speaker, gender_of, kind_of, proper_words
from aseqa.text import fold
from aseqa.voice_words import BODIES, OFFICES, PAPERS, STAND_INS

MAX_OFFICE_CHARS = 90
MAX_NAME_CHARS = 60

_TITLED = re.compile(rf"(?P<civility>{CIVILITY})\s+(?P<name>{NAME})")
_PLAIN = re.compile(NAME)
_PAPER = re.compile(rf"(?:{PAPERS})(?![\w-])", re.IGNORECASE)
_OFFICE = re.compile(
    rf",\s+(?:l'|(?:le|la|un|une)\s)?"
    rf"(?P<office>(?:{OFFICES})\b[^,;:.«»()!?]{{0,{MAX_OFFICE_CHARS}}})",
    re.IGNORECASE,
)
_OFFICE_STOP = re.compile(
    r"\s(?:qui|que|dont|dans|lors|au micro|auprès|avec|depuis|après|avant|à propos|en réponse"
    r"|sur|ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
_DETERMINER = re.compile(
    r"(?:(?:M|Mme|Mmes|MM)\.?\s)?(?P<det>de\s+l'|de\s+la\s|l'|les?\s|la\s|du\s|des\s|ce\s|cet\s"
    r"|cette\s|une?\s|son\s|sa\s|leur\s)?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"(?<![\w-])(?:ancien(?:ne)?\s)?(?:(?P<office>{OFFICES})|(?P<body>{BODIES})|(?P<stand_in>{STAND_INS}))"
    r"(?![\w-])",
    re.IGNORECASE,
)
_PROPER = re.compile(rf"[{UPPER}][\w-]*")
_GENDERS = {"la": "f", "une": "f", "le": "m", "un": "m"}
_TERRITORIAL = frozenset({"conseil departemental", "departement"})


def read_speaker(
    sentence: str, place: int, cast: Cast, lone: bool = False
) -> tuple[Speaker, int] | None:
    """Read the speaker whom the words at ``place`` name, and where they end.

    ``lone`` says that a verb of speech stands just before, so that one capitalised
    word is enough for a name ("raconte Samira").
    """
    return (
        _titled(sentence, place, cast)
        or _paper(sentence, place, cast)
        or _phrase(sentence, place, cast)
        or _plain(sentence, place, cast, lone)
    )


def introduce(sentence: str, cast: Cast) -> None:
    """Take up the people and bodies that a sentence presents by name and office."""
    for found in _TITLED.finditer(sentence):
        _titled(sentence, found.start(), cast)
    for found in _OFFICE.finditer(sentence):
        name = NAME_BEFORE.search(sentence[max(0, found.start() - MAX_NAME_CHARS) : found.start()])
        if name:
            words = name.group()
            while " " in words and _opens(words):  # "Hier Fanny Peyronne"
                words = words.split(maxsplit=1)[1]
            _plain(sentence, found.start() - len(words), cast, lone=False)
    for found in _HEAD.finditer(sentence) if "(" in sentence else ():
        end, short = phrase_end(sentence, found.end(), office=False)
        if short and found["body"]:
            phrase = sentence[found.start() : end].rsplit("(", 1)[0].rstrip()
            cast.enter(_body(phrase, kind_of(phrase), fold(found.group()), short))


def _titled(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    found = _TITLED.match(sentence, place)
    if not found:
        return None
    civility, name = found["civility"], found["name"]
    office, end = _apposed(sentence, found.end())
    if civility in ("Maître", "Me"):
        office = office or "avocat"
    shown = name if " " in name else f"{civility} {name}"
    gender = {"M": "m", "Mm": "f", "Ml": "f"}.get(civility[:2].rstrip("."))
    return cast.enter(_person(shown, name, office, gender)), end


def _paper(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read a paper whose article belongs to its name: "Le Monde"."""
    found = _PAPER.match(sentence, place)
    if not found or not found.group().split("'")[-1].split()[-1][0].isupper():
        return None
    return cast.enter(Speaker(_shown(found.group()), "presse", words=frozenset())), found.end()


def _plain(sentence: str, place: int, cast: Cast, lone: bool) -> tuple[Speaker, int] | None:
    found = _PLAIN.match(sentence, place)
    if not found or _opens(found.group()):
        return None
    name = found.group()
    kind = kind_of(name)
    office, end = _apposed(sentence, found.end())
    known = cast.called(name)
    if known and not office:
        return known, end
    if kind != "autre" and not office:
        return cast.enter(_body(name, kind, "")), end
    if " " not in name and not (lone or office):
        return None
    return cast.enter(_person(name, name, office, None)), end


def _opens(name: str) -> bool:
    """Tell whether what looks like a name starts with an ordinary word ("Pour Fanny")."""
    return name.split()[0].casefold() in OPENERS


def _apposed(sentence: str, place: int) -> tuple[str, int]:
    """Read an office after a name: ", représentante du personnel"."""
    found = _OFFICE.match(sentence, place)
    if not found:
        return "", place
    stop = _OFFICE_STOP.search(found["office"])
    office = found["office"][: stop.start()] if stop else found["office"]
    return office.rstrip(), found.start("office") + len(office.rstrip())


def _person(shown: str, name: str, office: str, gender: str | None) -> Speaker:
    label = f"{shown}, {office}" if office else shown
    default = office == "avocat"  # from "Maître", which is said to women too
    return Speaker(
        name=label,
        kind=kind_of(office),
        person=True,
        gender=gender or (None if default else gender_of(office)),
        words=proper_words(name),
    )


def _body(
    phrase: str, kind: str, head: str, short: str | None = None, gender: str | None = None
) -> Speaker:
    words = frozenset({fold(short)} if short else {fold(phrase)}) | proper_words(phrase)
    return Speaker(short or _shown(phrase), kind, gender=gender, head=head, words=words)


def _shown(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _phrase(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read an article with a noun: "la représentante syndicale", "l'Igas"."""
    determined = _DETERMINER.match(sentence, place)
    det = (determined["det"] or "").lower().strip() if determined else ""
    begin = determined.end() if determined else place
    if det in ("les", "des", "leur"):
        return None
    found = _HEAD.match(sentence, begin)
    if not found:
        return _proper_phrase(sentence, begin, cast) if det else None
    if not det and not found.group()[0].isupper():
        return None
    end, short = phrase_end(sentence, found.end(), office=bool(found["office"]))
    phrase = sentence[begin:end] if not short else sentence[begin:end].rsplit("(", 1)[0].rstrip()
    if found["office"]:
        return _office_holder(sentence, phrase, end, det, fold(found["office"]), cast)
    return _of_body(phrase, det, found, short, end, cast)


def _proper_phrase(sentence: str, begin: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read an article with a proper name: "l'Igas", "le Défenseur des enfants"."""
    found = _PROPER.match(sentence, begin)
    if not found:
        return None
    end, short = phrase_end(sentence, found.end(), office=False)
    phrase = sentence[begin:end].rsplit("(", 1)[0].rstrip() if short else sentence[begin:end]
    known = cast.called(phrase)
    if known:
        return known, end
    return cast.enter(_body(phrase, kind_of(phrase), fold(found.group()), short)), end


def _office_holder(
    sentence: str, phrase: str, end: int, det: str, head: str, cast: Cast
) -> tuple[Speaker, int]:
    named = AFTER_OFFICE.match(sentence, end)
    gender = _GENDERS.get(det)
    if named and not _opens(named["name"]):
        speaker = _person(named["name"], named["name"], phrase, gender)
        return cast.enter(speaker), named.end()
    known = None if det in ("un", "une") else cast.of_office(phrase, head, gender)
    if known:
        return known, end
    return (
        Speaker(
            name=_shown(phrase),
            kind=kind_of(phrase),
            person=True,
            named=det not in ("un", "une"),
            gender=gender,
            head=head,
        ),
        end,
    )


def _of_body(
    phrase: str, det: str, found: re.Match[str], short: str | None, end: int, cast: Cast
) -> tuple[Speaker, int] | None:
    head = fold(found.group())
    bare = not short and not proper_words(phrase[1:]) and not any(c.isdigit() for c in phrase)
    known = cast.of_body(phrase, head) if bare else cast.called(short or phrase)
    if known:
        return known, end
    if found["stand_in"] and fold(phrase) == head:
        return None
    kind = kind_of(phrase)
    speaker = _body(phrase, kind, head, short, _GENDERS.get(det))
    if fold(phrase) in _TERRITORIAL and cast.territory:
        speaker = replace(speaker, name=f"{speaker.name} ({cast.territory})")
    if det in ("un", "une"):
        speaker = replace(speaker, named=False)
    return cast.enter(speaker), end
