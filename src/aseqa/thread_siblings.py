"""Questions answered by the same text: the Government often answers many members at once."""

from __future__ import annotations

from dataclasses import dataclass

from aseqa.lookup import Lookup
from aseqa.records import Document
from aseqa.reply_turns import REPLY_SECTION
from aseqa.text import tokens

# Two answers are one text when they share this part of their runs of words.
SAME_TEXT = 0.6
RUN_WORDS = 3
MIN_WORDS = 20


@dataclass(frozen=True, slots=True)
class Sibling:
    """A question with the same answer; ``likeness`` is 1 for the very same words."""

    document: str
    number: str
    title: str | None
    author: str | None
    asked_on: str | None
    likeness: float


def siblings_of(document: Document, lookup: Lookup) -> tuple[Sibling, ...]:
    """Find the other questions of the index that the same text answers, oldest first.

    Examples
    --------
    >>> [sibling.number for sibling in siblings_of(document, lookup)]  # doctest: +SKIP
    ['7002', '7003']
    """
    own = word_runs(reply_text(document))
    if len(own) < MIN_WORDS:
        return ()
    found = []
    for name, number, _ in lookup.parliamentary():
        if name == document.id:
            continue
        other = lookup.document(name)
        likeness = resemblance(own, word_runs(reply_text(other)))
        if likeness >= SAME_TEXT:
            facts = (other.title, other.author, other.metadata.get("question_date") or other.date)
            found.append(Sibling(name, number, *facts, round(likeness, 3)))
    return tuple(sorted(found, key=lambda sibling: (sibling.asked_on or "", sibling.document)))


def reply_text(document: Document) -> str:
    """Give the words of a document's published answer; "" without one."""
    return "\n".join(
        document.text[section.start : section.end]
        for section in document.sections
        if section.name == REPLY_SECTION
    )


def word_runs(text: str) -> frozenset[str]:
    """Give the runs of three words of a text; spelling, spaces and punctuation aside."""
    forms = [token.form for token in tokens(text)]
    return frozenset(
        " ".join(forms[i : i + RUN_WORDS]) for i in range(max(len(forms) - RUN_WORDS + 1, 0))
    )


def resemblance(first: frozenset[str], second: frozenset[str]) -> float:
    """Give the share of runs that two texts have in common (Broder, 1997, SEQUENCES).

    Examples
    --------
    >>> resemblance(word_runs("un deux trois quatre"), word_runs("un deux trois cinq"))
    0.3333333333333333
    """
    either = first | second
    return len(first & second) / len(either) if either else 0.0
