"""Where each character of a document's text is printed, and the boxes of a quote."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aseqa.read.pdf_glyphs import turned
from aseqa.records import Box

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class PageLayout:
    """The place of every character, and of every printed line.

    Parameters
    ----------
    lines
        For each character of the text, the number of its line, or ``NOWHERE`` (white
        space and bars that the page does not have); int32, shape ``(characters,)``.
    sides
        The left and right side of each character; float32, shape ``(characters, 2)``.
    heights
        The bottom and top of each line; float32, shape ``(lines, 2)``.
    pages
        The page of each line, from 1, and its quarter turns; int32, shape ``(lines, 2)``.

    Sides and heights are upright; boxes are given as the file has them (PDF user space).
    """

    lines: npt.NDArray[np.int32]
    sides: npt.NDArray[np.float32]
    heights: npt.NDArray[np.float32]
    pages: npt.NDArray[np.int32]

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Give one box for each printed line of ``text[start:end]``, in reading order."""
        lines = self.lines[start:end]
        sides = self.sides[start:end]
        found = []
        for number in np.unique(lines[lines != NOWHERE]):
            here = sides[lines == number]
            page, turn = (int(value) for value in self.pages[number])
            bottom, top = (float(value) for value in self.heights[number])
            upright = (float(here[:, 0].min()), bottom, float(here[:, 1].max()), top)
            left, bottom, right, top = turned(upright, -turn)
            found.append(Box(page, left, bottom, right, top))
        return tuple(found)
