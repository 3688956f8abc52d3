# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One run of the demo: pictures are drawn into a folder while a watch captions them."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from phototagger.cli.output import Output
from phototagger.cli.progress import Progress
from phototagger.demo.library import make_demo_library
from phototagger.errors import PhotoTaggerError, from_os_error
from phototagger.events import CaptionWritten, Event, Listener, ModelLoaded, Notice, PhotoFailed
from phototagger.paths import DataPlaces
from phototagger.photo import PhotoStatus
from phototagger.pipeline.service import Service

# How long (seconds) nothing at all may happen before the demo gives up on the missing photos:
# longer than the slowest step, loading the model on a cold disk.
_PATIENCE = 120.0


@dataclass(slots=True)
class DemoResult:
    """What a run of the demo came to.

    Attributes:
        truth: every picture drawn, and the caption it should get.
        captioned: what happened to each captioned picture.
        failed: what went wrong with each of the others.
        device: what the model ran on, in words.
    """

    truth: dict[Path, str] = field(default_factory=dict)
    captioned: dict[Path, CaptionWritten] = field(default_factory=dict)
    failed: dict[Path, PhotoFailed] = field(default_factory=dict)
    device: str = ""

    @property
    def exact(self) -> int:
        """How many captions are equal to the true one."""
        return sum(map(self.is_exact, self.captioned))

    def is_exact(self, path: Path) -> bool:
        """Whether the caption of a captioned picture is the true one."""
        return self.captioned[path].caption.text == self.truth.get(path)

    @property
    def waiting(self) -> list[Path]:
        """The pictures whose captions wait for review and are not written."""
        review = PhotoStatus.REVIEW
        return [path for path, event in self.captioned.items() if event.status is review]

    @property
    def done(self) -> int:
        """How many pictures are through; one that failed half drawn is captioned later."""
        return len(self.captioned.keys() | self.failed.keys())


class DemoRun:
    """Draws, watches and waits.

    Args:
        folder: the empty folder to draw into and to watch.
        places: the demo's own library.
        model: name of the model.
        count: pictures to draw.
        seed: which pictures.
    """

    def __init__(
        self, folder: Path, places: DataPlaces, *, model: str, count: int, seed: int
    ) -> None:
        self.result = DemoResult()
        self._folder = folder
        self._places = places
        self._model = model
        self._count = count
        self._seed = seed
        self._changed = threading.Condition()
        self._broken: PhotoTaggerError | None = None

    def run(self, out: Output, stop: threading.Event, progress: Progress) -> None:
        """Draw every picture and wait until each is captioned, or until `stop` is set.

        Raises:
            PhotoTaggerError: the watch could not go on.
        """
        ended = threading.Event()
        listener = self._listener(out, progress)
        watch = threading.Thread(target=self._watch, args=(listener, ended), name="pt-demo-watch")
        watch.start()
        try:
            self._draw(stop, progress)
            self._wait(stop)
        finally:
            ended.set()
            watch.join()
        if self._broken:
            raise self._broken

    def _watch(self, listener: Listener, ended: threading.Event) -> None:
        try:
            service = Service(self._places, listener)
            try:
                service.watch_also(self._folder)
                service.watch(ended, model_name=self._model)
            finally:
                service.close()
        except PhotoTaggerError as error:
            self._broken = error
        finally:
            with self._changed:
                self._changed.notify_all()

    def _draw(self, stop: threading.Event, progress: Progress) -> None:
        drawn = make_demo_library(self._folder, count=self._count, seed=self._seed)
        try:
            for picture in drawn:
                self.result.truth[picture.path] = picture.caption
                progress.show("Drawing", len(self.result.truth), self._count)
                if stop.is_set() or self._broken:
                    return
        except OSError as error:
            raise from_os_error(error, self._folder, "write") from error

    def _wait(self, stop: threading.Event) -> None:
        with self._changed:
            while not (stop.is_set() or self._broken):
                before = self.result.done
                if before >= self._count:
                    return
                # Short waits let a signal through; patience counts from the last news.
                for _ in range(int(_PATIENCE)):
                    if self._changed.wait(1.0) or stop.is_set():
                        break
                else:
                    return

    def _listener(self, out: Output, progress: Progress) -> Listener:
        def tell(event: Event) -> None:
            match event:
                case CaptionWritten():
                    self.result.captioned[event.photo.path] = event
                case PhotoFailed():
                    self.result.failed[event.path] = event
                case ModelLoaded(_, device, _):
                    self.result.device = device
                case Notice(text, hint):
                    out.note(f"{text}. {hint}" if hint else text)
            progress.show("Captioning", self.result.done, self._count)
            with self._changed:
                self._changed.notify_all()

        return tell
