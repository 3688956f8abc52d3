# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Questions about watch folders that a person answers in a dialog."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from phototagger.gui.translated import tr


def ask_for_folder(parent: QWidget) -> Path | None:
    """Let a person choose a folder; None when they think better of it."""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    start = usual if Path(usual).is_dir() else str(Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, tr("Choose a folder with photos"), start)
    return Path(chosen) if chosen else None


def agrees_to_remove(parent: QWidget, path: Path) -> bool:
    """Whether a person agrees that a folder is watched no longer."""
    question = QMessageBox(parent)
    question.setWindowTitle(tr("Stop watching"))
    question.setText(tr("Stop watching “{folder}”?").format(folder=path.name))
    question.setInformativeText(
        tr(
            "Its photos leave the library. Their files stay as they are, captions and all; "
            "add the folder again and everything is back."
        )
    )
    stop = question.addButton(tr("Stop watching"), QMessageBox.ButtonRole.AcceptRole)
    question.addButton(QMessageBox.StandardButton.Cancel)
    question.exec()
    question.deleteLater()
    return question.clickedButton() is stop
