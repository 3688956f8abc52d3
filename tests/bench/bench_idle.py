# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What `phototagger watch` costs while nothing changes: CPU of one core over 30 s, 10,000 files."""

import json
import tempfile
import time
from pathlib import Path

import psutil

from tests.helpers.albums import draw_many
from tests.helpers.command import Running, phototagger

FILES = 10_000
SECONDS = 30


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        album, data = Path(name, "album"), Path(name, "data")
        draw_many(album, FILES)
        watch = Running("watch", album, "--json", data_dir=data)
        try:
            started = time.perf_counter()
            while indexed(data) < FILES:
                time.sleep(1)
            index_seconds = time.perf_counter() - started
            time.sleep(5)
            watched = psutil.Process(watch.process.pid)
            before = watched.cpu_times()
            time.sleep(SECONDS)
            after = watched.cpu_times()
            used = after.user + after.system - before.user - before.system
            result = {
                "files": FILES,
                "index_s": round(index_seconds, 1),
                "idle_cpu_percent": round(100 * used / SECONDS, 3),
                "memory_mb": watched.memory_info().rss // 10**6,
            }
        finally:
            watch.stop()
        print(json.dumps(result))


def indexed(data: Path) -> int:
    result = phototagger("status", "--json", data_dir=data)
    return int(result.records[0]["photos"]) if result.code == 0 and result.out else 0


if __name__ == "__main__":
    main()
