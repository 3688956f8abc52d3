# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The language of the window: the system's where there is a translation, else English.

Where people read from the right the window does so too, also while its words are English. Their
full stops, numbers and dots would then stand at the wrong end, so each text is set apart.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from phototagger.gui.directions import apart
from phototagger.paths import resources_dir

_ENGLISH = "en"
# Codes, and patterns for files, are read by programs.
_FOR_PROGRAMS = "said"
_PATTERN = "(*"


class _SetApart(QTranslator):
    """Words that run from the left in a window that is read from the right."""

    def translate(
        self,
        context: bytes | bytearray | memoryview | str,
        text: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str:
        """Qt's: a text in the window's language, as it is in English where there is none."""
        found = super().translate(context, text, disambiguation, n)  # type: ignore[arg-type]
        ours = str(context) != _FOR_PROGRAMS and not str(context).startswith("Q")
        if not ours or _PATTERN in str(text):
            return found or None  # type: ignore[return-value]  # which is: none
        return apart(found or str(text))


def translate(app: QApplication) -> list[QTranslator]:
    """Speak the language of the system where there is a translation, else English.

    Qt's own words are in the same language. English has a catalogue, too: of words that differ for
    one photo and for many.

    Returns:
        What translates, to be kept as long as the application.
    """
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ours = str(resources_dir() / "translations")
    locale = QLocale()
    mirrored = locale.textDirection() is Qt.LayoutDirection.RightToLeft
    words = QTranslator(app)
    if words.load(locale, "phototagger", "_", ours):
        names = QLocale(words.language())
    else:
        names = QLocale(_ENGLISH)
        words = _SetApart(app) if mirrored else words
        words.load(f"phototagger_{_ENGLISH}", ours)
    qt_words = QTranslator(app)
    qt_words.load(names, "qtbase", "_", qt)
    found = [each for each in (qt_words, words) if not each.isEmpty()]
    for each in found:
        app.installTranslator(each)
    if mirrored:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return found
