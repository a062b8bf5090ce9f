"""Write the models as quantised ONNX graphs, their word embeddings left out and shared.

A graph takes the word embeddings of one text instead of piece numbers: encoder and reader
look them up in one table, which keeps the base model's own blocks of four bits (Q4_0):
nothing is lost and it is half the size of int8.
"""

from __future__ import annotations

import copy
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from base_model import BLOCK, BLOCK_DTYPE, read_weights, weights_file
from numpy.typing import NDArray
from reader_model import ReaderModel
from torch import Tensor, nn

Floats = NDArray[np.float32]
OPSET = 17
DIM = 384


class EncoderGraph(nn.Module):
    """The word embeddings of one text to its unit vector: the mean of the last states."""

    inputs, outputs = ("words",), ("vector",)

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.embeddings, self.layers = bert.embeddings, bert.encoder.layer

    def forward(self, words: Tensor) -> Tensor:
        states = run_layers(self.layers, self.embeddings(inputs_embeds=words))
        return nn.functional.normalize(states.mean(1), dim=-1)

    def example(self) -> tuple[Tensor, ...]:
        return (torch.randn(1, 9, DIM),)


class ReaderGraph(nn.Module):
    """The word embeddings of one pair, and what its pieces are, to log-odds and span logits."""

    inputs, outputs = ("words", "asked", "met", "sentence"), ("odds", "spans")

    def __init__(self, reader: ReaderModel) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, words: Tensor, asked: Tensor, met: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        reader = self.reader
        states = reader.norm(words + reader.positions[: words.shape[1]] + reader.kind)
        return reader.heads(run_layers(reader.layers, states), asked, met, sentence)

    def example(self) -> tuple[Tensor, ...]:
        masks = torch.tensor([[[0, 1, 1], [1, 0, 1], [1, 0, 0]]]).repeat(1, 1, 3).float()
        return (torch.randn(1, 9, DIM), *masks.unbind(1))


def run_layers(layers: nn.ModuleList, states: Tensor) -> Tensor:
    for layer in layers:
        found = layer(states)
        states = found[0] if isinstance(found, tuple) else found
    return states


def export(graph: Any, path: Path) -> None:
    """Write ``graph`` to ``path`` with quantised matrices, activations quantised at run time.

    All matrices are in int8 a channel but those that close a feed-forward part: what they
    take in has outliers, which int8 keeps badly. They are in blocks, whose activations are
    quantised by the block: the base model's own of four bits, or of eight where trained.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    graph = copy.deepcopy(graph).eval()
    axes = {name: {1: "tokens"} for name in (*graph.inputs, "spans")}
    named = {*graph.inputs, *graph.outputs}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
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
        closing = [node.name for node in closing_matrices(onnx.load(ready))]
        quantize_dynamic(
            str(ready),
            str(path),
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=closing,
        )
        onnx.save(in_blocks(onnx.load(path)), path)


def closing_matrices(model: Any) -> list[Any]:
    """The products by a matrix with more rows than columns: the end of a feed-forward part."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    held = [(node, shapes.get(node.input[1], ())) for node in products]
    return [node for node, shape in held if len(shape) == 2 and shape[0] > shape[1]]


def in_blocks(model: Any) -> Any:
    """Put matrices in blocks of four or eight bits for the remaining products; in place."""
    from onnx import helper, numpy_helper

    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in closing_matrices(model):
        tensor = tensors[node.input[1]]
        matrix = numpy_helper.to_array(tensor)
        bits, packed, scales = blocks_of(matrix.T)
        names = [f"{tensor.name}_blocks", f"{tensor.name}_scales"]
        for array, name in zip((packed, scales), names, strict=True):
            model.graph.initializer.append(numpy_helper.from_array(array, name))
        made = helper.make_node(
            "MatMulNBits",
            [node.input[0], *names],
            node.output,
            name=node.name,
            domain="com.microsoft",
            K=matrix.shape[0],
            N=matrix.shape[1],
            bits=bits,
            block_size=BLOCK,
            accuracy_level=4,
        )
        place = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        model.graph.node.insert(place, made)
        model.graph.initializer.remove(tensor)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def blocks_of(rows: Floats) -> tuple[int, NDArray[np.uint8], Floats]:
    """Rows to blocks as the runtime wants them: bits a weight, packed weights, scales.

    Of four bits where that loses nothing, as for weights that come from blocks Q4_0 (the
    largest of a block is its scale times -8; neighbours share a byte, low half first).
    """
    blocks = rows.reshape(rows.shape[0], -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    for bits, half in ((4, 8), (8, 128)):
        scales = (largest / -half).astype(np.float32)
        steps = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
        values = np.clip(np.round(steps) + half, 0, 2 * half - 1).astype(np.uint8)
        if bits == 8 or np.allclose((values - float(half)) * scales, blocks, atol=1e-6):
            break
    packed = values[..., 0::2] | (values[..., 1::2] << 4) if bits == 4 else values
    return bits, packed, scales.reshape(-1)


def save_table(kept: list[int], path: Path) -> None:
    """Write the word embeddings of the ``kept`` pieces as their blocks of four bits.

    The array has the shape (pieces, bytes), 18 bytes a block: a scale in half
    precision, and 32 weights of four bits, minus 8.
    """
    sizes, raw = read_weights(weights_file(), only="emb.word")
    blocks = np.frombuffer(raw["emb.word"], BLOCK_DTYPE).reshape(sizes["vocabulary"], -1)
    np.save(path, np.ascontiguousarray(blocks[kept]).view(np.uint8).reshape(len(kept), -1))
