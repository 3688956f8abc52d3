# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A captioner that needs no weights: it says the average colour of what it sees."""

import threading
from collections.abc import Callable, Sequence

from phototagger.errors import CaptionError
from phototagger.inference.captioner import Captioner
from phototagger.photo import Caption, Origin, Pixels
from phototagger.pipeline.runner import ModelSource


class FakeCaptioner:
    """Captions with the mean red, green and blue, so that equal pictures get equal words.

    Args:
        confidence: of every caption.
        refuses: pictures whose caption holds this text give an error instead.
        before: called before every batch, for tests that need to interfere.
        revision: of the model; another one finds other words.
    """

    name = "fake"
    device = "a test"
    input_side = 32
    known_scenes_only = False

    def __init__(
        self,
        *,
        confidence: float = 0.9,
        refuses: str | None = None,
        batch: int = 4,
        before: Callable[[], object] = lambda: None,
        revision: str = "1",
    ) -> None:
        self.revision = revision
        self.batch = batch
        self.seen = 0
        self.batches: list[int] = []
        self.closed = False
        self._confidence = confidence
        self._refuses = refuses
        self.before = before

    def caption(self, pictures: Sequence[Pixels]) -> list[Caption | CaptionError]:
        assert threading.current_thread().name == "pt-inference"
        self.before()
        self.seen += len(pictures)
        self.batches.append(len(pictures))
        return [self._describe(picture) for picture in pictures]

    def close(self) -> None:
        self.closed = True

    def _describe(self, picture: Pixels) -> Caption | CaptionError:
        count = picture.width * picture.height
        red, green, blue = (sum(picture.rgb[i::3]) // count for i in range(3))
        picture_of = "picture" if self.revision == "1" else "drawing"
        text = f"A {picture_of} of red {red} green {green} blue {blue}"
        if self._refuses and self._refuses in text:
            return CaptionError("The model says nothing", "Try another model.")
        return Caption(
            text, Origin.AI, self.name, self.revision, self._confidence, "2026-01-02T03:04:05Z"
        )


def source_for(captioner: Captioner) -> ModelSource:
    """The captioner as a runner wants it."""
    return ModelSource(
        name=captioner.name,
        revision=captioner.revision,
        input_side=captioner.input_side,
        known_scenes_only=False,
        load=lambda: captioner,
        batch=captioner.batch,
    )
