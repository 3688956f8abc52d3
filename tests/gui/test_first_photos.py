# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The photos of a library that was empty when the window came up."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from phototagger.events import Event, PhotoAdded
from phototagger.gui.bridge import Bridge
from phototagger.gui.photo_model import PhotoModel
from phototagger.pipeline.browsing import PhotoFilter
from tests.helpers.runs import draw


def test_the_first_photos_of_a_first_start_appear(
    bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    model = PhotoModel(bridge)
    added: list[Event] = []
    bridge.happened.connect(lambda e: added.append(e) if isinstance(e, PhotoAdded) else None)
    with qtbot.waitSignal(model.listed):
        model.show_filter(PhotoFilter())
    assert model.rowCount() == 0
    paths = [draw(tmp_path / f"{n}.jpg", (n, 0, 0)) for n in range(3)]
    bridge.command(lambda service: service.add_photos(paths))
    qtbot.waitUntil(lambda: len(added) == 3)
    qtbot.waitUntil(lambda: model.rowCount() == 3)
