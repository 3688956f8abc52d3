# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The first start: from nothing to a running watch, and nothing happens before the last button."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.first_start.dialog import FirstStartDialog
from phototagger.inference.catalogue import STARTER_VIT_GPT2
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.activity import Progress
from phototagger.pipeline.activity import progress as progress_of
from phototagger.settings import Settings, When, Where, load_settings
from tests.helpers.runs import draw

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def album(tmp_path: Path) -> Path:
    album = tmp_path / "album"
    for n, name in enumerate(["a.jpg", "b.jpg", "c.png", "d.bmp"]):
        draw(album / name, (40 * n, 9, 9))
    return album


@pytest.fixture
def dialog(
    dressed: QApplication,
    bridge: Bridge,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> FirstStartDialog:
    monkeypatch.setenv("HOME", str(tmp_path))  # a person without a folder of pictures
    dialog = FirstStartDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.model._facts))
    return dialog


def test_hints_are_whole_on_a_small_screen(dialog: FirstStartDialog, qtbot: QtBot) -> None:
    dialog.resize(420, 400)
    dialog.stack.setCurrentWidget(dialog.model)
    hints = [each for each in dialog.model.findChildren(QLabel) if each.wordWrap() and each.text()]
    assert len(hints) > 4
    for hint in hints:
        qtbot.waitUntil(lambda h=hint: h.height() >= h.heightForWidth(h.width()))  # type: ignore[misc]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.*")}


def choose_model(dialog: FirstStartDialog, name: str) -> None:
    for knob in dialog.model._group.buttons():
        if knob.property("model") == name:
            knob.click()


def to_the_preview(dialog: FirstStartDialog, qtbot: QtBot, model: str = "") -> None:
    qtbot.mouseClick(dialog.next, LEFT)
    choose_model(dialog, model)
    qtbot.mouseClick(dialog.next, LEFT)
    qtbot.waitUntil(lambda: len(dialog.preview.cards) == 3, timeout=30_000)


def test_without_a_folder_it_does_not_go_on(
    dialog: FirstStartDialog, qtbot: QtBot, album: Path
) -> None:
    assert not dialog.next.isEnabled()
    dialog.folders.add_folder(album)
    dialog.folders.add_folder(album)
    assert dialog.folders.folders == [album]
    assert dialog.next.isEnabled()
    qtbot.waitUntil(lambda: dialog.folders._counts[album].text() == "4 photo(s)")
    dialog.folders._remove(album)
    assert not dialog.next.isEnabled()


def test_the_offer_of_models_tells_size_and_licence(dialog: FirstStartDialog) -> None:
    names = [knob.property("model") for knob in dialog.model._group.buttons()]
    assert names[-2:] == [STARTER_VIT_GPT2, ""]
    hints = " ".join(knob.accessibleDescription() for knob in dialog.model._group.buttons())
    for words in ("707 MB", "MIT", "will be wrong"):
        assert words in hints


def test_nothing_is_written_or_kept_before_the_last_button(
    dialog: FirstStartDialog, bridge: Bridge, qtbot: QtBot, album: Path, places: DataPlaces
) -> None:
    before = snapshot(album)
    dialog.folders.add_folder(album)
    to_the_preview(dialog, qtbot)
    dialog.preview.beside.click()
    qtbot.waitUntil(lambda: "beside" in dialog.preview.cards[-1].place.text())
    dialog.reject()
    seen: list[Progress] = []
    bridge.read("test", progress_of, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].is_nothing
    assert load_settings(places.settings) == Settings()
    assert snapshot(album) == before
    assert not bridge.watching


def test_the_preview_names_the_very_places(
    dialog: FirstStartDialog, qtbot: QtBot, album: Path
) -> None:
    dialog.folders.add_folder(album)
    to_the_preview(dialog, qtbot)
    found = {sample.path.name: sample.file for sample in dialog.preview._samples}
    assert found["c.png"] == album / "c.png"
    assert found["d.bmp"] == album / "d.bmp.xmp"
    qtbot.waitUntil(lambda: not dialog.preview.cards[0].picture.pixmap().isNull())


def test_the_preview_is_whole_on_a_small_screen(
    dialog: FirstStartDialog, qtbot: QtBot, album: Path
) -> None:
    dialog.folders.add_folder(album)
    to_the_preview(dialog, qtbot)
    step = dialog.preview
    step.warning.show()
    dialog.resize(420, 400)
    texts = [each for each in step.findChildren(QLabel) if each.wordWrap() and each.text()]
    assert len(texts) > 5
    for text in texts:
        qtbot.waitUntil(lambda t=text: t.height() >= t.heightForWidth(t.width()))  # type: ignore[misc]
    for shown in step.cards:
        qtbot.waitUntil(lambda c=shown: c.height() >= c.minimumSizeHint().height())  # type: ignore[misc]
    assert dialog.height() == 400


def test_the_starter_model_shows_its_captions_with_a_warning(
    dialog: FirstStartDialog, qtbot: QtBot, album: Path
) -> None:
    before = snapshot(album)
    dialog.folders.add_folder(album)
    to_the_preview(dialog, qtbot, STARTER_VIT_GPT2)
    qtbot.waitUntil(lambda: dialog.preview.warning.isVisible(), timeout=240_000)
    assert all(sample.caption for sample in dialog.preview._samples)
    assert snapshot(album) == before


def test_go_watches_the_folders_in_the_chosen_way(
    dialog: FirstStartDialog, bridge: Bridge, qtbot: QtBot, album: Path, places: DataPlaces
) -> None:
    dialog.folders.add_folder(album)
    to_the_preview(dialog, qtbot)
    dialog.preview.review.click()
    with qtbot.waitSignal(dialog.started):
        qtbot.mouseClick(dialog.next, LEFT)
    settings = load_settings(places.settings)
    assert (settings.writing.when, settings.writing.where) == (When.REVIEW, Where.AUTO)
    seen: list[Progress] = []

    def all_are_in() -> bool:
        bridge.read("test", progress_of, seen.append)
        return bool(seen) and seen[-1].counts[PhotoStatus.PENDING] == 4

    assert bridge.watching
    qtbot.waitUntil(all_are_in, timeout=30_000)
