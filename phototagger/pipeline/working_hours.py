# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captioning only on mains power, only in some hours: when a person's settings let it work.

Folders stay watched, so new photos are found and wait. It is apart from a person's pause and from
one of the surroundings: photos go on when none of them holds.
"""

import threading
from collections.abc import Callable
from datetime import datetime, time

import psutil

from phototagger.events import Listener, WaitsFor, WorkWaits
from phototagger.pipeline.feeder import Feeder
from phototagger.settings import Settings, WorkSettings

_LOOK = 20.0  # seconds between two looks at the clock and the plug; psutil's takes under 1 ms
_HOLDER = "the working hours"


def on_mains() -> bool:
    """Whether this machine draws from the mains; True where it has no battery or does not say."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):  # psutil's on systems without such sensors
        return True
    return battery is None or battery.power_plugged is not False


def waits(settings: WorkSettings, now: time, *, plugged_in: bool) -> WorkWaits:
    """What captioning waits for at a time of day."""
    if settings.only_on_mains and not plugged_in:
        return WorkWaits(WaitsFor.MAINS)
    if not settings.hours:
        return WorkWaits()
    start, end = map(time.fromisoformat, settings.hours.split("-"))
    # From evening until morning is one night, and from eight until eight the whole day.
    within = start <= now < end if start < end else now >= start or now < end
    return WorkWaits() if within else WorkWaits(WaitsFor.HOURS, start)


class WorkingHours:
    """Holds a feeder back while the settings say so; safe to use from any thread.

    Args:
        settings: what a person chose, asked at each look.
        listener: told of each change.
        now: the time of day here.
        plugged_in: whether there is mains power.
    """

    def __init__(
        self,
        settings: Callable[[], Settings],
        listener: Listener,
        now: Callable[[], datetime] = datetime.now,
        plugged_in: Callable[[], bool] = on_mains,
    ) -> None:
        self._settings = settings
        self._tell = listener
        self._now = now
        self._plugged_in = plugged_in
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._look_now = threading.Event()
        self._feeder: Feeder | None = None
        self._waits = WorkWaits()
        self._thread = threading.Thread(target=self._watch, name="pt-hours")

    def start(self) -> None:
        """Look at once, and from then on."""
        self._look()
        self._thread.start()

    def rule(self, feeder: Feeder | None) -> None:
        """From now on this feeder is the one that may have to wait; None for none."""
        with self._lock:
            self._feeder = feeder
            if feeder and self._waits.waits_for:
                feeder.hold(_HOLDER)

    def look(self) -> None:
        """Look again soon: the settings have changed."""
        self._look_now.set()

    def stop(self) -> None:
        """End the looks; what waited waits no longer."""
        self._ended.set()
        self._look_now.set()
        if self._thread.is_alive():
            self._thread.join()
        self._turn_to(WorkWaits())

    def _watch(self) -> None:
        while True:
            self._look_now.wait(_LOOK)
            self._look_now.clear()
            if self._ended.is_set():
                return
            self._look()

    def _look(self) -> None:
        chosen = self._settings().working
        plugged_in = not chosen.only_on_mains or self._plugged_in()
        self._turn_to(waits(chosen, self._now().time(), plugged_in=plugged_in))

    def _turn_to(self, waits: WorkWaits) -> None:
        with self._lock:
            news, self._waits = waits != self._waits, waits
            if self._feeder:
                (self._feeder.hold if waits.waits_for else self._feeder.release)(_HOLDER)
        if news:
            self._tell(waits)
