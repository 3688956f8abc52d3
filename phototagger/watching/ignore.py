# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which folders and files under a watch folder are none of our business.

One set of rules for both ways in: the walk asks folder by folder, an event asks for one path.
The watch folder's own name never counts: whoever chose it meant it.
"""

import os
from pathlib import Path

from phototagger.paths import show

# Spec section 1, in lower case because Windows and macOS do not tell cases apart. Hidden names
# (`.dtrash`, `.thumbnails`, `.TagStudio`, `.stversions`, ...) need no entry: their dot is enough.
_IGNORED_FOLDERS = frozenset(
    ("@eadir", "$recycle.bin", "system volume information", "node_modules")
)
_IGNORED_ENDING = ".photoslibrary"

MARKERS = frozenset((".nomedia", ".phototaggerignore"))
"""Files whose presence excludes their folder and everything below it."""


def is_ignored_name(name: str) -> bool:
    """Whether a folder of this name, below the watch folder, is left alone."""
    lower = name.lower()
    return name.startswith(".") or lower in _IGNORED_FOLDERS or lower.endswith(_IGNORED_ENDING)


def is_leftover(name: str) -> bool:
    """Whether this is the name of a temporary file of ours that a killed process left behind."""
    return name.startswith(".phototagger-") and name.endswith(".tmp")


def may_follow(link: str, real_root: str) -> bool:
    """Whether the walk enters a symbolic link to a folder.

    Only when it leads out of the watch folder: inside it the folder is walked under its own
    name, and a target that holds the watch folder would bring every photo in twice. Links
    inside a linked folder are not followed, so a loop ends before it begins.

    Args:
        link: path of the link.
        real_root: the watch folder with its own links resolved.
    """
    target = os.path.realpath(link)
    return not (_contains(real_root, target) or _contains(target, real_root))


def is_ignored(path: Path, root: Path) -> bool:
    """Whether the walk of `root` would pass `path` over, whatever kind of file it is.

    Args:
        path: an absolute path; it need not exist any more.
        root: the watch folder.
    """
    return bool(why_ignored(path, root))


def why_ignored(path: Path, root: Path) -> str:
    """Why the walk of `root` would pass `path` over, a sentence for people; "" if it would not."""
    try:
        *folders, name = path.relative_to(root).parts
    except ValueError:
        return "It is in no watch folder"
    if name.startswith("."):
        return "Its name begins with a dot, and hidden files are left alone"
    here, linked = os.fspath(root), False
    if marker := _marker(here):
        return f"Its watch folder holds a file {marker}"
    for folder in folders:
        here = os.path.join(here, folder)  # noqa: PTH118 - per event and folder
        if is_ignored_name(folder):
            return f"Folders named {show(folder)} are left alone"
        if marker := _marker(here):
            return f"The folder {show(folder)} holds a file {marker}"
        if os.path.islink(here):  # noqa: PTH114 - per event and folder
            if linked or not may_follow(here, os.path.realpath(root)):
                return f"The link {show(folder)} leads to where photos are found by other names"
            linked = True
    return ""


def _marker(folder: str) -> str:
    """The name of a marker in a folder, "" for none."""
    joined = os.path.join
    return next((name for name in sorted(MARKERS) if os.path.lexists(joined(folder, name))), "")


def _contains(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
