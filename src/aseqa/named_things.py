"""What a short French text names, as phrases that a pronoun may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aseqa.agreement import with_article
from aseqa.noun_lists import BODIES, EARLY, FEMININE, MASCULINE, MEASURES
from aseqa.places import places
from aseqa.verb_forms import INVERTED, Word, is_verb, words_of

MEASURE, COMMON, NAMED, PERSON = 0.0, 1.0, 2.0, 3.0
SUBJECT = 1.5
_TITLES = {"m": "m", "mr": "m", "mm": "m", "monsieur": "m", "maitre": "m", "dr": "", "me": "",
           "mme": "f", "mmes": "f", "madame": "f", "mlle": "f"}  # fmt: skip
_DETERMINERS = {"le": "m", "la": "f", "l'": "", "les": "", "un": "m", "une": "f", "des": "",
                "du": "m", "au": "m", "aux": "", "ce": "m", "cet": "m", "cette": "f",
                "ces": ""}  # fmt: skip
_PLURALS = frozenset({"les", "des", "aux", "ces"})
# Words that end a phrase; those that may go on in one ("de", "contre") are not here.
_STOPS = frozenset(
    """dans en pour depuis selon hors que qu' qui quoi ou et mais car par chez parmi entre sans avec
    quand pourquoi combien comment si ne n' y il elle ils elles on ce c' quel quelle quels quelles
    lui eux leur aux au son sa ses leurs cela ca est-ce avant apres ensuite aujourd'hui""".split()
)
_LINKS = frozenset("dans de d' du des la l' le les contre sur a relative au aux".split())


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing named at a place of a text, and its phrase ("le plan", "Mme Erodi").

    ``gender`` is "m", "f" or "" where the words do not tell; ``rank`` says how
    readily a pronoun stands for it.
    """

    start: int
    end: int
    phrase: str
    head: str
    gender: str
    is_plural: bool
    rank: float

    def is_named_by(self, pronoun: str) -> bool:
        """Tell whether "il", "elle", "ils" or "elles" may stand for it."""
        plural, gender = pronoun.endswith("s"), "f" if pronoun.startswith("elle") else "m"
        if plural != self.is_plural:
            return False
        return not self.gender or self.gender == gender

    def known_pronoun(self) -> str:
        """Give that pronoun where the words tell it, "" elsewhere."""
        return self.inverted() if self.gender or self.is_plural else ""

    @property
    def speaks(self) -> bool:
        """Whether it is a person, or a body by its head noun."""
        return self.rank in (PERSON, PERSON + SUBJECT) or self.head in BODIES

    def inverted(self) -> str:
        """Give the pronoun that takes it up after its verb."""
        return ("elle" if self.gender == "f" else "il") + ("s" if self.is_plural else "")


def things(text: str) -> list[Thing]:
    """Find what ``text`` names, in order; phrases may lie in one another.

    Examples
    --------
    >>> [(t.phrase, t.gender) for t in things("Quel est le budget du CDEF ?")]
    [('le budget du CDEF', 'm'), ('le CDEF', 'm')]
    """
    words = words_of(text)
    found: list[Thing] = []
    for position in range(len(words)):
        thing = (
            _person(text, words, position)
            or _counted(text, words, position)
            or _determined(text, words, position)
            or _name(text, words, position)
        )
        if thing and not (found and thing.rank == PERSON and thing.end <= found[-1].end):
            found.append(thing)
    return found


def best(found: Sequence[Thing]) -> Thing | None:
    """Give the thing that a pronoun most likely stands for: the first of the highest rank."""
    return max(found, key=lambda thing: (thing.rank, -thing.start), default=None)


def _person(text: str, words: list[Word], position: int) -> Thing | None:
    gender = _TITLES.get(words[position].form)
    if gender is None:
        return None
    end = position + 1
    while end < len(words) and end < position + 4 and _is_name(text, words, end, position + 1):
        end += 1
    return _thing(text, words, position, end, gender, False, PERSON) if end > position + 1 else None


def _is_name(text: str, words: list[Word], position: int, first: int) -> bool:
    """Tell whether a word goes on a name; of one typed in lower case, the first word does."""
    capital = words[position].spelling[0].isupper()
    typed_low = position == first and not is_verb(words, position) and text[1:].islower()
    adjacent = text[words[position - 1].end : words[position].start].strip(" .") == ""
    return adjacent and (capital or typed_low) and not INVERTED.match(words[position].form)


def _name(text: str, words: list[Word], position: int) -> Thing | None:
    """Find first name and name: two capitalised words, no place and no opening of a sentence."""
    end = position
    while end < len(words) and words[end].spelling[0].isupper():
        if end > position and text[words[end - 1].end : words[end].start] != " ":
            break
        end += 1
    start = position + (not position and words[0].form in _OPENERS)
    if end - start < 2 or places(text[words[start].start : words[end - 1].end]):
        return None
    return _thing(text, words, start, end, "", False, PERSON)


_OPENERS = frozenset("que qu' qui ou quand combien comment pourquoi selon".split()) | set(
    _DETERMINERS
)


def _counted(text: str, words: list[Word], position: int) -> Thing | None:
    """Find "mineurs" in "combien de mineurs", "peines" in "quelles peines"."""
    form = words[position].form
    if not position or form in _DETERMINERS or form in _STOPS or is_verb(words, position):
        return None
    before = [word.form for word in words[max(0, position - 2) : position]]
    counted = before[-1] in ("de", "d'") and before[0] in ("combien", "nombre", "nb")
    asked = re.fullmatch(r"quel(le)?(s)?", before[-1])
    if not counted and not asked:
        return None
    plural = form.endswith(("s", "x")) if counted else bool(asked and asked.group(2))
    gender = _gender(form, "") if counted else ("f" if asked and asked.group(1) else "m")
    end = _end(text, words, position)
    thing = _thing(text, words, position, end, gender, plural, COMMON)
    phrase = with_article(thing.phrase, gender, plural)
    return Thing(thing.start, thing.end, phrase, form, gender, plural, thing.rank)


def _head(own: list[Word]) -> str:
    """Give the noun of a phrase, past the adjectives that may stand before it."""
    return next((word.form for word in own if word.form not in EARLY), own[0].form)


def _determined(text: str, words: list[Word], position: int) -> Thing | None:
    form = words[position].form
    if form not in _DETERMINERS or position + 1 >= len(words):
        return None
    if is_verb(words, position + 1) or words[position + 1].form in _STOPS | set(_DETERMINERS):
        return None
    if words[position + 1].form in ("plus", "moins", "meme", "memes"):
        return None
    if words[position + 1].form in _TITLES or words[position].spelling in ("à", "À"):
        return None
    end = _end(text, words, position + 1)
    head = _head(words[position + 1 : end])
    gender = _DETERMINERS[form] or _gender(head, form)
    plural = form in _PLURALS
    own = words[position + 1 : end]
    stop = next((n for n, word in enumerate(own) if word.form in ("de", "d'", "du", "des")), None)
    rank = _rank(text, own[:stop])
    thing = _thing(text, words, position + 1, end, gender, plural, rank)
    phrase = with_article(thing.phrase, gender, plural)
    rank += SUBJECT * _is_subject(words, position, end)
    return Thing(words[position].start, thing.end, phrase, head, gender, plural, rank)


def _gender(head: str, article: str) -> str:
    if head in MASCULINE:
        return "m"
    singular = head.rstrip("s")
    if head in FEMININE or singular in ("fille", "mineure", "adolescente", "mere", "victime"):
        return "f"
    if article == "l'":
        return "f" if re.search(r"(?:tion|ance|ence|ee|te|ure)$", head) else "m"
    if re.search(r"(?:tions|ances|ences|ees|tion)$", head):
        return "f"
    return "m" if singular in ("client", "garcon", "departement", "mineur", "juge") else ""


def _rank(text: str, own: list[Word]) -> float:
    forms = {word.form for word in own}
    if own[0].form in MEASURES:
        return MEASURE
    named = any(word.spelling[0].isupper() for word in own) and not text.isupper()
    return NAMED if named or forms & BODIES else COMMON


def _is_subject(words: list[Word], start: int, end: int) -> bool:
    if start and words[start - 1].form in ("de", "d'", "du", "des", "contre", "sur"):
        return False
    after = end < len(words) and is_verb(words, end)
    before = start > 0 and is_verb(words, start - 1) and words[start].form not in ("au", "aux")
    return after or before


def _end(text: str, words: list[Word], position: int) -> int:
    """Give where the phrase that begins at ``position`` ends."""
    end = position + 1
    while end < len(words) and not _ends_before(text, words, end):
        end += 1
    while end > position + 1 and words[end - 1].form in _LINKS:
        end -= 1
    return end


def _ends_before(text: str, words: list[Word], position: int) -> bool:
    word, before = words[position], words[position - 1]
    gap = text[before.end : word.start]
    if (before.form, word.form) == ("entree", "dans"):
        return False
    if gap.strip(" ." if before.form in _TITLES else " ") or is_verb(words, position):
        return True
    if word.form in ("a", "au", "aux"):
        # "à l'enfance" belongs to what stands before it, "aux départements" does not.
        return words[position + 1 : position + 3][-1:] == [] or not any(
            follower.form in ("enfance", "projets")
            for follower in words[position + 1 : position + 3]
        )
    opens = word.form in ("le", "la", "l'", "les", "un", "une") and before.form not in _LINKS
    return opens or (word.form in _STOPS)


def _thing(
    text: str, words: list[Word], start: int, end: int, gender: str, plural: bool, rank: float
) -> Thing:
    first, last = words[start].start, words[end - 1].end
    phrase = " ".join(text[first:last].split())
    if rank == PERSON:
        rank += SUBJECT * _is_subject(words, start, end)
    return Thing(first, last, phrase, words[start].form, gender, plural, rank)
