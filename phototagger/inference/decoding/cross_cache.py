# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A cache for beam search that leaves the cross-attention alone.

All beams of a photo look at the same picture, so their cross-attention keys and values are equal
and swapping beams changes nothing there. The library copies them at every step all the same:
hundreds of MB for ViT-GPT2 with 4 beams, a third of the time on a CPU.
"""

import torch
from transformers import DynamicCache, EncoderDecoderCache, PreTrainedConfig


class SharedCrossCache(EncoderDecoderCache):
    """An empty cache for one call of `generate` that reorders self-attention only."""

    def __init__(self, config: PreTrainedConfig) -> None:
        super().__init__(DynamicCache(config=config), DynamicCache(config=config))

    def reorder_cache(self, beam_idx: torch.LongTensor) -> None:
        """Follow the chosen beams; each row keeps the picture it has."""
        self.self_attention_cache.reorder_cache(beam_idx)
