# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Times as people say them."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale


def ago(seconds: int) -> str:
    """A time in the past: "today 14:03", else its day.

    Args:
        seconds: since the epoch.
    """
    when, now, locale = (
        QDateTime.fromSecsSinceEpoch(seconds),
        QDateTime.currentDateTime(),
        QLocale(),
    )
    time = locale.toString(when.time(), QLocale.FormatType.ShortFormat)
    days = when.date().daysTo(now.date())
    if days == 0:
        return QCoreApplication.translate("Moments", "today {time}").format(time=time)
    if days == 1:
        return QCoreApplication.translate("Moments", "yesterday {time}").format(time=time)
    return locale.toString(when.date(), QLocale.FormatType.ShortFormat)
