# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos named one by one, outside of the watch folders: into the library, where they wait."""

from collections.abc import Iterable
from pathlib import Path

from phototagger.errors import PhotoError
from phototagger.events import Listener, PhotoAdded, PhotoFailed
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores


def add_photos(stores: Stores, tell: Listener, paths: Iterable[Path]) -> int:
    """Take in some photos, each told as an event.

    Returns:
        How many could be read as photos.
    """
    added = 0
    for path in paths:
        absolute = path.parent.resolve() / path.name
        try:
            photo = take_in(absolute, stores)
        except PhotoError as error:
            tell(PhotoFailed(absolute, error))
        else:
            added += 1
            tell(PhotoAdded(photo.path, photo.status))
    return added
