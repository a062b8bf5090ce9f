"""BM25 at size: tantivy, as the product uses it, beside bm25s, on the same terms.

    python benchmarks/lexical_engines.py --data FOLDER [--texts FOLDER]… [--sizes 10000 …]
        [--repeat 300] [--out build/lexical_engines.json]

Real sentences first, made ones after them (see `_large_corpus.py`). Quality: PIAF's
questions whose answer stands in one of the sentences; the share of them of which that
sentence is the first found, or among the first ten. Both engines have the product's terms,
k1 = 1.2 and b = 0.75; all in one run, a question after the other. Times are computing
times, of all threads: other work on the machine changes them little.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from _large_corpus import add_options, fillers, load_words, piaf_questions

from aseqa.lexical import LexicalIndex
from aseqa.sentences import split_sentences
from aseqa.text import terms

DEPTH = 100
Found = list[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One engine at one size; ``p50_ms`` with the quartiles around it."""

    size: int
    engine: str
    index_s: float
    bytes_each: float
    p50_ms: float
    low_ms: float
    high_ms: float
    p95_ms: float
    r_1: float
    r_10: float
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=300)
    parser.add_argument("--engines", nargs="+", choices=sorted(ENGINES), default=sorted(ENGINES))
    parser.add_argument("--out", type=Path, default=Path("build/lexical_engines.json"))
    options = parser.parse_args()
    corpus = load_words(options)
    found = fillers(corpus, max(options.sizes), options.seed)
    sentences = [sentence for filler in found for sentence in filler.sentences]
    asked = answered_by(options.data, sentences[: min(options.sizes)])
    print(f"{len(corpus.vectors)} phrases réelles, {len(asked)} questions\n")
    print("| phrases | moteur | index, s | octets par phrase | p50, ms | p95 | R@1 | R@10 | Mo |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = []
    for size in sorted(options.sizes):
        for engine in options.engines:
            rows.append(measured(engine, sentences[:size], asked, options.repeat))
            print(told(rows[-1]), flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")


def answered_by(data: Path, sentences: Sequence[str]) -> list[tuple[str, int]]:
    """Give PIAF's questions, each with the number of the sentence that holds its answer."""
    numbers = {sentence: number for number, sentence in enumerate(sentences)}
    found = []
    for one in piaf_questions(data):
        context, place = one["context"], one["answers"][0]["answer_start"]
        for bounds in split_sentences(context, 0, len(context)):
            if bounds.start <= place < bounds.end:
                sentence = " ".join(context[bounds.start : bounds.end].split())
                if sentence in numbers:
                    found.append((one["question"], numbers[sentence]))
    return found


def tantivy(sentences: Sequence[str], folder: Path) -> Callable[[list[str]], Found]:
    index = LexicalIndex(folder)
    index.add((number, terms(text), ()) for number, text in enumerate(sentences))
    return lambda words: [i for i, _ in index.search(dict.fromkeys(words, 1.0), DEPTH)]


def bm25s(sentences: Sequence[str], folder: Path) -> Callable[[list[str]], Found]:
    import bm25s as library

    vocabulary: dict[str, int] = {}
    numbers = [[vocabulary.setdefault(w, len(vocabulary)) for w in terms(s)] for s in sentences]
    made = library.BM25(k1=1.2, b=0.75, method="lucene")
    made.index((numbers, vocabulary), show_progress=False)
    made.save(str(folder))
    index = library.BM25.load(str(folder), mmap=True)

    def search(words: list[str]) -> Found:
        known = [word for word in dict.fromkeys(words) if word in vocabulary]
        if not known:
            return []
        found, scores = index.retrieve([known], k=DEPTH, show_progress=False, n_threads=0)
        return [int(i) for i, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


ENGINES = {"tantivy": tantivy, "bm25s": bm25s}


def measured(
    engine: str, sentences: Sequence[str], asked: Sequence[tuple[str, int]], repeat: int
) -> Row:
    with tempfile.TemporaryDirectory(prefix="aseqa-") as name:
        started = time.process_time()
        search = ENGINES[engine](sentences, Path(name))
        index_s = time.process_time() - started
        size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
        questions = [(terms(question), gold) for question, gold in asked]
        ranks = [_rank(search(words), gold) for words, gold in questions]
        times = []
        for words, _ in islice(questions, repeat):
            started = time.process_time()
            search(words)
            times.append(1000 * (time.process_time() - started))
    low, middle, high, far = np.percentile(times, (25, 50, 75, 95)).tolist()
    return Row(
        len(sentences), engine, index_s, size / len(sentences), middle, low, high, far,
        float(np.mean([rank == 0 for rank in ranks])),
        float(np.mean([rank < 10 for rank in ranks])),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    )  # fmt: skip


def _rank(found: Found, gold: int) -> int:
    return found.index(gold) if gold in found else DEPTH


def told(row: Row) -> str:
    return (
        f"| {row.size} | {row.engine} | {row.index_s:.0f} | {row.bytes_each:.0f}"
        f" | {row.p50_ms:.1f} [{row.low_ms:.1f}–{row.high_ms:.1f}] | {row.p95_ms:.1f}"
        f" | {row.r_1:.3f} | {row.r_10:.3f} | {row.peak_mb:.0f} |"
    )


if __name__ == "__main__":
    main()
