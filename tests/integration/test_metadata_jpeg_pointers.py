# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""JPEGs whose parts point to each other across the bytes that a caption adds."""

import struct
from pathlib import Path

import piexif
import pytest
from PIL import Image

from phototagger.metadata import reasons
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import WritePolicy
from tests.helpers.photo_files import MACHINE, exif_block, jpeg, put, xmp_packet
from tests.helpers.special_photos import PREVIEW, two_pictures


@pytest.mark.parametrize("index_first", [True, False])
def test_the_list_of_pictures_stays_right(index_first: bool, tmp_path: Path) -> None:
    data = two_pictures(index_first=index_first)
    path = put(tmp_path, "a.jpg", data)
    records: list[WriteRecord] = []
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=records.append
    )
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    new = path.read_bytes()
    base = new.index(b"MPF\0") + 4
    _, size, first, _, _, second_size, second, _ = struct.unpack_from("<IIIIIIII", new, base + 50)
    assert (size, first) == (len(new) - len(PREVIEW), 0)
    assert new[base + second : base + second + second_size] == PREVIEW
    with Image.open(path) as image:
        assert image.n_frames == 2
        image.seek(1)
        assert image.size == (16, 16)
    revert(records[0])
    assert path.read_bytes() == data


@pytest.mark.parametrize("index_first", [True, False])
def test_a_damaged_list_of_pictures_moves_with_what_it_may_point_to(
    index_first: bool, tmp_path: Path
) -> None:
    data = two_pictures(index_first=index_first).replace(b"MPF\0II*", b"MPF\0II+")
    path = put(tmp_path, "a.jpg", data)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    # EXIF behind the list would grow between it and the pictures.
    if index_first:
        assert (written.target, path.read_bytes()) == (Target.SIDECAR, data)
        assert reasons.DAMAGED_INDEX in written.reason
    else:
        assert written.target is Target.EMBEDDED
        assert path.read_bytes().endswith(data[data.index(b"MPF\0") :])


def with_preview_behind(entries: bytes, *, relative_to_note: bool = False) -> bytes:
    """A JPEG whose maker note points to a preview behind the picture; `AAAA` is the pointer."""
    blocks = piexif.load(exif_block())
    blocks["Exif"][piexif.ExifIFD.MakerNote] = entries
    exif = bytes(piexif.dump(blocks))
    plain = jpeg(exif=exif)
    start = plain.index(b"Exif\0\0") + 6
    base = plain.index(entries) if relative_to_note else start
    return plain.replace(b"AAAA", struct.pack("<I", len(plain) - base)) + PREVIEW


NEIGHBOUR = struct.pack("<HHII", 0x2000, 4, 1, 5)
BLOB = NEIGHBOUR + struct.pack("<HHI", 0x2001, 7, len(PREVIEW)) + b"AAAA"
START = struct.pack("<HHI", 0x0088, 4, 1) + b"AAAA" + struct.pack("<HHII", 0x0089, 4, 1, 700)


@pytest.mark.parametrize("entries", [BLOB, START])
@pytest.mark.parametrize("relative_to_note", [True, False])
def test_a_pointer_to_a_preview_behind_the_picture_moves_with_it(
    entries: bytes, relative_to_note: bool, tmp_path: Path
) -> None:
    data = with_preview_behind(entries, relative_to_note=relative_to_note)
    path = put(tmp_path, "a.jpg", data)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    new = path.read_bytes()
    note = new.index(entries[: entries.index(b"AAAA")])
    (pointer,) = struct.unpack_from("<I", new, note + entries.index(b"AAAA"))
    base = note if relative_to_note else new.index(b"Exif\0\0") + 6
    assert new[base + pointer :] == PREVIEW


def test_what_may_be_such_a_pointer_is_a_reason_not_to_write(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", with_preview_behind(b"no entry AAAA at all"))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert "pointer" in written.reason


def test_other_data_behind_the_picture_stays(tmp_path: Path) -> None:
    trailer = b"MotionPhoto" + bytes(range(256)) * 20
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(), trailer=trailer))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.EMBEDDED
    assert path.read_bytes().endswith(trailer)


@pytest.mark.parametrize(("overhang", "target"), [(0, Target.EMBEDDED), (3, Target.SIDECAR)])
def test_what_a_full_exif_block_takes_from_behind_its_end_stays(
    overhang: int, target: Target, tmp_path: Path
) -> None:
    size = 65_533 - len(b"Exif\0\0")
    block = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    block += struct.pack("<HHHII", 2, 0x0201, 4, 1, size - 500)
    block += struct.pack("<HHIII", 0x0202, 4, 1, 500 + overhang, 0)
    path = put(tmp_path, "a.jpg", jpeg(exif=b"Exif\0\0" + block.ljust(size, b"\0")))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is target
    assert ("points outside itself" in written.reason) is bool(overhang)


@pytest.mark.parametrize("index_first", [True, False])
def test_a_list_of_pictures_that_lies_anywhere_is_understood_or_refused_for_what_it_is(
    index_first: bool, tmp_path: Path
) -> None:
    data = two_pictures(index_first=index_first, xmp=xmp_packet(""))
    base = data.index(b"MPF\0") + 4
    stands = struct.pack("<I", 50)
    at = data.index(stands, base)
    for place in range(0, len(data) - base, 3):
        moved = data[:at] + struct.pack("<I", place) + data[at + 4 :]
        path = put(tmp_path, "a.jpg", moved)
        written = write(
            path,
            WriteRequest(MACHINE),
            WritePolicy(),
            expected=None,
            on_prepared=lambda _: None,
            dry_run=True,
        )
        assert reasons.UNEXPECTED not in written.reason, place
