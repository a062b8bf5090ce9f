"""The layers of a BERT as the exported graphs hold them.

Two things differ from the trained model, neither in what is computed: attention is one
operator of the runtime, and a feed-forward part is cut in two. A few of its units give
values many times larger than all others, so that one scale over all of them, as int8 has
it, would leave little for the rest; they go their own way, in floating point (after
Dettmers et al., "LLM.int8()", 2022, arXiv 2208.07339).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

# Units of a feed-forward part that stay in floating point. With none the cosine to the float32
# model falls to 0.997; 4 and 16 keep 0.999.
UNITS_APART = 16
HEADS = 12


class Attention(torch.autograd.Function):
    """Attention over all tokens of one text, (1, tokens, dim) each; one operator when exported."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        def apart(states: Tensor) -> Tensor:
            return states.view(*states.shape[:2], HEADS, -1).transpose(1, 2)

        mixed = functional.scaled_dot_product_attention(apart(query), apart(key), apart(value))
        return mixed.transpose(1, 2).reshape(query.shape)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        made = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        return made.setType(query.type())


class FeedForward(nn.Module):
    """The feed-forward part of a BERT's layer, cut into most of its units and a few."""

    def __init__(self, layer: Any, apart: int) -> None:
        super().__init__()
        opening, closing = layer.intermediate.dense, layer.output.dense
        # How far a unit can go: what it takes in has the length of the norm before it.
        reach = (opening.weight.detach() * layer.attention.output.LayerNorm.weight).norm(dim=1)
        order = reach.argsort(descending=True)
        few, most = order[:apart].sort().values, order[apart:].sort().values
        self.most_in, self.most_out = _rows(opening, most), _columns(closing, most)
        self.few_in, self.few_out = _rows(opening, few), _columns(closing, few)
        self.few_out.bias = None

    def forward(self, states: Tensor) -> Tensor:
        most: Tensor = self.most_out(functional.gelu(self.most_in(states)))
        few: Tensor = self.few_out(functional.gelu(self.few_in(states)))
        return most + few


class Layers(nn.Module):
    """The layers of a BERT over the states of one text, (1, tokens, dim)."""

    def __init__(self, layers: nn.ModuleList, apart: int = UNITS_APART) -> None:
        super().__init__()
        self.layers, self.apart = layers, apart
        self.feed_forward = nn.ModuleList(FeedForward(layer, apart) for layer in layers)

    def forward(self, states: Tensor) -> Tensor:
        for layer, feed_forward in zip(self.layers, self.feed_forward, strict=True):
            own, output = layer.attention.self, layer.attention.output
            mixed = Attention.apply(own.query(states), own.key(states), own.value(states))
            states = output.LayerNorm(output.dense(mixed) + states)
            states = layer.output.LayerNorm(feed_forward(states) + states)
        return states


def _rows(linear: nn.Linear, chosen: Tensor) -> nn.Linear:
    return _linear(linear.weight.detach()[chosen], linear.bias.detach()[chosen])


def _columns(linear: nn.Linear, chosen: Tensor) -> nn.Linear:
    return _linear(linear.weight.detach()[:, chosen], linear.bias.detach())


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight, made.bias = nn.Parameter(weight.clone()), nn.Parameter(bias.clone())
    return made
