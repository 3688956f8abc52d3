# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Numbers as people read them, in their language: sizes, durations, counts, times of day."""

from PySide6.QtCore import QDateTime, QLocale

from phototagger.gui.translated import tr

_GIGABYTE = 1_000_000_000


def number(count: int) -> str:
    """A whole number with the marks of the language: 12,345."""
    return QLocale().toString(count)


def size(count: int) -> str:
    """Bytes as a size: 982 MB, 1.6 GB."""
    digits = 1 if count >= _GIGABYTE else 0
    form = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(count, digits, form)


def duration(seconds: float) -> str:
    """How long something will take, as roughly as it is known."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return tr("less than a minute")
    if minutes < 100:
        return tr("about %n minute(s)", None, minutes)
    hours = round(minutes / 60)
    if hours < 36:
        return tr("about %n hour(s)", None, hours)
    return tr("about %n day(s)", None, round(hours / 24))


def pace(per_minute: float) -> str:
    """How many photos are done in which time."""
    if per_minute >= 1:
        return tr("%n photo(s) a minute", None, round(per_minute))
    return tr("%n photo(s) an hour", None, max(1, round(per_minute * 60)))


def time_of_day(epoch: float) -> str:
    """A moment of today as its time, of another day with its date."""
    moment = QDateTime.fromSecsSinceEpoch(round(epoch))
    short = QLocale.FormatType.ShortFormat
    if moment.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(moment.time(), short)
    return QLocale().toString(moment, short)
