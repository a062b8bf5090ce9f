"""The exported reader against the same weights in torch: speed and agreement, in one run.

    python benchmarks/reader_engine.py [--work build/reader] [--out build/reader-engine.json]

The reader's pass over a dozen candidates, int8 in onnxruntime against torch float32: the
medians of interleaved repetitions, with their quartiles; what counts is the ratio. The
encoder is measured by ``encoder.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from aseqa.ask import Assistant
from aseqa.cascade import chosen_to_read, context_of
from aseqa.cross_encoder import CrossEncoder
from aseqa.onnx_model import load_tokenizer, word_embeddings
from aseqa.pairs import encode_pairs
from aseqa.question import understand
from aseqa.ranker import load_ranker
from aseqa.settings import default_index

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "embeddings" / "training"))

from base_model import load_base
from reader_model import ReaderModel

QUESTIONS = (
    "Combien de mineurs sont victimes de prostitution ?",
    "Quelle loi interdit l'hébergement à l'hôtel ?",
    "Que propose le Gouvernement contre le proxénétisme ?",
    "Qui finance l'accueil des jeunes majeurs ?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("build/reader-engine.json"))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with Assistant.open(options.index) as assistant:
        row = measured(assistant, options)
    options.out.write_text(json.dumps(row, indent=1), encoding="utf-8")
    slow, fast = row["torch_ms"], row["int8_ms"]
    print("| torch fp32, ms | int8, ms | rapport | accord |")
    print("|---|---|---|---|")
    print(
        f"| {slow[1]:.0f} [{slow[0]:.0f}, {slow[2]:.0f}]"
        f" | {fast[1]:.0f} [{fast[0]:.0f}, {fast[2]:.0f}] | {slow[1] / fast[1]:.1f}"
        f" | {row['agreement']} |"
    )


def measured(assistant: Assistant, options: argparse.Namespace) -> dict[str, Any]:
    """A dozen candidates, one question after another."""
    model = ReaderModel(load_base())
    saved = torch.load(options.work / "checkpoint.pt", weights_only=True)
    model.load_state_dict(saved["model"])
    model.eval()
    shipped, tokenizer = CrossEncoder(options.threads), load_tokenizer()
    ranker = load_ranker(assistant.chain.statistics)
    tasks = []
    for question in QUESTIONS:
        asked = understand(question)
        rows, _ = chosen_to_read(asked, assistant.chain.hits(asked), assistant.lookup, ranker)
        tasks.append((question, [context_of(row, assistant.lookup) for row in rows]))

    @torch.no_grad()
    def slow() -> list[float]:
        scores: list[float] = []
        for question, contexts in tasks:
            pairs = encode_pairs(tokenizer, question, contexts)
            words = word_embeddings([piece for pair in pairs for piece in pair.ids])
            odds, _ = model(torch.from_numpy(words), pairs)
            scores += odds.tolist()
        return scores

    def fast() -> list[float]:
        return [
            one.score for question, contexts in tasks for one in shipped.read(question, contexts)
        ]

    slow_ms, fast_ms, first, second = interleaved(slow, fast, options.repeat)
    per = len(tasks)
    difference = np.abs(np.array(first) - np.array(second)).mean()
    correlation = np.corrcoef(first, second)[0, 1]
    return {
        "torch_ms": [t / per for t in slow_ms],
        "int8_ms": [t / per for t in fast_ms],
        "agreement": f"corrélation {correlation:.4f}, écart moyen {difference:.3f}",
    }


def interleaved(
    slow: Callable[[], Any], fast: Callable[[], Any], repeat: int
) -> tuple[list[float], list[float], Any, Any]:
    """Quartiles of both in milliseconds, by turns, and what each gives."""
    first, second = slow(), fast()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        for run, kept in zip((slow, fast), times, strict=True):
            started = time.perf_counter()
            run()
            kept.append(1000 * (time.perf_counter() - started))
    slow_ms, fast_ms = (np.percentile(kept, (25, 50, 75)).tolist() for kept in times)
    return slow_ms, fast_ms, first, second


if __name__ == "__main__":
    main()
