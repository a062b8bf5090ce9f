"""How far an answer's words are those expected, as SQuAD counts it, with French articles."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from aseqa.text import APOSTROPHES

_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_ELIDED = re.compile(r"\b[ld]'")
# With "de" and its contractions: "du" and "des" are articles as often as "de" plus an article,
# and whoever marks an answer takes or leaves all of them alike.
_ARTICLES = re.compile(r"\b(?:le|la|les|un|une|des|du|de|au|aux)\b")


def normalise_answer(text: str) -> str:
    """Give the words of an answer that count when it is compared.

    The steps of SQuAD v1 (Rajpurkar et al., "SQuAD: 100,000+ Questions for
    Machine Comprehension of Text", EMNLP 2016): lower case, no punctuation, no
    articles, single spaces. For French the articles are le, la, les, l', un,
    une, des, du, de, d', au and aux; elided ones go first, while their
    apostrophe is there. Accents count. Punctuation is that of Unicode (« » – ’)
    and the ASCII signs that SQuAD takes for it ($ + < = > ^ ` | ~).

    Examples
    --------
    >>> normalise_answer("« L’Église de la Trinité »")
    'église trinité'
    >>> normalise_answer("d'environ 11,5 %")
    'environ 115'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_APOSTROPHES)
    bare = "".join(char for char in _ELIDED.sub(" ", lowered) if not _is_punctuation(char))
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(predicted: str, expected: str) -> float:
    """Give 1.0 when the two answers have the same words, else 0.0.

    Examples
    --------
    >>> exact_match("la loi Taquet", "Loi Taquet.")
    1.0
    """
    return float(normalise_answer(predicted) == normalise_answer(expected))


def token_f1(predicted: str, expected: str) -> float:
    """Give the harmonic mean of precision and recall over the words of two answers.

    The F1 of SQuAD v1; when articles are all that one of them holds, it is their
    exact match, as in SQuAD v2.

    Examples
    --------
    >>> token_f1("en 2022, la loi Taquet", "la loi Taquet")  # 2 of 4 words, 2 of 2
    0.6666666666666666
    """
    given, wanted = normalise_answer(predicted).split(), normalise_answer(expected).split()
    if not given or not wanted:
        return float(given == wanted)
    common = (Counter(given) & Counter(wanted)).total()
    return 2 * common / (len(given) + len(wanted))


def best_of(measure: Callable[[str, str], float], predicted: str, expected: Sequence[str]) -> float:
    """Give the best value of ``measure`` over the expected answers, 0.0 when there is none."""
    return max((measure(predicted, answer) for answer in expected), default=0.0)


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char).startswith("P")
