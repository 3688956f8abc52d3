# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How many photos go through a model together: found by trying, while it captions."""

# Passes of one size that are timed; the fastest counts, as other programs only ever slow one down.
_PASSES = 3
# Twice the memory must save a photo at least this share of its time.
_WORTH = 0.05


class BatchSize:
    """A number of photos that doubles while that makes each of them faster.

    Every device has a size from which on a photo gets no cheaper: the processor's cores have
    enough to do with 16, a large GPU may want a hundred.
    """

    def __init__(self, first: int, most: int) -> None:
        """Begin.

        Args:
            first: photos per pass to begin with.
            most: photos per pass never to go beyond; `first` for a size that is fixed.
        """
        self._size = first
        self._most = most
        self._settled = 2 * first > most
        self._smaller = float("inf")  # seconds per photo of half as many
        self._times: list[float] = []

    @property
    def photos(self) -> int:
        """Photos per pass."""
        return self._size

    def note(self, photos: int, seconds: float) -> None:
        """Learn how long a pass took; one of fewer photos, at the end of a list, says nothing."""
        if self._settled or photos != self._size:
            return
        self._times.append(seconds / photos)
        if len(self._times) < _PASSES:
            return
        fastest = min(self._times)
        self._times.clear()
        if fastest > self._smaller * (1 - _WORTH):
            self.settle(self._size // 2)
        elif 2 * self._size > self._most:
            self.settle(self._size)
        else:
            self._smaller = fastest
            self._size *= 2

    def settle(self, photos: int) -> None:
        """Stay at so many: more are no faster, or do not fit into memory."""
        self._size = photos
        self._settled = True
