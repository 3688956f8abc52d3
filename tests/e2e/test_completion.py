# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Tab in real shells, with the scripts that the installed program prints."""

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.helpers.command import PATIENCE, PROGRAM, phototagger

if sys.platform == "win32":
    pytest.skip("these shells are POSIX's", allow_module_level=True)

import pty

# A line, and what stands there after Tab, argument by argument.
LINES = [
    ("stat", ["status"]),
    ("folder remove HOME/my", ["folder", "remove", "HOME/my photos"]),
    ("tag som", ["tag", "some photo.jpg"]),
    ("tag 'som", ["tag", "some photo.jpg"]),
    ("watch pla", ["watch", "pla"]),
    ("search --saved=do", ["search", "--saved=dogs:beach"]),
    ("search --saved dogs:b", ["search", "--saved", "dogs:beach"]),
    ("export --format=j", ["export", "--format=json"]),
    ("--data-dir=HOME/al", ["--data-dir=HOME/albums"]),
]
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
BEFORE = {
    "bash": 'eval "$(phototagger completion bash)"',
    "zsh": "autoload -Uz compinit; compinit -u -D; bindkey -e; "
    'eval "$(phototagger completion zsh)"',
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a library, where `phototagger` is found by its name."""
    home = tmp_path / "home"
    for folder in ("my photos", "albums", "bin"):
        (home / folder).mkdir(parents=True)
    for file in ("some photo.jpg", "plain.jpg"):
        (home / file).touch()
    (home / "bin" / "phototagger").symlink_to(PROGRAM)
    data = home / ".local" / "share" / "PhotoTagger"
    if sys.platform == "darwin":
        data = home / "Library" / "Application Support" / "PhotoTagger"
    phototagger("folder", "add", home / "my photos", data_dir=data)
    phototagger("search", "--save", "dogs:beach", "dog", data_dir=data)
    return home


def surroundings(home: Path) -> dict[str, str]:
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    return {"HOME": str(home), "PATH": path, "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "ready> "}


class Typist:
    """A shell on a terminal, and somebody who types."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.chdir(home)
            os.execvpe(command[0], command, surroundings(home))
        self._shown = ""

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def wait_for(self, pattern: str) -> re.Match[str]:
        """What the screen shows next that matches."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self._shown)):
            assert time.monotonic() < end, self._shown
            if select.select([self._terminal], [], [], 0.1)[0]:
                self._shown += os.read(self._terminal, 1 << 16).decode("utf-8", "replace")
        self._shown = self._shown[found.end() :]
        return found

    def close(self) -> None:
        os.kill(self._process, 9)
        os.waitpid(self._process, 0)
        os.close(self._terminal)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_on_a_terminal(shell: str, home: Path) -> None:
    if shutil.which(shell) is None:
        missing(f"the shell {shell}")
    typist = Typist(START[shell], home)
    try:
        typist.wait_for("ready> ")
        typist.type(f"{BEFORE[shell]}; echo BE''GIN\n")
        typist.wait_for("BEGIN")
        for line, wanted in LINES:
            typist.wait_for("ready> ")
            # Tab; then, before the line, a command that prints it argument by argument.
            typist.type(f"phototagger {line.replace('HOME', str(home))}\t")
            typist.type("\x01printf '<%s>' \x05 END\n")
            found = typist.wait_for(r"<phototagger>([^\r\n]*)<END>")
            args = [arg.removesuffix("/") for arg in re.findall("<([^>]*)>", found[1])]
            assert args == [arg.replace("HOME", str(home)) for arg in wanted]
    finally:
        typist.close()


def test_tab_in_fish(home: Path) -> None:
    if shutil.which("fish") is None:
        missing("the shell fish")
    ask = "phototagger completion fish | source; for l in $argv; echo (complete -C $l); end"
    lines = [f"phototagger {line.replace('HOME', str(home))}" for line, _ in LINES]
    command = ["fish", "--no-config", "-c", ask, *lines]
    done = subprocess.run(
        command, cwd=home, env=surroundings(home), capture_output=True, text=True, check=True
    )
    offered = [line.split("\t")[0].removesuffix("/") for line in done.stdout.splitlines()]
    wanted = [line[-1].replace("HOME", str(home)) for _, line in LINES]
    wanted[4] = ""
    assert offered == wanted


def test_each_script_is_one_record_for_programs(tmp_path: Path) -> None:
    result = phototagger("completion", "bash", "--json", data_dir=tmp_path)
    (record,) = result.records
    assert record["shell"] == "bash"
    assert "_phototagger" in record["script"]
