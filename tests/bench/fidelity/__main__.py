# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`make fidelity FOLDER=DIR`: does writing a caption harm any of these files?

Every file is copied, the copy is written with PhotoTagger's own writer (once an ASCII caption,
once one with other letters, both with alt text and keywords), compared with the original by
exiftool and Pillow, and undone. The folder itself is only read. What is compared how:
resources/docs/fidelity.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.bench.fidelity.examine import Verdict
from tests.bench.fidelity.report import is_clean, show, summary

# One exiftool process reads this many files, or bytes, at once.
_BATCH_FILES, _BATCH_BYTES = 24, 64 << 20
_SECONDS, _SECONDS_PER_FILE = 300, 60


def run(folder: Path, processes: int) -> list[Verdict]:
    """Judge every file in a folder and the folders in it."""
    batches = list(_batches(sorted(_files(folder))))
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(processes) as pool:
        for number, found in enumerate(pool.map(_judge, batches), 1):
            verdicts += found
            print(f"\r{number}/{len(batches)} batches", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return verdicts


def _files(folder: Path) -> Iterator[Path]:
    """Regular files, and links to them; sockets and the like are not for reading."""
    for place, _, names in os.walk(folder):
        yield from (path for name in names if (path := Path(place, name)).is_file())


def _batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    size = 0
    for path in paths:
        batch.append(path)
        with suppress(OSError):
            size += path.stat().st_size
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _judge(paths: Sequence[Path]) -> list[Verdict]:
    """Judge a batch in a process of its own; when that dies, each file in one of its own."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.fidelity.examine"],
            input=json.dumps([str(path.absolute()) for path in paths]).encode(),
            capture_output=True,
            check=True,
            timeout=_SECONDS + _SECONDS_PER_FILE * len(paths),
        )
        return [Verdict(**item) for item in json.loads(answer.stdout)]
    except (subprocess.SubprocessError, ValueError) as error:
        if len(paths) == 1:
            return [_lost(paths[0], error)]
    return [verdict for path in paths for verdict in _judge([path])]


def _lost(path: Path, error: Exception) -> Verdict:
    said = getattr(error, "stderr", None) or b""
    lines = [str(error).splitlines()[0], *said.decode("utf-8", "replace").splitlines()[-1:]]
    return Verdict(str(path), "?", "failed", str(error), findings={"failed": lines})


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fidelity", description=__doc__)
    parser.add_argument("folder", type=Path, help="files to copy and write into")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if shutil.which("exiftool") is None:
        parser.error("the program exiftool is needed (https://exiftool.org)")
    if not options.folder.is_dir():
        parser.error(f"there is no folder {options.folder}")
    verdicts = run(options.folder, options.processes)
    show(verdicts)
    return 0 if is_clean(summary(verdicts)) else 1


if __name__ == "__main__":
    sys.exit(main())
