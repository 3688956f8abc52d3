# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger tag`: caption photos and folders now."""

import argparse
import tempfile
from pathlib import Path

from phototagger.cli import exit_codes
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output
from phototagger.cli.photo_report import PhotoReport, note_settings
from phototagger.paths import DataPlaces
from phototagger.pipeline.finder import matching_paths
from phototagger.pipeline.service import Service, TagOptions


def run(args: argparse.Namespace, out: Output) -> int:
    """Caption what the command line names."""
    note_settings(args.places, out)
    options = TagOptions(args.model, args.again, args.dry_run, args.threshold)
    paths = list(args.paths)
    if args.query:
        paths += matching_paths(args.places, args.query)
    if not paths:
        out.note("No photo matches the search." if args.query else "Name photos or folders.")
        return exit_codes.SOME_FAILED if args.query else exit_codes.USAGE
    if not args.dry_run:
        return _tag(args.places, paths, options, out)
    # The same path over a throw-away library: nothing at all is written.
    with tempfile.TemporaryDirectory(prefix="phototagger-") as folder:
        code = _tag(args.places, paths, options, out, library=Path(folder))
    out.note("Dry run: nothing was written.")
    return code


def _tag(
    places: DataPlaces,
    paths: list[Path],
    options: TagOptions,
    out: Output,
    *,
    library: Path | None = None,
) -> int:
    report = PhotoReport(out)
    service = Service(places, report, library=library)
    try:
        with stop_on_signal() as stop:
            service.tag(paths, options, stop)
            interrupted = stop.is_set()
    finally:
        service.close()
    if report.tally:
        out.text(report.summary())
    return exit_codes.INTERRUPTED if interrupted else report.exit_code()
