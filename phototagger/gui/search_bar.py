# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The search box: photos as you type, and beneath it how the search was read."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QInputDialog, QLineEdit, QVBoxLayout, QWidget

from phototagger.courtesy import window_in_use
from phototagger.gui import icons, theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.search_reading import SearchReading
from phototagger.gui.theme import SPACE
from phototagger.pipeline.search_box import Odd, Reading, Results, SearchBox, without
from phototagger.saved_searches import save_search

# What comes behind the first page is read once nothing was typed for so long: reading 100,000
# photos takes a thread of Python half a second, and the next letter makes it worthless.
_RESTED_MS = 300


class SearchBar(QWidget):
    """A line to type in, and the reading of what was typed.

    Args:
        bridge: to the library.
    """

    found = Signal(object)
    """`Results`: the first page."""
    more_found = Signal(object)
    """`Results`: what comes behind it."""
    cleared = Signal()
    """Nothing is searched for any more."""
    saved = Signal(str)
    """A search was saved under this name."""
    leave_requested = Signal()
    """The keyboard should go on to the photos."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._box = SearchBox(bridge.places)
        self._line = _Line()
        self._line.setFont(theme.font("caption"))
        self._line.setPlaceholderText(self.tr("Search your photos: dog on a beach, date:2024, …"))
        self._line.setAccessibleName(self.tr("Search"))
        self._line.setAccessibleDescription(
            self.tr("Photos appear as you type. Down goes to them, Escape clears the search.")
        )
        self._line.setClearButtonEnabled(True)
        sign = QAction(icons.icon("search", "quiet"), self.tr("Search"), self)
        sign.triggered.connect(self._line.selectAll)
        self._line.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
        self._save = QAction(
            icons.icon("bookmark-plus", "quiet"), self.tr("Save this search…"), self
        )
        self._save.triggered.connect(self.save)
        self._line.addAction(self._save, QLineEdit.ActionPosition.TrailingPosition)
        self._begun: Results | None = None
        self._rested = QTimer(self, singleShot=True, interval=_RESTED_MS)
        self._rested.timeout.connect(self._read_rest)
        self._reading = SearchReading()
        self._reading.part_removed.connect(self._remove)
        self._reading.replacement_chosen.connect(self.search)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE * 2)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        column.addWidget(self._reading)
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self._ask)
        self._line.textChanged.connect(lambda _text: window_in_use())
        self._line.leave_requested.connect(self.leave_requested)
        self._save.setVisible(False)

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._line.text()

    def search(self, text: str) -> None:
        """Search for something else."""
        self._line.setText(text)

    def type(self, text: str) -> None:
        """Go on typing here, with what was typed elsewhere."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.insert(text)

    def select_all(self) -> None:
        """Select what is searched for, so that typing replaces it."""
        self._line.selectAll()

    def refresh(self) -> None:
        """Search again: the library has changed."""
        if self.text.strip():
            self._ask(self.text)

    def save(self) -> None:
        """Ask for a name and keep the search under it."""
        text = self.text.strip()
        title, question = self.tr("Save this search"), self.tr("Name of the search:")
        name, agreed = QInputDialog.getText(self, title, question, text=text.replace('"', ""))
        if agreed and name.strip():
            path = self._bridge.places.saved_searches
            self._bridge.command(
                lambda _: save_search(path, name.strip(), text), lambda _: self.saved.emit(name)
            )

    def _ask(self, text: str) -> None:
        self._box.cancel()
        self._rested.stop()
        empty = not text.strip()
        self._save.setVisible(not empty)
        self._line.underline(())
        if empty:
            # Answers that are still on their way must not come after this.
            self._bridge.forget("search")
            self._bridge.forget("search reading")
            self._reading.clear()
            self.cleared.emit()
            return
        self._bridge.read("search", lambda stores: self._box.first(stores, text), self._take_first)
        self._bridge.read(
            "search reading", lambda stores: self._box.reading(stores, text), self._take_reading
        )

    def _take_first(self, results: Results | None) -> None:
        if results is None:
            return
        self.found.emit(results)
        self._begun = results
        if not results.complete:
            self._rested.start()

    def _read_rest(self) -> None:
        if (begun := self._begun) is not None:
            self._bridge.read(
                "search", lambda stores: self._box.rest(stores, begun), self._take_rest
            )

    def _take_rest(self, results: Results | None) -> None:
        if results is not None:
            self.more_found.emit(results)

    def _take_reading(self, reading: Reading) -> None:
        self._reading.show_reading(reading)
        self._line.underline(tuple(odd for odd in reading.odd if not odd.unfinished))

    def _remove(self, start: int, end: int) -> None:
        self.search(without(self.text, (start, end)))
        self._line.setFocus()


class _Line(QLineEdit):
    """The line itself, which can underline parts of its text."""

    leave_requested = Signal()

    def underline(self, parts: tuple[Odd, ...]) -> None:
        """Put a wavy line under some parts of the text, and under no others."""
        wavy = QTextCharFormat()
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wavy.setUnderlineColor(theme.colours().warning)
        # A line edit has no formats of its own; it takes those of an input method, which count
        # from the cursor.
        formats = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                odd.span[0] - self.cursorPosition(),
                odd.span[1] - odd.span[0],
                wavy,
            )
            for odd in parts
        ]
        QCoreApplication.sendEvent(self, QInputMethodEvent("", formats))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Down and Return go on to the photos; Escape clears first."""
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Escape:
                self.leave_requested.emit()
            case _:
                super().keyPressEvent(event)
