# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of the watch folders: the pace of watching, and each folder's own way of writing."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QVBoxLayout, QWidget

from phototagger.gui.bridge import Bridge
from phototagger.gui.directions import apart
from phototagger.gui.pieces import button, label, while_there
from phototagger.gui.settings.live import LiveSettings, value_of
from phototagger.gui.settings.rows import (
    Option,
    bind,
    fill,
    guard,
    may_be_narrow,
    number,
    page,
    row,
    select,
    side_by_side,
)
from phototagger.gui.settings.words_page import existing_options, really_replace
from phototagger.gui.settings.writing_page import (
    form_options,
    switches,
    when_options,
    where_options,
)
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.paths import show

if TYPE_CHECKING:
    from phototagger.library.folders import Folder

_GENERAL = None  # the value of a setting that a folder does not have of its own


def folders_page(live: LiveSettings, bridge: Bridge) -> QWidget:
    """The page."""
    settle, rescan = QDoubleSpinBox(), QDoubleSpinBox()
    settle.setRange(2, 600)
    settle.setDecimals(0)
    settle.setSuffix(tr(" s"))
    rescan.setRange(1, 100_000)
    rescan.setDecimals(0)
    rescan.setSuffix(tr(" min"))
    own = _OwnSettings(live, bridge)
    made = page(
        tr("Folders"),
        tr("Each folder's own settings"),
        own.part,
        tr("Watching"),
        number(
            live,
            "watching.settle_seconds",
            tr("A file is finished when it stops changing for"),
            settle,
            tr("Longer helps with slow copies over a network."),
        ),
        number(
            live,
            "watching.rescan_minutes",
            tr("Look through every folder each"),
            rescan,
            tr("Catches what the system did not report. A walk reads names and times only."),
        ),
    )
    own.setParent(made)
    return made


class _OwnSettings(QObject):
    """Writing settings that one folder has beside the general ones.

    Args:
        live: the general settings.
        bridge: to the service.
    """

    def __init__(self, live: LiveSettings, bridge: Bridge) -> None:
        super().__init__()
        self._live = live
        self._bridge = bridge
        self._folders: Sequence[Folder] = ()
        self._boxes: dict[str, QComboBox] = {}
        self.part = QWidget()
        self.which = QComboBox()
        guard(self.which)
        may_be_narrow(self.which)
        self.which.setAccessibleName(tr("Folder"))
        self.which.currentIndexChanged.connect(self._show)
        self._none = label(tr("No folder is watched yet."), look="quiet")
        self._reset = button(tr("Use the general settings"), look="quiet")
        self._reset.clicked.connect(self._forget_all)
        column = QVBoxLayout(self.part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 4)
        column.addWidget(self._none)
        column.addWidget(side_by_side(self.which, self._reset))
        for name, text, options in _fields():
            column.addWidget(self._row(name, text, options))
        bind(live, lambda _: self.read())

    def read(self) -> None:
        """Ask which folders there are and what they have of their own."""
        self._bridge.read("folders' settings", lambda stores: stores.folders.all(), self._take)

    def _row(self, name: str, text: str, options: Sequence[Option]) -> QWidget:
        box = QComboBox()
        guard(box)
        may_be_narrow(box)
        fill(box, [Option(_GENERAL, ""), *options])
        box.activated.connect(partial(self._change, name))
        self._boxes[name] = box
        return row(text, "", box)

    def _take(self, folders: "Sequence[Folder]") -> None:
        chosen = self.which.currentData()
        self._folders = folders
        before = self.which.blockSignals(True)
        fill(self.which, [Option(folder.id, apart(show(folder.path))) for folder in folders])
        if chosen in [folder.id for folder in folders]:
            select(self.which, chosen)
        self.which.blockSignals(before)
        self._show()

    def _folder(self) -> "Folder | None":
        chosen = self.which.currentData()
        return next((folder for folder in self._folders if folder.id == chosen), None)

    def _show(self) -> None:
        folder = self._folder()
        self._none.setVisible(folder is None)
        self.which.setEnabled(folder is not None)
        self._reset.setEnabled(folder is not None and bool(folder.policy))
        for name, box in self._boxes.items():
            box.setEnabled(folder is not None)
            box.setItemText(0, self._general(name, box))
            select(box, None if folder is None else folder.policy.get(name))

    def _general(self, name: str, box: QComboBox) -> str:
        """What the general setting is, in the words of the box."""
        value = value_of(self._live.now, f"writing.{name}")
        for index in range(1, box.count()):
            if box.itemData(index) == value:
                return tr("{choice} (general)").format(choice=box.itemText(index))
        return tr("general")

    def _change(self, name: str, index: int) -> None:
        folder, value = self._folder(), self._boxes[name].itemData(index)
        if folder is None:
            return
        if not really_replace(value):
            self._show()
            return
        path = folder.path
        self._bridge.command(
            lambda service: service.set_folder_policy(path, {name: value}),
            while_there(self, lambda _: self.read()),
        )

    def _forget_all(self) -> None:
        folder = self._folder()
        if folder is not None:
            path, nothing = folder.path, dict.fromkeys(folder.policy, None)
            self._bridge.command(
                lambda service: service.set_folder_policy(path, nothing),
                while_there(self, lambda _: self.read()),
            )


def _fields() -> list[tuple[str, str, list[Option]]]:
    """What a folder may have of its own: name, text, values."""
    on_off = [Option(True, tr("yes")), Option(False, tr("no"))]
    return [
        ("when", tr("Writing"), when_options()),
        ("where", tr("Where"), where_options()),
        ("existing", tr("Captions of yours"), existing_options()),
        ("sidecar_form", tr("Names of new .xmp files"), form_options()),
        *((name, text, on_off) for name, text, _ in switches()),
    ]
