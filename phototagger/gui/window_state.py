# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the window looked like: its size, its panels, the list shown. Apart from the settings.

Losing it costs nothing: it is read with care and a value that makes no sense is left out.
"""

from PySide6.QtCore import QByteArray, QSettings

from phototagger.paths import DataPlaces


class WindowState:
    """The state in `window.ini` of the data folder.

    Args:
        places: the data folder.
    """

    def __init__(self, places: DataPlaces) -> None:
        self._file = QSettings(str(places.root / "window.ini"), QSettings.Format.IniFormat)

    def data(self, key: str) -> QByteArray:
        """Bytes that Qt made of a window or a splitter; empty when there are none."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text(self, key: str, default: str = "") -> str:
        """A word."""
        value = self._file.value(key)
        return value if isinstance(value, str) else default

    def flag(self, key: str, *, default: bool) -> bool:
        """Yes or no."""
        return {"true": True, "false": False}.get(str(self._file.value(key)).lower(), default)

    def number(self, key: str, default: float) -> float:
        """A number."""
        try:
            return float(str(self._file.value(key)))
        except ValueError:
            return default

    def keep(self, key: str, value: QByteArray | str | bool | float) -> None:
        """Remember something; it is written soon."""
        self._file.setValue(key, value)

    def save(self) -> None:
        """Write now."""
        self._file.sync()
