# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The cameras and the trips of the sample library, and the EXIF they leave in a file.

Data and the EXIF tags; which photos there are is `library.py`.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera: what it writes about itself, and how it names its files."""

    make: str
    model: str
    lens: str
    focal: float
    focal_35mm: int
    aperture: float
    file_name: str
    ending: str
    knows_place: bool


@dataclass(frozen=True, slots=True)
class Trip:
    """A few days somewhere, in a folder of their own, with the cameras taken along."""

    folder: str
    first_day: str
    days: int
    latitude: float
    longitude: float
    altitude: int
    sunset: int
    grounds: tuple[str, ...]
    cameras: tuple[Camera, ...]


CANON = Camera(
    "Canon",
    "Canon EOS 80D",
    "EF-S18-55mm f/4-5.6 IS STM",
    24,
    38,
    8,
    "IMG_{number:04d}",
    ".JPG",
    False,
)
NIKON = Camera(
    "NIKON CORPORATION",
    "NIKON D5600",
    "18-140mm f/3.5-5.6",
    35,
    52,
    7.1,
    "DSC_{number:04d}",
    ".JPG",
    False,
)
SONY = Camera(
    "SONY", "ILCE-6400", "E 18-135mm F3.5-5.6 OSS", 30, 45, 6.3, "DSC{number:05d}", ".JPG", False
)
FUJI = Camera(
    "FUJIFILM", "X-T30", "XF18-55mmF2.8-4 R LM OIS", 23, 35, 5.6, "DSCF{number:04d}", ".JPG", False
)
IPHONE = Camera(
    "Apple",
    "iPhone 12",
    "iPhone 12 back dual wide camera 4.2mm f/1.6",
    4.2,
    26,
    1.6,
    "IMG_{number:04d}",
    ".jpg",
    True,
)
PIXEL = Camera(
    "Google",
    "Pixel 6",
    "Pixel 6 back camera 6.81mm f/1.85",
    6.81,
    24,
    1.85,
    "PXL_{taken:%Y%m%d_%H%M%S}{number:03d}",
    ".jpg",
    True,
)

CAMERAS = (CANON, NIKON, SONY, FUJI, IPHONE, PIXEL)

TRIPS = (
    Trip("2016/Lake Bled", "2016-06-11", 5, 46.3636, 14.0938, 475, 20, ("lake",), (CANON, NIKON)),
    Trip("2018/Sahara", "2018-11-03", 8, 31.0802, -4.0133, 720, 17, ("desert",), (NIKON, IPHONE)),
    Trip(
        "2019/Tuscany by car",
        "2019-09-14",
        9,
        43.0772,
        11.6783,
        410,
        19,
        ("road", "meadow"),
        (FUJI,),
    ),
    Trip(
        "2020/Garden and meadows",
        "2020-05-01",
        40,
        47.6779,
        9.1732,
        405,
        20,
        ("meadow",),
        (FUJI, IPHONE),
    ),
    Trip(
        "2021/Christmas in Tyrol",
        "2021-12-20",
        9,
        47.2692,
        11.4041,
        860,
        16,
        ("snow",),
        (SONY, IPHONE),
    ),
    Trip("2023/Algarve", "2023-08-05", 14, 37.0179, -8.9250, 25, 20, ("beach",), (SONY, PIXEL)),
    Trip("2024/Chicago", "2024-04-18", 6, 41.8827, -87.6233, 181, 19, ("street",), (PIXEL, IPHONE)),
    Trip(
        "2025/Phone",
        "2025-03-02",
        200,
        47.4979,
        19.0402,
        104,
        19,
        ("lake", "road", "beach"),
        (PIXEL,),
    ),
)


def exif_of(
    camera: Camera,
    trip: Trip,
    taken: datetime,
    size: tuple[int, int],
    rng: random.Random,
    *,
    night: bool,
) -> Image.Exif:
    """Build the EXIF of one photo; it holds no caption."""
    stamp = f"{taken:%Y:%m:%d %H:%M:%S}"
    speed = 8 if night else rng.choice((125, 250, 320, 500))
    exif = Image.Exif()
    exif.update(
        {
            Base.Make: camera.make,
            Base.Model: camera.model,
            Base.Orientation: 1,
            Base.XResolution: IFDRational(72),
            Base.YResolution: IFDRational(72),
            Base.ResolutionUnit: 2,
            Base.DateTime: stamp,
            Base.YCbCrPositioning: 1,
        }
    )
    exif.get_ifd(IFD.Exif).update(
        {
            Base.ExifVersion: b"0231",
            Base.DateTimeOriginal: stamp,
            Base.DateTimeDigitized: stamp,
            Base.ExposureTime: IFDRational(1, speed),
            Base.FNumber: _rational(camera.aperture),
            Base.ISOSpeedRatings: 3200 if night else rng.choice((100, 200)),
            Base.FocalLength: _rational(camera.focal),
            Base.FocalLengthIn35mmFilm: camera.focal_35mm,
            Base.LensModel: camera.lens,
            Base.FlashPixVersion: b"0100",
            Base.ColorSpace: 1,
            Base.ExifImageWidth: size[0],
            Base.ExifImageHeight: size[1],
        }
    )
    if camera.knows_place:
        exif.get_ifd(IFD.GPSInfo).update(_place(trip, rng))
    return exif


def _place(trip: Trip, rng: random.Random) -> dict[int, object]:
    """GPS tags of a spot within about a kilometre of the trip's place."""
    latitude = trip.latitude + rng.uniform(-0.008, 0.008)
    longitude = trip.longitude + rng.uniform(-0.008, 0.008)
    return {
        GPS.GPSVersionID: bytes((2, 3, 0, 0)),
        GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        GPS.GPSLatitude: _degrees(abs(latitude)),
        GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        GPS.GPSLongitude: _degrees(abs(longitude)),
        GPS.GPSAltitudeRef: b"\x00",
        GPS.GPSAltitude: IFDRational(trip.altitude),
    }


def _degrees(angle: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    minutes = angle % 1 * 60
    seconds = IFDRational(round(minutes % 1 * 6000), 100)
    return IFDRational(int(angle)), IFDRational(int(minutes)), seconds


def _rational(number: float) -> IFDRational:
    fraction = Fraction(number).limit_denominator(100)
    return IFDRational(fraction.numerator, fraction.denominator)
