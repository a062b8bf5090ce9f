"""What can be observed of a question and a candidate sentence, as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aseqa.answer_type import typed_spans
from aseqa.fields import is_asked
from aseqa.places import places, widened
from aseqa.question import Question, name_terms
from aseqa.records import Voice
from aseqa.retrieve import Hit
from aseqa.text import terms

FEATURES = (
    "fused",
    "cosine",
    "cosine_below_best",
    "bm25",
    "coverage_own",
    "coverage",
    "coverage_around",
    "type_held",
    "type_missing",
    "year",
    "place",
    "name",
    "number",
    "heading",
    "field",
    "field_asked",
    "other_field_asked",
    "lead_in",
    "asks_itself",
    "reply_by_government",
    "about_government",
    "demand_asked",
    "demand_unasked",
    "item_of_list",
    "short",
)

_DEMAND = re.compile(
    r"\b(?:souhait\w*|(?:lui|le) demande|l'interroge|interroge M|(?:appelle|attire) l'attention"
    r"|(?:Mme|M\.) [\w -]+ alerte|voudrait|aimerait) "
)
SHORT_CHARS = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence to be read in its context.

    ``around`` holds the sentence before and the section's heading, ``document``
    the title, author and number of its document, ``section_text`` the words of
    its whole section.
    """

    text: str
    role: str
    voice: Voice
    date: str | None
    around: str
    document: str
    section_text: str
    section: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """How rare a term is: the number of sentences that hold it, and of all sentences."""

    frequency: Callable[[str], int]
    total: int

    def weight(self, term: str) -> float:
        """Give the inverse document frequency of BM25 (Robertson and Zaragoza, 2009)."""
        held = self.frequency(term)
        return math.log(1 + (self.total - held + 0.5) / (held + 0.5))


def observe(
    question: Question, candidates: Sequence[Candidate], statistics: TermStatistics
) -> NDArray[np.float64]:
    """Give the features of each candidate, of shape ``(len(candidates), len(FEATURES))``."""
    weights = {term: statistics.weight(term) * w for term, w in question.weights.items()}
    best = max((c.hit.cosine for c in candidates), default=0.0)
    rows = [
        {**_match(question, c, weights, best), **_shape(question, c), **_named(question, c)}
        for c in candidates
    ]
    matrix = np.array([[row[name] for name in FEATURES] for row in rows], np.float64)
    return matrix.reshape(len(candidates), len(FEATURES))


def _match(
    question: Question, candidate: Candidate, weights: dict[str, float], best: float
) -> dict[str, float]:
    whole = sum(weights.values()) or 1.0
    own = {term: weights[term] for term in question.own_terms}
    inside = set(terms(candidate.text))
    around = inside | set(terms(f"{candidate.around} {candidate.document}"))
    return {
        "fused": candidate.hit.score,
        "cosine": candidate.hit.cosine,
        "cosine_below_best": best - candidate.hit.cosine,
        "bm25": candidate.hit.bm25 / whole,
        "coverage_own": sum(w for t, w in own.items() if t in inside) / (sum(own.values()) or 1.0),
        "coverage": sum(w for term, w in weights.items() if term in inside) / whole,
        "coverage_around": sum(w for term, w in weights.items() if term in around) / whole,
    }


def _shape(question: Question, candidate: Candidate) -> dict[str, float]:
    text, role = candidate.text, candidate.role
    held = type_held(question, text)
    in_reply = candidate.voice.kind == "gouvernement"
    demand = bool(_DEMAND.search(text))
    asked = role == "field" and is_asked(text, question.fields)
    return {
        "type_held": float(held is True),
        "type_missing": float(held is False),
        "heading": float(role == "heading"),
        "field": float(role == "field"),
        "field_asked": float(asked),
        "other_field_asked": float(bool(question.fields) and not asked),
        "lead_in": float(text.rstrip().endswith(":")),
        "asks_itself": float(text.rstrip().endswith("?")),
        "reply_by_government": _signed("reply" in question.intents, in_reply),
        "about_government": float("government" in question.intents and in_reply),
        "demand_asked": float("demand" in question.intents and demand),
        "demand_unasked": float("demand" not in question.intents and demand),
        "item_of_list": float(role == "item" and "list" in question.expects),
        "short": float(len(text) < SHORT_CHARS and role != "field"),
    }


def type_held(question: Question, text: str) -> bool | None:
    """Tell whether ``text`` holds a thing of an expected kind; None when no kind has a form."""
    formed = [kind for kind in question.expects if kind not in ("reason", "list")]
    if not formed:
        return None
    return any(True for kind in formed for _ in typed_spans(text, kind))


def _named(question: Question, candidate: Candidate) -> dict[str, float]:
    return {
        "year": _signed(bool(question.years), years_met(question, candidate)),
        "place": place_nearness(question, candidate) if question.places else 0.0,
        "name": name_share(question, candidate) if question.names else 0.0,
        "number": _signed(bool(question.numbers), numbers_met(question, candidate)),
    }


def _signed(asked: bool, met: bool) -> float:
    return 0.0 if not asked else (1.0 if met else -1.0)


def years_met(question: Question, candidate: Candidate) -> bool:
    """Tell whether the candidate, what is around it or its date names a year of the question."""
    here = f"{candidate.text} {candidate.around} {candidate.date or ''}"
    return any(year in here for year in question.years)


def numbers_met(question: Question, candidate: Candidate) -> bool:
    """Tell whether a number of the question ("743", "l221-1") stands in the candidate's reach."""
    here = set(terms(f"{candidate.text} {candidate.around} {candidate.document}"))
    return any(number in here for number in question.numbers)


def place_nearness(question: Question, candidate: Candidate) -> float:
    """Tell how near the candidate the question's places stand: 1 in it, -1 nowhere."""
    reach = ((candidate.text, 1.0), (f"{candidate.around} {candidate.document}", 0.6))
    for words, nearness in reach:
        if question.places <= widened(places(words)):
            return nearness
    if question.places <= widened(places(f"{candidate.around} {candidate.section_text}")):
        return 0.3
    return -1.0


def name_share(question: Question, candidate: Candidate) -> float:
    """Give the share of the question's names in the candidate's reach, from -1 (none) to 1."""
    asked = name_terms(question)
    voice = f"{candidate.voice.name or ''} {candidate.voice.reported or ''}"
    here = set(terms(f"{candidate.text} {candidate.around} {candidate.document} {voice}"))
    return 2.0 * len(asked & here) / len(asked) - 1.0 if asked else 0.0
