"""The words of a text that are nearest to a quote, and what tells the two apart, word by word.

Short runs of the quote's words are looked for in the text, and those that stand in the
same order as in the quote point to one stretch of it. Every step is linear in the text,
and the comparison of two stretches is bounded: texts may be hostile.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, pairwise
from operator import itemgetter

from aseqa.text import APOSTROPHES, SPACES

Difference = tuple[str, str]

RUN_WORDS = 3
MAX_RUNS = 24
MAX_RUN_CHARS = 48
MAX_WORDS = 12
MIN_WORD_CHARS = 4
MAX_PLACES = 16
MAX_WINDOWS = 4
BUCKET_CHARS = 64
MAX_SHORT_CHARS = 200
MAX_CELLS = 250_000


@dataclass(frozen=True, slots=True)
class Seed:
    """A few words of the quote and their offset in it."""

    offset: int
    words: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text that may hold the quote's words; ``votes`` counts the seeds in it."""

    votes: int
    start: int
    end: int


def run_seeds(text: str) -> list[Seed]:
    """Give short runs of the words of ``text``, spread over it."""
    words = list(_word().finditer(comparable(text)))
    firsts = range(0, max(len(words) - RUN_WORDS + 1, 1), 2)
    chosen = _spread(firsts, MAX_RUNS)
    return [seed for first in chosen for seed in _seed(text, words[first : first + RUN_WORDS])]


def word_seeds(text: str) -> list[Seed]:
    """Give the longest words of ``text``, for one whose runs are found nowhere."""
    words = [m for m in _word().finditer(comparable(text)) if len(m[0]) >= MIN_WORD_CHARS]
    words.sort(key=lambda found: (-len(found[0]), found.start()))
    return [seed for found in words[:MAX_WORDS] for seed in _seed(text, [found])]


def windows(seeds: Sequence[Seed], quote_chars: int, source: str) -> list[Window]:
    """Give the stretches of ``source`` to which the seeds point, most votes first."""
    readable = comparable(source)
    votes: Counter[int] = Counter()
    for seed in seeds:
        # One seed votes once for a place, however often it comes back there.
        votes.update({(place - seed.offset) // BUCKET_CHARS for place in _places(seed, readable)})
    joined = {bucket: count + votes.get(bucket + 1, 0) for bucket, count in votes.items()}
    best = sorted(joined, key=lambda bucket: (-joined[bucket], bucket))[:MAX_WINDOWS]
    return [
        Window(
            joined[bucket],
            max(bucket * BUCKET_CHARS, 0),
            min((bucket + 2) * BUCKET_CHARS + quote_chars, len(source)),
        )
        for bucket in best
    ]


def likeness(one: str, other: str) -> float:
    """Give the share of words that two texts have in common, from 0 to 1 (Dice, 1945).

    Short ones may share letters and no word: their pairs of characters count then.
    """
    ours, theirs = _spelt(one), _spelt(other)
    share = _dice(ours.split(), theirs.split())
    if max(len(ours), len(theirs)) <= MAX_SHORT_CHARS:
        share = max(share, _dice(pairwise(ours), pairwise(theirs)))
    return share


def differences(cited: str, actual: str) -> tuple[Difference, ...]:
    """Tell two texts apart word by word, white space included.

    Returns
    -------
    tuple of (str, str)
        ("=", words of both), ("-", words of ``cited`` alone), ("+", words of ``actual``
        alone). "=" and "-" together spell ``cited``, "=" and "+" spell ``actual``.

    Examples
    --------
    >>> differences("dès 12 ans", "dès 11 ans")
    (('=', 'dès '), ('-', '12'), ('+', '11'), ('=', ' ans'))
    """
    ours, theirs = _pieces(cited), _pieces(actual)
    head = _shared(ours, theirs)
    tail = _shared(ours[head:][::-1], theirs[head:][::-1])
    middle = _aligned(ours[head : len(ours) - tail], theirs[head : len(theirs) - tail])
    edits = [("=", ours[:head]), *middle, ("=", ours[len(ours) - tail :])]
    return tuple(_joined(edits))


def comparable(text: str) -> str:
    """Give ``text`` with one form of apostrophe and of space; no offset moves."""
    for char in APOSTROPHES[1:]:
        text = text.replace(char, "'")
    for char in (*SPACES, "\n", "\t"):
        text = text.replace(char, " ")
    return text


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\S+")


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(r"\s+|\S+")


def _spread(values: Sequence[int], most: int) -> list[int]:
    """Take at most ``most`` values at even distances."""
    if len(values) <= most:
        return list(values)
    return [values[i * (len(values) - 1) // (most - 1)] for i in range(most)]


def _seed(text: str, words: Sequence[re.Match[str]]) -> Iterator[Seed]:
    """Give the words as they stand, and with accents in one piece and in two."""
    if not words:
        return
    start, end = words[0].start(), words[-1].end()
    run = comparable(text[start:end])[:MAX_RUN_CHARS]
    forms = {run, unicodedata.normalize("NFC", run), unicodedata.normalize("NFD", run)}
    yield from (Seed(start, form) for form in sorted(forms))


def _places(seed: Seed, readable: str) -> Iterator[int]:
    place = -1
    for _ in range(MAX_PLACES):
        place = readable.find(seed.words, place + 1)
        if place < 0:
            return
        yield place


def _dice(ours: Iterable[object], theirs: Iterable[object]) -> float:
    one, other = Counter(ours), Counter(theirs)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _spelt(text: str) -> str:
    return unicodedata.normalize("NFC", comparable(text)).casefold()


def _pieces(text: str) -> list[str]:
    return _piece().findall(text)


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Count the pieces that both begin with."""
    count = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        count += 1
    return count


def _aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Align two runs of pieces by their longest common subsequence, if they are not too long."""
    if not ours or not theirs or len(ours) * len(theirs) > MAX_CELLS:
        return [("-", ours), ("+", theirs)]
    lengths = _common_lengths(ours, theirs)
    edits: list[tuple[str, Sequence[str]]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j]:
            edits.append(("=", [ours[i]]))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            edits.append(("-", [ours[i]]))
            i += 1
        else:
            edits.append(("+", [theirs[j]]))
            j += 1
    return [*edits, ("-", ours[i:]), ("+", theirs[j:])]


def _common_lengths(ours: Sequence[str], theirs: Sequence[str]) -> list[list[int]]:
    """Give the length of the longest common subsequence of all pairs of endings."""
    lengths = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(len(theirs) - 1, -1, -1):
            same = ours[i] == theirs[j]
            row[j] = below[j + 1] + 1 if same else max(below[j], row[j + 1])
    return lengths


def _joined(edits: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Difference]:
    """Join what was removed and what was added in one place; a lone space joins two places."""
    grouped = groupby((edit for edit in edits if edit[1]), key=itemgetter(0))
    taken = [(sign, "".join(chain.from_iterable(e[1] for e in run))) for sign, run in grouped]
    removed = added = ""
    for number, (sign, words) in enumerate(taken):
        inside = 0 < number < len(taken) - 1 and not words.strip() and (removed or added)
        if sign == "=" and inside and taken[number + 1][0] != "=":
            removed, added = removed + words, added + words
        elif sign == "=":
            yield from _changed(removed, added)
            removed = added = ""
            yield "=", words
        elif sign == "-":
            removed += words
        else:
            added += words
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Difference]:
    if removed:
        yield "-", removed
    if added:
        yield "+", added
