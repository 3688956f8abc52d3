# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""GIT's decoder, one word of every sentence at a time.

The same arithmetic as `GitForCausalLM` (Wang et al. 2022, "GIT"): the picture's places stand in
front of the words, see each other and no word; a word sees all places and the words before it. So
the places' keys and values are made once, and of the last layer nothing else is needed.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from phototagger.inference.decoding.matrices import MakeMatrix, Matrix


@dataclass(frozen=True, slots=True)
class _Matrices:
    """One layer's weights, for few rows or for many."""

    query_key_value: Matrix
    mixed: Matrix
    inner: Matrix
    outer: Matrix


@dataclass(frozen=True, slots=True)
class _Layer:
    words: _Matrices
    places: _Matrices
    after_mixed: Any
    after_outer: Any


class GitDecoder:
    """The network, and what it remembers of the sentences it is at; one sentence per photo."""

    def __init__(self, network: Any, make: MakeMatrix, make_large: MakeMatrix) -> None:
        """Take over the weights of a `GitForCausalLM`.

        Args:
            network: the model.
            make: makes matrices of weights, for a step's few rows.
            make_large: the same for the many places of pictures.
        """
        model = network.git
        self._heads: int = network.config.num_attention_heads
        self._embeddings = model.embeddings
        self._project = model.visual_projection
        self._layers = [_layer(layer, make, make_large) for layer in model.encoder.layer]
        self._head = make(network.output.weight, network.output.bias)
        self._memory = torch.empty(0)
        self._used = self._step = 0

    def look(self, states: torch.Tensor, beams: int, length: int) -> None:
        """Begin a sentence of at most `length` words about each new picture.

        Args:
            states: the vision network's (photos, places, width).
            beams: one.
            length: most words.
        """
        rows = self._project(states)
        photos, places, width = rows.shape
        shape = (len(self._layers), 2, photos, self._heads, places + length, width // self._heads)
        self._memory = rows.new_empty(shape)
        self._used = self._step = 0
        for number, layer in enumerate(self._layers):
            query, key, value = layer.places.query_key_value(rows).chunk(3, dim=-1)
            keys, values = self._remember(number, key, value)
            if number + 1 < len(self._layers):
                rows = self._through(layer, layer.places, rows, query, keys, values)
        self._used = places

    def say(self, words: torch.Tensor, parents: torch.Tensor | None) -> torch.Tensor:
        """The logits of the next word (photos, 1, vocabulary) after the last ones (photos, 1)."""
        place = torch.tensor([[self._step]], device=words.device)
        rows = self._embeddings(input_ids=words, position_ids=place)
        for number, layer in enumerate(self._layers):
            query, key, value = layer.words.query_key_value(rows).chunk(3, dim=-1)
            keys, values = self._remember(number, key, value)
            rows = self._through(layer, layer.words, rows, query, keys, values)
        self._used += 1
        self._step += 1
        return self._head(rows)

    def _through(
        self,
        layer: _Layer,
        matrices: _Matrices,
        rows: torch.Tensor,
        query: torch.Tensor,
        keys: torch.Tensor,
        values: torch.Tensor,
    ) -> torch.Tensor:
        """The rest of a layer, when keys and values are known."""
        mixed = functional.scaled_dot_product_attention(self._split(query), keys, values)
        mixed = mixed.transpose(1, 2).flatten(2)
        rows = layer.after_mixed(matrices.mixed(mixed) + rows)
        inner = functional.gelu(matrices.inner(rows))
        states: torch.Tensor = layer.after_outer(matrices.outer(inner) + rows)
        return states

    def _remember(
        self, layer: int, key: torch.Tensor, value: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        end = self._used + key.shape[1]
        keys, values = self._memory[layer]
        keys[:, :, self._used : end] = self._split(key)
        values[:, :, self._used : end] = self._split(value)
        return keys[:, :, :end], values[:, :, :end]

    def _split(self, states: torch.Tensor) -> torch.Tensor:
        """(photos, places, width) by head: (photos, heads, places, width of a head)."""
        return states.reshape(*states.shape[:2], self._heads, -1).transpose(1, 2)


def _layer(layer: Any, make: MakeMatrix, make_large: MakeMatrix) -> _Layer:
    return _Layer(
        _matrices(layer, make),
        _matrices(layer, make_large),
        layer.attention.output.LayerNorm,
        layer.output.LayerNorm,
    )


def _matrices(layer: Any, make: MakeMatrix) -> _Matrices:
    look = layer.attention.self
    parts = (look.query, look.key, look.value)
    together = make(
        torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])
    )
    mixed, inner, outer = layer.attention.output.dense, layer.intermediate.dense, layer.output.dense
    return _Matrices(
        together,
        make(mixed.weight, mixed.bias),
        make(inner.weight, inner.bias),
        make(outer.weight, outer.bias),
    )
