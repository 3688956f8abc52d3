# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts for people outside of widget classes, in their language.

The catalogue's tool finds calls of `tr` by that name and files these texts without a context.
"""

from PySide6.QtCore import QCoreApplication


def tr(text: str, comment: str | None = None, count: int = -1) -> str:
    """A text in the person's language.

    Args:
        text: in English; `%n` stands for `count`, its plural in the catalogue.
        comment: tells translators what it means where that is not plain.
        count: how many.
    """
    return QCoreApplication.translate("", text, comment, count)
