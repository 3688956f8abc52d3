# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Everything that parses a photo, a sidecar or a table: what is called for one hostile input.

Photos and sidecars take the way they take in the program: facts, the plan of a write, and, of some
inputs, the write itself with its checks, which take longer. A picture is decoded as on a machine
that has a gigabyte of memory left. Blocks go straight to their own parsers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from phototagger.errors import PhotoTaggerError
from phototagger.imaging import memory
from phototagger.imaging.decode import decode
from phototagger.imaging.embedded import embedded_preview
from phototagger.metadata import camera, exif_patch, iptc, photoshop, second_reader, xmp_edit
from phototagger.metadata.containers.container import Blocks
from phototagger.metadata.containers.opaque import Opaque
from phototagger.metadata.content import Content
from phototagger.metadata.exif import Directory
from phototagger.metadata.exif_patch import ExifChange
from phototagger.metadata.fields import ALT_TEXT, CAPTION, DESCRIPTION, SUBJECT, Items
from phototagger.metadata.iptc import IptcChange
from phototagger.metadata.provenance import read_marker
from phototagger.metadata.reader import read_facts
from phototagger.metadata.refusal import Refusal
from phototagger.metadata.splice import apply
from phototagger.metadata.writer import WriteRequest, write
from phototagger.metadata.xmp_edit import XmpChange
from phototagger.pipeline import exchange
from tests.helpers.hostile.inputs import Input
from tests.helpers.mutants.trial import policy_for
from tests.helpers.photo_files import LETTERS, MACHINE, saved

Call = tuple[str, Callable[[], object]]
"""What is called, by the name it is counted under."""

# What takes milliseconds is done with a share of the inputs, and with every bomb of one shape.
WRITTEN, DECODED = 16, 20
_SIDE = 224
_PREVIEW = 160
_FREE_MEMORY = 1 << 30
_REQUEST = WriteRequest(MACHINE, keywords=("dog", "Käse"))
_GIF = saved("GIF", "P")


def calls(given: Input, folder: Path) -> Iterator[Call]:
    """What to call for an input; its files are in the folder until the last call is done.

    Args:
        given: the input.
        folder: an empty folder.
    """
    if given.kind not in ("photo", "sidecar", "table"):
        yield from _BLOCKS[given.kind](given.data)
        return
    path = folder / ("a.gif" if given.kind == "sidecar" else f"a{given.ending}")
    path.write_bytes(_GIF if given.kind == "sidecar" else given.data)
    if given.kind == "sidecar":
        path.with_name("a.gif.xmp").write_bytes(given.data)
    try:
        if given.kind == "table":
            yield "table", lambda: list(exchange.read(path))
        else:
            yield from _of_photo(given, path)
    finally:
        for left in folder.iterdir():
            left.unlink()


def expected(error: BaseException) -> bool:
    """Whether an exception is one that people, or those who asked for a plan, may get."""
    return isinstance(error, PhotoTaggerError | Refusal)


def _of_photo(given: Input, path: Path) -> Iterator[Call]:
    policy = policy_for(given.number)
    kind = given.ending.lstrip(".")
    every = not given.name.endswith(given.ending)  # made from nothing

    def written(*, dry_run: bool) -> object:
        return write(
            path, _REQUEST, policy, expected=None, on_prepared=lambda _: None, dry_run=dry_run
        )

    yield f"facts {kind}", lambda: read_facts(path)
    yield f"plan {kind}", lambda: written(dry_run=True)
    if given.kind == "photo":
        yield "preview", lambda: embedded_preview(path, _PREVIEW)
        if every or given.number % DECODED == 0:
            yield "decode", lambda: _decoded(path)
    if every or given.number % WRITTEN == 0:
        yield "write", lambda: written(dry_run=False)


def _decoded(path: Path) -> None:
    with little_memory():
        decode(path, _SIDE)


@contextmanager
def little_memory() -> Iterator[None]:
    """What is free is a gigabyte: pictures that need more than a quarter of it are refused."""
    with patch.object(memory, "_system_available", lambda: _FREE_MEMORY):
        yield


def _exif(block: bytes) -> Iterator[Call]:
    change = ExifChange(Directory.IMAGE, 0x010E, 2, LETTERS.encode() + b"\0")
    blocks = Blocks(exif=(block,))

    def read() -> None:
        content = Content(blocks)
        _all_texts(content)
        camera.taken_at(content)
        camera.position(content)
        camera.upright((1, 2), content)

    yield "exif", read
    yield "exif patch", lambda: apply(block, exif_patch.patch(block, [change]))
    yield "exif again", lambda: second_reader.read_exif(Opaque(block, "", blocks))


def _xmp(packet: bytes) -> Iterator[Call]:
    values = [
        XmpChange(DESCRIPTION, LETTERS),
        XmpChange(SUBJECT, Items(added=("dog",), removed=frozenset())),
    ]

    def read() -> None:
        content = Content(Blocks(xmp=packet))
        _all_texts(content)
        read_marker(content)
        content.items(SUBJECT)

    yield "xmp", read
    yield "xmp edit", lambda: apply(packet, xmp_edit.edit(packet, values))
    yield "xmp again", lambda: _xmp_again(packet)


def _xmp_again(packet: bytes) -> None:
    reading = second_reader.read_xmp(packet)
    if reading is not None:
        reading.others([DESCRIPTION])
        reading.text(DESCRIPTION)
        reading.items(SUBJECT)


def _iptc(block: bytes) -> Iterator[Call]:
    change = IptcChange(120, (LETTERS,), repeats=False)
    yield "iptc", lambda: _all_texts(Content(Blocks(iptc=block, iptc_digest=bytes(16))))
    yield "iptc edit", lambda: apply(block, iptc.edit(block, [change]))


def _photoshop(block: bytes) -> Iterator[Call]:
    def read() -> None:
        photoshop.digest_of(block)
        photoshop.is_ambiguous(block)
        photoshop.others(block)
        inner = photoshop.iptc_of(block)
        if inner is not None and not photoshop.is_ambiguous(block):
            splices = iptc.edit(inner, [IptcChange(120, ("a dog",), repeats=False)])
            apply(block, photoshop.replace_iptc(block, splices))

    yield "photoshop", read


def _all_texts(content: Content) -> None:
    for row in CAPTION:
        content.text(row.tag)
    content.text(ALT_TEXT)


_BLOCKS: dict[str, Callable[[bytes], Iterator[Call]]] = {
    "exif": _exif,
    "xmp": _xmp,
    "iptc": _iptc,
    "photoshop": _photoshop,
}
