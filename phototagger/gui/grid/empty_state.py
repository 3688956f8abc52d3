# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the grid says when it has nothing to show: why, and what to do next."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from phototagger.gui import icons, theme
from phototagger.gui.pieces import button
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.photo import PhotoStatus
from phototagger.pipeline.browsing import PRESENT, PhotoFilter


@dataclass(frozen=True, slots=True)
class Empty:
    """Why there is nothing to show.

    Attributes:
        icon: a picture of it.
        title: what is the case.
        hint: what to do, "" for nothing.
        adds_folder: whether adding a folder would help.
    """

    icon: str
    title: str
    hint: str = ""
    adds_folder: bool = False


def emptiness(shown: PhotoFilter | None) -> Empty:
    """Why a list is empty; None for a search."""
    if shown is None:
        return Empty(
            "search",
            tr("No photo matches"),
            tr("Try other words, or fewer of them."),
        )
    if shown.recent:
        return Empty(
            "sparkles",
            tr("Nothing captioned yet"),
            tr("Photos appear here as soon as a model has described them."),
        )
    match shown.statuses:
        case (PhotoStatus.REVIEW,):
            return Empty(
                "circle-check",
                tr("Nothing waits for review"),
                tr("Captions that a model is unsure of come here before they are written."),
            )
        case (PhotoStatus.FAILED,):
            return Empty("circle-check", tr("No photo has failed"))
        case statuses if statuses != PRESENT:
            return Empty("circle-check", tr("Every photo has a caption"))
        case _ if shown.folder_id is not None:
            return Empty(
                "folder-open",
                tr("No photos in this folder yet"),
                tr("They appear here as soon as they are copied into it."),
            )
        case _:
            return Empty(
                "images",
                tr("No photos yet"),
                tr(
                    "Add a folder with photos, or drop one on this window. New photos in your "
                    "folders appear here by themselves."
                ),
                adds_folder=True,
            )


class EmptyState(QWidget):
    """Says why there is nothing to show."""

    add_folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._icon_name = ""
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._add = button(self.tr("Add a folder…"), look="primary")
        self._add.clicked.connect(self.add_folder_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * SPACE, 8 * SPACE, 8 * SPACE, 8 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        for widget in (self._icon, self._title, self._hint):
            column.addWidget(widget)
        column.addSpacing(2 * SPACE)
        column.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._restyle)
        self._restyle()

    def say(self, empty: Empty) -> None:
        """Say why there is nothing to show."""
        self._icon_name = empty.icon
        self._title.setText(empty.title)
        self._hint.setText(empty.hint)
        self._hint.setVisible(bool(empty.hint))
        self._add.setVisible(empty.adds_folder)
        self._restyle()

    def _restyle(self) -> None:
        shades = theme.colours()
        palette = self.palette()
        palette.setColor(self.backgroundRole(), shades.surface)
        self.setPalette(palette)
        self._title.setFont(theme.font("heading"))
        quiet = self._hint.palette()
        quiet.setColor(self._hint.foregroundRole(), shades.quiet)
        self._hint.setPalette(quiet)
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(icons.pixmap(self._icon_name, 12 * SPACE, ratio, "off"))
