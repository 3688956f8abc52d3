# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which photos wait for review, and which of them is looked at. Plain data."""

from collections.abc import Iterable, Iterator


class ReviewList:
    """Photos in order and a place among them, which stays where it is as photos come and go."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._place = 0
        self._decided: list[int] = []

    @property
    def current(self) -> int | None:
        """The photo that is looked at, None when none waits."""
        return self._ids[self._place] if self._ids else None

    @property
    def place(self) -> int:
        """Its number, from 1; 0 when none waits."""
        return self._place + 1 if self._ids else 0

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def load(self, ids: Iterable[int]) -> None:
        """The photos that wait now; one that was decided and waits again is looked at next."""
        before, place = self.current, self._place
        self._ids = list(ids)
        known = {photo_id: index for index, photo_id in enumerate(self._ids)}
        again = [photo_id for photo_id in self._decided if photo_id in known]
        self._decided = [photo_id for photo_id in self._decided if photo_id not in known]
        wanted = again[-1] if again else before
        self._place = known.get(wanted or 0, min(place, max(0, len(self._ids) - 1)))

    def start_with(self, photo_id: int) -> None:
        """Look at this photo if it waits."""
        if photo_id in self._ids:
            self._place = self._ids.index(photo_id)

    def move(self, steps: int) -> bool:
        """Go on or back; whether there was somewhere to go."""
        place = max(0, min(len(self._ids) - 1, self._place + steps))
        moved, self._place = place != self._place, max(0, place)
        return moved

    def decide(self) -> int | None:
        """The photo that is looked at waits no more; the next one takes its place."""
        if not self._ids:
            return None
        decided = self._ids.pop(self._place)
        self._decided.append(decided)
        self._place = min(self._place, max(0, len(self._ids) - 1))
        return decided

    def waits_again(self, photo_id: int) -> None:
        """What was decided could not be done."""
        if photo_id not in self._ids:
            self._ids.insert(self._place, photo_id)
        if photo_id in self._decided:
            self._decided.remove(photo_id)
