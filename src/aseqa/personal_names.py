"""Takes the names of persons out of a question, with their addresses and numbers.

What is no longer said cannot be read: a word that may be a person's name goes where nothing
tells that it is a place's, a body's or a text's. Names in lower case are known behind a title
or by a common first name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from aseqa.name_words import COMMON, FIRST_NAMES, THINGS
from aseqa.places import mentions
from aseqa.sentence_words import OPENERS
from aseqa.text import STOP_WORDS
from aseqa.verb_forms import Word, is_verb, words_of
from aseqa.voice_words import BODIES, KIND_PATTERN, OFFICES, PAPERS, PLURALS

NAME, ADDRESS, NUMBER = "[nom]", "[courriel]", "[téléphone]"
MAX_NAME_WORDS = 5

_TITLES = frozenset(
    """m mr mm monsieur messieurs mme mmes madame mesdames mlle mlles mademoiselle maitre me dr
    docteur docteure pr professeur professeure""".split()
)
_PARTICLES = frozenset("de du d' des le la l' van von der el al ben bin da di dos ou".split())
_ARTICLES = frozenset("le la l' les du des au aux ce cet cette ces un une".split())


def without_names(text: str) -> str:
    """Replace the persons of a question by ``[nom]``, their addresses and numbers alike.

    Examples
    --------
    >>> without_names("Qu'a demandé Mme Karen Erodi à la mairie d'Albi ?")
    "Qu'a demandé Mme [nom] à la mairie d'Albi ?"
    >>> without_names("que dit m. dupont sur la loi Taquet")
    'que dit m. [nom] sur la loi Taquet'
    """
    text = _pattern("address").sub(ADDRESS, text)
    text = _pattern("number").sub(NUMBER, text)
    for start, end in reversed(list(_names(text))):
        text = text[:start] + NAME + text[end:]
    return text


@cache
def _pattern(name: str) -> re.Pattern[str]:
    forms = {
        "address": r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}",
        "number": r"(?<![\w+])(?:\+\s?\d{1,3}[\s.-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)",
        "body": rf"(?:{BODIES}|{PAPERS}|{OFFICES}|{PLURALS})s?",
    }
    return re.compile(forms[name], re.IGNORECASE)


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Give where persons are named, in order and apart."""
    words = words_of(text)
    named = _Reading(text, words)
    position = 0
    while position < len(words):
        end = named.titled(position) or named.run(position) or position
        if end > position:
            yield words[position].start, words[end - 1].end
        position = max(end, position + 1)


class _Reading:
    """The words of one question, and which of them may be names."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.words = text, words
        self.shouts = text.isupper()
        self.places = [(one.start, one.end) for one in mentions(text)]
        self.marks = [one.span() for one in re.finditer(r"\[(?:courriel|téléphone)\]", text)]

    def titled(self, position: int) -> int:
        """Give where the name behind a title ends, 0 without one: "Mme Erodi", "m. dupont"."""
        if not self._behind_title(position):
            return 0
        end = position
        while end < min(len(self.words), position + MAX_NAME_WORDS):
            if end > position and not self._adjacent(end, "-"):
                break
            if not self._goes_on(end, position):
                break
            end += 1
        while end > position and self.words[end - 1].form in _PARTICLES:
            end -= 1
        return end

    def _behind_title(self, position: int) -> bool:
        """Tell "Mme Erodi" and "monsieur le gall", where the article is left as it is."""
        first = position - 1
        if first > 0 and self.words[first].spelling in ("le", "la"):
            first -= 1
        if first < 0 or self.words[first].form not in _TITLES:
            return False
        return all(self._adjacent(at, ".") for at in range(first + 1, position + 1))

    def run(self, position: int) -> int:
        """Give where a name without a title ends, 0 where none begins: "Karen Erodi", "Lina"."""
        end = position
        while end < min(len(self.words), position + MAX_NAME_WORDS):
            if end > position and not self._adjacent(end, "-"):
                break
            goes_on = end > position and (self._links(end) or self._follows_low(end))
            if not (goes_on or self._may_name(end)):
                break
            end += 1
        while end > position and self.words[end - 1].form in _PARTICLES:
            end -= 1
        if end <= position or self._names_thing(position):
            return 0
        is_known = any(self.words[at].form in FIRST_NAMES for at in range(position, end))
        return end if is_known or not self._is_determined(position) else 0

    def _is_determined(self, position: int) -> bool:
        """Tell whether an article stands before: "l'Igas", "les Restos"."""
        return position > 0 and self.words[position - 1].form in _ARTICLES

    def _adjacent(self, position: int, allowed: str) -> bool:
        gap = self.text[self.words[position - 1].end : self.words[position].start]
        return not gap.strip(" \u00a0\u202f'’" + allowed)

    def _goes_on(self, position: int, first: int) -> bool:
        """Tell whether a word belongs to the name behind a title."""
        word = self.words[position]
        if self._is_place(word) and position == first:
            return False
        if word.form in _PARTICLES:
            return self._capital(position + 1) and position + 1 < len(self.words)
        if self._capital(position) and not self.shouts:
            return not _is_office(word) or position > first
        if position > first + 1 or (position > first and self._capital(first) and not self.shouts):
            return False
        return not self._is_ordinary(position)

    def _is_ordinary(self, position: int) -> bool:
        """Tell whether a word in lower case is rather one of the sentence's than a name."""
        word = self.words[position]
        plain = word.form in STOP_WORDS or word.form in OPENERS or word.form.isdigit()
        return plain or _is_office(word) or is_verb(self.words, position) or self._is_place(word)

    def _may_name(self, position: int) -> bool:
        word = self.words[position]
        if self._is_place(word) or self._is_marked(word) or any(map(str.isdigit, word.form)):
            return False
        if word.form in FIRST_NAMES:
            return self._capital(position) or not is_verb(self.words, position)
        if self.shouts or not self._capital(position) or word.form.endswith("'"):
            return False
        if word.spelling.isupper() and len(word.spelling) <= 6:  # ASE, IGAS
            return self._follows_first_name(position)
        return not self._is_known(position)

    def _is_known(self, position: int) -> bool:
        word = self.words[position]
        if word.form in COMMON or word.form in STOP_WORDS or word.form in OPENERS:
            return True
        if _is_office(word) or word.form in _TITLES or is_verb(self.words, position):
            return True
        return self._opens(position) and not self._begins_name(position)

    def _opens(self, position: int) -> bool:
        if not position:
            return True
        gap = self.text[self.words[position - 1].end : self.words[position].start]
        return any(mark in gap for mark in ".?!\n")

    def _begins_name(self, position: int) -> bool:
        """Tell whether a first word is a name: another follows it, or its verb does."""
        if position + 1 >= len(self.words):
            return False
        following = self.words[position + 1]
        if is_verb(self.words, position + 1):
            return True
        if following.spelling.isupper() and len(following.spelling) <= 6:
            return False
        return self._capital(position + 1) and self._may_name(position + 1)

    def _follows_first_name(self, position: int) -> bool:
        return position > 0 and self.words[position - 1].form in FIRST_NAMES

    def _follows_low(self, position: int) -> bool:
        """Tell whether a name in lower case goes on a first name: "karen erodi"."""
        word = self.words[position]
        if not self._follows_first_name(position) or self._capital(position):
            return False
        participle = word.spelling.endswith(("é", "ée", "és", "ées"))
        return not (participle or word.form in _PARTICLES or self._is_ordinary(position))

    def _links(self, position: int) -> bool:
        """Tell whether a particle goes on a name: "Jeanne de La Tour"."""
        if self.words[position].form not in _PARTICLES:
            return False
        after = position + 1
        while after < len(self.words) and self.words[after].form in _PARTICLES:
            after += 1
        capital = after < len(self.words) and self._capital(after)
        return capital and self._may_name(after) and self.words[position].form != "ou"

    def _names_thing(self, position: int) -> bool:
        """Tell whether what a noun before names is a thing: "la loi Taquet", "le foyer Paul"."""
        first = position
        while first and self.words[first - 1].form in _PARTICLES:
            first -= 1
        near = all(self._adjacent(at, "") for at in range(max(first, 1), position + 1))
        return first > 0 and near and self.words[first - 1].form in THINGS

    def _capital(self, position: int) -> bool:
        return position < len(self.words) and self.words[position].spelling[0].isupper()

    def _is_place(self, word: Word) -> bool:
        return any(start < word.end and word.start < end for start, end in self.places)

    def _is_marked(self, word: Word) -> bool:
        return any(start <= word.start < end for start, end in self.marks)


def _is_office(word: Word) -> bool:
    """Tell an office or a body from a name."""
    told = word.spelling.lower()
    return bool(
        _pattern("body").fullmatch(told) or KIND_PATTERN.fullmatch(told) or word.form in COMMON
    )
