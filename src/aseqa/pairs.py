"""What the reader is shown: a question beside a sentence in its context, as piece numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

START, PAD, SEPARATOR = 0, 1, 2
MAX_QUESTION_TOKENS = 64
MAX_HEADER_TOKENS = 16
MAX_BEFORE_TOKENS = 24
MAX_SENTENCE_TOKENS = 128
SHORT_SENTENCE = 40  # characters
_LEANING = re.compile(
    r"\W*(?:c['’]|(?:ils?|elles?|ce|cet|cette|ces|cela|ceci|ça|celui|celles?|ceux|son|sa|ses|leurs?"
    r"|y|en|mais|or|donc|ainsi|aussi|enfin|puis|toutefois|cependant|pourtant|celui-ci|celle-ci"
    r"|dont|et|ou|car|lui)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence, the heading it stands under and the sentence before it (or "")."""

    header: str
    before: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a sentence in its context, in pieces.

    ``<s> query: question </s></s> passage: header </s> before </s> sentence </s>``.
    ``told`` is where the second part begins, ``header`` where its heading ends, ``first`` and
    ``last`` (half open) where the sentence stands; ``offsets`` are the characters of the
    sentence that its pieces cover.
    """

    ids: list[int]
    told: int
    header: int
    first: int
    last: int
    offsets: list[tuple[int, int]]


def leans(sentence: str) -> bool:
    """Tell whether a sentence is hard to read without the one before it.

    Examples
    --------
    >>> leans("Elle compte 11 000 mineurs suivis par les services."), leans("La loi est claire, "
    ... "et ses décrets ont été publiés.")
    (True, False)
    """
    return len(sentence) < SHORT_SENTENCE or bool(_LEANING.match(sentence))


def encode_pairs(tokenizer: Any, question: str, contexts: Sequence[Context]) -> list[Pair]:
    """Encode a question with each of some sentences in their contexts.

    Overlong parts are cut at their end, the sentence before at its beginning.
    ``tokenizer`` is a ``tokenizers.Tokenizer`` whose first pieces are
    ``<s> <pad> </s> <unk>``.
    """
    parts = [t for c in contexts for t in ("passage: " + c.header, c.before, c.sentence)]
    cleaned = [text.replace("\0", " ") for text in ("query: " + question, *parts)]
    asked, *told = tokenizer.encode_batch(cleaned, add_special_tokens=False)
    opening = [START, *asked.ids[:MAX_QUESTION_TOKENS], SEPARATOR]
    found = []
    for header, before, sentence in zip(told[::3], told[1::3], told[2::3], strict=True):
        context = [SEPARATOR, *header.ids[:MAX_HEADER_TOKENS], SEPARATOR]
        if before.ids:
            context += [*before.ids[-MAX_BEFORE_TOKENS:], SEPARATOR]
        own = sentence.ids[:MAX_SENTENCE_TOKENS]
        first = len(opening) + len(context)
        end = len(opening) + 1 + len(header.ids[:MAX_HEADER_TOKENS])
        ids = [*opening, *context, *own, SEPARATOR]
        offsets = sentence.offsets[: len(own)]
        found.append(Pair(ids, len(opening), end, first, first + len(own), offsets))
    return found
