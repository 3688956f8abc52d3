# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Starting with the session, in the place where each system looks for that.

Linux: a file in the autostart folder (freedesktop.org, Desktop Application Autostart 0.5);
macOS: a launch agent (launchd.plist(5)); Windows: the Run key of the user. The place itself is
the setting: a person who takes it away in the system's own preferences has switched it off here.
"""

import os
import plistlib
import sys
from pathlib import Path

from phototagger.errors import SettingsError

_NAME = "phototagger"
_AGENT = "org.phototagger.PhotoTagger"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
HIDDEN = "--hidden"
"""The option of the command line with which the program starts in the tray."""


def command() -> list[str]:
    """The words that start this program without a window, as it was started now."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "gui", HIDDEN]
    return [sys.executable, "-m", "phototagger", "gui", HIDDEN]


def is_on() -> bool:
    """Whether the program starts with the session."""
    if sys.platform == "win32":
        return _windows_value() is not None
    return place().exists()


def switch(*, on: bool) -> None:
    """Start with the session from now on, or no longer.

    Raises:
        SettingsError: the system does not let us.
    """
    try:
        if sys.platform == "win32":
            _set_windows_value(_quoted(command()) if on else None)
        elif on:
            place().parent.mkdir(parents=True, exist_ok=True)
            place().write_bytes(content())
        else:
            place().unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"Starting with the session cannot be changed: {error.strerror}",
            "Use the system's own preferences for programs that start with it.",
        ) from error


def place() -> Path:
    """The file that the system looks for; not on Windows, which has none."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{_AGENT}.plist"
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(config) / "autostart" / f"{_NAME}.desktop"


def content() -> bytes:
    """What stands in that file."""
    if sys.platform == "darwin":
        agent = {"Label": _AGENT, "ProgramArguments": command(), "RunAtLoad": True}
        return plistlib.dumps(agent)
    words = " ".join(_desktop_quoted(word) for word in command())
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=PhotoTagger\n"
        f"Icon={_NAME}\n"
        f"Exec={words}\n"
        "X-GNOME-Autostart-enabled=true\n"
    ).encode()


def _desktop_quoted(word: str) -> str:
    """A word of Exec: quoted, with the escapes of the Desktop Entry Specification 1.5."""
    escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in word)
    # First the escapes of the Exec key, then those of strings in such files, and %% for %.
    doubled = escaped.replace("\\", "\\\\").replace("%", "%%")
    return f'"{doubled}"'


def _quoted(words: list[str]) -> str:
    return " ".join(f'"{word}"' for word in words)


if sys.platform == "win32":
    import winreg

    def _windows_value() -> str | None:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                return str(winreg.QueryValueEx(key, _NAME)[0])
        except FileNotFoundError:
            return None

    def _set_windows_value(value: str | None) -> None:
        access = winreg.KEY_SET_VALUE
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, access) as key:
            if value is not None:
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, value)
            elif _windows_value() is not None:
                winreg.DeleteValue(key, _NAME)
