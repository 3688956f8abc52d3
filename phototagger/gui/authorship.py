# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whose words a text is, at a glance: a sign, a colour, and how sure the machine was."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from phototagger.gui import icons, pieces, theme
from phototagger.gui.grid.words import confidence_level
from phototagger.gui.theme import SPACE
from phototagger.photo import Caption, Origin

_THIRDS = 3
_DOT = SPACE + 1


class ConfidenceMeter(QWidget):
    """Three small dots, as many of them full as the model was sure; the number is in the tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_confidence(self, confidence: float) -> None:
        """Show how sure a model was, 0..1."""
        self._level = confidence_level(confidence)
        text = self.tr("The model's own estimate: {percent} of 100").format(
            percent=round(confidence * 100)
        )
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Qt's: as high as small letters."""
        height = self.fontMetrics().ascent()
        return QSize(2 * _THIRDS * _DOT, height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dots, the first at the side where reading begins."""
        shades = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = (self.height() - _DOT) / 2
        for dot in range(_THIRDS):
            place = _THIRDS - 1 - dot if mirrored else dot
            painter.setBrush(shades.machine if dot < self._level else theme.veiled(shades.off))
            painter.drawEllipse(QRectF(2 * _DOT * place, top, _DOT, _DOT))


class AuthorLine(QWidget):
    """Who wrote a text, in their colour, and how sure they were."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption: Caption | None = None
        self._sign = QLabel()
        self._name = pieces.label("", "small")
        self._meter = ConfidenceMeter()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._sign)
        row.addWidget(self._name, 1)
        row.addWidget(self._meter)
        theme.changed.connect(self._dress)

    def show_author(self, caption: Caption | None) -> None:
        """Tell who wrote this; nothing for no caption."""
        self._caption = caption
        self.setVisible(caption is not None)
        sure = caption.confidence if caption is not None else None
        self._meter.setVisible(sure is not None)
        if caption is None:
            return
        if sure is not None:
            self._meter.show_confidence(sure)
        self._name.setText(self._words(caption))
        self.setToolTip(self._meter.toolTip() if sure is not None else "")
        self._dress()

    def _words(self, caption: Caption) -> str:
        if caption.origin is Origin.HUMAN:
            return self.tr("Written by a person")
        model = (caption.model or self.tr("a model")).rpartition("/")[2]
        if caption.confidence is None:
            return self.tr("Written by {model}").format(model=model)
        sentences = (
            self.tr("Written by {model}, hardly sure"),
            self.tr("Written by {model}, fairly sure"),
            self.tr("Written by {model}, sure"),
        )
        return sentences[confidence_level(caption.confidence) - 1].format(model=model)

    def _dress(self) -> None:
        caption = self._caption
        if caption is None:
            return
        by_person = caption.origin is Origin.HUMAN
        shades = theme.colours()
        colour = shades.human if by_person else shades.machine
        name = "pen-line" if by_person else "sparkles"
        picture = icons.pixmap(
            name, SPACE * 4, self.devicePixelRatioF(), "human" if by_person else "machine"
        )
        self._sign.setPixmap(picture)
        self._name.setFont(theme.font("small"))
        self._name.setStyleSheet(f"color: {colour.name()};")
