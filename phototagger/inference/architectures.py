# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The kinds of model this program can run, and how those that write captions do by default.

A table, so that what is supported can be read in one place. Nothing here imports a model.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Generation:
    """How a model searches for its words.

    Attributes:
        max_length: most tokens, the start token included.
        num_beams: sentences tried side by side; 1 is greedy.
        no_repeat_ngram_size: no run of this many tokens comes twice; 0 switches it off.
    """

    max_length: int
    num_beams: int
    no_repeat_ngram_size: int


@dataclass(frozen=True, slots=True)
class Architecture:
    """A transformers class that can be loaded.

    Attributes:
        class_name: what `architectures` in config.json says.
        model_type: what `model_type` in config.json says.
        generation: used when neither the catalogue nor the folder says anything; None for a
            kind that writes nothing and only reads text (see `embedder`).
    """

    class_name: str
    model_type: str
    generation: Generation | None


# Lengths and beams are those of each model's published example. Runs of three tokens are never
# repeated: captions have no use for it, and repetition is the known weakness of all of them.
ARCHITECTURES = (
    Architecture("VisionEncoderDecoderModel", "vision-encoder-decoder", Generation(16, 4, 3)),
    Architecture("GitForCausalLM", "git", Generation(50, 1, 3)),
    Architecture("BlipForConditionalGeneration", "blip", Generation(20, 1, 3)),
    Architecture("BertModel", "bert", None),
)


def architecture_of(config: dict[str, object]) -> Architecture | None:
    """The architecture that a config.json names, or None for one that cannot be run here."""
    named = config.get("architectures")
    classes = named if isinstance(named, list) else []
    for architecture in ARCHITECTURES:
        if architecture.class_name in classes:
            return architecture
        if not classes and config.get("model_type") == architecture.model_type:
            return architecture
    return None
