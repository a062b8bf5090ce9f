"""Printed lines: words that stand on one baseline, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aseqa.read.pdf_words import Word

# In shares of the font size.
MAX_WORD_GAP = 0.7
MIN_SPACE = 0.15
MAX_BASELINE_SHIFT = 0.3
SMALL = 0.8
TINY = 0.4
RAISED = 0.12

# Rows are looked up by their level, in points.
LEVEL = 4.0
MAX_LEVELS = 50

# No-break spaces are kept where French typography puts them; elsewhere they are layout.
_AFTER_NO_BREAK = re.compile(r"[\d;:!?»%€]")


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one baseline; ``size`` is that of most of its characters."""

    words: tuple[Word, ...]
    page: int
    turn: int
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    size: float
    bold: bool
    text: str


def line_of(words: Iterable[Word], page: int, turn: int) -> Line:
    """Make a line of words of one row, from left to right."""
    row = tuple(sorted(words, key=lambda word: word.left))
    size = _usual(row, [word.size for word in row])
    return Line(
        words=row,
        page=page,
        turn=turn,
        left=row[0].left,
        right=max(word.right for word in row),
        bottom=min(word.bottom for word in row),
        top=max(word.top for word in row),
        baseline=_usual(row, [word.baseline for word in row]),
        size=size,
        bold=all(word.bold for word in row if any(map(str.isalnum, word.text))),
        text="".join(
            word.text if number == 0 else space_between(row[number - 1], word) + word.text
            for number, word in enumerate(row)
        ),
    )


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Group words by baseline, from the top of the page; raised and lowered ones join in."""
    rows: list[list[Word]] = []
    levels: dict[int, list[list[Word]]] = {}
    for word in sorted(words, key=lambda word: (-round(word.size, 1), -word.baseline, word.left)):
        level = round(word.baseline / LEVEL)
        reach = 1 + min(round(2 * word.size / LEVEL), MAX_LEVELS)
        near = (row for n in range(level - reach, level + reach + 1) for row in levels.get(n, ()))
        fitting = [row for row in near if _fits(row, word)]
        if fitting:
            min(fitting, key=lambda row: abs(row[0].baseline - word.baseline)).append(word)
        else:
            rows.append([word])
            levels.setdefault(level, []).append(rows[-1])
    return sorted(rows, key=lambda row: -row[0].baseline)


def segments_of(words: Sequence[Word], page: int, turn: int) -> list[Line]:
    """Cut the rows where the white is wider than between two words."""
    segments = []
    for row in rows_of(words):
        row.sort(key=lambda word: word.left)
        part = [row[0]]
        for previous, word in pairwise(row):
            if word.left - previous.right > MAX_WORD_GAP * max(previous.size, word.size):
                segments.append(line_of(part, page, turn))
                part = []
            part.append(word)
        segments.append(line_of(part, page, turn))
    return segments


def joined(segments: Sequence[Line]) -> Line:
    """Make one line of the segments of a row."""
    words = [word for segment in segments for word in segment.words]
    return line_of(words, segments[0].page, segments[0].turn)


def same_row(first: Line, second: Line) -> bool:
    """Tell whether two segments stand on one baseline."""
    shift = MAX_BASELINE_SHIFT * min(first.size, second.size)
    return abs(first.baseline - second.baseline) <= shift


def line_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group segments by row, from the top, each row from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if rows and same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def space_between(previous: Word, word: Word) -> str:
    """Give the white space between two neighbours on a line."""
    if word.space in ("", "\n"):
        wide = word.left - previous.right > MIN_SPACE * min(previous.size, word.size)
        return " " if wide else ""
    if word.space == " ":
        return " "
    kept = previous.text.endswith("«") or _AFTER_NO_BREAK.match(word.text)
    return word.space if kept else " "


def is_raised(word: Word, line: Line) -> bool:
    """Tell whether a word is printed as an exponent of its line."""
    small = word.size < SMALL * line.size
    return small and word.baseline - line.baseline > RAISED * line.size


def _fits(row: Sequence[Word], word: Word) -> bool:
    chief = row[0]
    shift = word.baseline - chief.baseline
    if word.size >= SMALL * chief.size:
        return abs(shift) <= MAX_BASELINE_SHIFT * word.size
    if word.size < TINY * chief.size or not -0.3 * chief.size < shift < 0.7 * chief.size:
        return False
    reach = MAX_WORD_GAP * chief.size
    return any(other.left - reach < word.right and word.left < other.right + reach for other in row)


def _usual(row: Sequence[Word], values: Sequence[float]) -> float:
    """Give the value that most characters of a row have."""
    count: Counter[float] = Counter()
    for word, value in zip(row, values, strict=True):
        count[value] += len(word.text)
    return max(count, key=lambda value: (count[value], value))
