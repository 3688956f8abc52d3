# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What went wrong, with photos of the same error together: why, which, and once more."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phototagger.gui.pieces import button, label, letters, reach_in_place, set_icon
from phototagger.gui.said import said
from phototagger.gui.theme import SPACE
from phototagger.pipeline.activity import Failure

_NAMED = 3  # photos of an error that are named
_MOST_ROWS = 50
_LINES = 11  # the height that the list takes at most


class FailuresList(QScrollArea):
    """One row for each error."""

    retry_requested = Signal(object)
    """Ids of photos to caption once more."""
    photo_requested = Signal(int)
    """The id of a photo to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Photos that failed"))
        self._shown: Sequence[Failure] = ()
        self.retries: list[QPushButton] = []
        self.names: list[QLabel] = []

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Show these; what is shown already stays where it is."""
        if list(failures) == list(self._shown):
            return
        self._shown = failures
        self.retries, self.names = [], []
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE * 3)
        for failure in failures[:_MOST_ROWS]:
            column.addWidget(self._row(failure))
        column.addStretch(1)
        self.setWidget(page)
        reach_in_place(self)
        height = page.sizeHint().height() + 2
        self.setFixedHeight(min(height, self.fontMetrics().lineSpacing() * _LINES))

    def _row(self, failure: Failure) -> QWidget:
        ids = [photo_id for photo_id, _ in failure.photos]
        picture = QLabel()
        set_icon(picture, "circle-alert", "bad", SPACE * 4)
        retry = button(self.tr("Try again"), "rotate-ccw")
        retry.clicked.connect(partial(self.retry_requested.emit, ids))
        retry.setAccessibleDescription(said(failure.title))
        self.retries.append(retry)
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE * 2)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(1, letters(20))
        grid.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(said(failure.title)), 0, 1)
        grid.addWidget(label(said(failure.hint), "small", "quiet"), 1, 1)
        grid.addWidget(self._names(failure), 2, 1)
        grid.addWidget(retry, 0, 2, 3, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _names(self, failure: Failure) -> QLabel:
        """The first photos as links, and how many others there are."""
        links = [
            f'<a href="{photo_id}">{escape(path.name)}</a>'
            for photo_id, path in failure.photos[:_NAMED]
        ]
        text = ", ".join(links)
        if (more := len(failure.photos) - _NAMED) > 0:
            text = self.tr("{names} and %n other(s)", None, more).format(names=text)
        names = label(text, "small")
        names.setTextFormat(Qt.TextFormat.RichText)
        names.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        names.linkActivated.connect(lambda link: self.photo_requested.emit(int(link)))
        self.names.append(names)
        names.setToolTip("\n".join(str(path) for _, path in failure.photos[:_NAMED]))
        return names
