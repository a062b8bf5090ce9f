"""Printed characters and pages, in upright coordinates."""

from __future__ import annotations

from dataclasses import dataclass

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: the text runs rightwards and y goes up, in points.

    ``left`` and ``right`` are those of the ink, ``begin`` and ``end`` those of the
    room that the font gives it; ``space`` is the white space before it, if any.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    begin: float
    end: float
    baseline: float
    size: float
    bold: bool
    space: str

    @property
    def box(self) -> Rectangle:
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on a page; ``number`` counts from 1.

    ``turn`` counts the quarter turns, clockwise, that made it upright; ``rules`` are the
    straight lines drawn on it, as thin boxes; ``recognised`` tells that its characters
    come from a picture.
    """

    number: int
    bounds: Rectangle
    turn: int
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rectangle, ...] = ()
    recognised: bool = False


def turned(box: Rectangle, turn: int) -> Rectangle:
    """Turn a rectangle about the origin, clockwise, by quarter turns.

    Examples
    --------
    >>> turned((1, 2, 3, 5), 1)
    (2, -3, 5, -1)
    >>> turned((2, -3, 5, -1), -1)
    (1, 2, 3, 5)
    """
    left, bottom, right, top = box
    for _ in range(turn % 4):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top
