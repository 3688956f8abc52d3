# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Review by the keyboard: on, back, accept, edit, reject; and all of it undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import label, letters
from phototagger.gui.review.review_list import ReviewList
from phototagger.gui.review.review_panel import ReviewPanel
from phototagger.gui.review.text_card import TextCard
from phototagger.gui.toast import Toast
from phototagger.gui.undo.undo_actions import UndoActions
from phototagger.paths import DataPlaces
from phototagger.photo import Caption, Origin, PhotoStatus
from tests.gui.photo_library import PhotoLibrary, make_library
from tests.helpers.exiftool_session import ExiftoolSession


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    return make_library(places, tmp_path / "album")


@pytest.fixture
def panel(
    dressed: QApplication, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> Iterator[ReviewPanel]:
    made = ReviewPanel(bridge)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.photo_id in (library.unsure, library.another))
    made.start_with(library.unsure)
    wait_for(made, library.unsure, qtbot)
    made.setFocus()
    yield made
    made.close_threads()


def wait_for(panel: ReviewPanel, photo_id: int | None, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.photo_id == photo_id, timeout=20_000)


def status(library: PhotoLibrary, photo_id: int) -> PhotoStatus:
    return library.detail(photo_id).photo.status


def test_j_and_k_go_on_and_back(panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot) -> None:
    other = library.another
    steps = (Qt.Key.Key_J, Qt.Key.Key_K)
    if not panel.bar.can_go_on:
        steps = (Qt.Key.Key_K, Qt.Key.Key_J)
    qtbot.keyClick(panel, steps[0])
    wait_for(panel, other, qtbot)
    qtbot.keyClick(panel, steps[1])
    wait_for(panel, library.unsure, qtbot)


def test_enter_writes_the_caption_and_the_next_photo_comes(
    panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot, exiftool: str
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    wait_for(panel, library.another, qtbot)
    qtbot.waitUntil(lambda: status(library, library.unsure) is PhotoStatus.CAPTIONED)
    with ExiftoolSession(exiftool) as session:
        found = session.read(library.paths[library.unsure], "ImageDescription")
    assert found["IFD0:ImageDescription"] == "A dog on a beach 1"
    assert library.detail(library.unsure).record.origin is Origin.AI


def test_delete_rejects_and_one_key_brings_it_back(
    panel: ReviewPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    undo = UndoActions(bridge, window)
    qtbot.keyClick(panel, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: status(library, library.unsure) is PhotoStatus.SKIPPED)
    wait_for(panel, library.another, qtbot)
    qtbot.waitUntil(lambda: "Rejected" in undo.undo.text())
    with qtbot.waitSignal(undo.told, timeout=20_000) as told:
        undo.undo.trigger()
    assert "A dog on a beach 1" in told.args[1]
    wait_for(panel, library.unsure, qtbot)  # and it is looked at again
    with qtbot.waitSignal(undo.told, timeout=20_000):
        undo.redo.trigger()
    assert status(library, library.unsure) is PhotoStatus.SKIPPED


def test_what_others_wrote_is_shown_letter_by_letter_and_never_widens_the_window(
    dressed: QApplication, qtbot: QtBot
) -> None:
    shown, toast = TextCard("Suggested"), Toast(QWidget())
    qtbot.addWidget(shown)
    qtbot.addWidget(toast._over)
    shown.show_caption(Caption("<b>" + "x" * 400 + "</b>", Origin.HUMAN))
    assert shown.minimumSizeHint().width() < letters(60)
    told = [*toast.findChildren(QLabel), *shown.findChildren(QLabel), label("<i>a</i>")]
    written = [each for each in told if each.text().startswith("<") or each.parent() is toast]
    assert len(written) == 4
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in written)


def test_e_edits_and_the_words_are_a_persons(
    panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_E)
    field = panel.suggested.field
    assert field.text == "A dog on a beach 1"
    qtbot.keyClicks(field, "Rex jumps")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(panel, library.another, qtbot)
    qtbot.waitUntil(lambda: library.detail(library.unsure).record.caption == "Rex jumps")
    assert library.detail(library.unsure).record.origin is Origin.HUMAN


def test_escape_leaves_the_suggestion_as_it_is(
    panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_E)
    qtbot.keyClicks(panel.suggested.field, "No")
    qtbot.keyClick(panel.suggested.field, Qt.Key.Key_Escape)
    assert not panel.suggested.is_editing
    assert status(library, library.unsure) is PhotoStatus.REVIEW


def test_going_on_keeps_what_was_written(
    panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_E)
    qtbot.keyClicks(panel.suggested.field, "Rex")
    panel.move_on(1)
    wait_for(panel, library.another, qtbot)
    qtbot.waitUntil(lambda: library.detail(library.unsure).record.caption == "Rex")


def test_nobody_decides_what_they_have_not_seen(
    panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    """Enter held down accepts the photo that shows; the next one must show first."""
    for _ in range(5):
        panel.accept()
    wait_for(panel, library.another, qtbot)
    assert status(library, library.another) is PhotoStatus.REVIEW


def test_the_end_says_so(panel: ReviewPanel, library: PhotoLibrary, qtbot: QtBot) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    wait_for(panel, library.another, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Delete)
    wait_for(panel, None, qtbot)
    assert panel.is_empty


def test_ctrl_z_takes_back_an_accepted_caption_and_says_which(
    panel: ReviewPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    undo = UndoActions(bridge, window)
    before = library.paths[library.unsure].read_bytes()
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    wait_for(panel, library.another, qtbot)
    with qtbot.waitSignal(undo.told, timeout=20_000) as told:
        undo.undo.trigger()
    assert "A dog on a beach 1" in told.args[1]
    assert library.paths[library.unsure].read_bytes() == before
    assert status(library, library.unsure) is PhotoStatus.REVIEW
    assert undo.undo.shortcut() == QKeySequence(QKeySequence.StandardKey.Undo)
    wait_for(panel, library.unsure, qtbot)
    with qtbot.waitSignal(undo.told, timeout=20_000):
        undo.redo.trigger()
    assert status(library, library.unsure) is PhotoStatus.CAPTIONED


@given(st.lists(st.integers(1, 50), unique=True), st.data())
def test_the_place_stays_where_it_is_as_photos_come_and_go(
    ids: list[int], data: st.DataObject
) -> None:
    photos = ReviewList()
    photos.load(ids)
    for turn in range(8):
        photos.move(data.draw(st.integers(-3, 3)))
        before = photos.current
        assert (before is None) == (len(photos) == 0)
        if data.draw(st.booleans()):
            decided = photos.decide()
            assert decided == before
            if data.draw(st.booleans()) and decided is not None:
                photos.load([*photos, decided])
                assert photos.current == decided
        else:
            photos.load([100 + turn, *photos])
            assert photos.current == (before or photos.current)
