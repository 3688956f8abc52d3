# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A file of photos' texts that appears under its name when it is complete, and not before."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from phototagger.errors import SettingsError, from_os_error
from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.pipeline.exchange import Format, write
from phototagger.pipeline.stores import Stores


def export_photos(stores: Stores, ids: Iterable[int], path: Path) -> int:
    """Write some photos' texts to a file, by its name as CSV or JSON; how many there were.

    Raises:
        PhotoTaggerError: the file cannot be written.
        LibraryError: the library fails.
    """
    with complete_file(path, force=True) as stream:
        return write(_records(stores, ids), stream, form_by_name(path))


def form_by_name(path: Path | None) -> Format:
    """JSON for a name that ends so, else CSV."""
    return Format.JSON if path is not None and path.suffix.lower() == ".json" else Format.CSV


@contextmanager
def complete_file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file to write.

    Args:
        path: its name.
        force: replace a file that is there.

    Raises:
        SettingsError: the file is there already, and nobody said that it may go.
        PhotoTaggerError: it cannot be written.
    """
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


def _records(stores: Stores, ids: Iterable[int]) -> Iterator[PhotoRecord]:
    for photo_id in ids:
        if record := photo_record(stores.library, photo_id):
            yield record
