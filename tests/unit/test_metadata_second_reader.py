# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The readers that check a write: what they find, and that a changed byte shows."""

import pytest

from phototagger.metadata.containers.container import Blocks
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.exif import Directory, Tiff
from phototagger.metadata.exif_patch import ExifChange, patch
from phototagger.metadata.second_reader import Found, find_entries, read_description, read_xmp
from phototagger.metadata.splice import apply
from tests.helpers.photo_files import exif_block

BLOCK = exif_block(maker_note=b"ACME\0" + bytes(range(256)))[len(b"Exif\0\0") :]
CAPTION = ExifChange(Directory.IMAGE, 0x010E, 2, b"A dog on a beach\0")


def holding(*blocks: bytes) -> Opaque:
    return Opaque(blocks[0] if blocks else b"", "", Blocks(exif=blocks))


def entries(block: bytes) -> Found:
    tiff = Tiff(block)
    return {
        name: {(e.tag, e.type): tiff.value(e) for e in ifd.entries}
        for name, ifd in tiff.directories.items()
    }


def test_pillow_finds_every_entry_with_its_bytes() -> None:
    found = entries(BLOCK)
    assert {Directory.IMAGE, Directory.PHOTO} <= set(found)
    assert find_entries(holding(BLOCK)) == found


def test_pillow_finds_them_behind_a_patch_and_exifread_the_caption() -> None:
    new = apply(BLOCK, patch(BLOCK, [CAPTION]))
    assert find_entries(holding(new)) == entries(new)
    assert read_description(holding(new)) == "A dog on a beach"


def test_a_changed_byte_of_a_value_is_found() -> None:
    at = BLOCK.index(b"ACME")
    changed = BLOCK[:at] + b"a" + BLOCK[at + 1 :]
    assert find_entries(holding(changed)) != find_entries(holding(BLOCK))


@pytest.mark.parametrize("blocks", [(), (b"no TIFF at all",), (BLOCK[:20],), (bytes(2 << 20),)])
def test_what_cannot_be_read_has_no_answer_or_nothing_in_it(blocks: tuple[bytes, ...]) -> None:
    assert not any((find_entries(holding(*blocks)) or {}).values())


def test_a_packet_in_an_unknown_encoding_is_damaged() -> None:
    packet = b"<?xml version='1.0' encoding='ISO-8849-1'?><a/>"
    assert read_xmp(packet) is None
