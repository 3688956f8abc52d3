# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Read a model folder into memory: network, image processor, tokenizer, settings.

Nothing is ever downloaded, no code that comes with a model is ever run, a pickle is only read
where that is safe, and weights that do not fit the configuration are an error.
"""

from dataclasses import dataclass
from pickle import UnpicklingError
from typing import Any

import torch
import transformers

from phototagger.errors import ModelError
from phototagger.inference.architectures import Architecture
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.device import is_out_of_memory
from phototagger.inference.layout import check_folder, refuse_unsafe_pickle, weight_files
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.speech import speech_settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a model is made of in memory.

    Attributes:
        network: the model itself, in evaluation mode.
        processor: makes tensors of pictures.
        tokenizer: makes words of tokens.
        settings: how to generate.
    """

    network: Any
    processor: Any
    tokenizer: Any
    settings: transformers.GenerationConfig


def read_parts(model: InstalledModel, device: torch.device) -> Parts:
    """Load everything a model needs; takes seconds.

    Raises:
        ModelError: the model is damaged, unsafe, incomplete, or does not fit into memory.
    """
    architecture = check_folder(model.folder)
    if architecture.generation is None:
        raise ModelError(
            f"{model.name} reads text and writes no captions",
            "Choose a captioning model from `phototagger models list`.",
            model.folder,
        )
    refuse_unsafe_pickle(model.folder)
    try:
        with quiet_transformers():
            network = _network(model, architecture).to(device)
            return Parts(
                network,
                _companion(transformers.AutoImageProcessor, model),
                _companion(transformers.AutoTokenizer, model),
                speech_settings(
                    network.generation_config,
                    model.folder,
                    model.entry.generation if model.entry else None,
                    architecture.generation,
                ),
            )
    except ModelError:
        raise
    # Which exceptions a damaged file makes the library raise is written down nowhere.
    except Exception as error:
        raise _load_error(model, error) from error


def first_line(error: BaseException) -> str:
    """The gist of a foreign library's error."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _network(model: InstalledModel, architecture: Architecture) -> Any:
    """Load the weights in full precision, refusing a file that lacks some.

    Raises:
        ModelError: the weights are unsafe or incomplete.
    """
    safe = weight_files(model.folder)[0].suffix == ".safetensors"
    network, notes = getattr(transformers, architecture.class_name).from_pretrained(
        model.folder,
        dtype=torch.float32,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=safe,
        weights_only=True,
        output_loading_info=True,
    )
    # The poolers sum a picture up for classification; captions never pass through them, and
    # published checkpoints leave them out.
    missing = [key for key in notes["missing_keys"] if ".pooler." not in key]
    if missing or notes["mismatched_keys"]:
        raise ModelError(
            f"The weights of {model.name} do not fit its configuration",
            "Remove the model and install it again.",
            model.folder,
        )
    return network.eval()


def _companion(kind: Any, model: InstalledModel) -> Any:
    """The image processor or tokenizer that the model's own files describe."""
    return kind.from_pretrained(model.folder, local_files_only=True, trust_remote_code=False)


def _load_error(model: InstalledModel, error: Exception) -> ModelError:
    if is_out_of_memory(error):
        return ModelError(
            f"There is not enough memory for {model.name}",
            "Close other programs, choose a smaller model, or set the device to cpu.",
            model.folder,
        )
    if isinstance(error, UnpicklingError):
        # The library's own words advise to load it all the same.
        return ModelError(
            f"The weights of {model.name} hold more than numbers, so they are not read",
            "It may be program code. Choose another model, or a version with model.safetensors.",
            model.folder,
        )
    return ModelError(
        f"The model {model.name} cannot be loaded: {first_line(error)}",
        "Remove the model and install it again.",
        model.folder,
    )
