# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The way from the command line to the window.

The two faces know nothing of each other: the window is imported by name, when it is wanted.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from phototagger.paths import DataPlaces


def has_display() -> bool:
    """Whether a window can be shown at all."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_window(places: DataPlaces, folders: Sequence[Path] = (), *, hidden: bool = False) -> int:
    """Open the window; returns when it is closed.

    Args:
        places: the data folder.
        folders: watch these, too.
        hidden: begin in the tray.

    Returns:
        The exit code.
    """
    app = importlib.import_module("phototagger.gui.app")
    code: int = app.run(places, folders, hidden=hidden)
    return code
