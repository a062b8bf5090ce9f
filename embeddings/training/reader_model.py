"""The reader: a cross-encoder over a question and a sentence in its context.

A pair goes through all layers together (Nogueira and Cho, 2019, arXiv 1901.04085). Its
score starts from what the base model already knows: how well each token of the question
is met by the nearest token of the sentence or its heading (MaxSim: Khattab and Zaharia,
"ColBERT", SIGIR 2020), here over states that have seen each other. A linear head over the
mean states is added to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from aseqa.pairs import Pair

HEADS = 12
# Log-odds of the base model's MaxSim, by eye from its means on right and wrong sentences.
SCALE, ZERO = 80.0, 0.935


class ReaderModel(nn.Module):
    """A BERT whose word embeddings are looked up outside, and the heads.

    ``first_trained``: layers below it, and the embeddings, stay as they are.
    """

    def __init__(self, bert: Any, first_trained: int = 0) -> None:
        super().__init__()
        self.register_buffer("positions", bert.embeddings.position_embeddings.weight.detach())
        self.register_buffer("kind", bert.embeddings.token_type_embeddings.weight[0].detach())
        self.norm = bert.embeddings.LayerNorm
        self.layers = nn.ModuleList(bert.encoder.layer)
        self.first_trained = first_trained
        size = bert.config.hidden_size
        self.likeness = nn.Parameter(torch.tensor([1.0, 0.0]))
        self.register_buffer("scale", torch.tensor(SCALE))
        self.register_buffer("zero", torch.tensor(ZERO))
        self.score = nn.Linear(2 * size, 1)
        self.span = nn.Linear(size, 2)
        nn.init.zeros_(self.score.weight)
        nn.init.zeros_(self.score.bias)
        nn.init.normal_(self.span.weight, std=0.02)
        for still in (self.norm, *self.layers[:first_trained]):
            still.requires_grad_(False)

    def states(self, words: Tensor, places: Tensor, flat: Tensor, held: Tensor) -> Tensor:
        """Run packed tokens through the layers; gives them padded, (pairs, longest, dim).

        ``words`` (tokens, dim) are the word embeddings of all pairs one after the other,
        ``places`` (tokens,) their positions in the pair, ``flat`` (tokens,) their rows in the
        padded form; ``held`` (pairs, longest) tells where that has a token.
        """
        found = self.norm(words + self.positions[places] + self.kind)
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= self.first_trained):
                found = run_layer(layer, found, flat, held)
        return pad(found, flat, held)

    def heads(
        self, states: Tensor, asked: Tensor, told: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Log-odds that the sentence answers, (pairs,), and span logits, (pairs, tokens, 2).

        ``states`` (pairs, tokens, dim); the masks (pairs, tokens) are 1 on the question, on
        heading and sentence, and on the sentence.
        """
        unit = functional.normalize(states, dim=-1)
        likeness = unit @ unit.transpose(1, 2) + (told[:, None, :] - 1.0) * 4.0
        met = (likeness.max(-1).values * asked).sum(1) / asked.sum(1)
        question, answer = mean_state(states, asked), mean_state(states, sentence)
        score = self.score(torch.cat([answer, answer * question], dim=-1)).squeeze(-1)
        known = self.scale * (met - self.zero) * self.likeness[0] + self.likeness[1]
        return score + known, self.span(states)

    def forward(self, words: Tensor, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor]:
        """Read pairs whose word embeddings, one after the other, are ``words``."""
        lengths = torch.tensor([len(pair.ids) for pair in pairs])
        place = torch.arange(int(lengths.max())).expand(len(pairs), -1)
        held = place < lengths[:, None]
        flat = held.reshape(-1).nonzero().squeeze(-1)
        states = self.states(words, place[held], flat, held)
        told, header, first, last = torch.tensor(
            [[p.told, p.header, p.first, p.last] for p in pairs]
        ).T[:, :, None]
        sentence = (place >= first) & (place < last)
        met = sentence | ((place >= told) & (place < header))
        return self.heads(states, (place < told).float(), met.float(), sentence.float())


def pad(packed: Tensor, flat: Tensor, held: Tensor) -> Tensor:
    empty = packed.new_zeros(held.numel(), packed.shape[-1])
    return empty.index_copy(0, flat, packed).view(*held.shape, -1)


def run_layer(layer: Any, found: Tensor, flat: Tensor, held: Tensor) -> Tensor:
    """One layer of a BERT over packed tokens: only attention sees the padded form."""
    own = layer.attention.self

    def apart(projection: nn.Linear) -> Tensor:
        padded = pad(projection(found), flat, held)
        return padded.view(*held.shape, HEADS, -1).transpose(1, 2)

    mixed = functional.scaled_dot_product_attention(
        apart(own.query), apart(own.key), apart(own.value), attn_mask=held[:, None, None, :]
    )
    packed = mixed.transpose(1, 2).reshape(held.numel(), -1).index_select(0, flat)
    output = layer.attention.output
    found = output.LayerNorm(output.dense(packed) + found)
    inner = functional.gelu(layer.intermediate.dense(found))
    closed: Tensor = layer.output.LayerNorm(layer.output.dense(inner) + found)
    return closed


def mean_state(states: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.unsqueeze(-1)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)
