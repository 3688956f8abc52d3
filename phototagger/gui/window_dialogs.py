# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The dialogs of the main window: each is made when it is first wanted, and is open once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from phototagger.gui.bridge import Bridge

if TYPE_CHECKING:
    # Not before one is wanted: the window is to be up soon.
    from phototagger.gui.first_start.dialog import FirstStartDialog
    from phototagger.gui.folder_health import FolderHealthDialog
    from phototagger.gui.models_dialog import ModelsDialog
    from phototagger.gui.settings.dialog import SettingsDialog
    from phototagger.gui.undo.history_dialog import HistoryDialog

Dialog = TypeVar("Dialog", bound=QDialog)


class WindowDialogs(QObject):
    """Opens dialogs, and tells what was done in them.

    Args:
        bridge: to the service.
        window: the window they belong to.
    """

    models_changed = Signal()
    """Another model is used, or there is one more or less."""
    settings_changed = Signal(object)
    """The `Settings` after a change."""
    run_chosen = Signal(object)
    """A `Run` shall be taken back."""
    add_folder_requested = Signal()
    remove_folder_requested = Signal(object)
    """The path of a watch folder."""
    started = Signal()
    """A person is through with the first start."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._open: dict[str, QDialog] = {}

    def show_settings(self, page: str = "captions") -> None:
        """Open the settings on one of their pages."""

        def make() -> "SettingsDialog":
            from phototagger.gui.settings.dialog import SettingsDialog

            dialog = SettingsDialog(self._bridge, self._window)
            dialog.models_requested.connect(self.show_models)
            dialog.settings_changed.connect(self.settings_changed)
            return dialog

        self._shown("settings", make).open_page(page)

    def show_models(self) -> None:
        """Open the models."""

        def make() -> "ModelsDialog":
            from phototagger.gui.models_dialog import ModelsDialog

            dialog = ModelsDialog(self._bridge, self._window)
            dialog.models_changed.connect(self.models_changed)
            return dialog

        self._shown("models", make)

    def show_history(self) -> None:
        """Open the list of what was written."""

        def make() -> "HistoryDialog":
            from phototagger.gui.undo.history_dialog import HistoryDialog

            dialog = HistoryDialog(self._bridge, self._window)
            dialog.chosen.connect(self.run_chosen)
            return dialog

        self._shown("history", make)

    def show_folders(self) -> None:
        """Open how the watch folders do."""

        def make() -> "FolderHealthDialog":
            from phototagger.gui.folder_health import FolderHealthDialog

            dialog = FolderHealthDialog(self._bridge, self._window)
            dialog.add_folder_requested.connect(self.add_folder_requested)
            dialog.remove_folder_requested.connect(self.remove_folder_requested)
            dialog.settings_requested.connect(lambda: self.show_settings("folders"))
            return dialog

        self._shown("folders", make)

    def show_first_start(self) -> None:
        """Lead from nothing to a running watch."""

        def make() -> "FirstStartDialog":
            from phototagger.gui.first_start.dialog import FirstStartDialog

            dialog = FirstStartDialog(self._bridge, self._window)
            dialog.started.connect(self.started)
            return dialog

        self._shown("first start", make)

    def _shown(self, name: str, make: Callable[[], Dialog]) -> Dialog:
        """The dialog of a name in front, a new one where it is not open."""
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._open[name] = make()
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self._open.pop(name, None))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog  # type: ignore[return-value]  # a name stands for one kind of dialog
