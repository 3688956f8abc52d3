# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Draws the training pictures of the starter models, with caption and the place of everything.

Drawn once, on all cores, and kept in a folder, so that both models learn from the same pool.
Teaching is `train.py`.
"""

import io
import json
import multiprocessing
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from phototagger.demo.painter import item_box
from phototagger.demo.scenes import Scene, random_scene
from phototagger.demo.vocabulary import COLOURS, GROUNDS, KINDS, SKIES

SIDE = 96  # pixels of the models' input
ASPECTS = (4 / 3, 4 / 3, 3 / 2, 16 / 9, 1.0, 3 / 4, 3 / 4, 2 / 3)
MOST_ITEMS = 6
KIND_NAMES, COLOUR_NAMES = list(KINDS), list(COLOURS)
GROUND_NAMES, SKY_NAMES = list(GROUNDS), list(SKIES)
FIELDS_PER_ITEM = 6  # kind, colour, and the box in thousandths of the picture
CHUNK = 250


def training_scene(number: int, seed: int) -> tuple[Scene, random.Random]:
    """Return the scene with that number; another stream than the exams' in `demo/exam.py`."""
    rng = random.Random(f"training {seed} {number}")
    return random_scene(rng), rng


def draw_one(number: int, seed: int) -> tuple[NDArray[np.uint8], list[int], str]:
    """Draw one training picture as the models see it, with its places and its caption."""
    scene, rng = training_scene(number, seed)
    long_side = rng.choice((150, 180, 220)) if rng.random() < 0.94 else 640
    aspect = rng.choice(ASPECTS)
    size = (
        (long_side, round(long_side / aspect))
        if aspect >= 1
        else (round(long_side * aspect), long_side)
    )
    picture = scene.draw(*size)
    if rng.random() < 0.3:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=rng.randint(75, 95))
        picture = Image.open(file).convert("RGB")
    # The two models' image processors differ in their filter; each learns from both.
    method = Image.Resampling.BILINEAR if number % 2 else Image.Resampling.BICUBIC
    pixels = np.asarray(picture.resize((SIDE, SIDE), method))
    return pixels, _places(scene, size), scene.caption


def _places(scene: Scene, size: tuple[int, int]) -> list[int]:
    """Ground, sky, then kind, colour and box of every thing, padded with -1."""
    fliers = any(KINDS[item.kind].flies for item in scene.items)
    places = [GROUND_NAMES.index(scene.ground), SKY_NAMES.index(scene.sky)]
    for item in scene.items:
        box = item_box(item, size, below_fliers=fliers)
        places.append(KIND_NAMES.index(item.kind))
        places.append(COLOUR_NAMES.index(item.colour) if item.colour else len(COLOUR_NAMES))
        places += [round(1000 * value / size[side % 2]) for side, value in enumerate(box)]
    return places + [-1] * (2 + MOST_ITEMS * FIELDS_PER_ITEM - len(places))


def _draw_chunk(
    task: tuple[int, int, int],
) -> tuple[int, NDArray[np.uint8], list[list[int]], list[str]]:
    start, stop, seed = task
    drawn = [draw_one(number, seed) for number in range(start, stop)]
    return (
        start,
        np.stack([pixels for pixels, _, _ in drawn]),
        [places for _, places, _ in drawn],
        [caption for _, _, caption in drawn],
    )


def draw_pool(folder: Path, count: int, seed: int) -> None:
    """Draw `count` training pictures into `folder`, unless they are there already."""
    done = folder / "captions.json"
    if done.exists() and len(json.loads(done.read_text())) >= count:
        return
    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.lib.format.open_memmap(
        folder / "pixels.npy", mode="w+", dtype=np.uint8, shape=(count, SIDE, SIDE, 3)
    )
    places: list[list[int]] = [[] for _ in range(count)]
    captions = [""] * count
    begun = time.perf_counter()
    tasks = [(start, min(start + CHUNK, count), seed) for start in range(0, count, CHUNK)]
    with multiprocessing.Pool(os.cpu_count()) as workers:
        for number, (start, *drawn) in enumerate(workers.imap_unordered(_draw_chunk, tasks), 1):
            stop = start + len(drawn[0])
            pixels[start:stop] = drawn[0]
            places[start:stop] = drawn[1]
            captions[start:stop] = drawn[2]
            if number % 10 == 0 or number == len(tasks):
                spent = time.perf_counter() - begun
                sys.stderr.write(f"{number * CHUNK} pictures drawn, {spent:.0f} s\n")
    pixels.flush()
    np.save(folder / "places.npy", np.asarray(places, np.int16))
    done.write_text(json.dumps(captions))
