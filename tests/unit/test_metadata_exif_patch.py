# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The append-only patch: our tags change, every other byte stays where it is."""

import struct
import zlib

import pytest

from phototagger.metadata.exif import Directory, Tiff, ascii_text, user_comment
from phototagger.metadata.exif_patch import ExifChange, fresh, patch
from phototagger.metadata.refusal import BlockError, Refusal
from phototagger.metadata.splice import apply
from tests.helpers.photo_files import exif_block

DESCRIPTION, XP_COMMENT, USER_COMMENT, MAKER_NOTE = 0x010E, 0x9C9C, 0x9286, 0x927C


def change(text: bytes, tag: int = DESCRIPTION, kind: int = 2) -> ExifChange:
    return ExifChange(Directory.IMAGE, tag, kind, text)


def value(block: bytes, directory: Directory, tag: int) -> bytes:
    tiff = Tiff(block)
    entry = tiff.directories[directory].find(tag)
    assert entry is not None
    return tiff.value(entry)


def small_block(next_ifd: bytes = bytes(4), order: str = "<", thumbnail: bytes = b"") -> bytes:
    """One directory with Orientation, written by hand."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, 6, 0)
    return mark + struct.pack(order + "IH", 8, 1) + entry + next_ifd + thumbnail


@pytest.mark.parametrize("order", ["<", ">"])
def test_everything_but_the_header_pointer_stays(order: str) -> None:
    old = small_block(order=order)
    new = apply(old, patch(old, [change(b"A dog\0")]))
    assert new[:4] + new[8 : len(old)] == old[:4] + old[8:]
    assert value(new, Directory.IMAGE, DESCRIPTION) == b"A dog\0"
    assert value(new, Directory.IMAGE, 0x0112) == value(old, Directory.IMAGE, 0x0112)


def test_the_maker_note_does_not_move() -> None:
    old = exif_block(b"OLYMPUS DIGITAL CAMERA")[6:]
    new = apply(old, patch(old, [change(b"A dog on a beach\0")]))
    assert value(new, Directory.PHOTO, MAKER_NOTE) == value(old, Directory.PHOTO, MAKER_NOTE)
    assert new.index(b"ACME\0") == old.index(b"ACME\0")


def test_tags_are_in_order() -> None:
    old = exif_block()[6:]
    changes = [change(b"a\0b\0", XP_COMMENT, 1), change(b"A dog\0")]
    new = apply(old, patch(old, changes))
    tiff = Tiff(new)
    tags = [entry.tag for entry in tiff.ifd(tiff.first).entries]
    assert tags == sorted(tags)
    assert {DESCRIPTION, XP_COMMENT} < set(tags)


def test_a_second_patch_replaces_the_first_and_keeps_its_other_tags() -> None:
    old = exif_block()[6:]
    first = apply(old, patch(old, [change(b"A dog\0"), change(b"xxxxxx\0", XP_COMMENT, 1)]))
    second = apply(first, patch(first, [change(b"A cat\0")]))
    assert len(second) == len(first)
    assert value(second, Directory.IMAGE, DESCRIPTION) == b"A cat\0"
    assert value(second, Directory.IMAGE, XP_COMMENT) == b"xxxxxx\0"


def test_a_tail_that_somebody_else_changed_is_left_alone() -> None:
    old = exif_block()[6:]
    first = apply(old, patch(old, [change(b"A dog\0")]))
    touched = first.replace(b"A dog", b"A cow")
    second = apply(touched, patch(touched, [change(b"A cat\0")]))
    assert second[8 : len(touched)] == touched[8:]
    assert len(second) > len(first)


def test_user_comment_is_changed_in_its_place() -> None:
    old = exif_block(user_comment=b"ASCII\0\0\0old words")[6:]
    new_value = b"ASCII\0\0\0new and longer words"
    edit = patch(old, [ExifChange(Directory.PHOTO, USER_COMMENT, 7, new_value)])
    assert value(apply(old, edit), Directory.PHOTO, USER_COMMENT) == new_value


def test_a_block_without_its_last_pointer_gets_zeros_behind_it() -> None:
    old = small_block(next_ifd=b"")
    new = apply(old, patch(old, [change(b"A dog\0")]))
    assert new[len(old) : len(old) + 8] == bytes(8)
    tiff = Tiff(new)
    assert tiff.ifd(tiff.first).next == 0


def with_thumbnail(overhang: int) -> bytes:
    """A block whose thumbnail reaches past its end."""
    first = small_block(next_ifd=struct.pack("<I", 26))
    data = b"\xff\xd8 thumbnail"
    at = 26 + 2 + 24 + 4
    entries = struct.pack("<HHII", 0x0201, 4, 1, at)
    entries += struct.pack("<HHII", 0x0202, 4, 1, len(data) + overhang)
    return first + struct.pack("<H", 2) + entries + bytes(4) + data


def test_what_a_thumbnail_overhangs_is_repeated() -> None:
    old = with_thumbnail(5)
    new = apply(old, patch(old, [change(b"A dog\0")], following=b"12345678" + bytes(56)))
    assert new[len(old) : len(old) + 13] == b"12345" + bytes(8)


def test_a_thumbnail_far_outside_is_refused() -> None:
    with pytest.raises(Refusal, match="outside"):
        patch(with_thumbnail(65), [change(b"A dog\0")], following=bytes(64))


def test_a_tail_that_a_thumbnail_reaches_into_is_left_alone() -> None:
    first = apply(with_thumbnail(0), patch(with_thumbnail(0), [change(b"A dog\0")]))
    length = first.index(struct.pack("<HHI", 0x0202, 4, 1)) + 8
    longer = first[:length] + bytes((first[length] + 30,)) + first[length + 1 :]
    second = apply(longer, patch(longer, [change(b"A cat\0")]))
    assert second[8 : len(first)] == longer[8:]


def pointing(tag: int, directory: Directory, value_at: int) -> bytes:
    """A block where an entry's value, or where there is none the directory's count, is changed."""
    block = bytearray(exif_block()[6:])
    tiff = Tiff(bytes(block))
    ifd = tiff.directories[directory]
    entry = ifd.find(tag)
    if entry is None:
        struct.pack_into(tiff.count_code, block, ifd.at, value_at)
    else:
        struct.pack_into(tiff.pointer, block, entry.at + 8, value_at)
    return bytes(block)


def test_a_value_in_the_header_is_refused() -> None:
    with pytest.raises(Refusal, match="damaged"):
        patch(pointing(0x010F, Directory.IMAGE, 3), [change(b"A dog\0")])


def test_a_directory_whose_first_type_does_not_exist_is_refused() -> None:
    block = bytearray(small_block())
    struct.pack_into("<H", block, 12, 300)
    with pytest.raises(BlockError):
        patch(bytes(block), [change(b"A dog\0")])
    struct.pack_into("<H", block, 12, 129)  # Exif 3.0's UTF-8
    assert patch(bytes(block), [change(b"A dog\0")])


def test_a_directory_that_reaches_past_the_end_is_refused() -> None:
    with pytest.raises(Refusal, match="damaged"):
        patch(pointing(0, Directory.PHOTO, 200), [change(b"A dog\0")])


@pytest.mark.parametrize("big", [True, False])
def test_a_type_that_does_not_exist_ends_only_a_bigtiff(big: bool) -> None:
    head = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16) if big else b"II*\0\x08\0\0\0"
    entry, count = ("<HHQQ", "<Q") if big else ("<HHII", "<H")
    rows = struct.pack(entry, 256, 4, 1, 64) + struct.pack(entry, 258, 0xFFFF, 1, 8)
    block = head + struct.pack(count, 2) + rows + bytes(8)
    if big:
        with pytest.raises(Refusal, match="damaged"):
            patch(block, [change(b"A dog\0")])
    else:
        patched = apply(block, patch(block, [change(b"A dog\0")]))
        assert value(patched, Directory.IMAGE, DESCRIPTION) == b"A dog\0"


def test_directories_that_overlap_are_refused() -> None:
    rows = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack(
        "<HHI4s", USER_COMMENT, 7, 4, b"word"
    )
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + rows + bytes(4)
    tail = bytearray(apply(block, patch(block, [change(b"A dog\0")])))
    at = Tiff(bytes(tail)).first
    struct.pack_into("<I", tail, at + 2 + 12 + 8, at)  # the second entry leads to its directory
    struct.pack_into(">I", tail, at - 4, zlib.crc32(tail[at:]))
    comment = ExifChange(Directory.PHOTO, USER_COMMENT, 7, b"ASCII\0\0\0a dog")
    with pytest.raises(Refusal, match="damaged"):
        patch(bytes(tail), [change(b"A cat\0"), comment])


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        b"XX*\0\x08\0\0\0",
        b"II*\0\xff\xff\xff\x7f",
        b"MM\0*\0\0\0\4" + bytes(60),  # the directory would lie in the header
    ],
)
def test_a_damaged_block_is_refused(block: bytes) -> None:
    with pytest.raises(Refusal):
        patch(block, [change(b"A dog\0")])


@pytest.mark.parametrize("is_jpeg", [True, False])
def test_a_fresh_block_can_be_patched_without_growing(is_jpeg: bool) -> None:
    block = fresh([change(b"A dog\0")], is_jpeg=is_jpeg)
    again = apply(block, patch(block, [change(b"A cat\0")]))
    assert (len(again), value(again, Directory.IMAGE, DESCRIPTION)) == (len(block), b"A cat\0")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain \0rest", "plain"),
        ("Zwölf".encode(), "Zwölf"),
        ("Zwölf".encode("latin-1"), "Zwölf"),
        (b"\0" * 8, ""),
    ],
)
def test_ascii_tags_are_utf8_or_windows_1252(data: bytes, text: str) -> None:
    assert ascii_text(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"ASCII\0\0\0words  ", "words"),
        (b"UNICODE\0" + "слова".encode("utf-16-le"), "слова"),
        (b"UNICODE\0" + "words".encode("utf-16-be"), "words"),
        (b"\0" * 8 + b"words", "words"),
        (b"JIS\0\0\0\0\0\x1b$B", ""),
        (b"short", ""),
    ],
)
def test_user_comment_in_each_encoding(data: bytes, text: str) -> None:
    assert user_comment(data, "<") == text
