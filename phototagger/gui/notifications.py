# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is worth a notification: rarely anything. Pure: events in, texts out.

A batch of photos is one notification when it is done, not one for each photo. Something that
needs a person is told when it happens.
"""

from dataclasses import dataclass

from phototagger.events import CaptionWritten, Event, ModelInstalled, Paused, PhotoFailed
from phototagger.gui.said import said
from phototagger.gui.translated import tr
from phototagger.photo import PhotoStatus

# A folder into which a phone drops a photo every minute must not ring every minute (seconds).
_APART = 300.0


@dataclass(frozen=True, slots=True)
class Notification:
    """Something to show.

    Attributes:
        title: what happened.
        text: more of it.
        urgent: whether it needs a person.
    """

    title: str
    text: str
    urgent: bool = False


class Notifications:
    """Collects what happened until it is worth telling."""

    def __init__(self) -> None:
        self._captioned = 0
        self._review = 0
        self._failed = 0
        self._told_at: float | None = None

    def hear(self, event: Event) -> Notification | None:
        """Take note of an event; what must be told at once comes back."""
        match event:
            case CaptionWritten(status=PhotoStatus.REVIEW):
                self._review += 1
            case CaptionWritten():
                self._captioned += 1
            case PhotoFailed():
                self._failed += 1
            case ModelInstalled(model=model):
                return Notification(tr("{model} is installed").format(model=model), "")
            case Paused(error):
                return Notification(said(error.title), said(error.hint), urgent=True)
        return None

    def all_done(self, now: float) -> Notification | None:
        """Nothing waits any more: what came together since the last time, if that is long ago."""
        if not self._captioned + self._review + self._failed:
            return None
        if self._told_at is not None and now - self._told_at < _APART:
            return None
        self._told_at = now
        said = self._said()
        self.forget()
        return said

    def forget(self) -> None:
        """The person has seen it: the window was in front."""
        self._captioned = self._review = self._failed = 0

    def _said(self) -> Notification:
        done = self._captioned + self._review
        title = tr("%n photo(s) captioned", None, done) if done else tr("Photos could not be done")
        parts = []
        if self._review:
            parts.append(tr("%n wait(s) for your review", None, self._review))
        if self._failed:
            parts.append(tr("%n failed", None, self._failed))
        return Notification(title, " · ".join(parts))
