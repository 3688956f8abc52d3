# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Put one mutant to the test: read it, write into it, take that back."""

import hashlib
import logging
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageSequence

from phototagger.errors import PhotoTaggerError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord, Written
from phototagger.settings import Existing, WritePolicy
from tests.helpers.mutants import chunks
from tests.helpers.photo_files import MACHINE

REQUEST = WriteRequest(MACHINE, keywords=("dog", "Käse"))
_MOST_FRAMES = 8
# Larger pictures in a mutant are lies; the image data is compared by its bytes then.
_MOST_PIXELS = 16_000_000
_IMAGE_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT")
_IMAGE_PARTS = (b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF")


@dataclass
class Verdict:
    """What became of a mutant.

    Attributes:
        outcome: where the caption went, or "unreadable".
        reason: what people are told, "" when the caption is in the photo.
        fields: the tags that were written.
        faults: what must never happen, each with its details; empty when all is well.
        cpu_s: processor time of reading and writing, in seconds.
        decoded: whether pixels were compared.
    """

    outcome: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    faults: dict[str, str] = field(default_factory=dict)
    cpu_s: float = 0.0
    decoded: bool = False


def policy_for(seed: int) -> WritePolicy:
    """The policy a mutant is written with: mostly one that writes whatever is there."""
    existing = (Existing.REPLACE, Existing.REPLACE, Existing.APPEND, Existing.KEEP)[seed % 4]
    return WritePolicy(existing=existing, alt_text=True, keywords=True, xp_comment=seed % 3 == 0)


def put_to_test(path: Path, data: bytes, policy: WritePolicy) -> tuple[Verdict, bytes]:
    """Try one file; its folder must hold nothing else, and does so again afterwards.

    Returns:
        The verdict, and the file as it was written.
    """
    verdict = Verdict()
    records: list[WriteRecord] = []
    path.write_bytes(data)
    started = time.process_time()
    with _doubts() as doubts:
        try:
            read_facts(path)
            written = _write(path, policy, records)
            verdict.outcome, verdict.reason = str(written.target), written.reason
            verdict.fields = written.fields
        except PhotoTaggerError as error:
            written = None
            verdict.outcome, verdict.reason = "unreadable", f"{error.title}. {error.hint}"
        except Exception:
            written = None
            verdict.faults["exception"] = traceback.format_exc()
    verdict.cpu_s = time.process_time() - started
    if doubts:
        verdict.faults["doubt"] = doubts[0]
    new = path.read_bytes()
    try:
        if written is not None and written.target is Target.EMBEDDED:
            _check_new(path, data, new, written, policy, verdict)
        elif new != data and not any(r.target is Target.EMBEDDED for r in records):
            verdict.faults["touched"] = "the photo changed though nothing was embedded"
        if written is not None and (again := _write(path, policy, records).fields):
            verdict.faults["restless"] = f"a second run writes again: {again}"
        for record in reversed(records):
            revert(record)
    except Exception:
        verdict.faults["exception"] = traceback.format_exc()
    if path.read_bytes() != data or len(list(path.parent.iterdir())) != 1:
        verdict.faults["undo"] = "undo did not restore the folder"
    for left in path.parent.iterdir():
        left.unlink()
    return verdict, new


def _write(path: Path, policy: WritePolicy, records: list[WriteRecord]) -> Written:
    return write(path, REQUEST, policy, expected=None, on_prepared=records.append)


def _check_new(
    path: Path, old: bytes, new: bytes, written: Written, policy: WritePolicy, verdict: Verdict
) -> None:
    """The picture is what it was, and the caption is there."""
    twin = path.with_name("before" + path.suffix)
    twin.write_bytes(old)
    before, after = pixels(twin), pixels(path)
    twin.unlink()
    verdict.decoded = before is not None
    if before is not None and before != after:
        verdict.faults["pixels"] = f"{before[:12]} became {(after or 'unreadable')[:12]}"
    if image_bytes(old) != image_bytes(new):
        verdict.faults["image data"] = "bytes of the picture changed"
    held = read_facts(path).caption
    if policy.existing is Existing.REPLACE and (held is None or held.text != MACHINE.text):
        verdict.faults["caption"] = f"reads {held.text[:80] if held else None!r}"
    if policy.existing is Existing.REPLACE and not written.fields:
        verdict.faults["caption"] = "nothing was written"


def pixels(path: Path) -> str | None:
    """Hash of the first frames' pixels, None when the file cannot be decoded."""
    digest = hashlib.sha256()
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, _MOST_PIXELS
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("ignore")
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number == _MOST_FRAMES:
                    break
                digest.update(f"{frame.size}{frame.mode}".encode() + frame.tobytes())
    except Exception:  # Pillow raises whatever its plug-ins do
        return None
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    return digest.hexdigest()


def image_bytes(data: bytes) -> bytes:
    """What of a file's bytes makes its picture, by the mutators' own walk; empty for a TIFF."""
    if data[:2] == b"\xff\xd8":
        return _from_scan_on(data)
    if data[:4] == b"\x89PNG":
        parts = chunks.split_png(data)[0]
        return b"".join(part for part in parts if part[4:8] in _IMAGE_CHUNKS)
    if data[:4] == b"RIFF":
        parts = chunks.split_webp(data)[0]
        return b"".join(part for part in parts if part[:4] in _IMAGE_PARTS)
    return b""


def _from_scan_on(data: bytes) -> bytes:
    """A JPEG from its first scan to its end, or from what is no segment."""
    at = 2
    while data[at : at + 1] == b"\xff":
        while data[at + 1 : at + 2] == b"\xff":
            at += 1
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1 : at + 2] == b"\xda" or size < 2:
            break
        at += 2 + size
    return data[at:]


@contextmanager
def _doubts() -> Iterator[list[str]]:
    """Collect the errors that the writer did not expect and turned into "not proven safe"."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info:
                found.append("".join(traceback.format_exception(*record.exc_info)))

    logger, handler = logging.getLogger("phototagger.metadata"), Collector(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
