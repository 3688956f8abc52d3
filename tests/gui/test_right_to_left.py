# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The window where people read from the right: what points, fills or begins does so there, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QImage, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QSlider,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from phototagger.gui import icons, pieces, theme
from phototagger.gui.authorship import AuthorLine, ConfidenceMeter
from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk.text_delegate import TextDelegate
from phototagger.gui.detail.section import Section
from phototagger.gui.directions import apart
from phototagger.gui.grid.cell_painter import CellPainter
from phototagger.gui.languages import translate
from phototagger.gui.review.review_panel import ReviewPanel
from phototagger.gui.undo.run_words import quoted
from phototagger.paths import DataPlaces
from phototagger.photo import Caption, Origin
from tests.gui.photo_library import make_library

ARABIC = "كلب يركض على الشاطئ"
SIDE = 64


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[QApplication]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme.apply(qapp)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.choose(None)


def drawn(name: str) -> QImage:
    return icons.icon(name).pixmap(QSize(SIDE, SIDE), 1.0).toImage()


def ink(image: QImage) -> tuple[int, int]:
    """The first and the last column that anything is drawn in."""
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).alpha() > 0 for y in range(image.height()))
    ]
    return columns[0], columns[-1]


def pictured(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def coloured(image: QImage, colour: str) -> list[int]:
    """The columns that have a colour somewhere."""
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == colour for y in range(image.height()))
    ]


def test_icons_that_point_somewhere_point_the_other_way(qapp: QApplication) -> None:
    names = ("arrow-right", "arrow-left", "panel-left", "undo-2", "list-checks", "search", "x")
    before = {name: drawn(name) for name in names}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        after = {name: drawn(name) for name in names}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    turned = {name for name in names if before[name] != after[name]}
    assert turned == set(names) - {"search", "x"}
    for name in turned:
        first, last = ink(before[name])
        assert ink(after[name]) == pytest.approx((SIDE - 1 - last, SIDE - 1 - first), abs=1)


def test_a_slider_is_filled_from_the_side_where_it_begins(
    mirrored: QApplication, qtbot: QtBot
) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.resize(200, 30)
    slider.setRange(0, 10)
    slider.setValue(2)
    filled = coloured(pictured(slider), theme.colours().accent.name())
    assert filled
    assert min(filled) > 100


def test_how_sure_a_model_is_is_counted_from_the_right_everywhere(
    mirrored: QApplication, qtbot: QtBot
) -> None:
    meter = ConfidenceMeter()
    qtbot.addWidget(meter)
    meter.show_confidence(0.05)
    machine = theme.colours().machine.name()
    dots = (
        CellPainter(200, 1.0, mirrored=True)._drawn_dots(1).toImage(),
        pictured(meter),
    )
    for image in dots:
        assert min(coloured(image, machine)) > image.width() // 2


def test_a_name_in_another_script_begins_where_all_words_begin(
    mirrored: QApplication, qtbot: QtBot
) -> None:
    for text in ("git-large-coco", ARABIC):
        label = pieces.label(text)
        qtbot.addWidget(label)
        label.resize(400, 40)
        label.setStyleSheet("background: white; color: black;")
        assert min(coloured(pictured(label), "#000000")) > 200, text


def test_names_keep_their_order_among_other_words(mirrored: QApplication) -> None:
    def order(text: str) -> list[int]:
        layout = QTextLayout(f"{ARABIC} {text}")
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        where = layout.text().index("0")
        # Not at its very ends: there a cursor stands beside either script.
        places = [line.cursorToX(where + number) for number in range(1, len("000123.jpg"))]
        return [round(place[0] if isinstance(place, tuple) else place) for place in places]

    loose, kept = order("000123.jpg"), order(apart("000123.jpg"))
    assert loose != sorted(loose)  # what happens otherwise: jpg.000123
    assert kept == sorted(kept)


def test_nothing_is_added_to_words_that_run_from_the_left(qapp: QApplication) -> None:
    assert quoted("Grüße aus Köln, 1998.") == "“Grüße aus Köln, 1998.”"
    assert apart("/home/ann/Fotos") == "/home/ann/Fotos"
    assert apart("") == ""
    assert ARABIC in apart(ARABIC) != ARABIC


def test_a_name_in_a_table_is_not_turned_around(mirrored: QApplication, qtbot: QtBot) -> None:
    view, name = QTreeWidget(), "000123.jpg"
    qtbot.addWidget(view)
    option = QStyleOptionViewItem()
    option.rect, option.direction = QRect(0, 0, 300, 30), Qt.LayoutDirection.RightToLeft
    view.setHeaderLabels([""])
    view.addTopLevelItem(item := QTreeWidgetItem([name]))
    layout = TextDelegate(view)._layout(option, view.indexFromItem(item), 300)
    line = layout.lineAt(0)
    first, last = (line.cursorToX(place) for place in (0, len(name)))
    first, last = (each[0] if isinstance(each, tuple) else each for each in (first, last))
    assert 150 < first < last


def test_arrow_keys_in_review_lead_to_where_the_buttons_are(
    mirrored: QApplication, places: DataPlaces, bridge: Bridge, tmp_path: Path, qtbot: QtBot
) -> None:
    make_library(places, tmp_path / "album")
    panel = ReviewPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    panel.refresh()
    qtbot.waitUntil(lambda: panel.photo_id is not None and panel.bar.can_go_on, timeout=20_000)
    first = panel.photo_id
    back, on = panel.bar._back, panel.bar._on
    assert on.geometry().right() < back.geometry().left()
    qtbot.keyClick(panel, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: panel.photo_id not in (None, first), timeout=20_000)
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: panel.photo_id == first, timeout=20_000)
    panel.close_threads()


def test_english_words_keep_their_order_in_a_window_read_from_the_right(
    qapp: QApplication,
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("ar_EG"))
    translators = translate(qapp)
    try:
        assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
        assert QCoreApplication.translate("any", "Add a folder…") == "\u2068Add a folder…\u2069"
        plural = QCoreApplication.translate("", "%n photo(s) were taken in", "", 2)
        assert plural == "\u20682 photos were taken in\u2069"
        # What programs read stays as it is, and Qt speaks the language of the window.
        assert QCoreApplication.translate("said", "en") == "en"
        assert QCoreApplication.translate("any", "JSON (*.json)") == "JSON (*.json)"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    finally:
        QLocale.setDefault(before)
        for each in translators:
            qapp.removeTranslator(each)
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_who_wrote_a_text_stands_beside_its_sign(mirrored: QApplication, qtbot: QtBot) -> None:
    line, history = AuthorLine(), Section("History", QWidget())
    for widget in (line, history):
        qtbot.addWidget(widget)
        widget.resize(400, 60)
    line.show_author(Caption("Rex", Origin.HUMAN))
    assert min(coloured(pictured(line), theme.colours().human.name())) > 200
    assert min(coloured(pictured(history), theme.colours().quiet.name())) > 200
