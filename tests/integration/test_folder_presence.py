# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is told of a watch folder that goes and comes, as disks do."""

import threading
from pathlib import Path

from phototagger.watching.watcher import FolderWatcher, Pace

_PATIENCE = 20.0


def test_an_empty_mount_point_is_no_folder_that_is_back(tmp_path: Path) -> None:
    root, away = tmp_path / "photos", tmp_path / "away"
    root.mkdir()
    (root / "a.jpg").write_bytes(b"1")
    told: list[str] = []
    rescans = threading.Semaphore(0)
    watcher = FolderWatcher(
        root,
        lambda _path: None,
        lambda text, _hint: told.append(text),
        on_rescan=rescans.release,
        pace=Pace(check=0.05),
    )
    watcher.start()
    try:
        root.rename(away)
        assert rescans.acquire(timeout=_PATIENCE)
        root.mkdir()
        assert rescans.acquire(timeout=_PATIENCE)
        assert len(told) == 1
        assert "not there" in told[0]
        root.rmdir()
        away.rename(root)
        while "is back" not in told[-1]:
            assert rescans.acquire(timeout=_PATIENCE), told
    finally:
        watcher.stop()
