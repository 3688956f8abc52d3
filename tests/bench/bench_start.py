# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How long the command line takes to start: its import, and a search on 100,000 photos.

Medians of whole processes, interleaved with a bare `python -c pass`, which is the floor.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from phototagger.library.commit import finish
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore
from phototagger.photo import Caption, FileStat, Origin, PhotoStatus, Target, Written
from tests.helpers.command import PROGRAM

ROUNDS = 15
PHOTOS = 100_000
THINGS = "dog cat boat car house tree child horse bird kite bicycle cake train bench clock".split()
PLACES = "beach garden street kitchen lake mountain park station forest harbour".split()
SIGHTS = "running sleeping waiting standing playing shining falling resting turning moving".split()


def fill(path: Path) -> None:
    """A library of `PHOTOS` captioned photos, most captions different."""
    library = Library(path)
    photos = PhotoStore(library)
    with library.write():
        for n in range(PHOTOS):
            words = THINGS[n % 15], SIGHTS[n // 15 % 10], PLACES[n // 150 % 10], THINGS[n // 7 % 15]
            text = "A {} {} near the {} with a {} {}".format(*words, n)
            stat = FileStat(1000 + n, 1_500_000_000_000_000_000 + n * 10**12, n, 1, n + 1)
            photo = photos.add(Path(f"/photos/{n // 1000:04}/IMG_{n:06}.jpg"), stat)
            caption = Caption(text, Origin.AI, "model", "1", 0.9)
            written = Written(Target.EMBEDDED, (), "", stat)
            finish(library, photo.id, caption, written, PhotoStatus.CAPTIONED)
    library.close()


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        print(f"building a library of {PHOTOS} photos ...", flush=True)
        fill(data / "library.sqlite")
        search = [PROGRAM, "--data-dir", folder, "search", "--limit", "20"]
        commands = {
            "floor_s": [sys.executable, "-c", "pass"],
            "import_cli_s": [sys.executable, "-c", "import phototagger.cli.main"],
            "search_words_s": [*search, "dog", "beach"],
            "search_prefix_s": [*search, "d"],
            "search_phrase_s": [*search, '"bird waiting"'],
            "search_newest_s": [*search, "--sort", "date", "kite", "-cake"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
        medians = {name: round(statistics.median(values), 3) for name, values in times.items()}
        size = os.stat(data / "library.sqlite").st_size  # noqa: PTH116 - one number
        print(json.dumps({"photos": PHOTOS, "library_mb": size // 10**6} | medians))


if __name__ == "__main__":
    main()
