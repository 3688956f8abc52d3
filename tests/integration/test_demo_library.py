# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The sample library: real files in four formats, with EXIF that exiftool reads, no caption."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from phototagger.demo.library import DemoPhoto, make_demo_library
from tests.conftest import missing

COUNT = 20
CAPTION_TAGS = {
    "ImageDescription",
    "XPComment",
    "XPTitle",
    "UserComment",
    "Caption-Abstract",
    "Description",
    "Title",
    "Comment",
}


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[DemoPhoto]:
    folder = tmp_path_factory.mktemp("library")
    return list(make_demo_library(folder, COUNT, seed=3, long_side=320))


@pytest.fixture(scope="module")
def tags(photos: list[DemoPhoto]) -> dict[Path, dict[str, object]]:
    exiftool = shutil.which("exiftool")
    if exiftool is None:
        missing("the program exiftool")
    command = [exiftool, "-j", "-n", *(str(photo.path) for photo in photos)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    return {Path(str(entry["SourceFile"])): entry for entry in json.loads(answer.stdout)}


def test_every_photo_opens_and_most_are_jpeg(photos: list[DemoPhoto]):
    formats = []
    for photo in photos:
        with Image.open(photo.path) as picture:
            picture.load()
            assert max(picture.size) == 320
            formats.append(picture.format)
    assert len({photo.path for photo in photos}) == COUNT
    assert set(formats) == {"JPEG", "PNG", "WEBP", "TIFF"}
    assert formats.count("JPEG") > COUNT / 2


def test_photos_come_one_by_one(tmp_path: Path):
    photos = make_demo_library(tmp_path, 5, long_side=160)
    first = next(photos)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first.path]
    assert len(list(photos)) == 4


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path):
    one, other = (
        [
            (photo.path.relative_to(folder), photo.path.read_bytes(), photo.caption)
            for photo in make_demo_library(folder, 10, seed=8, long_side=160)
        ]
        for folder in (tmp_path / "one", tmp_path / "other")
    )
    assert one == other


def test_exif_is_read_by_another_reader(
    photos: list[DemoPhoto], tags: dict[Path, dict[str, object]]
):
    years = set()
    for photo in photos:
        entry = tags[photo.path]
        for name in ("Make", "Model", "LensModel", "FNumber", "ISO", "FocalLength"):
            assert entry.get(name), (photo.path, name)
        assert 0 < float(str(entry["ExposureTime"])) <= 0.125
        assert "Warning" not in entry
        assert "Error" not in entry
        years.add(str(entry["DateTimeOriginal"])[:4])
        assert photo.path.parent.parent.name == str(entry["DateTimeOriginal"])[:4]
    assert len(years) >= 5


def test_phones_know_where_they_were(tags: dict[Path, dict[str, object]]):
    phones = [entry for entry in tags.values() if entry["Make"] in ("Apple", "Google")]
    assert phones
    for entry in tags.values():
        assert ("GPSLatitude" in entry) == (entry in phones)
    for entry in phones:
        assert -90 <= float(str(entry["GPSLatitude"])) <= 90
        assert -180 <= float(str(entry["GPSLongitude"])) <= 180


def test_no_photo_holds_a_caption(tags: dict[Path, dict[str, object]]):
    for path, entry in tags.items():
        assert not CAPTION_TAGS & set(entry), path
