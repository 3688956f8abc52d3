# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is logged goes to the log file, and nowhere else."""

import subprocess
import sys
from pathlib import Path

TALK = """
import logging, pathlib, sys
from phototagger.log import start_logging
for folder in sys.argv[1:]:
    start_logging(pathlib.Path(folder))
    logging.getLogger("phototagger.watching").info("ours in %s", folder)
    logging.getLogger("watchdog.observers").error("theirs in %s", folder)
    logging.getLogger("watchdog.observers").info("theirs, and nobody's business")
"""


def talk(*folders: Path) -> subprocess.CompletedProcess[str]:
    """Log in a process of its own: pytest has handlers of its own here."""
    return subprocess.run(
        [sys.executable, "-c", TALK, *map(str, folders)], capture_output=True, text=True, check=True
    )


def test_libraries_warn_in_the_log_and_not_on_the_terminal(tmp_path: Path) -> None:
    done = talk(tmp_path / "a", tmp_path / "b")
    assert done.stdout + done.stderr == ""
    for name in ("a", "b"):
        lines = (tmp_path / name / "phototagger.log").read_text().splitlines()
        assert [line.partition(": ")[2] for line in lines] == [
            f"{who} in {tmp_path / name}" for who in ("ours", "theirs")
        ]


def test_a_folder_that_cannot_be_made_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = talk(tmp_path / "file")
    assert done.stdout + done.stderr == ""
