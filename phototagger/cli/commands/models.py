# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger models list|download|import|remove|bench|key`: which models there are."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from phototagger.cli import exit_codes
from phototagger.cli.output import Output, counted
from phototagger.cli.remote_key import change_key
from phototagger.errors import ModelError, PhotoTaggerError
from phototagger.inference import download, store
from phototagger.inference.catalogue import CATALOGUE, EMBEDDER, InstalledModel, find
from phototagger.inference.precision import precision_words
from phototagger.inference.remote.model import NAME as REMOTE
from phototagger.inference.remote.model import remote_model
from phototagger.paths import show, starter_models_dir
from phototagger.pipeline.measuring import measure
from phototagger.pipeline.models import NO_MODEL, TwoModels, choose, models_of, names_of
from phototagger.settings import RemoteSettings, load_settings


def run(args: argparse.Namespace, out: Output) -> int:
    """List or change the installed models."""
    if args.action == "list":
        return _list(args, out)
    if args.action == "key":
        change_key(args.change, load_settings(args.places.settings).remote, out)
        return exit_codes.OK
    if args.action == "remove":
        store.remove(args.id, args.places.models)
        out.result({"removed": args.id}, f"{args.id} is removed.")
        return exit_codes.OK
    if args.action == "bench":
        return _bench(args, out)
    progress = _Progress(out)
    if args.action == "download":
        model = download.download(
            args.id, args.places.models, on_progress=progress, endpoint=args.mirror
        )
    else:
        model = store.import_folder(args.folder, args.places.models, on_progress=progress)
    out.result(_record(model), f"{model.name} is installed in {show(model.folder)}.")
    return exit_codes.OK


def _bench(args: argparse.Namespace, out: Output) -> int:
    """Measure a model with a person's photos."""
    settings = load_settings(args.places.settings)
    used = find(args.model, args.places.models, starter_models_dir()) if args.model else None
    model = used or choose(args.places, settings)
    if isinstance(model, TwoModels):
        model = model.first
    if not isinstance(model, InstalledModel):
        raise ModelError(NO_MODEL.partition(":")[0], "Name one with --model, or install one.")
    speed = measure(args.places, str(model.folder), _photos(args.paths), settings)
    record = {
        "model": model.name,
        "seconds_per_photo": round(speed.seconds_per_photo, 4),
        "photos": speed.photos,
        "device": speed.device,
    }
    hourly = 3600 / speed.seconds_per_photo
    out.result(
        record,
        f"{model.name} took {speed.seconds_per_photo:.2f} s a photo over "
        f"{counted(speed.photos, 'photo')} ({speed.device}): {hourly:,.0f} photos an hour. "
        "Nothing was written.",
    )
    return exit_codes.OK


def _photos(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, by name."""
    for path in paths:
        if path.is_dir():
            yield from (inner for inner in sorted(path.rglob("*")) if inner.is_file())
        else:
            yield path


class _Progress:
    """Prints every tenth of a transfer."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._tenth = -1

    def __call__(self, done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth != self._tenth:
            self._tenth = tenth
            self._out.note(f"{done / 1e6:.0f} of {total / 1e6:.0f} MB")


def _list(args: argparse.Namespace, out: Output) -> int:
    models = models_of(args.places)
    settings = load_settings(args.places.settings)
    try:
        in_use = names_of(choose(args.places, settings))
    except PhotoTaggerError as error:  # removed, perhaps; this list is where to find another
        in_use = set()
        out.error(error)
    if settings.searching.meaning:
        in_use.add(EMBEDDER.id)
    rows = []
    for model in models:
        exactly = precision_words(model, settings.captions.precision) if model.describes else ""
        out.record(_record(model) | {"used": model.name in in_use, "precision": exactly or None})
        mark = "in use" if model.name in in_use else "installed"
        note = "knows only the demo's drawn scenes; " if model.known_scenes_only else ""
        rows.append((model.name, mark, *_facts(model), note + exactly))
    have = {model.name for model in models}
    for entry in CATALOGUE:
        if entry.id not in have:
            record = {"name": entry.id, "installed": False, "bytes": entry.size}
            out.record(record | {"licence": entry.licence})
            size = f"{entry.size / 1e6:.0f} MB"
            rows.append((entry.id, "can be downloaded", size, entry.licence, entry.purpose))
    rows.append(_remote(settings.remote, settings.captions.model == REMOTE, out))
    if not out.as_json:
        out.table(("Model", "", "Size", "Licence", ""), rows)
        out.text(f"Starter models lie in {show(starter_models_dir())}.")
    return exit_codes.OK


def _remote(settings: RemoteSettings, used: bool, out: Output) -> tuple[str, str, str, str, str]:
    """The row of the remote captioner; its record goes out."""
    record: dict[str, object] = {"name": REMOTE, "enabled": settings.enabled, "used": used}
    try:
        model = remote_model(settings)
    except PhotoTaggerError as error:
        out.record(record | {"photos_are_sent_to": None, "problem": error.title})
        if not settings.enabled:
            return REMOTE, "off", "", "", "would send photos to a server that you name"
        return REMOTE, "not set up", "", "", error.title
    server = model.endpoint.shown
    out.record(record | {"photos_are_sent_to": server, "model": settings.model})
    mark = "in use" if used else "only when named"
    return REMOTE, mark, "", "", f"photos are sent to {server}, for {settings.model}"


def _facts(model: InstalledModel) -> tuple[str, str]:
    size = sum(path.stat().st_size for path in model.folder.rglob("*") if path.is_file())
    licence = model.entry.licence if model.entry else ""
    return f"{size / 1e6:.0f} MB", "Apache-2.0" if model.known_scenes_only else licence


def _record(model: InstalledModel) -> dict[str, object]:
    return {
        "name": model.name,
        "installed": True,
        "folder": str(model.folder),
        "revision": model.revision,
        "known_scenes_only": model.known_scenes_only,
    }
