"""Write a reader whose weights lie between those of two exported ones.

    python embeddings/training/average_readers.py BASE TUNED --share 0.5 [--out reader.onnx]

``TUNED`` is ``BASE`` trained further on texts of one sort: on that line its gain there stays,
and most of what it lost elsewhere comes back (Wortsman et al., "Robust fine-tuning of zero-shot
models", CVPR 2022). ``--share`` is the part of ``TUNED``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from base_model import load_base
from exported_reader import load_exported
from onnx_export import ReaderGraph, export
from reader_model import ReaderModel
from scipy.optimize import linear_sum_assignment
from torch import Tensor
from torch.nn.functional import normalize

MODELS = Path(__file__).resolve().parents[1] / "models"
UNITS = "intermediate.dense.weight"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("tuned", type=Path)
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--out", type=Path, default=MODELS / "reader.onnx")
    options = parser.parse_args()
    model = ReaderModel(load_base())
    base = dict(load_exported(options.base, ReaderModel(load_base())).state_dict())
    tuned = dict(load_exported(options.tuned, model).state_dict())
    model.load_state_dict(average(base, tuned, options.share))
    export(ReaderGraph(model), options.out)


def average(base: dict[str, Tensor], tuned: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Give ``(1 - share) * base + share * tuned``, the units of ``base`` in the order of ``tuned``.

    An export puts the units of a feed-forward part in an order of its own; those that are most
    alike are taken for the same (Kuhn, "The Hungarian method", 1955).
    """
    placed = dict(base)
    for name in [name for name in tuned if name.endswith(UNITS)]:
        likeness = normalize(tuned[name], dim=1) @ normalize(base[name], dim=1).T
        order = linear_sum_assignment(likeness.numpy(), maximize=True)[1]
        layer = name.removesuffix(UNITS)
        for part in (name, f"{layer}intermediate.dense.bias"):
            placed[part] = base[part][order]
        placed[f"{layer}output.dense.weight"] = base[f"{layer}output.dense.weight"][:, order]
    return {name: placed[name].lerp(weight, share) for name, weight in tuned.items()}


if __name__ == "__main__":
    main()
