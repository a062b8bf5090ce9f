"""Where quoted speech stands, and the clause that says whose it is.

Quotations are the outermost « … », “ … ” and " … " of a document; the clauses behind
one and inside it are ", confie X", ", poursuit-elle".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aseqa.named_sources import END
from aseqa.speaker_names import read_speaker
from aseqa.speakers import Cast, Speaker
from aseqa.speech_verbs import ADVERB, HAS, INSERTED, INSERTED_PAST, LEAD, TO, VERB_AFTER
from aseqa.unnamed_speakers import read_anyone, read_group

# A quotation of several paragraphs is rarely longer; a forgotten closing mark costs
# no more than this.
MAX_QUOTATION_CHARS = 6000
MAX_INNER_MARKS = 200

# "¶" stands for the end of a paragraph, "¶«" for an opening mark at its beginning.
_MARK = re.compile(r"[«»“”\"]|\n\s*\n")
_SWITCHED = re.compile(r"(?<!\S)»(?=[^\W_])")
_PAIRS = {"«": "»", "¶«": "»", "“": "”", '"': '"'}
_PRONOUN_AFTER = re.compile(
    rf"{LEAD}{TO}(?:(?:{INSERTED})(?:-t)?-(?P<now>ils?|elles?|on)(?!\w)"
    rf"|{HAS}(?:-t)?-(?P<then>ils?|elles?|on)\s+(?:{ADVERB}\s+)?(?:{INSERTED_PAST})(?!\w))"
)
# What may stand between the verb and who speaks: "a réagi sur la radio locale le maire".
_BETWEEN = (
    r"(?:,?\s(?:sur|dans|en|lors|après|avant|auprès|devant|à|au|ce|hier|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche)\s[^«».,;:]{1,60}?)"
)
_VERB_FAR = re.compile(
    rf"{LEAD}{TO}(?:(?:{INSERTED})|{HAS}\s+(?:{INSERTED_PAST})){_BETWEEN},?\s+"
    r"(?=(?:le|la|une?|M\.|Mmes?|Me)\s|l')"
)
# A clause behind a quotation says who speaks, whatever its verb is: "sourit-il".
_ANY_PRONOUN_AFTER = re.compile(
    rf"[\s,]*(?:[mst]'|se\s|nous\s|leur\s|lui\s)?(?:[a-zéèêûîç]{{3,14}}(?:-t)?-(?P<now>ils?|elles?)"
    rf"|{HAS}(?:-t)?-(?P<then>ils?|elles?)\s+[a-zéè]{{2,14}}(?:é|i|u|it|is|ert)(?!\w))(?!\w)"
)
_ANY_VERB = re.compile(
    r",\s(?:[mst]'|se\s|nous\s|leur\s|lui\s)?(?:[a-zéèêûîç]{3,14}(?:e|t|nt|d)"
    rf"|{HAS}\s+(?:{ADVERB}\s+)?[a-zéè]{{2,14}}(?:é|i|u|it|is|ert))\s(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted words, its marks included, in characters of the text."""

    start: int
    end: int


def find_quotations(text: str, stretches: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Find the outermost quotations that lie in ``stretches`` of ``text``, in order.

    A quotation may run over paragraphs and over the gap between two stretches
    (page debris), and each paragraph may open it again ("« … / « … »"). One that
    is never closed ends at the first closing mark, or with its paragraph.

    Examples
    --------
    >>> find_quotations("Il dit : « Le mot « foyer » fait peur. » Puis rien.", [(0, 51)])
    [Quotation(start=9, end=40)]
    """
    marks = list(_marks(text, stretches))
    found: list[Quotation] = []
    place = 0
    while place < len(marks):
        position, mark = marks[place]
        if mark not in _PAIRS:
            place += 1
            continue
        place, end = _closing(marks, place)
        found.append(Quotation(position, end))
    return found


def _marks(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    for start, end in stretches:
        paragraph = start
        for found in _MARK.finditer(text, start, end):
            mark = found.group()[0]
            if mark == "\n":
                paragraph = found.end()
                mark = "¶"
            elif mark == "«" and not text[paragraph : found.start()].strip():
                mark = "¶«"
            elif _SWITCHED.match(text, found.start()):
                mark = "«"
            yield found.start(), mark
        yield end, "¶"


def _closing(marks: Sequence[tuple[int, str]], first: int) -> tuple[int, int]:
    """Give the place after the mark that closes ``marks[first]``, and where it ends."""
    opened, opener = marks[first]
    depth = 1
    for place in range(first + 1, min(first + MAX_INNER_MARKS, len(marks))):
        position, mark = marks[place]
        if position - opened > MAX_QUOTATION_CHARS or (mark == "¶" and "«" not in opener):
            break
        if mark == _PAIRS[opener]:
            depth -= 1
        elif mark == "«" and "«" in opener:
            depth += 1
        if depth == 0:
            return place + 1, position + 1
    return _unclosed(marks, first)


def _unclosed(marks: Sequence[tuple[int, str]], first: int) -> tuple[int, int]:
    """End a quotation that nothing closes at its first closing mark, or its paragraph."""
    closer = _PAIRS[marks[first][1]]
    place = next(at for at in range(first + 1, len(marks)) if marks[at][1] in ("¶", closer))
    position, mark = marks[place]
    return place + 1, position + (mark != "¶")


def speaker_after(words: str, cast: Cast) -> Speaker | None:
    """Find who speaks in the words after a quotation: ", poursuit-elle"."""
    pronoun = _PRONOUN_AFTER.match(words) or _ANY_PRONOUN_AFTER.match(words)
    if pronoun:
        called = pronoun["now"] or pronoun["then"]
        return cast.meant_by(called) or cast.presented(called)
    for pattern in (VERB_AFTER, _VERB_FAR):
        verb = pattern.match(words)
        found = _read_after(words, verb.end(), cast) if verb else None
        if found:
            return found[0]
    verb = _ANY_VERB.match(words)
    if not verb:
        return None
    found = read_speaker(words, verb.end(), cast)
    if found and (found[0].person or END.match(words, found[1])):
        return found[0]
    found = read_group(words, verb.end()) or read_anyone(words, verb.end(), cast)
    return found[0] if found and END.match(words, found[1]) else None


def _read_after(words: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read who stands behind a verb of speech: a name, a group, or any noun."""
    return (
        read_speaker(words, place, cast, lone=True)
        or read_group(words, place)
        or read_anyone(words, place, cast)
    )


def speaker_inside(words: str, cast: Cast) -> Speaker | None:
    """Find who speaks by a clause inside a quotation: "…, dénonce X, …"."""
    for comma in re.finditer(r",\s", words):
        pronoun = _PRONOUN_AFTER.match(words, comma.start())
        if pronoun and words[pronoun.end() : pronoun.end() + 1] in (",", "."):
            return cast.meant_by(pronoun["now"] or pronoun["then"])
        verb = VERB_AFTER.match(words, comma.start())
        found = _read_after(words, verb.end(), cast) if verb else None
        if found and words[found[1] : found[1] + 1] in (",", "."):
            return found[0]
    return None
