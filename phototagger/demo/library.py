# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a folder of sample photos: drawn scenes in files as cameras and phones write them.

The files carry plausible EXIF and no caption; their true captions are only handed back.
What is on the pictures is `scenes.py`; which camera took them where is `cameras.py`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from PIL.ExifTags import IFD

from phototagger.demo.cameras import CAMERAS, TRIPS, Camera, Trip, exif_of
from phototagger.demo.scenes import Scene, random_scene
from phototagger.demo.vocabulary import SKIES

LONG_SIDE = 1600
DEFAULT_COUNT = 60
DEFAULT_SEED = 2026
# Out of every ten photos: what people's folders hold is mostly JPEG.
FORMATS = ("JPEG", "JPEG", "JPEG", "PNG", "JPEG", "JPEG", "WEBP", "JPEG", "JPEG", "TIFF")
ENDINGS = {"PNG": ".png", "WEBP": ".webp", "TIFF": ".tif"}


@dataclass(frozen=True, slots=True)
class DemoPhoto:
    """One file of the sample library and the caption that would be right for it."""

    path: Path
    caption: str


def make_demo_library(
    folder: Path,
    count: int = DEFAULT_COUNT,
    seed: int = DEFAULT_SEED,
    long_side: int = LONG_SIDE,
) -> Iterator[DemoPhoto]:
    """Write `count` sample photos below `folder`, yielding each as soon as it is there.

    Files are written plainly, as a camera copy would: whoever watches the folder meets them
    half written. The same seed gives the same photos.
    """
    rng = random.Random(f"library {seed}")
    numbers = {camera.model: rng.randint(200, 7800) for camera in CAMERAS}
    for index in range(count):
        trip = TRIPS[index * len(TRIPS) // max(count, 1)]
        camera = rng.choice(trip.cameras)
        scene = _scene_for(rng, trip)
        numbers[camera.model] += rng.randint(1, 9)
        taken = _moment(rng, trip, scene)
        form = FORMATS[index % len(FORMATS)]
        path = folder / trip.folder / _name(camera, numbers[camera.model], taken, form)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = scene.draw(*_size(rng, long_side))
        exif = exif_of(camera, trip, taken, picture.size, rng, night=SKIES[scene.sky].night)
        _save(picture, path, form, exif)
        yield DemoPhoto(path, scene.caption)


def _scene_for(rng: random.Random, trip: Trip) -> Scene:
    """Draw scenes by lot until one fits the trip: no snow at the Adriatic."""
    while True:
        scene = random_scene(rng)
        if scene.ground in trip.grounds and scene.groups:
            return scene


def _moment(rng: random.Random, trip: Trip, scene: Scene) -> datetime:
    """Choose when the photo was taken; the hour agrees with the light of the scene."""
    sky = scene.sky
    if SKIES[sky].night:
        hour = rng.choice((21, 22, 23))
    elif sky.endswith("sunset"):
        hour = trip.sunset
    elif sky == "mist":
        hour = 7
    else:
        hour = rng.randint(9, trip.sunset - 1)
    day = datetime.fromisoformat(trip.first_day) + timedelta(days=rng.randrange(trip.days))
    return day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60))


def _size(rng: random.Random, long_side: int) -> tuple[int, int]:
    short = round(long_side * rng.choice((3 / 4, 3 / 4, 2 / 3)))
    return (short, long_side) if rng.random() < 0.28 else (long_side, short)


def _name(camera: Camera, number: int, taken: datetime, form: str) -> str:
    stem = camera.file_name.format(number=number, taken=taken)
    return stem + (camera.ending if form == "JPEG" else ENDINGS[form])


def _save(picture: Image.Image, path: Path, form: str, exif: Image.Exif) -> None:
    if form == "JPEG":
        picture.save(path, form, quality=90, exif=exif, dpi=(72, 72))
    elif form == "WEBP":
        picture.save(path, form, quality=88, exif=exif)
    elif form == "TIFF":
        # Pillow's TIFF writer takes sub-directories only as plain values of their tags. The file
        # stays uncompressed: libtiff, which compresses, cannot write EXIF directories.
        for directory in (IFD.Exif, IFD.GPSInfo):
            if tags := exif.get_ifd(directory):
                exif[directory] = dict(tags)
        picture.save(path, form, exif=exif, dpi=(72, 72))
    else:
        picture.save(path, form, exif=exif, dpi=(72, 72))
