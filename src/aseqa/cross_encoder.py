"""The cross-encoder: reads a question with a sentence in its context, marks the answer's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aseqa.onnx_model import Floats, OnnxModel, load_tokenizer
from aseqa.pairs import Context, Pair, encode_pairs

MAX_ANSWER_TOKENS = 30


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """What the model says of a sentence: the log-odds that it answers, and with which words.

    ``start`` and ``end`` count characters of the sentence, half open.
    """

    score: float
    start: int
    end: int


class CrossEncoder:
    """The shipped model; its card, with the command that made it, lies beside the weights."""

    def __init__(self, threads: int) -> None:
        self._model = OnnxModel("reader.onnx", threads)

    def read(self, question: str, contexts: Sequence[Context]) -> list[SentenceScore]:
        """Score sentences, each read alone with the question."""
        pairs = encode_pairs(load_tokenizer(), question, contexts)
        outputs = self._model.run([pair.ids for pair in pairs], list(map(masks_of, pairs)))
        return [
            _scored(pair, float(odds), spans)
            for pair, (odds, spans) in zip(pairs, outputs, strict=True)
        ]


def masks_of(pair: Pair) -> dict[str, Floats]:
    """Tell for each piece of a pair whether it asks, may be met, and answers, as 0 or 1."""
    place = np.arange(len(pair.ids))
    asked = place < pair.told
    sentence = (place >= pair.first) & (place < pair.last)
    header = (place >= pair.told) & (place < pair.header)
    masks = {"asked": asked, "met": header | sentence, "sentence": sentence}
    return {name: mask.astype(np.float32) for name, mask in masks.items()}


def _scored(pair: Pair, odds: float, spans: NDArray[np.float32]) -> SentenceScore:
    """Join the odds with the best span; ``spans`` has the shape (pieces, 2)."""
    if not pair.offsets:
        return SentenceScore(odds, 0, 0)
    own = spans[pair.first : pair.last]
    first, last = best_span(own[:, 0], own[:, 1])
    return SentenceScore(odds, pair.offsets[first][0], pair.offsets[last][1])


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int]:
    """Give the first and last token of the most likely answer, at most 30 tokens long.

    Examples
    --------
    >>> best_span(np.array([0.0, 2.0, 0.0]), np.array([3.0, 0.0, 1.0]))
    (1, 2)
    """
    sums = starts[:, None] + ends[None, :]
    tokens = np.arange(len(starts))
    length = tokens[None, :] - tokens[:, None]
    sums = np.where((length >= 0) & (length < MAX_ANSWER_TOKENS), sums, -np.inf)
    first, last = divmod(int(np.argmax(sums)), len(starts))
    return first, last
