# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What watching costs: finding out what changed, first indexing, idling, and a flood of files.

The rescan is measured against the least any program must do, a walk with `scandir` and `stat`,
in turns with it, and against a peer's way, `exiftool -fast2 -r`, on a part of the tree; first
indexing against `exiftool -fast2 -r -json`, in turns, ten folders at a time. Processor time, so
that other programs matter less; all are one thread.

    make bench-watch
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from pathlib import Path

import psutil

from phototagger.library.known_files import KnownFile, versions_under
from phototagger.library.rows import stat_values
from phototagger.photo import FileStat
from phototagger.pipeline.intake import Arrival, take_in_all
from phototagger.pipeline.scanning import KnownRow, scan_folder
from phototagger.pipeline.stores import Stores
from phototagger.watching.reconcile import reconcile
from phototagger.watching.scanner import FoundFile, walk
from tests.bench.big_tree import PER_FOLDER, draw, made
from tests.helpers.command import Running, phototagger

TURNS = 5
FOLDERS_A_TURN = 10
PEER_FOLDERS = 20  # of the rescan's peer, which takes as long for each
IDLE_SECONDS = 60
ROWS = (10_000, 100_000, 1_000_000)
PATIENCE = 1800  # seconds for a flood on a busy machine


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--indexed", type=int, default=20_000, help="files of first indexing")
    parser.add_argument("--burst", type=int, default=10_000, help="0 leaves the flood out")
    parser.add_argument("--to-the-end", action="store_true", help="caption all of the flood")
    parser.add_argument("--only", choices=("index", "rescan", "idle", "growth", "burst"))
    parser.add_argument("--most-rows", type=int, default=ROWS[-1])
    args = parser.parse_args()
    tree = made(args.files)
    result: dict[str, object] = {"files": args.files}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        parts = {
            "index": lambda: first_index(place / "index", tree, args.indexed // PER_FOLDER),
            "rescan": lambda: rescan(place / "data", tree),
            "idle": lambda: idle(place / "data", tree),
            "growth": lambda: growth([count for count in ROWS if count <= args.most_rows], place),
            "burst": lambda: flood(place / "flood", args.burst, to_the_end=args.to_the_end),
        }
        for part, measure in parts.items():
            if args.only in (None, part) and (part != "burst" or args.burst):
                result |= measure()
                print(json.dumps(result), flush=True)


def processor_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def known(data: Path) -> dict[str, int]:
    """How many photos stand where, as `phototagger status` says."""
    answer = phototagger("status", "--json", data_dir=data)
    record = answer.records[0] if answer.code == 0 and answer.out else {}
    return {"photos": record.get("photos", 0), **record.get("counts", {})}


def first_index(place: Path, tree: Path, count: int) -> dict[str, object]:
    """Into an empty library with all metadata of each photo; in turns with exiftool."""
    folders = sorted(tree.iterdir())[:count]
    ours = peer = 0.0
    stores = Stores.open(place / "library.sqlite")
    for start in range(0, len(folders), FOLDERS_A_TURN):
        some = folders[start : start + FOLDERS_A_TURN]
        peer += cost_of_exiftool("-json", *some)
        started = time.process_time()
        for folder in some:
            take_in_all([Arrival(path) for path in sorted(folder.iterdir())], stores)
        ours += time.process_time() - started
    stores.close()
    files = len(folders) * PER_FOLDER
    return {
        "indexed_files": files,
        "index_ms_per_file": round(1000 * ours / files, 3),
        "exiftool_ms_per_file": round(1000 * peer / files, 3),
        "index_ratio_to_exiftool": round(peer / ours, 2),
    }


def cost_of_exiftool(*arguments: str | Path) -> float:
    """Processor seconds of one run over some folders, its start included."""
    before = os.times()
    command = ["exiftool", "-fast2", "-r", *map(str, arguments)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def know_all(data: Path, tree: Path) -> None:
    """A library that knows every photo of the tree as it is, without having read one."""
    if data.exists():
        return
    stores = Stores.open(data / "library.sqlite")
    folder = stores.folders.add(tree)
    with stores.library.write() as connection:
        connection.executemany(
            "INSERT INTO photos(path, folder_id, size, mtime_ns, ctime_ns, device, inode, links, "
            "status, status_since, moment, added) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'skipped', 0, 0, 0)",
            ((os.fsencode(file.name), folder.id, *stat_values(file.stat)) for file in walk(tree)),
        )
    stores.close()


def idle(data: Path, tree: Path) -> dict[str, object]:
    """What the watch takes when nothing happens."""
    know_all(data, tree)
    watch = Running("watch", tree, "--json", data_dir=data)
    try:
        return _idle(psutil.Process(watch.process.pid))
    finally:
        watch.stop()


def _idle(process: psutil.Process) -> dict[str, object]:
    # Until the first walk is over: three seconds in which it takes next to nothing.
    used, calm = 0.0, 0
    while calm < 3:
        time.sleep(1)
        now = processor_seconds(process)
        calm = calm + 1 if now > 0.5 and now - used < 0.02 else 0
        used = now
    before = processor_seconds(process)
    time.sleep(IDLE_SECONDS)
    used = processor_seconds(process) - before
    watches = sum(
        line.startswith("inotify")
        for info in Path(f"/proc/{process.pid}/fdinfo").iterdir()
        for line in info.read_text().splitlines()
    )
    return {
        "idle_cpu_percent": round(100 * used / IDLE_SECONDS, 3),
        "kernel_watches": watches,
        "memory_mb": process.memory_info().rss // 10**6,
    }


def rescan(data: Path, tree: Path) -> dict[str, object]:
    """What a start costs when nothing has changed."""
    know_all(data, tree)
    stores = Stores.open(data / "library.sqlite")
    (folder,) = stores.folders.all()
    ours, floors = [], []
    for _ in range(TURNS):
        started = time.process_time()
        bare_walk(tree)
        floors.append(time.process_time() - started)
        started = time.process_time()
        new = scan_folder(folder, stores, lambda _event: None)
        ours.append(time.process_time() - started)
        assert not new
    stores.close()
    part = sorted(tree.iterdir())[:PEER_FOLDERS]
    peer = cost_of_exiftool(*part) / (len(part) * PER_FOLDER)
    files = sum(1 for _ in walk(tree))
    return {
        "rescan_s": round(min(ours), 3),
        "scandir_s": round(min(floors), 3),
        "rescan_ratio_to_scandir": round(min(ours) / min(floors), 2),
        "exiftool_sampled_files": len(part) * PER_FOLDER,
        "rescan_times_faster_than_exiftool": round(peer * files / min(ours)),
    }


def bare_walk(folder: Path) -> int:
    """The least that any program must do."""
    pending, files = [os.fspath(folder)], 0
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    entry.stat()
                    files += 1
    return files


def growth(counts: list[int], place: Path) -> dict[str, object]:
    """Rows made up and a tree in memory: what is known is read, and every photo has moved."""
    reading, moving, memory = {}, {}, 0.0
    for count in counts:
        stores = Stores.open(place / f"rows-{count}" / "library.sqlite")
        with stores.library.write() as connection:
            connection.executemany(
                "INSERT INTO photos(path, size, mtime_ns, ctime_ns, device, inode, links, status, "
                "status_since, moment, added) "
                "VALUES (?, 9000, ?, ?, 1, ?, 1, 'captioned', 0, ?, 0)",
                ((b"/p/%05d/%07d.jpg" % (n // 100, n), n, n, n, n) for n in range(1, count + 1)),
            )
        started = time.process_time()
        versions_under(stores.library, Path("/p"))
        reading[count] = round(1e6 * (time.process_time() - started) / count, 2)
        if count == 100_000:
            tracemalloc.start()
            _held = versions_under(stores.library, Path("/p"))
            memory = tracemalloc.get_traced_memory()[0] / 1e6
            tracemalloc.stop()
            del _held
        rows = [
            KnownRow.of(KnownFile(n, b"/p/%07d.jpg" % n, 9000, n, n, 1, n, "captioned"))
            for n in range(1, count + 1)
        ]
        files = [
            FoundFile(f"/q/{n:07}.jpg", FileStat(9000, n, n, 1, n)) for n in range(1, count + 1)
        ]
        started = time.process_time()
        changes = reconcile(rows, files)
        moving[count] = round(1e6 * (time.process_time() - started) / count, 2)
        assert len(changes.moved) == count
        del rows, files, changes
        stores.close()
    return {
        "us_per_known_row": reading,
        "us_per_moved_photo": moving,
        "mb_while_scanning_100000": round(memory, 1),
    }


def flood(place: Path, burst: int, *, to_the_end: bool) -> dict[str, object]:
    """So many photos copied into a folder while others are captioned."""
    album, data, source = place / "album", place / "data", made(burst)
    draw(album, PER_FOLDER, first=1_000_000)
    every = burst + PER_FOLDER
    watch = Running(
        "watch", album, "--model", "starter-vit-gpt2", "--threshold", "0", "--json", data_dir=data
    )
    answers = []
    try:
        process = psutil.Process(watch.process.pid)
        while not (counts := known(data)).get("captioned"):
            time.sleep(0.5)
        before = peak = process.memory_info().rss
        captioned = counts["captioned"]
        started = time.perf_counter()
        shutil.copytree(source, album / "new")
        copied = time.perf_counter() - started
        while counts["photos"] < every or (to_the_end and counts["captioned"] < every):
            asked = time.perf_counter()
            counts = known(data)
            answers.append(time.perf_counter() - asked)
            peak = max(peak, process.memory_info().rss)
            assert time.perf_counter() - started < PATIENCE, counts
            time.sleep(1)
        wall = time.perf_counter() - started
    finally:
        watch.stop()
    counts = known(data)
    answers.sort()
    return {
        "burst": burst,
        "burst_copied_s": round(copied, 1),
        "burst_known_s": round(wall, 1),
        "burst_captioned_meanwhile": counts["captioned"] - captioned,
        "burst_lost": every - counts["captioned"] - counts.get("pending", 0),
        "burst_memory_growth_mb": (peak - before) // 10**6,
        "status_answers": len(answers),
        "status_answer_s": {
            "median": round(answers[len(answers) // 2], 2),
            "p95": round(answers[len(answers) * 95 // 100], 2),
        },
    }


if __name__ == "__main__":
    main()
