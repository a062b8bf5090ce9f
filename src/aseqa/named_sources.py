"""The sources that a sentence names beside what it says: "selon X", "…, alerte X"."""

from __future__ import annotations

import re
from dataclasses import replace

from aseqa.noun_phrases import phrase_end, plain_article
from aseqa.speaker_names import read_speaker
from aseqa.speakers import Cast, Speaker
from aseqa.speech_verbs import (
    ADVERB,
    HAS,
    INSERTED,
    INSERTED_PAST,
    PASSIVE,
    SAID_OF,
    TO,
    VERB_AFTER,
)
from aseqa.text import fold
from aseqa.unnamed_speakers import read_anyone, read_group
from aseqa.voice_words import DOCUMENTS, PUBLISHED

MAX_OPENING_CHARS = 200
END = re.compile(r"[\s.!…)]*\Z")

# Marks that any noun may follow, and those that also say by what something varies.
_SURE = (
    r"[Dd]'après|(?:[ÀA]|à)\s(?:en\scroire|entendre|écouter|lire)|[Ss]i\sl'on\sen\scroit"
    r"|(?:[Aa]ux?\sdires?|(?:[Dd]e|[ÀAà])\sl'avis|[Aa]ux\syeux|[Dd]e\sl'aveu|[Ss]ur\sla\sfoi"
    r"|[Dd]u\spoint\sde\svue|[Dd]ans\sles\smots|[Aa]u\sjugement|[Aa]ux\stermes)(?:\smême)?(?=\sd)"
    r"|[Dd]ixit|(?:que\sl'on|qu'on)\sdoit(?=\s(?:à|aux?)\s)"
)
_SOURCE = re.compile(
    rf"(?<![\w'-])(?:(?P<sure>{_SURE})|[Ss]elon|\(?[Ss]ources?\s?:"
    rf"|(?:[Cc]omme|[Aa]insi\sque|[Cc]e\sque)\s(?:le\s|l')?(?:(?:{INSERTED})"
    rf"|(?:a|ont|avait)\s(?:{ADVERB}\s)?(?:{INSERTED_PAST}))"
    rf"|(?:ce\s)?qu(?:e\s|')(?:{SAID_OF}))\s+(?:à\s(?=l[a'])|(?:de\s|d')(?=[A-Z]|une?\s))?"
)
# Behind these, "des" is "de" with "les".
_TAKES_OF = re.compile(r"(?:dires?|avis|yeux|aveu|même|foi|vue|mots|jugement|termes)\s*\Z")
_ORIGIN = re.compile(
    r"(?<!\w)[Dd]e\s(?P<label>(?:bonne\s)?sources?\s(?:proches?\sd(?:u|e\sla|e\sl')\s?)?[\w-]+)"
)
_STRESSED = re.compile(r"(?P<pronoun>lui|elle)(?![\w-])")
_DOCUMENT = re.compile(
    r"(?P<det>nos\s|le\s|la\s|l'|ce\s|cette\s|cet\s|les\s|des\s|une?\s|son\s|sa\s|ses\s|du\s"
    r"|de\sla\s|de\sl')?(?:derniers?\s|dernières?\s|premi[eè]re?s?\s|nouve(?:au|lle|lles)\s"
    rf"|récente?s?\s|propres\s)?(?P<noun>{DOCUMENTS})(?![\w-])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(rf"(?:{PUBLISHED})\Z", re.IGNORECASE)
# "l'analyse de la Cour, selon laquelle": the source stands before its mark.
_VIEW = re.compile(
    rf"(?<!\w)(?:analyse|thèse|position|affirmation|hypothèse|{DOCUMENTS})\s"
    r"(?=(?:de\sla|du|des|de|d')(?!\w)|de\sl')"
)
_WHICH = re.compile(r",?\s(?:selon|d'après)\s(?:laquelle|lequel|lesquels|lesquelles)(?!\w)")
# What varies from one to the other attributes nothing.
_VARIES = re.compile(r"(?<!\w)(?:vari|diff[èé]r|diverg|oscill)\w*,?\s[^.;]*\Z")
_OWNER = re.compile(
    r"(?:\s+[^\s,;.«»]+){0,3}?\s+(?=(?:de\s+la\s|de\s+l'|du\s|des\s|de\s|d'|par\s)[^\W\d_])"
)
_OF = re.compile(r"par\s+|(?:de\s+|d')(?=[^\W\d_a-zß-öø-ÿœ]|une?\s)")
_LAW = re.compile(
    r"(?:l'|le\s|la\s|du\s|de\sl'|de\sla\s)?"
    r"(?P<law>(?:article|loi|code|décret|convention|règlement)\s[^,;:«»()]{2,90}?)"
    r"(?=[,;:«»()]|\.?\Z)"
)
_BY = re.compile(
    rf"(?<!\w){PASSIVE}\s+(?:du doigt\s+|{ADVERB}\s+)?(?:à\s[^,;:.«»]{{1,40}}?\s+)?par\s+"
)

_SAID_BY = re.compile(
    rf",\s{TO}(?:(?:{INSERTED})(?:-t)?|{HAS}(?:-t)?)-(?P<pronoun>il|elle)"
    rf"(?:\s(?:{ADVERB}\s)?(?:{INSERTED_PAST}))?(?=\s?[.!,;])"
)


def written(words: str, place: int, end: int, speaker: Speaker) -> Speaker:
    """Label a speaker as these words write it, with whom they stand for in brackets.

    The brackets hold what the words leave out: "le rapport (Igas)".
    """
    raw = words[place:end].strip()
    if speaker.name == raw or speaker.name.startswith(f"{raw},"):  # "Le Monde", "Marie Lopez"
        return replace(speaker, label=speaker.name)
    phrase = plain_article(raw)
    name, _, where = speaker.name.partition(" (")
    known, told = set(fold(name).split()), set(fold(plain_article(phrase)).split())
    told |= {word.rpartition("'")[2] for word in told}
    if where and known <= told:
        return replace(speaker, label=f"{phrase} ({where}")
    same = {word.strip(",()") for word in known} <= {word.strip(",()") for word in told}
    return replace(speaker, label=phrase if same else f"{phrase} ({speaker.name})")


def sources_of(words: str, cast: Cast) -> list[Speaker]:
    """Give the sources that "selon", "d'après" and the like name, in order."""
    found = [_source_at(words, mark, cast) for mark in _SOURCE.finditer(words)]
    found += [Speaker(origin["label"]) for origin in _ORIGIN.finditer(words)]
    if _WHICH.search(words):
        for view in _VIEW.finditer(words):
            read = read_speaker(words, view.end(), cast)
            if read and _WHICH.match(words, read[1]):
                found.append(written(words, view.end(), read[1], read[0]))
    return [speaker for speaker in found if speaker]


def _source_at(words: str, mark: re.Match[str], cast: Cast) -> Speaker | None:
    place = mark.end()
    pronoun = _STRESSED.match(words, place)
    if pronoun:
        return cast.meant_by(pronoun["pronoun"])
    law = _LAW.match(words, place)
    if law:
        exact = re.search(r"\d|[A-Z]", law["law"])
        label = plain_article(law.group().strip())
        return Speaker(law["law"].strip(), "loi", label=label) if exact else None
    group = read_group(words, place, to_comma=True)
    if group:
        if not _stands_apart(words, mark):
            return None
        label = plain_article(group[0].label) if _TAKES_OF.search(mark.group()) else group[0].label
        return replace(group[0], name=label, label=label)
    if _DOCUMENT.match(words, place):
        found = published(words, place, cast)
        return written(words, place, found[1], found[0]) if found else None
    found = read_speaker(words, place, cast)
    if not found and mark["sure"]:
        found = read_anyone(words, place, cast)
    return written(words, place, found[1], found[0]) if found else None


def _stands_apart(words: str, mark: re.Match[str]) -> bool:
    """Tell a source from what something varies by: "diffère selon les départements"."""
    before = words[max(0, mark.start() - MAX_OPENING_CHARS) : mark.start()]
    if _VARIES.search(before):
        return False
    first = not before.strip() or before.rstrip().endswith((",", ":", ";", "»", "(", "–", "—"))
    return first or len(before.split()) == 1 or mark["sure"] is not None


def published(words: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read a report or a study, as its owner or by itself.

    "Le rapport" alone is that of the inspection heard so far.
    """
    document = _DOCUMENT.match(words, place)
    if not document:
        return None
    owner = _OWNER.match(words, document.end())
    if owner:
        plain = _OF.match(words, owner.end())
        begin = plain.end() if plain else owner.end()
        found = read_speaker(words, begin, cast) or read_group(words, begin)
        if found:
            return found
    det = (document["det"] or "").lower().strip()
    if det and document["noun"].lower().startswith("source"):
        end, _ = phrase_end(words, document.end(), office=False)
        return (Speaker(plain_article(words[place:end])), end) if end > document.end() else None
    known = cast.of_body("inspection", "inspection") if det in ("le", "ce", "du") else None
    if known and document["noun"].lower() == "rapport":
        return known, document.end()
    if det != "nos" and not (det and _PUBLISHED.match(document["noun"])):
        return None
    return Speaker(plain_article(document.group())), document.end()


def source_beside(frame: str, cast: Cast, heading: bool = False) -> Speaker | None:
    """Find a source named after its words: "…, alerte l'Igas", "pointés par l'Igas".

    A heading may leave the comma out ("livrés à eux-mêmes alerte l'Igas").
    """
    passive = _BY.search(frame)
    found = read_speaker(frame, passive.end(), cast) if passive else None
    if passive and found and found[0].named:
        return written(frame, passive.end(), found[1], found[0])
    tail = frame[-MAX_OPENING_CHARS:]
    said = _SAID_BY.search(tail)
    meant = said and (cast.meant_by(said["pronoun"]) or cast.presented(said["pronoun"]))
    if meant:
        return meant
    for gap in re.finditer(r"\s" if heading else r",\s", tail):
        verb = VERB_AFTER.match(tail, gap.start())
        if not verb:
            continue
        after = read_speaker(tail, verb.end(), cast) or read_group(tail, verb.end())
        if after and after[0].named and END.match(tail, after[1]):
            return written(tail, verb.end(), after[1], after[0])
    return None
