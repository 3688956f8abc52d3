# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Every text of the window can be translated, and German is complete."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from phototagger.gui.bridge import Bridge
from phototagger.gui.main_window import MainWindow
from phototagger.gui.window_state import WindowState
from tests.conftest import REPOSITORY

CATALOGUES = REPOSITORY / "resources" / "translations"
TOOLS = Path(sys.executable).parent
GERMAN = ET.parse(CATALOGUES / "phototagger_de.ts").getroot()
# Names, units and words that are the same in every language.
NEUTRAL = re.compile(r"PhotoTagger|[\d\W_]*|.*\.jpg|.*/.*|[A-Z]|starter.*|llava")


class Pseudo(QTranslator):
    """Translates everything into the same in brackets, half as long again."""

    def translate(
        self, _context: str, text: str, _comment: str | None = None, n: int = -1
    ) -> str | None:
        if not text:
            return None
        shown = text.replace("%n", str(n)) if n >= 0 else text
        return f"⟦{shown}{'~' * (len(text) // 2)}⟧"

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False


def messages(root: ET.Element) -> list[tuple[str, ET.Element]]:
    return [
        (message.findtext("source") or "", message)
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def test_german_is_complete_and_keeps_every_placeholder() -> None:
    for source, message in messages(GERMAN):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, source
        forms = [form.text or "" for form in translation.iter("numerusform")]
        assert len(forms) == (2 if message.get("numerus") else 0), source
        for text in forms or [translation.text or ""]:
            assert text.strip() or not source.strip(), source
            assert set(re.findall(r"{\w*}", text)) == set(re.findall(r"{\w*}", source)), source


def test_the_catalogue_has_every_text_of_the_program(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh_de.ts"
    sources = [str(path) for path in (REPOSITORY / "phototagger" / "gui").rglob("*.py")]
    subprocess.run(
        [TOOLS / "pyside6-lupdate", "-locations", "none", *sources, "-ts", fresh],
        check=True,
        capture_output=True,
    )
    wanted = {source for source, _ in messages(ET.parse(fresh).getroot())}
    assert wanted <= {source for source, _ in messages(GERMAN)}, "run: make translations"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_compiled_catalogues_are_up_to_date(language: str, tmp_path: Path) -> None:
    compiled = tmp_path / "compiled.qm"
    source = CATALOGUES / f"phototagger_{language}.ts"
    subprocess.run(
        [TOOLS / "pyside6-lrelease", source, "-qm", compiled], check=True, capture_output=True
    )
    assert compiled.read_bytes() == source.with_suffix(".qm").read_bytes()


@pytest.fixture
def pseudo(dressed: QApplication) -> Iterator[QApplication]:
    translator = Pseudo()
    dressed.installTranslator(translator)
    yield dressed
    dressed.removeTranslator(translator)
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def texts_of(item: QObject) -> list[str]:
    texts: list[str] = []
    if isinstance(item, QLabel | QAbstractButton | QAction):
        texts.append(item.text())
    if isinstance(item, QLineEdit):
        texts.append(item.placeholderText())
    if isinstance(item, QWidget):
        texts += [item.accessibleName(), item.toolTip(), item.windowTitle()]
    return texts


def all_shown(window: QWidget) -> list[QObject]:
    items: list[QObject] = [window, *window.findChildren(QWidget), *window.findChildren(QAction)]
    return [item for item in items if not item.objectName().startswith("qt_")]


def cut_off(page: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    labels = [label for label in page.findChildren(QLabel) if not label.wordWrap()]
    wrapped = [label for label in page.findChildren(QLabel) if label.wordWrap()]
    # The buttons within a line edit are icons; their texts are for screen readers.
    buttons = [
        button
        for button in page.findChildren(QAbstractButton)
        if not isinstance(button.parent(), QLineEdit)
    ]
    return [
        each.text()
        for each in (*labels, *buttons)
        if each.isVisible() and each.text() and each.width() < each.minimumSizeHint().width()
    ] + [
        each.text()
        for each in wrapped
        if each.isVisible() and each.text() and each.height() < each.heightForWidth(each.width())
    ]


def test_no_text_is_untranslatable_and_none_is_cut_off(
    pseudo: QApplication, bridge: Bridge, library: Path, qtbot: QtBot
) -> None:
    window = MainWindow(bridge, WindowState(bridge.places))
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    qtbot.waitUntil(lambda: window.grid.model.rowCount() == 5)
    window.dialogs.show_settings()
    window.dialogs.show_history()
    window.dialogs.show_folders()
    pages = [
        window,
        *window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly),
    ]
    plain = {
        text
        for item in all_shown(window)
        for text in texts_of(item)
        if "⟦" not in text and not NEUTRAL.fullmatch(text)
    }

    def nothing_is_cut_off() -> None:
        assert [text for page in pages for text in cut_off(page)] == []

    qtbot.waitUntil(nothing_is_cut_off)
    window.close_panels()
    assert plain == set()


def test_the_window_is_mirrored_where_people_read_from_the_right(
    pseudo: QApplication, bridge: Bridge, library: Path, qtbot: QtBot
) -> None:
    pseudo.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = MainWindow(bridge, WindowState(bridge.places))
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    qtbot.waitUntil(lambda: window.grid.model.rowCount() == 5)
    places = [
        panel.mapTo(window, panel.rect().center()).x()
        for panel in (window.detail, window.grid, window.sidebar)
    ]
    window.close_panels()
    assert places == sorted(places)
