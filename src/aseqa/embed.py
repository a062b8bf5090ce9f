"""Sentence encoders: the shipped one, and any sentence-transformers model by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aseqa.errors import BackendMissing, BadSettings
from aseqa.messages import message
from aseqa.onnx_model import OnnxModel, load_tokenizer

DEFAULT_ENCODER = "e5-small-fr"
MAX_TOKENS = 512

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors, queries and passages each in their own way.

    Both methods give float32 in C order, of shape ``(len(texts), dim)``, each
    row of length 1.
    """

    name: str
    dim: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


class ShippedEncoder:
    """multilingual-e5-small in int8 with a French vocabulary, run by onnxruntime.

    The model is that of Wang et al. (2024, arXiv 2402.05672); its card, with the
    command that made it, lies beside the weights. A text has one vector, whatever
    it is encoded with.
    """

    dim = 384

    def __init__(self, threads: int) -> None:
        self.name = DEFAULT_ENCODER
        self._model = OnnxModel("encoder.onnx", threads)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode("query: ", texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode("passage: ", texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        tokenizer = load_tokenizer()
        encoded = tokenizer.encode_batch([prefix + text.replace("\0", " ") for text in texts])
        # Cut before the closing piece, which stays.
        ids = [found.ids[:-1][: MAX_TOKENS - 1] + found.ids[-1:] for found in encoded]
        outputs = self._model.run(ids)
        return check_vectors([vector for (vector,) in outputs], len(texts), self.dim)


class SentenceTransformersEncoder:
    """Any model that sentence-transformers loads (Reimers and Gurevych, 2019, arXiv 1908.10084)."""

    def __init__(self, name: str, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self.name = name
        self._model: Any = SentenceTransformer(name, device=None)
        # Models of the e5 family need prefixes that not all of their folders declare.
        if "e5" in Path(name).name.lower() and not any(self._model.prompts.values()):
            self._model.prompts = {"query": "query: ", "document": "passage: "}
        self.dim = int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._checked(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._checked(self._model.encode_document, texts)

    def _checked(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return check_vectors(vectors, len(texts), self.dim)


def check_vectors(vectors: Any, count: int, dim: int) -> Vectors:
    """Give ``vectors`` as float32 unit rows in C order of shape ``(count, dim)``.

    Raises
    ------
    ValueError
        When the shape is another one or a row has no length: the encoder is broken.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1, dim)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if rows.shape != (count, dim) or not np.all(np.isfinite(lengths)) or np.any(lengths == 0):
        raise ValueError(f"encoder gave {rows.shape} for {count} texts, or a vector without length")
    unit: Vectors = rows / lengths
    return unit


def load_encoder(name: str = DEFAULT_ENCODER, threads: int = 2) -> Encoder:
    """Load the encoder called ``name``: the shipped one, a model's name or a model's folder.

    Raises
    ------
    BackendMissing
        When the library or the model is not there.
    BadSettings
        When the folder is not a whole model.
    """
    if name == DEFAULT_ENCODER:
        return ShippedEncoder(threads)
    _check_folder(name)
    try:
        return SentenceTransformersEncoder(name, threads)
    except ImportError as error:
        raise BackendMissing(message("encoder_library_missing", model=name)) from error
    except (OSError, ValueError) as error:
        raise BackendMissing(message("encoder_not_found", model=name, fault=error)) from error


def _check_folder(name: str) -> None:
    """Refuse a folder without tokenizer: it would load silently and give wrong vectors."""
    folder = Path(name)
    if folder.is_dir() and not any(folder.rglob("tokenizer.json")):
        raise BadSettings(message("encoder_without_tokenizer", folder=folder))
