# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How long a window takes from an input to the picture on the screen, input after input.

One frame is one input (a turn of the wheel, a letter, a pixel of another size) up to the end of
the paint that shows it, with everything else that the main thread did in between. A heart that
should beat every millisecond tells how long the main thread was away at the most.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

FRAME_S = 1 / 60
_SCHEDULED = Path("/proc/thread-self/schedstat")
_NO_PAINT_S = 0.05  # an input that changes nothing on the screen is no frame


@dataclass(slots=True)
class Frames:
    """What was measured, milliseconds.

    Attributes:
        wall: of each frame.
        cpu: of each frame, on the main thread's processor alone.
        gaps: between two beats of the main thread's heart.
        alone: of each frame, without the time in which the main thread could have run and every
            processor was busy with something else (Linux tells; elsewhere like `wall`).
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


class _Painted(QObject):
    """Notes when one of some widgets was painted."""

    def __init__(self, watched: Sequence[QWidget]) -> None:
        super().__init__()
        self.count = 0
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


class _Heart(QObject):
    def __init__(self, gaps: list[float]) -> None:
        super().__init__()
        self._gaps = gaps
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def _kept_waiting() -> float:
    """Seconds for which this thread was ready to run and had no processor, so far."""
    try:
        return int(_SCHEDULED.read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


def measure(painted: Sequence[QWidget], inputs: Iterator[Callable[[], object]]) -> Frames:
    """Give a window one input a frame, 60 a second or as fast as it goes.

    Args:
        painted: the widgets one of whose paints shows what the input did.
        inputs: each does something; they end when there are no more.
    """
    app = QApplication.instance()
    assert app is not None
    frames = Frames()
    watcher, heart = _Painted(painted), _Heart(frames.gaps)
    for act in inputs:
        waited, cpu, before = _kept_waiting(), time.thread_time(), watcher.count
        wall = time.perf_counter()
        act()
        while watcher.count == before and time.perf_counter() - wall < _NO_PAINT_S:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1)
        if watcher.count > before:
            # The paint event is over when `processEvents` is, with what came after it.
            took = time.perf_counter() - wall
            frames.wall.append(took * 1000)
            frames.alone.append((took - _kept_waiting() + waited) * 1000)
            frames.cpu.append((time.thread_time() - cpu) * 1000)
        while (left := wall + FRAME_S - time.perf_counter()) > 0:
            app.processEvents(
                QEventLoop.ProcessEventsFlag.WaitForMoreEvents, max(1, int(left * 1000))
            )
    heart.stop()
    return frames
