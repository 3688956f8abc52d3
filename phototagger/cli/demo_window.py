# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The demo in the window: pictures appear in a watched folder while the window is open."""

import multiprocessing
from pathlib import Path

from phototagger.cli.window import open_window
from phototagger.demo.library import make_demo_library
from phototagger.paths import DataPlaces
from phototagger.settings import change_settings


def show_demo(folder: Path, places: DataPlaces, *, model: str, count: int, seed: int) -> int:
    """Draw into a folder and open the window on it; returns when the window is closed.

    Args:
        folder: the empty folder to draw into and to watch.
        places: the demo's own library.
        model: name of the model.
        count: pictures to draw.
        seed: which pictures.

    Returns:
        The exit code of the window.

    Raises:
        PhotoTaggerError: the demo's settings cannot be written.
    """
    change_settings(places.settings, {"captions.model": model})
    # Drawing takes a processor for itself, and the window must not wait for it.
    drawing = multiprocessing.get_context("spawn").Process(target=_draw, args=(folder, count, seed))
    drawing.start()
    try:
        return open_window(places, [folder])
    finally:
        drawing.terminate()
        drawing.join()


def _draw(folder: Path, count: int, seed: int) -> None:
    for _picture in make_demo_library(folder, count=count, seed=seed):
        pass
