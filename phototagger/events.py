# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What happened, told to whoever listens: the window, the terminal, a test.

Events are facts in the past tense. A listener is a plain function; it is called on the thread
on which the fact happened and must return quickly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.photo import Caption, Photo, PhotoStatus, Written


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    """A new or changed photo is in the library and searchable by all that is known of it."""

    path: Path
    status: PhotoStatus


@dataclass(frozen=True, slots=True)
class CaptionWritten:
    """A photo is done: captioned, or in review, and written where `written` says."""

    photo: Photo
    caption: Caption
    written: Written
    status: PhotoStatus


@dataclass(frozen=True, slots=True)
class WriteUndone:
    """A write was taken back, or done again when an undo was taken back.

    Attributes:
        path: the photo.
        text: the caption that was written, "" for none.
        files: the files that are as they were, the photo or its sidecar.
        batch: the run that undid it; undoing that does the write again.
        again: the write was an undo, so what had been taken back is there again.
    """

    path: Path
    text: str
    files: tuple[Path, ...]
    batch: str
    again: bool


@dataclass(frozen=True, slots=True)
class PhotoEdited:
    """A person changed what the library says of a photo: its texts, or what becomes of it.

    Attributes:
        photo_id: its row in the library.
        path: the photo.
    """

    photo_id: int
    path: Path


@dataclass(frozen=True, slots=True)
class PhotoFailed:
    """One photo could not be done; the run goes on."""

    path: Path
    error: PhotoTaggerError


@dataclass(frozen=True, slots=True)
class PhotoMoved:
    """A known photo has a new path; caption, history and journal moved with it."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class PhotosMissed:
    """Known photos are no longer where they were."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """A model is in memory.

    Attributes:
        model: its name.
        device: what it runs on, in words ("CPU, 2 threads", "CUDA: NVIDIA H100").
        known_scenes_only: True for the starter models, which know only the demo's pictures.
    """

    model: str
    device: str
    known_scenes_only: bool


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """A model is being downloaded, imported or measured.

    Attributes:
        job: the model's name, or the folder it comes from.
        done: bytes, or steps of a measurement.
        total: of those, in all.
    """

    job: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ModelInstalled:
    """A model came by download or import.

    Attributes:
        job: as the person asked for it: its name, or the folder it came from.
        model: its name.
    """

    job: str
    model: str


@dataclass(frozen=True, slots=True)
class ModelMeasured:
    """It is known how fast a model is on this machine."""

    model: str
    seconds_per_photo: float


@dataclass(frozen=True, slots=True)
class ModelStopped:
    """Work on a model ended before its goal.

    Attributes:
        job: the model's name, or the folder it comes from.
        error: why, None when a person cancelled it.
    """

    job: str
    error: PhotoTaggerError | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know once, such as a folder that is polled.

    Attributes:
        text: what is the case.
        hint: what to do, "" for nothing.
        folder: the watch folder whose photos went out of reach or came back, None where it is
            about something else.
    """

    text: str
    hint: str = ""
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The service stopped taking photos because of its surroundings; it tries again."""

    error: PhotoTaggerError


@dataclass(frozen=True, slots=True)
class Resumed:
    """The cause of a pause is gone."""


@dataclass(frozen=True, slots=True)
class PersonPaused:
    """A person lets captioning rest; photos are found meanwhile and wait.

    Attributes:
        until: when it goes on by itself, seconds since the epoch; None when it does not.
    """

    until: float | None


@dataclass(frozen=True, slots=True)
class PersonResumed:
    """A person's pause is over, because they said so or because its time was up."""


class WaitsFor(StrEnum):
    """What captioning waits for when the settings let it work at times only."""

    MAINS = "mains power"
    HOURS = "its hours"


@dataclass(frozen=True, slots=True)
class WorkWaits:
    """Captioning begins or ends to wait, as the settings say when it may work.

    Attributes:
        waits_for: what it waits for, None when it goes on.
        at: the time of day when it goes on, where that is known.
    """

    waits_for: WaitsFor | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class ScanFinished:
    """A walk over a watch folder is complete.

    Attributes:
        folder: the watch folder.
        found: photos seen.
        new: photos that became pending.
    """

    folder: Path
    found: int
    new: int


Event = (
    PhotoAdded
    | CaptionWritten
    | WriteUndone
    | PhotoEdited
    | PhotoFailed
    | PhotoMoved
    | PhotosMissed
    | ModelLoaded
    | ModelProgress
    | ModelInstalled
    | ModelMeasured
    | ModelStopped
    | Notice
    | Paused
    | Resumed
    | PersonPaused
    | PersonResumed
    | WorkWaits
    | ScanFinished
)
Listener = Callable[[Event], None]
