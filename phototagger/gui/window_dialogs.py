# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The dialogs of the main window: each is made when it is first wanted, and is open once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from phototagger.gui.bridge import Bridge


class WindowDialogs(QObject):
    """Opens dialogs, and tells what changed in them.

    Args:
        bridge: to the service.
        window: the window they belong to.
    """

    models_changed = Signal()
    """Another model is used, or there is one more or less; or settings have changed."""

    run_chosen = Signal(object)
    """A `Run` shall be taken back."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._open: dict[str, QDialog] = {}

    def show_settings(self, page: str = "captions") -> None:
        """Open the settings on one of their pages."""
        from phototagger.gui.settings.dialog import SettingsDialog

        dialog = self._shown("settings", lambda: SettingsDialog(self._bridge, self._window))
        if isinstance(dialog, SettingsDialog):
            dialog.open_page(page)
            unique = Qt.ConnectionType.UniqueConnection
            dialog.models_requested.connect(self.show_models, unique)
            dialog.settings_changed.connect(self._changed, unique)

    def show_models(self) -> None:
        """Open the models."""
        from phototagger.gui.models_dialog import ModelsDialog

        dialog = self._shown("models", lambda: ModelsDialog(self._bridge, self._window))
        if isinstance(dialog, ModelsDialog):
            dialog.models_changed.connect(self._changed, Qt.ConnectionType.UniqueConnection)

    def show_history(self) -> None:
        """Open the list of what was written."""
        from phototagger.gui.undo.history_dialog import HistoryDialog

        dialog = self._shown("history", lambda: HistoryDialog(self._bridge, self._window))
        if isinstance(dialog, HistoryDialog):
            dialog.chosen.connect(self.run_chosen, Qt.ConnectionType.UniqueConnection)

    def _changed(self, *_what: object) -> None:
        self.models_changed.emit()

    def _shown(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        """The dialog of a name in front, a new one where it is not open."""
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._open[name] = make()
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self._open.pop(name, None))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog
