# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The dialog of models: facts, import, use, removal; downloads are told to it as events."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from phototagger.errors import ModelError
from phototagger.events import ModelProgress, ModelStopped
from phototagger.gui.bridge import Bridge
from phototagger.gui.models_dialog import ModelsDialog
from phototagger.inference.catalogue import STARTER_VIT_GPT2
from phototagger.paths import DataPlaces
from phototagger.pipeline.model_facts import Speed, keep_speed
from phototagger.settings import load_settings
from tests.helpers.checkpoints import write_git

BEST = "microsoft/git-large-coco"


@pytest.fixture
def dialog(dressed: QApplication, bridge: Bridge, qtbot: QtBot) -> ModelsDialog:
    dialog = ModelsDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog._cards))
    return dialog


def words(dialog: ModelsDialog, name: str) -> str:
    return " ".join(each.text() for each in dialog._cards[name].findChildren(QLabel))


def test_each_model_tells_what_it_costs(dialog: ModelsDialog) -> None:
    said = words(dialog, BEST)
    for part in ("git-large-coco", "microsoft", "1.6 GB", "MIT", "English", "not measured"):
        assert part in said
    assert dialog._cards[BEST].download.isVisible()
    starter = dialog._cards[STARTER_VIT_GPT2]
    assert starter.use.isVisible()
    assert not starter.download.isVisible()
    assert not starter.remove.isVisible()


def test_one_download_is_what_to_do_first(dialog: ModelsDialog) -> None:
    first = [
        name for name, card in dialog._cards.items() if card.download.property("look") == "primary"
    ]
    assert first == [BEST]


def test_progress_shows_and_ends_with_its_reason(
    dialog: ModelsDialog, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.happened.emit(ModelProgress(BEST, 400_000_000, 1_600_000_000))
    card = dialog._cards[BEST]
    assert card.bar.isVisible()
    assert "400 MB of 1.6 GB" in card.progress.text()
    assert card.cancel.isVisible()
    assert not card.download.isVisible()
    error = ModelError("The model hub cannot be reached", "Check the connection.")
    bridge.happened.emit(ModelStopped(BEST, error))
    qtbot.waitUntil(lambda: error.title in dialog._note.text())
    assert not dialog._cards[BEST].download.isHidden()


def test_an_imported_model_can_be_used_and_removed(
    dialog: ModelsDialog,
    bridge: Bridge,
    qtbot: QtBot,
    places: DataPlaces,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_git(tmp_path / "my-git")
    with qtbot.waitSignal(dialog.models_changed, timeout=20_000):
        dialog.import_from(tmp_path / "my-git")
    qtbot.waitUntil(lambda: "my-git" in dialog._cards)
    # The only real model is used without being named.
    assert dialog._cards["my-git"].use.isHidden()
    dialog._cards[STARTER_VIT_GPT2].use.click()
    qtbot.waitUntil(lambda: load_settings(places.settings).captions.model == STARTER_VIT_GPT2)
    qtbot.waitUntil(lambda: dialog._cards["my-git"].use.isVisible())
    dialog._cards["my-git"].use.click()
    qtbot.waitUntil(lambda: load_settings(places.settings).captions.model == "my-git")
    qtbot.waitUntil(lambda: not dialog._cards["my-git"].use.isVisible())
    monkeypatch.setattr(dialog, "_agrees_to_remove", lambda _name: True)
    dialog._cards["my-git"].remove.click()
    qtbot.waitUntil(lambda: "my-git" not in dialog._cards)
    assert load_settings(places.settings).captions.model == ""


def test_a_folder_without_a_model_is_refused_in_words(
    dialog: ModelsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.import_from(tmp_path)
    qtbot.waitUntil(lambda: dialog._note.property("look") == "bad")
    assert dialog._note.text()


def test_speed_is_shown_where_it_was_measured(
    dressed: QApplication, bridge: Bridge, qtbot: QtBot, places: DataPlaces
) -> None:
    places.create()
    keep_speed(places, STARTER_VIT_GPT2, Speed(1.25, 64, "CPU, 2 threads"))
    dialog = ModelsDialog(bridge)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog._cards))
    assert "1.3 s a photo" in words(dialog, STARTER_VIT_GPT2)


def test_measuring_without_photos_says_so(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog._cards[STARTER_VIT_GPT2].measure.click()
    qtbot.waitUntil(lambda: "no photo to measure with" in dialog._note.text(), timeout=20_000)
