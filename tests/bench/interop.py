# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Our captions as other programs read them: the table in resources/docs/interop.md.

Every kind of file gets an ASCII and a non-ASCII caption from PhotoTagger, and the same from
exiftool, the control: what a reader finds in neither file it cannot read, whoever wrote it; what
it finds only in exiftool's is our fault.

    make interop
"""

import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import TiffImagePlugin

from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin
from phototagger.settings import Where, WritePolicy
from tests.conftest import REPOSITORY
from tests.helpers.other_readers import READERS, Carrier, Reader
from tests.helpers.photo_files import (
    ASCII,
    LETTERS,
    exif_block,
    iim,
    jpeg,
    photoshop,
    picture,
    put,
    saved,
)

DOCUMENT = REPOSITORY / "resources" / "docs" / "interop.md"
_IPTC_BLOCK = iim((1, 90, b"\x1b%G"), (2, 5, b"Title"))
_ALL = tuple(Carrier)
_BOTH = (Carrier.EXIF, Carrier.XMP)

_HEAD = f"""\
# Who reads PhotoTagger's captions

Each file was given a caption in plain letters (`{ASCII}`) and one beyond them (`{LETTERS}`).
The table says what other programs and libraries read from it. Made by `make interop`.

* **equal**: both captions, letter for letter.
* **equal bytes**: the bytes are the caption in UTF-8, which is what the Metadata Working Group
  asks for and every program writes, but the reader shows them otherwise. Pillow's `getexif` takes
  them for Latin-1 (`text.encode("latin-1").decode("utf-8")` makes it right); ImageMagick's
  `%[EXIF:ImageDescription]` shows a dot for each byte beyond ASCII, while its `exif:` output has
  them.
* **not read**: this reader does not read this part of this kind of file, nor when exiftool wrote
  it.
* **different**: something else. A test fails when this appears.

"""


class Verdict(StrEnum):
    """How what was read compares with what was written."""

    EQUAL = "equal"
    BYTES = "equal bytes"
    NOT_READ = "not read"
    DIFFERENT = "**different**"


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        name: what people call it.
        file: the name of the file that is read.
        data: it before anything was written; b"" for a sidecar.
        carriers: where it holds captions.
    """

    name: str
    file: str
    data: bytes
    carriers: Sequence[Carrier]


def kinds() -> tuple[Kind, ...]:
    """A drawn file of each kind; JPEG and TIFF have an IPTC block, so that it is written too."""
    return (
        Kind("JPEG", "a.jpg", jpeg(exif=exif_block(), app13=photoshop(_IPTC_BLOCK)), _ALL),
        Kind("PNG", "a.png", saved("PNG"), _BOTH),
        Kind("WebP", "a.webp", saved("WEBP"), _BOTH),
        Kind("TIFF", "a.tif", _tiff(), _ALL),
        Kind("Sidecar", "b.jpg.xmp", b"", (Carrier.XMP,)),
    )


def compare(reader: Reader, kind: Kind, carrier: Carrier, folder: Path) -> Verdict:
    """The worse verdict of the two captions.

    Args:
        reader: who reads.
        kind: the kind of file.
        carrier: where in it.
        folder: an empty folder for the files.
    """
    verdicts = [_one(reader, kind, carrier, folder, text) for text in (ASCII, LETTERS)]
    return max(verdicts, key=list(Verdict).index)


def _one(reader: Reader, kind: Kind, carrier: Carrier, folder: Path, text: str) -> Verdict:
    reading = reader.read(_ours(kind, folder, text), carrier)
    if reading.shown == text:
        return Verdict.EQUAL
    if reading.raw == text.encode():
        return Verdict.BYTES
    control = reader.read(_control(kind, folder, text), carrier)
    found = reading.shown or reading.raw or control.shown or control.raw
    return Verdict.DIFFERENT if found else Verdict.NOT_READ


def _ours(kind: Kind, folder: Path, text: str) -> Path:
    path = folder / kind.file
    path.unlink(missing_ok=True)
    photo = put(folder, path.name.removesuffix(".xmp"), kind.data or jpeg())
    where = WritePolicy(where=Where.EMBED if kind.data else Where.SIDECAR)
    request = WriteRequest(Caption(text, Origin.HUMAN))
    write(photo, request, where, expected=None, on_prepared=lambda _: None)
    return path


def _control(kind: Kind, folder: Path, text: str) -> Path:
    path = folder / f"control-{kind.file}"
    path.unlink(missing_ok=True)
    if kind.data:
        path.write_bytes(kind.data)
    tags = [c.value.replace(" ", ":").replace("XMP:dc:d", "XMP-dc:D") for c in kind.carriers]
    command = ["exiftool", "-q", "-overwrite_original", *(f"-{tag}={text}" for tag in tags)]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    return path


def _tiff() -> bytes:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    directory.tagtype[33723] = 7
    directory[33723] = _IPTC_BLOCK
    stream = io.BytesIO()
    picture().save(stream, "TIFF", tiffinfo=directory)
    return stream.getvalue()


def table(rows: dict[tuple[str, Carrier], list[Verdict]]) -> str:
    """The table in Markdown."""
    names = [f"{reader.name} {reader.version()}" for reader in READERS]
    lines = ["| file | caption in | " + " | ".join(names) + " |", "|---" * (len(names) + 2) + "|"]
    for (kind, carrier), verdicts in rows.items():
        lines.append(f"| {kind} | {carrier} | " + " | ".join(verdicts) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    absent = [reader.missing for reader in READERS if reader.missing]
    if absent:
        sys.exit(f"install first: {', '.join(absent)}")
    rows: dict[tuple[str, Carrier], list[Verdict]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds():
            for carrier in kind.carriers:
                rows[kind.name, carrier] = [
                    compare(reader, kind, carrier, Path(folder)) for reader in READERS
                ]
    text = table(rows)
    DOCUMENT.write_text(_HEAD + text, encoding="utf-8")
    print(text)
    counts = Counter(verdict.name.lower() for row in rows.values() for verdict in row)
    print(
        json.dumps(
            {"interop": {verdict.name.lower(): counts[verdict.name.lower()] for verdict in Verdict}}
        )
    )
    sys.exit(bool(counts["different"]))


if __name__ == "__main__":
    main()
