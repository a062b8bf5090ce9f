"""The characters of a page that is a picture, recognised by Tesseract."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from aseqa.read.pdf_glyphs import Glyph, Page, Rectangle

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 250
LANGUAGE = "fra"
MIN_CONFIDENCE = 30
TIMEOUT_S = 600
SIZE_NOISE = 0.12

# What most faces share: how high a capital and an "x" rise, how deep a "p" goes, by size.
CAPITAL_HEIGHT = 0.70
SMALL_HEIGHT = 0.48
DEPTH = 0.21
_DESCENDING = frozenset("gjpqyçQ,;()[]|/_$§µ")
_TALL = frozenset("bdfhijkltßéèêëàâîïôùûABCDEFGHIJKLMNOPQRSTUVWXYZÉÈÀÇ0123456789")

_Found = Mapping[str, Sequence[Any]]


def can_recognise() -> bool:
    """Tell whether Tesseract is installed, with French."""
    executable = shutil.which("tesseract")
    return executable is not None and LANGUAGE in _languages(executable)


@cache
def _languages(executable: str) -> tuple[str, ...]:
    listed = subprocess.run(
        [executable, "--list-langs"], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    return tuple(listed.stdout.split())


def recognise(picture: Image, number: int, bounds: Rectangle) -> Page:
    """Read a page's picture; ``bounds`` are the page's, which the picture covers whole."""
    import pytesseract

    # Several threads make it slower.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")

    try:
        found = pytesseract.image_to_data(
            picture,
            lang=LANGUAGE,
            output_type=pytesseract.Output.DICT,
            timeout=TIMEOUT_S,
        )
    except RuntimeError:
        # Tesseract gives up on what is no text, or takes too long: the page has none.
        return Page(number, bounds, 0, (), recognised=True)
    scale = (bounds[2] - bounds[0]) / picture.width
    glyphs = [
        glyph
        for paragraph in _paragraphs(found)
        for glyph in _glyphs(found, paragraph, scale, bounds)
    ]
    return Page(number, bounds, 0, _evened(glyphs), recognised=True)


def _paragraphs(found: _Found) -> list[list[list[int]]]:
    """Give the places of words by paragraph and line; a doubtful speck is left out."""
    paragraphs: dict[tuple[int, int], dict[int, list[int]]] = {}
    for place, text in enumerate(found["text"]):
        sure = float(found["conf"][place]) >= MIN_CONFIDENCE
        if text.strip() and (sure or any(map(str.isalnum, text))):
            key = (found["block_num"][place], found["par_num"][place])
            lines = paragraphs.setdefault(key, {})
            lines.setdefault(found["line_num"][place], []).append(place)
    return [list(lines.values()) for lines in paragraphs.values()]


def _glyphs(
    found: _Found, lines: Sequence[Sequence[int]], scale: float, bounds: Rectangle
) -> Iterator[Glyph]:
    """Give the characters of a paragraph; those of a word share its width."""
    left_edge, _, _, top_edge = bounds
    size = median(_size(found, place) for line in lines for place in line)
    for line in lines:
        base = median(_base(found, place, size) for place in line)
        for place in line:
            text = found["text"][place].strip()
            left = left_edge + found["left"][place] * scale
            step = found["width"][place] * scale / len(text)
            top = top_edge - found["top"][place] * scale
            for number, char in enumerate(text):
                begin, end = left + number * step, left + (number + 1) * step
                yield Glyph(
                    char=char,
                    left=begin,
                    bottom=top - found["height"][place] * scale,
                    right=end,
                    top=top,
                    begin=begin,
                    end=end,
                    baseline=top_edge - base * scale,
                    size=max(size * scale, 1.0),
                    bold=False,
                    space="" if number else " ",
                )


def _size(found: _Found, place: int) -> float:
    """Guess the font size of a word from its height and from the shape of its letters."""
    letters = set(found["text"][place])
    rise = CAPITAL_HEIGHT if _TALL & letters else SMALL_HEIGHT
    fall = DEPTH if _DESCENDING & letters else 0.0
    return float(found["height"][place] / (rise + fall))


def _base(found: _Found, place: int, size: float) -> float:
    """Guess how far below the top of the picture the baseline of a word is."""
    bottom = float(found["top"][place] + found["height"][place])
    return bottom - (DEPTH * size if _DESCENDING & set(found["text"][place]) else 0.0)


def _evened(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Give the characters about as large as most of them one size."""
    usual = median(glyph.size for glyph in glyphs) if glyphs else 1.0
    return tuple(
        replace(glyph, size=usual) if abs(glyph.size - usual) <= SIZE_NOISE * usual else glyph
        for glyph in glyphs
    )
