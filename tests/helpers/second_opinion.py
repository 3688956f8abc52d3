# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What exiftool and exiv2 read from files, and whether pixels are the same."""

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageSequence

# What PhotoTagger writes on purpose, and what follows from it.
_MEANT = frozenset(
    "ImageDescription Description Caption-Abstract CaptionModel CaptionRevision CaptionCreated "
    "CaptionConfidence CaptionTextHash Caption CodedCharacterSet IPTCDigest MPImageLength "
    "YCbCrPositioning WebP_Flags MPImageStart".split()
)
_ABOUT_THE_FILE = frozenset(("ExifTool", "System", "File", "Composite"))


@dataclass(frozen=True)
class Reading:
    """What exiftool sees in a file.

    Attributes:
        captions: EXIF ImageDescription and XMP dc:description, "" where missing.
        others: every tag that is not about captions, the file's name or its offsets.
    """

    captions: tuple[str, str]
    others: Counter[tuple[str, str, str]]


def exiftool_reads(paths: Iterable[Path]) -> dict[Path, Reading]:
    """Read many files in one run."""
    names = [str(path) for path in paths]
    options = "-j -a -u -G0:1:4 -struct -n -b -all -charset filename=utf8".split()
    answer = subprocess.run(["exiftool", *options, *names], capture_output=True, check=False)
    found = json.loads(answer.stdout.decode("utf-8", "replace"))
    return {Path(item["SourceFile"]): Reading(_captions(item), _others(item)) for item in found}


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


def pixels(path: Path) -> str:
    """Hash of every frame's pixels and the colour profile."""
    digest = hashlib.sha256()
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            digest.update(f"{frame.size}{frame.mode}".encode() + frame.tobytes())
        digest.update(image.info.get("icc_profile") or b"")
    return digest.hexdigest()


def _captions(item: dict[str, object]) -> tuple[str, str]:
    exif = item.get("EXIF:IFD0:ImageDescription", "")
    xmp = item.get("XMP:XMP-dc:Description", "")
    return str(exif), str(xmp)


def _others(item: dict[str, object]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for key, value in item.items():
        *groups, tag = key.split(":")
        kept = [g for g in groups if not g.startswith("Copy")]
        about_file = _ABOUT_THE_FILE & set(kept) and tag != "Comment"
        if key != "SourceFile" and not about_file and tag not in _MEANT and "Offset" not in tag:
            found[":".join(kept), tag, str(value)] += 1
    return found
