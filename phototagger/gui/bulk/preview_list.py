# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A list of texts before and after."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from phototagger.gui import theme
from phototagger.gui.bulk.text_delegate import BEFORE, TextDelegate
from phototagger.paths import show

if TYPE_CHECKING:
    from phototagger.pipeline.bulk import Preview

translate = QCoreApplication.translate


class PreviewList(QTreeWidget):
    """What would change, a line for each text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(TextDelegate(self, self))
        self.setHeaderHidden(True)
        self.header().sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())
        self.setAccessibleName(self.tr("What will change"))

    def show_preview(self, preview: "Preview", before: str, after: str) -> None:
        """Show the lines of a preview.

        Args:
            preview: what would change.
            before: what the first text is called.
            after: what the second one is called, "" for none.
        """
        self.clear()
        names = [self.tr("Photo"), before, after] if after else [self.tr("Photo"), before]
        has_before = any(line.before for line in preview.lines)
        if after and not has_before:
            names = [self.tr("Photo"), after]
        self.setColumnCount(len(names))
        self.setHeaderLabels(names)
        self.setHeaderHidden(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, self.fontMetrics().averageCharWidth() * 24)
        for column in range(1, len(names)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for line in preview.lines:
            texts = [line.before, line.after] if has_before and after else []
            texts = texts or [line.after if after else line.before]
            item = QTreeWidgetItem([show(line.path.name), *texts])
            item.setToolTip(0, f"{show(line.path)}\n{field_name(line.field)}")
            for column, text in enumerate(texts, 1):
                item.setToolTip(column, text)
            item.setForeground(0, theme.colours().quiet)
            if len(texts) > 1:
                item.setForeground(1, theme.colours().quiet)
                item.setData(2, BEFORE, line.before)
            self.addTopLevelItem(item)


def field_name(field: str) -> str:
    """What people call a field."""
    return {
        "caption": translate("Bulk", "Caption"),
        "alt_text": translate("Bulk", "Alt text"),
        "keywords": translate("Bulk", "Keywords"),
    }[field]
