# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A tree of as many real, small, different JPEGs as you like, with the metadata that cameras write.

A hundred to a folder, some 9 KB each, of which most is EXIF: a maker note, a thumbnail, lens, date
and place. The same every time; kept in the system's temporary folder.
"""

import io
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import piexif
from PIL import Image

from tests.helpers.photo_files import segment

PER_FOLDER = 100
_SIZE = (64, 48)
_DATE = b"2004:01:01 00:00:00"
_FIRST = datetime(2004, 1, 1)
_STEP = timedelta(minutes=97)


def made(count: int) -> Path:
    """The folder of a tree of `count` photos; drawn on first use."""
    folder = Path(tempfile.gettempdir()) / "phototagger-bench" / f"tree-{count}"
    done = folder.with_suffix(".done")
    if not done.exists():
        draw(folder, count)
        done.touch()
    return folder


def draw(folder: Path, count: int, first: int = 0) -> list[Path]:
    """Draw photos number `first` and following; those that are there already stay."""
    exif = segment(0xE1, camera_block())
    picture = Image.linear_gradient("L").resize(_SIZE).convert("RGB")
    paths = []
    for number in range(first, first + count):
        path = folder / f"{number // PER_FOLDER:05}" / f"IMG_{number:07}.JPG"
        paths.append(path)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        date = f"{_FIRST + number * _STEP:%Y:%m:%d %H:%M:%S}".encode()
        plain = _drawn(picture, number)
        path.write_bytes(plain[:2] + exif.replace(_DATE, date) + plain[2:])
    return paths


def _drawn(picture: Image.Image, number: int) -> bytes:
    """A picture that shows its number, eight bits in the shade of each block."""
    for block in range(4):
        shade = number >> (8 * block) & 255
        picture.paste((shade, 255 - shade, 128), (16 * block, 16, 16 * block + 16, 32))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=88)
    return stream.getvalue()


def camera_block() -> bytes:
    """The EXIF of a digital camera: what it knows of the exposure, a maker note and a thumbnail."""
    chance = random.Random(5)
    thumbnail = io.BytesIO()
    Image.effect_noise((160, 120), 40).convert("RGB").save(thumbnail, "JPEG", quality=60)
    image, photo, gps = piexif.ImageIFD, piexif.ExifIFD, piexif.GPSIFD
    tags = {
        "0th": {
            image.Make: b"Acme Imaging Corp.",
            image.Model: b"Acme One Mark II",
            image.Orientation: 1,
            image.XResolution: (300, 1),
            image.YResolution: (300, 1),
            image.ResolutionUnit: 2,
            image.Software: b"Acme Firmware 1.2",
            image.DateTime: _DATE,
            image.YCbCrPositioning: 2,
        },
        "Exif": {
            photo.ExposureTime: (1, 250),
            photo.FNumber: (56, 10),
            photo.ExposureProgram: 2,
            photo.ISOSpeedRatings: 200,
            photo.ExifVersion: b"0232",
            photo.DateTimeOriginal: _DATE,
            photo.DateTimeDigitized: _DATE,
            photo.OffsetTimeOriginal: b"+02:00",
            photo.ShutterSpeedValue: (8, 1),
            photo.ApertureValue: (5, 1),
            photo.ExposureBiasValue: (0, 1),
            photo.MeteringMode: 5,
            photo.Flash: 16,
            photo.FocalLength: (35, 1),
            photo.MakerNote: b"ACME\0" + chance.randbytes(2500),
            photo.ColorSpace: 1,
            photo.PixelXDimension: _SIZE[0],
            photo.PixelYDimension: _SIZE[1],
            photo.ExposureMode: 0,
            photo.WhiteBalance: 0,
            photo.LensModel: b"Acme 24-105mm F4",
        },
        "GPS": {
            gps.GPSLatitudeRef: b"N",
            gps.GPSLatitude: ((41, 1), (53, 1), (24, 1)),
            gps.GPSLongitudeRef: b"E",
            gps.GPSLongitude: ((12, 1), (29, 1), (32, 1)),
        },
        "1st": {image.Compression: 6, image.XResolution: (72, 1), image.YResolution: (72, 1)},
        "thumbnail": thumbnail.getvalue(),
    }
    return bytes(piexif.dump(tags))
