# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the foot of the window says of a situation: the most pressing thing."""

import datetime
import time
from dataclasses import replace

import pytest

from phototagger.errors import DiskFullError
from phototagger.events import WaitsFor, WorkWaits
from phototagger.gui import amounts
from phototagger.gui.activity_words import Situation, sentence
from phototagger.photo import PhotoStatus
from phototagger.pipeline.activity import Captioning, Progress


def progress(folders: int = 1, **counts: int) -> Progress:
    found = {PhotoStatus[name.upper()]: count for name, count in counts.items()}
    return Progress({status: found.get(status, 0) for status in PhotoStatus}, folders)


IDLE = Situation(progress(captioned=5), Captioning("git", "", ""))
BUSY = replace(
    IDLE, progress=progress(pending=30, in_progress=2), per_minute=32.0, seconds_left=60.0
)


def test_an_idle_watch_is_content() -> None:
    said = sentence(IDLE)
    assert (said.icon, said.action) == ("circle-check", "")
    assert "review" in sentence(replace(IDLE, progress=progress(review=2))).details


def test_not_every_photo_is_done_while_a_folder_is_away() -> None:
    away = replace(progress(folders=2, captioned=5), away=1)
    said = sentence(replace(IDLE, progress=away))
    assert (said.icon, said.colour) == ("unplug", "warning")
    assert "away" in said.details


def test_a_busy_watch_says_how_much_how_fast_how_long() -> None:
    said = sentence(BUSY)
    assert said.title == "Captioning"
    for part in ("32 photo(s) to go", "32 photo(s) a minute", "about 1 minute(s) left"):
        assert part in said.details


def test_while_the_model_loads_no_pace_is_made_up() -> None:
    said = sentence(replace(BUSY, loading=True, per_minute=None, seconds_left=None))
    assert said.title == "Loading the model"


@pytest.mark.parametrize("situation", [IDLE, BUSY])
def test_a_pause_is_told_with_its_end(situation: Situation) -> None:
    until = time.time() + 3600
    said = sentence(replace(situation, paused=True, paused_until=until))
    assert amounts.time_of_day(until) in said.title
    assert said.action == "resume"
    assert sentence(replace(situation, paused=True)).title == "Paused"


@pytest.mark.parametrize(
    ("waits", "title"),
    [
        (WorkWaits(WaitsFor.MAINS), "Waits for mains power"),
        (WorkWaits(WaitsFor.HOURS, datetime.time(22, 30)), "Goes on at "),
    ],
)
def test_what_the_settings_let_it_wait_for_is_said_while_photos_wait(
    waits: WorkWaits, title: str
) -> None:
    said = sentence(replace(BUSY, waits=waits))
    assert said.title.startswith(title)
    assert said.details == "32 photo(s) wait"
    assert sentence(replace(IDLE, waits=waits)) == sentence(IDLE)


def test_what_holds_it_up_comes_before_all_else() -> None:
    error = DiskFullError("The disk is full", "Free some space.")
    said = sentence(replace(BUSY, held=error, paused=True))
    assert (said.title, said.details) == (error.title, error.hint)


def test_each_gap_has_its_way_out() -> None:
    nothing = Situation(progress(0), Captioning("", "", "none"))
    assert sentence(nothing).action == "add_folder"
    no_model = replace(BUSY, captioning=Captioning("", "", "none"))
    assert sentence(no_model).action == "choose_model"
    assert "32 photo(s) wait" in sentence(no_model).details
    coming = replace(no_model, coming=("microsoft/git-base", 412_000_000, 707_000_000))
    assert sentence(coming).title == "Downloading git-base"
    assert sentence(coming).details == "412 MB of 707 MB"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "less than a minute"),
        (125, "about 2 minute(s)"),
        (3 * 3600, "about 3 hour(s)"),
        (72 * 3600, "about 3 day(s)"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert amounts.duration(seconds) == words


def test_sizes_and_paces() -> None:
    assert amounts.size(982_000_000) == "982 MB"
    assert amounts.size(1_580_000_000) == "1.6 GB"
    assert amounts.pace(0.5) == "30 photo(s) an hour"
