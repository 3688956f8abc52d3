# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Walk the boxes of an ISO base media file (ISO/IEC 14496-12): HEIF, AVIF, CR3, JPEG XL."""

from collections.abc import Iterator
from dataclasses import dataclass

from phototagger.metadata.splice import Readable

# A still picture's file has a few dozen boxes at each level; more is damage.
_MOST_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box.

    Attributes:
        kind: its four letters.
        start: offset of its content (of a `uuid` box, of what follows its 16-byte name).
        end: offset of the first byte after it.
        name: the 16-byte name of a `uuid` box.
    """

    kind: bytes
    start: int
    end: int
    name: bytes = b""


def boxes(data: Readable, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, up to the first damage."""
    for _ in range(_MOST_BOXES):
        head = data[start : min(start + 32, end)]
        if len(head) < 8:
            return
        size, kind, content = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, content = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - start
        name = b""
        if kind == b"uuid":
            name, content = head[content : content + 16], content + 16
        if size < content or start + size > end:
            return
        yield Box(kind, start + content, start + size, name)
        start += size


def find(data: Readable, start: int, end: int, *path: bytes) -> Box | None:
    """The first box at a path of kinds."""
    for box in boxes(data, start, end):
        if box.kind == path[0]:
            return box if len(path) == 1 else find(data, box.start, box.end, *path[1:])
    return None
