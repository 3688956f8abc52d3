# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How well a model knows the demo's drawn scenes: exact captions on unseen ones."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from phototagger.demo.exam import Question, questions
from phototagger.imaging.decode import decode
from phototagger.inference.captioner import Captioner
from phototagger.photo import Caption


def evaluate(
    captioner: Captioner, count: int, seed: int, on_progress: Callable[[int, int], None]
) -> int:
    """Caption unseen scenes the way photos are captioned, from JPEG files on disk.

    Args:
        captioner: the model.
        count: how many scenes.
        seed: which scenes; training used others.
        on_progress: told (scenes done, exact captions so far) after every batch.

    Returns:
        How many captions were equal to the true one, letter by letter.
    """
    exact = done = 0
    batch: list[Question] = []
    with tempfile.TemporaryDirectory(prefix="phototagger-") as folder:
        for question in questions(count, seed):
            batch.append(question)
            if len(batch) == captioner.batch or done + len(batch) == count:
                exact += _exact(captioner, batch, Path(folder))
                done += len(batch)
                batch = []
                on_progress(done, exact)
    return exact


def _exact(captioner: Captioner, batch: list[Question], folder: Path) -> int:
    pictures = []
    for number, question in enumerate(batch):
        path = folder / f"{number}.jpg"
        path.write_bytes(question.jpeg)
        pictures.append(decode(path, captioner.input_side))
    answers = captioner.caption(pictures)
    return sum(
        isinstance(answer, Caption) and answer.text == question.caption
        for question, answer in zip(batch, answers, strict=True)
    )
