"""Which lines of a text without mark-up are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from aseqa.read.lines import Line

MAX_HEADING_CHARS = 90
MAX_QUESTION_CHARS = 60
MIN_CAPITALS = 4

_CLOSERS = "»\"'”’)]*_ \u00a0\u202f"
_BULLET = re.compile(r"^(?:[•·▪‣*–—-]|\d{1,2}[.)°])\s")
# "Chapitre 2", "II. – Le repérage", "A) Le cadre", "1.2 Les suites", "3. Les suites".
_NUMBERED = re.compile(
    r"^(?:(?i:chapitre|titre|partie|section|annexe|article)\s+[\dIVXLivxl]\S*"
    r"|(?:[IVXL]+|[A-H]|\d+)\s?(?:\.\s?[–—-]|[)–—])\s\S"
    r"|(?:[IVXL]+\.|\d+\.|\d+(?:\.\d+)+\.?)\s+[A-ZÀ-Þ«])"
)


def is_bullet(text: str) -> bool:
    """Tell whether a line is an item of a list."""
    return _BULLET.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as prose does, closing quotes and brackets aside.

    Examples
    --------
    >>> ends_sentence("« On ne peut pas continuer ainsi ».")
    True
    >>> ends_sentence("« C’est gravissime »")
    False
    """
    return text.rstrip(_CLOSERS).endswith((".", "!", "?", "…", ":", ";", ","))


def could_head(text: str) -> bool:
    """Tell whether the words of a line, whatever stands around it, could be a heading."""
    if is_bullet(text) or not (text[0].isupper() or text[0].isdigit() or text[0] in "«“\"'#"):
        return False
    if text.rstrip(_CLOSERS).endswith("?"):
        return len(text) <= MAX_QUESTION_CHARS and not re.search(r"[.!?…]\s", text[:-2])
    return len(text) <= MAX_HEADING_CHARS and not ends_sentence(text) and len(text) > 1


def headings_of(lines: Sequence[Line]) -> set[int]:
    """Give the places in ``lines`` of the headings: short, without a full stop, before prose.

    Where the text parts its paragraphs by empty lines, a heading stands alone;
    where it does not, it must stand before a line much longer than a heading.
    """
    parted = 2 * sum(line.alone for line in lines) >= len(lines)
    found = set()
    for number, (line, following) in enumerate(pairwise(lines)):
        if not could_head(line.text):
            continue
        stands_out = line.alone if parted else len(following.text) > MAX_HEADING_CHARS
        if stands_out and _opens_prose(following, lines[number + 2 : number + 3]):
            found.add(number)
    return found


def _opens_prose(line: Line, after: Sequence[Line]) -> bool:
    """Tell whether prose or a list begins here, at once or under a second heading."""
    if ends_sentence(line.text) or is_bullet(line.text) or len(line.text) > MAX_HEADING_CHARS:
        return True
    return could_head(line.text) and any(ends_sentence(next_line.text) for next_line in after)


def is_marked_heading(line: Line) -> bool:
    """Tell whether a line is a heading by its form: capitals, "Chapitre 2", "II. – …", "1. …".

    A numbered line among others is rather an item of a list.

    Examples
    --------
    >>> [is_marked_heading(Line(0, 9, text, 0, True)) for text in ("II. – Le repérage", "M. Petit")]
    [True, False]
    """
    if len(line.text) > MAX_HEADING_CHARS or ends_sentence(line.text):
        return False
    letters = [char for char in line.text if char.isalpha()]
    if len(letters) >= MIN_CAPITALS and all(char.isupper() for char in letters):
        return True
    numbered = _NUMBERED.match(line.text) is not None
    return numbered and (line.alone or not line.text[0].isdigit())
