# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Good pictures of every kind come out upright, in sRGB, at the size asked for."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from phototagger.imaging.decode import decode
from phototagger.photo import Pixels
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
    heic,
    write,
)
from tests.helpers.raw import dng

# EXIF orientation: how a file stores a picture that is upright once the tag is obeyed.
_STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def array(pixels: Pixels) -> np.ndarray:
    flat = np.frombuffer(pixels.rgb, np.uint8)
    return flat.reshape(pixels.height, pixels.width, 3)


def quarters(pixels: Pixels) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters, clockwise from the top left."""
    values = array(pixels)
    ys, xs = (
        (pixels.height // 4, pixels.height * 3 // 4),
        (pixels.width // 4, pixels.width * 3 // 4),
    )
    return [
        tuple(values[y, x])
        for y, x in ((ys[0], xs[0]), (ys[0], xs[1]), (ys[1], xs[1]), (ys[1], xs[0]))
    ]


def assert_quarters(pixels: Pixels, tolerance: int = 16) -> None:
    for found, expected in zip(quarters(pixels), (RED, GREEN, BLUE, WHITE), strict=True):
        assert np.abs(np.subtract(found, expected)).max() <= tolerance, quarters(pixels)


@pytest.mark.parametrize("kind", [name for name in SAMPLES if name != "jpeg-gray"])
def test_every_kind_has_its_colours(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / "photo.jpg", SAMPLES[kind](corners()))
    pixels = decode(path, 224)
    assert (pixels.width, pixels.height) == (96, 64)
    assert_quarters(pixels, 40 if kind in ("webp", "tiff-jpeg") else 16)


@pytest.mark.parametrize("orientation", _STORED_AS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
@pytest.mark.parametrize("size", [224, 16])
def test_orientation_is_applied_once(
    kind: str, orientation: int, size: int, tmp_path: Path
) -> None:
    turn = _STORED_AS[orientation]
    image = corners(192, 128)
    stored = image.transpose(turn) if turn is not None else image
    if kind == "HEIC":
        data = heic(stored, orientation=orientation)
    else:
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = encoded(stored, kind, exif=exif, quality=90)
    pixels = decode(write(tmp_path / "photo", data), size)
    assert pixels.width > pixels.height
    assert_quarters(pixels, 40)


@pytest.mark.parametrize("name", ["photo.png", "photo.nef", "photo", "photo.txt"])
def test_the_content_decides_and_not_the_name(name: str, tmp_path: Path) -> None:
    data = encoded(corners(), "WEBP", lossless=True)
    assert_quarters(decode(write(tmp_path / name, data), 64))


def test_transparent_parts_are_white(tmp_path: Path) -> None:
    image = corners().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    for kind, picture in (
        ("PNG", image),
        ("WEBP", image),
        ("PNG", image.convert("LA")),
        ("PNG", image.quantize(8)),
        ("GIF", image),
        ("TIFF", image),
    ):
        path = write(tmp_path / "photo", encoded(picture, kind))
        for size in (16, 200):
            assert (array(decode(path, size)) == 255).all(), (kind, picture.mode)


def test_a_transparent_colour_in_a_png_without_alpha_is_white(tmp_path: Path) -> None:
    data = encoded(Image.new("RGB", (40, 40), RED), "PNG", transparency=RED)
    assert (array(decode(write(tmp_path / "a.png", data), 64)) == 255).all()


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_clipped(kind: str, tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (32, 1))
    path = write(tmp_path / "a", encoded(Image.fromarray(ramp), kind))
    values = array(decode(path, 64))[0, :, 0].astype(int)
    assert np.abs(values - np.arange(256)).max() <= 1


@pytest.mark.parametrize("low_high", [(0.0, 1.0), (-3.0, 900.0)])
def test_floating_point_fills_the_range(low_high: tuple[float, float], tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(*low_high, 256, dtype=np.float32), (32, 1))
    ramp[0, 0] = np.nan
    path = write(tmp_path / "a.tif", encoded(Image.fromarray(ramp), "TIFF"))
    values = array(decode(path, 64))[5, :, 0].astype(int)
    assert np.abs(values - np.arange(256)).max() <= 1


def test_one_bit_and_gray_become_rgb(tmp_path: Path) -> None:
    for mode, kind in (("1", "TIFF"), ("1", "PNG"), ("L", "PNG"), ("L", "JPEG")):
        image = Image.new("L", (40, 40), 255).convert(mode)
        assert (array(decode(write(tmp_path / "a", encoded(image, kind)), 16)) == 255).all()


def test_the_first_frame_of_an_animation_counts(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("GIF", "PNG", "WEBP", "TIFF", "AVIF", "MPO"):
        options: dict[str, object] = {"save_all": True, "append_images": frames[1:]}
        if kind in ("GIF", "PNG", "WEBP"):
            options |= {"duration": 100}
        path = write(tmp_path / "a", encoded(frames[0], kind, **options))
        assert np.abs(array(decode(path, 64)).astype(int) - RED).max() < 12, kind


def test_a_wide_colour_space_becomes_srgb(tmp_path: Path) -> None:
    """Colours in the device-independent LAB space must come back as the sRGB they were."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    image = ImageCms.profileToProfile(corners(), srgb, lab, outputMode="LAB")
    assert image is not None
    assert_quarters(decode(write(tmp_path / "a.tif", encoded(image, "TIFF")), 64), 24)


def test_a_profile_that_makes_no_sense_is_ignored(tmp_path: Path) -> None:
    gray = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"nonsense", gray):
        data = encoded(corners(), "PNG", icc_profile=profile)
        assert_quarters(decode(write(tmp_path / "a.png", data), 64))


def test_damaged_exif_does_not_hide_the_picture(tmp_path: Path) -> None:
    for exif in (b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\0\x09"):
        data = encoded(corners(), "JPEG", exif=exif, quality=95)
        assert_quarters(decode(write(tmp_path / "a.jpg", data), 64), 24)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    side=st.integers(1, 300),
    kind=st.sampled_from(["JPEG", "PNG"]),
)
def test_the_size_is_what_was_asked_for(
    tmp_path: Path, width: int, height: int, side: int, kind: str
) -> None:
    """Never smaller than asked unless the photo is, never more than four times as large."""
    path = write(tmp_path / "a", encoded(Image.new("RGB", (width, height)), kind))
    pixels = decode(path, side)
    short = min(pixels.width, pixels.height)
    assert min(side, width, height) <= short <= max(side * 4, 1)
    assert pixels.width / pixels.height == pytest.approx(width / height, rel=2 / short)
    assert len(pixels.rgb) == pixels.width * pixels.height * 3


def test_reducing_stays_close_to_the_original(tmp_path: Path) -> None:
    """What a model sees must not depend on our short cut (measured: 0.4 of 255 on photos)."""
    image = detailed(400, 300).resize((1200, 900), Image.Resampling.LANCZOS)
    path = write(tmp_path / "a.jpg", encoded(image, "JPEG", quality=95))
    pixels = decode(path, 60)
    ours = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    with Image.open(path) as full:
        expected = full.resize((60, 60), Image.Resampling.BICUBIC)
    got = ours.resize((60, 60), Image.Resampling.BICUBIC)
    assert np.abs(np.asarray(expected, int) - np.asarray(got, int)).mean() < 1.0


def test_a_jpeg_of_900_megapixels_is_read_in_little_memory(tmp_path: Path) -> None:
    pixels = decode(write(tmp_path / "a.jpg", flat_jpeg(30_000 // 16 * 16)), 224)
    assert (pixels.width, pixels.height) == (448, 448)
    assert set(pixels.rgb) == {128}


def test_several_threads_decode_at_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / kind, make(detailed())) for kind, make in SAMPLES.items()]
    expected = [decode(path, 20) for path in paths]
    together = threading.Barrier(4)

    def all_of_them(_: int) -> list[Pixels]:
        together.wait()
        return [decode(path, 20) for path in paths]

    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(all_of_them, range(4)):
            assert found == expected


def test_names_that_are_no_text_are_read(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9\nnight.jpg"
    assert_quarters(decode(write(path, encoded(corners(), "PNG")), 64))


@pytest.mark.parametrize(("orientation", "turn"), [(1, 1), (3, 3), (6, 6), (8, 8)])
def test_a_raw_shows_its_preview_upright(orientation: int, turn: int, tmp_path: Path) -> None:
    """The preview lies as the sensor does; the RAW's own tag says how to turn it."""
    image = corners(192, 128)
    if turn in (6, 8):
        image = corners(128, 192)
    transpose = _STORED_AS[turn]
    stored = image.transpose(transpose) if transpose is not None else image
    preview = encoded(stored, "JPEG", quality=95)
    data = dng(preview, preview_size=stored.size, orientation=orientation)
    pixels = decode(write(tmp_path / "a.dng", data), 224)
    assert (pixels.width, pixels.height) == image.size
    assert_quarters(pixels)


def test_a_preview_that_the_camera_turned_is_not_turned_again(tmp_path: Path) -> None:
    standing = corners(128, 192)
    for exif in (b"", _exif(1)):
        preview = encoded(standing, "JPEG", quality=95, exif=exif)
        data = dng(preview, preview_size=standing.size, orientation=6)
        assert_quarters(decode(write(tmp_path / "a.dng", data), 224))


def test_a_preview_with_an_orientation_of_its_own_obeys_that(tmp_path: Path) -> None:
    stored = corners(128, 192).transpose(Image.Transpose.ROTATE_90)
    preview = encoded(stored, "JPEG", quality=95, exif=_exif(6))
    preview = preview[:2] + preview[20:]  # without JFIF, as cameras write
    data = dng(preview, preview_size=stored.size, orientation=1)
    assert_quarters(decode(write(tmp_path / "a.dng", data), 224))


def test_a_raw_without_preview_is_developed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dng", dng(None, preview_size=(0, 0), orientation=6))
    pixels = decode(path, 224)
    assert (pixels.width, pixels.height) == (16, 32)
    assert min(pixels.rgb) > 60


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def test_the_real_photos_are_read(shared_data: Path) -> None:
    photos = sorted((shared_data / "photos").glob("*.jpg"))
    assert photos
    for path in photos:
        pixels = decode(path, 64)
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            assert (pixels.width > pixels.height) == (image.width > image.height)
