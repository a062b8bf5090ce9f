"""Which unit to index, and how to fuse: right sentence and right passage on a gold file.

    python benchmarks/retrieval.py [--gold seeds/gold/tuning.jsonl] [--index DIR]

All rows come from one run over one index. A sentence row ranks sentences; a
passage is found when one of its sentences is. Rows that embed something else
than the index holds encode it anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aseqa.derived import open_indexes
from aseqa.embed import Encoder, Vectors, load_encoder
from aseqa.fuse import ranked, reciprocal_rank_fusion
from aseqa.gold import GoldQuestion, read_gold
from aseqa.index import FaissIndex
from aseqa.lexical import LexicalIndex
from aseqa.lookup import Lookup, StoredPassage, StoredSentence
from aseqa.question import Question, understand
from aseqa.retrieve import CONTEXT_WEIGHT
from aseqa.settings import default_index, shipped_seeds
from aseqa.store import Store

Run = dict[int, float]
Retrieve = Callable[[int], Run]


@dataclass(frozen=True)
class Bench:
    """The questions with their vectors, and what they are asked of."""

    gold: list[GoldQuestion]
    asked: list[Question]
    queries: Vectors
    sentences: dict[int, StoredSentence]
    passages: dict[int, StoredPassage]
    dense: FaissIndex
    lexical: LexicalIndex
    encoder: Encoder
    lookup: Lookup

    def cosines(self, number: int) -> Run:
        return dict(self.dense.search(self.queries[number], len(self.sentences)))

    def bm25(self, number: int, expanded: bool = True, context: float = CONTEXT_WEIGHT) -> Run:
        question = self.asked[number]
        weights = {t: w for t, w in question.weights.items() if expanded or w == 1.0}
        return dict(self.lexical.search(weights, len(self.sentences), context))

    def fused(self, number: int, k: int = 60, lexical: float = 1.0, context: float = 0.5) -> Run:
        runs = [self.cosines(number), self.bm25(number, context=context)]
        return dict(reciprocal_rank_fusion(runs, [1.0, lexical], k))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--gold", type=Path, default=shipped_seeds() / "gold" / "tuning.jsonl")
    options = parser.parse_args()
    bench = open_bench(options.index, options.gold)
    print(f"{options.gold.name} : {len(bench.gold)} questions avec réponse\n")
    print("| ce qui est classé | phrase @1 | @3 | @10 | passage @5 | @20 |")
    print("|---|---|---|---|---|---|")
    for name, retrieve in rows(bench):
        print(
            f"| {name} | {' | '.join(f'{v:.3f}' for v in figures(bench, retrieve))} |", flush=True
        )


def rows(bench: Bench) -> list[tuple[str, Retrieve]]:
    texts = contexts(bench.lookup)
    units = {
        "dense, phrase seule": [sentence for sentence, _, _ in texts],
        "dense, phrase avec celle d'avant et celle d'après": [window for _, window, _ in texts],
        "dense, titre et section, phrase": [titled for _, _, titled in texts],
    }
    ids = list(bench.sentences)
    made = [(name, anew(bench, ids, text)) for name, text in units.items()]
    return [
        *made,
        ("dense, passage entier de 600 caractères", passage_run(bench)),
        ("**dense, en-tête complet, phrase**", bench.cosines),
        ("BM25, mots de la question", lambda n: bench.bm25(n, expanded=False, context=0.0)),
        ("BM25, avec le thésaurus", lambda n: bench.bm25(n, context=0.0)),
        ("BM25, avec le thésaurus et l'entourage", bench.bm25),
        ("**fusion, k = 60**", bench.fused),
        ("fusion, k = 30", lambda n: bench.fused(n, k=30)),
        ("fusion, k = 10", lambda n: bench.fused(n, k=10)),
        ("fusion, k = 60, BM25 compté pour moitié", lambda n: bench.fused(n, lexical=0.5)),
        ("fusion, k = 60, sans l'entourage", lambda n: bench.fused(n, context=0.0)),
    ]


def open_bench(index: Path, gold: Path) -> Bench:
    store = Store.open(index)
    lookup = Lookup(store)
    dense, lexical = open_indexes(index, store.generation, lookup)
    encoder = load_encoder(store.fact("encoder"))
    questions = [item for item in read_gold(gold) if item.answerable]
    rows = [row for name in lookup.document_names() for row in lookup.document_sentences(name)]
    numbers = list(dict.fromkeys(row.passage for row in rows))
    return Bench(
        questions,
        [understand(item.question) for item in questions],
        encoder.encode_queries([item.question for item in questions]),
        {row.id: row for row in rows},
        {row.id: row for row in lookup.passages(numbers)},
        dense,
        lexical,
        encoder,
        lookup,
    )


def contexts(lookup: Lookup) -> list[tuple[str, str, str]]:
    """Give each sentence alone, in its window of three, and behind its title and section."""
    found = []
    for name in lookup.document_names():
        document = lookup.document(name)
        texts = [row.sentence.text for row in lookup.document_sentences(name)]
        for position, row in enumerate(lookup.document_sentences(name)):
            window = " ".join(texts[max(0, position - 1) : position + 2])
            section = document.sections[row.sentence.section].name
            titled = f"{document.title}. {section}. {row.sentence.text}"
            found.append((row.sentence.text, window, titled))
    return found


def anew(bench: Bench, ids: Sequence[int], texts: Sequence[str]) -> Retrieve:
    vectors = bench.encoder.encode_passages(texts)
    return lambda n: dict(zip(ids, (vectors @ bench.queries[n]).tolist(), strict=True))


def passage_run(bench: Bench) -> Retrieve:
    """Score each sentence as its whole passage; sentences of a passage tie."""
    ids = list(bench.passages)
    vectors = bench.encoder.encode_passages([p.passage.text for p in bench.passages.values()])

    def retrieve(number: int) -> Run:
        scores = dict(zip(ids, (vectors @ bench.queries[number]).tolist(), strict=True))
        return {i: scores[row.passage] for i, row in bench.sentences.items()}

    return retrieve


def figures(bench: Bench, retrieve: Retrieve) -> list[float]:
    sentences, passages = [], []
    for number, item in enumerate(bench.gold):
        order = [i for i, _ in ranked(retrieve(number))]
        right = [
            item.is_right(bench.sentences[i].document, bench.sentences[i].sentence.text)
            for i in order
        ]
        homes = list(dict.fromkeys(bench.sentences[i].passage for i in order))
        found = [
            item.is_right(bench.passages[i].document, bench.passages[i].passage.text) for i in homes
        ]
        sentences.append([any(right[:k]) for k in (1, 3, 10)])
        passages.append([any(found[:k]) for k in (5, 20)])
    return [*np.mean(sentences, axis=0).tolist(), *np.mean(passages, axis=0).tolist()]


if __name__ == "__main__":
    main()
