# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A library with real files, changed from outside of the window, and what its grid shows."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from phototagger.events import (
    CaptionWritten,
)
from phototagger.formats import Format
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.paths import DataPlaces
from phototagger.photo import (
    Caption,
    FileFacts,
    FileStat,
    Origin,
    Photo,
    PhotoStatus,
    Target,
    Written,
)
from phototagger.pipeline.browsing import PhotoFilter
from phototagger.pipeline.stores import Stores
from tests.helpers.images import detailed, encoded, write


class Album:
    """A library and the photos in it, changed from outside of the window."""

    def __init__(self, places: DataPlaces, folder: Path) -> None:
        folder.mkdir()
        self.stores = Stores.open(places.library)
        self.folder = folder
        self.watched = self.stores.folders.add(folder)

    def add(
        self,
        name: str,
        caption: str = "",
        *,
        year: int = 2020,
        status: PhotoStatus = PhotoStatus.CAPTIONED,
        by: Origin = Origin.AI,
    ) -> int:
        seed = len(list(self.folder.iterdir()))
        path = write(self.folder / name, encoded(detailed(240, 180, seed=seed), "JPEG"))
        stat = FileStat.of(path.stat())
        photo = self.stores.photos.add(path, stat, folder_id=self.watched.id, status=status)
        facts = FileFacts(Format.JPEG, name, taken_at=f"{year}-05-01T12:00:00")
        self.stores.photos.save_facts(photo.id, facts, stat)
        if caption:
            self.caption(photo.id, caption, by=by)
        return photo.id

    def caption(self, photo: int, text: str, *, by: Origin = Origin.AI) -> CaptionWritten:
        sure = 0.9 if by is Origin.AI else None
        caption = Caption(text, by, "starter" if by is Origin.AI else None, None, sure)
        self.stores.captions.add(photo, caption, current=True)
        known = self.photo(photo)
        written = Written(Target.INDEX, (), "", known.stat)
        return CaptionWritten(known, caption, written, known.status)

    def photo(self, photo: int) -> Photo:
        found = self.stores.photos.by_id(photo)
        assert found is not None
        return found


def shown(grid: PhotoGrid) -> list[int]:
    return [grid.model.id_at(row) for row in range(grid.model.rowCount())]


def show(grid: PhotoGrid, qtbot: QtBot, what: PhotoFilter | None = None) -> None:
    with qtbot.waitSignal(grid.model.listed):
        grid.show_all(what or PhotoFilter())
    everything = set(shown(grid)[:4])
    qtbot.waitUntil(lambda: all(grid.model.card(photo) for photo in everything))
