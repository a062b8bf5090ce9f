"""Where sentences end inside a block of running French text, and where items begin.

Every look backwards or forwards is bounded, so that the work grows with the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from aseqa.sentence_words import INTRODUCERS, LOWER, OPENERS, REFERENCES, TITLES, UPPER

MAX_PARENTHESIS_CHARS = 300
MAX_TOKEN_CHARS = 24
MAX_ADDRESS_CHARS = 300

_TERMINATOR = re.compile(r"[.!?…]+")
_CLOSERS = re.compile(r"(?:\s{0,2}»|[\"”)\]*_]|\[\d{1,3}\]){1,8}")
_OPENING = re.compile(r"\s+(?:[«“\"(*_‘]\s{0,2}){0,4}(?:[\[(](?:…|\.{3})[\])]\s{0,2})?")
_DASH = re.compile(r"\s+[-–—]\s")
_GLUED = re.compile(rf"[{UPPER}][{LOWER}]*(?P<after>[\s'’,.!?-])")
_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*|[.-])+\Z")
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_NUMBER = re.compile(r"\d{1,3}")
_INITIALS = re.compile(rf"[{UPPER}](?:\.?-?[{UPPER}])*", re.UNICODE)
_OMISSION = re.compile(r"[(\[](?:…|\.{3})[)\]]")
_ADDRESS = re.compile(r"://|www\.|@")

_ITEM_DASH = re.compile(r"(?P<opener>[:;.,])\s+[-–—]\s+(?=\S)|\s[•▪●‣◦]\s*(?=\S)")
_ITEM_NUMBER = re.compile(
    r"(?P<opener>[:;.,])\s+(?=(?:et\s|ou\s)?(?:\d{1,2}°|\d{1,2}\)|[a-z]\))\s)"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where one piece stops and the next starts; ``opener`` marks an item."""

    end: int
    start: int
    opener: str | None = None


def sentence_cuts(text: str, start: int, end: int) -> Iterator[Cut]:
    """Give the ends of sentences inside ``text[start:end]``, the last one left out.

    Examples
    --------
    >>> [cut.start for cut in sentence_cuts("M. X part. Il revient.", 0, 22)]
    [11]
    """
    parentheses = _parentheses(text, start, end)
    next_parenthesis = 0
    begun = start
    for found in _TERMINATOR.finditer(text, start, end):
        if found.start() < begun or _OMISSION.match(text, max(start, found.start() - 1), end):
            continue
        while (
            next_parenthesis < len(parentheses)
            and parentheses[next_parenthesis][1] <= found.start()
        ):
            next_parenthesis += 1
        stop = _after_closers(text, found.end(), end)
        if next_parenthesis < len(parentheses):
            opened, closed = parentheses[next_parenthesis]
            whole = opened == begun and closed <= stop
            if opened < found.start() and not whole:
                continue
        resumed = _resumption(text, found.start(), found.end(), stop, end, begun)
        if resumed is not None:
            yield Cut(stop, resumed)
            begun = resumed


def item_cuts(text: str, start: int, end: int) -> list[Cut]:
    """Give the starts of items of an enumeration that runs on in one block.

    A colon opens an enumeration only when a second item follows: a lone dash after
    a colon is an aside. Bare semicolons open none: "pour former … ; pour créer …"
    hang on one main clause and would not be understood alone.
    """
    cuts: list[Cut] = []
    for pattern in (_ITEM_DASH, _ITEM_NUMBER):
        found = list(pattern.finditer(text, start, end))
        active = False
        for place, match in enumerate(found):
            opener = match["opener"] or "•"
            if opener == ":":
                active = place + 1 < len(found) and found[place + 1]["opener"] != ":"
            elif opener in ";•" and pattern is _ITEM_DASH:
                active = True
            if active:
                stop = match.start() + (0 if opener == "•" else 1)
                cuts.append(Cut(stop, match.end(), opener))
    return sorted(cuts, key=lambda cut: cut.start)


def _parentheses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the outermost closed parentheses of moderate length, in order."""
    stack: list[int] = []
    spans: list[tuple[int, int]] = []
    for found in re.finditer(r"[()]", text[start:end]):
        place = start + found.start()
        if found.group() == "(":
            stack.append(place)
        elif stack:
            opened = stack.pop()
            if place - opened <= MAX_PARENTHESIS_CHARS:
                while spans and spans[-1][0] > opened:
                    spans.pop()
                spans.append((opened, place + 1))
    return spans


def _after_closers(text: str, place: int, end: int) -> int:
    found = _CLOSERS.match(text, place, end)
    return found.end() if found else place


def _resumption(text: str, term: int, term_end: int, stop: int, end: int, begun: int) -> int | None:
    """Give where the next sentence starts, or None when the sentence goes on."""
    if stop >= end:
        return None
    if not text[stop].isspace():
        return stop if _is_glued(text, term, stop, end) else None
    lone_stop = text[term:term_end] == "."
    if lone_stop and _DASH.match(text, stop, end):
        return None  # "I. – Le président", "Art. 2. – Le préfet"
    opening = _OPENING.match(text, stop, end)
    first = opening.end() if opening else stop
    if first >= end or not (text[first].isupper() or text[first].isdigit()):
        return None
    if lone_stop and stop == term_end and _is_abbreviation(text, term, first, end, begun):
        return None
    place = stop
    while text[place].isspace():
        place += 1
    return place


def _is_abbreviation(text: str, term: int, first: int, end: int, begun: int) -> bool:
    """Tell whether the full stop at ``term`` belongs to the word before it."""
    head = text[max(begun, term - MAX_TOKEN_CHARS) : term]
    found = _TOKEN.search(head)
    if not found:
        return False
    token = unicodedata.normalize("NFC", found.group()).lstrip("-.")
    if token.casefold() in TITLES or token.casefold() in INTRODUCERS:
        return True
    opens = _opens_sentence(text, first, end)
    if token.casefold() in REFERENCES:
        return not opens
    if head[: found.start()].endswith("°"):
        return False  # "20 °C"
    at_start = term - len(found.group()) <= begun
    if at_start and (_NUMBER.fullmatch(token) or _INITIALS.fullmatch(token)):
        return True
    return bool(_INITIALS.fullmatch(token)) and not _is_acronym_word(token) and not opens


def ends_abbreviated(text: str) -> bool:
    """Tell whether a line ends with an abbreviation, such as "M." before its name."""
    return text.endswith(".") and _is_abbreviation(text, len(text) - 1, len(text), len(text), 0)


def _is_acronym_word(token: str) -> bool:
    """Tell "ASE" (an ordinary last word) from "J", "J.-P" and "O.N.U" (dotted)."""
    return len(token) > 1 and "." not in token and "-" not in token


def _opens_sentence(text: str, first: int, end: int) -> bool:
    found = _WORD.match(text, first, end)
    if not found:
        return False
    word = unicodedata.normalize("NFC", found.group()).casefold()
    after = text[found.end() : found.end() + 2]
    if len(word) == 1 and word not in "àyô":
        return word in OPENERS and after[:1] in ("'", "’")
    names_on = word in ("le", "la", "de", "du", "des") and after[1:2].isupper()
    return word in OPENERS and not names_on


def _is_glued(text: str, term: int, stop: int, end: int) -> bool:
    """Tell whether a sentence starts right at ``stop``, the space having been lost."""
    found = _GLUED.match(text, stop, end)
    before = text[term - 1] if term else ""
    if not found or not (before.islower() or before.isspace() or before in "»)]"):
        return False
    if text[term] == "." and found["after"] in ".!?":
        return False
    return not in_address(text, term)


def in_address(text: str, place: int) -> bool:
    """Tell whether the word around ``place`` is a web or mail address (or endless)."""
    head = text[max(0, place - MAX_ADDRESS_CHARS) : place]
    if not head or head[-1].isspace():
        return False
    word = head.rsplit(maxsplit=1)[-1]
    return len(word) >= MAX_ADDRESS_CHARS or bool(_ADDRESS.search(word))
