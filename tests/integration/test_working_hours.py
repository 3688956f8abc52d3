# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captioning only on mains power and only in some hours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagger.events import WaitsFor, WorkWaits
from phototagger.pipeline.feeder import Feeder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.working_hours import WorkingHours, on_mains, waits
from phototagger.settings import Settings, WorkSettings, change_settings, load_settings
from tests.helpers.runs import Told, draw, wait_until


@pytest.mark.parametrize(
    ("hours", "now", "may"),
    [
        ("", "12:00", True),
        ("08:00-18:00", "08:00", True),
        ("08:00-18:00", "17:59", True),
        ("08:00-18:00", "18:00", False),
        ("08:00-18:00", "07:59", False),
        ("22:00-06:00", "23:30", True),
        ("22:00-06:00", "05:59", True),
        ("22:00-06:00", "06:00", False),
        ("09:00-09:00", "03:00", True),
    ],
)
def test_hours(hours: str, now: str, may: bool) -> None:
    told = waits(WorkSettings(hours=hours), time.fromisoformat(now), plugged_in=True)
    assert (told.waits_for is None) is may
    assert told.at == (None if may else time.fromisoformat(hours[:5]))


@given(now=st.times(), start=st.times(), end=st.times())
def test_of_two_spans_that_make_a_day_one_lets_it_work(now: time, start: time, end: time) -> None:
    spans = [f"{a:%H:%M}-{b:%H:%M}" for a, b in ((start, end), (end, start))]
    if spans[0] != spans[1]:
        let = [waits(WorkSettings(hours=span), now, plugged_in=True) for span in spans]
        assert sum(each.waits_for is None for each in let) == 1


def test_the_battery_comes_first_and_only_counts_when_asked_for() -> None:
    chosen = WorkSettings(only_on_mains=True, hours="00:00-00:01")
    assert waits(chosen, time(12), plugged_in=False) == WorkWaits(WaitsFor.MAINS)
    assert waits(WorkSettings(), time(12), plugged_in=False) == WorkWaits()


def test_this_machine_says_whether_it_is_plugged_in() -> None:
    assert on_mains() in (True, False)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = Stores.open(tmp_path / "data" / "library.sqlite")
    yield stores
    stores.close()


def test_photos_wait_for_the_plug_and_go_on_with_it(stores: Stores, tmp_path: Path) -> None:
    told, plug, chosen = Told(), [False], [Settings()]
    chosen[0] = replace(Settings(), working=WorkSettings(only_on_mains=True))
    hours = WorkingHours(lambda: chosen[0], told, datetime.now, lambda: plug[0])
    hours.start()
    try:
        take_in(draw(tmp_path / "a.jpg", (1, 2, 3)), stores)
        feeder = Feeder(stores.photos, 4)
        hours.rule(feeder)
        assert not feeder.wait_empty(0.05)
        assert feeder.held
        plug[0] = True
        hours.look()
        wait_until(lambda: not feeder.held)
        assert (photo := feeder.next()) is not None
        assert photo.path.name == "a.jpg"
        feeder.done()
    finally:
        hours.stop()
    assert told.events == [WorkWaits(WaitsFor.MAINS), WorkWaits()]


def test_at_its_end_nothing_waits_for_it_any_more(stores: Stores) -> None:
    told = Told()
    chosen = replace(Settings(), working=WorkSettings(only_on_mains=True))
    hours = WorkingHours(lambda: chosen, told, datetime.now, lambda: False)
    feeder = Feeder(stores.photos, 4)
    hours.rule(feeder)
    hours.start()
    assert feeder.held
    hours.stop()
    assert not feeder.held
    assert told.events[-1] == WorkWaits()


@pytest.mark.parametrize("hours", ["22-6", "25:00-06:00", "22:00", "22:00-06:60", "night"])
def test_hours_that_are_none_are_refused_or_ignored(tmp_path: Path, hours: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'[working]\nhours = "{hours}"\n')
    assert load_settings(path).working.hours == ""
    with pytest.raises(Exception, match="cannot be"):
        change_settings(path, {"working.hours": hours})
