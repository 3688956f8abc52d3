# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""When a file counts as finished, on a clock that the test moves."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from phototagger.photo import FileStat
from phototagger.watching.settler import Settler

_PHOTO = Path("/photos/a.jpg")


def stat(version: int) -> FileStat:
    return FileStat(size=version, mtime_ns=version, ctime_ns=version, device=1, inode=1)


class Folder:
    """Files that are as they are told to be; counts the looks at them."""

    def __init__(self) -> None:
        self.versions: dict[Path, int] = {}
        self.looks = 0

    def look(self, path: Path) -> FileStat | None:
        self.looks += 1
        version = self.versions.get(path)
        return None if version is None else stat(version)


def run(settler: Settler, folder: Folder, now: float, until: float) -> list[tuple[float, Path]]:
    """Tick exactly when the settler asks for it; when each path became ready."""
    ready = []
    while (wait := settler.next_look(now)) is not None and now + wait <= until:
        now += wait
        ready += [(now, path) for path in settler.tick(now, folder.look)]
    return ready


def test_a_file_that_does_not_change_is_ready_after_two_looks() -> None:
    settler, folder = Settler(2.0), Folder()
    folder.versions[_PHOTO] = 1
    settler.note(_PHOTO, 10.0)
    assert run(settler, folder, 10.0, 20.0) == [(12.25, _PHOTO)]
    assert folder.looks == 2
    assert len(settler) == 0


def test_nothing_unsettled_means_nothing_to_wake_for() -> None:
    settler = Settler(2.0)
    assert settler.next_look(0.0) is None
    settler.note(_PHOTO, 0.0)
    assert settler.next_look(0.0) == 0.0
    assert settler.tick(0.0, Folder().look) == []
    assert settler.next_look(0.0) is None


def test_a_vanished_file_is_gone_and_told_once() -> None:
    settler, folder = Settler(2.0), Folder()
    settler.note(_PHOTO, 0.0)
    assert run(settler, folder, 0.0, 9.0) == []
    assert settler.take_gone() == [_PHOTO]
    assert settler.take_gone() == []


def test_each_of_size_and_times_counts() -> None:
    plain = stat(1)
    others = (
        FileStat(2, plain.mtime_ns, plain.ctime_ns, 1, 1),
        FileStat(plain.size, 2, plain.ctime_ns, 1, 1),
        FileStat(plain.size, plain.mtime_ns, 2, 1, 1),
    )
    for other in others:
        settler = Settler(2.0)
        settler.note(_PHOTO, 0.0)
        assert settler.tick(0.0, lambda _: plain) == []
        assert settler.tick(1.0, lambda _: plain) == []
        assert settler.tick(3.0, lambda _, other=other: other) == []
        assert settler.tick(4.0, lambda _, other=other: other) == []
        assert settler.tick(5.9, lambda _, other=other: other) == []
        assert settler.tick(6.0, lambda _, other=other: other) == [_PHOTO]


def test_a_change_that_nobody_reported_is_still_noticed() -> None:
    settler, folder = Settler(2.0), Folder()
    folder.versions[_PHOTO] = 1
    settler.note(_PHOTO, 0.0)
    settler.tick(0.0, folder.look)
    folder.versions[_PHOTO] = 2
    assert run(settler, folder, 0.0, 9.0) == [(4.5, _PHOTO)]


@given(st.lists(st.floats(0.0, 3.0), min_size=1, max_size=30), st.floats(0.0, 0.01))
def test_a_slowly_written_file_is_ready_once_and_soon(pauses: list[float], late: float) -> None:
    """Written in bursts, every burst reported; thread wakes a little late each time."""
    settler, folder = Settler(2.0), Folder()
    now, last_change, ready = 0.0, 0.0, []
    for version, pause in enumerate(pauses):
        folder.versions[_PHOTO] = version
        settler.note(_PHOTO, now)
        last_change, end = now, now + pause
        ready += run(settler, folder, now, end)
        now = end
    while (wait := settler.next_look(now)) is not None:
        now += wait + late
        ready += [(now, path) for path in settler.tick(now, folder.look)]
    when, _ = ready[-1]
    assert 2.0 - 1e-9 <= when - last_change <= 2.5 + 4 * late + 1e-9
    assert len(ready) <= 1 + sum(pause >= 2.0 for pause in pauses[:-1])


@given(st.floats(0.0, 0.2))
def test_a_flood_wakes_the_thread_a_few_times_a_second(gap: float) -> None:
    settler, folder = Settler(2.0), Folder()
    now, wakes = 0.0, 0
    for number in range(100):
        path = Path(f"/photos/{number}.jpg")
        folder.versions[path] = 1
        settler.note(path, now)
        end = now + gap
        while (wait := settler.next_look(now)) is not None and now + wait <= end:
            now += wait
            wakes += 1
            settler.tick(now, folder.look)
        now = end
    assert wakes <= now * 4 + 2


def test_a_round_that_takes_long_does_not_shorten_the_wait() -> None:
    """Thousands of files on a slow disk: the second look follows the first by 2 s for each."""
    settler = Settler(2.0)
    paths = [Path(f"/photos/{number}.jpg") for number in range(30)]
    clock, looks = 0.0, {}
    ready: list[Path] = []
    for path in paths:
        settler.note(path, clock)

    def slow_look(path: Path) -> FileStat:
        nonlocal clock
        clock += 0.1 if path not in looks else 0.001
        looks.setdefault(path, []).append(clock)
        return stat(1)

    while (wait := settler.next_look(clock)) is not None:
        clock += wait
        ready += settler.tick(clock, slow_look)
    assert ready == paths
    assert all(second - first >= 2.0 for first, second in looks.values())


def test_memory_is_bounded_by_distinct_paths() -> None:
    settler = Settler(2.0)
    for moment in range(10_000):
        settler.note(Path(f"/photos/{moment % 7}.jpg"), float(moment))
    assert len(settler) == 7
