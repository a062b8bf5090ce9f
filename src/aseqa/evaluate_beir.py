"""A BEIR collection searched query by query, over an index of its own documents.

Each document is indexed and cut as any other; its rank is that of the first of
its passages in what retrieval finds (filter, dense and lexical search, fused),
before anything is read or decided. The reader looks at sentences, hence has no say
in a ranking of documents.

The measures, over the queries that have a relevant document: ``ndcg@10`` with the
grades of the judgements, ``mrr@10`` and ``recall@5/10/100`` with every grade above 0
as relevant; intervals are drawn by query. Both searches go as deep as they do for
anybody (100 sentences each), so that long documents leave fewer than 100 in the
ranking: ``recall@100`` is then that of all that was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.beir import BeirSet
from aseqa.embed import Encoder
from aseqa.estimates import mean_estimate, with_intervals
from aseqa.judge import distinct_documents
from aseqa.measures import first_rank, ndcg_at_k, recall_at_k, reciprocal_rank
from aseqa.scorecard import bullets, cell, write_report
from aseqa.temporary_index import temporary_assistant
from aseqa.trec import QRELS, RUN, write_trec

Progress = Callable[[float, int, str], None]
TOP = 10
RECALLS = (5, 10, 100)
# All sentences that either of the two searches finds: two lists of 100.
PASSAGES = 200


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query, the documents found for it, best first, and the grades of those judged."""

    id: str
    query: str
    ranking: tuple[str, ...]
    grades: Mapping[str, int]

    @property
    def relevance(self) -> list[bool]:
        return [self.grades.get(document, 0) > 0 for document in self.ranking]

    def measures(self) -> dict[str, float]:
        """Give the measures of this query by name."""
        gains = [self.grades.get(document, 0) for document in self.ranking]
        relevant = sum(grade > 0 for grade in self.grades.values())
        return {
            f"ndcg@{TOP}": ndcg_at_k(gains, list(self.grades.values()), TOP),
            f"mrr@{TOP}": reciprocal_rank(self.relevance, TOP),
            **{f"recall@{k}": recall_at_k(self.relevance, relevant, k) for k in RECALLS},
        }


def evaluate_beir(
    beir: BeirSet,
    encoder: Encoder,
    report: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Index the documents of a BEIR collection in a temporary folder and search it.

    Parameters
    ----------
    report
        A folder for ``results.jsonl``, ``summary.json``, ``summary.md``, and the
        rankings as ``run.trec`` with their ``qrels.trec``.
    progress
        Told (sentences encoded, in all, document), then (queries done, in all, id).

    Returns
    -------
    dict
        Counts, each measure by name, ``intervals`` with the bounds of each by the
        same name.
    """
    judged = []
    with temporary_assistant(beir.documents, encoder, progress) as assistant:
        for done, (name, query) in enumerate(beir.queries.items(), 1):
            ranking = distinct_documents(assistant.passages(query, k=PASSAGES))
            judged.append(JudgedQuery(name, query, ranking, beir.qrels[name]))
            if progress:
                progress(done, len(beir.queries), name)
        summary = {
            "gold": beir.name,
            "format": "beir",
            "index": assistant.generation,
            "qrels": beir.split,
            "documents": len(beir.documents),
            "unjudged_queries": beir.unjudged,
            **summarise_beir(judged),
        }
    if report:
        write_report(report, summary, map(_result, judged), _details(judged))
        rankings = {one.id: one.ranking for one in judged}
        write_trec(rankings, beir.qrels, report / RUN, report / QRELS)
    return summary


def summarise_beir(judged: Sequence[JudgedQuery]) -> dict[str, Any]:
    """Give counts, measures and intervals over judged queries, of which there is one or more."""
    by_query = [one.measures() for one in judged]
    return {
        "questions": len(judged),
        "judgements": sum(len(one.grades) for one in judged),
        **with_intervals(
            {name: mean_estimate([values[name] for values in by_query]) for name in by_query[0]}
        ),
    }


def _result(one: JudgedQuery) -> dict[str, Any]:
    return {
        "id": one.id,
        "q": one.query,
        **{name: round(value, 4) for name, value in one.measures().items()},
        "right_rank": first_rank(one.relevance),
        "found": len(one.ranking),
        "documents": [
            {"document": document, "grade": one.grades.get(document)}
            for document in one.ranking[:TOP]
        ],
    }


def _details(judged: Sequence[JudgedQuery]) -> Iterator[str]:
    missed = [one for one in judged if not any(one.relevance[:TOP])]
    lines = [f"{cell(one.id)} : {cell(one.query)}" for one in missed]
    yield from bullets("score_missed", lines)
