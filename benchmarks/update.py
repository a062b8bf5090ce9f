"""What an update costs: one file added to many, one changed, one gone, and the way back.

    python benchmarks/update.py [--documents 10000] [--out build/update.json]

The vectors come from a stand-in that costs nothing, so that what is left is reading,
writing and the derived indexes; the sentences that are encoded are counted.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.embed import Vectors, check_vectors
from aseqa.ingest import index_paths, roll_back

DIM = 384
WORDS = (
    "enfant foyer juge département famille accueil mineur protection placement assistant éducateur"
    " mesure service place budget rapport loi décret majeur contrat signalement danger"
).split()


class StandIn:
    """Vectors drawn from a text's own characters; it counts the texts."""

    name, dim = "essai", DIM

    def __init__(self) -> None:
        self.encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        seeds = [hash(text) & 0xFFFFFFFF for text in texts]
        rows = [np.random.default_rng(seed).normal(size=DIM) for seed in seeds]
        return check_vectors(np.array(rows), len(texts), DIM)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=Path("build/update.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aseqa-") as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        corpus.mkdir()
        for number in range(options.documents):
            write(corpus, number)
        encoder = StandIn()

        def update() -> object:
            return index_paths([corpus], index, encoder)

        rows = {f"{options.documents} documents": measured(update, encoder)}
        rows["rien de changé"] = measured(update, encoder)
        write(corpus, options.documents)
        rows["un document ajouté"] = measured(update, encoder)
        write(corpus, 7, salt=1)
        rows["un document changé"] = measured(update, encoder)
        (corpus / "note-00008.txt").unlink()
        rows["un document retiré"] = measured(update, encoder)
        rows["retour à l'état d'avant"] = measured(lambda: roll_back(index), encoder)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    print("| | secondes | Mo écrits | phrases encodées |")
    print("|---|---|---|---|")
    for name, row in rows.items():
        print(f"| {name} | {row['seconds']:.1f} | {row['megabytes']:.1f} | {row['encoded']} |")


def write(corpus: Path, number: int, salt: int = 0) -> None:
    """Write a note of six sentences."""
    random = np.random.default_rng((number, salt))
    sentences = [" ".join(random.choice(WORDS, 12)).capitalize() + "." for _ in range(6)]
    text = f"Note {number}\n\n{' '.join(sentences)}\n"
    (corpus / f"note-{number:05}.txt").write_text(text, encoding="utf-8")


def measured(run: Callable[[], object], encoder: StandIn) -> dict[str, Any]:
    encoder.encoded, written, started = 0, bytes_written(), time.perf_counter()
    run()
    return {
        "seconds": time.perf_counter() - started,
        "megabytes": (bytes_written() - written) / 1e6,
        "encoded": encoder.encoded,
    }


def bytes_written() -> int:
    """What this process has written so far, as Linux counts it; 0 elsewhere."""
    counters = Path("/proc/self/io")
    if not counters.exists():
        return 0
    fields = dict(line.split(": ") for line in counters.read_text().splitlines())
    return int(fields["wchar"])


if __name__ == "__main__":
    main()
