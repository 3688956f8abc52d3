# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The settings as they are in force, and the way to change one: at once, without an Apply."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.settings import Settings


def value_of(settings: Settings, key: str) -> Any:
    """The value of a setting by its section and name, such as `captions.threshold`."""
    section, name = key.split(".")
    return getattr(getattr(settings, section), name)


class LiveSettings(QObject):
    """Keeps rows in step with the settings.

    Args:
        bridge: to the service, which writes the file.
    """

    arrived = Signal(object)
    """A `Settings`: as first read, after every change, and after one that was refused."""
    changed = Signal(object)
    """A `Settings` that a person changed."""
    refused = Signal(object)
    """The `PhotoTaggerError` of a change that was not made."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.now = Settings()

    def read(self) -> None:
        """Ask for the settings; they arrive."""
        self._bridge.command(lambda service: service.settings, self._take, self._refuse)

    def change(self, key: str, value: object) -> None:
        """Change one setting, unless it is so already."""
        if value_of(self.now, key) != value:
            self.change_all({key: value})

    def change_all(self, changes: dict[str, object]) -> None:
        """Change several settings in one step."""
        self._bridge.command(
            lambda service: service.change_settings(changes), self._take_changed, self._refuse
        )

    def _take(self, settings: Settings) -> None:
        self.now = settings
        self.arrived.emit(settings)

    def _take_changed(self, settings: Settings) -> None:
        self._take(settings)
        self.changed.emit(settings)

    def _refuse(self, error: PhotoTaggerError) -> None:
        self.arrived.emit(self.now)
        self.refused.emit(error)
