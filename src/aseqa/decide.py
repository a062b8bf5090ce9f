"""The decision: whether the best sentence answers, why it does not, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from aseqa.cascade import Scored
from aseqa.features import (
    Candidate,
    TermStatistics,
    name_share,
    numbers_met,
    place_nearness,
    years_met,
)
from aseqa.fields import is_asked
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.question import Question
from aseqa.scope import asks_reply, questions_meant
from aseqa.text import terms, tokens

# A question that shares less than this with its best sentence and its surroundings is off topic.
TOPIC_COVERAGE = 0.25
TOPIC_COSINE = 0.83


def reason_code(
    question: Question,
    scored: Sequence[Scored],
    statistics: TermStatistics,
    lookup: Lookup,
    confident: bool,
) -> str | None:
    """Say why the best sentence is no answer, or None when it may be one."""
    if not scored or _asks_nothing(question):
        return "out_of_corpus"
    best = scored[0]
    missing = missing_entities(question, best.candidate, statistics)
    if not missing and is_field_of_named(question, best.candidate):
        return None
    if asks_reply(question) and _unanswered(question, best, lookup):
        return "no_answer_published"
    if missing:
        return "missing_entity"
    if confident:
        return None
    return "no_answer_sentence" if _on_topic(question, best.candidate) else "out_of_corpus"


def explain(
    code: str, question: Question, scored: Sequence[Scored], statistics: TermStatistics
) -> str:
    """Put a reason in French words, with the names that are missing."""
    if code != "missing_entity":
        return message(f"reason_{code}")
    missing = missing_entities(question, scored[0].candidate, statistics)
    return message("reason_missing_entity", names=", ".join(as_asked(question.text, missing)))


def as_asked(text: str, missing: Sequence[str]) -> list[str]:
    """Give folded names as the question writes them; the parts of one name are joined.

    Examples
    --------
    >>> as_asked("Qu'a dit Emmanuel Macron sur le Tarn ?", ["Tarn", "emmanuel", "macron"])
    ['Emmanuel Macron', 'Tarn']
    """
    found: list[tuple[int, int]] = []
    named = [token for token in tokens(text) if token.form in missing]
    for token in named:
        if found and not text[found[-1][1] : token.start].strip(" -\u00a0"):
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    held = {token.form for token in named}
    words = [text[start:end] for start, end in found] + [n for n in missing if n not in held]
    return list(dict.fromkeys(words))


def confidence(scored: Sequence[Scored], code: str | None, threshold: float) -> float:
    """Give the best candidate's probability: under ``threshold`` exactly when abstaining.

    It is brought under it where a rule, and not the probability, rules the answer out.
    """
    if not scored:
        return 0.0
    found = scored[0].probability
    if code is None:
        return max(found, threshold)
    return found if found < threshold else found * threshold


def _asks_nothing(question: Question) -> bool:
    """Tell whether no word of a question says what it is about ("x y ?")."""
    named = question.places | question.years | question.names | question.numbers
    return not (question.own_terms or question.fields or question.intents or named)


def is_field_of_named(question: Question, candidate: Candidate) -> bool:
    """Tell whether a record's line is the field that is asked for, of whom or what is named."""
    if candidate.role != "field" or not is_asked(candidate.text, question.fields):
        return False
    named = bool(question.names) or bool(question.numbers)
    whole = not question.names or name_share(question, candidate) == 1.0
    return named and whole and (not question.numbers or numbers_met(question, candidate))


def of_record(question: Question, scored: list[Scored]) -> list[Scored]:
    """Leave the record's own lines alone where the first one answers, unless more is asked for.

    "Qui a posé la question 743 et que demande-t-elle ?" asks for prose as well.
    """
    lines = [one for one in scored if is_field_of_named(question, one.candidate)]
    more = "auteur" in question.fields and "demand" in question.intents
    return scored if more or scored[0] not in lines else lines


def _unanswered(question: Question, best: Scored, lookup: Lookup) -> bool:
    """Tell whether the reply that is asked for is one that the record does not hold.

    The question meant is the one whose author or number is named, else the one
    that the best sentence stands in.
    """
    meant = questions_meant(question, lookup)
    if not meant and best.candidate.voice.kind == "parlementaire":
        meant = [lookup.document(best.row.document)]
    return bool(meant) and all(d.metadata.get("answered") == "false" for d in meant)


def missing_entities(
    question: Question, candidate: Candidate, statistics: TermStatistics
) -> list[str]:
    """Name what the question names and the candidate's reach does not hold.

    Of a name that other documents hold, prose may speak without it ("le ministre"); the line of
    a record speaks of nobody else than its own author.
    """
    missing: list[str] = []
    if question.places and place_nearness(question, candidate) < 0:
        missing += sorted(question.places)
    if question.years and not years_met(question, candidate):
        missing += sorted(question.years)
    if question.numbers and not numbers_met(question, candidate):
        missing += sorted(question.numbers)
    if question.names and name_share(question, candidate) < 0:
        of_record = candidate.role == "field"
        missing += [n for n in sorted(question.names) if of_record or not _known(n, statistics)]
    return missing


def _known(name: str, statistics: TermStatistics) -> bool:
    return all(statistics.frequency(word) > 0 for word in terms(name))


def _on_topic(question: Question, candidate: Candidate) -> bool:
    own = question.own_terms
    near = set(terms(f"{candidate.text} {candidate.around} {candidate.document}"))
    share = len(own & near) / len(own) if own else 0.0
    return share >= TOPIC_COVERAGE or candidate.hit.cosine >= TOPIC_COSINE
