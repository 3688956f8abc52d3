# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Counts how often a starter model is right, and notes beside its weights what that says.

On drawn scenes that neither training nor the published exams use. A logistic curve over the
logarithm of the sentence's doubt (minus the logarithm of its probability) gives the share of
captions that are right; the threshold is the lowest confidence above which, and above every higher
one, 99 of 100 are with a certainty of 95 % (Wilson 1927), as other scenes fall out a little
differently.

    python resources/models/calibrate.py
"""

import json
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from phototagger.demo.exam import SIZES, questions
from phototagger.imaging.decode import decode
from phototagger.inference import catalogue
from phototagger.inference.calibration import CALIBRATION, Calibration
from phototagger.inference.decoding.writer import writer_for
from phototagger.inference.parts import read_parts
from phototagger.inference.pictures import as_array, as_tensor
from phototagger.inference.wording import clean_caption
from phototagger.paths import starter_models_dir
from phototagger.photo import Pixels

# Scenes, which ones, and their sizes: as in the exams, and small ones, which are drawn sooner.
_SMALL = ((640, 480), (480, 640), (600, 450), (640, 360), (640, 427), (427, 640))
_PAPERS = ((1000, 7, SIZES), (1280, 2024, _SMALL))
_WANTED = 0.99
_SURE = 1.645  # standard deviations: 95 %, on one side
_BATCH = 16
_CPU = torch.device("cpu")

Answer = tuple[list[float], bool]  # log probabilities of its tokens, and whether it is right


def scenes(side: int) -> Iterator[tuple[Pixels, str]]:
    """Drawn scenes from JPEG files, as photos come."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scene.jpg"
        for count, seed, sizes in _PAPERS:
            for question in questions(count, seed, sizes):
                path.write_bytes(question.jpeg)
                yield decode(path, side), question.caption


def answers(
    model: catalogue.InstalledModel, paper: Sequence[tuple[Pixels, str]]
) -> Iterator[Answer]:
    """What a model says of each scene, and whether it is right to the letter."""
    parts = read_parts(model, _CPU)
    writer = writer_for(parts.network, parts.settings, _CPU)
    for start in range(0, len(paper), _BATCH):
        batch = paper[start : start + _BATCH]
        arrays = [as_array(pixels) for pixels, _ in batch]
        with torch.inference_mode():
            sentences = writer.write(as_tensor(arrays, parts.processor))
        texts = parts.tokenizer.batch_decode(sentences.tokens, skip_special_tokens=True)
        for (_, right), text, chances in zip(batch, texts, sentences.chances, strict=True):
            yield chances, clean_caption(text) == right


def fitted(found: Sequence[Answer]) -> Calibration:
    """The calibration that makes what was counted most likely, with its threshold."""
    doubt = np.array([math.log(max(1e-6, -sum(chances))) for chances, _ in found])
    right = np.array([is_right for _, is_right in found], np.float64)
    slope, offset = _logistic(doubt, right)
    curve = Calibration(slope, offset, 1.0)
    sure = np.array([curve.confidence(chances, 0.0) for chances, _ in found])
    return Calibration(slope, offset, _threshold(sure, right))


def _logistic(doubt: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, float]:
    """Newton's method on the log likelihood of 1 / (1 + exp(slope x - offset))."""
    inputs = np.column_stack((-doubt, np.ones_like(doubt)))
    weights = np.array([0.0, 3.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        weights += np.linalg.solve(curvature + 1e-6 * np.eye(2), inputs.T @ (right - chance))
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def _threshold(sure: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    lowest = 1.0
    for step in np.arange(99, 0, -1) / 100:
        above = right[sure >= step]
        if above.size and _at_least(above.mean(), above.size) < _WANTED:
            # Of few captions nothing is certain: nearer to 1 there are fewer still.
            if lowest < 1.0:
                break
            continue
        lowest = float(step)
    return lowest


def _at_least(share: float, count: int) -> float:
    """The lower end of what a share among so many may really be (Wilson's interval)."""
    room = _SURE**2 / count
    spread = _SURE * math.sqrt(share * (1 - share) / count + room / (4 * count))
    return (share + room / 2 - spread) / (1 + room)


def main() -> None:
    """Write the file of each starter model."""
    nowhere = Path("no models")
    models = [catalogue.find(name, nowhere, starter_models_dir()) for name in catalogue.STARTERS]
    paper = list(scenes(max(model.input_side for model in models)))
    for model in models:
        found = list(answers(model, paper))
        made = fitted(found)
        noted = {
            "slope": made.slope,
            "offset": made.offset,
            "threshold": made.threshold,
            "weights": model.revision,
            "scenes": len(found),
        }
        text = json.dumps(noted, indent=2) + "\n"
        (model.folder / CALIBRATION).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{model.name} {noted}\n")


if __name__ == "__main__":
    main()
