# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""GPT-2 that looks at a picture (ViT-GPT2's decoder), one word of every sentence at a time.

The same arithmetic as `GPT2LMHeadModel` with cross-attention (Radford et al. 2019), without what
is done over and over there: a picture's keys and values are made once per photo and never copied,
all sentences of a photo look at it in one go, and a beam that branches off copies nothing: keys
and values stay where they were written, and a mask says which of them a sentence descends from.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from phototagger.inference.decoding.matrices import MakeMatrix, Matrix

Norm = Any  # torch.nn.LayerNorm, which mypy sees as returning anything


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer's weights, by what they make."""

    before_words: Norm
    query_key_value: Matrix
    from_words: Matrix
    before_picture: Norm
    picture_query: Matrix
    picture_key_value: Matrix
    from_picture: Matrix
    before_inner: Norm
    inner: Matrix
    outer: Matrix


class Gpt2Decoder:
    """The network, and what it remembers of the sentences it is at.

    Sentences are numbered photo by photo: (photos, beams).
    """

    def __init__(self, decoder: Any, bridge: Any, make: MakeMatrix, make_large: MakeMatrix) -> None:
        """Take over the weights of a `GPT2LMHeadModel`.

        Args:
            decoder: the model.
            bridge: turns the encoder's states into the decoder's width, None where they agree.
            make: makes matrices of weights, for a step's few rows.
            make_large: the same for the many places of pictures.
        """
        network = decoder.transformer
        self._heads: int = decoder.config.n_head
        self._words, self._places = network.wte.weight, network.wpe.weight
        self._layers = [_layer(block, make, make_large) for block in network.h]
        self._last = network.ln_f
        self._head = make(decoder.lm_head.weight, decoder.lm_head.bias)
        self._bridge = bridge
        self._pictures: list[tuple[torch.Tensor, torch.Tensor]] = []
        self._memory = torch.empty(0)
        self._seen = torch.empty(0)
        self._step = self._used = 0

    def look(self, states: torch.Tensor, beams: int, length: int) -> None:
        """Begin sentences of at most `length` words about new pictures (photos, places, width)."""
        if self._bridge is not None:
            states = self._bridge(states)
        photos, _, width = states.shape
        self._pictures = []
        for layer in self._layers:
            key, value = layer.picture_key_value(states).chunk(2, dim=-1)
            self._pictures.append((self._split(key), self._split(value)))
        room = 1 + beams * (length - 1)
        shape = (len(self._layers), 2, photos, self._heads, room, width // self._heads)
        self._memory = states.new_empty(shape)
        self._seen = torch.zeros(photos, 1, 1, 0, dtype=torch.bool, device=states.device)
        self._step = self._used = 0

    def say(self, words: torch.Tensor, parents: torch.Tensor | None) -> torch.Tensor:
        """The logits of the next word (photos, beams, vocabulary).

        Args:
            words: the last word of every sentence (photos, beams); beams may be one at first.
            parents: which of the sentences before each continues (photos, beams), None at first.
        """
        photos, beams = words.shape
        self._descend(parents, beams)
        rows = (self._words[words] + self._places[self._step]).flatten(0, 1)
        for number, layer in enumerate(self._layers):
            query, key, value = layer.query_key_value(layer.before_words(rows)).chunk(3, dim=-1)
            keys, values = self._remember(number, key, value, photos)
            mixed = self._attend(query, keys, values, self._seen)
            rows = rows + layer.from_words(mixed)
            query = layer.picture_query(layer.before_picture(rows))
            rows = rows + layer.from_picture(self._attend(query, *self._pictures[number], None))
            inner = functional.gelu(layer.inner(layer.before_inner(rows)), approximate="tanh")
            rows = rows + layer.outer(inner)
        self._step += 1
        return self._head(self._last(rows)).view(photos, beams, -1)

    def _descend(self, parents: torch.Tensor | None, beams: int) -> None:
        """Each sentence sees what its parent saw, and itself."""
        photos, _, before, used = self._seen.shape
        if parents is not None:
            index = parents[:, None, :, None].expand(photos, 1, beams, used)
            seen = self._seen.expand(photos, 1, max(before, beams), used)
            self._seen = seen.gather(2, index) if before > 1 else seen
        own = torch.eye(beams, dtype=torch.bool, device=self._seen.device)
        self._seen = torch.cat((self._seen, own.expand(photos, 1, beams, beams)), dim=3)
        self._used = used

    def _remember(
        self, layer: int, key: torch.Tensor, value: torch.Tensor, photos: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Add a step's keys and values, and return all so far."""
        end = self._used + len(key) // photos
        keys, values = self._memory[layer]
        keys[:, :, self._used : end] = self._split(key.reshape(photos, -1, key.shape[-1]))
        values[:, :, self._used : end] = self._split(value.reshape(photos, -1, value.shape[-1]))
        return keys[:, :, :end], values[:, :, :end]

    def _attend(
        self,
        query: torch.Tensor,
        keys: torch.Tensor,
        values: torch.Tensor,
        mask: torch.Tensor | None,
    ) -> torch.Tensor:
        """All sentences of a photo at once: (photos, heads, beams, width)."""
        queries = self._split(query.view(len(keys), -1, query.shape[-1]))
        mixed = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        return mixed.transpose(1, 2).flatten(0, 1).flatten(1)

    def _split(self, states: torch.Tensor) -> torch.Tensor:
        """(photos, places, width) by head: (photos, heads, places, width of a head)."""
        return states.reshape(*states.shape[:2], self._heads, -1).transpose(1, 2)


def _layer(block: Any, make: MakeMatrix, make_large: MakeMatrix) -> _Layer:
    # Conv1D keeps its weights as inputs x outputs.
    def matrix(part: Any, make: MakeMatrix = make) -> Matrix:
        return make(part.weight.t(), part.bias)

    words, picture, inner = block.attn, block.crossattention, block.mlp
    return _Layer(
        block.ln_1,
        matrix(words.c_attn),
        matrix(words.c_proj),
        block.ln_cross_attn,
        matrix(picture.q_attn),
        matrix(picture.c_attn, make_large),
        matrix(picture.c_proj),
        block.ln_2,
        matrix(inner.c_fc),
        matrix(inner.c_proj),
    )
