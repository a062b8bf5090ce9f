"""Who speaks in each sentence: the section's voice, or the speaker whom it quotes.

Direct speech gets the voice of its speaker. A sentence that gives somebody's view
in its own words keeps the section's voice and names the source in ``reported``.
Where the text leaves a doubt, the section's voice stands and nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aseqa.attributions import Subject, claims_of, speaker_for_whom, subject_of
from aseqa.frames import Frame, read_frames
from aseqa.introductions import introduce
from aseqa.named_sources import source_beside, sources_of
from aseqa.quotations import Quotation, find_quotations, speaker_after, speaker_inside
from aseqa.records import Document, Sentence, Voice
from aseqa.speakers import Cast, Speaker, listed, section_voice
from aseqa.text import fold

# The least share of a sentence that must be quoted words, by how the speaker is known:
# by a clause or a colon, by a verb or "selon" somewhere, by the quotation before.
CLAUSE_SHARE = 0.0
VERB_SHARE = 0.5
SEQUEL_SHARE = 0.6
ALONE_SHARE = 0.95
COLON_SHARE = 0.01
# So few quoted words, behind a colon or before a clause, are only a word that is quoted.
MIN_WORDS = {COLON_SHARE: 4, CLAUSE_SHARE: 2}
# Their sections keep their voice, whomever they quote.
OFFICIAL = ("parlementaire", "gouvernement")

_WORD = re.compile(r"\w[\w'-]*")
_TERRITORY = re.compile(
    r"(?:[Dd]épartement|[Cc]onseil départemental)\s(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])"
    r"(?P<name>[^\W\d_a-zß-öø-ÿœ][\w-]+)"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose words a quotation gives, and the share of a sentence that it must fill."""

    speaker: Speaker
    share: float


def assign_voices(document: Document, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Give each sentence the voice of the one who speaks in it.

    Parameters
    ----------
    document
        The document that the sentences are cut from.
    sentences
        All its sentences, in the order of the text.

    Returns
    -------
    list of Sentence
        The same sentences, each with its voice: kind, name and, when the sentence
        itself attributes what it says to another, ``reported``.
    """
    listener = _Listener(document, sentences)
    return [
        replace(sentence, voice=listener.voice(place)) for place, sentence in enumerate(sentences)
    ]


class _Listener:
    """Reads one document from its first sentence to its last, and knows who spoke."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self.document = document
        self.sentences = sentences
        self.cast = Cast(_territory(document))
        self.frames = read_frames(sentences, _quotations(document))
        self.owners: dict[int, Owner | None] = {}
        self.recent: Speaker | None = None
        self.announced: Owner | None = None

    def voice(self, place: int) -> Voice:
        """Give the voice of one sentence; to be called for each in turn."""
        sentence, frame = self.sentences[place], self.frames[place]
        base = section_voice(self.document, self.document.sections[sentence.section].voice)
        if sentence.role in ("field", "row") or base.kind == "loi":
            return base
        self.cast.host = Speaker(base.name, base.kind) if base.name else None
        self.cast.next_sentence()
        introduce(frame.words, self.cast)
        heading = sentence.role == "heading"
        subject = self._subject(frame, base)
        owner = None
        if not heading:
            self._settle_owners(place, subject)
            owner = self._owner(frame)
        sources = self._sources(frame, subject if owner is None else None, heading, owner)
        self._remember(frame, heading, owner, sources, subject)
        return self._decided(base, owner, sources)

    def _subject(self, frame: Frame, base: Voice) -> Subject | None:
        """In a question or an answer, "il" and "elle" mean its author: nobody else."""
        own = base.kind in OFFICIAL
        subject = subject_of(frame.words, self.cast, None if own else self.recent, near=not own)
        return subject or speaker_for_whom(frame.words, self.cast)

    def _settle_owners(self, place: int, subject: Subject | None) -> None:
        """Find whose words the quotations are that begin in this sentence."""
        new = [number for number in self.frames[place].quotations if number not in self.owners]
        for number in new:
            self.owners[number] = self._owner_by_clause(place, number)
        if not new:
            return
        by_clause = [owner for number in new if (owner := self.owners[number])]
        found = by_clause[0] if by_clause else self._owner_by_sentence(place, subject)
        for number in new:
            self.owners[number] = self.owners[number] or found

    def _owner_by_clause(self, place: int, number: int) -> Owner | None:
        """Look behind the quotation, then inside it, for "confie X"."""
        last = place
        while last + 1 < len(self.frames) and number in self.frames[last + 1].quotations:
            last += 1
        end = self.frames[last]
        speaker = speaker_after(end.after[end.quotations.index(number)], self.cast)
        for frame in self.frames[place : last + 1][:2]:
            quoted = frame.quoted[frame.quotations.index(number)]
            speaker = speaker or speaker_inside(quoted, self.cast)
        return Owner(speaker, CLAUSE_SHARE) if speaker else None

    def _owner_by_sentence(self, place: int, subject: Subject | None) -> Owner | None:
        """Look before the quotation: in its sentence, then in the sentence before."""
        words = self.frames[place].words
        if subject:
            announced = re.search(r":\s?«Q»", words)
            return Owner(subject.speaker, COLON_SHARE if announced else VERB_SHARE)
        if words.startswith("«Q»") and self.announced:
            return self.announced
        sources = sources_of(words, self.cast)
        if sources:
            return Owner(replace(sources[-1], label=""), VERB_SHARE)
        return self._owner_by_sequel(place) if words.startswith("«Q»") else None

    def _owner_by_sequel(self, place: int) -> Owner | None:
        """Give a quotation without a speaker to the one quoted just before it."""
        before = self.sentences[place - 1] if place else None
        if before is None or before.role == "heading":
            return None
        sections = self.document.sections
        if sections[before.section].name != sections[self.sentences[place].section].name:
            return None
        speaker = self._owner(self.frames[place - 1])
        return Owner(speaker, SEQUEL_SHARE) if speaker else None

    def _owner(self, frame: Frame) -> Speaker | None:
        """Give the speaker whose quoted words make up enough of a sentence."""
        words = sum(len(_WORD.findall(quoted)) for quoted in frame.quoted)
        for number in frame.quotations:
            owner = self.owners.get(number)
            enough = owner and words >= MIN_WORDS.get(owner.share, words + 1)
            if owner and (enough or frame.share >= max(owner.share, VERB_SHARE)):
                return owner.speaker
        return None

    def _sources(
        self, frame: Frame, subject: Subject | None, heading: bool, owner: Speaker | None
    ) -> list[Speaker]:
        """Give those to whom a sentence attributes what it says in its own words."""
        sources = sources_of(" ".join((frame.words, *frame.quoted)), self.cast)
        if owner:
            return [source for source in sources if source != owner]
        if subject and not subject.reacts:
            sources.append(subject.source)
        sources += claims_of(frame.words, self.cast)
        beside = source_beside(frame.words, self.cast, heading)
        sources += [beside] if beside else []
        owners = [self.owners.get(number) for number in frame.quotations]
        return sources + [found.speaker for found in owners if found and not heading]

    def _remember(
        self,
        frame: Frame,
        heading: bool,
        owner: Speaker | None,
        sources: list[Speaker],
        subject: Subject | None,
    ) -> None:
        """Keep who spoke, for the pronouns and the quotations that follow."""
        spoke = owner or (subject.speaker if subject else None)
        if spoke is None and sources:
            spoke = sources[-1]
        if spoke is not None:
            self.cast.hear(spoke)
        if heading and not subject:
            return
        self.recent = spoke
        ends_open = not frame.words.endswith((".", "!", "?", "…"))
        self.announced = None
        if not subject and len(sources) == 1 and sources[0].person and not frame.quotations:
            self.announced = Owner(sources[0], ALONE_SHARE)
        if subject and not frame.quotations:
            waits = subject.reacts or ends_open
            self.announced = Owner(subject.speaker, VERB_SHARE if waits else ALONE_SHARE)

    def _decided(self, base: Voice, owner: Speaker | None, sources: list[Speaker]) -> Voice:
        sources = [source for source in sources if not self._is_self(source, base)]
        if owner is None or self._is_self(owner, base, quoted=owner.person):
            return Voice(base.kind, base.name, listed(sources) or base.reported)
        if base.kind in OFFICIAL:
            # Whom a member of Parliament or a minister quotes, the words are theirs.
            return Voice(base.kind, base.name, listed([owner, *sources]))
        return Voice(owner.kind, owner.name, listed(sources))

    @staticmethod
    def _is_self(speaker: Speaker, base: Voice, quoted: bool = False) -> bool:
        """Tell whether a speaker is the author of the section; a minister ``quoted`` is not."""
        if base.kind == "gouvernement" and speaker.kind == "gouvernement" and not quoted:
            return True
        said, own = fold(speaker.name.split(",")[0]), fold(base.name or "")
        words = {word.removesuffix("e") for word in said.split()}  # "la Défenseure des droits"
        return own != "" and words <= {word.removesuffix("e") for word in own.split()}


def _quotations(document: Document) -> list[Quotation]:
    """Find the quotations of a document; none runs from one voice into another."""
    groups: list[list[tuple[int, int]]] = []
    previous: Voice | None = None
    for section in document.sections:
        if section.voice != previous:
            groups.append([])
        groups[-1].append((section.start, section.end))
        previous = section.voice
    return [found for group in groups for found in find_quotations(document.text, group)]


def _territory(document: Document) -> str | None:
    """Give the one département that a document names, to complete "le Conseil départemental"."""
    names = {
        found["name"]
        for section in document.sections
        for found in _TERRITORY.finditer(document.text, section.start, section.end)
    }
    return names.pop() if len(names) == 1 else None
