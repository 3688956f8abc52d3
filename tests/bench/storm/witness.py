# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""An independent reader of photos: it knows each as it was, and says what is wrong with it now.

Pillow decodes every frame, a parser of the tests' own compares the parts that no caption may touch,
exiftool reads the file. PhotoTagger's own parsers have no say.
"""

import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.anatomy import frames, untouchables
from tests.helpers.exiftool_session import ExiftoolSession

TEMPORARY = ".phototagger-*"
# What an undisturbed run and a disturbed one must leave alike; dates of provenance are not.
_WORDS = (
    "IFD0:ImageDescription", "IFD0:XPComment", "XMP-dc:Description", "XMP-dc:Subject",
    "IPTC:Caption-Abstract", "XMP-iptcCore:AltTextAccessibility", "ExifIFD:UserComment",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What a picture is, whatever is said about it."""

    frames: tuple[str, ...]
    parts: tuple[str, ...]
    exiftool: tuple[tuple[str, str], ...]


class Witness:
    """Watches over copies of an album; may be asked by several threads.

    Args:
        album: the originals.
        exiftool: reads files.
    """

    def __init__(self, album: Path, exiftool: ExiftoolSession) -> None:
        self._exiftool = exiftool
        self.sha256 = {p.relative_to(album): _sha256(p) for p in _files(album)}
        self._looks = {name: self._look(album / name) for name in self.sha256}
        self._sound: set[tuple[Path, int, int, int]] = set()
        self._lock = threading.Lock()

    def damaged(self, album: Path) -> list[str]:
        """A line for each photo in a copy that is not the picture it was."""
        with self._lock:
            faults = {name: self._fault(album / name, name) for name in self.sha256}
        return [f"{name}: {fault}" for name, fault in faults.items() if fault]

    def not_as_before(self, album: Path) -> list[str]:
        """A line for each file that is not there to the byte, and for each that should not be."""
        found = {path.relative_to(album): _sha256(path) for path in _files(album)}
        names = sorted(found.keys() | self.sha256.keys())
        return [str(name) for name in names if found.get(name) != self.sha256.get(name)]

    def unreadable_sidecars(self, album: Path) -> list[str]:
        """A line for each sidecar that exiftool cannot read."""
        with self._lock:
            return [str(path) for path in sorted(album.rglob("*.xmp")) if self._cannot_read(path)]

    def words(self, album: Path) -> dict[Path, dict[str, str]]:
        """What exiftool reads of captions, alt texts and keywords in each file of a copy."""
        with self._lock:
            tags = {path: self._exiftool.read(path, *_WORDS) for path in _files(album)}
        return {
            path.relative_to(album): {key: str(value) for key, value in found.items()}
            for path, found in tags.items()
        }

    def _cannot_read(self, sidecar: Path) -> bool:
        seen = _version(sidecar)
        if seen not in self._sound:
            if "Error" in self._exiftool.run("-s", "-Error", str(sidecar)):
                return True
            self._sound.add(seen)
        return False

    def _fault(self, path: Path, name: Path) -> str:
        try:
            seen = _version(path)
        except OSError as error:
            return f"{type(error).__name__}"
        if seen in self._sound or _sha256(path) == self.sha256[name]:
            return ""
        before, now = self._looks[name], self._look(path)
        for what in ("frames", "parts", "exiftool"):
            if getattr(before, what) != getattr(now, what):
                return f"{what}: {getattr(before, what)} -> {getattr(now, what)}"
        self._sound.add(seen)
        return ""

    def _look(self, path: Path) -> Look:
        tags = self._exiftool.read(path, "MIMEType", "ImageSize", "ExifTool:Error")
        return Look(
            tuple(frames(path)),
            tuple(untouchables(path.read_bytes())),
            tuple((key, str(value)) for key, value in sorted(tags.items())),
        )


def leftovers(album: Path) -> list[str]:
    """Temporary files of ours in an album."""
    return [str(path) for path in sorted(album.rglob(TEMPORARY))]


def _version(path: Path) -> tuple[Path, int, int, int]:
    stat = path.stat()
    return path, stat.st_ino, stat.st_size, stat.st_mtime_ns


def _files(album: Path) -> list[Path]:
    return sorted(path for path in album.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
