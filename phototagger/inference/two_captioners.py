# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Two models that look at each photo; the first one's caption counts, the second's is beside it.

Both stay in memory where there is room. Where there is none they take turns, and a turn is long,
as reading a model takes as long as captioning several photos.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from phototagger.errors import PhotoTaggerError
from phototagger.inference.agreement import agree, weighed
from phototagger.inference.captioner import Captioner
from phototagger.photo import Caption, Pixels

Load = Callable[[], Captioner]

# Batches of the first model in one turn.
_TURN = 4


class TwoCaptioners:
    """Two models as one; see `Captioner` for what it promises.

    Args:
        load_first: loads the model whose caption counts.
        load_second: loads the other one.
        together: whether there is memory for both at once.
        counted: whether both models' confidences were counted.
    """

    def __init__(
        self, load_first: Load, load_second: Load, *, together: bool, counted: bool
    ) -> None:
        self._loads = (load_first, load_second)
        self._together = together
        self._counted = counted
        first = load_first()
        self._loaded: list[Captioner | None] = [first, None]
        self.name, self.revision = first.name, first.revision
        self.known_scenes_only = first.known_scenes_only
        self.device = first.device
        self.input_side = first.input_side
        self._first_batch = first.batch
        if together:
            try:
                second = self._open(1)
            except PhotoTaggerError:
                self.close()
                raise
            self.input_side = max(self.input_side, second.input_side)

    @property
    def batch(self) -> int:
        """Photos per call: a whole turn where the models take turns."""
        return self._first_batch if self._together else self._first_batch * _TURN

    def caption(self, pictures: Sequence[Pixels]) -> list[Caption | PhotoTaggerError]:
        """Describe each picture twice; where one model has nothing to say, the other counts."""
        seconds = self._turn(1, pictures)
        firsts = self._turn(0, pictures)
        return [self._joined(*pair) for pair in zip(firsts, seconds, strict=True)]

    def close(self) -> None:
        """Free the memory."""
        for number in (0, 1):
            self._put_away(number)

    def _turn(
        self, number: int, pictures: Sequence[Pixels]
    ) -> Sequence[Caption | PhotoTaggerError]:
        if not self._together:
            self._put_away(1 - number)
        return self._open(number).caption(pictures)

    def _open(self, number: int) -> Captioner:
        captioner = self._loaded[number] or self._loads[number]()
        self._loaded[number] = captioner
        return captioner

    def _put_away(self, number: int) -> None:
        captioner, self._loaded[number] = self._loaded[number], None
        if captioner is not None:
            captioner.close()

    def _joined(
        self, first: Caption | PhotoTaggerError, second: Caption | PhotoTaggerError
    ) -> Caption | PhotoTaggerError:
        if isinstance(first, PhotoTaggerError):
            return second if isinstance(second, Caption) else first
        if isinstance(second, PhotoTaggerError):
            return first
        sure = first.confidence
        if sure is not None and second.confidence is not None:
            same = agree(first.text, second.text)
            sure = weighed(sure, second.confidence, same=same, counted=self._counted)
            sure = round(sure, 4)
        return replace(first, confidence=sure, second=second)
