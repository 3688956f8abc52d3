# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The models: which exist, which are installed, which one a name means.

Data and folder listings only; importing this never imports a model library, so that
`phototagger models list` and `search` stay instant.
"""

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from phototagger.errors import ModelError, from_os_error
from phototagger.inference.architectures import Architecture, Generation
from phototagger.inference.calibration import Calibration, read_calibration
from phototagger.inference.layout import (
    Origin,
    cached_origin,
    check_folder,
    digest,
    input_side,
    is_name,
    read_json,
    read_origin,
    weight_files,
)

_log = logging.getLogger("phototagger.inference")

STARTER_VIT_GPT2 = "starter-vit-gpt2"
STARTER_GIT = "starter-git"
STARTERS = (STARTER_VIT_GPT2, STARTER_GIT)

_MB = 1_000_000
# What a running model needs beside its weights, an estimate: a quarter of a gigabyte for torch
# (measured), half of one for a batch on the CPU (see `device`), and some for transformers.
_BESIDE_WEIGHTS = 1_000 * _MB
_BESIDE_ENCODER = 30 * _MB  # its tokenizer and a batch of sentences; it runs without torch


class Purpose(StrEnum):
    """What a model was trained for."""

    CAPTIONS = "captions"
    TEXT = "captions that read text in pictures"
    QUESTIONS = "answers to questions"
    VIDEO = "video captions"
    SEARCH = "search by meaning"

    @property
    def describes(self) -> bool:
        """Whether such a model describes a photo unasked."""
        return self in (Purpose.CAPTIONS, Purpose.TEXT)


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A published model that is known to work.

    Attributes:
        id: its name on the hub.
        kind: its transformers class.
        ref: what the hub is asked for: a commit, or a reference whose commit is checked.
        commit: how the commit behind `ref` must start, "" where none is known; the full commit
            is noted when the model is installed.
        size: bytes to download.
        licence: SPDX identifier.
        languages: that it writes or reads, ISO 639-1.
        purpose: what it was trained for.
        generation: the reference settings of its published example, with repetition blocked;
            None for a model that writes nothing.
        digest: of its weights (see `layout.digest`), by which a copy is known whatever its
            folder is called; "" where its folder says enough.
    """

    id: str
    kind: str
    ref: str
    commit: str
    size: int
    licence: str
    languages: tuple[str, ...]
    purpose: Purpose
    generation: Generation | None
    digest: str = ""

    @property
    def short_name(self) -> str:
        """The name without its owner."""
        return self.id.rsplit("/", 1)[-1]

    @property
    def memory(self) -> int:
        """Bytes of memory it needs while running, roughly."""
        return memory_beside(self.size) if self.generation else self.size + _BESIDE_ENCODER


def memory_beside(weights: int) -> int:
    """Bytes of memory that a captioning model with so many bytes of weights needs, roughly."""
    return weights + _BESIDE_WEIGHTS


_EN = ("en",)
_BEAM = Generation(max_length=16, num_beams=4, no_repeat_ngram_size=3)
_GREEDY = Generation(max_length=50, num_beams=1, no_repeat_ngram_size=3)
_BLIP = Generation(max_length=20, num_beams=1, no_repeat_ngram_size=3)


def _git(
    name: str, size: int, purpose: Purpose, ref: str = "main", commit: str = ""
) -> CatalogueEntry:
    return CatalogueEntry(
        f"microsoft/{name}", "GitForCausalLM", ref, commit, size, "MIT", _EN, purpose, _GREEDY
    )


def _blip(name: str, size: int) -> CatalogueEntry:
    kind, licence = "BlipForConditionalGeneration", "BSD-3-Clause"
    return CatalogueEntry(
        f"Salesforce/{name}", kind, "main", "", size, licence, _EN, Purpose.CAPTIONS, _BLIP
    )


# Best first: models for any photo before those for text in pictures, larger before smaller
# (each family's paper reports better captions on COCO for its larger model), and after them
# what cannot caption unasked. The pinned commits are those that hold safetensors; the main
# branches of the first two named models have only a pickle.
CATALOGUE: tuple[CatalogueEntry, ...] = (
    _git("git-large-coco", 1_580 * _MB, Purpose.CAPTIONS),
    _blip("blip-image-captioning-large", 1_900 * _MB),
    _blip("blip-image-captioning-base", 990 * _MB),
    _git("git-base-coco", 707 * _MB, Purpose.CAPTIONS),
    CatalogueEntry(
        id="nlpconnect/vit-gpt2-image-captioning",
        kind="VisionEncoderDecoderModel",
        ref="93857e539f312a97c13f16976c2a43505fd76d87",
        commit="93857e539f312a97c13f16976c2a43505fd76d87",
        size=982 * _MB,
        licence="Apache-2.0",
        languages=_EN,
        purpose=Purpose.CAPTIONS,
        generation=_BEAM,
    ),
    _git("git-large-r-textcaps", 1_580 * _MB, Purpose.TEXT),
    _git("git-large-textcaps", 1_580 * _MB, Purpose.TEXT),
    _git("git-base-textcaps", 707 * _MB, Purpose.TEXT, ref="refs/pr/1", commit="0ef3d9e"),
    _git("git-base-vqav2", 707 * _MB, Purpose.QUESTIONS),
    _git("git-base-textvqa", 707 * _MB, Purpose.QUESTIONS),
    _git("git-base-vatex", 707 * _MB, Purpose.VIDEO),
    CatalogueEntry(
        id="sentence-transformers/all-MiniLM-L6-v2",
        kind="BertModel",
        ref="c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
        commit="c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
        size=92 * _MB,
        licence="Apache-2.0",
        languages=_EN,
        purpose=Purpose.SEARCH,
        generation=None,
        digest="b6e40825bbb0",
    ),
)
EMBEDDER = CATALOGUE[-1]
"""The model that search by meaning uses."""
_BY_ID = {entry.id: entry for entry in CATALOGUE}
_BY_DIGEST = {entry.digest: entry for entry in CATALOGUE if entry.digest}


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder on this machine.

    Attributes:
        name: what people call it: a hub id, a starter's name, or the folder's name.
        folder: where its files are.
        revision: the commit it was downloaded at, or a digest of its weights.
        entry: its row in the catalogue, or None.
        known_scenes_only: True for the starter models, which know only the demo's pictures.
    """

    name: str
    folder: Path
    revision: str
    entry: CatalogueEntry | None = None
    known_scenes_only: bool = False

    @property
    def describes(self) -> bool:
        """Whether it describes a photo unasked."""
        return self.entry is None or self.entry.purpose.describes

    @property
    def input_side(self) -> int:
        """Shortest side, in pixels, that is worth decoding for this model.

        Raises:
            ModelError: its files are damaged.
        """
        return input_side(self.folder)

    @property
    def weight(self) -> int:
        """Bytes of its weights.

        Raises:
            ModelError: there are none.
        """
        return sum(path.stat().st_size for path in weight_files(self.folder))

    @property
    def calibration(self) -> Calibration | None:
        """What its confidence is worth, None where nobody counted."""
        return read_calibration(self.folder)

    @property
    def threshold(self) -> float | None:
        """The confidence above which at least 99 of 100 captions were right, where counted."""
        calibration = self.calibration
        return calibration.threshold if calibration else None


def entry_for(name: str) -> CatalogueEntry | None:
    """The catalogue's row for an id or a short name, or None."""
    for entry in CATALOGUE:
        if name in (entry.id, entry.short_name):
            return entry
    return None


def folder_name(name: str) -> str:
    """The folder that holds the model called `name`; "/" cannot stand in a folder's name."""
    return name.replace("/", "--")


def installed(models_dir: Path, starters_dir: Path) -> list[InstalledModel]:
    """Every complete model on this machine: the starters, then the others by name.

    Raises:
        PhotoTaggerError: the models folder may not be read.
    """
    starters = [starters_dir / name for name in STARTERS]
    found = [_describe(folder, known_scenes_only=True) for folder in starters if folder.is_dir()]
    found += [_describe(folder, known_scenes_only=False) for folder in _folders(models_dir)]
    return [model for model in found if model is not None]


def find(name: str, models_dir: Path, starters_dir: Path) -> InstalledModel:
    """The installed model that `name` means: an id, a short name, or a model folder.

    Raises:
        ModelError: there is none; the hint names the command that helps.
    """
    models = installed(models_dir, starters_dir)
    for model in models:
        if model.name == name:
            return model
    short = [model for model in models if model.name.rsplit("/", 1)[-1] == name]
    if len(short) == 1:
        return short[0]
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return _local(folder.resolve(), starters_dir.resolve())
    raise _not_found(name, [model.name for model in short])


def best(models_dir: Path, starters_dir: Path) -> InstalledModel | None:
    """The best real model that is installed; a starter never counts, as it knows no photos."""
    real = [model for model in installed(models_dir, starters_dir) if not model.known_scenes_only]
    return min((model for model in real if model.describes), key=_rank, default=None)


def embedder(models_dir: Path) -> InstalledModel | None:
    """The model for search by meaning, None when it is not installed.

    Looks at one folder only: a search waits for this.
    """
    folder = models_dir / folder_name(EMBEDDER.id)
    return _describe(folder, known_scenes_only=False) if folder.is_dir() else None


def refuse_other_purposes(model: InstalledModel) -> None:
    """Make sure that a model describes photos unasked.

    Raises:
        ModelError: it was trained for something else.
    """
    if model.entry and not model.entry.purpose.describes:
        raise ModelError(
            f"{model.name} gives {model.entry.purpose}, not captions of photos",
            "Choose a captioning model from `phototagger models list`.",
        )


def _rank(model: InstalledModel) -> tuple[int, str]:
    place = CATALOGUE.index(model.entry) if model.entry else len(CATALOGUE)
    return place, model.name


def _folders(models_dir: Path) -> list[Path]:
    if not models_dir.is_dir():
        return []
    try:
        return sorted(path for path in models_dir.iterdir() if _holds_model(path))
    except OSError as error:
        raise from_os_error(error, models_dir, "read") from error


def _holds_model(path: Path) -> bool:
    # Names with a dot in front are downloads and imports under way.
    return path.is_dir() and not path.name.startswith(".") and (path / "config.json").is_file()


def _describe(folder: Path, *, known_scenes_only: bool) -> InstalledModel | None:
    """The model in a folder, or None (with a note in the log) when it is not complete."""
    try:
        return read_model(folder, known_scenes_only=known_scenes_only)
    except ModelError as error:
        _log.warning("model folder %s is not usable: %s", folder.name, error.title)
        return None


def _local(folder: Path, starters_dir: Path) -> InstalledModel:
    starter = folder.parent == starters_dir and folder.name in STARTERS
    return read_model(folder, known_scenes_only=starter)


def read_model(folder: Path, *, known_scenes_only: bool = False) -> InstalledModel:
    """The model in a folder.

    Raises:
        ModelError: the folder holds none that can be loaded.
    """
    architecture = check_folder(folder)
    origin = origin_of(folder)
    entry = None if known_scenes_only else _BY_ID.get(origin.name)
    refuse_unknown_reader(architecture, origin.name, folder)
    return InstalledModel(origin.name, folder, origin.revision, entry, known_scenes_only)


def refuse_unknown_reader(architecture: Architecture, name: str, folder: Path) -> None:
    """Make sure that a model which only reads text is one of the catalogue.

    How a sentence's vector is made of its words' differs from model to model, and nothing in
    the files that are read here tells.

    Raises:
        ModelError: it is not.
    """
    if architecture.generation is None and name not in _BY_ID:
        raise ModelError(
            f"{name} reads text and is not one of the models that PhotoTagger knows",
            f"For search by meaning there is {EMBEDDER.id}.",
            folder,
        )


def origin_of(folder: Path) -> Origin:
    """What to call the model in a folder, and which one it is.

    Raises:
        ModelError: its files cannot be read.
    """
    if origin := read_origin(folder) or cached_origin(folder):
        return origin
    name, revision = _name_of(folder), digest(folder)
    # The uppermost folder of a drive has no name, and what is hidden is never listed.
    return Origin(name if is_name(name) else f"model-{revision}", revision)


def _name_of(folder: Path) -> str:
    """What to call a model that says nothing about its origin but its files and its folder."""
    noted = read_json(folder / "config.json").get("_name_or_path")
    for candidate in (folder.name.replace("--", "/"), folder.name, noted):
        if isinstance(candidate, str) and (entry := entry_for(candidate)):
            return entry.id
    known = _BY_DIGEST.get(digest(folder))
    return known.id if known else folder.name


def _not_found(name: str, candidates: list[str]) -> ModelError:
    if candidates:
        return ModelError(
            f"More than one installed model is called {name}",
            f"Use the full name: {' or '.join(candidates)}.",
        )
    entry = entry_for(name)
    if entry is not None:
        return ModelError(
            f"The model {entry.id} is not installed",
            f"Install it with: phototagger models download {entry.id}",
        )
    return ModelError(
        f"There is no model called {name}",
        "See `phototagger models list`, or give the path of a model folder.",
    )
