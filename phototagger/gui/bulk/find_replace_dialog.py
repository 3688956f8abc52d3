# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Find and replace in captions, alt texts and keywords, with what will change shown as you type."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk.bulk_dialog import BulkDialog
from phototagger.gui.bulk.jobs import reword
from phototagger.gui.theme import SPACE

_TYPING_MS = 250


class FindReplaceDialog(BulkDialog):
    """Find and replace over some photos.

    Args:
        bridge: to the library.
        ids: the photos.
    """

    def __init__(self, bridge: Bridge, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(bridge, None, parent)
        self._ids = ids
        self.setWindowTitle(self.tr("Find and replace"))
        self.wanted, self.put = QLineEdit(), QLineEdit()
        self.captions = QCheckBox(self.tr("Captions"))
        self.alt_texts = QCheckBox(self.tr("Alt texts"))
        self.keywords = QCheckBox(self.tr("Keywords"))
        self.match_case = QCheckBox(self.tr("Match case"))
        self.whole_words = QCheckBox(self.tr("Whole words"))
        self.captions.setChecked(True)
        self.whole_words.setChecked(True)
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 3)
        form.setVerticalSpacing(SPACE * 2)
        form.addRow(self.tr("&Find"), self.wanted)
        form.addRow(self.tr("&Replace with"), self.put)
        form.addRow(self.tr("In"), self._row(self.captions, self.alt_texts, self.keywords))
        form.addRow("", self._row(self.match_case, self.whole_words))
        self.head.addLayout(form)
        self._timer = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._timer.timeout.connect(self._look)
        for field in (self.wanted, self.put):
            field.textChanged.connect(lambda _text: self._timer.start())
        self.go.setText(self.tr("Replace"))
        boxes = (self.captions, self.alt_texts, self.keywords, self.match_case, self.whole_words)
        # Read from the top; the parts beneath were made first.
        for one, other in pairwise((self.wanted, self.put, *boxes, self.list)):
            QWidget.setTabOrder(one, other)
        self.wanted.setFocus()
        self._look()

    def _row(self, *boxes: QCheckBox) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        for box in boxes:
            row.addWidget(box)
            box.toggled.connect(lambda _on: self._timer.start())
        row.addStretch(1)
        return row

    def _look(self) -> None:
        from phototagger.pipeline.rewording import Field, Rewording

        boxes = (
            (self.captions, Field.CAPTION),
            (self.alt_texts, Field.ALT_TEXT),
            (self.keywords, Field.KEYWORDS),
        )
        fields = frozenset(field for box, field in boxes if box.isChecked())
        if not self.wanted.text() or not fields:
            self.show_nothing(
                self.tr("Type what to look for in the %n selected photo(s).", "", len(self._ids))
            )
            return
        rewording = Rewording(
            find=self.wanted.text(),
            put=self.put.text(),
            fields=fields,
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
        )
        self.show_job(reword(self._ids, rewording))
