# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Windows without a screen, over real libraries in a temporary folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.photo_grid import PhotoGrid
from phototagger.library.database import Library
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from tests.helpers.library import add_photo, by_machine, by_person
from tests.helpers.photo_album import Album

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits as long as a busy machine may take; five seconds are few beside other programs."""

    def waitUntil(  # noqa: N802 (Qt's name)
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 (Qt's name)
        self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Drives windows, with patience."""
    return PatientBot(request)


@pytest.fixture
def places(tmp_path: Path) -> DataPlaces:
    """A data folder of the test's own."""
    return DataPlaces(tmp_path / "data")


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in our theme, light."""
    theme.apply(qapp)
    yield qapp
    theme.choose(None)


@pytest.fixture
def bridge(qapp: QApplication, places: DataPlaces) -> Iterator[Bridge]:
    """A bridge to a library that is made when first asked; every thread must end after the test."""
    made = Bridge(places)
    yield made
    assert made.close() == []


@pytest.fixture
def library(places: DataPlaces) -> Path:
    """A small library: a dog twice, a boat by a person, one photo that waits, one that failed."""
    with closing(Library(places.library)) as made:
        for name, words in (("dog.jpg", "A brown dog on a beach"), ("dogs.jpg", "Two dogs run")):
            add_photo(made, name, by_machine(words), status=PhotoStatus.CAPTIONED)
        add_photo(made, "boat.jpg", by_person("Grandpa's red boat"), status=PhotoStatus.REVIEW)
        add_photo(made, "waits.jpg")
        add_photo(made, "broken.jpg", status=PhotoStatus.FAILED)
    return places.library


@pytest.fixture
def album(places: DataPlaces, tmp_path: Path) -> Iterator[Album]:
    album = Album(places, tmp_path / "photos")
    yield album
    album.stores.close()


@pytest.fixture
def grid(album: Album, dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> Iterator[PhotoGrid]:
    grid = PhotoGrid(bridge)
    qtbot.addWidget(grid)
    QAbstractItemModelTester(grid.model, grid)
    grid.resize(700, 600)
    grid.show()
    yield grid
    grid.close_loader()
