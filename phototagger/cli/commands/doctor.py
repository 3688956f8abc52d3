# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger doctor`: check the set-up and print what a bug report needs."""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from phototagger import __version__
from phototagger.cli import exit_codes
from phototagger.cli.output import Output, counted
from phototagger.errors import PhotoTaggerError
from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.precision import precision_words
from phototagger.inference.remote import api_key
from phototagger.inference.remote.model import NAME as REMOTE
from phototagger.inference.remote.model import remote_model
from phototagger.paths import DataPlaces, show
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.meaning import meaning_status
from phototagger.pipeline.models import NO_MODEL, TwoModels, choose, models_of, names_of
from phototagger.settings import load_settings
from phototagger.settings_check import without_effect

_LIBRARIES = (
    "torch transformers tokenizers safetensors huggingface-hub pillow pillow-heif rawpy "
    "exifread piexif watchdog numpy keyring truststore"
).split()
_ROOM = 1_000_000_000  # bytes; below it a model download or a large library fails soon
_WATCHES = Path("/proc/sys/fs/inotify/max_user_watches")

_Check = tuple[bool, str]


def run(args: argparse.Namespace, out: Output) -> int:
    """Print every check; the exit code says whether all is well."""
    good = True
    for name, check in _checks(args.places):
        try:
            ok, text = check()
        except PhotoTaggerError as error:
            ok, text = False, f"{error.title}. {error.hint}"
        good = good and ok
        out.result({"check": name, "ok": ok, "text": text}, f"{'✓' if ok else '✗'} {name}: {text}")
    return exit_codes.OK if good else exit_codes.SERVICE


def _checks(places: DataPlaces) -> Iterator[tuple[str, Callable[[], _Check]]]:
    yield "PhotoTagger", lambda: (True, f"{__version__} from {show(Path(sys.prefix))}")
    yield "System", lambda: (True, f"{platform.platform()}, Python {platform.python_version()}")
    yield "Libraries", _libraries
    yield "HEIC", _heic
    yield "Data folder", lambda: _data_folder(places)
    yield "Settings", lambda: _settings(places)
    yield "Library", lambda: _library(places)
    yield "Models", lambda: _models(places)
    yield "Precision", lambda: _precision(places)
    yield "Search by meaning", lambda: _meaning(places)
    yield "Remote captioner", lambda: _remote(places)
    if _WATCHES.exists():
        yield "Folder watches", lambda: (True, f"{_WATCHES.read_text().strip()} allowed")


def _libraries() -> _Check:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name} not installed")
    return True, ", ".join(found)


def _heic() -> _Check:
    if importlib.util.find_spec("pillow_heif"):
        return True, "can be read"
    return True, 'cannot be read: pip install "phototagger-desktop[heic]"'


def _data_folder(places: DataPlaces) -> _Check:
    there = places.root.absolute()
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    may_write = os.access(there, os.W_OK | os.X_OK) and there.is_dir()
    told = "" if may_write else ", which may not be written to"
    return may_write and free > _ROOM, f"{show(places.root)}{told}, {free / 1e9:.1f} GB free"


def _settings(places: DataPlaces) -> _Check:
    if useless := without_effect(places.settings):
        return False, f"{show(places.settings)}: without effect: {'; '.join(useless)}"
    there = "" if places.settings.exists() else "defaults; there is no file "
    return True, f"{there}{show(places.settings)}"


def _library(places: DataPlaces) -> _Check:
    if not has_library(places):
        return True, "empty: nothing was indexed yet"
    with reading(places) as stores:
        problems = stores.library.check()
        photos = sum(stores.photos.counts().values())
    return not problems, "; ".join(problems) or f"sound, {counted(photos, 'photo')}"


def _meaning(places: DataPlaces) -> _Check:
    settings = load_settings(places.settings).searching
    if not has_library(places):
        return True, meaning_status(places, settings, None).text
    with reading(places) as stores:
        return True, meaning_status(places, settings, stores.library).text


def _models(places: DataPlaces) -> _Check:
    names = ", ".join(model.name for model in models_of(places)) or "none"
    used = choose(places, load_settings(places.settings))
    return True, f"{names}. " + (f"In use: {' and '.join(names_of(used))}" if used else NO_MODEL)


def _precision(places: DataPlaces) -> _Check:
    """Measures this processor only where that decides; torch takes seconds to import."""
    settings = load_settings(places.settings)
    used = choose(places, settings)
    models = (used.first, used.second) if isinstance(used, TwoModels) else (used,)
    words = [
        f"{model.name}: {precision_words(model, settings.captions.precision, _is_faster)}"
        for model in models
        if isinstance(model, InstalledModel)
    ]
    if not words:
        return True, f"set to {settings.captions.precision}"
    return True, f"on the processor, {'; '.join(words)}"


def _is_faster() -> bool:
    from phototagger.inference.decoding.matrices import eight_bit_is_faster

    return eight_bit_is_faster()


def _remote(places: DataPlaces) -> _Check:
    """How the remote captioner is set up; the server itself is not asked."""
    settings = load_settings(places.settings)
    if not settings.remote.enabled:
        return True, "off: nothing of a photo leaves this machine"
    model = remote_model(settings.remote)
    when = "always" if settings.captions.model == REMOTE else "when named with --model remote"
    key = "with a key" if api_key.find_key(model.endpoint) else "without a key"
    return True, f"on: photos are sent to {model.endpoint.shown} {when}, {key}, for {model.name}"
