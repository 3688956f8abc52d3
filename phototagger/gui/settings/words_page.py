# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of a person's own words: what becomes of them, and which texts are nobody's."""

from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QPushButton, QWidget

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.gui import icons
from phototagger.gui.pieces import button, label
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import Option, bind, page, radios, row, side_by_side
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.settings import Existing, Settings

_KEY = "writing.camera_texts"
_LINES = 8  # of camera texts that are shown at once


def existing_options() -> list[Option]:
    """What happens to a caption that a person wrote."""
    return [
        Option(
            Existing.KEEP,
            tr("Keep mine"),
            tr("The model's caption goes into the library only, so that both can be searched."),
            tr("keep mine"),
        ),
        Option(
            Existing.APPEND,
            tr("Add the model's below mine"),
            tr("On a line of its own, in the same field."),
            tr("add below mine"),
        ),
        Option(
            Existing.REPLACE,
            tr("Replace mine"),
            tr("Yours stays in the history; Undo brings it back."),
            tr("replace mine"),
        ),
    ]


def words_page(live: LiveSettings) -> QWidget:
    """The page."""
    return page(
        tr("Your words"),
        label(
            tr(
                "Every caption that no model is proven to have written counts as a person's, in "
                "any field of the file or its sidecar."
            ),
            look="quiet",
        ),
        tr("When a photo has a caption of yours"),
        radios(live, "writing.existing", existing_options(), really_replace),
        tr("Texts that nobody wrote"),
        *_camera_texts(live),
    )


def really_replace(value: object) -> bool:
    """Ask before a person's words may be replaced; any other value needs no question."""
    return value is not Existing.REPLACE or _ask()


def _ask() -> bool:
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle(tr("Replace"))
    sign = icons.pixmap("triangle-alert", SPACE * 8, box.devicePixelRatioF(), "warning")
    box.setIconPixmap(sign)
    box.setText(tr("Let the model's captions replace those that people wrote?"))
    box.setInformativeText(
        tr("From now on, new captions take the place of yours in the files. Undo brings them back.")
    )
    replace: QPushButton = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    agreed = box.clickedButton() is replace
    box.deleteLater()
    return agreed


def _camera_texts(live: LiveSettings) -> list[QWidget]:
    """The list of texts that count as no caption, one on each line."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES)
    save = button(tr("Save the list"))
    reset = button(tr("Use the list that came with PhotoTagger"), look="quiet")

    def show(settings: Settings) -> None:
        field.setPlainText("\n".join(settings.writing.camera_texts))
        save.setEnabled(False)
        reset.setEnabled(settings.writing.camera_texts != CAMERA_TEXTS)

    def texts() -> tuple[str, ...]:
        lines = (line.strip() for line in field.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    bind(live, show)
    field.textChanged.connect(lambda: save.setEnabled(texts() != live.now.writing.camera_texts))
    save.clicked.connect(lambda: live.change(_KEY, texts()))
    reset.clicked.connect(lambda: live.change(_KEY, CAMERA_TEXTS))
    hint = tr(
        "Cameras and programs put such texts where captions go. One on each line; letter case does "
        "not count, a * at the end stands for anything."
    )
    return [row(tr("These count as no caption"), hint, field, wide=True), side_by_side(save, reset)]
