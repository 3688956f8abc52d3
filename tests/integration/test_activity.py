# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Who captions, as another process reads it while one is at work."""

import subprocess
import sys
from pathlib import Path

import pytest

from phototagger.paths import DataPlaces
from phototagger.pipeline.activity import captioning

_HOLD = """
import sys
from pathlib import Path
from phototagger.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
assert lock.acquire()
lock.say(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("model", "scenes"), [("starter-vit-gpt2", True), ("one from a folder that is gone", False)]
)
def test_the_model_of_a_run_counts_while_it_runs(tmp_path: Path, model: str, scenes: bool) -> None:
    places = DataPlaces(tmp_path)
    command = [sys.executable, "-c", _HOLD, str(places.lock), model]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        now = captioning(places)
        assert (now.model, now.problem, now.known_scenes_only) == (model, "", scenes)
        other.communicate("")
    assert "No captioning model is installed" in captioning(places).problem
