# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The published layout of a model folder, read without any model library.

config.json, weights in safetensors (or the old pickle), tokenizer and preprocessor files. What
is checked here is what can be known from a few kilobytes; loading finds the rest.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from phototagger.errors import ModelError
from phototagger.inference.architectures import Architecture, architecture_of

CONFIG = "config.json"
# Written beside the model's own files: where it came from.
ORIGIN = "phototagger-model.json"
_SAFETENSORS = "model.safetensors"
_PICKLE = "pytorch_model.bin"
# Files that may name Python code to run (`auto_map`); none of it is ever run.
_MAY_NAME_CODE = (
    CONFIG,
    "generation_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "tokenizer_config.json",
)
# A safetensors header is limited to 100 MB by its format's reference reader.
_LONGEST_HEADER = 100_000_000
_SAMPLE = 1 << 20
_REPAIR = "Remove the model and install it again."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an installed model came from."""

    name: str
    revision: str


def check_folder(folder: Path) -> Architecture:
    """Make sure that a folder holds a model that can be loaded, as far as its headers tell.

    Raises:
        ModelError: no model, one of another kind, one that needs its own code, or damaged.
    """
    config = read_json(folder / CONFIG)
    _refuse_custom_code(folder)
    architecture = architecture_of(config)
    if architecture is None:
        kind = config.get("architectures") or config.get("model_type") or "unknown"
        raise ModelError(
            f"The model in {folder.name} is of a kind that PhotoTagger cannot run: {kind}",
            "See `phototagger models list` for models that work.",
            folder,
        )
    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            _check_safetensors(path)
    return architecture


def read_json(path: Path) -> dict[str, Any]:
    """Read one of a model's JSON files.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(
            f"There is no {path.name} in {path.parent.name}: this is no model folder",
            "Choose the folder that holds config.json and model.safetensors.",
            path,
        ) from error
    except (OSError, ValueError) as error:
        raise ModelError(f"The model's {path.name} cannot be read", _REPAIR, path) from error
    if not isinstance(value, dict):
        raise ModelError(f"The model's {path.name} is damaged", _REPAIR, path)
    return value


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The weights: safetensors, whole or in parts, else the old pickle.

    Raises:
        ModelError: there are none, or a part is missing.
    """
    for name in (_SAFETENSORS, _PICKLE):
        index = folder / f"{name}.index.json"
        if (folder / name).is_file():
            return (folder / name,)
        if index.is_file():
            return _parts(index)
    raise ModelError(
        f"The model in {folder.name} has no weights",
        "It needs model.safetensors beside its config.json.",
        folder,
    )


def read_origin(folder: Path) -> Origin | None:
    """Where the model came from, as noted when it was installed, or None."""
    try:
        noted = read_json(folder / ORIGIN)
        return Origin(str(noted["name"]), str(noted["revision"]))
    except (ModelError, KeyError):
        return None


def write_origin(folder: Path, origin: Origin) -> None:
    """Note where a model came from.

    Raises:
        OSError: the folder cannot be written.
    """
    noted = {"name": origin.name, "revision": origin.revision}
    (folder / ORIGIN).write_text(json.dumps(noted, indent=2) + "\n", encoding="utf-8")


def digest(folder: Path) -> str:
    """A short fingerprint of the weights, for models that no hub gave a revision.

    Of each file its size and three samples of 1 MiB (start, middle, end): training changes
    every tensor, and hashing gigabytes would cost seconds at each start.

    Raises:
        ModelError: the weights cannot be read.
    """
    sha = hashlib.sha256()
    for path in weight_files(folder):
        try:
            size = path.stat().st_size
            sha.update(size.to_bytes(8, "little"))
            with path.open("rb") as file:
                for start in (0, size // 2, max(0, size - _SAMPLE)):
                    file.seek(start)
                    sha.update(file.read(_SAMPLE))
        except OSError as error:
            raise ModelError("The model's weights cannot be read", _REPAIR, path) from error
    return sha.hexdigest()[:12]


def _parts(index: Path) -> tuple[Path, ...]:
    mapping = read_json(index).get("weight_map")
    names = sorted({str(name) for name in mapping.values()}) if isinstance(mapping, dict) else []
    paths = tuple(index.parent / Path(name).name for name in names)
    if not paths or not all(path.is_file() for path in paths):
        raise ModelError("A part of the model's weights is missing", _REPAIR, index)
    return paths


def _refuse_custom_code(folder: Path) -> None:
    for name in _MAY_NAME_CODE:
        path = folder / name
        if path.is_file() and "auto_map" in read_json(path):
            raise ModelError(
                f"The model in {folder.name} wants to run its own program code",
                "PhotoTagger never runs code that comes with a model; choose another model.",
                path,
            )


def _check_safetensors(path: Path) -> None:
    """Compare the header's promises with the size of the file: finds every cut-off copy."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= _LONGEST_HEADER:
                raise ValueError("no safetensors header")
            header = json.loads(file.read(length))
        ends = [
            entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"
        ]
        complete = 8 + length + max(ends, default=0) == path.stat().st_size
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ModelError("The model's weights are damaged", _REPAIR, path) from error
    if not complete:
        raise ModelError("The model's weights are incomplete", _REPAIR, path)
