# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""An entry of the sidebar: its name, and at the other end how many photos it has."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from phototagger.gui import theme
from phototagger.gui.theme import SPACE

NUMBER = Qt.ItemDataRole.UserRole + 2
"""The role of the number, a text; "" for none."""

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Draws entries; a name that is too long is cut in its middle, a number never."""

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
        """Qt's: draw the entry, then the number."""
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
