# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger status`: counts, folders and how they do, the model."""

import argparse
from typing import Any

from phototagger.cli import exit_codes
from phototagger.cli.commands import why
from phototagger.cli.output import Output, counted
from phototagger.paths import show
from phototagger.pipeline.activity import captioning
from phototagger.pipeline.explaining import explain_folder
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.folder_health import FolderHealth, folder_health
from phototagger.pipeline.meaning import meaning_status
from phototagger.pipeline.stores import Stores
from phototagger.settings import load_settings


def run(args: argparse.Namespace, out: Output) -> int:
    """Print where things stand; of photos that are named, what `why` says."""
    if args.paths:
        return why.run(args, out)
    if not has_library(args.places):
        out.result(
            {"photos": 0, "folders": []},
            "Nothing is indexed yet: add a folder with `phototagger folder add FOLDER`, "
            "or see `phototagger demo`.",
        )
        return exit_codes.OK
    with reading(args.places) as stores:
        _counts(args, stores, out)
    return exit_codes.OK


def _counts(args: argparse.Namespace, stores: Stores, out: Output) -> None:
    counts = {str(status): count for status, count in stores.photos.counts().items() if count}
    folders = folder_health(stores, {})
    settings = load_settings(args.places.settings)
    meaning = meaning_status(args.places, settings.searching, stores.library)
    who = captioning(args.places)
    out.record(
        {
            "photos": sum(counts.values()),
            "counts": counts,
            "folders": [str(health.folder.path) for health in folders],
            "health": [_record(health) for health in folders],
            "model": who.model or None,
            "photos_are_sent_to": who.server or None,
            "problem": who.problem or None,
            "meaning": {"on": meaning.on, "ready": meaning.ready, "waiting": meaning.waiting},
        }
    )
    each = ", ".join(f"{number} {status}" for status, number in counts.items())
    out.text(counted(sum(counts.values()), "photo") + (f": {each}" if each else ""))
    for health in folders:
        out.text(_line(health))
    sent = f". Photos are sent to {who.server}" if who.server else ""
    out.text(f"Model: {who.model}{sent}" if who.model else who.problem)
    out.text(meaning.text)


def _record(health: FolderHealth) -> dict[str, Any]:
    why_so, hint = explain_folder(health.folder)
    return {
        "folder": str(health.folder.path),
        "photos": health.photos,
        "counts": {str(status): count for status, count in health.counts.items() if count},
        "offline": health.folder.offline,
        "paused": health.folder.paused,
        "why": why_so or None,
        "hint": hint or None,
    }


def _line(health: FolderHealth) -> str:
    counts = ", ".join(f"{n} {status}" for status, n in health.counts.items() if n)
    why_so, hint = explain_folder(health.folder)
    told = f". {why_so}. {hint}" if why_so else ""
    return f"Watching {show(health.folder.path)}: {counts or 'no photos yet'}{told}"
