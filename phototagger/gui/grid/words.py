# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the grid says of a photo in words: where it stands, and what a screen reader announces."""

from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, Qt

from phototagger.gui.translated import tr
from phototagger.paths import show
from phototagger.photo import Origin, PhotoStatus
from phototagger.pipeline.browsing import PhotoCard

# Thirds, as the sign of confidence shows them.
_SURE, _UNSURE = 2 / 3, 1 / 3
_DAYS = 2_000  # remembered: putting one into words takes 20 µs


def confidence_level(confidence: float) -> int:
    """How sure a model is, from 1 (hardly) to 3 (sure)."""
    return 3 if confidence >= _SURE else 2 if confidence >= _UNSURE else 1


def state(card: PhotoCard) -> str:
    """Where a photo stands, "" where there is nothing to say."""
    if card.offline:
        return tr("Its folder is offline")
    match card.status:
        case PhotoStatus.PENDING:
            return tr("Waiting for a caption")
        case PhotoStatus.IN_PROGRESS:
            return tr("Being captioned")
        case PhotoStatus.REVIEW:
            return tr("Waits for review")
        case PhotoStatus.FAILED:
            return card.problem or tr("Could not be captioned")
        case PhotoStatus.SKIPPED:
            return card.problem or tr("Not to be captioned")
        case PhotoStatus.MISSING:
            return tr("The file is missing")
        case _:
            return ""


def author(card: PhotoCard) -> str:
    """Who wrote the caption and how sure they are, "" without one."""
    if card.origin is Origin.HUMAN:
        return tr("Written by a person")
    if card.origin is None:
        return ""
    if card.confidence is None:
        return tr("Written by a model")
    return {
        1: tr("Written by a model, hardly sure"),
        2: tr("Written by a model, fairly sure"),
        3: tr("Written by a model, sure"),
    }[confidence_level(card.confidence)]


def announcement(card: PhotoCard) -> str:
    """What a screen reader says of a photo: its caption or its name, who wrote it, its state."""
    parts = (card.caption.rstrip(".") or show(card.path.name), author(card), state(card))
    return ". ".join(part for part in parts if part)


def tool_tip(card: PhotoCard) -> str:
    """What is too long for the grid: the whole caption, and what is behind the signs."""
    parts = (card.caption, author(card), state(card), show(card.path.name))
    return "\n".join(part for part in parts if part)


def when(card: PhotoCard) -> str:
    """The day on which a photo was taken, short, "" where nobody knows."""
    return _day((card.taken_at or "")[:10], QLocale().name())


@lru_cache(_DAYS)
def _day(date: str, _language: str) -> str:
    day = QDate.fromString(date, Qt.DateFormat.ISODate)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat) if day.isValid() else ""
