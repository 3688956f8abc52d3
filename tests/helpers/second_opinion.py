# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What exiftool and exiv2 read from files, tag by tag (all of it: `exiftool_dump`)."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path


def exiftool_texts(paths: Iterable[Path], *tags: str) -> list[list[str]]:
    """The values of tags in each file, an empty string for one that is missing, in one run."""
    names = [str(path) for path in paths]
    options = ["-j", "-n", "-G1", *(f"-{tag}" for tag in tags)]
    answer = subprocess.run(["exiftool", *options, *names], capture_output=True, check=False)
    found = json.loads(answer.stdout.decode("utf-8", "replace"))
    return [[str(item.get(tag, "")) for tag in tags] for item in found]


def exiv2_caption(path: Path) -> str:
    """ImageDescription as exiv2 reads it."""
    command = ["exiv2", "-q", "-g", "Exif.Image.ImageDescription", "-Pv", str(path)]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode().strip()
