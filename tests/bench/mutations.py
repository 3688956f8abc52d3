# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damage copies of photos by the thousand, and see that none comes to harm.

Run as `make mutations FOLDER=DIR [COUNT=n] [SEED=s]`: COUNT mutants of every picture and sidecar in
DIR of at most 500 kB (and of every picture as captioned before), with seeds from SEED on. Each
mutant is read, written into, compared and taken back in a process that is ended when it hangs; a
sample of the written ones is read by exiftool before and after. Nothing is written into DIR.
Everything behind `decoded` in the last line must be 0.
"""

import argparse
import base64
import json
import multiprocessing as mp
import os
import resource
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.formats import HEAD_BYTES, sniff
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin
from phototagger.settings import Existing, WritePolicy
from tests.helpers.differences import TEXTS, Version, compare
from tests.helpers.exiftool_dump import Dump, dump_files
from tests.helpers.mutants.mutate import mutant
from tests.helpers.mutants.trial import Verdict, policy_for, put_to_test
from tests.helpers.photo_files import LETTERS, saved

# Where exiftool must find the caption when it was written there.
CAPTIONS = {name: TEXTS[name] for name in ("Exif.Image.ImageDescription", "Xmp.dc.description")}
EARLIER = WriteRequest(Caption("Dogs", Origin.AI, "vit", "r0"))
OURS = "XMP-phototagger"
# A mutated sidecar lies beside a photo that can have no caption of its own.
GIF = saved("GIF", "P")
LARGEST = 500_000
SLOW_S = 2.0
HUNG_S = 30.0
ADDRESS_SPACE = 1 << 32
# Reading, writing and checking hold a file of LARGEST bytes a few times, and two decoded pictures.
MOST_MEMORY = 256 << 20
BATCH = 100
FAULTS = (
    "exceptions", "doubts", "no reason", "undo failed", "pixels changed", "parts changed",
    "caption lost", "touched", "restless", "hung", "slow", "memory", "crashed", "tags lost",
    "caption unread",
)  # fmt: skip


@dataclass
class Tally:
    """What came of all mutants so far.

    Attributes:
        outcomes: where captions went.
        reasons: what people would be told.
        examples: a mutant for each of them.
        faults: by kind.
        seen: faults that were printed, by kind and details without their numbers.
        decoded: written mutants whose pixels could be compared.
        compared: written mutants that exiftool read.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    decoded: int = 0
    compared: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, seed: int, verdict: Verdict) -> None:
        with self.lock:
            self.outcomes[verdict.outcome] += 1
            if self.outcomes.total() % 1000 == 0:
                print(f"{self.outcomes.total()} mutants, faults: {dict(self.faults)}", flush=True)
            self.decoded += verdict.decoded
            if verdict.reason:
                reason = f"{verdict.outcome}: {verdict.reason}"
                self.reasons[reason] += 1
                self.examples.setdefault(reason, f"{name} {seed}")
            for kind, details in verdict.faults.items():
                self.fault(kind, details, f"{name} {seed}")

    def fault(self, kind: str, details: str, name: str) -> None:
        """Count a fault; print the first three that look alike."""
        self.faults[kind] += 1
        alike = (kind, "".join(c for c in details[-400:] if not c.isdigit()))
        self.seen[alike] += 1
        if self.seen[alike] <= 3:
            print(f"--- {kind}: {name}\n{details[-2500:]}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100, help="mutants of each picture")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    asked = parser.parse_args()
    tally = Tally()
    fast = Path("/dev/shm")  # a folder in memory: flushing to disk is not what is tested
    with tempfile.TemporaryDirectory(dir=fast if fast.is_dir() else None) as name:
        room = Path(name)
        names = sources(asked.folder, room / "sources")
        tasks = iter([(n, asked.seed + i) for i in range(asked.count) for n in names])
        lock = threading.Lock()
        threads = [
            threading.Thread(target=supervise, args=(tasks, lock, tally, room, str(i)))
            for i in range(asked.workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    report(tally, len(names))
    sys.exit(any(tally.faults.values()))


def report(tally: Tally, pictures: int) -> None:
    for reason, number in tally.reasons.most_common():
        print(f"{number:7}  {reason} ({tally.examples[reason]})")
    outcomes = tally.outcomes
    result = {
        "sources": pictures,
        "mutants": outcomes.total(),
        "written": outcomes["embedded"],
        "sidecar": outcomes["sidecar"],
        "refused": outcomes["index"] + outcomes["unreadable"],
        "read_by_exiftool": tally.compared,
        "decoded": tally.decoded,
    }
    result |= {kind.replace(" ", "_"): tally.faults[kind] for kind in FAULTS}
    print(json.dumps(result))


def sources(folder: Path, room: Path) -> list[Path]:
    """Copies of the pictures in a folder, each as it is and as PhotoTagger captions it."""
    room.mkdir()
    found = []
    for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        if path.suffix == ".xmp":
            found.append(room / f"{number}-{path.name}")
            found[-1].write_bytes(data)
        if sniff(data[:HEAD_BYTES], path) is None:
            continue
        plain = room / f"{number}-{path.name}"
        plain.write_bytes(data)
        found.append(plain)
        captioned = room / f"{number}-captioned-{path.name}"
        captioned.write_bytes(data)
        policy = WritePolicy(existing=Existing.REPLACE)
        try:
            write(captioned, EARLIER, policy, expected=None, on_prepared=lambda _: None)
        except PhotoTaggerError:
            continue
        if captioned.read_bytes() != data:
            found.append(captioned)
        captioned.with_name(captioned.name + ".xmp").unlink(missing_ok=True)
    return found


def supervise(
    tasks: Iterator[tuple[Path, int]], lock: threading.Lock, tally: Tally, room: Path, name: str
) -> None:
    """Feed one worker process; end it when it hangs and start another."""
    sample = room / f"sample-{name}"
    sample.mkdir()
    worker, pipe = start(room / f"work-{name}", sample)
    while True:
        with lock:
            task = next(tasks, None)
        if task is None:
            break
        pipe.send(task)
        verdict = Verdict()
        try:
            if pipe.poll(HUNG_S):
                verdict = pipe.recv()
            else:
                verdict.faults["hung"] = f"no answer after {HUNG_S} s"
        except EOFError:
            verdict.faults["crashed"] = "the process ended"
        if {"hung", "crashed"} & verdict.faults.keys():
            worker.kill()
            worker.join()
            worker, pipe = start(room / f"work-{name}", sample)
        tally.add(task[0].name, task[1], verdict)
        if len(list(sample.glob("new-*"))) >= BATCH:
            look_again(sample, tally)
    pipe.send(None)
    worker.join()
    look_again(sample, tally)


def start(work: Path, sample: Path) -> tuple[mp.process.BaseProcess, Connection]:
    work.mkdir(exist_ok=True)
    for left in work.iterdir():
        left.unlink()
    context = mp.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, work, sample))
    process.start()
    theirs.close()
    return process, mine


def serve(pipe: Connection, work: Path, sample: Path) -> None:
    """Try mutants until told to stop."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders complain a lot
    tried = 0
    while (task := pipe.recv()) is not None:
        source, seed = task
        data = mutant(source.read_bytes(), seed)
        before = memory("VmRSS")
        is_sidecar = source.suffix == ".xmp"
        verdict, new = put_to_test(
            work / ("m.gif" if is_sidecar else f"m{source.suffix}"),
            GIF if is_sidecar else data,
            policy_for(seed),
            sidecar=data if is_sidecar else None,
        )
        if (grown := memory("VmHWM") - before) > MOST_MEMORY:
            verdict.faults["memory"] = f"{grown >> 20} MiB"
        if verdict.cpu_s > SLOW_S:
            verdict.faults["slow"] = f"{verdict.cpu_s:.1f} s of processor time"
        tried += 1
        if not verdict.faults and new != data and tried % 5 == 0:
            mark = f"{seed}-{source.name}"
            (sample / f"old-{mark}").write_bytes(data)
            (sample / f"fields-{mark}").write_text("\n".join(verdict.fields))
            (sample / f"new-{mark}").write_bytes(new)
        pipe.send(verdict)


def look_again(sample: Path, tally: Tally) -> None:
    """Let exiftool read written mutants: the caption is there, no other tag is lost."""
    news = sorted(sample.glob("new-*"))
    olds = [path.with_name("old" + path.name[3:]) for path in news]
    fields = [path.with_name("fields" + path.name[3:]) for path in news]
    dumps = dump_files([*olds, *news])
    for old, new, named, before, after in zip(
        olds, news, fields, dumps[: len(olds)], dumps[len(olds) :], strict=True
    ):
        # exiftool takes a sidecar that begins with a blank or lacks its wrapper for text.
        is_text = after.first("File:FileType") == "TXT"
        if is_text or not (before.is_complete and after.is_complete):
            continue
        names = named.read_text().split()
        lost = lost_tags(old, new, before, after, names)
        if lost:  # what it reads depends a little on what it has read before
            lost = lost_tags(old, new, *dump_files([old, new], fresh=True), names)
        missing = [
            name
            for name in names
            if name in CAPTIONS and LETTERS not in str(after.first(CAPTIONS[name]))
        ]
        with tally.lock:
            tally.compared += 1
            if lost:
                tally.fault("tags lost", "\n".join(map(str, lost)), new.name)
            if missing:
                tally.fault("caption unread", ", ".join(missing), new.name)
    for path in (*news, *olds, *fields):
        path.unlink()


def lost_tags(
    old: Path, new: Path, before: Dump, after: Dump, names: list[str]
) -> list[tuple[str, str]]:
    """What exiftool read before and does not read now, but for what it should never have read."""
    # Values that stand in a directory it leaves out, until that is copied elsewhere.
    if any("Suspicious" in warning for warning in before.warnings):
        return []
    versions = Version(before, old.read_bytes()), Version(after, new.read_bytes())
    # A thumbnail without a place is the file's own start.
    start = base64.b64encode(versions[0].data[:24]).decode()
    return [
        (tag, value)
        for tag, value in sorted(compare(*versions, names).lost)
        if OURS not in tag and start not in value
    ]


def memory(kind: str) -> int:
    """Bytes of memory this process has (VmRSS) or had at most since the last such question."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    if kind == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith(kind))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main()
