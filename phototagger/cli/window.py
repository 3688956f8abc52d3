# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The way from the command line to the window.

The two faces know nothing of each other: the window is imported by name, when it is wanted.
"""

import ctypes
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from phototagger.paths import DataPlaces


def has_display() -> bool:
    """Whether a window can be shown at all: there is a display, and it answers.

    Qt ends the whole process when a display does not answer, with a trace for programmers.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    wayland, x11 = (os.environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY"))
    return bool((wayland and _wayland_answers()) or (x11 and _x11_answers()))


def named_display() -> str:
    """The display that the surroundings name, "" where they name none."""
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""


def _x11_answers() -> bool:
    """Ask by the library that Qt's own plug-in asks by; True where that is not installed."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    # libxcb gives an object in any case, which says whether it is connected.
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


def _wayland_answers() -> bool:
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display:
        wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return bool(display)


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
