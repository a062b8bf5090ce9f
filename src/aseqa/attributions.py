"""How a sentence says whose words it gives: "confie X", "X affirme que", "selon X".

A sentence is read as its frame: its own words with each quotation replaced by «Q».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aseqa.speaker_names import read_speaker
from aseqa.speakers import Cast, Speaker
from aseqa.voice_words import (
    ADVERB,
    ASKING,
    DOCUMENTS,
    INSERTED,
    INSERTED_PAST,
    PASSIVE,
    PAST,
    PRESENT,
    REACTING,
)

MAX_OPENING_CHARS = 200
MAX_SUBJECT_PLACES = 4

_HAS = r"(?:a|ont|avait|avaient|s'est|se sont|s'était)"
_TO = r"(?:nous\s|m'|lui\s|leur\s|l'|le\s|la\s|les\s|y\s|en\s)?"
_LEAD = r"[\s,.!?…]*"
_PRONOUN_AFTER = re.compile(
    rf"{_LEAD}{_TO}(?:(?:{INSERTED})(?:-t)?-(?P<now>ils?|elles?|on)(?!\w)"
    rf"|{_HAS}(?:-t)?-(?P<then>ils?|elles?|on)\s+(?:{ADVERB}\s+)?(?:{INSERTED_PAST})(?!\w))"
)
_VERB_AFTER = re.compile(
    rf"{_LEAD}{_TO}(?:(?:{INSERTED})|{_HAS}\s+(?:{ADVERB}\s+)?(?:{INSERTED_PAST}))(?:\s+{ADVERB})?"
    r"\s+(?=\S)"
)
_SUBJECT_VERB = re.compile(
    r"\s*(?:\([^()]{1,40}\))?(?:,\s(?:de\s|du\s|d')[^,«»]{1,60})?,?\s*(?:qui\s[^,«»]{1,90},\s)?"
    rf"\*?{_TO}"
    rf"(?P<verb>(?:{PRESENT}|{REACTING})|{_HAS}\s+(?:{ADVERB}\s+)?(?:{PAST}|{REACTING}))(?![\w-])"
)
_ASKING = re.compile(rf"(?:{ASKING})\Z")
_REACTING = re.compile(rf"(?:{REACTING})\Z")
_CONTENT = re.compile(
    rf"[\s,]*(?:(?:{ADVERB}\s)?(?:de\s|d')|(?:[^\s«:]+\s){{0,4}}?(?:qu[e']|si\s|«)"
    r"|(?:[^\s«:]+\s){0,10}?:)"
)
_PART_OF = re.compile(r"(?:de|du|des)\s|d'")
_PRONOUN = re.compile(r"(?P<pronoun>Il|Elle|il|elle)\s+")
_OPENING = re.compile(r"(?:Mais|Et|Or|Car|Puis|Ensuite|Enfin|Ainsi|Pourtant)\s+")
_SOURCE = re.compile(
    r"(?<![\w'-])(?:[Ss]elon|[Dd]'après|[ÀA] en croire|à en croire|[Aa]ux dires|[Aa]u dire"
    r"|[Dd]e l'avis|[Dd]ixit)\s+"
)
_STRESSED = re.compile(r"(?P<pronoun>lui|elle)(?![\w-])")
_DOCUMENT = re.compile(
    rf"(?P<det>le\s|la\s|l'|ce\s|cette\s|cet\s|les\s|des\s|une?\s|son\s|sa\s|ses\s)?(?:dernier\s|"
    rf"dernière\s|premi[eè]re?s?\s|nouve(?:au|lle|lles)\s)?(?P<noun>{DOCUMENTS})(?![\w-])",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:\s+[^\s,;.«»]+){0,3}?\s+(?=(?:de\s+la\s|de\s+l'|du\s|de\s|d')[^\W\d_])")
_OF = re.compile(r"(?:de\s+|d')(?=[^\W\d_a-zß-öø-ÿœ])")
_LAW = re.compile(
    r"(?:l'|le\s|la\s)?(?P<law>(?:article|loi|code|décret|convention|règlement)\s[^,;:«»()]{2,90}?)"
    r"(?=[,;:«»()]|\.?\Z)"
)
_FOR = re.compile(r"Pour\s+")
_BY = re.compile(rf"(?<!\w){PASSIVE}\s+(?:du doigt\s+)?par\s+")
_AND_TO = re.compile(r"Et d(?:e\s|')[^\W\d_]+(?:er|re|ir)(?!\w)[^«]*«")
_END = re.compile(r"[\s.!…]*\Z")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks by a verb of the sentence; ``reacts`` when its words come after it."""

    speaker: Speaker
    reacts: bool = False


def speaker_after(words: str, cast: Cast) -> Speaker | None:
    """Find who speaks in the words after a quotation: ", poursuit-elle"."""
    pronoun = _PRONOUN_AFTER.match(words)
    if pronoun:
        return cast.meant_by(pronoun["now"] or pronoun["then"])
    verb = _VERB_AFTER.match(words)
    found = read_speaker(words, verb.end(), cast, lone=True) if verb else None
    return found[0] if found else None


def speaker_inside(words: str, cast: Cast) -> Speaker | None:
    """Find who speaks by a clause inside a quotation: "…, dénonce X, …"."""
    for comma in re.finditer(r",\s", words):
        pronoun = _PRONOUN_AFTER.match(words, comma.start())
        if pronoun and words[pronoun.end() : pronoun.end() + 1] in (",", "."):
            return cast.meant_by(pronoun["now"] or pronoun["then"])
        verb = _VERB_AFTER.match(words, comma.start())
        found = read_speaker(words, verb.end(), cast, lone=True) if verb else None
        if found and words[found[1] : found[1] + 1] in (",", "."):
            return found[0]
    return None


def subject_of(frame: str, cast: Cast, recent: Speaker | None) -> Subject | None:
    """Find the speaker who is the subject of a verb of speech near the start.

    A pronoun is understood only when the sentence before was given to somebody
    (``recent``); otherwise "il" may be anyone.
    """
    if frame.endswith("?"):
        return None
    if recent and _AND_TO.match(frame):
        return Subject(recent)  # "Et d'ajouter : « … »"
    for place in _subject_places(frame):
        pronoun = _PRONOUN.match(frame, place)
        if pronoun:
            fits = recent is not None and recent.gender in (None, _gender(pronoun["pronoun"]))
            found = (recent, pronoun.end()) if recent is not None and fits else None
        else:
            owned = _PART_OF.match(frame, place)  # ", de l'IFOP," belongs to the name before
            found = None if owned else read_speaker(frame, place, cast)
        subject = _speaking(frame, *found) if found else None
        if subject:
            return subject
    return None


def _gender(pronoun: str) -> str:
    return "f" if pronoun.lower() == "elle" else "m"


def _subject_places(frame: str) -> Iterator[int]:
    opening = _OPENING.match(frame)
    yield opening.end() if opening else 0
    commas = re.finditer(r",\s", frame[:MAX_OPENING_CHARS].split("«", 1)[0])
    for count, comma in enumerate(commas, start=1):
        if count == MAX_SUBJECT_PLACES:
            return
        yield comma.end()


def _speaking(frame: str, speaker: Speaker, end: int) -> Subject | None:
    if re.match(r"\s*:\s*«", frame[end:]):
        return Subject(speaker)
    found = _SUBJECT_VERB.match(frame, end)
    if not found:
        return None
    if _ASKING.search(found["verb"]) and not _CONTENT.match(frame, found.end()):
        return None
    return Subject(speaker, reacts=bool(_REACTING.search(found["verb"])))


def sources_of(words: str, cast: Cast) -> list[Speaker]:
    """Give the sources that "selon", "d'après" and the like name, in order."""
    found = (_source_at(words, match.end(), cast) for match in _SOURCE.finditer(words))
    return [speaker for speaker in found if speaker and speaker.named]


def _source_at(words: str, place: int, cast: Cast) -> Speaker | None:
    pronoun = _STRESSED.match(words, place)
    if pronoun:
        return cast.meant_by(pronoun["pronoun"])
    law = _LAW.match(words, place)
    if law:
        exact = re.search(r"\d|[A-Z]", law["law"])
        return Speaker(name=law["law"].strip(), kind="loi") if exact else None
    document = _DOCUMENT.match(words, place)
    if document:
        return _owner(words, document, cast)
    found = read_speaker(words, place, cast)
    return found[0] if found else None


def _owner(words: str, document: re.Match[str], cast: Cast) -> Speaker | None:
    """Give whose report it is; "le rapport" alone is that of the inspection heard so far."""
    owner = _OWNER.match(words, document.end())
    if owner:
        plain = _OF.match(words, owner.end())
        found = read_speaker(words, plain.end() if plain else owner.end(), cast)
        return found[0] if found else None
    definite = (document["det"] or "").lower().strip() in ("le", "ce")
    if definite and document["noun"].lower() == "rapport":
        return cast.of_body("inspection", "inspection")
    return None


def speaker_for_whom(frame: str, cast: Cast) -> Speaker | None:
    """Find the speaker of "Pour X, …": a person, or a body when words are quoted."""
    opening = _FOR.match(frame)
    found = read_speaker(frame, opening.end(), cast) if opening else None
    if not found or frame[found[1] : found[1] + 1] != ",":
        return None
    return found[0] if found[0].person or "«" in frame else None


def source_beside(frame: str, cast: Cast, heading: bool = False) -> Speaker | None:
    """Find a source named after its words: "…, alerte l'Igas", "pointés par l'Igas".

    A heading may leave the comma out ("livrés à eux-mêmes alerte l'Igas").
    """
    passive = _BY.search(frame)
    found = read_speaker(frame, passive.end(), cast) if passive else None
    if found and found[0].named:
        return found[0]
    tail = frame[-MAX_OPENING_CHARS:]
    for gap in re.finditer(r"\s" if heading else r",\s", tail):
        verb = _VERB_AFTER.match(tail, gap.start())
        found = read_speaker(tail, verb.end(), cast) if verb else None
        if found and found[0].named and _END.match(tail, found[1]):
            return found[0]
    return None
