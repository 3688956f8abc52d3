# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A library of some real photos for tests of panels: captioned, in review, and a person's."""

from dataclasses import dataclass
from pathlib import Path

from phototagger.library.decisions import Words
from phototagger.paths import DataPlaces
from phototagger.photo import Caption, Captioned, Origin
from phototagger.pipeline.editing import Editor
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.photo_detail import PhotoDetail, photo_detail
from phototagger.pipeline.stages import WriteOrder, write_stage
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings, WritePolicy
from tests.helpers.runs import draw

THRESHOLD = 0.3


@dataclass(frozen=True)
class PhotoLibrary:
    """Four photos.

    Attributes:
        places: the data folder.
        sure: captioned by a model that was sure; the caption is in the file.
        unsure: its caption waits for review.
        another: so does this one's.
        own: captioned by a person over a model's caption, with alt text and keywords.
        paths: their files, by id.
    """

    places: DataPlaces
    sure: int
    unsure: int
    another: int
    own: int
    paths: dict[int, Path]

    def detail(self, photo_id: int) -> PhotoDetail:
        """What the library says of a photo now."""
        stores = Stores.open(self.places.library, read_only=True)
        try:
            found = photo_detail(stores, photo_id)
            assert found is not None
            return found
        finally:
            stores.close()


def make_library(places: DataPlaces, album: Path) -> PhotoLibrary:
    """Make the files and the library."""
    places.create()
    stores = Stores.open(places.library)
    ids, paths = [], {}
    for number, sure in enumerate((0.9, 0.1, 0.2, 0.8)):
        path = draw(album / f"{number}.jpg", (60 * number, 90, 40), size=200)
        photo = take_in(path, stores)
        text = f"A dog on a beach {number}"
        caption = Caption(text, Origin.AI, "a/fake-model", "1", sure, "2026-01-02T03:04:05Z")
        order = WriteOrder(WritePolicy(), THRESHOLD, f"run {number}")
        write_stage(Captioned(photo, caption), stores, order)
        ids.append(photo.id)
        paths[photo.id] = path
    words = Words("Rex at the sea", "A brown dog runs.", ("Rex", "sea"))
    Editor(stores, Settings(), batch="mine").edit(ids[3], words)
    stores.close()
    return PhotoLibrary(places, *ids, paths=paths)
