# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How smooth the window is at 250,000 photos while thumbnails load and a model captions.

    make bench-window [PHOTOS=250000]

The window is real, without a screen: it scrolls line by line and by leaps, searches as letters
are typed, and is resized. The library is made of recombined captions once (1 ms of processor a
photo) and kept in the system's temporary folder; a hundred drawn photos of 12 megapixels stand
for the files of all, each under its own fingerprint, so that each thumbnail is made once, as
when a person scrolls through a new library. The last line is JSON. Times are wall-clock unless
they say `cpu` (the main thread's processor time) or `alone` (without the time in which that
thread could have run and other programs had every processor); `quiet_` is without the model.
The model steps back while the window is used, as always (`phototagger.courtesy`);
`captioned_meanwhile` counts what it captioned all the same.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import big_library
from tests.bench.bench_search import percentile

_PICTURES = 100
_FRAMES = int(os.environ.get("FRAMES", 400))  # of each kind
_TYPED = "dog beach boat red car snow woman dog".split()
_START = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from phototagger.gui import theme
from phototagger.gui.bridge import Bridge
from phototagger.gui.main_window import MainWindow
from phototagger.gui.window_state import WindowState
from phototagger.paths import DataPlaces
app = QApplication([])
theme.apply(app)
places = DataPlaces(Path(sys.argv[1]))
window = MainWindow(Bridge(places), WindowState(places))
window.resize(1280, 800)
window.show()
model = window.grid.model
while not any(model.card(model.id_at(row)) for row in range(min(9, model.rowCount()))):
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
window.grab()
print("shown", flush=True)
sys.stdin.readline()
os._exit(0)
"""


def drawn_photos(folder: Path) -> list[Path]:
    """Photos of 12 megapixels as cameras make them, drawn once."""
    from tests.helpers.images import detailed, encoded

    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.jpg" for number in range(_PICTURES)]
    for number, path in enumerate(paths):
        if not path.exists():
            picture = detailed(400, 300, seed=number).resize((4000, 3000))
            path.write_bytes(encoded(picture, "JPEG", quality=90))
    return paths


def data_folder(library: Path) -> Path:
    """A data folder with the library in it and no thumbnails."""
    home = library.parent / f"window-{library.stem}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / "library.sqlite").symlink_to(library)
    from phototagger.library.journal import Journal

    Journal(home / "journal.sqlite").close()
    return home


class StandIn:
    """Gives drawn photos for those of the made-up library."""

    def __init__(self, folder: Path, photos: list[Path]) -> None:
        from phototagger.imaging.thumbnails import Thumbnails

        self._real = Thumbnails(folder)
        self._photos = photos
        self.made = 0

    def get(self, path: Path, fingerprint: str, box: tuple[int, int], *, crop: float) -> Any:
        self.made += 1
        photo = self._photos[hash(path) % len(self._photos)]
        return self._real.get(photo, fingerprint, box, crop=crop)


class BusyModel:
    """A model that captions on the CPU, on a thread of its own, until it is stopped."""

    def __init__(self, photos: list[Path]) -> None:
        self._photos = photos
        self._stop = threading.Event()
        self.loaded = threading.Event()
        self.captioned = 0
        self._thread = threading.Thread(target=self._work, name="pt-inference")
        self._thread.start()

    def _work(self) -> None:
        from phototagger.gui.priority import give_way
        from phototagger.imaging.decode import decode
        from phototagger.inference import catalogue, transformers_captioner

        give_way()  # as the watch does
        from phototagger.paths import starter_models_dir

        name = os.environ.get("MODEL", "starter-vit-gpt2")
        with tempfile.TemporaryDirectory() as folder:
            model = catalogue.find(name, Path(folder), starter_models_dir())
            captioner = transformers_captioner.load(model, device="auto", batch=0)
            for number in itertools.count():
                if self._stop.is_set():
                    return
                path = self._photos[number % len(self._photos)]
                captioner.caption([decode(path, captioner.input_side)] * captioner.batch)
                self.captioned += captioner.batch
                self.loaded.set()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


def scrolling(grid: Any) -> Iterator[Callable[[], object]]:
    """Line by line as with a wheel, faster and faster, and by leaps."""
    bar, chance = grid._view.verticalScrollBar(), random.Random(1)
    place = 0
    for number in range(_FRAMES):
        if number % 100 == 99:
            place = chance.randrange(bar.maximum())
        else:
            place = min(place + (15 + number % 100 * 2), bar.maximum())
        yield lambda place=place: bar.setValue(place)


def typing(window: Any) -> Iterator[Callable[[], object]]:
    """Letters at the pace of a fast typist, in the search box; then the box is emptied."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    box = window.search.findChild(QLineEdit)
    box.setFocus()

    def blink() -> None:
        box.update()  # as the caret does

    for word in _TYPED:
        for letter in word:
            yield lambda letter=letter: QTest.keyClick(box, letter)
            for _ in range(6):
                yield blink
        for _ in word:
            yield lambda: QTest.keyClick(box, Qt.Key.Key_Backspace)


def resizing(window: Any) -> Iterator[Callable[[], object]]:
    """Wider and narrower by some pixels a frame, as an edge is dragged."""
    widths = [*range(1100, 1700, 6), *range(1700, 1100, -6)]
    for number in range(_FRAMES):
        width = widths[number % len(widths)]
        yield lambda width=width: window.resize(width, 800)


def start_seconds(home: Path) -> float:
    """From the start of a process to a screen full of photos, the median of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        command = [sys.executable, "-c", _START, str(home)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, **pipes) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "shown\n"
            times.append(time.perf_counter() - start)
            assert process.stdin is not None
            process.stdin.close()
    return sorted(times)[2]


def summed(name: str, frames: Any) -> dict[str, float]:
    """A phase's numbers, by its name."""
    return {
        f"{name}_p95_ms": percentile(frames.wall, 95),
        f"{name}_p99_ms": percentile(frames.wall, 99),
        f"{name}_alone_p95_ms": percentile(frames.alone, 95),
        f"{name}_alone_p99_ms": percentile(frames.alone, 99),
        f"{name}_cpu_p95_ms": percentile(frames.cpu, 95),
        f"{name}_cpu_p99_ms": percentile(frames.cpu, 99),
        f"{name}_longest_gap_ms": max(frames.gaps),
    }


def session(home: Path, photos: list[Path]) -> dict[str, float]:
    """Everything that is measured in one window."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    from phototagger.gui import theme
    from phototagger.gui.bridge import Bridge
    from phototagger.gui.main_window import MainWindow
    from phototagger.gui.memory import keep_memory
    from phototagger.gui.priority import take_short_turns
    from phototagger.gui.window_state import WindowState
    from phototagger.paths import DataPlaces
    from tests.bench.window_frames import Frames, measure

    take_short_turns()  # as the program does
    keep_memory()
    app = QApplication([])
    theme.apply(app)
    places = DataPlaces(home)
    bridge = Bridge(places)
    window = MainWindow(bridge, WindowState(places))
    grid = window.grid
    stand_in = StandIn(home / "thumbnails", photos)
    grid._loader._thumbnails = stand_in  # type: ignore[assignment]
    window.resize(1280, 800)
    window.show()
    process = psutil.Process()
    found: dict[str, float] = {}

    def settle(until: Callable[[], bool]) -> None:
        while not until():
            app.processEvents()
            time.sleep(0.005)  # a processor is left to the model

    def run(prefix: str) -> Frames:
        together = Frames()
        painted = [grid._view.viewport(), window.search.findChild(QLineEdit)]
        for name, inputs in (
            ("scroll", scrolling(grid)),
            ("resize", resizing(window)),
            ("type", typing(window)),
        ):
            if name == "scroll":
                grid.show_all()
                settle(lambda: grid.model.rowCount() > 1_000)
            frames = measure(painted, inputs)
            found.update(summed(f"{prefix}{name}", frames))
            together.wall += frames.wall
            together.cpu += frames.cpu
            together.alone += frames.alone
            together.gaps += frames.gaps
        return together

    quiet = run("quiet_")
    found["memory_mb"] = process.memory_info().rss / 1e6
    model = BusyModel(photos)
    settle(model.loaded.is_set)
    before, made = model.captioned, stand_in.made
    busy = run("")
    found |= {
        "frame_p95_ms": percentile(busy.wall, 95),
        "frame_p99_ms": percentile(busy.wall, 99),
        "frame_alone_p95_ms": percentile(busy.alone, 95),
        "frame_alone_p99_ms": percentile(busy.alone, 99),
        "frame_cpu_p95_ms": percentile(busy.cpu, 95),
        "frame_cpu_p99_ms": percentile(busy.cpu, 99),
        "longest_gap_ms": max(busy.gaps),
        "gap_p99_ms": percentile(busy.gaps, 99),
        "quiet_frame_p95_ms": percentile(quiet.wall, 95),
        "quiet_frame_p99_ms": percentile(quiet.wall, 99),
        "frames": len(busy.wall),
        "captioned_meanwhile": model.captioned - before,
        "thumbnails_meanwhile": stand_in.made - made,
    }
    model.stop()
    window.close_panels()
    grid.close_loader()
    bridge.close()
    return found


def main() -> None:
    """Make the library where it is not there, measure, print."""
    parser = argparse.ArgumentParser()
    photos = int(os.environ.get("PHOTOS", 250_000))
    parser.add_argument("--photos", type=int, default=photos)
    photos = parser.parse_args().photos
    path, _ = big_library.made(photos)
    home = data_folder(path)
    drawn = drawn_photos(path.parent / "pictures")
    summary: dict[str, object] = {"bench": "window", "photos": photos}
    summary["start_s"] = start_seconds(home)
    summary |= session(home, drawn)
    summary["load"] = os.getloadavg()[0]
    rounded = {k: round(v, 2) if isinstance(v, float) else v for k, v in summary.items()}
    print(json.dumps(rounded))


if __name__ == "__main__":
    main()
