"""A warm question on the seeds and the child-protection articles of the code, end to end.

    python benchmarks/latency.py --data FOLDER [--threads 2]

Asks every question of the tuning half once in a row, after ten to warm up, and prints
median, quartiles and 95th percentile of the whole and of its two parts.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from aseqa.ask import Assistant
from aseqa.embed import load_encoder
from aseqa.gold import read_gold
from aseqa.ingest import index_paths
from aseqa.settings import shipped_seeds

WARM_UP = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    encoder = load_encoder(threads=options.threads)
    with tempfile.TemporaryDirectory() as folder:
        report = index_paths(
            [shipped_seeds(), options.data / "casf-ase-2020"], Path(folder), encoder
        )
        print(f"{report.documents} documents, {report.sentences} phrases\n")
        with Assistant.open(folder, encoder, options.threads) as assistant:
            questions = [g.question for g in read_gold(shipped_seeds() / "gold" / "tuning.jsonl")]
            for question in questions[:WARM_UP]:
                assistant.ask(question)
            timed = [assistant.ask(question).timings_ms for question in questions]
    print("| ms | p50 | quartiles | p95 |")
    print("|---|---|---|---|")
    for name in ("retrieve", "read", "total"):
        low, middle, high, far = np.percentile([t[name] for t in timed], (25, 50, 75, 95))
        print(f"| {name} | {middle:.0f} | {low:.0f}–{high:.0f} | {far:.0f} |")


if __name__ == "__main__":
    main()
