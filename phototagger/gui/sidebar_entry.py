# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""An entry of the sidebar: its name, and at the other end how many photos it has."""

from collections.abc import Hashable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from phototagger.gui import theme
from phototagger.gui.theme import SPACE

NUMBER = Qt.ItemDataRole.UserRole + 2
"""The role of the number, a text; "" for none."""

Index = QModelIndex | QPersistentModelIndex


# Pictures of entries that are kept: each in some states, of some sizes.
_KEPT = 200


class EntryDelegate(QStyledItemDelegate):
    """Draws entries; a name that is too long is cut in its middle, a number never.

    An entry is drawn once and kept as a picture: while a window is resized it is painted 60 times
    a second, and the style sheet takes 0.2 ms for each entry.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawn: dict[Hashable, QPixmap] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Qt's: leave room for the number."""
        super().initStyleOption(option, index)
        number = index.data(NUMBER)
        if number:
            taken = option.fontMetrics.horizontalAdvance(number) + SPACE * 12
            option.text = option.fontMetrics.elidedText(
                option.text, Qt.TextElideMode.ElideMiddle, option.rect.width() - taken
            )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's: draw the entry."""
        icon, ratio = (
            index.data(Qt.ItemDataRole.DecorationRole),
            painter.device().devicePixelRatio(),
        )
        key = (
            index.data(),
            index.data(NUMBER),
            icon and icon.cacheKey(),
            option.rect.size().toTuple(),
            option.state.value,
            option.font.key(),
            option.palette.cacheKey(),
            ratio,
        )
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            drawn = self._drawn[key] = QPixmap(option.rect.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(theme.colours().window)
            # A copy: what `option.rect` gives would follow the option to the origin.
            place = QRect(option.rect)
            option.rect = QRect(QPoint(), place.size())
            with QPainter(drawn) as own:
                self._paint(own, option, index)
            option.rect = place
        painter.drawPixmap(option.rect.topLeft(), drawn)

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the entry, then the number."""
        super().paint(painter, option, index)
        number = index.data(NUMBER)
        if not number:
            return
        chosen = QStyle.StateFlag.State_Selected in option.state
        painter.save()
        painter.setFont(option.font)
        painter.setPen(theme.colours().text if chosen else theme.colours().quiet)
        place = option.rect.adjusted(SPACE * 2, 0, -SPACE * 2, 0)
        end = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
        painter.drawText(place, end | Qt.AlignmentFlag.AlignVCenter, number)
        painter.restore()
