# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Bad files end in one clear error: never grey bars, never a foreign exception, never a hang."""

import csv
import os
import random
import resource
import socket
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from phototagger.errors import (
    NoPermissionError,
    PhotoError,
    TooLargeError,
    UnreadableError,
    VanishedError,
)
from phototagger.imaging import memory
from phototagger.imaging.decode import decode
from phototagger.photo import Pixels
from tests.helpers.images import (
    SAMPLES,
    bmp_bomb,
    detailed,
    encoded,
    gif_bomb,
    png_bomb,
    progressive_bomb,
    tiff_bomb,
    write,
)
from tests.helpers.raw import dng


def attempt(path: Path, side: int) -> Pixels | PhotoError:
    """The picture, or the error about it; any other exception is a failure."""
    try:
        return decode(path, side)
    except PhotoError as error:
        return error


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("side", [8, 1000])
def test_a_truncated_file_is_refused_or_whole(kind: str, side: int, tmp_path: Path) -> None:
    """With JPEG scaling (side 8) and without it (side 1000)."""
    data = SAMPLES[kind](detailed())
    path = write(tmp_path / "photo", data)
    whole = decode(path, side)
    cuts = {*range(0, len(data), max(1, len(data) // 100)), *range(len(data) - 20, len(data))}
    for cut in sorted(cuts):
        write(path, data[:cut])
        outcome = attempt(path, side)
        if isinstance(outcome, PhotoError):
            assert isinstance(outcome, UnreadableError)
            assert outcome.title
            assert outcome.hint
            assert outcome.path == path
        else:
            assert outcome == whole, cut


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "webp-lossless", "avif", "heic"])
def test_a_cut_off_picture_says_that_it_ends_too_early(kind: str, tmp_path: Path) -> None:
    data = SAMPLES[kind](detailed(200, 160))
    for part in (0.3, 0.6, 0.95):
        path = write(tmp_path / "photo", data[: int(len(data) * part)])
        with pytest.raises(UnreadableError, match="ends too early"):
            decode(path, 20)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "webp-lossless", "avif", "heic", "gif"])
def test_a_file_with_room_reserved_for_its_end_is_refused(kind: str, tmp_path: Path) -> None:
    """A copy still going on: the full size is there, the rest is zeros."""
    data = SAMPLES[kind](detailed(400, 300))
    for missing in (5000, len(data) // 2):
        path = write(tmp_path / "photo", data[:-missing] + bytes(missing))
        with pytest.raises(UnreadableError, match="ends too early"):
            decode(path, 20)


def test_a_jpeg_padded_with_zeros_by_its_camera_is_whole(tmp_path: Path) -> None:
    data = SAMPLES["jpeg"](detailed())
    assert decode(write(tmp_path / "a", data + bytes(200_000)), 20)


@pytest.mark.parametrize(
    "bomb", [png_bomb, tiff_bomb, bmp_bomb, gif_bomb, progressive_bomb], ids=lambda f: f.__name__
)
def test_a_bomb_is_refused_before_memory_is_taken(
    bomb: Callable[[int], bytes], tmp_path: Path
) -> None:
    side = 60_000 if bomb is gif_bomb else 30_000
    path = write(tmp_path / "bomb", bomb(side))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError, match="too large") as caught:
        decode(path, 224)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    assert f"{side:,}" in caught.value.title or bomb is progressive_bomb
    assert caught.value.hint


def test_a_thin_picture_is_refused_when_what_it_becomes_would_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte a pixel in the file, but it is handed over as RGB and no smaller than it is."""
    monkeypatch.setattr(memory, "available_memory", lambda: 1 << 30)
    path = tmp_path / "thin.png"
    Image.new("L", (64, 500_000)).save(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError, match="too large"):
        decode(path, 224)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024
    assert decode(path, 8).height < 500_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Dear diary,\nthis is no picture.\n" * 40, "not a picture"),
        (b"\xff\xd8\xff", "ends too early"),
        (b"%PDF-1.7", "not a picture"),
        (bytes(5000), "not a picture"),
    ],
)
def test_what_is_no_picture_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=words):
        decode(write(tmp_path / "a.jpg", content), 224)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(VanishedError):
        decode(tmp_path / "a.jpg", 224)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", SAMPLES["jpeg"](detailed()))
    path.chmod(0)
    with pytest.raises(NoPermissionError):
        decode(path, 224)


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="folder"):
        decode(tmp_path, 224)


@pytest.mark.timeout(10)
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_a_socket_and_a_device_are_never_waited_for(tmp_path: Path) -> None:
    pipe, sock = tmp_path / "a.jpg", tmp_path / "b.jpg"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(sock))
        for path in (pipe, sock, Path("/dev/zero")):
            with pytest.raises(UnreadableError, match="pipe"):
                decode(path, 224)


def test_a_truncated_raw_is_refused_or_shows_its_preview_whole(tmp_path: Path) -> None:
    image = detailed(96, 64)
    data = dng(encoded(image, "JPEG"), preview_size=image.size)
    path = write(tmp_path / "a.dng", data)
    whole = decode(path, 20)
    for cut in range(0, len(data), 97):
        outcome = attempt(write(path, data[:cut]), 20)
        assert outcome == whole or isinstance(outcome, UnreadableError), cut


def test_a_text_named_like_a_raw_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        decode(write(tmp_path / "a.nef", b"II*\0" + b"no camera made this " * 50), 224)


def test_jpeg_xl_names_its_plug_in(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jxl", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40))
    with pytest.raises(UnreadableError) as caught:
        decode(path, 224)
    assert "pillow-jxl-plugin" in caught.value.hint


def test_heic_without_its_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = SAMPLES["heic"](detailed())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(UnreadableError) as caught:
        decode(write(tmp_path / "a.heic", data), 224)
    assert 'pip install "phototagger-desktop[heic]"' in caught.value.hint


def test_an_avif_of_the_general_brand_is_read_without_the_heic_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(SAMPLES["avif"](detailed()))
    data[8:12] = b"mif1"
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert decode(write(tmp_path / "a.avif", bytes(data)), 224).width == 64


@pytest.mark.parametrize("kind", SAMPLES)
def test_random_damage_never_escapes_as_a_foreign_error(kind: str, tmp_path: Path) -> None:
    rng = random.Random(kind)
    data = SAMPLES[kind](detailed())
    path = tmp_path / "photo"
    for _ in range(60):
        bad = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            bad[rng.randrange(12, len(bad))] = rng.randrange(256)
        outcome = attempt(write(path, bytes(bad)), 20)
        assert outcome.hint if isinstance(outcome, PhotoError) else outcome.rgb


def test_a_png_that_unpacks_to_more_than_it_says_is_no_bomb(tmp_path: Path) -> None:
    """Text chunks and the like may be small and unpack to gigabytes; Pillow limits them."""
    data = encoded(detailed(), "PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(200 << 20), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    with pytest.raises(PhotoError):
        decode(write(tmp_path / "a.png", data[:33] + chunk + data[33:]), 20)


def test_no_warning_of_the_libraries_gets_out(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """Pillow warns about large pictures and odd EXIF; both have their own ways here."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\0\0\xff\xff\0\0"
    decode(write(tmp_path / "a.jpg", encoded(Image.new("RGB", (64, 64)), "JPEG", exif=exif)), 8)
    decode(write(tmp_path / "b.png", encoded(Image.new("1", (10_000, 9_000)), "PNG")), 8)
    assert not list(recwarn)


def test_the_camera_files_are_read_or_refused_as_their_list_says(shared_data: Path) -> None:
    folder = shared_data / "cameras"
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    refused = set()
    for row in rows:
        try:
            assert decode(folder / row["file"], 64).rgb
        except UnreadableError:
            refused.add(row["file"])
    undecodable = {row["file"] for row in rows if "Undecodable" in row["features"]}
    assert refused <= undecodable
    # One of them only has a broken index of further pictures; its first one is sound.
    assert len(undecodable - refused) == 1
