# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A photo's caption, alt text and keywords: whose they are, where they are, edited in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from phototagger.gui import icons, theme
from phototagger.gui.authorship import AuthorLine
from phototagger.gui.detail.keyword_field import KeywordField
from phototagger.gui.detail.length_meter import LengthMeter
from phototagger.gui.detail.section import Section, inset
from phototagger.gui.detail.words_field import INSET, WordsField
from phototagger.gui.pieces import button, label, show_foreign
from phototagger.gui.said import said
from phototagger.gui.theme import SPACE
from phototagger.library.decisions import Words
from phototagger.photo import Caption, Origin, PhotoStatus, Target

if TYPE_CHECKING:
    from phototagger.pipeline.photo_detail import PhotoDetail


_LARGE = 1.15  # times the size of captions elsewhere: here they are what is looked at


class TextsBlock(QWidget):
    """The texts of one photo."""

    edited = Signal()
    """A person is done with a text; `take_changes` has it."""
    suggestion_chosen = Signal()
    """The machine's suggestion shall be the caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PhotoDetail | None = None
        self._changes = Words()
        self._refused = False
        self.caption = WordsField(
            self.tr("Caption"), self.tr("No caption yet. Write one here."), "caption", _LARGE
        )
        self.alt_text = WordsField(
            self.tr("Alt text"), self.tr("Say what there is to see, for people who cannot see it.")
        )
        self.keywords = KeywordField()
        self.author = AuthorLine()
        self.place = _Where()
        self.suggestion = _Suggestion()
        self.meter = LengthMeter()
        self._bar = QFrame()
        self._bar.setFixedWidth(SPACE // 2 + 1)
        self._place()
        self.caption.committed.connect(self._caption_done)
        self.caption.reverted.connect(self._given_up)
        self.alt_text.committed.connect(self._alt_text_done)
        self.alt_text.textChanged.connect(self._measure)
        self.keywords.committed.connect(self._keywords_done)
        self.suggestion.chosen.connect(self.suggestion_chosen)
        theme.changed.connect(self._dress)

    def _place(self) -> None:
        about = QVBoxLayout()
        about.setContentsMargins(INSET, 0, INSET, 0)
        about.setSpacing(SPACE)
        about.addWidget(self.author)
        about.addWidget(self.place)
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.caption)
        words.addLayout(about)
        captioned = QWidget()
        row = QHBoxLayout(captioned)
        row.setContentsMargins(INSET, 0, INSET, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._bar)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 6)
        column.addWidget(captioned)
        column.addLayout(inset(self.suggestion))
        column.addWidget(Section(self.tr("Alt text"), self.alt_text, self.meter))
        column.addWidget(Section(self.tr("Keywords"), self.keywords))

    def show_detail(self, detail: "PhotoDetail", *, anew: bool) -> None:
        """Show a photo's texts; what a person is writing for the same photo stays.

        Args:
            detail: the photo.
            anew: it is another photo than before.
        """
        self._shown = detail
        record = detail.record
        if anew:
            self.caption.restore(record.caption, record.caption)
            self.alt_text.restore(record.alt_text, record.alt_text)
            self.keywords.clear_entry()
            self.keywords.restore(record.keywords, record.keywords)
        self.caption.load(record.caption)
        self.alt_text.load(record.alt_text)
        self.keywords.load(record.keywords)
        self.author.show_author(_caption_of(detail))
        self.place.show_detail(detail)
        self.suggestion.show_detail(detail)
        self._tell_of_draft()
        self._measure()
        self._dress()

    def restore(self, detail: "PhotoDetail", draft: Words) -> None:
        """Show what a person wrote before and could not be kept."""
        record = detail.record
        if draft.caption is not None:
            self.caption.restore(record.caption, draft.caption)
            self._refused = True
            self._tell_of_draft()
        if draft.alt_text is not None:
            self.alt_text.restore(record.alt_text, draft.alt_text)
        if draft.keywords is not None:
            self.keywords.restore(record.keywords, draft.keywords)

    def _tell_of_draft(self) -> None:
        """Say that a caption stands here which could not be kept, not who wrote the one before."""
        self._refused = self._refused and self.caption.is_changed
        if self._refused:
            self.author.hide()
            self.place.show_draft()

    def commit(self) -> None:
        """Hand over whatever is being written."""
        self.caption.commit()
        self.alt_text.commit()
        self.keywords.commit()

    def take_changes(self) -> Words:
        """What a person wrote since the last time."""
        taken, self._changes = self._changes, Words()
        return taken

    def _given_up(self) -> None:
        if self._shown is not None:
            self.show_detail(self._shown, anew=False)

    def _caption_done(self, text: str) -> None:
        self._refused = False
        self._changes = Words(caption=text)
        self.edited.emit()

    def _alt_text_done(self, text: str) -> None:
        self._changes = Words(alt_text=text)
        self.edited.emit()

    def _keywords_done(self, words: tuple[str, ...]) -> None:
        self._changes = Words(keywords=words)
        self.edited.emit()

    def _measure(self) -> None:
        self.meter.show_length(len(self.alt_text.text))

    def _dress(self) -> None:
        shades = theme.colours()
        caption = _caption_of(self._shown) if self._shown is not None else None
        colour = shades.line
        if caption is not None:
            colour = shades.human if caption.origin is Origin.HUMAN else shades.machine
        self._bar.setStyleSheet(f"background: {colour.name()}; border-radius: 1px;")


class _Where(QWidget):
    """Where the texts are, and why not in the photo."""

    def __init__(self) -> None:
        super().__init__()
        self._detail: PhotoDetail | None = None
        self._draft = False
        self._sign = QLabel()
        self._words = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._show)

    def show_detail(self, detail: "PhotoDetail") -> None:
        self._detail, self._draft = detail, False
        self._show()

    def show_draft(self) -> None:
        """Say that what stands above is kept nowhere yet."""
        self._draft = True
        self._show()

    def _show(self) -> None:
        detail = self._detail
        if detail is None:
            return
        sign, colour, words = self._said(detail)
        if self._draft:
            sign, colour = "circle-alert", "warning"
            words = self.tr("Not kept yet. {keys} tries again, Escape gives it up.").format(
                keys=QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
            )
        self.setVisible(bool(words))
        self._sign.setPixmap(icons.pixmap(sign, SPACE * 4, self.devicePixelRatioF(), colour))
        self._words.setText(words)
        self._words.setToolTip(said(detail.why.title))
        self._words.setFont(theme.font("small"))
        shade = theme.colours().quiet if colour == "quiet" else getattr(theme.colours(), colour)
        self._words.setStyleSheet(f"color: {shade.name()};")

    def _said(self, detail: "PhotoDetail") -> tuple[str, str, str]:
        """Sign, colour and words."""
        status, why = detail.photo.status, said(detail.why.title)
        problem = " ".join(filter(None, (_sentence(why), said(detail.why.hint))))
        if detail.offline and status is not PhotoStatus.MISSING:
            words = self.tr("Its folder is offline. The photo comes back with it.")
            return "unplug", "warning", words
        if status in (PhotoStatus.FAILED, PhotoStatus.SKIPPED):
            colour = "bad" if status is PhotoStatus.FAILED else "quiet"
            return "circle-alert", colour, problem
        if status is PhotoStatus.MISSING:
            return "image-off", "warning", self.tr("The file is not where it was.")
        if status is PhotoStatus.REVIEW:
            if detail.record.origin is Origin.HUMAN:
                return "eye", "warning", self.tr("A suggestion waits for your review")
            return "eye", "warning", self.tr("Waits for your review, and is not in the photo yet")
        if status in (PhotoStatus.PENDING, PhotoStatus.IN_PROGRESS) and not detail.record.caption:
            return "hourglass", "quiet", self.tr("Waits for its turn to be captioned.")
        if not detail.record.caption and not why:
            return "file-text", "quiet", ""
        if detail.target is Target.EMBEDDED:
            return "file-check", "quiet", self.tr("Written into the photo")
        if detail.target is Target.SIDECAR:
            name = detail.sidecar.name if detail.sidecar is not None else ""
            words = self.tr("Written into {sidecar}").format(sidecar=name)
            return "file-text", "quiet", f"{words}. {why}".rstrip(". ") + "."
        words = why or self.tr("Only in the index of this program, not in the photo")
        return "info", "quiet", words


class _Suggestion(QFrame):
    """What the machine would say, beside a person's caption that stays."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._author = AuthorLine()
        self._words = label()
        show_foreign(self._words)
        self._use = button(self.tr("Use this instead"), look="quiet")
        self._use.setToolTip(self.tr("Your caption stays in the history, and Undo brings it back"))
        self._use.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE * 2)
        column.addWidget(self._author)
        column.addWidget(self._words)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._use)
        column.addLayout(foot)
        self.hide()

    def show_detail(self, detail: "PhotoDetail") -> None:
        suggestion, current = detail.suggestion, detail.record
        fits = suggestion is not None and current.origin is Origin.HUMAN
        corrected = any(
            known.is_withdrawn and known.caption == suggestion for known in detail.captions
        )
        shown = fits and not corrected and suggestion is not None
        self.setVisible(bool(shown and suggestion and suggestion.text != current.caption))
        if suggestion is not None:
            self._author.show_author(suggestion)
            self._words.setText(suggestion.text)
            self._words.setFont(theme.font("body"))


def _caption_of(detail: "PhotoDetail") -> Caption | None:
    record = detail.record
    if record.origin is None or not record.caption:
        return None
    return Caption(
        record.caption, record.origin, record.caption_model, confidence=record.confidence
    )


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
