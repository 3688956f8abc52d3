# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Run a captioning model through transformers.

One implementation for every architecture in the table: batches in, captions out, in order, with
fewer at a time when memory runs out. How a model gets into memory is in `parts`.
"""

import gc
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import torch
from numpy.typing import NDArray

from phototagger.errors import CaptionError, ModelError
from phototagger.inference.batch_size import BatchSize
from phototagger.inference.captioner import Captioner, OutOfMemoryError
from phototagger.inference.catalogue import InstalledModel, refuse_other_purposes
from phototagger.inference.confidence import confidence
from phototagger.inference.decoding.library import LibraryWriter
from phototagger.inference.decoding.matrices import eight_bit_is_faster
from phototagger.inference.decoding.writer import Writer, writer_for
from phototagger.inference.device import (
    Device,
    choose_device,
    is_out_of_memory,
    release_memory,
)
from phototagger.inference.parts import Parts, first_line, read_parts
from phototagger.inference.pictures import as_array, as_tensor
from phototagger.inference.precision import is_small, reduces
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.wording import clean_caption, repeated_share
from phototagger.photo import Caption, Origin, Pixels
from phototagger.settings import Precision

_log = logging.getLogger("phototagger.inference")
_CPU = torch.device("cpu")
_ALL_THREADS = torch.get_num_threads()  # before any model changed it: one per core


def load(
    model: InstalledModel,
    *,
    device: str = "auto",
    batch: int = 0,
    threads: int | None = None,
    precision: Precision = Precision.FULL,
) -> Captioner:
    """Load a model into memory; takes seconds.

    Args:
        model: what to load.
        device: `auto`, `cuda`, `cuda:N`, `mps` or `cpu`.
        batch: photos per forward pass, 0 for what proves fastest.
        threads: CPU threads, None for what suits the model: one per core, or one for a small one.
        precision: whether weights are rounded to 8 bits; `auto` asks this machine what is faster.

    Raises:
        ModelError: the model is damaged, unsafe, cannot caption, or does not fit.
    """
    refuse_other_purposes(model)
    chosen = choose_device(device, threads or _suitable_threads(model))
    reduced = chosen.torch == _CPU and reduces(model, precision, eight_bit_is_faster)
    size = BatchSize(batch, batch) if batch else BatchSize(chosen.batch, chosen.largest_batch)
    return TransformersCaptioner(model, chosen, size, reduced=reduced)


class _FailedError(ModelError):
    """The network could not calculate, for another reason than memory."""


class TransformersCaptioner:
    """A model in memory; see `Captioner` for what it promises."""

    def __init__(
        self, model: InstalledModel, device: Device, batch: BatchSize, *, reduced: bool = False
    ) -> None:
        self._model = model
        self._device = device
        self._batch = batch
        self._reduced = reduced
        self._reloaded = False
        self._input_side = model.input_side
        calibration = model.calibration
        self._confidence = calibration.confidence if calibration else confidence
        self._words = device.words
        self._parts: Parts | None = None
        self._writer: Writer | None = None
        self._read()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def revision(self) -> str:
        """Which version of the model this is."""
        return self._model.revision

    @property
    def device(self) -> str:
        """What it runs on, in words."""
        return self._words

    @property
    def input_side(self) -> int:
        """Shortest side in pixels worth decoding."""
        return self._input_side

    @property
    def batch(self) -> int:
        """Photos per forward pass: more where that is faster, fewer where memory runs out."""
        return self._batch.photos

    @property
    def known_scenes_only(self) -> bool:
        """True for the starter models."""
        return self._model.known_scenes_only

    def caption(self, pictures: Sequence[Pixels]) -> list[Caption | CaptionError]:
        """Describe each picture; a bad one has its error in its place.

        Raises:
            ModelError: the model itself failed, or was closed.
        """
        results: list[Caption | CaptionError] = []
        arrays: list[NDArray[np.uint8]] = []
        places: list[int] = []
        for picture in pictures:
            try:
                arrays.append(as_array(picture))
            except CaptionError as error:
                results.append(error)
            else:
                places.append(len(results))
                results.append(CaptionError("", ""))
        captions: list[Caption | CaptionError] = []
        while len(captions) < len(arrays):
            captions += self._describe(arrays[len(captions) :][: self._batch.photos])
        for place, caption in zip(places, captions, strict=True):
            results[place] = caption
        return results

    def close(self) -> None:
        """Free the memory."""
        self._parts = self._writer = None
        gc.collect()
        release_memory(self._device.torch)

    def _read(self) -> None:
        """Bring the model into memory.

        Raises:
            ModelError: it is damaged, unsafe, or does not fit.
        """
        parts = read_parts(self._model, self._device.torch)
        self._writer = writer_for(
            parts.network, parts.settings, self._device.torch, reduced=self._reduced
        )
        if not isinstance(self._writer, LibraryWriter):
            self._words = self._device.words + (", 8 bits" if self._reduced else "")
            parts = replace(parts, network=None)  # it has taken what it needs: free the rest
        self._parts = parts

    def _describe(self, arrays: list[NDArray[np.uint8]]) -> list[Caption | CaptionError]:
        """Caption what fits; halve the batch when it does not, then try the CPU, then give up."""
        # The retries stand outside the `except` blocks: an exception holds on to the frames,
        # and so to the memory, of what failed.
        if (captions := self._attempt(arrays, self._device.torch)) is not None:
            return captions
        release_memory(self._device.torch)
        if len(arrays) > 1:
            half = len(arrays) // 2
            self._batch.settle(min(self._batch.photos, half))
            return self._describe(arrays[:half]) + self._describe(arrays[half:])
        if self._device.torch != _CPU and (captions := self._attempt_on_cpu(arrays)) is not None:
            return captions
        return [
            CaptionError(
                "There is not enough memory to caption this photo",
                "Close other programs, or choose a smaller model.",
            )
        ]

    def _attempt_on_cpu(
        self, arrays: list[NDArray[np.uint8]]
    ) -> list[Caption | CaptionError] | None:
        network = self._open()[0].network
        network.to(_CPU)
        try:
            return self._attempt(arrays, _CPU)
        finally:
            network.to(self._device.torch)

    def _attempt(
        self, arrays: list[NDArray[np.uint8]], device: torch.device
    ) -> list[Caption | CaptionError] | None:
        """Caption the pictures together, or None when memory runs out.

        A model that fails is loaded anew, once: a graphics driver may have been restarted.
        """
        started = time.perf_counter()
        try:
            captions = self._run(arrays, device)
        except OutOfMemoryError:
            return None
        except _FailedError as error:
            if self._reloaded:
                raise
            _log.warning("%s: loading it again", error.title)
        else:
            self._batch.note(len(arrays), time.perf_counter() - started)
            return captions
        self._reloaded = True
        self.close()
        self._read()
        return self._attempt(arrays, device)

    def _run(
        self, arrays: list[NDArray[np.uint8]], device: torch.device
    ) -> list[Caption | CaptionError]:
        parts, writer = self._open()
        try:
            with quiet_transformers(), torch.inference_mode():
                pixel_values = as_tensor(arrays, parts.processor).to(device)
                sentences = writer.write(pixel_values)
                texts = parts.tokenizer.batch_decode(sentences.tokens, skip_special_tokens=True)
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                raise OutOfMemoryError from error
            raise _FailedError(
                f"The model {self.name} failed: {first_line(error)}",
                "Try again with the device set to cpu.",
                self._model.folder,
            ) from error
        return [
            self._judge(text, chances)
            for text, chances in zip(texts, sentences.chances, strict=True)
        ]

    def _judge(self, text: str, chances: list[float]) -> Caption | CaptionError:
        """A caption, or the reason why the model's words are none."""
        sure = self._confidence(chances, repeated_share(text))
        if np.isnan(sure):
            return CaptionError(
                "The model's output for this photo is not a number",
                "The model may be damaged: remove it and install it again.",
            )
        cleaned = clean_caption(text)
        if not cleaned:
            return CaptionError(
                "The model had nothing to say about this photo", "Try another model."
            )
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return Caption(cleaned, Origin.AI, self.name, self.revision, round(sure, 4), created)

    def _open(self) -> tuple[Parts, Writer]:
        if self._parts is None or self._writer is None:
            raise ModelError(f"The model {self.name} was closed", "Load it again.")
        return self._parts, self._writer


def _suitable_threads(model: InstalledModel) -> int:
    return 1 if is_small(model) else _ALL_THREADS
