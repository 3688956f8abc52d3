# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Put one mutant to the test: read it, write into it, take that back."""

import logging
import re
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord, Written
from phototagger.settings import Existing, Where, WritePolicy
from tests.helpers.anatomy import decodes, frames, untouchables
from tests.helpers.photo_files import MACHINE

REQUEST = WriteRequest(MACHINE, keywords=("dog", "Käse"))
_MOST_FRAMES = 8
_SENTENCE = re.compile(r"The caption is (beside the photo|only in the index) because [^<>{}]+\.")
# Larger pictures in a mutant are lies; the image data is compared by its bytes then.
_MOST_PIXELS = 16_000_000


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
    where = Where.BOTH if seed % 7 == 0 else Where.AUTO
    xp = seed % 3 == 0
    return WritePolicy(existing, where=where, alt_text=True, keywords=True, xp_comment=xp)


def put_to_test(
    path: Path, data: bytes, policy: WritePolicy, sidecar: bytes | None = None
) -> tuple[Verdict, bytes]:
    """Try one photo; its folder must hold nothing else, and is empty again afterwards.

    Args:
        path: where to put it.
        data: its bytes.
        policy: how to write.
        sidecar: what its sidecar holds, None when there is none.

    Returns:
        The verdict, and the photo as it was written, or the sidecar where one was given.
    """
    verdict = Verdict()
    records: list[WriteRecord] = []
    beside = path.with_name(path.name + ".xmp")
    files = {path: data} | ({beside: sidecar} if sidecar is not None else {})
    for file, content in files.items():
        file.write_bytes(content)
    started = time.process_time()
    with _doubts() as doubts:
        written = _attempt(path, policy, records, verdict)
    verdict.cpu_s = time.process_time() - started
    if doubts:
        verdict.faults["doubts"] = doubts[0]
    new = path.read_bytes()
    subject = beside.read_bytes() if sidecar is not None else new
    try:
        # Alt text and keywords go into a photo whose caption a person wrote.
        if any(record.target is Target.EMBEDDED for record in records):
            _check_picture(path, data, new, verdict)
        elif new != data:
            verdict.faults["touched"] = "the photo changed though nothing was embedded"
        if written is not None and written.target is not Target.INDEX:
            _check_text(path, written, policy, verdict)
        if written is not None and (again := _write(path, policy, records).fields):
            verdict.faults["restless"] = f"a second run writes again: {again}"
        for record in reversed(records):
            revert(record)
    except Exception:
        verdict.faults["exceptions"] = traceback.format_exc()
    if {p: p.read_bytes() for p in path.parent.iterdir()} != files:
        verdict.faults["undo failed"] = "undo did not restore the folder"
    for left in path.parent.iterdir():
        left.unlink()
    return verdict, subject


def _attempt(
    path: Path, policy: WritePolicy, records: list[WriteRecord], verdict: Verdict
) -> Written | None:
    """Read and write; only errors made for people may come out of that."""
    try:
        read_facts(path)
        written = _write(path, policy, records)
    except PhotoTaggerError as error:
        verdict.outcome, verdict.reason = "unreadable", f"{error.title}. {error.hint}"
        return None
    except Exception:
        verdict.faults["exceptions"] = traceback.format_exc()
        return None
    verdict.outcome, verdict.reason = str(written.target), written.reason
    verdict.fields = written.fields
    if written.target is not Target.EMBEDDED and not _SENTENCE.fullmatch(written.reason):
        verdict.faults["no reason"] = repr(written.reason)
    return written


def _write(path: Path, policy: WritePolicy, records: list[WriteRecord]) -> Written:
    return write(path, REQUEST, policy, expected=None, on_prepared=records.append)


def _check_picture(path: Path, old: bytes, new: bytes, verdict: Verdict) -> None:
    """The picture is what it was."""
    twin = path.with_name("before" + path.suffix)
    twin.write_bytes(old)
    before, after = (frames(p, largest=_MOST_PIXELS, most=_MOST_FRAMES) for p in (twin, path))
    twin.unlink()
    verdict.decoded = decodes(before)
    if verdict.decoded and before != after:
        verdict.faults["pixels changed"] = f"{before} became {after}"
    if (parts := untouchables(old)) != untouchables(new):
        verdict.faults["parts changed"] = f"not as before: {parts}"


def _check_text(path: Path, written: Written, policy: WritePolicy, verdict: Verdict) -> None:
    """The caption is there."""
    if policy.existing is not Existing.REPLACE:
        return
    held = read_facts(path).caption
    if held is None or held.text != MACHINE.text:
        verdict.faults["caption lost"] = f"reads {held.text[:80] if held else None!r}"
    if not written.fields:
        verdict.faults["caption lost"] = "nothing was written"


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
