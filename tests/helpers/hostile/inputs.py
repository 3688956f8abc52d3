# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One number, one hostile input: a sound file damaged, or one made to exhaust a parser."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.helpers.hostile import sources
from tests.helpers.hostile.bombs import BOMBS
from tests.helpers.mutants import blind, iptc, tiff, xmp
from tests.helpers.mutants.mutate import mutant
from tests.helpers.photo_files import photoshop

# Of a hundred inputs, how many are of each kind.
_BOMBS = 1
_BLOCKS = 24
_SIDECARS = 10
_TABLES = 4
_CROSSED = 3


@dataclass(frozen=True, slots=True)
class Input:
    """What is tried.

    Attributes:
        number: what it is made from.
        name: the file it was made from, or the class of a bomb.
        kind: `photo`, `sidecar`, `exif`, `xmp`, `iptc`, `photoshop` or `table`.
        ending: the file's, with its dot.
        data: its bytes.
    """

    number: int
    name: str
    kind: str
    ending: str
    data: bytes


class Inputs:
    """Makes inputs.

    Args:
        folder: real files to make some of them from, None for built ones only. A number means the
            same input only with the same folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        found = sources.real(folder)
        self._sidecars = [sources.SIDECAR, sources.PACKET]
        self._sidecars += [data for name, data in found.items() if name.endswith(".xmp")]
        photos = sources.photos() | found
        self._photos = sorted((n, d) for n, d in photos.items() if not n.endswith(".xmp"))

    def make(self, number: int) -> Input:
        """The input of a number."""
        dice = random.Random(number)
        draw = dice.randrange(100)
        for share, build in (
            (_BOMBS, self._bomb),
            (_BLOCKS, self._block),
            (_SIDECARS, self._sidecar),
            (_TABLES, self._table),
        ):
            if draw < share:
                return build(number, dice)
            draw -= share
        return self._photo(number, dice)

    def _photo(self, number: int, dice: random.Random) -> Input:
        name, data = dice.choice(self._photos)
        ending = Path(name).suffix
        if dice.randrange(100) < _CROSSED:  # the head of one, the rest of another
            _, other = dice.choice(self._photos)
            at = blind.place(dice, len(data))
            data = data[:at] + other[blind.place(dice, len(other)) :]
        return Input(number, name, "photo", ending, mutant(data, number))

    def _sidecar(self, number: int, dice: random.Random) -> Input:
        data = dice.choice(self._sidecars)
        return Input(number, "sidecar", "sidecar", ".xmp", mutant(data, number))

    def _block(self, number: int, dice: random.Random) -> Input:
        kind = dice.choice(("exif", "exif", "xmp", "iptc", "photoshop"))
        data = self._blocks[kind] if dice.random() < 0.7 or kind != "exif" else tiff.build(dice)
        damage = _DAMAGE[kind]
        for _ in range(dice.choice((1, 1, 2, 4))):
            data = damage(data, dice) if data else data
        return Input(number, kind, kind, "", data)

    def _table(self, number: int, dice: random.Random) -> Input:
        data = dice.choice((sources.TABLE, sources.LIST))
        for _ in range(dice.choice((1, 2, 5))):
            data = blind.mutate(data, dice) if data else data
        return Input(number, "table", "table", ".csv", data)

    def _bomb(self, number: int, dice: random.Random) -> Input:
        bomb = dice.choice(BOMBS)
        ending, data = bomb(dice)
        if dice.random() < 0.2:
            data = blind.mutate(data, dice)
        kind = {".xmp": "sidecar", ".csv": "table", ".json": "table"}.get(ending, "photo")
        return Input(number, bomb.__name__, kind, ending, data)

    @cached_property
    def _blocks(self) -> Mapping[str, bytes]:
        return {
            "exif": sources.EXIF[6:],
            "xmp": sources.PACKET,
            "iptc": sources.IIM,
            "photoshop": photoshop(sources.IIM)[14:],
        }


_DAMAGE: Mapping[str, blind.Mutation] = {
    "exif": tiff.mutate,
    "xmp": xmp.mutate,
    "iptc": iptc.mutate_datasets,
    "photoshop": iptc.mutate,
}
