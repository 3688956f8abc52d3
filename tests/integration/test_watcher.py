# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A real watcher over real folders: what happens on disk is reported, and nothing else."""

import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phototagger.watching import volumes
from phototagger.watching.mounts import Mount
from phototagger.watching.watcher import FolderWatcher, Pace
from tests.helpers.runs import wait_until

# Long enough for a busy machine; a report usually takes a few milliseconds.
_PATIENCE = 10.0


class Reports:
    """Everything a watcher reported."""

    def __init__(self) -> None:
        self.paths: set[Path] = set()
        self.notices: list[tuple[str, str]] = []
        self.rescans = 0
        self._changed = threading.Condition()

    def path(self, path: Path) -> None:
        with self._changed:
            self.paths.add(path)
            self._changed.notify_all()

    def notice(self, text: str, hint: str) -> None:
        with self._changed:
            self.notices.append((text, hint))
            self._changed.notify_all()

    def rescan(self) -> None:
        with self._changed:
            self.rescans += 1
            self._changed.notify_all()

    def wait(self, until: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(until, _PATIENCE), (self.paths, self.notices)

    def wait_for(self, *paths: Path) -> None:
        self.wait(lambda: set(paths) <= self.paths)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def watcher(root: Path, reports: Reports) -> Iterator[FolderWatcher]:
    watcher = FolderWatcher(
        root,
        reports.path,
        reports.notice,
        on_rescan=reports.rescan,
        pace=Pace(check=0.05, shortest_poll=0.05, longest_poll=0.1),
    )
    yield watcher
    watcher.stop()


def test_new_changed_and_deleted_photos_are_reported(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    watcher.start()
    photo = root / "a.jpg"
    photo.write_bytes(b"1")
    reports.wait_for(photo)
    reports.paths.clear()
    with photo.open("ab") as file:
        file.write(b"2")
    reports.wait_for(photo)
    reports.paths.clear()
    photo.unlink()
    reports.wait_for(photo)
    assert not watcher.polling


def test_a_sidecar_is_reported_and_other_files_are_not(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    watcher.start()
    for name in ("notes.txt", ".hidden.jpg", ".phototagger-1.tmp"):
        (root / name).write_bytes(b"1")
    (root / "a.jpg.XMP").write_bytes(b"1")
    reports.wait_for(root / "a.jpg.XMP")
    assert reports.paths == {root / "a.jpg.XMP"}


def test_reading_a_photo_reports_nothing(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    old, new = root / "old.jpg", root / "new.jpg"
    old.write_bytes(b"1")
    watcher.start()
    old.read_bytes()
    new.write_bytes(b"1")
    reports.wait_for(new)
    assert reports.paths == {new}


def test_an_atomic_replace_and_a_rename_report_every_photo_name(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    photo = root / "a.jpg"
    photo.write_bytes(b"1")
    watcher.start()
    temporary = root / ".phototagger-1.tmp"
    temporary.write_bytes(b"2")
    temporary.replace(photo)
    reports.wait_for(photo)
    reports.paths.clear()
    photo.rename(root / "A.JPG")
    reports.wait_for(photo, root / "A.JPG")


def test_a_photo_moved_out_is_reported(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    photo = root / "a.jpg"
    photo.write_bytes(b"1")
    watcher.start()
    photo.rename(root.parent / "a.jpg")
    reports.wait_for(photo)


def test_a_folder_moved_in_reports_its_photos_and_is_watched_from_then_on(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    outside = root.parent / "outside" / "deep"
    outside.mkdir(parents=True)
    (outside / "a.jpg").write_bytes(b"1")
    (outside / ".hidden").mkdir()
    (outside / ".hidden" / "b.jpg").write_bytes(b"1")
    watcher.start()
    outside.parent.rename(root / "inside")
    reports.wait_for(root / "inside" / "deep" / "a.jpg")
    (root / "inside" / "deep" / "later.jpg").write_bytes(b"1")
    reports.wait_for(root / "inside" / "deep" / "later.jpg")
    assert not any(".hidden" in path.parts for path in reports.paths)


def test_a_folder_renamed_inside_reports_old_and_new_paths(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    (root / "old").mkdir()
    (root / "old" / "a.jpg").write_bytes(b"1")
    watcher.start()
    (root / "old").rename(root / "new")
    reports.wait_for(root / "old" / "a.jpg", root / "new" / "a.jpg")
    (root / "new" / "b.jpg").write_bytes(b"1")
    reports.wait_for(root / "new" / "b.jpg")


def test_a_folder_moved_out_asks_for_a_rescan(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    (root / "sub").mkdir()
    (root / "sub" / "a.jpg").write_bytes(b"1")
    watcher.start()
    (root / "sub").rename(root.parent / "sub")
    reports.wait(lambda: reports.rescans > 0)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems walk the folder within the hour")
def test_a_folder_that_may_be_read_again_asks_for_a_rescan(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    inner = root / "inner"
    inner.mkdir()
    watcher.start()
    (inner / "a.jpg").write_bytes(b"1")
    reports.wait_for(inner / "a.jpg")
    before = reports.rescans
    inner.chmod(0o500)
    inner.chmod(0o755)
    reports.wait(lambda: reports.rescans > before)


def test_a_tree_made_at_once_is_seen_whole(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    watcher.start()
    photos = []
    for number in range(40):
        folder = root / "trip" / f"day {number}" / "raw"
        folder.mkdir(parents=True)
        photos.append(folder / "a.jpg")
        photos[-1].write_bytes(b"1")
    reports.wait_for(*photos)


def test_ignored_folders_are_silent_and_a_marker_asks_for_a_rescan(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    for name in ("@eaDir", "private"):
        (root / name).mkdir()
    watcher.start()
    (root / "private" / ".nomedia").touch()
    reports.wait(lambda: reports.rescans == 1)
    (root / "@eaDir" / "a.jpg").write_bytes(b"1")
    (root / "private" / "a.jpg").write_bytes(b"1")
    (root / "seen.jpg").write_bytes(b"1")
    reports.wait_for(root / "seen.jpg")
    assert reports.paths == {root / "seen.jpg"}


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_names_that_are_no_text_are_reported(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    watcher.start()
    name = os.fsdecode(os.fsencode(root) + b"/caf\xe9\nnight.jpg")
    Path(name).write_bytes(b"1")
    reports.wait_for(Path(name))


def test_a_missing_folder_is_told_of_once_and_watched_when_it_comes(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    root.rmdir()
    watcher.start()
    assert "not there" in reports.notices[0][0]
    time.sleep(0.3)
    assert len(reports.notices) == 1
    root.mkdir()
    reports.wait(lambda: reports.rescans == 1)
    (root / "a.jpg").write_bytes(b"1")
    reports.wait_for(root / "a.jpg")


def test_a_folder_that_goes_away_and_returns_is_watched_again(
    root: Path, reports: Reports, watcher: FolderWatcher
) -> None:
    watcher.start()
    away = root.with_name("away")
    root.rename(away)
    reports.wait(lambda: len(reports.notices) == 1)
    away.rename(root)
    reports.wait(lambda: len(reports.notices) == 2)
    reports.wait(lambda: reports.rescans >= 2)
    (root / "a.jpg").write_bytes(b"1")
    reports.wait_for(root / "a.jpg")


def test_stop_ends_every_thread(root: Path, reports: Reports) -> None:
    before = threading.active_count()
    watcher = FolderWatcher(root, reports.path, reports.notice)
    watcher.start()
    watcher.stop()
    assert threading.active_count() == before


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_a_folder_that_is_back_at_once_is_walked_and_watched_anew(
    root: Path, reports: Reports
) -> None:
    watcher = FolderWatcher(
        root, reports.path, reports.notice, on_rescan=reports.rescan, pace=Pace(check=1.0)
    )
    watcher.start()
    try:
        away = root.with_name("away")
        root.rename(away)
        # Nobody sees this folder come, so that it has no watch of its own.
        (away / "trip").mkdir()
        away.rename(root)
        reports.wait(lambda: reports.rescans > 0)
        photo = root / "trip" / "a.jpg"

        def is_told_of() -> bool:
            # What is written before the watch is set anew is found by the walk alone.
            photo.write_bytes(b"1")
            return photo in reports.paths

        wait_until(is_told_of)
    finally:
        watcher.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_dropped_events_are_told(root: Path, reports: Reports) -> None:
    """The kernel's own message that its queue ran over, handed to the real observer."""
    from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, Mask, WatchDescriptor

    from phototagger.watching.inotify import Kernel

    kernel = Kernel(lambda _: False, lambda: None, reports.rescan, root, lambda: None)
    try:
        overflow = InotifyEvent(WatchDescriptor(-1), Mask(InotifyConstants.IN_Q_OVERFLOW), 0, b"")
        kernel.handle_event(overflow)
    finally:
        kernel.close()
    assert reports.rescans == 1


# Run in a user namespace of its own, where the kernel's limit can be lowered for nobody else.
_LIMITED = """
    import sys, time
    from pathlib import Path
    from phototagger.watching.watcher import FolderWatcher, Pace

    root, limit, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    Path("/proc/sys/user", limit).write_text(number)
    paths, notices = set(), []
    watcher = FolderWatcher(
        root, paths.add, lambda *notice: notices.append(notice),
        pace=Pace(check=0.05, shortest_poll=0.05, longest_poll=0.1),
    )
    watcher.start()
    photo = root / "9" / "new.jpg"
    deadline = time.monotonic() + 20
    while not watcher.polling and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.5)
    photo.write_bytes(b"1")
    while photo not in paths and time.monotonic() < deadline:
        time.sleep(0.01)
    watcher.stop()
    print(photo in paths, len(notices), *notices[0])
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs util-linux")
@pytest.mark.parametrize(
    ("limit", "number", "sysctl"),
    [
        ("max_inotify_watches", "4", "fs.inotify.max_user_watches"),
        ("max_inotify_watches", "0", "fs.inotify.max_user_watches"),
        ("max_inotify_instances", "0", "fs.inotify.max_user_instances"),
    ],
)
def test_a_folder_over_the_limit_is_polled_with_one_notice(
    root: Path, limit: str, number: str, sysctl: str
) -> None:
    allowed = subprocess.run(["unshare", "-Ur", "true"], capture_output=True, check=False)
    if allowed.returncode:
        pytest.skip("user namespaces are not allowed here")
    for name in range(20):
        (root / str(name)).mkdir()
    program = textwrap.dedent(_LIMITED)
    done = subprocess.run(
        ["unshare", "-Ur", sys.executable, "-c", program, str(root), limit, number],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found, notices, *words = done.stdout.split()
    assert (found, notices) == ("True", "1")
    assert sysctl in " ".join(words)
    assert done.stderr == ""


def test_a_network_disk_is_polled_and_says_why(
    root: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what the system's table of mounts says is made up; the walks are real."""
    share = Mount("/", "nfs4", "nas:/photos")
    monkeypatch.setattr(volumes, "mounts", lambda: [share])
    (root / "old.jpg").write_bytes(b"1")
    pace = Pace(check=0.05, shortest_poll=0.05, longest_poll=0.1)
    watcher = FolderWatcher(root, reports.path, reports.notice, on_rescan=reports.rescan, pace=pace)
    watcher.start()
    try:
        # The first walk finds out how things are, and asks for the pipeline's own.
        reports.wait(lambda: reports.rescans == 1)
        (root / "new.jpg").write_bytes(b"1")
        reports.wait_for(root / "new.jpg")
        (root / "old.jpg").unlink()
        reports.wait_for(root / "old.jpg")
        assert watcher.state.polling
        assert "network disk" in watcher.state.reason
        assert len(reports.notices) == 1
    finally:
        watcher.stop()
