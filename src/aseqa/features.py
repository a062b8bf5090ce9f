"""What can be observed of a question and a candidate sentence, as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from aseqa.answer_type import typed_spans
from aseqa.fields import is_asked
from aseqa.places import main_place, meets, places
from aseqa.question import Question
from aseqa.records import Voice
from aseqa.retrieve import Hit
from aseqa.text import terms, tokens

FEATURES = (
    "fused",
    "cosine",
    "cosine_below_best",
    "bm25",
    "coverage_own",
    "coverage",
    "coverage_around",
    "concepts_inside",
    "concepts_around",
    "concepts_unknown",
    "concept_absent",
    "counted_held",
    "counted_missing",
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
SIGNATURE = "signature"  # the section of an article that says who wrote it, and when
# How far after a number the thing counted may stand.
COUNTED_CHARS = 40
MIN_NAME_CHARS = 5
SAME_NAME_RATIO = 0.8


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
    concepts = weigh_concepts(question, statistics)
    unknown = sum(weight for weight, known in concepts.values() if not known)
    whole = sum(weight for weight, _ in concepts.values()) or 1.0
    rows = [
        {
            **_match(question, c, weights, best),
            **_meant(question, c, concepts, whole),
            "concepts_unknown": unknown / whole,
            **_shape(question, c),
            **_named(question, c),
        }
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


def weigh_concepts(question: Question, statistics: TermStatistics) -> dict[str, tuple[float, bool]]:
    """Give each own term of a question its weight, and whether the corpus knows it.

    A concept is known when the term or one that means the same occurs; its
    weight is that of the first of its terms that does, or of an unseen term.
    """
    weighed = {}
    for word, equivalents in question.concepts.items():
        held = [w for w in (word, *equivalents) if statistics.frequency(w) > 0]
        weighed[word] = (statistics.weight(held[0] if held else word), bool(held))
    return weighed


def _meant(
    question: Question, candidate: Candidate, concepts: dict[str, tuple[float, bool]], whole: float
) -> dict[str, float]:
    """Tell how much of what the question means the candidate speaks of.

    ``concept_absent`` is the weight of the heaviest concept that the corpus
    knows and the candidate's reach does not hold, as a share of the heaviest.
    """
    inside = set(terms(candidate.text))
    around = inside | set(terms(f"{candidate.around} {candidate.document}"))

    def met(word: str, words: set[str]) -> bool:
        return word in words or bool(words.intersection(question.concepts[word]))

    heaviest = max((weight for weight, _ in concepts.values()), default=0.0) or 1.0
    absent = [w for word, (w, known) in concepts.items() if known and not met(word, around)]
    return {
        "concepts_inside": sum(w for k, (w, _) in concepts.items() if met(k, inside)) / whole,
        "concepts_around": sum(w for k, (w, _) in concepts.items() if met(k, around)) / whole,
        "concept_absent": max(absent, default=0.0) / heaviest,
    }


def _shape(question: Question, candidate: Candidate) -> dict[str, float]:
    text, role = candidate.text, candidate.role
    held = type_held(question, text)
    counted = counted_held(question, text)
    in_reply = candidate.voice.kind == "gouvernement"
    demand = bool(_DEMAND.search(text))
    field = role == "field" or candidate.section == SIGNATURE
    asked = field and is_asked(text, question.fields)
    return {
        "type_held": float(held is True),
        "type_missing": float(held is False),
        "counted_held": float(counted is True),
        "counted_missing": float(counted is False),
        "heading": float(role == "heading" and not field),
        "field": float(field),
        "field_asked": float(asked),
        "other_field_asked": float(bool(question.fields) and not asked),
        "lead_in": float(text.rstrip().endswith(":")),
        "asks_itself": float(text.rstrip().endswith("?")),
        "reply_by_government": _signed("reply" in question.intents, in_reply),
        "about_government": float("government" in question.intents and in_reply),
        "demand_asked": float("demand" in question.intents and demand),
        "demand_unasked": float("demand" not in question.intents and demand),
        "item_of_list": float(role == "item" and "list" in question.expects),
        "short": float(len(text) < SHORT_CHARS and not field),
    }


def type_held(question: Question, text: str) -> bool | None:
    """Tell whether ``text`` holds a thing of an expected kind; None when no kind has a form."""
    formed = [kind for kind in question.expects if kind not in ("reason", "list")]
    if not formed:
        return None
    return any(True for kind in formed for _ in typed_spans(text, kind))


def counted_held(question: Question, text: str) -> bool | None:
    """Tell whether ``text`` counts what the question counts; None when it counts nothing.

    "Combien d'appels" is met by a number with "appels", or a word that means
    the same, among the few words after it.
    """
    if not question.counted:
        return None
    wanted = {question.counted, *question.concepts.get(question.counted, ())}
    return any(
        wanted.intersection(terms(text[span.start : span.end + COUNTED_CHARS]))
        for span in typed_spans(text, "number")
    )


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
    """Tell how near the candidate the question's places stand: 1 in it, -1 nowhere.

    A sentence that names no other place is also about the place that what is
    around it names, or that its section names most. The line that says where an
    author is elected is about that place only when this is what is asked.
    """
    if candidate.role == "field" and not question.fields:
        return -1.0
    here = places(candidate.text)
    if meets(question.places, here):
        return 1.0
    if here:
        return -1.0
    if meets(question.places, places(f"{candidate.around} {candidate.document}")):
        return 0.6
    main = main_place(f"{candidate.document} {candidate.around} {candidate.section_text}")
    return 0.3 if main and meets(question.places, frozenset({main})) else -1.0


def name_share(question: Question, candidate: Candidate) -> float:
    """Give the share of the question's names in the candidate's reach, from -1 (none) to 1.

    A name may be misspelt a little ("Taqué" for Taquet).
    """
    if not question.names:
        return 0.0
    voice = f"{candidate.voice.name or ''} {candidate.voice.reported or ''}"
    reach = f"{candidate.text} {candidate.around} {candidate.document} {voice}"
    here = {token.form for token in tokens(reach)}
    met = sum(any(same_name(name, word) for word in here) for name in question.names)
    return 2.0 * met / len(question.names) - 1.0


def same_name(asked: str, word: str) -> bool:
    """Tell whether two folded words are one name, inflected or a letter apart."""
    if asked == word or terms(asked) == terms(word):
        return True
    alike = asked[0] == word[0] and min(len(asked), len(word)) >= MIN_NAME_CHARS
    return alike and SequenceMatcher(None, asked, word).ratio() >= SAME_NAME_RATIO
