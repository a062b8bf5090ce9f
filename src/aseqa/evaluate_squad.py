"""A SQuAD file asked question by question, over an index of its own paragraphs.

Each paragraph is a document whose text is its context and whose title is the
article's; from there on everything goes the way of any document and question.
The measures, over the questions that have an answer:

``sentence_hit@1``
    The best sentence of the question's own paragraph holds an answer or, when an
    answer runs over two sentences, a part of one: their offsets overlap.
``open_sentence_hit@1``
    The same for the best sentence of all paragraphs.
``open_paragraph_recall@k``
    The paragraph is among the first ``k`` that retrieval finds.
``exact_match``, ``f1``
    From 0 to 1, the answer words of the best sentence of the paragraph (the whole
    sentence where no span is found in it) against the nearest right answer.

All of them regard the ranking, before any decision to answer. Where there are
questions without an answer, all questions are also put to their paragraph alone,
and the decisions give the measures of abstention and of confidence of a gold file.

Questions on one article share its subject, and those on one paragraph its words:
intervals are drawn by article. Where there is one article only they are drawn by
paragraph, and by question where there is one paragraph only; ``drawn_by`` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from aseqa.answers import Quote
from aseqa.calibration_report import calibration_page, write_calibration
from aseqa.embed import Encoder
from aseqa.estimates import (
    Decision,
    Estimate,
    abstention_estimates,
    calibration_estimates,
    calibration_facts,
    mean_estimate,
    with_intervals,
)
from aseqa.measures import first_rank, hit_at_k
from aseqa.messages import message
from aseqa.scorecard import bullets, cell, write_report
from aseqa.squad import SquadSet
from aseqa.squad_judge import JudgedSquad, judge_squad
from aseqa.temporary_index import temporary_assistant
from aseqa.trec import QRELS, RUN, write_trec

Progress = Callable[[float, int, str], None]
DEPTHS = (1, 5, 10)


def evaluate_squad(
    squad: SquadSet,
    encoder: Encoder,
    report: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Index the paragraphs of a SQuAD file in a temporary folder and ask its questions.

    Parameters
    ----------
    report
        A folder for ``results.jsonl``, ``summary.json``, ``summary.md``, and the
        ranking of paragraphs as ``run.trec`` with its ``qrels.trec``; the diagrams
        of the confidence with their data where there were decisions.
    progress
        Told (sentences encoded, in all, paragraph), then (questions done, in all, id).

    Returns
    -------
    dict
        Counts, each measure by name (``None`` where no question bears on it),
        ``intervals`` with the bounds of each by the same name.
    """
    decide = not all(question.answerable for question in squad.questions)
    judged = []
    with temporary_assistant(squad.paragraphs, encoder, progress) as assistant:
        for done, question in enumerate(squad.questions, 1):
            judged.append(judge_squad(assistant, question, decide))
            if progress:
                progress(done, len(squad.questions), question.id)
        summary = {
            "gold": squad.name,
            "format": "squad",
            "index": assistant.generation,
            "articles": squad.articles,
            "paragraphs": len(squad.paragraphs),
            "misplaced_answers": len(squad.misplaced),
            "skipped_questions": len(squad.skipped),
            **summarise_squad(judged),
        }
    if report:
        _write(report, summary, squad, judged)
    return summary


def summarise_squad(judged: Sequence[JudgedSquad]) -> dict[str, Any]:
    """Give counts, measures and intervals over judged questions."""
    drawn_by, cluster = _drawing(judged)
    able = [one for one in judged if one.asked.answerable]
    values: dict[str, list[float]] = {
        "sentence_hit@1": [float(one.inside_right) for one in able],
        "open_sentence_hit@1": [float(one.anywhere_right) for one in able],
        **{
            f"open_paragraph_recall@{k}": [hit_at_k(one.relevance, k) for one in able]
            for k in DEPTHS
        },
        "exact_match": [one.exact_match for one in able],
        "f1": [one.f1 for one in able],
    }
    clusters = [cluster(one) for one in able]
    estimates: dict[str, Estimate] = {
        name: mean_estimate(those, clusters) for name, those in values.items()
    }
    decisions = _decisions(judged)
    if decisions:
        decided = [cluster(one) for one in judged if one.answer]
        estimates |= abstention_estimates(decisions, decided)
        estimates |= calibration_estimates(decisions, decided)
    return {
        "questions": len(judged),
        "answerable": len(able),
        "unanswerable": len(judged) - len(able),
        "drawn_by": drawn_by,
        **with_intervals(estimates),
        **(calibration_facts(decisions) if decisions else {}),
    }


def _decisions(judged: Sequence[JudgedSquad]) -> list[Decision]:
    return [
        Decision(
            one.answer.status == "answered",
            one.answer.confidence,
            one.asked.answerable,
            one.inside_right,
        )
        for one in judged
        if one.answer
    ]


def _drawing(judged: Sequence[JudgedSquad]) -> tuple[str, Callable[[JudgedSquad], str]]:
    """Choose what is drawn for intervals: the widest thing of which there are several."""
    if len({one.asked.article for one in judged}) > 1:
        return "article", lambda one: one.asked.article
    if len({one.asked.paragraph for one in judged}) > 1:
        return "paragraph", lambda one: one.asked.paragraph
    return "question", lambda one: one.asked.id


def _write(
    report: Path, summary: dict[str, Any], squad: SquadSet, judged: Sequence[JudgedSquad]
) -> None:
    titles = {document.id: document.title for document in squad.paragraphs}
    results = [{**_result(one), "title": titles[one.asked.paragraph]} for one in judged]
    decisions = _decisions(judged)
    page = calibration_page() if decisions else ()
    write_report(report, summary, results, (*page, *_details(squad, judged)))
    if decisions:
        write_calibration(report, summary, decisions)
    able = [one for one in judged if one.asked.answerable]
    write_trec(
        {one.asked.id: one.ranking for one in able},
        {one.asked.id: {one.asked.paragraph: 1} for one in able},
        report / RUN,
        report / QRELS,
    )


def _result(one: JudgedSquad) -> dict[str, Any]:
    asked, answer = one.asked, one.answer
    decision = {
        "status": answer.status if answer else None,
        "reason": answer.reason.code if answer and answer.reason else None,
        "confidence": round(answer.confidence, 4) if answer else None,
    }
    found = {
        "expected": one.expected,
        "predicted": one.predicted,
        "exact_match": one.exact_match,
        "f1": round(one.f1, 4),
        "sentence": _sentence(one.inside, one.inside_right),
        "open_sentence": _sentence(one.anywhere, one.anywhere_right),
        "paragraph_rank": first_rank(one.relevance),
    }
    return {
        "id": asked.id,
        "q": asked.question,
        "document": asked.paragraph,
        "answerable": asked.answerable,
        **(decision if answer else {}),
        **(found if asked.answerable else {}),
    }


def _sentence(quote: Quote | None, right: bool) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "right": right,
    }


def _details(squad: SquadSet, judged: Sequence[JudgedSquad]) -> Iterator[str]:
    """Give what the file does not tell well, then what went wrong."""
    if squad.misplaced:
        yield from bullets("score_misplaced_list", [cell(name) for name in squad.misplaced])
    wrong = [one for one in judged if one.asked.answerable and not one.inside_right]
    yield from bullets("score_wrong_sentence", [_failure(one) for one in wrong])
    decided = [(one, one.answer.status == "answered") for one in judged if one.answer]
    if decided:
        refused = [one for one, answered in decided if one.asked.answerable and not answered]
        invented = [one for one, answered in decided if answered and not one.asked.answerable]
        yield from bullets("score_refused", [_failure(one) for one in refused])
        yield from bullets("score_invented", [_failure(one) for one in invented])


def _failure(one: JudgedSquad) -> str:
    answered = one.answer.quotes[:1] if one.answer else ()
    quote = next(iter(answered), one.inside)
    return message(
        "score_failure_squad",
        id=cell(one.asked.id),
        question=cell(one.asked.question),
        quote=cell(quote.text) if quote else message("score_none"),
        expected=cell(" / ".join(one.expected)) or "–",
    )
