# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage to TIFF structures: EXIF blocks, TIFF and BigTIFF files, multi-picture indexes."""

import random
import struct
from dataclasses import dataclass

from tests.helpers.mutants import blind

# Tags whose value leads somewhere, or that the writer treats in a way of its own.
_TELLING = (
    0x010E, 0x0111, 0x0117, 0x014A, 0x0201, 0x0202, 0x02BC, 0x83BB, 0x8649, 0x8769, 0x8825, 0x9286,
    0x927C, 0x9C9B, 0x9C9C, 0xA005, 0xB002, 0xC612,
)  # fmt: skip
_POINTERS = (0x014A, 0x8769, 0x8825, 0xA005)
_MOST_DIRECTORIES = 40


@dataclass(frozen=True)
class Layout:
    """Where the parts of a structure are.

    Attributes:
        order: `<` or `>`.
        big: whether it is BigTIFF.
        directories: offset and number of entries of each directory found.
    """

    order: str
    big: bool
    directories: tuple[tuple[int, int], ...]

    @property
    def pointer(self) -> str:
        return self.order + ("Q" if self.big else "I")

    @property
    def width(self) -> int:
        return 8 if self.big else 4

    @property
    def count_size(self) -> int:
        return 8 if self.big else 2

    @property
    def entry_size(self) -> int:
        return 20 if self.big else 12

    def entries(self) -> list[int]:
        """Offset of every entry."""
        return [
            at + self.count_size + i * self.entry_size
            for at, count in self.directories
            for i in range(count)
        ]


def layout(data: bytes) -> Layout | None:
    """Find the directories, None when there is no header."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 16:
        return None
    big = struct.unpack_from(order + "H", data, 2)[0] == 43
    empty = Layout(order, big, ())
    queue = [struct.unpack_from(empty.pointer, data, 8 if big else 4)[0]]
    found: dict[int, int] = {}
    while queue and len(found) < _MOST_DIRECTORIES:
        at = queue.pop(0)
        if at in found or not 0 < at <= len(data) - empty.count_size - empty.width:
            continue
        (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, at)
        start = at + empty.count_size
        fitting = (len(data) - start - empty.width) // empty.entry_size
        found[at] = count = min(count, fitting, 500)
        for i in range(count):
            entry = start + i * empty.entry_size
            (tag,) = struct.unpack_from(order + "H", data, entry)
            if tag in _POINTERS:
                queue.append(
                    struct.unpack_from(empty.pointer, data, entry + empty.entry_size - empty.width)[
                        0
                    ]
                )
        queue.append(struct.unpack_from(empty.pointer, data, start + count * empty.entry_size)[0])
    return Layout(order, big, tuple(found.items()))


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Damage one thing in a structure."""
    found = layout(data)
    if found is None or not found.entries():
        return blind.mutate(data, dice)
    new = bytearray(data)
    dice.choice((_header, _next, _count, _field, _field, _field, _target, _target, _pair, _rows))(
        new, found, dice
    )
    return bytes(new)


def _header(new: bytearray, found: Layout, dice: random.Random) -> None:
    match dice.randrange(4):
        case 0:
            new[:2] = dice.choice((b"II", b"MM", b"IM"))
        case 1:
            new[2:4] = dice.choice((b"*\0", b"\0*", b"+\0", b"\0+", b"U\0"))
        case _:
            at = 8 if found.big else 4
            struct.pack_into(found.pointer, new, at, _somewhere(new, found, dice))


def _next(new: bytearray, found: Layout, dice: random.Random) -> None:
    """Where the chain goes on: loops, the end, nonsense."""
    at, count = dice.choice(found.directories)
    place = at + found.count_size + count * found.entry_size
    struct.pack_into(found.pointer, new, place, _somewhere(new, found, dice))


def _count(new: bytearray, found: Layout, dice: random.Random) -> None:
    at, count = dice.choice(found.directories)
    value = blind.odd_number(dice, found.count_size, near=count)
    new[at : at + found.count_size] = value.to_bytes(found.count_size, _endian(found))


def _field(new: bytearray, found: Layout, dice: random.Random) -> None:
    """One field of one entry: tag, type or count."""
    at = _entry(new, found, dice)
    match dice.randrange(3):
        case 0:
            tag = dice.choice((*_TELLING, dice.randrange(0x10000)))
            struct.pack_into(found.order + "H", new, at, tag)
        case 1:
            kind = dice.choice((*range(20), 129, 0xFFFF))
            struct.pack_into(found.order + "H", new, at + 2, kind)
        case _:
            (count,) = struct.unpack_from(found.pointer, new, at + 4)
            value = blind.odd_number(dice, found.width, near=count)
            struct.pack_into(found.pointer, new, at + 4, value)


def _target(new: bytearray, found: Layout, dice: random.Random) -> None:
    """Where an entry's value stands: past the end, in another directory, in itself."""
    at = _entry(new, found, dice)
    place = at + found.entry_size - found.width
    struct.pack_into(found.pointer, new, place, _somewhere(new, found, dice))


def _pair(new: bytearray, found: Layout, dice: random.Random) -> None:
    """Two entries: swapped, or one written over the other."""
    a, b = (dice.choice(found.entries()) for _ in range(2))
    size = found.entry_size
    first, second = new[a : a + size], new[b : b + size]
    new[b : b + size] = first
    if dice.random() < 0.5:
        new[a : a + size] = second


def _rows(new: bytearray, found: Layout, dice: random.Random) -> None:
    """One entry removed or one added; what stands behind the directory is overwritten."""
    at, count = dice.choice(found.directories)
    size = found.entry_size
    start = at + found.count_size
    end = start + count * size
    if not count:
        return
    row = start + dice.randrange(count) * size
    if dice.random() < 0.5:
        new[row : end - size + found.width] = new[row + size : end + found.width]
        count -= 1
    else:
        copy = new[row : row + size]
        new[end : end + size + found.width] = copy + new[end : end + found.width]
        count += 1
    new[at : at + found.count_size] = count.to_bytes(found.count_size, _endian(found))


def _entry(new: bytearray, found: Layout, dice: random.Random) -> int:
    """An entry, a telling one more often than others."""
    entries = found.entries()
    telling = [
        at for at in entries if struct.unpack_from(found.order + "H", new, at)[0] in _TELLING
    ]
    return dice.choice(telling if telling and dice.random() < 0.6 else entries)


def _somewhere(new: bytearray, found: Layout, dice: random.Random) -> int:
    """An offset: a directory, an entry, around the end, or anything."""
    size = len(new)
    most = 256**found.width - 1
    directory = dice.choice(found.directories)[0]
    entry = dice.choice(found.entries())
    choices = (
        0, 1, 4, 8, directory, directory + 2, entry, entry + 8, size - 12, size - 4, size - 1, size,
        size + 1, size + 12, size + 64, size + 65, size + 5000, most >> 1, most - 7, most,
        dice.randrange(size + 1),
    )  # fmt: skip
    return max(0, dice.choice(choices)) & most


def _endian(found: Layout) -> str:
    return "little" if found.order == "<" else "big"


def build(dice: random.Random) -> bytes:
    """A small EXIF block of either byte order, its directories in any order."""
    order = dice.choice("<>")
    note = dice.randbytes(dice.choice((0, 3, 40)))
    parts: dict[str, list[tuple[int, int, int, bytes | str]]] = {
        "main": [
            (0x010E, 2, 10, b"SONY DSC \0"), (0x010F, 2, 5, b"Acme\0"),
            (0x0112, 3, 1, struct.pack(order + "H", 1)), (0x8769, 4, 1, "photo"),
        ],
        "photo": [
            (0x9003, 2, 20, b"2024:07:01 12:34:56\0"), (0x927C, 7, len(note), note),
            (0x9286, 7, 12, b"ASCII\0\0\0word"),
        ],
        "thumbnail": [(0x0103, 3, 1, struct.pack(order + "H", 6))],
    }  # fmt: skip
    names = [n for n in parts if n != "thumbnail" or dice.random() < 0.5]
    dice.shuffle(names)
    starts, position = {}, 8
    for name in names:
        starts[name] = position
        values = sum(len(v) + len(v) % 2 for *_, v in parts[name] if len(v) > 4)
        position += 2 + 12 * len(parts[name]) + 4 + values
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", starts["main"])
    for name in names:
        following = starts.get("thumbnail", 0) if name == "main" else 0
        block += _directory(order, starts, parts[name], starts[name], following)
    return block


def _directory(
    order: str,
    starts: dict[str, int],
    rows: list[tuple[int, int, int, bytes | str]],
    at: int,
    following: int,
) -> bytes:
    head = struct.pack(order + "H", len(rows))
    values_at = at + 2 + 12 * len(rows) + 4
    values = b""
    for tag, kind, count, value in rows:
        data = struct.pack(order + "I", starts[value]) if isinstance(value, str) else value
        if len(data) > 4:
            place = struct.pack(order + "I", values_at + len(values))
            values += data + bytes(len(data) % 2)
            data = place
        head += struct.pack(order + "HHI", tag, kind, count) + data.ljust(4, b"\0")
    return head + struct.pack(order + "I", following) + values
