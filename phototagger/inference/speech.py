# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How a model is asked to speak, and how probable it found each of its words.

Settings for transformers' `generate`, and the reading of what it returns. No pictures here.
"""

import copy
from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig

from phototagger.inference.architectures import Generation
from phototagger.inference.layout import read_json

# Every supported kind of captioner starts from one token (decoder start, [CLS] or BOS).
_PROMPT = 1
_STATES_LENGTH = ("max_length", "max_new_tokens")


def speech_settings(
    published: GenerationConfig, folder: Path, reference: Generation | None, default: Generation
) -> GenerationConfig:
    """The settings for one model.

    Known models speak as in their published example. A folder that states its own settings is
    followed to the letter. Anything else gets its architecture's default. Sampling is always
    off: the same photo gets the same caption.

    Args:
        published: what transformers read from the folder (token ids at least).
        folder: the model's folder.
        reference: the catalogue's settings, or None.
        default: the architecture's settings.
    """
    settings = copy.deepcopy(published)
    chosen = reference or (None if _states_settings(folder) else default)
    if chosen is not None:
        settings.max_new_tokens = None
        settings.min_new_tokens = None
        settings.max_length = chosen.max_length
        settings.num_beams = chosen.num_beams
        settings.no_repeat_ngram_size = chosen.no_repeat_ngram_size
    settings.do_sample = False
    # These belong to sampling, and the library warns where they stand without it.
    settings.temperature = settings.top_p = settings.top_k = None
    settings.num_return_sequences = 1
    settings.return_dict_in_generate = True
    settings.output_logits = True
    return settings


def log_probabilities(output: Any, ends: set[int], prompt: int = _PROMPT) -> list[list[float]]:
    """The logarithm of the probability of each generated token, per caption, end included.

    Read from the raw logits, so they are the model's own: before repetition was blocked, before
    a beam's score was divided by its length.

    Args:
        output: what `generate` returned, with logits.
        ends: ids of the tokens that end a caption.
        prompt: number of tokens that were given.
    """
    tokens = output.sequences[:, prompt:]
    rows = getattr(output, "beam_indices", None)
    if rows is None:
        rows = torch.arange(len(tokens), device=tokens.device)[:, None].expand(tokens.shape)
        rows = rows.masked_fill(_after_end(tokens, ends), -1)
    steps = min(tokens.shape[1], rows.shape[1], len(output.logits))
    columns = []
    for step in range(steps):
        logits = output.logits[step][rows[:, step].clamp(min=0).long()].float()
        chosen = logits.gather(1, tokens[:, step : step + 1])[:, 0]
        columns.append(chosen - logits.logsumexp(dim=1))
    table = torch.stack(columns, dim=1).tolist()
    used = (rows[:, :steps] >= 0).tolist()
    return [
        [value for value, counts in zip(values, flags, strict=True) if counts]
        for values, flags in zip(table, used, strict=True)
    ]


def end_tokens(settings: GenerationConfig) -> set[int]:
    """The ids of the tokens that end a caption."""
    ends = settings.eos_token_id
    return set(ends) if isinstance(ends, list) else {ends} - {None}


def _after_end(tokens: torch.Tensor, ends: set[int]) -> torch.Tensor:
    """True for every place behind the first end token; the end itself is still a word."""
    is_end = torch.zeros_like(tokens, dtype=torch.bool)
    for end in ends:
        is_end |= tokens == end
    return (is_end.cumsum(dim=1) - is_end.long()) > 0


def _states_settings(folder: Path) -> bool:
    path = folder / "generation_config.json"
    return path.is_file() and any(read_json(path).get(key) for key in _STATES_LENGTH)
