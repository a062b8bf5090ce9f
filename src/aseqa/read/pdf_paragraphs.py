"""Paragraphs of a column: which printed line begins one, by its place and by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aseqa.read.headings import ends_sentence, is_bullet
from aseqa.read.pdf_lines import Line
from aseqa.read.pdf_words import BULLETS

# In shares of the font size, or of the usual distance between two baselines.
SAME_SIZE = 0.08
MAX_PITCH = 1.25
INDENT = 0.8
USUAL_PITCH = 1.2

GLYPH_BULLET = re.compile(rf"^[{BULLETS}]\s?\S")
ENUMERATION = re.compile(r"^(?:\d{1,2}[°)]|[a-z]\)|\(\w{1,3}\))\s?\S")
LEADER = re.compile(r"(?:\.\s?){5,}\s*[\divxlc]+$|…{2,}\s*\d+$")

_CLOSING = frozenset("»”!?;:,.)]…%")


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in a document: the size of its prose, whether it is bold, its pitches.

    ``pitches`` gives the distance between two baselines for each font size.
    """

    size: float
    bold: bool
    pitches: Mapping[float, float]

    def pitch(self, size: float) -> float:
        return self.pitches.get(round(size), USUAL_PITCH * size)


def habits_of(columns: Iterable[Sequence[Line]]) -> Habits:
    """Measure what most characters and most pairs of lines of a document show."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for lines in columns:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
            bold[line.bold] += len(line.text)
        for above, below in pairwise(lines):
            pitch = above.baseline - below.baseline
            if same_size(above, below) and 0.8 * below.size < pitch < 2.5 * below.size:
                pitches.setdefault(round(below.size), Counter())[round(pitch * 2) / 2] += 1
    return Habits(
        size=max(sizes, key=lambda size: (sizes[size], size), default=10.0),
        bold=bold[True] > bold[False],
        pitches={
            size: max(count, key=lambda pitch: (count[pitch], -pitch))
            for size, count in pitches.items()
        },
    )


def paragraphs(lines: Sequence[Line], habits: Habits) -> list[list[Line]]:
    """Group the lines of a column by paragraph, heading, item of a list."""
    groups: list[list[Line]] = []
    sides = (min((line.left for line in lines), default=0.0), _right(lines))
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if groups and not _parts(groups[-1], line, following, sides, habits):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def goes_on(text: str) -> bool:
    """Tell whether a line can only be the middle of a sentence, by its first character.

    Examples
    --------
    >>> [goes_on(text) for text in ("et la suite", "» a-t-elle dit", "Le foyer", "12 places")]
    [True, True, False, False]
    """
    return text[0].islower() or text[0] in _CLOSING


def has_room(above: Line, line: Line, right: float) -> bool:
    """Tell whether the first word of a line had room on the line above."""
    first = line.words[0]
    return above.right + 0.3 * line.size + (first.right - first.left) < right - 0.5 * line.size


def _right(lines: Sequence[Line]) -> float:
    return max((line.right for line in lines), default=0.0)


def _parts(
    group: Sequence[Line],
    line: Line,
    following: Line | None,
    sides: tuple[float, float],
    habits: Habits,
) -> bool:
    """Tell whether a paragraph begins at ``line``, after those of ``group``."""
    above = group[-1]
    pitch = above.baseline - line.baseline
    if not same_size(above, line) or pitch > MAX_PITCH * habits.pitch(line.size):
        return True
    if LEADER.search(above.text) or LEADER.search(line.text) or _opens_item(above, line):
        return True
    if goes_on(line.text) and not ends_sentence(above.text):
        return False
    if line.text[0] in _CLOSING:
        return False
    return (
        above.bold != line.bold
        or _is_indented(group, line, following, sides)
        or has_room(above, line, sides[1])
    )


def _opens_item(above: Line, line: Line) -> bool:
    if GLYPH_BULLET.match(line.text) or ENUMERATION.match(line.text):
        return True
    return is_bullet(line.text) and (ends_sentence(above.text) or is_bullet(above.text))


def _is_indented(
    group: Sequence[Line], line: Line, following: Line | None, sides: tuple[float, float]
) -> bool:
    """Tell whether a line begins further in than the ones around it, or leaves a list."""
    above = group[-1]
    step = INDENT * line.size
    if _is_centred(above, sides) and _is_centred(line, sides):
        return False
    if line.left > above.left + step:
        hanging = len(group) == 1 and following and abs(following.left - line.left) < step / 2
        return not hanging
    return line.left < above.left - step and len(group) > 1


def _is_centred(line: Line, sides: tuple[float, float]) -> bool:
    before, after = line.left - sides[0], sides[1] - line.right
    return before > line.size / 2 and abs(before - after) < line.size / 2


def same_size(first: Line, second: Line) -> bool:
    """Tell whether two lines are set in one size, as far as an eye can see."""
    return abs(first.size - second.size) <= SAME_SIZE * max(first.size, second.size)
