# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's pause: photos wait, it ends by itself or by a word, and no pause ends another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import DiskFullError
from phototagger.events import PersonPaused, PersonResumed
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.pause import Pause
from phototagger.pipeline.rest import Rest
from phototagger.pipeline.runner import Runner
from phototagger.pipeline.stages import WriteOrder
from phototagger.pipeline.stores import Stores
from phototagger.settings import WritePolicy
from tests.helpers.fake_captioner import FakeCaptioner, source_for
from tests.helpers.runs import Told, draw, wait_until


class Clock:
    """A time of day that the test moves."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


def test_photos_wait_until_a_person_goes_on(stores: Stores, tmp_path: Path) -> None:
    told = Told()
    rest = Rest(told)
    rest.begin()
    feeder = Feeder(stores.photos, 4)
    rest.rule(feeder)
    order = WriteOrder(WritePolicy(), 0.0, "a test")
    captioner = FakeCaptioner()
    runner = Runner(stores, feeder, source_for(captioner), lambda _photo: order, told)
    runner.start()
    try:
        paths = [draw(tmp_path / f"{n}.jpg", (n, 0, 0)) for n in range(3)]
        for path in paths:
            take_in(path, stores)
        feeder.wake()
        assert not feeder.wait_empty(0.2)
        assert captioner.seen == 0
        rest.end()
        wait_until(lambda: len(told.captioned()) == 3)
    finally:
        assert runner.stop() == []
    assert told.events[0] == PersonPaused(None)
    assert PersonResumed() in told.events
    assert not rest.resting


def test_a_pause_of_some_time_ends_when_its_time_of_day_comes() -> None:
    told, clock = Told(), Clock()
    rest = Rest(told, clock)
    rest.begin(3600)
    assert rest.resting
    assert rest.until == clock.time + 3600
    assert told.events == [PersonPaused(clock.time + 3600)]
    clock.time += 7200  # the machine slept meanwhile
    rest.begin(-3600)  # an end that is past
    wait_until(lambda: not rest.resting)
    wait_until(lambda: told.events[-1] == PersonResumed())
    rest.close()


def test_how_long_it_lasts_can_be_changed() -> None:
    told = Told()
    rest = Rest(told)
    rest.begin(3600)
    rest.begin(None)
    assert rest.until is None
    assert rest.resting
    rest.begin(7200)
    assert rest.until is not None
    rest.end()
    rest.end()
    assert told.events.count(PersonResumed()) == 1
    rest.close()


def test_closing_ends_the_wait_without_a_word() -> None:
    told = Told()
    rest = Rest(told)
    rest.begin(3600)
    rest.close()
    assert PersonResumed() not in told.events


def test_the_end_of_one_pause_is_not_the_end_of_the_other(stores: Stores, tmp_path: Path) -> None:
    take_in(draw(tmp_path / "a.jpg"), stores)
    told = Told()
    feeder = Feeder(stores.photos, 4)
    rest, pause = Rest(told), Pause(feeder, told)
    rest.rule(feeder)
    rest.begin()
    pause.begin(DiskFullError("The disk is full", "Free some space."))
    assert feeder._holders == {"a person", "the surroundings"}
    pause._end()  # what its timer does, seconds later
    assert feeder._holders == {"a person"}
    rest.end()
    assert feeder.next() is not None
    pause.close()
    feeder.close()


def test_a_watch_that_begins_while_it_rests_rests_too(stores: Stores, tmp_path: Path) -> None:
    take_in(draw(tmp_path / "a.jpg"), stores)
    rest = Rest(Told())
    rest.begin()
    for _ in range(2):  # one session after the other
        feeder = Feeder(stores.photos, 4)
        rest.rule(feeder)
        assert feeder._holders == {"a person"}
        rest.rule(None)
    rest.end()
    feeder = Feeder(stores.photos, 4)
    rest.rule(feeder)
    assert not feeder._holders


def test_a_pause_goes_on_after_a_restart_until_its_time_comes(tmp_path: Path) -> None:
    told, clock, kept = Told(), Clock(), tmp_path / "pause.toml"
    before = Rest(told, clock)
    before.remember(kept)
    before.begin(3600)
    before.close()
    again = Rest(told, clock)
    again.remember(kept)
    assert again.resting
    assert again.until == clock.time + 3600
    again.close()
    clock.time += 3601
    later = Rest(told, clock)
    later.remember(kept)
    assert not later.resting
    later.close()


def test_a_pause_without_an_end_is_remembered_until_a_person_goes_on(tmp_path: Path) -> None:
    told, kept = Told(), tmp_path / "pause.toml"
    before = Rest(told)
    before.remember(kept)
    before.begin()
    before.close()
    again = Rest(told)
    again.remember(kept)
    assert again.resting
    assert again.until is None
    again.end()
    again.close()
    third = Rest(told)
    third.remember(kept)
    assert not third.resting
    third.close()


@pytest.mark.parametrize("content", ["", "until = 'soon'", "[", "until_resumed = 3", "until = nan"])
def test_a_file_that_says_nothing_sensible_is_no_pause(tmp_path: Path, content: str) -> None:
    kept = tmp_path / "pause.toml"
    kept.write_text(content)
    rest = Rest(Told())
    rest.remember(kept)
    assert not rest.resting
    rest.close()
