# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Runs photos through the real path: real files, real library, a captioner of the test's."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image

from phototagger.events import CaptionWritten, Event, PhotoFailed
from phototagger.inference.captioner import Captioner
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.runner import Runner
from phototagger.pipeline.stages import WriteOrder
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.surroundings import Surroundings
from phototagger.pipeline.watch_loop import WatchLoop
from phototagger.settings import WatchSettings, WritePolicy
from phototagger.watching.watcher import Pace
from tests.helpers.fake_captioner import source_for


class Told:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def captioned(self) -> dict[Path, CaptionWritten]:
        return {e.photo.path: e for e in self.events if isinstance(e, CaptionWritten)}

    def failed(self) -> dict[Path, PhotoFailed]:
        return {e.path: e for e in self.events if isinstance(e, PhotoFailed)}


def draw(path: Path, colour: tuple[int, int, int] = (200, 30, 30), size: int = 64) -> Path:
    """A one-coloured picture; the format follows the extension."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (size, size), colour).save(path)
    return path


def run_photos(
    stores: Stores,
    paths: Iterable[Path],
    captioner: Captioner,
    *,
    policy: WritePolicy | None = None,
    threshold: float = 0.0,
    told: Told | None = None,
    batch: str = "a test",
    second: tuple[str, str] | None = None,
) -> Told:
    """Take in photos and run them to their end; returns what was told."""
    told = told or Told()
    ids = [take_in(path, stores).id for path in paths]
    order = WriteOrder(policy or WritePolicy(), threshold, batch)
    runner = Runner(
        stores,
        Feeder(stores.photos, 4, ids),
        replace(source_for(captioner), second=second),
        lambda _photo: order,
        told,
        end_on_service_error=True,
    )
    runner.start()
    stuck = runner.join(60)
    assert not stuck
    if runner.error:
        raise runner.error
    return told


@contextmanager
def watching(
    stores: Stores,
    captioner: Captioner,
    told: Told,
    settings: WatchSettings | None = None,
    pace: Pace | None = None,
) -> Iterator[WatchLoop]:
    """A watch of every folder of the library, as the service runs it."""
    feeder = Feeder(stores.photos, 4)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    around = Surroundings(stores, told)
    runner = Runner(stores, feeder, source_for(captioner), lambda _photo: order, around.tell)
    loop = WatchLoop(
        stores,
        settings or WatchSettings(),
        around.tell,
        feeder.wake,
        pace,
        look_around=around.look,
    )
    runner.start()
    loop.start()
    try:
        yield loop
    finally:
        loop.stop()
        assert runner.stop() == []


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that another thread brings about."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
