"""Write the models as quantised ONNX graphs, their word embeddings left out and shared.

A graph takes the word embeddings of one text instead of piece numbers: encoder and reader
look them up in one table, which keeps the base model's own blocks of four bits (Q4_0):
nothing is lost and it is half the size of int8.
"""

from __future__ import annotations

import copy
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from base_model import BLOCK_DTYPE, read_weights, weights_file
from onnx_layers import Layers
from reader_model import ReaderModel
from torch import Tensor, nn

OPSET = 17
DIM = 384
# The fused operator is slower than its parts (onnxruntime 1.31, on a CPU).
UNFUSED = ("SkipLayerNormFusion",)


class EncoderGraph(nn.Module):
    """The word embeddings of one text to its unit vector: the mean of the last states."""

    inputs, outputs = ("words",), ("vector",)

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.embeddings, self.layers = bert.embeddings, Layers(bert.encoder.layer)

    def forward(self, words: Tensor) -> Tensor:
        states = self.layers(self.embeddings(inputs_embeds=words))
        return nn.functional.normalize(states.mean(1), dim=-1)

    def example(self) -> tuple[Tensor, ...]:
        return (torch.randn(1, 9, DIM),)


class ReaderGraph(nn.Module):
    """The word embeddings of one pair, and what its pieces are, to log-odds and span logits."""

    inputs, outputs = ("words", "asked", "met", "sentence"), ("odds", "spans")

    def __init__(self, reader: ReaderModel) -> None:
        super().__init__()
        self.reader, self.layers = reader, Layers(reader.layers)

    def forward(
        self, words: Tensor, asked: Tensor, met: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        reader = self.reader
        states = reader.norm(words + reader.positions[: words.shape[1]] + reader.kind)
        return reader.heads(self.layers(states), asked, met, sentence)

    def example(self) -> tuple[Tensor, ...]:
        masks = torch.tensor([[[0, 1, 1], [1, 0, 1], [1, 0, 0]]]).repeat(1, 1, 3).float()
        return (torch.randn(1, 9, DIM), *masks.unbind(1))


def export(graph: Any, path: Path, unfused: Sequence[str] = UNFUSED) -> None:
    """Write ``graph`` to ``path`` with quantised matrices, activations quantised at run time.

    All matrices are in int8 a channel, but those of the units that a feed-forward part keeps
    apart. Their values keep to seven bits: the products of two pairs then never exceed 16 bits,
    so that a processor without AVX-512 VNNI, which adds them with saturation, computes what
    others do. Operators are fused here, once, but by the ``unfused`` rules of onnxruntime: it would
    do so at every start, for longer than it takes to read the file.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    graph = copy.deepcopy(graph).eval()
    axes = {name: {1: "tokens"} for name in (*graph.inputs, "spans")}
    named = {*graph.inputs, *graph.outputs}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, ready, small = (
            Path(folder) / f"{name}.onnx" for name in ("whole", "ready", "small")
        )
        torch.onnx.export(
            graph,
            graph.example(),
            str(whole),
            input_names=list(graph.inputs),
            output_names=list(graph.outputs),
            dynamic_axes={name: axis for name, axis in axes.items() if name in named},
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(small),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=kept_apart(onnx.load(ready), graph.layers.apart),
        )
        fuse(small, path, unfused)


def fuse(graph: Path, path: Path, unfused: Sequence[str]) -> None:
    """Write what onnxruntime makes of ``graph`` on any processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(
        str(graph), options, ["CPUExecutionProvider"], disabled_optimizers=list(unfused)
    )


def kept_apart(model: Any, apart: int) -> list[str]:
    """Name the products by the matrices of ``apart`` units."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    return [node.name for node in products if apart in shapes.get(node.input[1], ())]


def save_table(kept: list[int], path: Path) -> None:
    """Write the word embeddings of the ``kept`` pieces as their blocks of four bits.

    The array has the shape (pieces, bytes), 18 bytes a block: a scale in half
    precision, and 32 weights of four bits, minus 8.
    """
    sizes, raw = read_weights(weights_file(), only="emb.word")
    blocks = np.frombuffer(raw["emb.word"], BLOCK_DTYPE).reshape(sizes["vocabulary"], -1)
    np.save(path, np.ascontiguousarray(blocks[kept]).view(np.uint8).reshape(len(kept), -1))
