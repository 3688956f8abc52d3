# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What a library knows of the photo at a path."""

from pathlib import Path

from phototagger.library.photo_records import PhotoRecord, photo_record
from phototagger.photo import Photo
from phototagger.pipeline.stores import Stores


def photo_at(stores: Stores, path: Path) -> Photo:
    photo = stores.photos.by_path(path)
    assert photo is not None
    return photo


def record_of(stores: Stores, path: Path) -> PhotoRecord:
    record = photo_record(stores.library, photo_at(stores, path).id)
    assert record is not None
    return record
