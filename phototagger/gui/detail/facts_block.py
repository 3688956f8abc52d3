# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the camera says of a photo: when, with what, where, how large; and where the file is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from phototagger.gui import amounts, icons, theme
from phototagger.gui.directions import reading_side
from phototagger.gui.pieces import show_foreign
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.paths import show

if TYPE_CHECKING:
    from phototagger.pipeline.photo_detail import PhotoDetail


class FactsBlock(QWidget):
    """Rows of a sign and a fact; what is not known has no row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: PhotoDetail | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE * 3)
        self._grid.setVerticalSpacing(SPACE * 2)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._show)

    def show_detail(self, detail: "PhotoDetail") -> None:
        """Show what is known of a photo."""
        self._detail = detail
        self._show()

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._detail is None:
            return
        for row, (name, label, fact) in enumerate(_facts(self._detail)):
            sign = QLabel()
            sign.setPixmap(icons.pixmap(name, SPACE * 4, self.devicePixelRatioF(), "quiet"))
            sign.setToolTip(label)
            text = QLabel(fact)
            text.setFont(theme.font("small"))
            text.setWordWrap(True)
            text.setAlignment(reading_side() | Qt.AlignmentFlag.AlignVCenter)
            show_foreign(text)
            text.setToolTip(fact)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{label}: {fact}")
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)


def _facts(detail: "PhotoDetail") -> Iterator[tuple[str, str, str]]:
    """Sign, what it means, and the fact."""
    record = detail.record
    if taken := moment(record.taken_at):
        yield "calendar", tr("Taken"), taken
    camera = record.camera
    if record.make and not camera.casefold().startswith(record.make.casefold().split()[0]):
        camera = f"{record.make} {camera}".strip()
    if camera or record.lens:
        both = "\n".join(filter(None, (camera, record.lens)))
        yield "camera", tr("Camera"), both
    where = record.place
    if record.latitude is not None and record.longitude is not None:
        position = f"{_degrees(record.latitude, 'NS')}, {_degrees(record.longitude, 'EW')}"
        where = "\n".join(filter(None, (where, position)))
    if where:
        yield "map-pin", tr("Place"), where
    size = amounts.size(detail.photo.stat.size)
    if record.width and record.height:
        size = f"{record.width} × {record.height}  ·  {size}"
    yield "file-image", tr("File"), f"{show(detail.photo.path.name)}\n{size}"
    yield "folder", tr("Folder"), show(detail.photo.path.parent)


def moment(iso: str | None) -> str:
    """A time as people write it, "" for none; the day alone where the hour is not known."""
    if not iso:
        return ""
    locale = QLocale()
    when = QDateTime.fromString(iso[:19], Qt.DateFormat.ISODate)
    if not when.isValid():
        return iso
    day = locale.toString(when.date(), QLocale.FormatType.LongFormat)
    if len(iso) <= len("2024-01-01"):
        return day
    return f"{day}, {locale.toString(when.time(), QLocale.FormatType.ShortFormat)}"


def _degrees(value: float, letters: str) -> str:
    return f"{QLocale().toString(abs(value), 'f', 5)}° {letters[0] if value >= 0 else letters[1]}"
