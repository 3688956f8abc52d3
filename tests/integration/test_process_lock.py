# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import os
import subprocess
import sys
from pathlib import Path

import pytest

from phototagger.errors import PhotoTaggerError
from phototagger.process_lock import ProcessLock

_HOLD = """
import sys
from pathlib import Path
from phototagger.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
assert lock.acquire()
lock.say("a-model")
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "data" / "tagging.lock"
    first, second = ProcessLock(path), ProcessLock(path)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert second.holder() == os.getpid()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "tagging.lock"
    mine = ProcessLock(path)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert not mine.acquire()
        assert mine.holder() == other.pid
        assert mine.others_say() == "a-model"
        assert not mine.acquire()
        other.kill()
    assert mine.others_say() == ""
    assert mine.acquire()
    assert mine.holder() == os.getpid()
    mine.say("mine")
    assert ProcessLock(path).others_say() == ""
    mine.release()


def test_nobody_held_it_yet(tmp_path: Path) -> None:
    assert ProcessLock(tmp_path / "tagging.lock").holder() is None
    assert ProcessLock(tmp_path / "tagging.lock").others_say() == ""


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(PhotoTaggerError):
        ProcessLock(tmp_path).acquire()
