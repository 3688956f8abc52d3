# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Windows without a screen, over real libraries in a temporary folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.paths import DataPlaces


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
