# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""JPEGs made to keep a decoder busy for minutes: refused before they are given to one."""

from pathlib import Path
from typing import BinaryIO

from PIL import JpegImagePlugin

from phototagger.imaging.foreign import damaged

# The largest colour profiles and depth maps take 1,600 segments for 100 MB; Pillow reads them at
# some 300,000 a second.
_MOST_SEGMENTS = 5000
# Each scan goes over the whole picture, one of a few bytes too (libjpeg-turbo's documentation warns
# of it). Encoders make about ten, those that look for the smallest file some forty.
_MOST_SCANS = 100
_START_OF_SCAN, _END_OF_PICTURE = b"\xff\xda", b"\xff\xd9"


def check_segments(file: BinaryIO, path: Path) -> None:
    """Refuse a file that has too many segments in front of its picture.

    Args:
        file: a JPEG, at its start; it is there again afterwards.
        path: its name, for the error.

    Raises:
        DamagedError: it has.
    """
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[:2] == _START_OF_SCAN:
            break
        # A fill byte is passed over; the marker stands behind it.
        skipped = -3 if head[1] == 0xFF else max(0, int.from_bytes(head[2:], "big") - 2)
        file.seek(skipped, 1)
    else:
        raise damaged(path, "it has more parts than any program makes")
    file.seek(0)


def check_scans(image: JpegImagePlugin.JpegImageFile, path: Path) -> None:
    """Refuse a progressive picture, of which the header was read, that has too many scans.

    Raises:
        DamagedError: it has.
    """
    file = image.fp
    if not image.info.get("progressive") or file is None:
        return
    place = file.tell()  # Pillow reads up to the first scan
    rest = file.read()
    file.seek(place)
    end = rest.find(_END_OF_PICTURE)
    if rest.count(_START_OF_SCAN, 0, end if end >= 0 else len(rest)) > _MOST_SCANS:
        raise damaged(path, "it has more scans than any program makes")
