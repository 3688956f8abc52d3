# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of when photos are captioned: on mains power, in some hours."""

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from phototagger.gui.pieces import label
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import bind, guard, switch
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.settings import Settings

_KEY = "working.hours"
_NIGHT = "22:00-06:00"  # what is offered first: when nobody is disturbed


def work_rows(live: LiveSettings) -> list[QWidget]:
    """The rows."""
    mains = switch(
        live,
        "working.only_on_mains",
        tr("Only on mains power"),
        tr("On battery, photos are found and searched, and wait for their captions."),
    )
    return [mains, _hours(live)]


def _hours(live: LiveSettings) -> QWidget:
    """Between two times of day, or at any time."""
    box = QCheckBox(tr("Only in these hours"))
    start, end = QTimeEdit(), QTimeEdit()
    start.setAccessibleName(tr("From"))
    end.setAccessibleName(tr("Until"))
    for edit in (start, end):
        guard(edit)
        edit.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        edit.setKeyboardTracking(False)

    def show(settings: Settings) -> None:
        hours = settings.working.hours
        box.setChecked(bool(hours))
        for edit, text in zip((start, end), (hours or _NIGHT).split("-"), strict=True):
            before = edit.blockSignals(True)
            edit.setTime(QTime.fromString(text, "HH:mm"))
            edit.blockSignals(before)
            edit.setEnabled(bool(hours))

    def change() -> None:
        chosen = "-".join(edit.time().toString("HH:mm") for edit in (start, end))
        live.change(_KEY, chosen if box.isChecked() else "")

    box.clicked.connect(change)
    for edit in (start, end):
        edit.timeChanged.connect(change)
    bind(live, show)
    row = QHBoxLayout()
    row.setContentsMargins(SPACE * 6, 0, SPACE * 6, 0)
    row.setSpacing(SPACE * 2)
    for part in (start, label("–", wrap=False), end):
        row.addWidget(part)
    row.addStretch(1)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE)
    column.addWidget(box)
    column.addLayout(row)
    return made
