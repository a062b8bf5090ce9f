"""The shipped models: ONNX graphs in int8 over one tokenizer and one table of words.

Each text goes through alone: activations are quantised by the range of what is in the
pass, so that a text beside others would get another vector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@cache
def load_tokenizer() -> Any:
    """Load the tokenizer that both models use, a ``tokenizers.Tokenizer``."""
    from tokenizers import Tokenizer

    text = files("aseqa_models").joinpath("tokenizer.json").read_text(encoding="utf-8")
    return Tokenizer.from_str(text)


@cache
def _word_blocks() -> NDArray[Any]:
    """Load the word embeddings as blocks Q4_0, of shape (pieces, blocks)."""
    with as_file(files("aseqa_models").joinpath("words.npy")) as path:
        blocks: NDArray[Any] = np.load(path, allow_pickle=False).view(_BLOCK)
        return blocks


def word_embeddings(ids: Sequence[int]) -> Floats:
    """Give the word embeddings of piece numbers, of shape ``(len(ids), dim)``.

    A block holds 32 weights: the low halves of its bytes, then the high halves,
    each minus 8 and times the block's scale.
    """
    blocks = _word_blocks()[np.asarray(ids, np.int64)]
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8.0
    scaled: Floats = weights * blocks["scale"].astype(np.float32)[..., None]
    return scaled.reshape(len(ids), -1)


class OnnxModel:
    """One graph; its inputs and outputs have a first axis of length 1."""

    def __init__(self, name: str, threads: int) -> None:
        import onnxruntime

        self._threads = threads
        options = onnxruntime.SessionOptions()
        # A pass keeps to one thread; several texts go through at once.
        options.intra_op_num_threads = 1
        # The graphs were fused when they were written (see onnx_export.py).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        with as_file(files("aseqa_models").joinpath(name)) as path:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )

    def run(
        self, texts: Sequence[Sequence[int]], beside: Sequence[Mapping[str, Floats]] = ()
    ) -> list[list[Floats]]:
        """Run each text, piece numbers, with the other inputs of each; gives their outputs.

        Longest first, so that the threads end together.
        """
        others = beside or [{}] * len(texts)
        if len(texts) < 2 or self._threads == 1:
            return list(map(self._pass, texts, others))
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        with ThreadPoolExecutor(self._threads) as pool:
            found = pool.map(self._pass, (texts[i] for i in order), (others[i] for i in order))
            outputs = dict(zip(order, found, strict=True))
        return [outputs[i] for i in range(len(texts))]

    def _pass(self, pieces: Sequence[int], others: Mapping[str, Floats]) -> list[Floats]:
        feed = {"words": word_embeddings(pieces), **others}
        outputs = self._session.run(None, {name: value[None] for name, value in feed.items()})
        return [output[0] for output in outputs]
