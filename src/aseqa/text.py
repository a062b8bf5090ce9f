"""Text made comparable: folded, cut into tokens, stemmed. For matching only, never for showing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

APOSTROPHES = "'’ʼ‘´`"
MIN_STEM_CHARS = 5
SPACES = "\u00a0\u202f\u2009\u2007"
FIRST_ACCENT = "\u0300"  # of the characters that combine with the one before

_LOOK_ALIKES = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(SPACES, " "))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

_TOKEN = re.compile(
    r"""
      (?P<article>\b[LRD][.]?[*]?[ ]?\d{1,4}(?:-\d+)*\b(?=[^\d]|$))       # L. 221-1, R421-3
    | (?P<number>\d{1,3}(?:[ ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*)           # 20 000, 113,5, 743
    | (?P<elision>\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)')(?=\w)  # l'enfance
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Function words of French; negation ("pas", "sans", "non", "aucun", "jamais") is kept on purpose.
STOP_WORDS = frozenset(
    """a ai au aucuns aussi aux avec avoir c ca car ce cela celle celles celui ces cet cette ceux ci
    comme d dans de des du dont donc elle elles en encore entre est et etait etant ete etre eu eux
    fait fois font ont
    ici il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne nos notre nous on
    or ou par pour qu que quel quelle quelles quels qui s sa se sera serait ses si son sont soit
    sur t ta te tel telle tes toi ton tout toute toutes tu un une vos votre vous y
    est-ce combien quand comment pourquoi quoi lequel laquelle lesquels lesquelles
    ait aient avait avaient etaient seraient sera seront peut peuvent
    svp stp merci bonjour""".split()
)


class Token(NamedTuple):
    """A word, number or article number of a text: offsets, spelling and folded form."""

    start: int
    end: int
    spelling: str
    form: str
    kind: str


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower the case and drop accents, ligatures and apostrophe variants.

    Examples
    --------
    >>> fold("L’ENFANCE protégée")
    "l'enfance protegee"
    """
    plain = text.translate(_LOOK_ALIKES).casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
    return "".join(
        [char for char in decomposed if char < FIRST_ACCENT or not unicodedata.combining(char)]
    )


def squeeze(text: str) -> str:
    """Fold ``text`` and reduce every run of white space to one space."""
    return " ".join(fold(text).split())


def tokens(text: str) -> list[Token]:
    """Cut ``text`` into tokens; elided articles ("l'", "qu'") are left out.

    Article numbers stay whole ("L. 221-1" gives ``l221-1``) and so do numbers
    ("20 000" gives ``20000``, "113,5" gives ``113,5``). Combining accents (NFD)
    are part of their word.

    Examples
    --------
    >>> [token.form for token in tokens("L’article L. 221-1 vise 20 000 mineurs")]
    ['article', 'l221-1', 'vise', '20000', 'mineurs']
    """
    found = []
    for match in _token_pattern().finditer(text.translate(_LOOK_ALIKES)):
        kind = match.lastgroup or "word"
        if kind == "elision":
            continue
        form = fold(match.group())
        if kind in ("article", "number"):
            form = re.sub(r"[ .*]" if kind == "article" else r"[ ]", "", form)
        found.append(Token(match.start(), match.end(), match.group(), form, kind))
    return found


@cache
def _token_pattern() -> re.Pattern[str]:
    combining = "\u0300-\u036f"
    return re.compile(
        _TOKEN.pattern.replace(r"[^\W\d_]+", rf"(?:[^\W\d_][{combining}]*)+"), _TOKEN.flags
    )


@cache
def _stemmer() -> Callable[[str], str]:
    import Stemmer

    stemmer = Stemmer.Stemmer("french")

    @lru_cache(maxsize=65536)
    def stem(word: str) -> str:
        # A stem that ends in "e" is one whose accents were not typed: "protegee".
        stemmed = fold(stemmer.stemWord(word))
        return stemmed.rstrip("e") if len(stemmed) > MIN_STEM_CHARS else stemmed

    return stem


def term(token: Token) -> str:
    """Give the index term of a token: the stem of a word, a number or article as it is.

    Snowball's French stemmer (Porter, 2001) reads the accents where there are some.
    """
    if token.kind != "word":
        return token.form
    return _stemmer()(unicodedata.normalize("NFC", token.spelling).lower())


def terms(text: str) -> list[str]:
    """Give the index terms of ``text``: folded, stemmed, without function words.

    Examples
    --------
    >>> terms("Les enfants n'ont pas été placés")
    ['enfant', 'pas', 'plac']
    """
    return list(_terms(text))


@lru_cache(maxsize=16384)
def _terms(text: str) -> tuple[str, ...]:
    """Keep the terms of sentences that come back question after question."""
    return tuple(
        term(token)
        for token in tokens(text)
        if token.form not in STOP_WORDS and (len(token.form) > 1 or token.kind != "word")
    )
