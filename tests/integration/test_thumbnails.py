# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Thumbnails stand upright, come from where it is cheapest, and never take too much room."""

import io
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from phototagger.errors import InCloudError, PhotoTaggerError, VanishedError
from phototagger.imaging.embedded import embedded_preview
from phototagger.imaging.thumbnail_cache import ThumbnailCache
from phototagger.imaging.thumbnails import SIZES, Thumbnail, Thumbnails, _fitted
from tests.helpers.cloud import Cloud
from tests.helpers.images import (
    BLUE,
    GREEN,
    RED,
    SAMPLES,
    WHITE,
    corners,
    detailed,
    encoded,
    flat_jpeg,
    png_bomb,
    write,
)

# EXIF orientation: how a file stores a picture that is upright once the tag is obeyed.
_STORED_AS = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
BOX = (200, 150)


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    return Thumbnails(tmp_path / "thumbnails")


def quarters(thumbnail: Thumbnail) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters, clockwise from the top left, as RGB."""
    values = np.frombuffer(thumbnail.bgra, np.uint8).reshape(thumbnail.height, thumbnail.width, 4)
    assert (values[..., 3] == 255).all()
    top, bottom = thumbnail.height // 4, thumbnail.height * 3 // 4
    left, right = thumbnail.width // 4, thumbnail.width * 3 // 4
    places = ((top, left), (top, right), (bottom, right), (bottom, left))
    return [tuple(int(value) for value in values[place][2::-1]) for place in places]


def assert_upright(thumbnail: Thumbnail) -> None:
    for found, expected in zip(quarters(thumbnail), (RED, GREEN, BLUE, WHITE), strict=True):
        assert np.abs(np.subtract(found, expected)).max() <= 40, quarters(thumbnail)


def with_preview(photo: Image.Image, preview: Image.Image, *, orientation: int = 1) -> bytes:
    """A JPEG with a preview in its EXIF, as a camera writes it."""
    small = encoded(preview, "JPEG", quality=90)
    exif = Image.Exif()
    exif[0x0112] = orientation
    head = bytearray(exif.tobytes())
    # The first directory's link to the next one follows its entries (TIFF 6.0, section 2).
    entries = int.from_bytes(head[14:16], "little" if head[6:8] == b"II" else "big")
    order = "little" if head[6:8] == b"II" else "big"
    link = 16 + 12 * entries
    second = len(head) - 6
    head[link : link + 4] = second.to_bytes(4, order)
    data = second + 2 + 12 * 2 + 4
    head += (2).to_bytes(2, order)
    for tag, value in ((0x0201, data), (0x0202, len(small))):
        head += tag.to_bytes(2, order) + (4).to_bytes(2, order) + (1).to_bytes(4, order)
        head += value.to_bytes(4, order)
    return encoded(photo, "JPEG", exif=bytes(head + bytes(4) + small))


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_of_photo_has_a_thumbnail(
    kind: str, tmp_path: Path, thumbnails: Thumbnails
) -> None:
    path = write(tmp_path / "photo.jpg", SAMPLES[kind](detailed(400, 300)))
    found = thumbnails.get(path, "f1", BOX)
    assert (found.width, found.height) == (200, 150)
    assert len(found.bgra) == 200 * 150 * 4


@pytest.mark.parametrize("orientation", _STORED_AS)
@pytest.mark.parametrize("box", [(100, 100), (300, 300)])
def test_a_thumbnail_stands_upright(
    orientation: int, box: tuple[int, int], tmp_path: Path, thumbnails: Thumbnails
) -> None:
    turn = _STORED_AS[orientation]
    stored = corners(480, 320) if turn is None else corners(480, 320).transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = write(tmp_path / "photo.jpg", encoded(stored, "JPEG", exif=exif))
    for _from_where in ("file", "cache"):
        found = thumbnails.get(path, "f1", box)
        assert found.width / found.height == pytest.approx(1.5, rel=0.02)
        assert_upright(found)


@pytest.mark.parametrize("orientation", _STORED_AS)
def test_the_cameras_preview_is_enough_for_a_small_thumbnail(
    orientation: int, tmp_path: Path, thumbnails: Thumbnails
) -> None:
    turn = _STORED_AS[orientation]
    # A photo without colours tells where the thumbnail came from.
    photo = Image.new("RGB", (960, 640))
    preview = corners(160, 107)
    if turn is not None:
        photo, preview = photo.transpose(turn), preview.transpose(turn)
    data = with_preview(photo, preview, orientation=orientation)
    path = write(tmp_path / "photo.jpg", data)
    assert_upright(thumbnails.get(path, "f1", (160, 160)))
    assert set(quarters(thumbnails.get(path, "f1", (200, 200)))) == {(0, 0, 0)}


def test_a_preview_of_another_shape_is_not_believed(tmp_path: Path) -> None:
    cropped = write(tmp_path / "cropped.jpg", with_preview(detailed(600, 300), detailed(160, 120)))
    same = write(tmp_path / "same.jpg", with_preview(detailed(400, 300), detailed(160, 120)))
    assert embedded_preview(cropped, 160) is None
    preview = embedded_preview(same, 160)
    assert preview is not None
    assert preview.size == (160, 120)
    assert embedded_preview(same, 256) is None


def test_a_damaged_preview_leaves_the_photo(tmp_path: Path, thumbnails: Thumbnails) -> None:
    data = with_preview(detailed(400, 300), detailed(160, 120))
    start = data.index(b"\xff\xd8", 2)
    path = write(tmp_path / "photo.jpg", data[: start + 100] + bytes(900) + data[start + 1000 :])
    assert embedded_preview(path, 160) is None
    assert thumbnails.get(path, "f1", (160, 160)).width == 160


def test_previews_of_real_cameras(shared_data: Path) -> None:
    found = {
        path.name.split("__")[1]: preview.size
        for path in (shared_data / "cameras").iterdir()
        if path.suffix == ".jpg" and (preview := embedded_preview(path, 160))
    }
    assert found["s01.vipsth"] == (510, 384)
    assert found["JVC_GR-DC2000"] == (160, 120)
    assert found["pixel-motion-photo-jfif-segment-shortened"] == (120, 160)
    # Previews of 160 x 120 in files that were made smaller than that, or of another shape.
    assert not {"bug501", "pr_1994_poc1", "r_sigma"} & {name.split("-")[-1] for name in found}


@pytest.mark.parametrize("name", ["half", "empty", "text", "bomb", "folder"])
def test_a_broken_photo_is_an_error_for_people(
    name: str, tmp_path: Path, thumbnails: Thumbnails
) -> None:
    whole = encoded(detailed(400, 300), "JPEG")
    content = {
        "half": whole[: len(whole) // 2],
        "empty": b"",
        "text": b"no picture",
        "bomb": png_bomb(60_000),
    }
    path = tmp_path / "photo.jpg"
    if name == "folder":
        path.mkdir()
    else:
        write(path, content[name])
    with pytest.raises(PhotoTaggerError) as caught:
        thumbnails.get(path, "f1", BOX)
    assert caught.value.path == path


def test_a_photo_that_is_gone_keeps_its_thumbnail(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(400, 300), "JPEG"))
    thumbnails.get(path, "f1", BOX)
    before = thumbnails.get(path, "f1", BOX)
    path.unlink()
    assert thumbnails.get(path, "f1", BOX) == before
    with pytest.raises(VanishedError):
        thumbnails.get(path, "f2", BOX)


def test_a_placeholder_is_never_opened(
    tmp_path: Path, thumbnails: Thumbnails, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(), "JPEG"))
    Cloud(monkeypatch).take(path)
    with pytest.raises(InCloudError):
        thumbnails.get(path, "f1", BOX)


def test_a_large_photo(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", flat_jpeg(8192))
    found = thumbnails.get(path, "f1", (1024, 1024))
    assert (found.width, found.height) == (1024, 1024)


def test_what_was_not_read_yet_is_not_kept(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(400, 300), "JPEG"))
    assert thumbnails.get(path, None, BOX).width == 200
    assert not (tmp_path / "thumbnails").exists()


def test_a_larger_thumbnail_serves_for_a_smaller_one(
    tmp_path: Path, thumbnails: Thumbnails
) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(1600, 1200), "JPEG"))
    thumbnails.get(path, "f1", (512, 512))
    path.unlink()
    assert thumbnails.get(path, "f1", (120, 120)).width == 120


def test_damage_in_the_cache_is_mended(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(400, 300), "JPEG"))
    before = thumbnails.get(path, "f1", BOX)
    (kept,) = [file for file in (tmp_path / "thumbnails").rglob("*") if file.is_file()]
    for damage in (b"", b"no picture", kept.read_bytes()[:300]):
        kept.write_bytes(damage)
        assert thumbnails.get(path, "f1", BOX) == before
        assert thumbnails.get(path, "f1", BOX) != before
    assert kept.stat().st_size > 300


def test_many_threads_get_the_same(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(1600, 1200), "JPEG"))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: thumbnails.get(path, "f1", BOX), range(64)))
    assert {(each.width, each.height) for each in found} == {(200, 150)}
    assert not [file for file in (tmp_path / "thumbnails").rglob(".*")]


@given(
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.sampled_from([0.0, 0.12, 0.5]),
)
def test_a_picture_fits_its_box(size: tuple[int, int], box: tuple[int, int], crop: float) -> None:
    image = Image.new("L", size)
    fitted = _fitted(image, box, crop)
    assert fitted.width <= box[0]
    assert fitted.height <= box[1]
    assert fitted.width <= max(1, round(size[0] * 1.5))
    assert fitted.height <= max(1, round(size[1] * 1.5))
    # One of the sides is filled, unless the picture is far smaller than the box.
    small = size[0] * 1.5 < box[0] or size[1] * 1.5 < box[1]
    assert fitted.width == box[0] or fitted.height == box[1] or small


def test_a_little_is_cut_to_fill_the_box() -> None:
    assert _fitted(Image.new("L", (600, 400)), (200, 150), 0.12).size == (200, 150)
    assert _fitted(Image.new("L", (640, 360)), (200, 150), 0.12).size == (200, 112)
    assert _fitted(Image.new("L", (300, 400)), (200, 150), 0.12).size == (112, 150)
    assert _fitted(Image.new("L", (150, 100)), (200, 150), 0.12).size == (200, 150)
    assert _fitted(Image.new("L", (20, 10)), (200, 150), 0.12).size == (30, 15)


# -- the cache ------------------------------------------------------------------------------


def content(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_the_cache_keeps_to_its_limit(tmp_path: Path) -> None:
    limit = 256 * 500
    cache = ThumbnailCache(tmp_path, limit)
    for number in range(1_200):
        cache.write(f"photo {number}", bytes(200))
    assert limit * 0.6 < content(tmp_path) <= limit


def test_what_is_used_is_kept(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 256 * 1000)
    cache.write("used", b"a" * 200)
    long_ago = time.time() - 30 * 24 * 3600
    (used,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    os.utime(used, (long_ago, long_ago))
    assert cache.read("used") == b"a" * 200
    assert used.stat().st_mtime > long_ago + 24 * 3600
    drawer = used.parent
    for number in range(10):
        old = drawer / f"old {number}"
        old.write_bytes(bytes(200))
        os.utime(old, (long_ago, long_ago))
    cache = ThumbnailCache(tmp_path, 256 * 1000)
    cache.write("used", b"b" * 200)
    assert content(drawer) <= 1000
    assert cache.read("used") == b"b" * 200


def test_files_of_other_processes_count(tmp_path: Path) -> None:
    limit = 256 * 500
    caches = [ThumbnailCache(tmp_path, limit) for _ in range(2)]
    for number in range(1_000):
        caches[number % 2].write(f"photo {number}", bytes(200))
    # Each makes room when it thinks there is none; both together never hold twice the limit.
    assert content(tmp_path) <= 2 * limit


def test_a_folder_that_may_not_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = write(tmp_path / "blocked", b"a file where the folder should be")
    cache = ThumbnailCache(blocked, 1 << 20)
    cache.write("photo", b"data")
    assert cache.read("photo") is None


def test_the_folder_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache", 1 << 20)
    cache.write("photo", b"data")
    shutil.rmtree(tmp_path / "cache")
    assert cache.read("photo") is None
    cache.write("photo", b"data")
    assert cache.read("photo") == b"data"


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 1 << 30)
    versions = [bytes([number]) * 200_000 for number in range(20)]

    def read_all(_: int) -> set[bytes | None]:
        return {cache.read("photo") for _ in range(300)}

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read_all, number) for number in range(3)]
        for version in versions * 10:
            cache.write("photo", version)
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {*versions, None}


def test_every_size_is_kept_for_what_it_serves(tmp_path: Path, thumbnails: Thumbnails) -> None:
    path = write(tmp_path / "photo.jpg", encoded(detailed(2000, 1500), "JPEG"))
    for size in SIZES:
        thumbnails.get(path, "f1", (size, size))
    sizes = sorted(
        max(Image.open(io.BytesIO(file.read_bytes())).size)
        for file in (tmp_path / "thumbnails").rglob("*")
        if file.is_file()
    )
    assert sizes == list(SIZES)
