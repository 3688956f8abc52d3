# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the database says, as people should hear it."""

import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from phototagger.errors import DiskFullError, LibraryError, PhotoTaggerError
from phototagger.library.faults import converted


@pytest.mark.parametrize(("free", "kind"), [(0, DiskFullError), (4096, LibraryError)])
def test_a_disk_that_fails_for_want_of_room_is_full(
    free: int, kind: type[PhotoTaggerError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with (
        pytest.raises(PhotoTaggerError) as caught,
        converted(tmp_path / "library.sqlite", "library", "Move it away."),
    ):
        raise error
    assert type(caught.value) is kind
