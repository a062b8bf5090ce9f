"""BM25 as sparse vectors: what a sentence holds of a term, times what the term is worth.

BM25 is Robertson and Zaragoza's (2009), with the constants, the idf and the rounding of
lengths of the local engine (tantivy), so that both give the same scores. The share that
depends on the sentence goes into its vector, the share that depends on the corpus into the
question's: documents that come and go change no vector that is already held.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2
B = 0.75
# A term takes three dimensions: in the sentence, in its context, and whether it is there at all.
OWN, CONTEXT, PRESENT = range(3)
DIMENSIONS = 3
# Never asked for; a vector must not be empty.
FILLER = 0
# A word of five letters or more is matched approximately: with words of four or more.
MIN_NEAR_CHARS = 4

Sparse = dict[int, float]


@dataclass(frozen=True, slots=True)
class MeanLengths:
    """The mean number of terms of a sentence, and of its context."""

    own: float
    context: float


def dimension(number: int, part: int) -> int:
    """Give the dimension of a term, numbered from 1."""
    return DIMENSIONS * number + part


def sentence_vector(
    own: Sequence[str], context: Sequence[str], numbers: Mapping[str, int], means: MeanLengths
) -> Sparse:
    """Weigh the terms of a sentence and of its context."""
    vector = {FILLER: 1.0}
    parts = ((OWN, own, means.own), (CONTEXT, context, means.context))
    for part, held, mean in parts:
        norm = K1 * (1 - B + B * rounded_length(len(held)) / max(mean, 1e-9))
        for term, count in Counter(held).items():
            vector[dimension(numbers[term], part)] = count / (count + norm)
    for term in set(own):
        if len(term) >= MIN_NEAR_CHARS:
            vector[dimension(numbers[term], PRESENT)] = 1.0
    return vector


def terms_of(vector: Iterable[int]) -> tuple[list[int], list[int]]:
    """Give the numbers of the terms of a sentence, and of its context, from its dimensions."""
    named = [divmod(one, DIMENSIONS) for one in vector if one != FILLER]
    return [n for n, part in named if part == OWN], [n for n, part in named if part == CONTEXT]


def worth(held: int, count: int) -> float:
    """Give what a term held by so many of ``count`` sentences multiplies its share by."""
    return (K1 + 1) * math.log(1 + (count - held + 0.5) / (held + 0.5))


def rounded_length(length: int) -> int:
    """Round a length down as the local engine does, which keeps it in one byte.

    Exact below 40, then to four significant bits (SmallFloat of Apache Lucene).

    Examples
    --------
    >>> [rounded_length(n) for n in (39, 41, 57, 150)]
    [39, 40, 56, 144]
    """
    if length < 40:
        return length
    drop = (length - 24).bit_length() - 4
    return 24 + ((length - 24) >> drop << drop)
