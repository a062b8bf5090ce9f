"""Those who speak in a document, and how the text names them and calls them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aseqa.records import Document, Voice
from aseqa.text import fold
from aseqa.voice_words import BODIES, KIND_PATTERN

# A document that names more loses the first ones: the time stays that of its length.
MAX_KNOWN = 250
# Their sections say who speaks, and their other lines are a record.
RECORDS = ("question", "debat")

_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿœ][\w-]*")
# A former minister or judge speaks for nobody.
_FORMER = re.compile(r"(?:l'|une?\s|le\s|la\s)?(?:ancien(?:ne)?s?\s|ex-)")
# Nouns that may stand for anybody of a kind: "la syndicaliste" for its delegate.
_GENERIC = frozenset("syndicaliste elu elue magistrat magistrate militant militante".split())
_STAND_INS = frozenset(
    "mission organisme institution instance inspection syndicat association".split()
)
_BODY_NAME = re.compile(
    rf"(?:l'|l[ea]\s|les\s)?(?:(?:{BODIES})s?(?!\w)|[^\s]+\Z|(?-i:[A-Z]{{2,}})|mission\s)",
    re.IGNORECASE,
)
_FEMININE = re.compile(r"\w+(?:ante|ente|ée|rice|euse|ière|ienne|eure|ate|ète)\b")
_MASCULINE = re.compile(r"\w+(?:ant|ent|é|eur|ier|ien|at|et)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone, or a body, that the text lets speak.

    ``words`` are the folded words by which the text may call it again, ``head`` the
    noun of its office or body ("représentante", "conseil"). ``named`` is false for
    "un éducateur": good enough for a voice, too vague for a source. ``gender`` is
    "f", "m", or None when the words do not tell. ``label`` is how the text writes it,
    with its article, for a source.
    """

    name: str
    kind: str = "autre"
    person: bool = False
    named: bool = True
    gender: str | None = None
    head: str = ""
    words: frozenset[str] = frozenset()
    label: str = field(default="", compare=False)


def kind_of(phrase: str) -> str:
    """Give the kind of voice that the words of an office or body stand for.

    Examples
    --------
    >>> kind_of("représentante du personnel Sud-Santé-Sociaux")
    'syndicat'
    """
    words = phrase.replace("’", "'").lower()
    found = None if _FORMER.match(words) else KIND_PATTERN.search(words)
    return found.lastgroup or "autre" if found else "autre"


def body_kind(name: str) -> str:
    """Give the kind of voice of a body that publishes; a person's name is of none.

    Examples
    --------
    >>> body_kind("Drees"), body_kind("Syndicat CGT du Tarn"), body_kind("Jean Maire")
    ('statistique', 'syndicat', 'autre')
    """
    name = " ".join(name.replace("’", "'").split())
    return kind_of(name) if _BODY_NAME.match(name) else "autre"


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
        self._mentioned: list[Speaker | None] = [None, None]
        self.body: Speaker | None = None
        self._silence = 0
        self.host: Speaker | None = None

    def enter(self, speaker: Speaker) -> Speaker:
        """Take up a speaker; give back the fuller one when it was known already."""
        entered = self._entered(speaker)
        self.mention(entered)
        return entered

    def mention(self, speaker: Speaker) -> None:
        """Note that a sentence names a person, who may be "elle" in the next one."""
        if speaker.person:
            self._mentioned[-1] = speaker
        else:
            self.body = speaker

    def next_sentence(self) -> None:
        """Forget whom the sentence before the last one named."""
        self._silence += 1
        self._mentioned = [self._mentioned[-1], None]

    def _entered(self, speaker: Speaker) -> Speaker:
        for place, known in enumerate(self._known):
            if known.person != speaker.person or not speaker.words or not known.words:
                continue
            if speaker.words <= known.words and not _tells_more(speaker, known):
                return known
            if known.words <= speaker.words:
                self._known[place] = speaker
                return speaker
        self._known = [*self._known[-MAX_KNOWN + 1 :], speaker]
        return speaker

    def hear(self, speaker: Speaker) -> None:
        """Note that a speaker has just spoken."""
        self._heard = [one for one in self._heard[-MAX_KNOWN + 1 :] if one != speaker]
        self._heard.append(speaker)
        self._silence = 0

    def called(self, phrase: str) -> Speaker | None:
        """Find the speaker that a proper name calls, the last one first."""
        words = proper_words(phrase)
        candidates = (one for one in reversed(self._known) if words and words <= one.words)
        return next(candidates, None)

    def meant_by(self, pronoun: str) -> Speaker | None:
        """Find the last speaker whom "il", "elle" or "lui" can stand for.

        A body must be known to have the gender: "selon elle" is not said of the Insee.
        Whom the last sentences named comes before one who spoke further up.
        """
        gender = {"il": "m", "lui": "m", "elle": "f"}.get(pronoun.lower())
        if gender is None:
            return None
        nearer = self.presented(pronoun)
        if nearer and self._silence > 1:
            return nearer
        for one in reversed(self._heard):
            if one.gender == gender:
                return one
            if one.person and one.gender is None:  # "Me Léa Roy plaide", just before
                return nearer if nearer and nearer.gender == gender else one
        return None

    def presented(self, pronoun: str) -> Speaker | None:
        """Find the person just named, who has not spoken yet, whom a pronoun stands for."""
        gender = {"il": "m", "lui": "m", "elle": "f"}.get(pronoun.lower())
        if gender is None:
            return None
        for one in reversed(self._mentioned):
            if one and one.gender in (None, gender):
                return one
        return None

    def of_office(self, phrase: str, head: str, gender: str | None) -> Speaker | None:
        """Find the person meant by an office without a name ("la représentante syndicale")."""
        kind = kind_of(phrase)
        proper = proper_words(phrase)
        people = [one for one in self._all() if one.person and _agrees(one, gender)]
        for one in people:
            words = set(re.findall(r"[\w-]+", fold(one.name)))
            same = head in words or (head in _GENERIC and kind != "autre" and one.kind == kind)
            if same and proper <= words:
                return one
        return None

    def of_body(self, phrase: str, head: str) -> Speaker | None:
        """Find the body meant by a bare noun ("le département", "la mission").

        ``host``, whose section it is, comes first: its report says "la mission" of itself.
        """
        kind = kind_of(phrase)
        if self.host and self.host.kind == kind and head in _STAND_INS and fold(phrase) == head:
            return self.host
        bodies = [one for one in self._all() if not one.person]
        asked = set(fold(phrase).split())
        same = [one for one in bodies if one.head == head and one.kind == kind]
        for one in same:
            if asked <= set(fold(one.name).split()):
                return one
        if head not in _STAND_INS or kind not in ("inspection", "syndicat", "association"):
            return None
        if len(asked) > 1 and head in ("syndicat", "association"):
            return None
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
    labels: dict[str, str] = {}
    for one in speakers:
        labels.setdefault(one.name, one.label or one.name)
    return ", ".join(dict.fromkeys(labels.values())) or None


def section_voice(document: Document, voice: Voice) -> Voice:
    """Give a section's voice; where the file tells none, that of who publishes it."""
    if voice.kind != "autre" or document.kind.startswith(RECORDS):
        return voice
    name = voice.name or document.publisher
    kind = body_kind(name or "")
    if kind == "autre" and document.author:
        # A column or a leaflet is its author's: "Léa Roy, présidente de l'association Repères".
        _, _, office = document.author.partition(",")
        kind = kind_of(office.strip()) if office else body_kind(document.author)
        name = name if kind == "autre" else document.author
    if kind in ("autre", "parlementaire") and document.kind == "statistique":
        kind = "statistique"
    return voice if kind in ("autre", "parlementaire") else Voice(kind, name, voice.reported)
