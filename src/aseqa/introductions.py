"""Takes up the people and bodies that a sentence presents: "Fanny Peyronne, représentante …"."""

from __future__ import annotations

import re

from aseqa.noun_phrases import NAME, NAME_BEFORE, OFFICE, phrase_end
from aseqa.speaker_names import (
    HEAD,
    TITLED,
    body_of,
    opens_sentence,
    person_of,
    read_plain,
    read_titled,
)
from aseqa.speakers import Cast, kind_of
from aseqa.text import fold
from aseqa.voice_words import OFFICES

MAX_NAME_CHARS = 60

_AGED = re.compile(rf"(?<![\w'-])(?P<name>{NAME}),\s\d\d?\sans(?!\w)")
# "Judith Maréchal a 47 ans"; then "elle est juge des enfants".
_OPENING = re.compile(rf"(?P<name>{NAME})\s(?=(?:n')?[a-zéê]+(?:\s|,))")
_BEING = re.compile(
    rf"(?<!\w)(?P<pronoun>[Ii]l|[Ee]lle)\s(?:est|était)\s(?P<office>(?:{OFFICES})(?![\w-]))"
)
_PLACING = re.compile(
    r"(?<!\w)(?:sur|à|a|au|de|du|d'|dans|en|depuis|chez|vers)\s?\Z", re.IGNORECASE
)


def introduce(sentence: str, cast: Cast) -> None:
    """Take up the people and bodies that a sentence presents by name and office."""
    for found in TITLED.finditer(sentence):
        read_titled(sentence, found.start(), cast)
    for found in OFFICE.finditer(sentence):
        name = _name_before(sentence, found)
        if name:
            read_plain(sentence, found.start() - len(name), cast, lone=False)
    opening = _OPENING.match(sentence)
    if opening and " " in opening["name"]:
        _present(opening["name"], cast)
    being = _BEING.search(sentence)
    known = cast.presented(being["pronoun"]) if being else None
    if being and known and known.words and "," not in known.name:
        end, _ = phrase_end(sentence, being.end(), office=True)
        office = sentence[being.start("office") : end]
        gender = "f" if being["pronoun"].lower() == "elle" else "m"
        cast.enter(person_of(known.name, known.name, office, gender))
    for found in _AGED.finditer(sentence):
        _present(found["name"], cast)
    for found in HEAD.finditer(sentence) if "(" in sentence else ():
        end, short = phrase_end(sentence, found.end(), office=False)
        if short and found["body"]:
            phrase = sentence[found.start() : end].rsplit("(", 1)[0].rstrip()
            cast.enter(body_of(phrase, kind_of(phrase), fold(found.group()), short))


def _present(name: str, cast: Cast) -> None:
    if opens_sentence(name) or kind_of(name) != "autre":
        return
    cast.mention(cast.called(name) or cast.enter(person_of(name, name, "", None)))


def _name_before(sentence: str, office: re.Match[str]) -> str | None:
    """Give the name that an office is apposed to."""
    before = sentence[max(0, office.start() - MAX_NAME_CHARS) : office.start()]
    name = NAME_BEFORE.search(before)
    if not name:
        return None
    words = name.group()
    while " " in words and opens_sentence(words):  # "Hier Fanny Peyronne"
        words = words.split(maxsplit=1)[1]
    # "Au tribunal de Lens, la procureure": a place, then another subject.
    elsewhere = office["det"] and _PLACING.search(before[: len(before) - len(words)])
    return None if elsewhere else words
