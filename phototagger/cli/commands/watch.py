# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger watch`: watch the folders and caption what comes, until Ctrl-C."""

import argparse

from phototagger.cli import exit_codes
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output
from phototagger.cli.photo_report import PhotoReport, note_settings
from phototagger.paths import show
from phototagger.pipeline.service import Service


def run(args: argparse.Namespace, out: Output) -> int:
    """Watch until stopped; with --once until everything is done."""
    note_settings(args.places, out)
    report = PhotoReport(out)
    service = Service(args.places, report)
    try:
        for folder in args.folders:
            service.watch_also(folder)
        folders = service.stores.folders.all()
        if not folders:
            out.note("No folder is watched yet: add one with `phototagger folder add FOLDER`.")
            return exit_codes.USAGE
        for watched in folders:
            out.note(f"Watching {show(watched.path)}")
        with stop_on_signal() as stop:
            service.watch(stop, model_name=args.model, threshold=args.threshold, once=args.once)
            interrupted = stop.is_set()
    finally:
        service.close()
    if report.tally:
        out.text(report.summary())
    if not args.once:
        return exit_codes.OK
    return exit_codes.INTERRUPTED if interrupted else report.exit_code()
