"""Numbers of a French text and what they are worth: "20 000", "6 millions", "une centaine", "2/3".

Everything is read on the folded text (no case, no accents, plain spaces and
apostrophes), whatever the typography or the Unicode form of the text was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from aseqa.text import fold

_UNITS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
_VALUES = {word: value for value, word in enumerate(f"{_UNITS} seize".split())} | {
    "une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
}  # fmt: skip
_ABOUT = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
_SCALES = {"millier": 1e3, "mille": 1e3, "million": 1e6, "milliard": 1e9}
_PARTS = {"tiers": 3, "quart": 4, "quarts": 4, "cinquiemes": 5, "dixiemes": 10, "moitie": 2}

_WORD = r"(?:" + "|".join(sorted(_VALUES, key=lambda word: (-len(word), word))) + r")(?![a-z])"
_DIGITS = (
    r"(?<![a-z\d^])(?:\d{1,3}(?:[ .]\d{3}(?!\d)){1,4}|\d{1,15})(?:,\d{1,9}|\.\d{1,2}(?!\d))?"
    r"(?![\d^])(?=m€|mds?€|k€|\W|$)"
)
_NUMBER = rf"{_DIGITS}|(?<![\w-]){_WORD}(?:(?:[ -]|(?: et |-et-)(?=une?\b|onze\b)){_WORD}){{0,12}}"
_READ = (
    rf"(?P<part>\b(?:les )?(?:deux|trois|quatre|[2-9])[ -](?:tiers|quarts|cinquiemes|dixiemes)\b"
    r"|\b(?:un |le )(?:tiers|quart)\b|\b(?:la|une) moitie\b"
    r"|\b(?:les |un |le )?(?<![\d/])\d{1,2}/\d{1,2}\b(?!/| ?ans\b))"
    r"|(?P<about>\b(?:une? |quelques |plusieurs |des |les )?"
    rf"(?P<several>(?:{_NUMBER}) )?(?P<ten>{'|'.join(_ABOUT)})s?\b)"
    r"|\b(?P<vague>quelques |plusieurs |des )(?P<vast>millions|milliards)\b"
    rf"|(?P<plain>{_NUMBER})(?P<scale> (?:millions?|milliards?|mille)\b)?(?P<half> et demie?\b)?"
)
VAGUE = ("quelques", "plusieurs", "des ")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case, accents and odd spaces, with the place of each character."""

    text: str
    offsets: Sequence[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the source of ``text[start:end]``."""
        return self.offsets[start], self.offsets[end]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the folded text.

    ``kind`` is ``plain``, ``about``, ``vague``, ``part`` or ``one`` ("un", which is an
    article unless "sur deux" follows). ``words`` tells one written out;
    a part ("deux tiers") is in per cent.
    """

    start: int
    end: int
    value: float
    kind: str
    words: bool = False


def folded(text: str) -> Folded:
    """Fold ``text`` character by character, so that places can be given back."""
    plain = {character: _plain(character) for character in set(text)}
    form = "".join([plain[character] for character in text])
    if all(len(folds) == 1 for folds in plain.values()):
        return Folded(form, range(len(text) + 1))
    offsets: list[int] = []
    for place, character in enumerate(text):
        offsets.extend([place] * len(plain[character]))
    return Folded(form, (*offsets, len(text)))


def _plain(character: str) -> str:
    return " " if character.isspace() else fold(character)


def has_number(text: str) -> bool:
    """Tell at a glance whether a folded text may hold a number, in digits or words.

    Examples
    --------
    >>> has_number("3 200 enfants"), has_number("une centaine"), has_number("les enfants")
    (True, True, False)
    """
    return bool(_glance().search(text))


def amounts(text: str) -> Iterator[Amount]:
    """Find the numbers of a folded text.

    Examples
    --------
    >>> [amount.value for amount in amounts("pres de 20 000 mineurs, deux tiers, une centaine")]
    [20000.0, 66.67, 100.0]
    """
    for match in _pattern().finditer(text):
        amount = _read(match)
        if amount:
            yield amount


def _read(match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match["part"]:
        return _part(start, end, match["part"])
    if match["about"]:
        several = match["several"]
        times = number_value(several.strip()) if several else 1
        if not several and re.match(r"quelques|plusieurs|des|les", match["about"]):
            return Amount(start, end, 2 * _ABOUT[match["ten"]], "vague", True)
        kind = "plain" if several and match["ten"] == "millier" else "about"
        return Amount(start, end, float(times * _ABOUT[match["ten"]]), kind, True)
    if match["vast"]:
        return Amount(start, end, 2 * _SCALES[match["vast"].rstrip("s")], "vague", True)
    plain, scale = match["plain"], match["scale"]
    if plain == "zero":
        return None
    if plain in ("un", "une") and not scale:
        return Amount(start, match.end("plain"), 1.0, "one", True)
    value = number_value(plain) + (0.5 if match["half"] and scale else 0)
    if scale:
        value *= _SCALES[scale.strip().rstrip("s")]
    elif match["half"]:
        end = match.start("half")
    return Amount(start, end, value, "plain", not plain[0].isdigit())


def _part(start: int, end: int, part: str) -> Amount | None:
    if "/" in part:
        top, bottom = (int(number) for number in part.split()[-1].split("/"))
        return Amount(start, end, percent(top, bottom), "part") if 0 < top < bottom else None
    words = part.replace("-", " ").split()
    top = int(number_value(words[-2])) if words[-2] not in ("la", "le", "les", "des") else 1
    return Amount(start, end, percent(top, _PARTS[words[-1]]), "part", True)


def percent(top: float, bottom: float) -> float:
    """Give a fraction in per cent, with two decimals."""
    return round(100 * top / bottom, 2)


def number_value(number: str) -> float:
    """Give what a number is worth, in digits or written out, folded.

    Examples
    --------
    >>> number_value("20 000"), number_value("113,5"), number_value("quatre-vingt-dix-sept mille")
    (20000.0, 113.5, 97000.0)
    """
    if number[0].isdigit():
        return _digits_value(number)
    total = current = 0
    for word in re.split(r"[ -]", number):
        value = _VALUES.get(word, 0)
        if value == 1000:
            total, current = total + (current or 1) * 1000, 0
        elif value == 100 or (value == 20 and current % 100 == 4):
            current = current - current % 100 + (current % 100 or 1) * value
        else:
            current += value
    return float(total + current)


def _digits_value(number: str) -> float:
    compact = number.replace(" ", "")
    compact = re.sub(r"\.(?=\d{3}(?!\d))", "", compact)
    return float(compact.replace(",", "."))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_READ)


@cache
def _glance() -> re.Pattern[str]:
    words = "|".join(sorted({*_VALUES, *_ABOUT, *_PARTS, "million", "milliard"} - {"un", "une"}))
    return re.compile(rf"\d|\b(?:{words})|\bune? .{{0,60}}\bsur ", re.DOTALL)
