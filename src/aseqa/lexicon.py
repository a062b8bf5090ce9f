"""What people type for what the record says: everyday words, abbreviations, near synonyms.

The groups are in ``thesaurus.txt``; everything that is not there is left to the
encoder. The terms added to a question weigh less than its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from aseqa.text import terms

EXPANSION_WEIGHT = 0.4


def concepts(question: str) -> dict[str, tuple[str, ...]]:
    """Give each term of the question with the terms that mean the same here.

    Examples
    --------
    >>> "enfant" in concepts("nb de gosses")["goss"]
    True
    """
    return {word: _equivalents().get(word, ()) for word in terms(question)}


def query_terms(question: str) -> dict[str, float]:
    """Give the terms to search for with their weights: the question's own 1, added ones less.

    Examples
    --------
    >>> query_terms("nb de gosses")["enfant"]
    0.4
    """
    found = concepts(question)
    weights = dict.fromkeys(found, 1.0)
    for equivalents in found.values():
        for added in equivalents:
            weights.setdefault(added, EXPANSION_WEIGHT)
    return weights


@cache
def _equivalents() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for asked, meant in _groups():
        for word in asked:
            table.setdefault(word, {}).update(dict.fromkeys(w for w in meant if w != word))
    return {word: tuple(others) for word, others in table.items()}


def _groups() -> Iterator[tuple[list[str], list[str]]]:
    """Give each line of the thesaurus as (terms that may be asked, terms to add)."""
    text = files("aseqa").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            left, arrow, right = line.partition(">")
            yield terms(left), terms(right if arrow else left)
