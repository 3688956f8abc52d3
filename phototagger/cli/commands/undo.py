# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger undo`: take back what was written, to the byte."""

import argparse
from itertools import takewhile

from phototagger.cli import exit_codes
from phototagger.cli.interrupt import stop_on_signal
from phototagger.cli.output import Output
from phototagger.cli.undo_report import UndoReport
from phototagger.errors import ServiceError
from phototagger.pipeline.finder import matching_paths
from phototagger.pipeline.session import new_batch_name, recover_unless_busy
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo

# The last write of a photo that was taken back is another one now.
_GO_ON = (
    "The same command goes on.",
    "Name the others to go on; those above would go back one step further.",
)


def run(args: argparse.Namespace, out: Output) -> int:
    """Take back what the command line names."""
    named = args.paths or args.query
    if not (named or args.batch or args.since is not None or args.all):
        out.note("Name photos or folders, or give --query, --batch, --since or --all.")
        out.note("`phototagger history` lists what was written.")
        return exit_codes.USAGE
    paths = [path.parent.resolve() / path.name for path in args.paths]
    if args.query:
        paths += matching_paths(args.places, args.query)
        if not paths:
            out.note("No photo matches the search.")
            return exit_codes.SOME_FAILED
    scope = Scope(paths, args.batch or "", args.since, args.all)
    args.places.create()
    stores = Stores.open(args.places.library)
    try:
        recover_unless_busy(args.places, stores)
        operations = choose(stores, scope)
        batch = new_batch_name()
        report = UndoReport(out, dry_run=args.dry_run)
        with stop_on_signal() as stop:
            wanted = takewhile(lambda _: not stop.is_set(), operations)
            try:
                undo(stores, wanted, batch, report, dry_run=args.dry_run)
            except ServiceError:
                out.text(report.summary())
                raise
    finally:
        stores.close()
    if not operations:
        out.note("There is nothing to take back: PhotoTagger wrote nothing there that stands.")
        return exit_codes.SOME_FAILED if named or args.batch else exit_codes.OK
    out.text(report.summary())
    if args.dry_run:
        out.note("Dry run: nothing was written.")
    elif report.undone:
        out.note(f"To take this back: phototagger undo --batch {batch}")
    if (done := report.undone + report.failed) < len(operations):
        one_step = named and not (args.batch or args.all or args.since is not None)
        out.note(f"Interrupted after {done} of {len(operations)}. {_GO_ON[bool(one_step)]}")
        return exit_codes.INTERRUPTED
    return exit_codes.SOME_FAILED if report.failed else exit_codes.OK
