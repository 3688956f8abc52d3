# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The line above the photos: which list it is, how many photos it has, and how it is shown."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from phototagger.gui import theme
from phototagger.gui.pieces import button, letters
from phototagger.gui.theme import SPACE


class ListHeader(QWidget):
    """Names the list; has the slider for the size of thumbnails, and the ways to review.

    Args:
        sizes: how many sizes there are.
    """

    zoom_chosen = Signal(int)
    """A size, from 0 on."""
    one_by_one_chosen = Signal(bool)
    """Show the captions to review one at a time, or as a grid."""

    def __init__(self, sizes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel()
        self._name.setFont(theme.font("heading"))
        self._number = QLabel()
        self._number.setProperty("look", "quiet")
        self._one_by_one = button(self.tr("One by one"), "columns-2", "quiet")
        self._as_grid = button(self.tr("As a grid"), "layout-grid", "quiet")
        self._one_by_one.clicked.connect(lambda: self.one_by_one_chosen.emit(True))
        self._as_grid.clicked.connect(lambda: self.one_by_one_chosen.emit(False))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, sizes - 1)
        self._slider.setPageStep(1)
        self._slider.setFixedWidth(letters(20))
        self._slider.setAccessibleName(self.tr("Size of the thumbnails"))
        self._slider.setToolTip(self._slider.accessibleName())
        self._slider.valueChanged.connect(self.zoom_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._name)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._one_by_one)
        row.addWidget(self._as_grid)
        row.addWidget(self._slider)
        self.setMinimumHeight(self._one_by_one.sizeHint().height())
        self.show_ways(review=False, one_by_one=False)

    def show_list(self, name: str, photos: int) -> None:
        """Name the list, and how many photos it has."""
        self._name.setText(name)
        self._number.setText(QLocale().toString(photos) if photos else "")
        self._slider.setEnabled(bool(photos))
        self.setAccessibleName(f"{name}, " + self.tr("%n photo(s)", "", photos))

    def show_ways(self, *, review: bool, one_by_one: bool) -> None:
        """Offer the other way to review, or none; the slider is for grids."""
        self._one_by_one.setVisible(review and not one_by_one)
        self._as_grid.setVisible(one_by_one)
        self._slider.setVisible(not one_by_one)

    def set_zoom(self, step: int) -> None:
        """Show how large the thumbnails are."""
        self._slider.setValue(step)
