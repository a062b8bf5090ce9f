"""Where a pass of the encoder goes, and what other ways to write its graph cost and lose.

    python benchmarks/encoder_profile.py --data FOLDER [--graphs FILE …]

Every graph is written from the base model, in the ways of ``WAYS``; those of ``--graphs`` come
beside them, as the encoder of an older commit (``git show COMMIT:embeddings/models/encoder.onnx``).
Time: one thread, texts of three lengths, all graphs by turns; medians, and the ratio to the first.
Agreement with the base model in float32, over sentences of PIAF's development articles under
their titles: mean cosine, and how many of a sentence's ten nearest are the same. Shares of the
time by operator: onnxruntime's own profile, of the first graph and of the shipped one. Needs the
packages of ``pip install 'aseqa[training]'``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from aseqa.embed import MAX_TOKENS
from aseqa.onnx_model import load_tokenizer, word_embeddings
from aseqa.sentences import split_sentences
from aseqa.squad import read_squad

TRAINING = Path(__file__).resolve().parents[1] / "embeddings" / "training"
MODELS = TRAINING.parent / "models"
sys.path.insert(0, str(TRAINING))

from base_model import load_base  # noqa: E402
from onnx_export import UNFUSED, EncoderGraph, export, fuse  # noqa: E402
from onnx_layers import HEADS, Layers  # noqa: E402

LENGTHS = (30, 80, 170)
SHIPPED = "livré"


class WholeFeedForward(nn.Module):
    """A feed-forward part in one piece: no unit goes its own way."""

    def __init__(self, layer: Any) -> None:
        super().__init__()
        self.opening, self.closing = layer.intermediate.dense, layer.output.dense

    def forward(self, states: Tensor) -> Tensor:
        closed: Tensor = self.closing(nn.functional.gelu(self.opening(states)))
        return closed


class OpenAttention(Layers):
    """The same layers, attention being written out in plain operators."""

    def forward(self, states: Tensor) -> Tensor:
        for layer, feed_forward in zip(self.layers, self.feed_forward, strict=True):
            own, output = layer.attention.self, layer.attention.output
            query, key, value = (
                part(states).view(*states.shape[:2], HEADS, -1).transpose(1, 2)
                for part in (own.query, own.key, own.value)
            )
            weights = (query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5).softmax(-1)
            mixed = (weights @ value).transpose(1, 2).reshape(states.shape)
            states = output.LayerNorm(output.dense(mixed) + states)
            states = layer.output.LayerNorm(feed_forward(states) + states)
        return states


def open_whole(layers: nn.ModuleList) -> Layers:
    made = OpenAttention(layers)
    made.feed_forward = nn.ModuleList(WholeFeedForward(layer) for layer in layers)
    return made


# How the layers are written, and the rules of onnxruntime that do not apply.
WAYS: dict[str, tuple[Any, Sequence[str]]] = {
    "tout en int8, attention ouverte": (open_whole, ()),
    "quatre unités à part, attention ouverte": (lambda layers: OpenAttention(layers, 4), ()),
    "seize unités à part, attention ouverte": (OpenAttention, ()),
    "… et normalisation non fusionnée": (OpenAttention, UNFUSED),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--graphs", type=Path, nargs="*", default=[])
    parser.add_argument("--sentences", type=int, default=600)
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--out", type=Path, default=Path("build/encoder-profile.json"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    texts = sentences(options.data / "piaf" / "piaf-v1.1.json", options.sentences)
    exact = base_vectors(texts)
    record: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        graphs = {path.name: Path(folder) / path.name for path in options.graphs}
        for path in options.graphs:
            fuse(path, graphs[path.name], ())
        graphs.update(written(Path(folder)))
        sessions = {name: session(path) for name, path in graphs.items()}
        for name, running in sessions.items():
            record[name] = {"ms": {}, **agreement(running, texts, exact)}
        for length in LENGTHS:
            for name, ms in timed(sessions, length, options.repeat).items():
                record[name]["ms"][length] = ms
        for name in dict.fromkeys((next(iter(graphs)), SHIPPED)):
            record[name]["shares"] = profile(graphs[name], Path(folder))
    options.out.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    told(record)


def sentences(path: Path, count: int) -> list[list[int]]:
    """Piece numbers of sentences under their titles, picked at random with a fixed seed."""
    split = json.loads((TRAINING / "piaf-split.json").read_text(encoding="utf-8"))
    texts = [
        f"passage: {one.title} {one.text[at.start : at.end]}"
        for one in read_squad(path, split["dev"]).paragraphs
        for at in split_sentences(one.text, 0, len(one.text))
    ]
    tokenizer = load_tokenizer()
    chosen = random.Random(1).sample(texts, min(count, len(texts)))
    return [tokenizer.encode(text).ids[:MAX_TOKENS] for text in chosen]


@torch.no_grad()
def base_vectors(texts: list[list[int]]) -> Any:
    bert = load_base()
    states = [bert(inputs_embeds=torch.from_numpy(word_embeddings(t))[None])[0] for t in texts]
    return nn.functional.normalize(torch.cat([one.mean(1) for one in states])).numpy()


def written(folder: Path) -> dict[str, Path]:
    """Write a graph for each way; the shipped one comes last."""
    graphs = {}
    for number, (name, (make, unfused)) in enumerate(WAYS.items()):
        graph = EncoderGraph(load_base())
        graph.layers = make(graph.layers.layers)
        graphs[name] = folder / f"{number}.onnx"
        export(graph, graphs[name], unfused)
    return {**graphs, SHIPPED: MODELS / "encoder.onnx"}


def session(path: Path, profiled: Path | None = None) -> Any:
    """Open a graph as the product does."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    if profiled:
        options.enable_profiling = True
        options.profile_file_prefix = str(profiled)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(running: Any, pieces: list[int]) -> Any:
    return running.run(None, {"words": word_embeddings(pieces)[None]})[0][0]


def agreement(running: Any, texts: list[list[int]], exact: Any) -> dict[str, float]:
    found = np.array([run(running, text) for text in texts])
    near, same = neighbours(exact), neighbours(found)
    shared = [len(set(a) & set(b)) / len(a) for a, b in zip(near, same, strict=True)]
    return {"cosine": float((found * exact).sum(axis=1).mean()), "shared": float(np.mean(shared))}


def neighbours(vectors: Any) -> Any:
    """The ten nearest of each, itself left out."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    return np.argsort(-likeness, axis=1)[:, :10].tolist()


def timed(sessions: dict[str, Any], length: int, repeat: int) -> dict[str, float]:
    """Median milliseconds of CPU of a pass over ``length`` pieces, by turns."""
    pieces = np.random.default_rng(length).integers(4, 20_000, length).tolist()
    times: dict[str, list[float]] = {name: [] for name in sessions}
    for _ in range(repeat):
        for name, running in sessions.items():
            started = time.process_time()
            run(running, pieces)
            times[name].append(1000 * (time.process_time() - started))
    return {name: float(np.median(those)) for name, those in times.items()}


def profile(path: Path, folder: Path) -> dict[str, float]:
    """Share of the time of each kind of operator over fifty passes of 80 pieces."""
    running = session(path, folder / "profile")
    for _ in range(50):
        run(running, list(range(4, 84)))
    told = json.loads(Path(running.end_profiling()).read_text(encoding="utf-8"))
    spent: Counter[str] = Counter()
    for one in told:
        if one["cat"] == "Node" and one["name"].endswith("_kernel_time"):
            spent[one["args"]["op_name"]] += one["dur"]
    return {name: share / spent.total() for name, share in spent.most_common(8)}


def told(record: dict[str, Any]) -> None:
    first = next(iter(record.values()))["ms"]
    lengths = " | ".join(f"{n} morceaux, ms" for n in LENGTHS)
    print(f"| graphe | {lengths} | cosinus | voisins communs |")
    print("|---|" + "---|" * (len(LENGTHS) + 2))
    for name, one in record.items():
        times = (f"{one['ms'][n]:.1f} ({first[n] / one['ms'][n]:.2f} ×)" for n in LENGTHS)
        print(f"| {name} | {' | '.join(times)} | {one['cosine']:.4f} | {one['shared']:.3f} |")
    for name, one in record.items():
        if "shares" in one:
            print(
                f"{name} : " + ", ".join(f"{k} {100 * v:.0f} %" for k, v in one["shares"].items())
            )


if __name__ == "__main__":
    main()
