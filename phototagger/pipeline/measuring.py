# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How fast a model captions a person's own photos on this machine; nothing is written to them."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from phototagger.errors import ModelError, PhotoTaggerError
from phototagger.imaging.decode import decode
from phototagger.inference.catalogue import find
from phototagger.paths import DataPlaces, starter_models_dir
from phototagger.photo import Pixels
from phototagger.pipeline.model_facts import Speed, keep_speed
from phototagger.pipeline.models import source_of
from phototagger.settings import Settings

_log = logging.getLogger("phototagger.pipeline")

_BATCHES = 4  # that a measurement takes at most, the first not counted: it warms up


def measure(
    places: DataPlaces,
    name: str,
    photos: Iterable[Path],
    settings: Settings,
    progress: Callable[[int, int], None] = lambda done, total: None,
    check: Callable[[], None] = lambda: None,
) -> Speed:
    """Measure an installed model, and keep what was measured.

    Args:
        places: the data folder.
        name: the model, or its folder.
        photos: as many of them as are needed are taken.
        settings: how it runs.
        progress: told (batches done, batches in all).
        check: called between steps; what it raises ends the measurement.

    Raises:
        ModelError: the model is not installed or fails, or no photo can be decoded.
    """
    model = find(name, places.models, starter_models_dir())
    captioner = source_of(model, settings).load()
    try:
        check()
        need = (_BATCHES + 1) * captioner.batch
        pictures = _decoded(photos, need, captioner.input_side, check)
        if not pictures:
            raise ModelError("None of these photos can be decoded", "Measure with other photos.")
        size = min(captioner.batch, max(1, len(pictures) // 2))
        batches = [pictures[at : at + size] for at in range(0, len(pictures), size)]
        seconds, done = 0.0, 0
        for number, batch in enumerate(batches):
            started = time.perf_counter()
            captioner.caption(batch)
            if number or len(batches) == 1:
                seconds += time.perf_counter() - started
                done += len(batch)
            progress(number + 1, len(batches))
        speed = Speed(seconds / done, done, captioner.device)
    finally:
        captioner.close()
    keep_speed(places, model.name, speed)
    return speed


def _decoded(
    photos: Iterable[Path], count: int, side: int, check: Callable[[], None]
) -> Sequence[Pixels]:
    """The first pictures that can be decoded."""
    pictures: list[Pixels] = []
    for path in photos:
        if len(pictures) == count:
            break
        check()
        try:
            pictures.append(decode(path, side))
        except PhotoTaggerError as error:
            _log.info("not measured with %r: %s", path, error.title)
    return pictures
