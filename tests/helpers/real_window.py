# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program with its window on a screen in memory, and somebody who types on it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from phototagger.paths import DataPlaces
from phototagger.pipeline.finder import has_library, reading
from phototagger.pipeline.stores import Stores
from tests.conftest import missing

PROGRAM = Path(sys.executable).with_name("phototagger")
PATIENCE = 300.0  # seconds; a model loads within that on a slow machine under load

# Seconds for what a key did to show; people wait longer before they press the next.
_LOOK = 1.5

# How long a key may take before a person presses it again, and how often they do.
_ANSWER = 30.0
_TRIES = 5

# How a mouse moves: in so many steps, each so many seconds long.
_STEPS = 20
_STEP = 0.05

CHOOSER = "Choose a folder with photos"
"""The title of the dialog that asks for a folder."""


def wait_for(what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it did not become so in time.
    """
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@contextmanager
def screen(size: str = "1400x900x24") -> Iterator[str]:
    """The name of a display that nobody sees."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            missing(f"the program {tool}")
    read, write = os.pipe()
    # Without -noreset a screen starts anew when its last program leaves, which may be the one that
    # looks for a window, and turns those away that come meanwhile.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class RealWindow:
    """A running window.

    Args:
        display: from `screen`.
        places: its data folder.
        arguments: after `phototagger gui`.
    """

    def __init__(self, display: str, places: DataPlaces, *arguments: str | Path) -> None:
        self._places = places
        self._environment = _environment(display)
        self.process = self.started_beside(display, places, *arguments)
        wait_for(lambda: self.is_open() or self.process.poll() is not None)
        assert self.process.poll() is None, self.process.communicate()[0]
        self.go_to()

    @staticmethod
    def started_beside(
        display: str, places: DataPlaces, *arguments: str | Path
    ) -> "subprocess.Popen[str]":
        """The program started, whether it opens a window or not."""
        return subprocess.Popen(
            [PROGRAM, "--data-dir", places.root, "gui", *arguments],
            env=_environment(display),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def is_open(self, title: str = "PhotoTagger") -> bool:
        """Whether a window with a title, or one that begins so, is on the screen."""
        return bool(self._window(title))

    def go_to(self, title: str = "PhotoTagger") -> None:
        """Give a window the keyboard once it is there: nobody manages windows here."""
        wait_for(lambda: self._has_keyboard(title))

    def _has_keyboard(self, title: str) -> bool:
        window = self._window(title)
        if not window:
            return False
        # A window that goes away this moment is no error; it may also be taken from us again.
        self._tool("windowfocus", window, check=False)
        return self._tool("getwindowfocus", "-f", check=False).strip() == window

    def add_folder(self, path: Path, key: str = "ctrl+o") -> None:
        """Choose a folder in the dialog that a key opens, and wait until it is closed.

        A key that nothing came of is pressed again, but only while it can do nothing else: the
        dialog leaves no key to the window behind it.
        """
        for _ in range(_TRIES):
            self.key(key)
            if happens(lambda: self.is_open(CHOOSER)):
                break
        self.go_to(CHOOSER)
        for _ in range(_TRIES):
            self.key("ctrl+a")
            self.type(str(path))
            self.key("Return")
            if happens(lambda: not self.is_open(CHOOSER)):
                return
            self.go_to(CHOOSER)
        raise AssertionError("the dialog stays open")

    def key(self, *keys: str) -> None:
        """Press keys one after the other, such as `ctrl+f`."""
        self._tool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type some text."""
        self._tool("type", "--delay", "30", text)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the mouse at one place of the screen, and let go at another."""
        self._tool("mousemove", *map(str, start))
        self._tool("mousedown", "1")
        for step in range(1, _STEPS + 1):
            way = [a + (b - a) * step // _STEPS for a, b in zip(start, end, strict=True)]
            self._tool("mousemove", *map(str, way))
            time.sleep(_STEP)
        time.sleep(_LOOK)
        self._tool("mouseup", "1")

    @contextmanager
    def beside(self, *arguments: str | Path) -> Iterator[Path]:
        """Another program with a window on the same screen, while the `with` lasts.

        Args:
            arguments: after `python`.

        Returns:
            The file that has what it printed.
        """
        printed = self._places.root / "beside.txt"
        with printed.open("w") as output:
            other = subprocess.Popen(
                [sys.executable, *arguments], env=self._environment, stdout=output
            )
        try:
            yield printed
        finally:
            other.kill()
            other.wait()

    def pause(self) -> None:
        """Look at the screen for a moment, as a person does between two keys."""
        time.sleep(_LOOK)

    def ask(self, question: "Callable[[Stores], object]") -> object:
        """Ask the library, as another program would."""
        if not has_library(self._places):
            return None
        with reading(self._places) as stores:
            return question(stores)

    def picture(self, file: Path) -> None:
        """Keep what the screen shows."""
        subprocess.run(["import", "-window", "root", str(file)], env=self._environment, check=True)

    def quit(self) -> str:
        """Quit by its key and wait until the program has ended well; what it printed.

        Pressed again when nothing came of it, which does nothing to a program that is ending.
        """
        for _ in range(_TRIES):
            if self._has_keyboard("PhotoTagger"):
                self._tool("key", "ctrl+q", check=False)
            if happens(lambda: self.process.poll() is not None):
                break
        return self.end()

    def end(self, patience: float = PATIENCE) -> str:
        """Wait until the program has ended well; what it printed."""
        try:
            printed, _ = self.process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # its report tells what each thread is doing
            printed, _ = self.process.communicate()
            reports = [file.read_text("utf-8", "replace") for file in self._places.logs.iterdir()]
            raise AssertionError("\n".join([printed, *reports])) from None
        assert self.process.returncode == 0, printed
        return printed

    def kill(self) -> None:
        """End it, however it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def _window(self, title: str) -> str:
        """The newest window whose title begins so, "" for none."""
        found = self._tool("search", "--onlyvisible", "--name", f"^{title}", check=False)
        return found.split()[-1] if found.split() else ""

    def _tool(self, *arguments: str, check: bool = True) -> str:
        """What xdotool prints."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            check=check,
            capture_output=True,
            text=True,
        )
        return done.stdout


def happens(what: Callable[[], object]) -> bool:
    """Whether something is so before a person loses patience."""
    try:
        wait_for(what, _ANSWER)
    except AssertionError:
        return False
    return True


def _environment(display: str) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return environment | {"DISPLAY": display, "HF_HUB_OFFLINE": "1", "QT_QPA_PLATFORM": "xcb"}
