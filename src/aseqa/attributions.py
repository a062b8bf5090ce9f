"""How a sentence makes somebody speak by a verb: "X affirme que", "Pour X, …".

A sentence is read as its frame: its own words with each quotation replaced by «Q».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from aseqa.named_sources import published, written
from aseqa.sentence_words import UPPER
from aseqa.speaker_names import opens_sentence, read_plain, read_speaker
from aseqa.speakers import Cast, Speaker
from aseqa.speech_verbs import (
    ADVERB,
    ASKING,
    COUNTING,
    HAS,
    INFINITIVE,
    INSERTED,
    INSERTED_PAST,
    PAST,
    PRESENT,
    REACTING,
    TO,
)
from aseqa.unnamed_speakers import read_anyone, read_group

MAX_OPENING_CHARS = 200
MAX_SUBJECT_PLACES = 4
MAX_CLAUSES = 8

# What may stand between a speaker and the verb: "compétent hors de la métropole".
_ASIDE = r"(?:,\s[^,;:«»]{1,90},)"
_SUBJECT_VERB = re.compile(
    r"\s*(?:\([^()]{1,40}\))?(?:,\s(?:de\s|du\s|d'|\d\d\sans)[^,«»]{0,60})?"
    r"(?:,\s(?:elle|lui|eux|quant\sà\s(?:elle|lui)|pour\ssa\spart|de\sson\scôté),)?"
    r"(?:,\sdans\s[^,«»]{1,60},)?"
    r"(?:,?\s(?:conduit|men|publi|réalis|remis|rendu|présent|command|diligent|interrog|rencontr"
    r"|audition|entend|dat|consacr|port)[éu]?e?s?\s[^,;:«»]{1,80}?)?,?\s*(?:qui\s[^,«»]{1,90},\s)?"
    rf"\*?(?:n')?{TO}"
    rf"(?P<verb>(?:{PRESENT}|{REACTING})|{HAS}\s+(?:{ADVERB}\s+)?(?:{PAST}|{REACTING}))(?![\w-])"
)
_AFTER_ASIDE = re.compile(
    rf"{_ASIDE}\s(?:n')?{TO}(?P<verb>(?:{PRESENT})|{HAS}\s+(?:{ADVERB}\s+)?(?:{PAST}))(?![\w-])"
)
_COLON = re.compile(
    rf"\s*(?:,\s[^,«»:]{{1,60}},?)?(?:\s(?:{INSERTED}|{HAS}\s(?:{INSERTED_PAST}))(?!\w)[^:;«».]{{0,60}})?\s*:\s*«"
)
_TO_SAY = re.compile(rf"\s+(?:de\s|d'){TO}(?:{INFINITIVE})(?![\w-])")
_ASKING = re.compile(rf"(?<!\w)(?:{ASKING})\Z")
_COUNTING = re.compile(rf"(?<!\w)(?:{COUNTING})\Z")
_REACTING = re.compile(rf"(?:{REACTING})\Z")
_CONTENT = re.compile(
    rf"[\s,]*(?:(?:{ADVERB}\s)?(?:de\s|d'|(?:ne\spas\s)?(?:n'(?:en|y)\s|l'|s')?"
    r"(?:avoir|être|[a-zéè]+[eo]ir)\s)|(?:[^\s«:]+\s){1,2}avoir\s"
    r"|(?:à|entre)\s(?:[^\s«:]+\s){0,3}?\d|(?:[^\s«:]+\s){0,4}?(?:qu[e']|si\s|«)"
    r"|(?:[^\s«:]+\s){0,10}?:)"
)
_THAT = re.compile(r"\s(?:[^\s«:]+\s){0,4}?qu[e']")
_ONE_WORD = re.compile(rf"[{UPPER}][\w-]+")
_PART_OF = re.compile(r"(?:de|du|des)\s|d'")
_PRONOUN = re.compile(r"(?P<pronoun>Il|Elle|il|elle)\s+")
_OPENING = re.compile(
    r"(?:(?:Mais|Et|Or|Car|Puis|Ensuite|Enfin|Ainsi|Pourtant)\s+|Je\s(?:vous\s)?cite(?:rai)?\s"
    r"(?:aussi\s|ici\s)?)"
)
_EMERGES = re.compile(r"(?<!\w)[Ii]l\s(?:en\s)?(?:ressort|résulte|découle)\s(?:d'(?=une?\s)|(?=d))")
_CLAUSE = re.compile(
    r"(?:[:;–—]|(?<!\w)(?:quand|lorsque|alors\sque|tandis\sque|mais|et|où|car|puisque|là\soù|si"
    r"|sauf\sque|dont|que))\s|(?<!\w)qu'"
)
# "Du côté du Département, on met en avant"
_SIDE = re.compile(
    r"(?:[Dd]u\scôté\s(?=d)|[Cc]hez\s|(?:[Dd]ans|[ÀA])\sl'entourage\s(?=d)|[ÀA]\s(?=la\s|l')"
    r"|(?=Au\s))"
)
_ONE_SAYS = re.compile(rf",?\s(?:on|l'on)\s{TO}(?:{INSERTED}|a\s(?:{INSERTED_PAST}))(?![\w-])")
_FOR = re.compile(r"Pour\s+")
_AND_TO = re.compile(r"Et d(?:e\s|')[^\W\d_]+(?:er|re|ir)(?!\w)[^«]*«")
# Bodies of which "Pour X, …" says what they think, and not what is done for them.
_THINKERS = ("syndicat", "association", "inspection", "statistique")
# They count as a place does: "la région compte", "le département dénombre".
_PLACES = frozenset("region departement metropole commune ville agglomeration".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks by a verb of the sentence; ``reacts`` when its words come after it.

    ``source`` is the same with the label that this sentence writes.
    """

    speaker: Speaker
    source: Speaker
    reacts: bool = False


def subject_of(
    frame: str, cast: Cast, recent: Speaker | None, near: bool = False
) -> Subject | None:
    """Find the speaker who is the subject of a verb of speech near the start.

    A pronoun is understood when the sentence before was given to somebody (``recent``)
    or, where ``near`` allows it, named somebody of its gender; "il" may be anyone else.
    """
    if frame.endswith("?"):
        return None
    if recent and _AND_TO.match(frame):
        return Subject(recent, recent)  # "Et d'ajouter : « … »"
    for place in _subject_places(frame):
        pronoun = _PRONOUN.match(frame, place)
        subject = (
            _by_pronoun(frame, pronoun, recent, cast if near else None)
            if pronoun
            else _by_name(frame, place, cast)
        )
        if subject:
            return subject
    return _one_side(frame, cast)


def _by_pronoun(
    frame: str, pronoun: re.Match[str], recent: Speaker | None, cast: Cast | None
) -> Subject | None:
    gender = "f" if pronoun["pronoun"].lower() == "elle" else "m"
    if recent is not None and recent.gender in (None, gender):
        return _speaking(frame, Subject(recent, recent), pronoun.end())
    named = cast.presented(pronoun["pronoun"]) if cast and recent is None else None
    if named is None or named.gender != gender:
        return None
    return _speaking(frame, Subject(named, named), pronoun.end(), content=True)


def _by_name(frame: str, place: int, cast: Cast) -> Subject | None:
    if _PART_OF.match(frame, place):  # ", de l'IFOP," belongs to the name before
        return None
    found = _someone(frame, place, cast) or _first_name(frame, place, cast)
    if not found:
        anyone = read_anyone(frame, place, cast) if frame.startswith("Et ") else None
        said = anyone and _TO_SAY.match(frame, anyone[1])
        found = anyone if said else None
    if not found:
        return None
    speaker, end = found
    subject = Subject(speaker, written(frame, place, end, speaker))
    if frame.startswith("Et ") and _TO_SAY.match(frame, end):
        return subject
    spoken = _speaking(frame, subject, end)
    if not spoken:
        cast.mention(speaker)
    return spoken


def _first_name(frame: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read one capitalised word as a name, where a verb of speech and its content follow."""
    name = _ONE_WORD.match(frame, place)
    if not name or opens_sentence(name.group()):
        return None
    verb = _SUBJECT_VERB.match(frame, name.end()) or _AFTER_ASIDE.match(frame, name.end())
    told = verb and (_CONTENT.match(frame, verb.end()) or "«" in frame[verb.end() :])
    return read_plain(frame, place, cast, lone=True) if told else None


def _someone(frame: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    return (
        read_speaker(frame, place, cast)
        or read_group(frame, place)
        or published(frame, place, cast)
    )


def _subject_places(frame: str) -> Iterator[int]:
    opening = _OPENING.match(frame)
    yield opening.end() if opening else 0
    commas = re.finditer(r"(?:,|\s[-–—])\s", frame[:MAX_OPENING_CHARS].split("«", 1)[0])
    for comma in islice(commas, MAX_SUBJECT_PLACES - 1):
        yield comma.end()


def _speaking(frame: str, subject: Subject, end: int, content: bool = False) -> Subject | None:
    """Check that a speaker is followed by a verb of speech; ``content``: and by what is said."""
    if _COLON.match(frame, end) and not content:
        return subject
    found = _SUBJECT_VERB.match(frame, end) or _AFTER_ASIDE.match(frame, end)
    if not found:
        return None
    speaker = subject.speaker
    vague = not (speaker.person or speaker.words or speaker.kind != "autre")
    counted = speaker.head in _PLACES and _COUNTING.search(found["verb"])
    needs_content = content or vague or counted or _ASKING.search(found["verb"])
    if needs_content and not _CONTENT.match(frame, found.end()):
        return None
    reacts = bool(_REACTING.search(found["verb"])) and not _THAT.match(frame, found.end())
    return Subject(speaker, subject.source, reacts)


def _one_side(frame: str, cast: Cast) -> Subject | None:
    """Find whose side says what "on" says: "Au ministère, on assure que"."""
    side = _SIDE.match(frame)
    found = read_speaker(frame, side.end(), cast) if side else None
    if not side or not found or not _ONE_SAYS.match(frame, found[1]):
        return None
    return Subject(found[0], written(frame, side.end(), found[1], found[0]))


def claims_of(frame: str, cast: Cast) -> list[Speaker]:
    """Give those who say something in a clause further on: "…, quand X estime que …"."""
    claims = []
    for opening in islice(_CLAUSE.finditer(frame), MAX_CLAUSES):
        of_them = frame.startswith("des ", opening.end())  # "de l'action sociale et des familles"
        found = None if of_them else _someone(frame, opening.end(), cast)
        if found:
            source = written(frame, opening.end(), found[1], found[0])
            if _speaking(frame, Subject(found[0], source), found[1], content=True):
                claims.append(source)
    for emerging in islice(_EMERGES.finditer(frame), MAX_CLAUSES):
        place = emerging.end()
        found = published(frame, place, cast) or read_speaker(frame, place, cast)
        if found:
            claims.append(written(frame, place, found[1], found[0]))
    return claims


def speaker_for_whom(frame: str, cast: Cast) -> Subject | None:
    """Find the speaker of "Pour X, …": a person, or a body when words are quoted."""
    opening = _FOR.match(frame)
    found = read_speaker(frame, opening.end(), cast) if opening else None
    if not opening or not found or frame[found[1] : found[1] + 1] != ",":
        return None
    if not (found[0].person or "«" in frame or found[0].kind in _THINKERS):
        return None
    return Subject(found[0], written(frame, opening.end(), found[1], found[0]))
