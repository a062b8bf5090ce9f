"""Those who speak in a document, and how the text names them and calls them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aseqa.text import fold
from aseqa.voice_words import KIND_PATTERN

_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿœ][\w-]*")
_FEMININE = re.compile(r"\w+(?:ante|ente|ée|rice|euse|ière|ienne|eure|ate|ète)\b")
_MASCULINE = re.compile(r"\w+(?:ant|ent|é|eur|ier|ien|at|et)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone, or a body, that the text lets speak.

    ``words`` are the folded words by which the text may call it again, ``head`` the
    noun of its office or body ("représentante", "conseil"). ``named`` is false for
    "un éducateur": good enough for a voice, too vague for a source. ``gender`` is
    "f", "m", or None when the words do not tell.
    """

    name: str
    kind: str = "autre"
    person: bool = False
    named: bool = True
    gender: str | None = None
    head: str = ""
    words: frozenset[str] = frozenset()


def kind_of(phrase: str) -> str:
    """Give the kind of voice that the words of an office or body stand for.

    Examples
    --------
    >>> kind_of("représentante du personnel Sud-Santé-Sociaux")
    'syndicat'
    """
    found = KIND_PATTERN.search(phrase.replace("’", "'").lower())
    return found.lastgroup or "autre" if found else "autre"


def gender_of(office: str) -> str | None:
    """Tell the gender of the first word of an office, where its ending shows it."""
    word = office.split()[0].lower() if office else ""
    if _FEMININE.match(word):
        return "f"
    return "m" if _MASCULINE.match(word) else None


def proper_words(phrase: str) -> frozenset[str]:
    """Give the folded words of a phrase that are written with a capital."""
    return frozenset(fold(word) for word in _CAPITALISED.findall(phrase))


class Cast:
    """The speakers of one document, as far as it has been read."""

    def __init__(self, territory: str | None = None) -> None:
        self.territory = territory
        self._known: list[Speaker] = []
        self._heard: list[Speaker] = []

    def enter(self, speaker: Speaker) -> Speaker:
        """Take up a speaker; give back the fuller one when it was known already."""
        for place, known in enumerate(self._known):
            if known.person != speaker.person or not speaker.words or not known.words:
                continue
            if speaker.words <= known.words and not _tells_more(speaker, known):
                return known
            if known.words <= speaker.words:
                self._known[place] = speaker
                return speaker
        self._known.append(speaker)
        return speaker

    def hear(self, speaker: Speaker) -> None:
        """Note that a speaker has just spoken."""
        self._heard = [one for one in self._heard if one != speaker] + [speaker]

    def called(self, phrase: str) -> Speaker | None:
        """Find the speaker that a proper name calls, the last one first."""
        words = proper_words(phrase)
        candidates = (one for one in reversed(self._known) if words and words <= one.words)
        return next(candidates, None)

    def meant_by(self, pronoun: str) -> Speaker | None:
        """Find the last speaker whom "il", "elle" or "lui" can stand for.

        A body must be known to have the gender: "selon elle" is not said of the Insee.
        """
        gender = {"il": "m", "lui": "m", "elle": "f"}.get(pronoun.lower())
        for one in reversed(self._heard):
            if gender and (one.gender == gender or (one.person and one.gender is None)):
                return one
        return None

    def of_office(self, phrase: str, head: str, gender: str | None) -> Speaker | None:
        """Find the person meant by an office without a name ("la représentante syndicale")."""
        kind = kind_of(phrase)
        people = [one for one in self._all() if one.person and _agrees(one, gender)]
        for one in people:
            if head in fold(one.name).split() or (kind != "autre" and one.kind == kind):
                return one
        return None

    def of_body(self, phrase: str, head: str) -> Speaker | None:
        """Find the body meant by a bare noun ("le département", "la mission")."""
        kind = kind_of(phrase)
        bodies = [one for one in self._all() if not one.person]
        same = [one for one in bodies if one.head == head and one.kind == kind]
        if same or kind not in ("inspection", "syndicat", "association"):
            return same[0] if same else None
        return next((one for one in bodies if one.kind == kind), None)

    def _all(self) -> list[Speaker]:
        """Give all speakers: those heard, the last first, then those only named."""
        named = [one for one in reversed(self._known) if one not in self._heard]
        return self._heard[::-1] + named


def _tells_more(speaker: Speaker, known: Speaker) -> bool:
    """Tell whether a mention adds the office to a name that was known without."""
    return speaker.words == known.words and len(speaker.name) > len(known.name)


def _agrees(speaker: Speaker, gender: str | None) -> bool:
    return gender is None or speaker.gender in (None, gender)


def listed(speakers: Iterable[Speaker]) -> str | None:
    """Give the names of several sources as one label, or None without any."""
    names = list(dict.fromkeys(one.name for one in speakers))
    return ", ".join(names) or None
