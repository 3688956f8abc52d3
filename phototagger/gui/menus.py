# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The menu bar: everything that can be done, each with its key."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from phototagger.gui import icons, theme
from phototagger.gui.translated import tr

Keys = QKeySequence | QKeySequence.StandardKey | str
_NO_KEYS = ""


def action(
    parent: QMainWindow,
    text: str,
    act: Callable[[], object],
    keys: Keys = _NO_KEYS,
    icon: str = "",
) -> QAction:
    """Something that can be done.

    Args:
        parent: the window whose key it is.
        text: what the menu says.
        act: does it.
        keys: which keys do it.
        icon: by name, "" for none.
    """
    made = QAction(text, parent)
    if icon:
        made.setIcon(icons.icon(icon))
    made.setShortcut(QKeySequence(keys))
    made.triggered.connect(lambda _checked=False: act())
    parent.addAction(made)
    return made


def appearance_menu(parent: QMenu, chosen: str, remember: Callable[[str], None]) -> QMenu:
    """A menu to choose between light, dark and what the system says.

    Args:
        parent: the menu it is in.
        chosen: what is chosen now: `light`, `dark` or `system`.
        remember: told of another choice.
    """
    menu = QMenu(tr("Appearance"), parent)
    group = QActionGroup(menu)
    names = {
        "system": tr("As the system"),
        "light": tr("Light"),
        "dark": tr("Dark"),
    }
    for key, name in names.items():
        choice = group.addAction(name)
        choice.setCheckable(True)
        choice.setChecked(key == chosen)
        choice.triggered.connect(lambda _checked=False, key=key: _choose(key, remember))
        menu.addAction(choice)
    return menu


def _choose(key: str, remember: Callable[[str], None]) -> None:
    theme.choose(theme.SCHEMES.get(key))
    remember(key)
