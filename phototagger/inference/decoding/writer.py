# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""From a batch of prepared pictures to one sentence each, for the networks that are known here.

Everything else, and any setting that the search here does not know, is left to `generate`.
"""

import copy
from typing import Any, Protocol

import torch
from transformers import GenerationConfig

from phototagger.courtesy import step_back
from phototagger.inference.decoding.beams import Rules, Sentences, search
from phototagger.inference.decoding.git import GitDecoder
from phototagger.inference.decoding.gpt2 import Gpt2Decoder
from phototagger.inference.decoding.library import LibraryWriter
from phototagger.inference.decoding.matrices import Matrix, eight_bit, maker, plain
from phototagger.inference.decoding.side_by_side import SideBySide, has_halves

# Photos that go through the vision network at once: more only push each other out of the
# processor's cache (2 cores, ViT-B/16: 16 at once take 5 % longer than 4 times 4).
_LOOKED_AT = 4
# What a step multiplies, about: a batch of photos with their beams.
_ROWS = 64
_KNOWN_SETTINGS = {
    "max_length",
    "max_new_tokens",
    "num_beams",
    "no_repeat_ngram_size",
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
    "decoder_start_token_id",
    "do_sample",
    "num_return_sequences",
    "return_dict_in_generate",
    "output_logits",
    "transformers_version",
}
_AS_PUBLISHED = {"length_penalty": 1.0, "early_stopping": False, "use_cache": True}


class Decoder(Protocol):
    """A network that writes sentences about pictures."""

    def look(self, states: torch.Tensor, beams: int, length: int) -> None:
        """Begin sentences about new pictures."""

    def say(self, words: torch.Tensor, parents: torch.Tensor | None) -> torch.Tensor:
        """The logits of every sentence's next word."""


class Writer(Protocol):
    """Something that writes sentences about pictures."""

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        """One sentence about each picture (pictures, channels, side, side)."""


class StepWriter:
    """A network on the CPU, and the search for its words."""

    def __init__(self, vision: Any, decoder: Decoder, rules: Rules) -> None:
        self._vision = vision
        self._decoder = decoder
        self._rules = rules

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        """One sentence about each picture (pictures, channels, side, side)."""
        states = torch.cat([self._see(part) for part in torch.split(pixel_values, _LOOKED_AT)])
        self._decoder.look(states, self._rules.beams, self._rules.max_length)
        return search(self._say, len(states), self._rules)

    def twin(self) -> "StepWriter":
        """Another with the same weights, for use at the same time."""
        return StepWriter(self._vision, copy.copy(self._decoder), self._rules)

    @property
    def fill(self) -> int:
        """The token behind the end of a sentence."""
        return self._rules.fill

    def _see(self, pixel_values: torch.Tensor) -> torch.Tensor:
        step_back()
        states: torch.Tensor = self._vision(pixel_values=pixel_values).last_hidden_state
        return states

    def _say(self, words: torch.Tensor, parents: torch.Tensor | None) -> torch.Tensor:
        step_back()
        return self._decoder.say(words, parents)


def writer_for(
    network: Any, settings: GenerationConfig, device: torch.device, *, reduced: bool = False
) -> Writer:
    """The fastest writer there is for a network, its settings and its device.

    Args:
        network: a captioning model; the writer may take its weights over.
        settings: how it searches for words.
        device: where it runs.
        reduced: round weights to 8 bits, for a `StepWriter`; others stay as they are. Two of them
            then share a batch, where the processor has cores for both.
    """
    fast = _step_writer(network, settings, reduced=reduced) if device.type == "cpu" else None
    if fast and reduced and has_halves():
        return SideBySide(fast, fast.twin(), fast.fill)
    return fast or LibraryWriter(network, settings)


def _step_writer(network: Any, settings: GenerationConfig, *, reduced: bool) -> StepWriter | None:
    rules = _rules(settings)
    if rules is None:
        return None
    make = eight_bit if reduced else maker(_ROWS)
    if _is_git_for_photos(network.config) and rules.beams == 1:
        vision = network.git.image_encoder
        # The library's own faster attention, which this class leaves to who asks.
        vision.config._attn_implementation = "sdpa"
        decoder: Decoder = GitDecoder(network, make, eight_bit if reduced else plain)
        return StepWriter(_reduced(vision) if reduced else vision, decoder, rules)
    if _looks_with_gpt2(network):
        bridge = getattr(network, "enc_to_dec_proj", None)
        vision = _reduced(network.encoder) if reduced else network.encoder
        decoder = Gpt2Decoder(network.decoder, bridge, make, eight_bit if reduced else plain)
        return StepWriter(vision, decoder, rules)
    return None


class _Reduced(torch.nn.Module):
    """A linear layer in eight bits."""

    def __init__(self, layer: torch.nn.Linear) -> None:
        super().__init__()
        self._matrix: Matrix = eight_bit(layer.weight, layer.bias)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self._matrix(rows)


def _reduced(network: Any) -> Any:
    """The network with all its linear layers in eight bits."""
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, torch.nn.Linear):
                setattr(parent, name, _Reduced(child))
    return network


def _is_git_for_photos(config: Any) -> bool:
    return config.model_type == "git" and not config.num_image_with_embedding  # not for video


def _looks_with_gpt2(network: Any) -> bool:
    if network.config.model_type != "vision-encoder-decoder":
        return False
    config = network.decoder.config
    return bool(
        config.model_type == "gpt2"
        and config.activation_function == "gelu_new"
        and config.scale_attn_weights
        and not config.scale_attn_by_inverse_layer_idx
    )


def _rules(settings: GenerationConfig) -> Rules | None:
    """The settings as rules, or None when they ask for more than is known here."""
    stated = {key: value for key, value in settings.to_diff_dict().items() if value is not None}
    for key, value in _AS_PUBLISHED.items():
        if stated.pop(key, value) != value:
            return None
    start = stated.get("decoder_start_token_id", stated.get("bos_token_id"))
    end = stated.get("eos_token_id")
    length = stated.get("max_length") or 1 + stated.get("max_new_tokens", 0)
    known = not {key for key in stated if not key.startswith("_")} - _KNOWN_SETTINGS
    if not known or stated.get("do_sample") or not isinstance(start, int):
        return None
    if not isinstance(end, int) or length < 2:
        return None
    return Rules(
        start=start,
        end=end,
        fill=stated.get("pad_token_id", end),
        max_length=length,
        beams=stated.get("num_beams", 1),
        no_repeat=stated.get("no_repeat_ngram_size", 0),
    )
