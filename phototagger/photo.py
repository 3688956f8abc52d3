# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The words every part shares: a photo, its caption, and what happens to it on its way.

The type in hand says where on the path you are:
`Path` -> `Photo` -> `Decoded` -> `Captioned` -> `Written`.
Values only: nothing here reads, writes or decides.
"""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from phototagger.formats import Format

# Windows: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS (winnt.h); macOS:
# SF_DATALESS (sys/stat.h).
_WINDOWS_PLACEHOLDER = 0x1000 | 0x40000 | 0x400000
_MACOS_DATALESS = 0x40000000


class PhotoStatus(StrEnum):
    """Where a photo stands. `PENDING` rows are the queue (design section 6)."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    CAPTIONED = "captioned"
    REVIEW = "review"
    SKIPPED = "skipped"
    FAILED = "failed"
    MISSING = "missing"


class Origin(StrEnum):
    """Who wrote a text."""

    HUMAN = "human"
    AI = "ai"


class Target(StrEnum):
    """Where a caption ended up."""

    EMBEDDED = "embedded"
    SIDECAR = "sidecar"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class FileStat:
    """What `stat` says of a file; equal stats mean that nobody touched it in between.

    Attributes:
        size: bytes.
        mtime_ns: modification time, nanoseconds since the epoch.
        ctime_ns: change time (creation time on Windows), nanoseconds since the epoch.
        device: the file system's number.
        inode: the file's number on it; it survives a rename.
        links: number of hard links.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    device: int
    inode: int
    links: int = 1

    @classmethod
    def of(cls, stat: os.stat_result) -> "FileStat":
        """Keep the parts of `stat` that identify a version of a file.

        What is only in the cloud has a change time of 0. When its content comes, Windows changes
        nothing else of these, and it must not look as if it had been read.
        """
        # By position, in the order above: by keyword takes twice as long, 100,000 times a walk.
        return cls(
            stat.st_size,
            stat.st_mtime_ns,
            0 if is_placeholder(stat) else stat.st_ctime_ns,
            stat.st_dev,
            stat.st_ino,
            stat.st_nlink,
        )


def is_placeholder(stat: os.stat_result) -> bool:
    """Whether a file's content is only in the cloud, so that opening it would fetch it."""
    attributes = getattr(stat, "st_file_attributes", 0)
    flags = getattr(stat, "st_flags", 0)
    return bool(attributes & _WINDOWS_PLACEHOLDER or flags & _MACOS_DATALESS)


@dataclass(frozen=True, slots=True)
class Caption:
    """A sentence about a photo and where it comes from.

    Attributes:
        text: the sentence.
        origin: a person or a model.
        model: model name (`AI` only).
        revision: model revision (`AI` only).
        confidence: 0..1, from the model's token probabilities (`AI` only).
        created: ISO 8601 UTC time at which a model wrote it (`AI` only).
        second: what another model said of the same photo at that time (`AI` only).
    """

    text: str
    origin: Origin
    model: str | None = None
    revision: str | None = None
    confidence: float | None = None
    created: str | None = None
    second: "Caption | None" = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """A tag that holds a caption.

    Attributes:
        tag: the tag in exiv2's notation, such as `Xmp.dc.description`.
        text: what it holds, decoded.
    """

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything PhotoTagger reads from a photo and its sidecar without decoding pixels.

    Attributes:
        format: the format by content.
        fingerprint: hash of the image data alone, blind to metadata (hexadecimal).
        caption: the caption that counts (spec section 2), or None.
        carriers: every caption carrier that holds text, in order of precedence.
        alt_text: text for people who cannot see the picture.
        keywords: subject keywords.
        taken_at: local time of exposure, ISO 8601, with offset where the file has one.
        make: camera maker.
        model: camera model.
        lens: lens model.
        latitude: degrees, north positive.
        longitude: degrees, east positive.
        place: names of the place, from the smallest to the country, separated by commas.
        width: pixels, upright, where the file says so.
        height: pixels, upright, where the file says so.
        sidecar: the sidecar that was read, or None.
    """

    format: Format
    fingerprint: str
    caption: Caption | None = None
    carriers: tuple[Carrier, ...] = ()
    alt_text: str = ""
    keywords: tuple[str, ...] = ()
    taken_at: str | None = None
    make: str = ""
    model: str = ""
    lens: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    width: int | None = None
    height: int | None = None
    sidecar: Path | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A file on disk that the library knows.

    Attributes:
        id: row in the library.
        path: absolute path.
        stat: the file as it was when last read.
        status: where it stands.
        fingerprint: hash of its image data, or None before it was read.
        folder_id: the watch folder it belongs to, or None for photos tagged by name.
    """

    id: int
    path: Path
    stat: FileStat
    status: PhotoStatus
    fingerprint: str | None = None
    folder_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pixels:
    """An upright picture in memory.

    Attributes:
        width: pixels.
        height: pixels.
        rgb: `height * width * 3` bytes, 8-bit sRGB, row by row from the top.
    """

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo with its pixels, ready for a model."""

    photo: Photo
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Captioned:
    """A photo with the caption a model gave it."""

    photo: Photo
    caption: Caption


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """What a write changed in one file, and how to take it back to the byte.

    Attributes:
        path: the file that was written (the photo itself or its sidecar).
        target: `EMBEDDED` or `SIDECAR`; `INDEX` where texts changed in the library alone, which
            then are what `after` and `inverse` are about (see `pipeline.decided`).
        created: True when the file did not exist before; undo then removes it.
        before: the file's stat before the write, None when it did not exist.
        sha256_before: hash of the whole file before (hexadecimal), "" when it did not exist.
        after: how the file is recognised after: the hash of all of it, "" when it was removed, or
            a seal (see `metadata.recognition`).
        inverse: the serialised splices that turn "after" into "before".
    """

    path: Path
    target: Target
    created: bool
    before: FileStat | None
    sha256_before: str
    after: str
    inverse: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """How writing a caption ended.

    Attributes:
        target: where the caption is now.
        fields: the tags that were written, exiv2 notation; empty when nothing had to change.
        reason: a sentence for people when the caption is not embedded in the photo, else "".
        stat: the photo's own stat afterwards.
        sidecar: the sidecar that holds the caption, or None.
        alt_text: the alt text that the files hold now, None when it may not have changed.
        keywords: the keywords that they hold now, None when they may not have changed.
        caption: the caption that they hold now where it is more than the one that was written:
            a person's, with that one behind it.
    """

    target: Target
    fields: tuple[str, ...]
    reason: str
    stat: FileStat
    sidecar: Path | None = None
    alt_text: str | None = None
    keywords: tuple[str, ...] | None = None
    caption: Caption | None = None
