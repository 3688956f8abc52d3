# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger status`: counts, folders, the model; or why a photo is not captioned."""

import argparse
from pathlib import Path

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.paths import show
from phototagger.photo import PhotoStatus
from phototagger.pipeline.activity import captioning
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.meaning import meaning_status
from phototagger.pipeline.stores import Stores
from phototagger.settings import load_settings


def run(args: argparse.Namespace, out: Output) -> int:
    """Print where things stand."""
    if not has_library(args.places):
        out.result(
            {"photos": 0, "folders": []},
            "Nothing is indexed yet: add a folder with `phototagger folder add FOLDER`, "
            "or see `phototagger demo`.",
        )
        return exit_codes.OK
    with reading(args.places) as stores:
        if args.paths:
            for path in args.paths:
                _why(path.parent.resolve() / path.name, stores, out)
        else:
            _counts(args, stores, out)
    return exit_codes.OK


def _counts(args: argparse.Namespace, stores: Stores, out: Output) -> None:
    counts = {str(status): count for status, count in stores.photos.counts().items() if count}
    folders = [folder.path for folder in stores.folders.all()]
    settings = load_settings(args.places.settings)
    meaning = meaning_status(args.places, settings.searching, stores.library)
    who = captioning(args.places)
    out.record(
        {
            "photos": sum(counts.values()),
            "counts": counts,
            "folders": [str(folder) for folder in folders],
            "model": who.model or None,
            "photos_are_sent_to": who.server or None,
            "problem": who.problem or None,
            "meaning": {"on": meaning.on, "ready": meaning.ready, "waiting": meaning.waiting},
        }
    )
    out.text(f"{sum(counts.values())} photos: " + ", ".join(f"{n} {s}" for s, n in counts.items()))
    for folder in folders:
        out.text(f"Watching {show(folder)}{'' if folder.is_dir() else '  (offline)'}")
    sent = f". Photos are sent to {who.server}" if who.server else ""
    out.text(f"Model: {who.model}{sent}" if who.model else who.problem)
    out.text(meaning.text)


def _why(path: Path, stores: Stores, out: Output) -> None:
    answer = stores.photos.why(path)
    if answer is None:
        status, error, hint = "unknown", "This photo is not in the library", "Watch its folder."
    else:
        status, error, hint = str(answer.status), answer.title, answer.hint
        if answer.status is PhotoStatus.PENDING and not error:
            error, hint = "It waits for its turn, or for a model", "See `phototagger status`."
    record = {"path": str(path), "status": status, "error": error or None, "hint": hint or None}
    out.result(record, f"{show(path)}: {status}" + (f". {error}. {hint}" if error else ""))
