"""How fast documents go in, and how much of the time the encoder takes.

    python benchmarks/indexing.py FOLDER… [--repeat 3]

The folders (default: the shipped corpus) are indexed from nothing, several times; the
median run is told, with the lowest and the highest rate.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from aseqa.embed import Encoder, Vectors, load_encoder
from aseqa.ingest import index_paths
from aseqa.settings import shipped_seeds


class Timed:
    """An encoder that tells how long it was at work, in seconds."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dim, self._encoder, self.seconds = encoder.name, encoder.dim, encoder, 0.0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        started = time.perf_counter()
        found = self._encoder.encode_passages(texts)
        self.seconds += time.perf_counter() - started
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[shipped_seeds()])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    encoder = load_encoder(threads=options.threads)
    encoder.encode_passages(["Une phrase pour s'échauffer."])
    rows = sorted(measured(options.folders, encoder) for _ in range(options.repeat))
    seconds, passages, sentences, share = rows[len(rows) // 2]
    print("| documents lus en | passages par seconde | phrases par seconde | part de l'encodeur |")
    print("|---|---|---|---|")
    rates = sorted(count / spent for spent, count, _, _ in rows)
    print(
        f"| {seconds:.1f} s | {passages / seconds:.1f} [{rates[0]:.1f}, {rates[-1]:.1f}]"
        f" | {sentences / seconds:.1f} | {100 * share:.0f} % |"
    )


def measured(folders: Sequence[Path], encoder: Encoder) -> tuple[float, int, int, float]:
    """Seconds, passages, sentences, and the encoder's share of the seconds."""
    timed = Timed(encoder)
    with tempfile.TemporaryDirectory(prefix="aseqa-") as index:
        started = time.perf_counter()
        report = index_paths(list(folders), Path(index) / "index", timed)
        spent = time.perf_counter() - started
    return spent, report.passages, report.sentences, timed.seconds / spent


if __name__ == "__main__":
    main()
