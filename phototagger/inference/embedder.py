# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Vectors of sentences for search by meaning: those that mean the same lie close together.

all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; fine-tuned by the Sentence-Transformers project):
the mean over the tokens' last states, scaled to length 1. Loaded and run without torch, because
a search waits for it: 0.2 s from nothing to the vector of a query, imports included.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from phototagger.errors import ModelError
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.encoder import Encoder, Floats
from phototagger.inference.layout import CONFIG, digest, read_json, weight_files
from phototagger.inference.tensors import map_tensors

# Longer texts are cut off, as in the model's published settings (sentence_bert_config.json).
_MOST_TOKENS = 256
# Sentences of like length per pass: with more of them at once what lies between two
# multiplications no longer fits into the processor's cache (32: 6.7 ms a caption, 128: 9.9).
_BATCH = 32
_REPAIR = "Remove the model and install it again."


class Embedder:
    """The model in memory: 40 MB of the file are in use, the word table only where it is read.

    Attributes:
        digest: which weights these are; vectors of different weights cannot be compared.
        width: numbers in a vector.
    """

    def __init__(self, model: InstalledModel) -> None:
        """Load the model; takes some hundredths of a second.

        Raises:
            ModelError: its files are damaged, or its weights are a pickle.
        """
        self.digest = digest(model.folder)
        self._encoder = _encoder(model.folder)
        self._tokenizer = _tokenizer(model.folder)
        self.width = self._encoder.tensors["embeddings.LayerNorm.weight"].shape[0]

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of some texts, one row each, of length 1, in the order of the texts."""
        # Alike in length go together: what is filled up to the longest is work for nothing.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        vectors = np.empty((len(texts), self.width), np.float32)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._encode([texts[place] for place in places])
        return vectors

    def _encode(self, texts: list[str]) -> Floats:
        read = self._tokenizer.encode_batch(texts)
        tokens = np.array([one.ids for one in read], np.int64)
        mask = np.array([one.attention_mask for one in read], np.float32)
        return self._encoder.sentence_vectors(tokens, mask)


def _encoder(folder: Path) -> Encoder:
    config = read_json(folder / CONFIG)
    try:
        encoder = Encoder(
            map_tensors(weight_files(folder)[0]),
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            epsilon=float(config["layer_norm_eps"]),
        )
        # One short pass finds whatever is missing or of the wrong shape.
        encoder.sentence_vectors(np.zeros((1, 2), np.int64), np.ones((1, 2), np.float32))
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise ModelError(
            "The weights of the model for search do not fit its configuration", _REPAIR, folder
        ) from error
    return encoder


def _tokenizer(folder: Path) -> Tokenizer:
    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more particular
        raise ModelError("The model's tokenizer cannot be read", _REPAIR, path) from error
    tokenizer.enable_truncation(_MOST_TOKENS)
    tokenizer.enable_padding()
    return tokenizer
