"""Text levelled for rules: no capitals, no accents, plain spaces, and the way back to it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from aseqa.text import APOSTROPHES, SPACES


@dataclass(frozen=True, slots=True)
class FlatText:
    """A levelled text; ``offsets[i]`` is where its character i stands in the text it is made of.

    ``offsets`` is empty where the two have the same characters at the same places.
    """

    form: str
    offsets: tuple[int, ...] = ()

    def original(self, place: int) -> int:
        """Give the offset in the text of an offset in ``form``."""
        return self.offsets[place] if self.offsets else place

    def levelled(self, place: int) -> int:
        """Give the offset in ``form`` of an offset in the text."""
        return bisect_left(self.offsets, place) if self.offsets else place


@lru_cache(maxsize=256)
def flat(text: str) -> FlatText:
    """Level ``text`` without moving its characters, those of combining accents aside.

    Examples
    --------
    >>> flat("L’été 2023, à Évreux").form
    "l'ete 2023, a evreux"
    """
    if unicodedata.is_normalized("NFC", text):
        return FlatText(text.translate(_table()))
    kept = [place for place, char in enumerate(text) if not unicodedata.combining(char)]
    form = "".join(text[place] for place in kept).translate(_table())
    return FlatText(form, (*kept, len(text)))


@cache
def _table() -> dict[int, str]:
    """Map one character to one: accents off, case lowered, spaces and apostrophes made plain."""
    table = dict.fromkeys(map(ord, SPACES + "\t\n\r"), " ") | dict.fromkeys(
        map(ord, APOSTROPHES), "'"
    )
    for code in (*range(0x41, 0x250), *range(0x1D2C, 0x1D6B)):
        plain = unicodedata.normalize("NFKD", chr(code).lower())[:1]
        if plain.isalpha() and plain.isascii():
            table[code] = plain
    table |= {ord("œ"): "o", ord("Œ"): "o", ord("–"): "-", ord("—"): "-", ord("‑"): "-"}
    return table | {ord("ʳ"): "r", ord("ᵉ"): "e"}
