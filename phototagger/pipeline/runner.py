# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The threads of the path: decode ahead, one model, one writer, bounded queues between them.

A photo's error marks that photo and the run goes on; an error of the surroundings (disk full,
library locked, model missing) puts the photo back and either pauses the run or ends it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, Queue

from phototagger.errors import ServiceError
from phototagger.events import CaptionWritten, Listener, ModelLoaded, PhotoFailed
from phototagger.inference.captioner import Captioner, StoppedError
from phototagger.photo import Caption, Captioned, Decoded, Photo
from phototagger.pipeline.failures import Failures, Verdict
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.pause import Pause
from phototagger.pipeline.stages import WriteOrder, caption_stage, decode_stage, write_stage
from phototagger.pipeline.stores import Stores

# A short batch is run when the next photo is this late (seconds): a slow RAW must not hold up
# the photos that are ready, and a model pass costs far more than the wait.
_BATCH_WAIT = 0.25
_WRITE_QUEUE = 8  # captions are small; enough to ride out one slow fsync (design section 7)
_REMEMBERED = 4096  # fingerprints of this run whose caption a copy may share
DECODERS = 2
"""Threads that decode ahead: two keep up with a model that captions 40 photos a second."""
_JOIN_SECONDS = 120.0  # the current batch on a slow CPU, at most


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A model that is loaded when the first photo needs it.

    Attributes:
        name: the model's name.
        revision: its revision.
        input_side: shortest side in pixels worth decoding for it.
        known_scenes_only: True for the starter models.
        load: loads it; may take a minute.
        batch: photos per forward pass to decode ahead for at first.
        stop: called when the run ends early; a captioner that waits for others then hurries.
        second: name and revision of the model that looks at each photo, too; None for none.
    """

    name: str
    revision: str
    input_side: int
    known_scenes_only: bool
    load: Callable[[], Captioner]
    batch: int
    stop: Callable[[], None] = lambda: None
    second: tuple[str, str] | None = None


class Runner:
    """Runs photos from a feeder to their written captions.

    Args:
        stores: the library.
        feeder: where photos come from.
        source: the model.
        order_for: how a photo's caption is written.
        listener: told of every fact; called on the thread where it happened.
        decoders: threads that decode ahead.
        idle_seconds: the model leaves memory after this long without work; None keeps it.
        end_on_service_error: True ends the run on an error of the surroundings (a command),
            False pauses and tries again (a watch).
        reuse: take what the model once said of the same image; False asks it again.
    """

    def __init__(
        self,
        stores: Stores,
        feeder: Feeder,
        source: ModelSource,
        order_for: Callable[[Photo], WriteOrder],
        listener: Listener,
        *,
        decoders: int = DECODERS,
        idle_seconds: float | None = 300.0,
        end_on_service_error: bool = False,
        reuse: bool = True,
    ) -> None:
        self.error: ServiceError | None = None
        self.busy_seconds = 0.0
        self._stores = stores
        self._feeder = feeder
        self._source = source
        self._order_for = order_for
        self._tell = listener
        self._idle_seconds = idle_seconds
        self._end_on_service_error = end_on_service_error
        self._reuse = reuse
        self._decoded: Queue[Decoded | None] = Queue(maxsize=2 * source.batch)
        self._captioned: Queue[Captioned | None] = Queue(maxsize=_WRITE_QUEUE)
        self._stopping = threading.Event()
        self._decoding = decoders
        self._lock = threading.Lock()
        self._failures = Failures(stores)
        self._pause = Pause(feeder, listener)
        self._shared: OrderedDict[str, Caption] = OrderedDict()
        self._threads = [
            *(
                threading.Thread(target=self._decode_loop, name=f"pt-decode-{i}")
                for i in range(decoders)
            ),
            threading.Thread(target=self._inference_loop, name="pt-inference"),
            threading.Thread(target=self._write_loop, name="pt-write"),
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> list[str]:
        """Finish the photos in the model's and the writer's hands, and end the threads.

        Returns:
            Names of threads that did not end in time.
        """
        self._stopping.set()
        self._source.stop()
        self._feeder.close()
        stuck = self.join(_JOIN_SECONDS)
        self._pause.close()
        return stuck

    def join(self, timeout: float | None = None) -> list[str]:
        """Wait for the threads of a run that ends by itself; names of those that did not."""
        deadline = None if timeout is None else time.monotonic() + timeout
        for thread in self._threads:
            thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return [thread.name for thread in self._threads if thread.is_alive()]

    # -- decode ---------------------------------------------------------------------------

    def _decode_loop(self) -> None:
        while photo := self._next():
            self._guard(photo, partial(self._decode, photo))
        with self._lock:
            self._decoding -= 1
            last = self._decoding == 0
        if last:
            self._decoded.put(None)

    def _next(self) -> Photo | None:
        while True:
            try:
                return self._feeder.next()
            except ServiceError as error:
                self._hold(error)

    def _decode(self, photo: Photo) -> None:
        if shared := self._shared_caption(photo):
            self._captioned.put(Captioned(photo, shared))
        else:
            self._decoded.put(decode_stage(photo, self._source.input_side))

    def _shared_caption(self, photo: Photo) -> Caption | None:
        """What this model, or these two, already said of another copy of the same picture."""
        if photo.fingerprint is None:
            return None
        with self._lock:
            if caption := self._shared.get(photo.fingerprint):
                return caption
        if not self._reuse:
            return None
        captions, source = self._stores.captions, self._source
        caption = captions.reuse(photo.fingerprint, source.name, source.revision)
        if caption is None or source.second is None:
            return caption
        # One model's words alone are half of what a photo shall have: then both look.
        second = captions.reuse(photo.fingerprint, *source.second)
        return replace(caption, second=second) if second is not None else None

    # -- inference ------------------------------------------------------------------------

    def _inference_loop(self) -> None:
        captioner: Captioner | None = None
        ended = False
        while not ended:
            try:
                first = self._decoded.get(timeout=self._idle_seconds)
            except Empty:
                _unload(captioner)
                captioner = None
                continue
            if first is None:
                break
            if self._stopping.is_set():
                self._feeder.give_back(first.photo.id)
                continue
            try:
                captioner = captioner or self._load()
            except Exception as error:  # the photo goes back or fails, the thread goes on
                self._fail(first.photo, error)
                continue
            # Batches grow where that is faster, and so does what is decoded ahead of them.
            self._decoded.maxsize = max(self._decoded.maxsize, 2 * captioner.batch)
            batch, ended = self._collect(first, captioner.batch)
            self._caption(captioner, batch)
        _unload(captioner)
        self._captioned.put(None)

    def _load(self) -> Captioner:
        captioner = self._source.load()
        self._tell(ModelLoaded(self._source.name, captioner.device, self._source.known_scenes_only))
        return captioner

    def _collect(self, first: Decoded, size: int) -> tuple[list[Decoded], bool]:
        """A batch, and whether the end of the run was seen while it was collected."""
        batch = [first]
        deadline = time.monotonic() + _BATCH_WAIT
        while len(batch) < size:
            try:
                item = self._decoded.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _caption(self, captioner: Captioner, batch: list[Decoded]) -> None:
        """Caption a batch; copies of one picture, here or before, share one pass."""
        unique: dict[str, Decoded] = {}
        copies: list[Decoded] = []
        for item in batch:
            key = item.photo.fingerprint or f"photo {item.photo.id}"
            if key in self._shared or unique.setdefault(key, item) is not item:
                copies.append(item)
        for answer in self._run_model(captioner, list(unique.values())):
            if isinstance(answer, Captioned):
                self._remember(answer)
                self._captioned.put(answer)
            else:
                self._fail(*answer)
        for item in copies:
            with self._lock:
                shared = self._shared.get(item.photo.fingerprint or "")
            if shared:
                self._captioned.put(Captioned(item.photo, shared))
            else:
                self._feeder.give_back(item.photo.id)

    def _run_model(
        self, captioner: Captioner, batch: list[Decoded]
    ) -> Sequence[Captioned | tuple[Photo, Exception]]:
        """One answer per picture; when the model itself fails, its error for each of them."""
        started = time.perf_counter()
        try:
            return caption_stage(captioner, batch) if batch else ()
        except Exception as error:
            return [(item.photo, error) for item in batch]
        finally:
            self.busy_seconds += time.perf_counter() - started

    def _remember(self, captioned: Captioned) -> None:
        if captioned.photo.fingerprint:
            with self._lock:
                self._shared[captioned.photo.fingerprint] = captioned.caption
                if len(self._shared) > _REMEMBERED:
                    self._shared.popitem(last=False)

    # -- write ----------------------------------------------------------------------------

    def _write_loop(self) -> None:
        while captioned := self._captioned.get():
            self._guard(captioned.photo, partial(self._write, captioned))

    def _write(self, captioned: Captioned) -> None:
        photo = captioned.photo
        written, status = write_stage(captioned, self._stores, self._order_for(photo))
        self._failures.forget(photo)
        self._feeder.done()
        self._pause.note_success()
        self._tell(CaptionWritten(photo, captioned.caption, written, status))

    # -- errors ---------------------------------------------------------------------------

    def _guard(self, photo: Photo, work: Callable[[], None]) -> None:
        """The one place where a photo's error is kept from the other photos."""
        try:
            work()
        except Exception as error:
            self._fail(photo, error)

    def _fail(self, photo: Photo, error: Exception) -> None:
        """Record what went wrong with a photo, or pause if the surroundings are at fault."""
        try:
            verdict = self._failures.settle(photo, error)
        except ServiceError as worse:  # the library itself cannot be written
            verdict = Verdict(worse, again=True)
        if verdict.again:
            self._feeder.give_back(photo.id)
        else:
            self._feeder.done()
        if isinstance(verdict.error, ServiceError):
            self._hold(verdict.error)
        elif verdict.error is not None:
            self._tell(PhotoFailed(photo.path, verdict.error))

    def _hold(self, error: ServiceError) -> None:
        if isinstance(error, StoppedError):
            return
        if not self._end_on_service_error:
            self._pause.begin(error)
            return
        self.error = self.error or error
        self._stopping.set()
        self._feeder.close()


def _unload(captioner: Captioner | None) -> None:
    if captioner is not None:
        captioner.close()
