# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the rest of the program knows of a loaded model: pictures in, captions out.

Only the shape is here; `transformers_captioner` and `remote_captioner` fill it. Importing this
costs nothing.
"""

from collections.abc import Sequence
from typing import Protocol

from phototagger.errors import PhotoTaggerError, ServiceError
from phototagger.photo import Caption, Pixels


class Captioner(Protocol):
    """A model in memory. One thread uses it at a time (design section 7)."""

    @property
    def name(self) -> str:
        """The model's name, as the catalogue or its folder gives it."""

    @property
    def revision(self) -> str:
        """Which version of the model this is: a commit, or a digest of the weights."""

    @property
    def device(self) -> str:
        """What it runs on, in words: "CPU, 2 threads", "CUDA: NVIDIA H100"."""

    @property
    def input_side(self) -> int:
        """Shortest side, in pixels, that is worth decoding for this model."""

    @property
    def batch(self) -> int:
        """Photos per call that suit the model and the device."""

    @property
    def known_scenes_only(self) -> bool:
        """True for the starter models, which know only the demo's pictures."""

    def caption(self, pictures: Sequence[Pixels]) -> Sequence[Caption | PhotoTaggerError]:
        """Describe each picture.

        Returns:
            One result per picture, in the same order. A picture for which the model gives
            nothing usable has its `CaptionError` in its place, so one bad picture never loses a
            batch; one that could not be asked about has a `ServiceError`.
        """

    def close(self) -> None:
        """Free the memory. Calling it again does nothing; captioning afterwards is an error."""


class OutOfMemoryError(PhotoTaggerError):
    """The pictures do not fit into the device's memory together; fewer may."""

    def __init__(self) -> None:
        super().__init__(
            "There is not enough memory to caption these photos together",
            "Fewer are tried at once; close other programs to make room.",
        )


class StoppedError(ServiceError):
    """The run ends before this picture's turn; it keeps its place in the queue."""

    def __init__(self) -> None:
        super().__init__("The run was stopped", "This photo is captioned in the next run.")
