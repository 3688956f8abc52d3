# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One of a person's own photos: what would be written to it, and the very place."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import label, set_icon
from phototagger.gui.said import in_one, said
from phototagger.gui.theme import SPACE
from phototagger.paths import DataPlaces, show
from phototagger.photo import Origin, Target

if TYPE_CHECKING:
    from pathlib import Path

    from phototagger.imaging.thumbnails import Thumbnail
    from phototagger.pipeline.preview import Sample

_PICTURE = QSize(SPACE * 28, SPACE * 21)


class SampleCard(QFrame):
    """Shows one sample.

    Args:
        sample: the photo and what would become of it.
        bridge: its threads make the thumbnail.
        waiting: why there is no caption yet, a sentence.
    """

    def __init__(self, sample: "Sample", bridge: Bridge, waiting: str) -> None:
        super().__init__()
        self._sample = sample
        self.setProperty("look", "card")
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(sample.path.name)
        self.caption = label(self._words(waiting), "caption", self._look())
        self.caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.caption)
        if sample.present is not None and sample.present.origin is Origin.HUMAN:
            yours = self.tr("Yours: {caption}").format(caption=sample.present.text)
            words.addWidget(label(yours, look="human"))
        if sample.doubtful:
            words.addWidget(
                label(
                    self.tr("The model is not sure: this one would wait for your review."),
                    "small",
                    "warning",
                )
            )
        words.addSpacing(SPACE)
        words.addLayout(self._place())
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 4)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        ratio = self.devicePixelRatio()
        size = (round(_PICTURE.width() * ratio), round(_PICTURE.height() * ratio))
        places, path = bridge.places, sample.path
        bridge.read(
            f"sample {path}",
            lambda _: _thumbnail(places, path, size),
            self._show_picture,
            lambda _: None,
        )

    def _words(self, waiting: str) -> str:
        sample = self._sample
        if sample.caption is not None:
            return sample.caption.text
        if sample.error is not None:
            return in_one(sample.error)
        return waiting

    def _look(self) -> Literal["machine", "bad", "faint"]:
        if self._sample.caption is not None:
            return "machine"
        return "bad" if self._sample.error is not None else "faint"

    def _place(self) -> QHBoxLayout:
        """The icon and the lines that say where."""
        icon = QLabel()
        written = self._sample.written
        target = written.target if written is not None else Target.INDEX
        set_icon(
            icon,
            {
                Target.EMBEDDED: "file-image",
                Target.SIDECAR: "file-text",
                Target.INDEX: "hard-drive",
            }[target],
            "quiet",
            SPACE * 4,
        )
        title, details = self._place_words(target)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.place = label(title, "small")
        lines.addWidget(self.place)
        for text in details:
            lines.addWidget(label(text, "small", "quiet"))
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        return row

    def _place_words(self, target: Target) -> tuple[str, list[str]]:
        sample = self._sample
        if sample.error is not None:
            return self.tr("Nothing is written."), [show(sample.path)]
        reason = sample.written.reason if sample.written is not None else ""
        fields = ", ".join(sample.written.fields) if sample.written is not None else ""
        where = show(sample.file) if sample.file is not None else show(sample.path)
        if target is Target.EMBEDDED:
            return self.tr("Into the photo itself"), [where, fields]
        if target is Target.SIDECAR:
            return self.tr("Into a file beside the photo"), [where, said(reason)]
        return self.tr("Into PhotoTagger's library only"), [where, said(reason)]

    def _show_picture(self, made: "Thumbnail") -> None:
        image = QImage(made.bgra, made.width, made.height, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(self.devicePixelRatio())
        self.picture.setPixmap(QPixmap.fromImage(image))


def _thumbnail(places: DataPlaces, path: "Path", size: tuple[int, int]) -> "Thumbnail":
    from phototagger.pipeline.browsing import thumbnails

    return thumbnails(places).get(path, None, size, crop=0.12)
