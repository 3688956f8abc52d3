# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos named one by one, outside of the watch folders: into the library, where they wait."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from phototagger.errors import PhotoError
from phototagger.events import Listener, PhotoAdded, PhotoFailed
from phototagger.formats import HEAD_BYTES, has_photo_extension, sniff
from phototagger.photo import is_placeholder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores


def add_photos(stores: Stores, tell: Listener, paths: Iterable[Path]) -> int:
    """Take in some photos, each told as an event; what is no photo by name or content stays out.

    Returns:
        How many could be read as photos.
    """
    added = 0
    for path in filter(_may_be_photo, paths):
        absolute = path.parent.resolve() / path.name
        try:
            photo = take_in(absolute, stores)
        except PhotoError as error:
            tell(PhotoFailed(absolute, error))
        else:
            added += 1
            tell(PhotoAdded(photo.path, photo.status))
    return added


def _may_be_photo(path: Path) -> bool:
    """Whether a file is called like a photo or begins like one."""
    if has_photo_extension(path):
        return True
    with suppress(OSError):
        if not is_placeholder(path.stat()):
            with path.open("rb") as file:
                return sniff(file.read(HEAD_BYTES), path) is not None
    return False
