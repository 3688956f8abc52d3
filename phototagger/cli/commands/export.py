# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger export`: photos and their texts as CSV or JSON."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from phototagger.cli import exit_codes
from phototagger.cli.output import Output
from phototagger.errors import SettingsError, from_os_error
from phototagger.library.photo_records import photo_records
from phototagger.paths import show
from phototagger.pipeline.exchange import Format, write
from phototagger.pipeline.finder import expanded, reading


def run(args: argparse.Namespace, out: Output) -> int:
    """Write what matches to a file, or to standard output."""
    text = expanded(args.places, args.query)
    form = Format(args.format or _form_by_name(args.out))
    with reading(args.places) as stores, _stream(args.out, force=args.force) as stream:
        count = write(photo_records(stores.library, text), stream, form)
    if args.out is None:
        out.note(f"{count} photos exported.")
    else:
        out.result(
            {"file": str(args.out), "photos": count},
            f"{count} photos exported to {show(args.out)}.",
        )
    return exit_codes.OK


def _form_by_name(path: Path | None) -> Format:
    return Format.JSON if path is not None and path.suffix.lower() == ".json" else Format.CSV


@contextmanager
def _stream(path: Path | None, *, force: bool) -> Iterator[IO[bytes]]:
    """Where to write; a file appears under its name when it is complete.

    Raises:
        SettingsError: the file is there already, and nobody said that it may go.
        PhotoTaggerError: it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.exists() and not force:
        raise SettingsError(
            "The file exists already", "Choose another name, or add --force to replace it.", path
        )
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield stream
        temporary.replace(path)
    except OSError as error:
        raise from_os_error(error, path, "write") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
