"""Write the shipped models: tokenizer, table of words, encoder, reader.

    python embeddings/training/export_models.py --piaf piaf-v1.1.json --casf casf-ase-2020

The vocabulary keeps the pieces that French words, PIAF's training articles and the code
use; the share of tokens that other texts lose by it is printed. The reader is written when
``train_reader.py`` has left a checkpoint in ``--work``: it is trained on the other files,
so that this runs before the training and after it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from base_model import (
    base_tokenizer,
    changed_share,
    kept_pieces,
    load_base,
    trim_model,
    trim_tokenizer,
)
from onnx_export import EncoderGraph, ReaderGraph, export, save_table
from reader_data import read_casf, read_piaf
from reader_model import ReaderModel

MODELS = Path(__file__).resolve().parents[1] / "models"
SEEDS = MODELS.parents[1] / "seeds"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--piaf", type=Path, required=True)
    parser.add_argument("--casf", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--check", type=Path, nargs="*", default=[], help="SQuAD files to count")
    options = parser.parse_args()
    unseen = {"seeds": [p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.txt"))]}
    for path in options.check:
        squad = json.loads(path.read_text(encoding="utf-8"))["data"]
        unseen[path.stem] = [p["context"] for article in squad for p in article["paragraphs"]]
    export_encoder(options.piaf, options.casf, options.out, unseen)
    checkpoint = options.work / "checkpoint.pt"
    if checkpoint.exists():
        export_reader(checkpoint, options.out)
    for path in sorted(options.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.name}")


def export_encoder(piaf: Path, casf: Path, out: Path, unseen: dict[str, list[str]]) -> None:
    """Write what does not depend on the training."""
    texts, examples = read_piaf(piaf, "train")
    texts += read_casf(casf)
    tokenizer = base_tokenizer()
    kept = kept_pieces(tokenizer, [t.text for t in texts] + [e.question for e in examples])
    trimmed = trim_tokenizer(tokenizer, kept)
    trimmed.save(str(out / "tokenizer.json"), pretty=False)
    print(f"{len(kept)} pieces")
    for name, others in unseen.items():
        print(f"tokens changed, {name}: {changed_share(tokenizer, trimmed, others):.4%}")
    save_table(kept, out / "words.npy")
    bert = trim_model(load_base(), kept)
    export(EncoderGraph(bert), out / "encoder.onnx")


def export_reader(checkpoint: Path, out: Path) -> None:
    saved = torch.load(checkpoint, weights_only=True)
    model = ReaderModel(load_base())
    model.load_state_dict(saved["model"])
    export(ReaderGraph(model), out / "reader.onnx")
    print(f"reader of step {saved['step']}")


if __name__ == "__main__":
    main()
