"""Take the weights of an exported reader up again, to train it further.

Its int8 matrices come back as floating-point ones. The units of a feed-forward part stand in
another order than in the base model, those kept apart last: what is computed is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_model import ReaderModel
from torch import Tensor, nn


def load_exported(path: Path, model: ReaderModel) -> ReaderModel:
    """Give ``model`` the weights of the graph at ``path``.

    Raises
    ------
    KeyError
        When the graph lacks one of them.
    """
    import onnx

    graph = onnx.load(path).graph
    held = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name.removeprefix("reader."): torch.tensor(value) for name, value in held.items()}
    matrices = dict(_matrices(graph, held))
    taken = {f"{name}.weight": matrices[f"reader.{name}"] for name in ("score", "span")}
    taken["likeness"] = torch.stack([found[name] for name in _likeness(graph)])
    for number, layer in enumerate(model.layers):
        taken |= _layer(number, layer, matrices, found)
    model.load_state_dict(taken | {n: found[n] for n in model.state_dict() if n not in taken})
    return model


def _matrices(graph: Any, held: dict[str, Any]) -> Iterator[tuple[str, Tensor]]:
    """Name each matrix, (outputs, inputs), after the bias added to it, or its place."""
    for node in graph.node:
        if "MatMul" not in node.op_type:
            continue
        weight = next((name for name in node.input if name in held), None)
        if weight is None:
            continue
        bias = [n.removesuffix(".bias") for n in node.input if n.endswith(".bias")]
        place = node.output[0].removeprefix("/").removesuffix("/MatMul_output_0").replace("/", ".")
        matrix = held[weight].astype(np.float32)
        if weight.endswith("_quantized"):
            stem = weight.removesuffix("_quantized")
            zero = held[f"{stem}_zero_point"].astype(np.float32)
            matrix = (matrix - zero) * held[f"{stem}_scale"]
            place = stem.removesuffix(".weight")
        yield (bias or [place])[0], torch.tensor(matrix.T.copy())


def _likeness(graph: Any) -> list[str]:
    """Name the two scalars that turn the likeness into log-odds, in their order."""
    return [
        name
        for kind in ("Mul", "Add")
        for node in graph.node
        if node.op_type == kind
        for name in node.input
        if name.startswith(f"onnx::{kind}_")
    ]


def _layer(
    number: int, layer: nn.Module, matrices: dict[str, Tensor], found: dict[str, Tensor]
) -> dict[str, Tensor]:
    """Give the matrices of a layer, and the biases of its feed-forward part."""
    own, parts = f"layers.{number}", f"layers.feed_forward.{number}"
    taken = {
        f"{own}.{name}.weight": matrices[f"reader.{own}.{name}"]
        for name, part in layer.named_modules()
        if isinstance(part, nn.Linear) and name.startswith("attention")
    }
    opening = [matrices[f"{parts}.most_in"], matrices[f"{parts}.few_in"]]
    closing = [matrices[f"{parts}.most_out"], matrices[f"{parts}.few_out"]]
    biases = [found[f"{parts}.most_in.bias"], found[f"{parts}.few_in.bias"]]
    return taken | {
        f"{own}.intermediate.dense.weight": torch.cat(opening),
        f"{own}.intermediate.dense.bias": torch.cat(biases),
        f"{own}.output.dense.weight": torch.cat(closing, dim=1),
        f"{own}.output.dense.bias": found[f"{parts}.most_out.bias"],
    }
