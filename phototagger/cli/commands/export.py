# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger export`: photos and their texts as CSV or JSON."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from phototagger.cli import exit_codes
from phototagger.cli.output import Output, counted
from phototagger.errors import SettingsError
from phototagger.library.photo_records import photo_records
from phototagger.paths import show
from phototagger.pipeline.exchange import Format, write
from phototagger.pipeline.exporting import complete_file, form_by_name
from phototagger.pipeline.finder import expanded, reading


def run(args: argparse.Namespace, out: Output) -> int:
    """Write what matches to a file, or to standard output."""
    text = expanded(args.places, args.query)
    lines = out.as_json and args.out is None and args.format is None
    form = Format.LINES if lines else Format(args.format or form_by_name(args.out))
    with reading(args.places) as stores, _stream(args.out, force=args.force) as stream:
        count = write(photo_records(stores.library, text), stream, form)
    if args.out is None:
        out.note(f"{counted(count, 'photo')} exported.")
    else:
        out.result(
            {"file": str(args.out), "photos": count},
            f"{counted(count, 'photo')} exported to {show(args.out)}.",
        )
    return exit_codes.OK


@contextmanager
def _stream(path: Path | None, *, force: bool) -> Iterator[IO[bytes]]:
    """Where to write: standard output without a name."""
    if path is not None:
        with complete_file(path, force=force) as stream:
            yield stream
        return
    if sys.stdout is None:  # closed by who started the program
        raise SettingsError("There is no standard output to write to", "Name a file with --out.")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
