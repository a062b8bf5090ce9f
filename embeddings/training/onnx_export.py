"""Write the models as quantised ONNX graphs, their word embeddings left out and shared.

The lower graph takes the word embeddings of one text instead of piece numbers: they are
looked up in one table, which keeps the base model's own blocks of four bits (Q4_0):
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
from torch import Tensor, nn

OPSET = 17
DIM = 384
UPPER_LAYERS = 4  # above those that encoder and reader share


class LowerGraph(nn.Module):
    """The word embeddings of one text to the states below the upper layers."""

    inputs, outputs = ("words",), ("states",)

    def __init__(self, bert: Any, upper: int = UPPER_LAYERS) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = nn.ModuleList(bert.encoder.layer[:-upper])

    def forward(self, words: Tensor) -> Tensor:
        return run_layers(self.layers, self.embeddings(inputs_embeds=words))

    def example(self) -> tuple[Tensor, ...]:
        return (torch.randn(1, 9, DIM),)


class EncoderGraph(nn.Module):
    """The lower states of one text to its unit vector: the mean of the last states."""

    inputs, outputs = ("states",), ("vector",)

    def __init__(self, bert: Any, upper: int = UPPER_LAYERS) -> None:
        super().__init__()
        self.layers = nn.ModuleList(bert.encoder.layer[-upper:])

    def forward(self, states: Tensor) -> Tensor:
        return nn.functional.normalize(run_layers(self.layers, states).mean(1), dim=-1)

    def example(self) -> tuple[Tensor, ...]:
        return (torch.randn(1, 9, DIM),)


def run_layers(layers: nn.ModuleList, states: Tensor) -> Tensor:
    for layer in layers:
        found = layer(states)
        states = found[0] if isinstance(found, tuple) else found
    return states


def export(graph: Any, path: Path) -> None:
    """Write ``graph`` to ``path`` with quantised matrices, activations quantised at run time.

    All matrices are in int8 a channel but those that close a feed-forward part: what they
    take in has outliers, which int8 keeps badly. They stay in the base model's blocks of
    four bits, whose activations are quantised by the block.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    graph = copy.deepcopy(graph).eval()
    axes = {name: {1: f"{name}_tokens"} for name in (*graph.inputs, "states")}
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
    """Put matrices in blocks of four bits for the remaining products of floats; in place."""
    from onnx import helper, numpy_helper

    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in closing_matrices(model):
        tensor = tensors[node.input[1]]
        matrix = numpy_helper.to_array(tensor)
        nibbles, scales = blocks_of(matrix.T)
        names = [f"{tensor.name}_blocks", f"{tensor.name}_scales"]
        for array, name in zip((nibbles, scales), names, strict=True):
            model.graph.initializer.append(numpy_helper.from_array(array, name))
        made = helper.make_node(
            "MatMulNBits",
            [node.input[0], *names],
            node.output,
            name=node.name,
            domain="com.microsoft",
            K=matrix.shape[0],
            N=matrix.shape[1],
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,
        )
        place = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        model.graph.node.insert(place, made)
        model.graph.initializer.remove(tensor)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def blocks_of(rows: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Rows to blocks Q4_0, as the runtime wants them: neighbours share a byte, low half first.

    Exact for weights that come from such blocks: the largest of a block is its scale times -8.
    """
    blocks = rows.reshape(rows.shape[0], -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = (largest / -8).astype(np.float32)
    steps = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
    values = np.clip(np.round(steps) + 8, 0, 15).astype(np.uint8)
    return values[..., 0::2] | (values[..., 1::2] << 4), scales.reshape(-1)


def save_table(kept: list[int], path: Path) -> None:
    """Write the word embeddings of the ``kept`` pieces as their blocks of four bits.

    The array has the shape (pieces, bytes), 18 bytes a block: a scale in half
    precision, and 32 weights of four bits, minus 8.
    """
    sizes, raw = read_weights(weights_file(), only="emb.word")
    blocks = np.frombuffer(raw["emb.word"], BLOCK_DTYPE).reshape(sizes["vocabulary"], -1)
    np.save(path, np.ascontiguousarray(blocks[kept]).view(np.uint8).reshape(len(kept), -1))
