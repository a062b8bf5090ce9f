"""What each part of retrieval finds by itself, before anything is read closely.

    python benchmarks/baselines.py --data FOLDER

Encoder alone, BM25 alone and their fusion, on the test articles of PIAF, on the questions
put to the CNIL (there the whole paragraph is the answer: paragraphs only) and on the
reporting half of the gold questions. All rows of a table come from one run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from aseqa.ask import Assistant
from aseqa.embed import load_encoder
from aseqa.fuse import ranked, reciprocal_rank_fusion
from aseqa.gold import read_gold
from aseqa.index import Ids
from aseqa.lookup import StoredSentence
from aseqa.measures import bootstrap_interval
from aseqa.question import Question, understand
from aseqa.retrieve import CONTEXT_WEIGHT, DEPTH, Retriever
from aseqa.settings import default_index, shipped_seeds
from aseqa.squad import SquadQuestion, SquadSet, read_squad
from aseqa.temporary_index import temporary_assistant

SPLIT = Path(__file__).resolve().parents[1] / "embeddings" / "training" / "piaf-split.json"
Rank = Callable[[Question, Ids | None], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--index", type=Path, default=default_index())
    options = parser.parse_args()
    test = json.loads(SPLIT.read_text(encoding="utf-8"))["test"]
    squad_table(
        "PIAF, articles de test", read_squad(options.data / "piaf" / "piaf-v1.1.json", test)
    )
    squad_table(
        "CNIL",
        read_squad(options.data / "cnil-faq" / "cnil_squad_2021-07-08.json"),
        sentences=False,
    )
    gold_table(options.index, shipped_seeds() / "gold" / "reporting.jsonl")


def rankings(retriever: Retriever) -> dict[str, Rank]:
    """Three ways to rank the sentences of one index; each gives ids, best first."""

    def cosines(asked: Question, allowed: Ids | None) -> dict[int, float]:
        vector = retriever.encoder.encode_queries([asked.text])[0]
        return dict(retriever.engine.dense.search(vector, DEPTH, allowed))

    def bm25(asked: Question, allowed: Ids | None) -> dict[int, float]:
        ids = None if allowed is None else allowed.tolist()
        return dict(retriever.engine.lexical.search(asked.weights, DEPTH, CONTEXT_WEIGHT, ids))

    def order(run: dict[int, float]) -> list[int]:
        return [item for item, _ in ranked(run)]

    return {
        "encodeur seul": lambda q, a: order(cosines(q, a)),
        "BM25 seul": lambda q, a: order(bm25(q, a)),
        "fusion": lambda q, a: [
            item for item, _ in reciprocal_rank_fusion([cosines(q, a), bm25(q, a)], [1.0, 1.0])
        ],
    }


def squad_table(name: str, squad: SquadSet, sentences: bool = True) -> None:
    asked = [question for question in squad.questions if question.answerable]
    print(f"\n{name} : {len(asked)} questions, {len(squad.paragraphs)} paragraphes\n")
    print("| | phrase, dans le paragraphe | phrase, partout | paragraphe @1 | @5 | @10 |")
    print("|---|---|---|---|---|---|", flush=True)
    with temporary_assistant(squad.paragraphs, load_encoder()) as assistant:
        lookup = assistant.lookup
        rows = {r.id: r for d in lookup.document_names() for r in lookup.document_sentences(d)}
        own = {
            d: np.array([r.id for r in lookup.document_sentences(d)], np.int64)
            for d in lookup.document_names()
        }
        understood = [understand(question.question) for question in asked]
        for way, rank in rankings(assistant.chain.retriever).items():
            figures: dict[str, list[float]] = {k: [] for k in ("in", "out", "1", "5", "10")}
            for question, analysed in zip(asked, understood, strict=True):
                everywhere = rank(analysed, None)
                homes = list(dict.fromkeys(rows[i].document for i in everywhere))
                for k in (1, 5, 10):
                    figures[str(k)].append(float(question.paragraph in homes[:k]))
                if sentences:
                    inside = rank(analysed, own[question.paragraph])
                    figures["in"].append(holds(question, rows, inside))
                    figures["out"].append(holds(question, rows, everywhere))
            print(f"| {way} | {' | '.join(map(shown, figures.values()))} |", flush=True)


def holds(question: SquadQuestion, rows: dict[int, StoredSentence], order: list[int]) -> float:
    """1 when the first sentence of a ranking holds an answer."""
    best = [rows[i] for i in order[:1]]
    return float(any(question.is_right(r.document, r.sentence.start, r.sentence.end) for r in best))


def gold_table(index: Path, gold: Path) -> None:
    questions = [item for item in read_gold(gold) if item.answerable]
    print(f"\n{gold.name} : {len(questions)} questions avec réponse\n")
    print("| | phrase @1 | @3 | @10 | passage @5 | @20 |")
    print("|---|---|---|---|---|---|", flush=True)
    with Assistant.open(index) as assistant:
        lookup = assistant.lookup
        rows = {r.id: r for d in lookup.document_names() for r in lookup.document_sentences(d)}
        passages = {p.id: p for p in lookup.passages(sorted({r.passage for r in rows.values()}))}
        for way, rank in rankings(assistant.chain.retriever).items():
            figures: dict[str, list[float]] = {k: [] for k in ("1", "3", "10", "p5", "p20")}
            for item in questions:
                order = rank(understand(item.question), None)
                right = [item.is_right(rows[i].document, rows[i].sentence.text) for i in order]
                homes = list(dict.fromkeys(rows[i].passage for i in order))
                held = [
                    item.is_right(passages[p].document, passages[p].passage.text) for p in homes
                ]
                for k in (1, 3, 10):
                    figures[str(k)].append(float(any(right[:k])))
                for k in (5, 20):
                    figures[f"p{k}"].append(float(any(held[:k])))
            print(f"| {way} | {' | '.join(map(shown, figures.values()))} |", flush=True)


def shown(values: Sequence[float]) -> str:
    """The mean and its 95 % bootstrap interval."""
    if not values:
        return "–"
    array = np.array(values)
    low, high = bootstrap_interval(len(array), lambda drawn: float(array[drawn].mean()))
    return f"{array.mean():.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
