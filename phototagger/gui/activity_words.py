# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What is going on, as one sentence: the most pressing thing first. No widgets in here."""

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QLocale, QTime

from phototagger.errors import PhotoTaggerError
from phototagger.events import WorkWaits
from phototagger.gui import amounts
from phototagger.gui.said import said
from phototagger.gui.translated import tr
from phototagger.photo import PhotoStatus
from phototagger.pipeline.activity import Captioning, Progress

Action = Literal["", "add_folder", "choose_model", "resume"]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the sentence is made of.

    Attributes:
        progress: how much is done.
        captioning: who captions.
        held: the error that keeps the watch from going on, or None.
        paused: a person lets captioning rest.
        paused_until: when it goes on by itself, seconds since the epoch, or None.
        waits: what the settings let captioning wait for.
        loading: photos wait and the model has done none yet.
        per_minute: photos per minute, or None while too little is known.
        seconds_left: seconds until none waits, or None.
        coming: a model that is downloaded, with bytes done and in all, or None.
    """

    progress: Progress
    captioning: Captioning
    held: PhotoTaggerError | None = None
    paused: bool = False
    paused_until: float | None = None
    waits: WorkWaits = field(default_factory=WorkWaits)
    loading: bool = False
    per_minute: float | None = None
    seconds_left: float | None = None
    coming: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the panel says.

    Attributes:
        icon: of the icon family.
        colour: of the theme, by name.
        title: the sentence.
        details: the rest, quieter; "" for none.
        action: what a button beside it offers.
    """

    icon: str
    colour: str
    title: str
    details: str = ""
    action: Action = ""


def sentence(now: Situation) -> Sentence:
    """What to say of a situation."""
    waiting = now.progress.waiting
    if now.held is not None:
        return Sentence("triangle-alert", "warning", said(now.held.title), said(now.held.hint))
    if now.paused:
        return _paused(now, waiting)
    if not now.progress.folders and not waiting:
        details = tr("Drop a folder on the window, or choose one.")
        return Sentence(
            "folder-plus", "quiet", tr("No folder is watched yet"), details, "add_folder"
        )
    if not now.captioning.model:
        return _no_model(waiting) if now.coming is None else _download(*now.coming)
    if not waiting:
        return _idle(now.progress)
    if now.waits.waits_for:
        details = tr("%n photo(s) wait", None, waiting)
        return Sentence("clock", "quiet", waits_words(now.waits), details)
    if now.loading and now.per_minute is None:
        details = tr("%n photo(s) to go", None, waiting)
        return Sentence("hourglass", "accent", tr("Loading the model"), details)
    return _captioning(now, waiting)


def waits_words(waits: WorkWaits) -> str:
    """What the settings let captioning wait for."""
    if waits.at is None:
        return tr("Waits for mains power")
    at = QLocale().toString(QTime(waits.at.hour, waits.at.minute), QLocale.FormatType.ShortFormat)
    return tr("Goes on at {time}").format(time=at)


def _paused(now: Situation, waiting: int) -> Sentence:
    if now.paused_until is None:
        title = tr("Paused")
    else:
        title = tr("Paused until {time}").format(time=amounts.time_of_day(now.paused_until))
    details = (
        tr("%n photo(s) wait", None, waiting) if waiting else tr("New photos are still found.")
    )
    return Sentence("circle-pause", "warning", title, details, "resume")


def _no_model(waiting: int) -> Sentence:
    title = tr("No captioning model is installed")
    details = tr("%n photo(s) wait", None, waiting) if waiting else tr("New photos will wait.")
    return Sentence("bot", "warning", title, details, "choose_model")


def _download(name: str, done: int, total: int) -> Sentence:
    details = tr("{done} of {total}").format(done=amounts.size(done), total=amounts.size(total))
    title = tr("Downloading {model}").format(model=name.rsplit("/", 1)[-1])
    return Sentence("download", "accent", title, details)


def _idle(progress: Progress) -> Sentence:
    title = tr("Watching %n folder(s)", None, progress.folders)
    if progress.away:
        details = tr("%n folder(s) away for now", None, progress.away)
        return Sentence("unplug", "warning", title, details)
    review = progress.counts[PhotoStatus.REVIEW]
    if review:
        return Sentence(
            "eye", "quiet", title, tr("%n caption(s) wait for your review", None, review)
        )
    return Sentence("circle-check", "good", title, tr("Every photo is done."))


def _captioning(now: Situation, waiting: int) -> Sentence:
    parts = [tr("%n photo(s) to go", None, waiting)]
    if now.per_minute is not None:
        parts.append(amounts.pace(now.per_minute))
    if now.seconds_left is not None:
        parts.append(tr("{duration} left").format(duration=amounts.duration(now.seconds_left)))
    return Sentence("sparkles", "accent", tr("Captioning"), " · ".join(parts))
