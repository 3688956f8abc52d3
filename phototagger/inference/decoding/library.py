# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Sentences by transformers' own `generate`: for any network, any setting, any device."""

from typing import Any

import torch
from transformers import GenerationConfig

from phototagger.inference.decoding.beams import Sentences
from phototagger.inference.decoding.cross_cache import SharedCrossCache
from phototagger.inference.speech import end_tokens, log_probabilities


class LibraryWriter:
    """A network and its settings; the network may be moved to another device at any time."""

    def __init__(self, network: Any, settings: GenerationConfig) -> None:
        self._network = network
        self._settings = settings

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        """One sentence about each picture (pictures, channels, side, side)."""
        output = self._network.generate(
            pixel_values=pixel_values, generation_config=self._settings, **self._cache()
        )
        chances = log_probabilities(output, end_tokens(self._settings))
        return Sentences(output.sequences, chances)

    def _cache(self) -> dict[str, Any]:
        """The cache to search beams with, where the library's own wastes time."""
        if self._network.config.is_encoder_decoder and (self._settings.num_beams or 1) > 1:
            return {"past_key_values": SharedCrossCache(self._network.config.decoder)}
        return {}
