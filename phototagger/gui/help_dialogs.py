# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Short help: which keys there are, what a search can say, and what program this is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phototagger import __version__
from phototagger.gui.directions import from_the_right
from phototagger.gui.pieces import label
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr


def show_table(parent: QWidget, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Show two columns of text until the person closes them.

    Args:
        parent: the window.
        title: what it is about.
        rows: something, and what it means; "" for a heading over what follows it.
    """
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    table = QWidget()
    grid = QGridLayout(table)
    grid.setHorizontalSpacing(SPACE * 6)
    grid.setVerticalSpacing(SPACE * 2)
    grid.setColumnStretch(1, 1)
    for row, (what, meaning) in enumerate(rows):
        if not meaning:
            grid.addWidget(_heading(what, first=row == 0), row, 0, 1, 2)
            continue
        first, second = label(what, "caption", wrap=False), label(meaning, look="quiet")
        first.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(first, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(second, row, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(table)
    area.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
    column.addWidget(area)
    column.addWidget(buttons)
    size = table.sizeHint()
    dialog.resize(size.width() + SPACE * 16, min(size.height() + SPACE * 24, parent.height()))
    dialog.exec()
    dialog.deleteLater()


def _heading(text: str, *, first: bool) -> QLabel:
    made = label(text, "heading")
    made.setContentsMargins(0, 0 if first else SPACE * 3, 0, 0)
    return made


def show_keys(parent: QWidget, actions: Sequence[QAction]) -> None:
    """Show which keys there are."""
    rows = [
        (
            ", ".join(
                key.toString(QKeySequence.SequenceFormat.NativeText)
                for key in action.shortcuts()
                if _is_on_keyboards(key)
            ),
            action.text().replace("&", "").removesuffix("…"),
        )
        for action in actions
        if action.shortcuts()
    ]
    show_table(parent, tr("Keys"), [(tr("Everywhere"), ""), *rows, *_keys_of_places()])


def _keys_of_places() -> list[tuple[str, str]]:
    """The keys that belong to no menu: they work where the keyboard is."""
    on, back = (Qt.Key.Key_Right, Qt.Key.Key_Left)
    if from_the_right():
        on, back = back, on
    return [
        (tr("In Review"), ""),
        (_keys(Qt.Key.Key_J, on, Qt.Key.Key_Down), tr("Next")),
        (_keys(Qt.Key.Key_K, back, Qt.Key.Key_Up), tr("Back")),
        (_keys(Qt.Key.Key_Return), tr("Accept the caption")),
        (_keys(QKeySequence("Shift+Return")), tr("Accept it in place of your own")),
        (_keys(Qt.Key.Key_E), tr("Edit it first")),
        (_keys(Qt.Key.Key_Delete), tr("Reject it")),
        (tr("Among the photos"), ""),
        (tr("Letters"), tr("Search")),
        (_keys(Qt.Key.Key_Return), tr("Edit the caption")),
        (_keys(QKeySequence("Shift+Right"), QKeySequence("Shift+Down")), tr("Select several")),
        (_keys(Qt.Key.Key_Home, Qt.Key.Key_End), tr("First and last photo")),
        (tr("In a text"), ""),
        (_keys(QKeySequence("Ctrl+Return")), tr("Keep it, and go to the photos")),
        (_keys(Qt.Key.Key_Escape), tr("Leave it as it was")),
    ]


def _keys(*keys: Qt.Key | QKeySequence) -> str:
    """Keys as the system calls them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def _is_on_keyboards(key: QKeySequence) -> bool:
    """Whether people have such a key, not only old workstations: F14, or one for Undo."""
    first = key[0]  # type: ignore[index]  # PySide's stubs leave it out
    if first.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        return True
    return bool(Qt.Key.Key_F1 <= first.key() <= Qt.Key.Key_F12)


def show_search_help(parent: QWidget) -> None:
    """Show what a search can say."""
    rows = [
        ("dog beach", tr("Photos with both words first, then those with one of them")),
        ('"red boat"', tr("Exactly these words, one after the other")),
        ("dog -cat", tr("With a dog, without a cat")),
        ("dog OR (cat sofa)", tr("One or the other")),
        ("date:2024-07..2024-09", tr("Taken in these months; also after: and before:")),
        ("is:review", tr("Also captioned, pending, failed, missing, offline, skipped")),
        ("by:human", tr("Captions that a person wrote, by:ai for a model's")),
        ("camera:canon lens:50mm", tr("Also model:, type:, ext:, place:")),
        ("folder:holiday name:img", tr("Where the file is and what it is called")),
        ("tag:family alt:boat", tr("In keywords, in alt texts")),
        ("has:gps", tr("Also has:alt and has:sidecar")),
        ("width:>4000 size:>5MB score:<0.4", tr("Pixels, bytes, how sure the model was")),
        ("sort:date", tr("Also relevance, added, name, score")),
        ("saved:name", tr("A saved search within another")),
    ]
    show_table(parent, tr("What a search can say"), rows)


def show_about(parent: QWidget) -> None:
    """Say what program this is."""
    text = tr(
        "PhotoTagger {version} describes photos on your own machine, writes the captions into "
        "them, and finds any photo as you type. Nothing leaves the machine unless you ask for it.",
    )
    more = tr("Apache License 2.0. Icons: Lucide, ISC License. Made with Qt, LGPL 3.")
    box = QMessageBox(parent)
    box.setWindowTitle(tr("About PhotoTagger"))
    box.setText(text.format(version=__version__))
    box.setInformativeText(more)
    box.exec()
    box.deleteLater()
