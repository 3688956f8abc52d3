# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Writing a caption: ours, exiftool's, and the least that any safe writer must do, taking turns.

* ours: `write_stage` whole - plan, temporary file, fsync, proof, undo entry on the disk, replace,
  fsync of the folder, caption and search index committed in the library;
* exiftool: `-stay_open`, `-overwrite_original`, the same two captions; neither verifies nor syncs;
* floor: copy the file in the kernel, fsync, replace, fsync of the folder;
* hashes: for comparison, SHA-256 of two files of that size, which undo needs (ours does both
  beside the rest);
* read, exiftool_read: everything the library keeps of a photo, image fingerprint included, and
  exiftool's `-fast2` of six tags.

Photos: drawn 12-megapixel JPEGs of 2 to 6 MB behind the metadata of the shared camera files
(drawn too where those are not there), or the JPEGs of FOLDER; and a large TIFF. Files that
PhotoTagger or exiftool refuses are left out. Every write starts from a fresh copy that is on the
disk and in the page cache. The last line is JSON: medians in milliseconds and their ratios, which
survive a busy machine.

    make bench-write [FOLDER=DIR]
"""

import hashlib
import io
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PIL import Image, ImageFilter

from phototagger.metadata.containers import jpeg
from phototagger.metadata.containers.jpeg_segments import APP2, MPF, is_metadata
from phototagger.metadata.reader import read_facts
from phototagger.photo import Captioned, Target
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stages import WriteOrder, write_stage
from phototagger.pipeline.stores import Stores
from phototagger.settings import WritePolicy
from tests.conftest import REPOSITORY
from tests.helpers.photo_files import LETTERS, MACHINE, exif_block, segment, xmp_packet

CAMERAS = REPOSITORY.parent / "shared" / "data" / "cameras"
PHOTOS = 260
PICTURES = 12
LARGE_ROUNDS = 5
LARGE_SIDE = 6600  # pixels; three bytes each make 131 MB
# As long as what a phone's or a camera's maker note is.
MAKER_NOTE = b"ACME\0" + bytes(range(256)) * 100


class Exiftool:
    """One exiftool process that takes orders, as photo programs use it."""

    def __enter__(self) -> "Exiftool":
        command = ["exiftool", "-stay_open", "True", "-@", "-"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.communicate(b"-stay_open\nFalse\n")

    def run(self, *arguments: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n".join((*arguments, "-execute\n")).encode())
        self._process.stdin.flush()
        answer = b""
        while b"{ready}" not in answer:
            line = self._process.stdout.readline()
            assert line, "exiftool ended"
            answer += line
        return answer.decode()

    def write(self, path: Path) -> bool:
        answer = self.run(
            "-overwrite_original", "-charset", "utf8",
            f"-EXIF:ImageDescription={LETTERS}", f"-XMP-dc:Description={LETTERS}", str(path),
        )  # fmt: skip
        return "1 image files updated" in answer

    def read(self, path: Path) -> None:
        answer = self.run(
            "-fast2", "-ImageDescription", "-Description", "-Caption-Abstract", "-Make", "-Model",
            "-DateTimeOriginal", str(path),
        )  # fmt: skip
        assert "Error" not in answer, answer


def floor(path: Path) -> None:
    """The least that leaves either the old file or the new one after a power cut."""
    temporary = path.with_suffix(".tmp")
    shutil.copyfile(path, temporary)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    sync(path.parent)


def hashes(path: Path) -> None:
    """What SHA-256 of the file before and after takes, one after the other."""
    for _ in range(2):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Ours:
    """Our whole write, on a library of its own."""

    def __init__(self, folder: Path) -> None:
        self.stores = Stores.open(folder / "library.sqlite")
        self._order = WriteOrder(WritePolicy(), threshold=0.0, batch="bench")

    def prepare(self, path: Path) -> Captioned:
        return Captioned(take_in(path, self.stores), MACHINE)

    def write(self, captioned: Captioned) -> bool:
        return write_stage(captioned, self.stores, self._order)[0].target is Target.EMBEDDED


def drawn(folder: Path) -> list[Path]:
    """12-megapixel JPEGs of 2 to 6 MB behind the metadata of real cameras, where it is there."""
    streams = [_picture(number) for number in range(PICTURES)]
    heads = _camera_heads() or [_drawn_head(xmp=False), _drawn_head(xmp=True)]
    paths = []
    for number in range(PHOTOS):
        plain = streams[number % PICTURES]
        path = folder / f"{number:03}.jpg"
        path.write_bytes(plain[:2] + heads[number % len(heads)] + plain[2:])
        paths.append(path)
    return paths


def _picture(number: int) -> bytes:
    """Clouds with more or less grain, without metadata."""
    noise = Image.effect_noise((1000, 750), 40).resize((4000, 3000), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((4000, 3000), 3 + number)
    bands = (noise, Image.blend(noise, grain, 0.5), grain)
    stream = io.BytesIO()
    image = Image.merge("RGB", bands).filter(ImageFilter.GaussianBlur(0.7))
    image.save(stream, "JPEG", quality=78 + 3 * number // 2)
    jfif = 4 + int.from_bytes(stream.getvalue()[4:6], "big")
    return stream.getvalue()[:2] + stream.getvalue()[jfif:]


def _camera_heads() -> list[bytes]:
    """The metadata segments of the shared camera JPEGs that may be written into."""
    heads = []
    for path in sorted(CAMERAS.glob("*.jpg")):
        photo = jpeg.parse(path.read_bytes())
        segments = [s for s in photo.segments.all if is_metadata(s)]
        # An index of more pictures than one would point at what is not there.
        if photo.blocks.exif and not photo.refusal and not photo.segments.find(APP2, MPF):
            heads.append(b"".join(bytes(photo.data[s.at : s.end]) for s in segments))
    return heads


def _drawn_head(*, xmp: bool) -> bytes:
    """What a camera might write."""
    head = segment(0xE1, exif_block(maker_note=MAKER_NOTE))
    if xmp:
        namespace = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        packet = xmp_packet("<xmp:Rating>3</xmp:Rating>", namespace)
        head += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    return head


@contextmanager
def timed(times: dict[str, list[float]], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times[name].append((time.perf_counter() - start) * 1e3)


def fresh(source: Path, work: Path, name: str) -> Path:
    """A copy that is on the disk and in the page cache."""
    path = work / f"{name}{source.suffix}"
    shutil.copyfile(source, path)
    sync(path)
    return path


def usable(paths: list[Path], work: Path, ours: Ours, exiftool: Exiftool) -> list[Path]:
    """The photos that both write into; also warms both up."""
    found = []
    for number, source in enumerate(paths):
        ours_path = fresh(source, work, f"try-{number:03}-ours")
        exiftool_path = fresh(source, work, f"try-{number:03}-exiftool")
        if ours.write(ours.prepare(ours_path)) and exiftool.write(exiftool_path):
            found.append(source)
        ours_path.unlink()
        exiftool_path.unlink()
    for sidecar in work.glob("*.xmp"):
        sidecar.unlink()
    return found


def measure(
    paths: list[Path], work: Path, ours: Ours, exiftool: Exiftool, dice: random.Random
) -> dict[str, list[float]]:
    """Each way once on a fresh copy of each photo, in random order."""
    times: dict[str, list[float]] = defaultdict(list)
    for number, source in enumerate(paths):
        ways = ["ours", "exiftool", "floor", "hashes", "read", "exiftool_read"]
        dice.shuffle(ways)
        for way in ways:
            path = fresh(source, work, f"{number:03}-{way}")
            captioned = ours.prepare(path) if way == "ours" else None
            with timed(times, way):
                if captioned is not None:
                    assert ours.write(captioned), path
                elif way == "exiftool":
                    assert exiftool.write(path), path
                elif way == "floor":
                    floor(path)
                elif way == "hashes":
                    hashes(path)
                elif way == "read":
                    read_facts(path)
                else:
                    exiftool.read(path)
            path.unlink()
    return times


def main() -> None:
    given = os.environ.get("FOLDER")
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = folder / "work"
        work.mkdir()
        paths = sorted(Path(given).rglob("*.jp*g")) if given else drawn(folder)
        dice.shuffle(paths)
        large = folder / "large.tif"
        Image.effect_noise((LARGE_SIDE, LARGE_SIDE), 50).convert("RGB").save(large)
        ours = Ours(folder)
        with Exiftool() as exiftool:
            given_paths, paths = paths, usable(paths, work, ours, exiftool)
            times = measure(paths, work, ours, exiftool, dice)
            huge = measure([large] * LARGE_ROUNDS, work, ours, exiftool, dice)
        ours.stores.close()
        sizes = [path.stat().st_size for path in paths]
    middle = {way: statistics.median(column) for way, column in times.items()}
    for way, column in sorted(times.items()):
        slow = statistics.quantiles(column, n=20)[-1]
        print(f"{way:14} median {middle[way]:6.2f} ms   95 % {slow:6.2f} ms")
    whole = {way: statistics.median(column) for way, column in huge.items()}
    print(
        json.dumps(
            {
                "bench": "write",
                "photos": len(paths),
                "left_out": len(given_paths) - len(paths),
                "megabytes": round(statistics.median(sizes) / 1e6, 2),
                "ratio_to_exiftool": round(middle["exiftool"] / middle["ours"], 2),
                "ratio_to_floor": round(middle["ours"] / middle["floor"], 2),
                "ms": {way: round(value, 2) for way, value in sorted(middle.items())},
                "read_ratio_to_exiftool": round(middle["exiftool_read"] / middle["read"], 2),
                "large_ratio_to_exiftool": round(whole["exiftool"] / whole["ours"], 2),
                "large_ratio_to_floor": round(whole["ours"] / whole["floor"], 2),
                "large_ms": {way: round(value) for way, value in sorted(whole.items())},
            }
        )
    )


if __name__ == "__main__":
    main()
