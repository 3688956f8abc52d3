# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What can be done with the photos that are selected: for the context menu and the menu bar."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from phototagger.gui import icons
from phototagger.gui.bridge import Bridge
from phototagger.gui.bulk import jobs
from phototagger.gui.file_manager import show_in_file_manager

if TYPE_CHECKING:
    from phototagger.gui.bulk.bulk_dialog import BulkDialog
    from phototagger.library.photo_records import PhotoRecord
    from phototagger.pipeline.service import Service
    from phototagger.pipeline.stores import Stores
    from phototagger.pipeline.undo_list import TakenBack

_ALWAYS_ASKED = 1  # for more photos than this a preview comes first


class PhotoActions(QObject):
    """Actions on the selection; `set_photos` says which photos that is.

    Args:
        bridge: to the library.
        window: where the keys work, and above which dialogs open.
    """

    told = Signal(str, str)
    """Something to tell: what was done, and more about it."""
    edit_requested = Signal()
    """The caption of the photo shall be edited."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._ids: list[int] = []
        make = self._action
        self.caption_now = make("sparkles", self.tr("Caption &now"), self.ask_first, "Ctrl+Return")
        self.caption_again = make("wand-sparkles", self.tr("Caption again &with"), lambda: None)
        self.edit = make("pen-line", self.tr("&Edit the caption"), self.edit_requested.emit, "F2")
        self.accept = make("check", self.tr("&Accept the caption"), self._accept)
        self.undo = make("undo-2", self.tr("&Undo the last write"), self._undo)
        self.replace = make("replace", self.tr("&Find and replace…"), self._replace, "Ctrl+H")
        self.show_file = make("folder-open", self.tr("&Show in the file manager"), self._show_file)
        self.copy_caption = make("copy", self.tr("&Copy the caption"), self._copy_caption)
        self.copy_alt_text = make(
            "accessibility", self.tr("Copy as a&lt text"), self._copy_alt_text
        )
        self.export = make("download", self.tr("E&xport…"), self._export)
        self.copy_caption.setShortcuts(QKeySequence.StandardKey.Copy)
        self._models = QMenu(window)
        self._models.aboutToShow.connect(self._read_models)
        self.caption_again.setMenu(self._models)
        self._offer_models([])
        self.set_photos([])

    def _action(self, sign: str, text: str, act: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(icons.icon(sign), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._window.addAction(action)
        return action

    def set_photos(self, ids: Sequence[int]) -> None:
        """The photos that the actions are about."""
        self._ids = list(ids)
        some, one = bool(ids), len(ids) == 1
        for action in self.for_several():
            action.setEnabled(some)
        for action in (self.caption_now, self.copy_caption, self.copy_alt_text):
            action.setEnabled(some)
        self.edit.setEnabled(one)
        self.show_file.setEnabled(one)

    def for_several(self) -> list[QAction]:
        """What makes sense for several photos, as the detail panel offers it."""
        return [self.accept, self.caption_again, self.undo, self.replace, self.export]

    def fill(self, menu: QMenu) -> None:
        """Put every action into a menu."""
        groups = (
            (self.caption_now, self.caption_again),
            (self.edit, self.accept, self.undo, self.replace),
            (self.copy_caption, self.copy_alt_text),
            (self.show_file, self.export),
        )
        for number, group in enumerate(groups):
            if number:
                menu.addSeparator()
            menu.addActions(group)

    def context_menu(self, parent: QWidget) -> QMenu:
        """A menu of its own, to be opened where a person asked for it."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        return menu

    # -- captions ---------------------------------------------------------------------------

    def ask_first(self) -> None:
        """Have the photos captioned before all others."""
        ids = list(self._ids)
        self._bridge.command(lambda service: service.caption_now(ids), self._tell_waiting)

    def _tell_waiting(self, count: int) -> None:
        if count:
            self.told.emit(self.tr("%n photo(s) come first now", "", count), "")
        else:
            self.told.emit(
                self.tr("These photos have captions"),
                self.tr("“Caption again with” lets another model look at them."),
            )

    def _read_models(self) -> None:
        places = self._bridge.places

        def work(_stores: "Stores") -> list[str]:
            from phototagger.pipeline.models import models_of, remote_name
            from phototagger.settings import load_settings

            names = [model.name for model in models_of(places)]
            return names + remote_name(load_settings(places.settings))

        self._bridge.read("model names", work, self._offer_models)

    def _offer_models(self, names: list[str]) -> None:
        self._models.clear()
        for name in names:
            action = self._models.addAction(jobs.short_name(name).replace("&", "&&"))
            action.setToolTip(name)
            action.triggered.connect(lambda _checked=False, name=name: self._again(name))
        if not names:
            nothing = self._models.addAction(self.tr("Looking for models…"))
            nothing.setEnabled(False)

    def _again(self, model: str) -> None:
        self._do(jobs.caption_again(self._ids, model))

    def _accept(self) -> None:
        self._do(jobs.accept(self._ids))

    def _undo(self) -> None:
        ids = list(self._ids)
        if len(ids) > _ALWAYS_ASKED:
            self._do(jobs.undo(ids))
            return

        def work(service: "Service") -> "TakenBack":
            from phototagger.pipeline.bulk import last_writes

            return service.take_back(last_writes(service.stores, ids))

        self._bridge.command(work, self._tell_undone)

    def _tell_undone(self, outcome: "TakenBack") -> None:
        if outcome.failed:
            self._bridge.failed.emit(outcome.failed[0])
        elif outcome.photos:
            self.told.emit(self.tr("The photo is as it was before"), "")
        else:
            self.told.emit(self.tr("PhotoTagger wrote nothing into this photo that stands"), "")

    def _replace(self) -> None:
        from phototagger.gui.bulk.find_replace_dialog import FindReplaceDialog

        self._open(FindReplaceDialog(self._bridge, self._ids, self._window))

    def _do(self, job: jobs.Job) -> None:
        from phototagger.gui.bulk.bulk_dialog import BulkDialog

        self._open(BulkDialog(self._bridge, job, self._window))

    def _open(self, dialog: "BulkDialog") -> None:
        dialog.told.connect(self.told)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()

    # -- texts and files --------------------------------------------------------------------

    def _copy_caption(self) -> None:
        self._copy(lambda record: record.caption, self.tr("Copied"))

    def _copy_alt_text(self) -> None:
        self._copy(lambda record: record.alt_text or record.caption, self.tr("Copied as alt text"))

    def _copy(self, text_of: "Callable[[PhotoRecord], str]", title: str) -> None:
        ids = list(self._ids)

        def work(stores: "Stores") -> str:
            from phototagger.library.photo_records import photo_record

            records = (photo_record(stores.library, photo_id) for photo_id in ids)
            return "\n".join(text for record in records if record and (text := text_of(record)))

        def then(text: str) -> None:
            if text:
                QGuiApplication.clipboard().setText(text)
                self.told.emit(title, text.partition("\n")[0])
            else:
                self.told.emit(self.tr("There is no text to copy"), "")

        self._bridge.read("copy", work, then)

    def _show_file(self) -> None:
        if len(self._ids) != 1:
            return
        photo_id = self._ids[0]

        def work(stores: "Stores") -> Path | None:
            photo = stores.photos.by_id(photo_id)
            return photo.path if photo is not None else None

        self._bridge.read("show file", work, show_in_file_manager)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export the texts of %n photo(s)", "", len(self._ids)),
            "captions.csv",
            self.tr("Table for spreadsheets (*.csv)")
            + ";;"
            + self.tr("JSON for programs (*.json)"),
        )
        if not name:
            return
        path, ids = Path(name), list(self._ids)

        def work(stores: "Stores") -> int:
            from phototagger.pipeline.exporting import export_photos

            return export_photos(stores, ids, path)

        def then(count: int) -> None:
            self.told.emit(self.tr("%n photo(s) were exported", "", count), str(path))

        self._bridge.read("export", work, then)

    def close_dialogs(self) -> None:
        """Close what is open above the window."""
        for dialog in self._window.findChildren(QDialog):
            dialog.reject()
