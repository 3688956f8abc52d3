# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The published layout of a model folder, read without any model library.

config.json, weights in safetensors (or the old pickle), tokenizer and preprocessor files. What
is checked here is what can be known from a few kilobytes; loading finds the rest.
"""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
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
# Everything a tokenizer, a processor or a generation may be described in.
_SMALL_FILES = frozenset(
    {
        *_MAY_NAME_CODE,
        "added_tokens.json",
        "merges.txt",
        "sentencepiece.bpe.model",
        "special_tokens_map.json",
        "spiece.model",
        "tokenizer.json",
        "tokenizer.model",
        "vocab.json",
        "vocab.txt",
    }
)
_INDEXES = frozenset({"model.safetensors.index.json", "pytorch_model.bin.index.json"})
# What a tokenizer's words may be in; of the one with merges, half is of no use.
_VOCABULARIES = (
    ("tokenizer.json",),
    ("vocab.txt",),
    ("vocab.json", "merges.txt"),
    ("spiece.model",),
    ("sentencepiece.bpe.model",),
    ("tokenizer.model",),
)
_PART = r"(?:-\d{5}-of-\d{5})?"
_SAFETENSORS_PARTS = re.compile(rf"model{_PART}\.safetensors|model\.safetensors\.index\.json")
_PICKLE_PARTS = re.compile(rf"pytorch_model{_PART}\.bin|pytorch_model\.bin\.index\.json")
_SAFE_PICKLE = (2, 10)
# A safetensors header is limited to 100 MB by its format's reference reader.
_LONGEST_HEADER = 100_000_000
# The longest file that is read as JSON here, the index of a model in parts, has some 100 kB.
_LONGEST_JSON = 10_000_000
_SAMPLE = 1 << 20
_REPAIR = "Remove the model and install it again."
# What ViT and CLIP take where a model does not say (both papers' base models).
_USUAL_SIDE = 224
# Bytes of a name; with what a folder under way is called before it, a system takes 255.
_LONGEST_NAME = 200


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
    architecture = check_configuration(folder)
    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            _check_safetensors(path)
    return architecture


def check_configuration(folder: Path) -> Architecture:
    """Make sure that a model's settings are of a kind that can be run; its weights may lack.

    Raises:
        ModelError: no settings, of another kind, or naming code of their own.
    """
    config = read_json(folder / CONFIG)
    _refuse_custom_code(folder)
    architecture = architecture_of(config)
    if architecture is None:
        kind = config.get("architectures") or config.get("model_type") or "unknown"
        raise ModelError(
            f"The model is of a kind that PhotoTagger cannot run: {kind}",
            "See `phototagger models list` for models that work.",
            folder,
        )
    return architecture


def check_companions(folder: Path, architecture: Architecture) -> None:
    """Make sure that what stands around the weights is there; without it they do nothing.

    Raises:
        ModelError: it is not.
    """
    if architecture.generation is not None:
        _preprocessor(folder)
    for names in _VOCABULARIES:
        if all((folder / name).is_file() for name in names):
            return
    raise ModelError(
        f"The model in {folder.name} has no vocabulary",
        "It needs tokenizer.json, vocab.txt, or vocab.json and merges.txt beside its config.json.",
        folder,
    )


def input_side(folder: Path) -> int:
    """Shortest side, in pixels, of the pictures a model takes; more need not be decoded.

    Both published forms of `preprocessor_config.json` are read: a bare number, and a table of
    named sides.

    Raises:
        ModelError: the file is missing or damaged.
    """
    size = _preprocessor(folder).get("size")
    sides = size.values() if isinstance(size, dict) else (size,)
    return max((side for side in sides if isinstance(side, int)), default=_USUAL_SIDE)


def read_json(path: Path) -> dict[str, Any]:
    """Read one of a model's JSON files.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode) or stat.st_size > _LONGEST_JSON:
            raise ValueError("a device, or far more than a model has to say")
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(
            f"There is no {path.name} in {path.parent.name}: this is no model folder",
            "Choose the folder that holds config.json and model.safetensors.",
            path,
        ) from error
    except (OSError, ValueError, RecursionError) as error:
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


def is_model_file(name: str, weights: Collection[str]) -> bool:
    """Whether a file belongs to a model: its weights, their index, or a small known file."""
    return name in weights or name in _SMALL_FILES or name in _INDEXES


def choose_files(names: Collection[str]) -> list[str]:
    """Of a repository's files, those that a model needs: one kind of weights, the safe one.

    Raises:
        ModelError: there is no config.json, or no weights.
    """
    weights: list[str] = []
    for pattern in (_SAFETENSORS_PARTS, _PICKLE_PARTS):
        weights = weights or sorted(name for name in names if pattern.fullmatch(name))
    if CONFIG not in names or not weights:
        raise ModelError(
            "This repository holds no model that can be loaded",
            "It needs config.json and model.safetensors.",
        )
    return [*(name for name in names if name in _SMALL_FILES), *weights]


def refuse_unsafe_pickle(folder: Path) -> None:
    """Make sure that weights stored as a pickle can be read without running what is in it.

    With `weights_only` torch reads tensors and nothing else, but that was broken twice:
    CVE-2025-32434 was fixed in torch 2.6, CVE-2026-24747 in 2.10. Safetensors hold no code.

    Raises:
        ModelError: the weights are a pickle and torch is older than that.
    """
    pickled = weight_files(folder)[0].suffix != ".safetensors"
    if pickled and _torch_version() < _SAFE_PICKLE:
        raise ModelError(
            "The model's weights are in an unsafe format",
            "Install torch 2.10 or newer, or a version of the model with model.safetensors.",
            folder,
        )


def is_name(name: str) -> bool:
    """Whether a model can be called so, and a folder of its own be named after it.

    The name comes with the model, from whoever made it: it must not mean another folder.
    """
    plain = name.isprintable() and not set("\\:") & set(name) and name == name.strip()
    parts = name.split("/")
    short = len(name.encode("utf-8", "replace")) <= _LONGEST_NAME
    return plain and short and all(part and not part.startswith(".") for part in parts)


def read_origin(folder: Path) -> Origin | None:
    """Where the model came from, as noted when it was installed, or None."""
    try:
        noted = read_json(folder / ORIGIN)
        name, revision = str(noted["name"]), str(noted["revision"])
    except (ModelError, KeyError):
        return None
    return Origin(name, revision) if is_name(name) else None


def cached_origin(folder: Path) -> Origin | None:
    """Where a folder in the hub's own cache came from: `models--OWNER--NAME/snapshots/COMMIT`."""
    owner, separator, name = folder.parent.parent.name.removeprefix("models--").partition("--")
    if folder.parent.name != "snapshots" or not separator:
        return None
    full = f"{owner}/{name}"
    return Origin(full, folder.name) if is_name(full) else None


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


def _torch_version() -> tuple[int, ...]:
    # Asked of the package's record: importing torch takes seconds.
    # Here and not above: it takes longer to import than all else here, for old files alone.
    from importlib.metadata import version

    return tuple(int(number) for number in re.findall(r"\d+", version("torch"))[:2])


def _preprocessor(folder: Path) -> dict[str, Any]:
    """How the model wants its pictures; newer models keep it inside processor_config.json."""
    newer = folder / "processor_config.json"
    if not (folder / "preprocessor_config.json").is_file() and newer.is_file():
        inner = read_json(newer).get("image_processor")
        return inner if isinstance(inner, dict) else {}
    return read_json(folder / "preprocessor_config.json")


def _parts(index: Path) -> tuple[Path, ...]:
    mapping = read_json(index).get("weight_map")
    names = sorted({str(name) for name in mapping.values()}) if isinstance(mapping, dict) else []
    kind = index.name.removesuffix(".index.json").rpartition(".")[2]
    paths = tuple(index.parent / name for name in names)
    # Who loads the model follows the names to wherever they lead, as we would not.
    own = all(re.fullmatch(rf"[^/\\]+\.{kind}", name) for name in names)
    if not paths or not own or not all(path.is_file() for path in paths):
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
    except (
        OSError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        raise ModelError("The model's weights are damaged", _REPAIR, path) from error
    if not complete:
        raise ModelError("The model's weights are incomplete", _REPAIR, path)
