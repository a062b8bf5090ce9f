"""What a parliamentary question asks for, demand by demand, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aseqa.demand_cuts import MAX_CHARS, cut_demands
from aseqa.demand_words import Folded, asking, folded, introduction, opening_line
from aseqa.records import Document, Sentence

QUESTION_SECTION = "question"
_CLOSING = " \u00a0\u202f.;,:\n\t"
MAX_SENTENCE_CHARS = 20_000  # of a sentence that are read
MAX_DEMANDS = 100  # of a question
_MAX_INTRODUCTIONS = 8
_ADDRESS = re.compile(
    r"(?:(?:monsieur|madame|m\.|mme) (?:le |la )?(?:premiere? )?(?:ministre|secretaire d'etat|garde"
    r" des sceaux)[^,?]{0,80}, ?|(?:aussi|ainsi|enfin|des lors|par ailleurs|en outre|dans ce"
    r" contexte|alors|et|or|donc)\b ?,? )"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of a question; ``lead`` is what the first of its series opens with, or "".

    "instaurer un suivi" is read after "les dispositions qu'il entend prendre pour".
    """

    start: int
    end: int
    text: str
    lead: str = ""

    @property
    def question(self) -> str:
        """The demand as it reads alone."""
        return f"{self.lead} {self.text}".strip()


def demands_of(document: Document, sentences: Sequence[Sentence]) -> list[Asked]:
    """Find the demands in the question of a document, in the order of its text.

    Where nothing is asked in so many words, what the author draws attention to is the one
    demand. No demand at all when the document has no question.

    Examples
    --------
    >>> [demand.text for demand in demands_of(document, sentences)]  # doctest: +SKIP
    ['quel bilan le Gouvernement tire de ces plans', …]
    """
    asked = [
        sentence
        for sentence in sentences
        if document.sections[sentence.section].name == QUESTION_SECTION
    ]
    found = [demand for i in range(len(asked)) for demand in _demands(asked, i)]
    return found[:MAX_DEMANDS] or list(_subject(asked))


def _demands(sentences: Sequence[Sentence], number: int) -> Iterator[Asked]:
    sentence = sentences[number]
    if sentence.role not in ("prose", "item"):
        return
    words = folded(sentence.text[:MAX_SENTENCE_CHARS])
    verbs = list(asking().finditer(words.words))
    ends = [*(_before(words.words, verb.start()) for verb in verbs[1:]), len(words.words)]
    for verb, end in zip(verbs, ends, strict=False):
        start, on = _introduced(words.words, verb.end(), end)
        if start < end:
            yield from _cut(sentence, words, start, end, on)
        elif sentence.text.rstrip().endswith(":"):
            yield from _items(sentences[number + 1 :])
    if not verbs and sentence.text.rstrip().endswith("?"):
        yield from _cut(sentence, words, _addressed(words.words), len(words.words), on=False)


def _before(words: str, place: int) -> int:
    """Go back over the "et" that joins two asking verbs."""
    kept = words[:place].rstrip(" ,;")
    return len(kept.removesuffix(" et").rstrip(" ,;"))


def _introduced(words: str, start: int, end: int) -> tuple[int, bool]:
    """Give where what is asked begins, and whether "sur" brought it in."""
    on = False
    for _ in range(_MAX_INTRODUCTIONS):
        found = introduction().match(words, start, end)
        if not found:
            break
        on = on or found.group().endswith(" sur")
        start = found.end()
    return start + (words[start : start + 1] == " "), on


def _addressed(words: str) -> int:
    """Go past "Monsieur le ministre," and "Enfin," before a direct question."""
    start = 0
    while found := _ADDRESS.match(words, start):
        start = found.end()
    return start


def _cut(sentence: Sentence, words: Folded, start: int, end: int, on: bool) -> Iterator[Asked]:
    for piece in cut_demands(words.words, start, end, on):
        lead = ""
        if piece.lead[1]:
            first, last = words.back(*piece.lead)
            lead = sentence.text[first:last].strip()
        yield from _asked(sentence, *words.back(piece.start, piece.end), lead)


def _asked(sentence: Sentence, start: int, end: int, lead: str = "") -> Iterator[Asked]:
    """Give a stretch of a sentence as a demand, without the punctuation around it."""
    text = sentence.text[start:end]
    kept = text.rstrip(_CLOSING)
    start += len(kept) - len(kept.lstrip(_CLOSING))
    kept = kept.lstrip(_CLOSING)
    if any(char.isalpha() for char in kept):
        place = sentence.start + start
        yield Asked(place, place + len(kept), kept, lead)


def _items(following: Sequence[Sentence]) -> Iterator[Asked]:
    """Give the items of the enumeration that ``following`` begins with, each as a demand."""
    for sentence in following:
        if sentence.role != "item":
            return
        yield from _asked(sentence, 0, len(sentence.text))


def _subject(sentences: Sequence[Sentence]) -> Iterator[Asked]:
    """Give what the first sentence draws attention to."""
    for sentence in sentences[:1]:
        words = folded(sentence.text[:MAX_SENTENCE_CHARS])
        found = opening_line().search(words.words, 0, MAX_CHARS)
        if found:
            yield from _asked(sentence, *words.back(found.end(), len(words.words)))
