# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where people read from the right: which side words begin at, and names among them."""

from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_FROM_RIGHT = ("R", "AL")  # Hebrew and the like, Arabic
_BEGIN, _END = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (UAX 9)


def from_the_right() -> bool:
    """Whether the window's language is read from right to left."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def reading_side() -> Qt.AlignmentFlag:
    """The side at which the window's words begin.

    Qt would have each text begin at the side of its own script, so that an English name stands
    far from the sign that it belongs to.
    """
    side = Qt.AlignmentFlag.AlignRight if from_the_right() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def apart(text: str) -> str:
    """A name, path or caption to stand among words that may run the other way.

    Its dots, digits and slashes then keep their order. Left as it is where all of it runs from
    left to right.
    """
    if not from_the_right() and not any(bidirectional(letter) in _FROM_RIGHT for letter in text):
        return text
    return f"{_BEGIN}{text}{_END}" if text else ""
