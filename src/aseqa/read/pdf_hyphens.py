"""Words broken at the end of a line: with the hyphen of the word itself, or without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

MAX_LINK_CHARS = 2

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# What French links by a hyphen to the next word, and to the one before: none of them
# is a syllable that a longer word could begin, or end, with at a line end.
_LINKED_BEFORE = frozenset(
    "après avant celle celles celui ceux demi franco grand grands juridico médico non nord peut"
    " psycho quasi semi socio sud technico vice".split()
)
_LINKED_AFTER = frozenset("elle elles il ils même mêmes nous vous".split())


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Count the words of printed lines, those that a line end may have broken left out.

    Examples
    --------
    >>> sorted(count_words(["Une action socio-éducative et pro-", "tectrice à la fin"]))
    ['action', 'et', 'fin', 'la', 'socio-éducative', 'une', 'à']
    """
    count: Counter[str] = Counter()
    broken = False
    for line in lines:
        words = [found.group().casefold() for found in _WORD.finditer(line)]
        first = 1 if broken else 0
        broken = line.endswith(("-", "\u00ad"))
        count.update(words[first : len(words) - 1 if broken else len(words)])
    return count


def keeps_hyphen(before: str, after: str, words: Mapping[str, int], soft: bool = False) -> bool:
    """Tell whether the hyphen at a line end belongs to the word that it breaks.

    The document decides where it has the word elsewhere, in one form or the other;
    else the hyphen goes, unless French would link the two words.

    Parameters
    ----------
    before, after
        The text before the hyphen, and the text after the line end.
    words
        The words of the document, in lower case, with how often each occurs.
    soft
        Whether the hyphen is one that is only printed at a line end.

    Examples
    --------
    >>> keeps_hyphen("la protec", "tion de", {}), keeps_hyphen("socio", "éducatif", {})
    (False, True)
    """
    left, right = _LAST.search(before), _FIRST.match(after)
    if not left or not right or not right.group()[0].islower():
        return True
    head, tail = left.group().casefold(), right.group().casefold()
    linked, whole = words.get(f"{head}-{tail}", 0), words.get(head + tail, 0)
    if linked or whole:
        return linked > whole
    if soft:
        return False
    last = head.rsplit("-", 1)[-1]
    if "-" in head and len(last) <= MAX_LINK_CHARS:
        return True
    return last in _LINKED_BEFORE or tail.split("-", 1)[0] in _LINKED_AFTER
