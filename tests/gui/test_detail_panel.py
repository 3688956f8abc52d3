# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One photo: shown, edited in place, never losing a word, undone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from phototagger.errors import PhotoTaggerError
from phototagger.events import ScanFinished
from phototagger.gui.bridge import Bridge
from phototagger.gui.detail.detail_panel import DetailPanel
from phototagger.gui.detail.length_meter import ENOUGH
from phototagger.gui.undo.undo_actions import UndoActions
from phototagger.library.commit import finish
from phototagger.paths import DataPlaces
from phototagger.photo import Caption, Origin, PhotoStatus, Target, Written
from phototagger.pipeline.stores import Stores
from tests.gui.photo_library import PhotoLibrary, make_library
from tests.helpers.exiftool_session import ExiftoolSession


@pytest.fixture
def library(places: DataPlaces, tmp_path: Path) -> PhotoLibrary:
    return make_library(places, tmp_path / "album")


@pytest.fixture
def panel(
    dressed: QApplication, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> Iterator[DetailPanel]:
    made = DetailPanel(bridge)
    qtbot.addWidget(made)
    made.resize(360, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_threads()


def show(panel: DetailPanel, library: PhotoLibrary, photo_id: int, qtbot: QtBot) -> None:
    panel.show_photos([photo_id])
    caption = library.detail(photo_id).record.caption
    qtbot.waitUntil(lambda: panel.texts.caption.text == caption and panel.saving.is_settled)


def type_over(panel: DetailPanel, text: str, qtbot: QtBot) -> None:
    panel.edit_caption()
    qtbot.keyClicks(panel.texts.caption, text)


def texts(widget: QWidget) -> str:
    labels = (label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return "\n".join(labels)


def test_a_photo_is_shown_with_who_wrote_what(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.own, qtbot)
    assert panel.texts.caption.text == "Rex at the sea"
    assert panel.texts.alt_text.text == "A brown dog runs."
    assert panel.texts.keywords.words == ("Rex", "sea")
    assert "Written by a person" in texts(panel.texts)
    assert "Written into the photo" in texts(panel.texts)
    assert "3.jpg" in texts(panel.facts)
    show(panel, library, library.unsure, qtbot)
    assert "fake-model, hardly sure" in texts(panel.texts)
    assert "review" in texts(panel.texts)
    assert "10" not in texts(panel.texts.author)


def test_an_edit_goes_into_the_file_and_undo_takes_it_back(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot, exiftool: str
) -> None:
    show(panel, library, library.sure, qtbot)
    before = library.paths[library.sure].read_bytes()
    type_over(panel, "Ann and Rex", qtbot)
    with qtbot.waitSignal(panel.settled, timeout=20_000):
        qtbot.keyClick(panel.texts.caption, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    record = library.detail(library.sure).record
    assert (record.caption, record.origin) == ("Ann and Rex", Origin.HUMAN)
    with ExiftoolSession(exiftool) as session:
        found = session.read(library.paths[library.sure], "ImageDescription")
    assert found["IFD0:ImageDescription"] == "Ann and Rex"
    qtbot.waitUntil(lambda: "Edited" in texts(panel.history))
    undo = next(b for b in panel.history.findChildren(QPushButton) if b.text() == "Undo")
    with qtbot.waitSignal(panel.told, timeout=20_000):
        undo.click()
    assert library.paths[library.sure].read_bytes() == before
    qtbot.waitUntil(lambda: panel.texts.caption.text == "A dog on a beach 0")


def test_escape_takes_up_what_stood_there(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.sure, qtbot)
    type_over(panel, "No", qtbot)
    qtbot.keyClick(panel.texts.caption, Qt.Key.Key_Escape)
    assert panel.texts.caption.text == "A dog on a beach 0"
    panel.save()
    assert panel.saving.is_settled


def test_the_history_says_whose_each_text_is(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    with closing(Stores.open(library.places.library)) as stores:
        old = Caption("A hound", Origin.AI, "c/old-model", "1", 0.5)
        stores.captions.add(library.sure, old, current=True)
        # Long ago and at different times: what came in one step has one time.
        with stores.library.write() as connection:
            connection.execute("UPDATE captions SET added = 60 * id")
        by_person = Caption("My Rex", Origin.HUMAN)
        stores.captions.add(library.sure, by_person, current=True)
        photo = stores.photos.by_id(library.sure)
        assert photo is not None
        second = Caption("A puppy", Origin.AI, "b/other-model", "1", 0.5)
        new = Caption("A dog runs", Origin.AI, "a/new-model", "1", 0.9, second=second)
        written = Written(Target.EMBEDDED, (), "", photo.stat)
        finish(stores.library, photo.id, new, written, PhotoStatus.CAPTIONED)
    panel.show_photos([library.sure])
    qtbot.waitUntil(lambda: "A puppy" in texts(panel))
    lines = texts(panel).splitlines()

    def title(text: str) -> str:
        return lines[lines.index(text) - 1].partition("  ·  ")[0]

    assert title("A puppy") == "What other-model says"
    assert title("A hound") == "An earlier caption by old-model"
    assert title("My Rex") == "An earlier caption by a person"


def test_going_to_another_photo_keeps_what_was_written(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.sure, qtbot)
    type_over(panel, "Ann", qtbot)
    with qtbot.waitSignal(panel.settled, timeout=20_000):
        panel.show_photos([library.own])
    assert library.detail(library.sure).record.caption == "Ann"
    assert library.detail(library.own).record.caption == "Rex at the sea"


def test_a_photo_that_is_gone_keeps_what_was_written(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.sure, qtbot)
    type_over(panel, "Ann", qtbot)
    library.paths[library.sure].unlink()
    with qtbot.waitSignal(panel.told, timeout=20_000) as told:
        panel.save()
    assert "not there now" in told.args[1]
    assert library.detail(library.sure).record.caption == "Ann"


def test_words_that_no_file_took_are_taken_back_by_the_same_key(
    panel: DetailPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> None:
    undo = UndoActions(bridge, panel)
    show(panel, library, library.sure, qtbot)
    before = library.detail(library.sure)
    type_over(panel, "Ann", qtbot)
    library.paths[library.sure].rename(library.paths[library.sure].with_suffix(".away"))
    with qtbot.waitSignal(panel.settled, timeout=20_000):
        panel.save()
    assert library.detail(library.sure).record.caption == "Ann"
    with qtbot.waitSignal(undo.told, timeout=20_000) as told:
        undo.undo.trigger()
    assert "Ann" in told.args[1]
    after = library.detail(library.sure)
    assert (after.record, after.photo.status) == (before.record, before.photo.status)
    with qtbot.waitSignal(undo.told, timeout=20_000):
        undo.redo.trigger()
    assert library.detail(library.sure).record.caption == "Ann"


def test_what_cannot_be_kept_anywhere_stays_in_the_field(
    panel: DetailPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> None:
    errors: list[PhotoTaggerError] = []
    bridge.failed.connect(errors.append)
    show(panel, library, library.sure, qtbot)
    type_over(panel, "Ann", qtbot)
    library.paths[library.sure].write_bytes(b"no picture any more")
    panel.show_photos([library.own])
    qtbot.waitUntil(lambda: bool(errors))
    panel.show_photos([library.sure])
    # It may have been handed over once more on the way, and come back once more.
    caption = panel.texts.caption
    qtbot.waitUntil(lambda: caption.text == "Ann" and caption.is_changed, timeout=20_000)
    # Nobody is said to have written it, and it is said to be nowhere.
    qtbot.waitUntil(lambda: "Not kept yet" in texts(panel.texts))
    assert panel.texts.author.isHidden()
    qtbot.keyClick(caption, Qt.Key.Key_Escape)
    assert "Not kept yet" not in texts(panel.texts)
    assert not panel.texts.author.isHidden()


def test_keywords_are_added_and_taken_out(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.own, qtbot)
    entry = panel.texts.keywords.entry
    entry.setFocus()
    qtbot.keyClicks(entry, "Ann; dog")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    chips = panel.texts.keywords.findChildren(QToolButton)
    next(chip for chip in chips if chip.text() == "sea").click()
    assert panel.texts.keywords.words == ("Rex", "Ann", "dog")
    with qtbot.waitSignal(panel.settled, timeout=20_000):
        panel.save()
    assert library.detail(library.own).record.keywords == ("Rex", "Ann", "dog")


def test_long_words_leave_the_panel_as_wide_as_it_is(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.own, qtbot)
    type_over(panel, "https://example.org/" + "x" * 400, qtbot)
    with qtbot.waitSignal(panel.settled, timeout=20_000):
        panel.save()
    field = panel.texts.keywords
    field.load(["sea", "a keyword of many words that goes on and on " * 3])
    whole = panel.texts.parentWidget()
    assert whole is not None
    qtbot.waitUntil(lambda: len(field.findChildren(QToolButton)) == 2)
    for chip in field.findChildren(QToolButton):
        qtbot.waitUntil(lambda c=chip: field.rect().contains(c.geometry()))  # type: ignore[misc]
    assert whole.minimumSizeHint().width() < panel.width()


def test_a_photo_whose_folder_is_offline_says_so_and_when_it_is_back(
    panel: DetailPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot
) -> None:
    with closing(Stores.open(library.places.library)) as stores:
        folder = stores.folders.add(library.paths[library.sure].parent)
        stores.folders.take_over(folder)
        stores.folders.set_offline(folder.id, offline=True)
        show(panel, library, library.sure, qtbot)
        assert "Its folder is offline" in texts(panel.texts)
        stores.folders.set_offline(folder.id, offline=False)
    bridge.happened.emit(ScanFinished(folder.path, 4, 0))
    qtbot.waitUntil(lambda: "Written into the photo" in texts(panel.texts))


def test_the_length_of_an_alt_text_is_told(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.own, qtbot)
    panel.texts.alt_text.setPlainText("a" * (ENOUGH + 1))
    assert str(ENOUGH + 1) in panel.texts.meter.accessibleName()
    panel.texts.alt_text.revert()
    assert "17 of at most" in panel.texts.meter.accessibleName()


def test_several_photos_are_counted_and_offer_what_suits_them(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.sure, qtbot)
    panel.show_photos([library.sure, library.own])
    assert "2 photo" in texts(panel.summary)
    assert panel.photo_id is None


def test_controls_have_names_and_take_the_keyboard(
    panel: DetailPanel, library: PhotoLibrary, qtbot: QtBot
) -> None:
    show(panel, library, library.own, qtbot)
    for control in (panel.texts.caption, panel.texts.alt_text, panel.texts.keywords.entry):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    for button in panel.findChildren(QToolButton):
        assert button.accessibleName() or button.text()


def test_the_key_goes_on_behind_what_cannot_be_taken_back(
    panel: DetailPanel, library: PhotoLibrary, bridge: Bridge, qtbot: QtBot, exiftool: str
) -> None:
    undo = UndoActions(bridge, panel)
    for photo_id, words in ((library.sure, "Ann"), (library.unsure, "Ben")):
        show(panel, library, photo_id, qtbot)
        type_over(panel, words, qtbot)
        with qtbot.waitSignal(panel.settled, timeout=20_000):
            panel.save()
    with ExiftoolSession(exiftool) as session:
        session.edit(library.paths[library.unsure], "-XMP-dc:Description=Cleo")
    with qtbot.waitSignal(bridge.failed, timeout=20_000):
        undo.undo.trigger()
    with qtbot.waitSignal(undo.told, timeout=20_000) as told:
        undo.undo.trigger()
    assert "Ann" in told.args[1]
