"""Sentences seen as frames: their own words, with each quotation replaced by «Q»."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from aseqa.quotations import Quotation
from aseqa.records import Sentence

_LETTER = re.compile(r"[^\W_]")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence without what it quotes.

    Attributes
    ----------
    words
        The sentence's own words, "«Q»" in place of each quotation.
    quotations
        The numbers of the quotations that it holds or that run through it.
    quoted
        The quoted words, one text a quotation.
    after
        The own words behind each quotation, up to the next one.
    share
        Which share of its letters and digits is quoted.
    """

    words: str
    quotations: range
    quoted: tuple[str, ...]
    after: tuple[str, ...]
    share: float


def read_frames(sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> list[Frame]:
    """Give the frame of each sentence; both lists are in the order of the text."""
    frames = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last].start < sentence.end:
            last += 1
        frames.append(_frame(sentence, first, quotations[first:last]))
    return frames


def plain(text: str) -> str:
    """Give a text with one form of space, apostrophe and accent, and no emphasis marks."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(_EMPHASIS.sub("", text).split())


def _frame(sentence: Sentence, first: int, quotations: Sequence[Quotation]) -> Frame:
    own: list[str] = []
    quoted: list[str] = []
    place = 0
    for quotation in quotations:
        begin = max(quotation.start - sentence.start, 0)
        end = min(quotation.end - sentence.start, len(sentence.text))
        own.append(sentence.text[place:begin])
        quoted.append(plain(sentence.text[begin:end]))
        place = end
    own.append(sentence.text[place:])
    letters = [len(_LETTER.findall(part)) for part in ("".join(own), "".join(quoted))]
    return Frame(
        words=plain("«Q»".join(own)),
        quotations=range(first, first + len(quotations)),
        quoted=tuple(quoted),
        after=tuple(plain(part) for part in own[1:]),
        share=letters[1] / sum(letters) if sum(letters) else 0.0,
    )
