# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The file system's side of a write: links, rights, names, full disks, other programs, crashes."""

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from phototagger.errors import (
    DiskFullError,
    FileChangedError,
    InCloudError,
    NoPermissionError,
    PhotoError,
    UnreadableError,
    VanishedError,
)
from phototagger.metadata import reasons, safety
from phototagger.metadata.leftovers import remove_leftovers
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, settle_record, write
from phototagger.photo import FileStat, Target, WriteRecord, Written
from phototagger.settings import Where, WritePolicy
from tests.helpers.photo_files import MACHINE, jpeg, put, saved

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file systems")


def caption(path: Path, policy: WritePolicy | None = None, **more: object) -> Written:
    options = {"expected": None, "on_prepared": lambda _: None} | more
    return write(path, WriteRequest(MACHINE), policy or WritePolicy(), **options)  # type: ignore[arg-type]


def test_a_read_only_photo_gets_a_sidecar(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    path.chmod(0o444)
    written = caption(path)
    assert written.target is Target.SIDECAR
    assert written.reason == f"The caption is beside the photo because {reasons.READ_ONLY}."


@posix
@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(NoPermissionError):
            caption(path)
    finally:
        tmp_path.chmod(0o755)


def _as_nobody(folder: Path, answer: "multiprocessing.Queue[str]") -> None:
    os.setuid(65534)
    for name in ("folder", "file"):
        try:
            written = caption(folder / name / "a.jpg")
            answer.put(f"{written.target} {written.reason}")
        except PhotoError as error:
            answer.put(type(error).__name__)


@posix
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_somebody_elses_photos(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents):
        if above.name.startswith(("pytest-", "popen-", "test_")):
            above.chmod(0o755)
    for name, mode in (("folder", 0o755), ("file", 0o777)):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(mode)
        put(tmp_path / name, "a.jpg", jpeg()).chmod(0o644)
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_as_nobody, args=(tmp_path, answer))
    process.start()
    assert answer.get(timeout=60) == "NoPermissionError"
    expected = f"sidecar The caption is beside the photo because {reasons.NOT_ALLOWED}."
    assert answer.get(timeout=60) == expected
    process.join()


@posix
def test_hard_links_stay_together_unless_asked(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    other = tmp_path / "b.jpg"
    other.hardlink_to(path)
    written = caption(path)
    assert written.target is Target.SIDECAR
    assert written.reason == f"The caption is beside the photo because {reasons.HARD_LINKS}."
    assert caption(path, WritePolicy(hard_links=True)).target is Target.EMBEDDED
    assert other.stat().st_nlink == 1


@posix
def test_a_symbolic_link_leads_to_the_real_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = put(tmp_path / "real", "a.jpg", jpeg())
    link = tmp_path / "link.jpg"
    link.symlink_to(real)
    written = caption(link)
    assert written.target is Target.EMBEDDED
    assert link.is_symlink()
    assert written.stat == FileStat.of(real.stat())
    assert read_facts(real).caption == MACHINE


def test_a_nearly_full_disk_means_a_sidecar_for_a_large_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    total, used, free = shutil.disk_usage(tmp_path)
    nearly = type(shutil.disk_usage(tmp_path))(total, used + free - 100, 100)
    monkeypatch.setattr(safety.shutil, "disk_usage", lambda _: nearly)
    with pytest.raises(DiskFullError):
        caption(path)
    assert path.read_bytes() == jpeg()
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.setattr(safety, "_USUAL_SIZE", 1)
    written = caption(path)
    assert written.reason == f"The caption is beside the photo because {reasons.SPACE}."


@pytest.mark.parametrize(
    "attributes", [{"st_flags": 0x40000000}, {"st_file_attributes": 0x1000 | 0x20}]
)
def test_a_photo_in_the_cloud_is_not_fetched(
    attributes: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    seen = path.stat()
    names = [name for name in dir(seen) if name.startswith("st_")]
    state = SimpleNamespace(**{name: getattr(seen, name) for name in names} | attributes)
    # Linux has no such files: what macOS and Windows say of one, put in stat's place.
    monkeypatch.setattr(Path, "stat", lambda *_, **__: state)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(InCloudError, match="in the cloud"):
        caption(path)


@posix
def test_a_link_in_circles_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.symlink_to(path)
    with pytest.raises(PhotoError):
        read_facts(path)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    os.mkfifo(path)
    with pytest.raises(UnreadableError):
        read_facts(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read_facts(tmp_path)
    with pytest.raises(VanishedError):
        read_facts(tmp_path / "a.jpg")


@posix
@pytest.mark.parametrize("name", [b"caf\xe9.jpg", b"two\nlines.jpg", b"x" * 251 + b".jpg"])
def test_any_name(name: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, os.fsdecode(name), jpeg())
    assert caption(path).target is Target.EMBEDDED
    assert read_facts(path).caption == MACHINE


@posix
def test_a_name_too_long_for_a_sidecar_is_a_clear_error(tmp_path: Path) -> None:
    path = put(tmp_path, "x" * 251 + ".gif", saved("GIF", "P"))
    assert read_facts(path).caption is None
    with pytest.raises(PhotoError, match="too long"):
        caption(path)


@posix
def test_mode_and_extended_attributes_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.tags", b"holiday")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    caption(path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.getxattr(path, "user.tags") == b"holiday"


def test_a_photo_that_changed_since_it_was_captioned(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    seen = FileStat.of(path.stat())
    put(tmp_path, "a.jpg", jpeg(size=(40, 40)))
    with pytest.raises(FileChangedError):
        caption(path, expected=seen)


def test_a_photo_that_changes_while_it_is_written(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    edited = jpeg(size=(40, 40))
    with pytest.raises(FileChangedError):
        caption(path, on_prepared=lambda _: path.write_bytes(edited))
    assert path.read_bytes() == edited
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_a_photo_that_vanishes_while_it_is_written(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    with pytest.raises(VanishedError):
        caption(path, on_prepared=lambda _: path.unlink())
    assert not list(tmp_path.iterdir())


def test_a_sidecar_that_appears_while_one_is_written(tmp_path: Path) -> None:
    path = put(tmp_path, "a.gif", saved("GIF", "P"))
    sidecar = tmp_path / "a.gif.xmp"
    with pytest.raises(FileChangedError):
        caption(path, on_prepared=lambda _: sidecar.write_text("somebody else's"))
    assert sidecar.read_text() == "somebody else's"


def test_the_record_is_told_after_the_check_and_before_the_replacement(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    original = path.read_bytes()

    def look(record: WriteRecord) -> None:
        assert path.read_bytes() == original
        assert len(list(tmp_path.glob(".phototagger-*.tmp"))) == 1
        assert settle_record(record) is False

    caption(path, on_prepared=look)


def _with_a_full_disk(path: Path, answer: "multiprocessing.Queue[str]") -> None:
    # A limit on file size stands in for the disk's end; the write fails in the same place.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))
    try:
        caption(path)
        answer.put("written")
    except PhotoError as error:
        answer.put(error.title)


@posix
def test_a_write_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    original = path.read_bytes()
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_with_a_full_disk, args=(path, answer))
    process.start()
    assert "could not write the file" in answer.get(timeout=60)
    process.join()
    assert path.read_bytes() == original
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


KILLED = """
import os, signal, sys
from pathlib import Path
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin
from phototagger.settings import WritePolicy
write(Path(sys.argv[1]), WriteRequest(Caption("A dog", Origin.AI)), WritePolicy(), expected=None,
      on_prepared=lambda _: os.kill(os.getpid(), signal.SIGKILL))
"""


@posix
def test_what_a_killed_process_leaves_is_removed(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    original = path.read_bytes()
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert path.read_bytes() == original
    assert len(list(tmp_path.glob(".phototagger-*"))) == 1
    assert remove_leftovers(tmp_path) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


@posix
def test_only_our_own_abandoned_files_are_removed(tmp_path: Path) -> None:
    mine = tmp_path / f".phototagger-{os.getpid()}-{'0' * 16}.tmp"
    kept = [
        tmp_path / ".phototagger-notes.tmp",
        tmp_path / f".phototagger-1-{'0' * 16}.tmp",  # somebody else's process, alive
        tmp_path / f"phototagger-{os.getpid()}-{'0' * 16}.tmp",
        tmp_path / "a.tmp",
    ]
    for path in (mine, *kept):
        path.touch()
    assert remove_leftovers(tmp_path) == 0  # a thread of ours may be about to lock it
    earlier = time.time() - 3600
    os.utime(mine, (earlier, earlier))
    assert remove_leftovers(tmp_path) == 1
    assert all(path.exists() for path in kept)
    yesterday = time.time() - 25 * 3600
    os.utime(kept[1], (yesterday, yesterday))
    assert remove_leftovers(tmp_path) == 1


def test_a_file_in_use_is_no_leftover(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    counts: list[int] = []
    caption(path, on_prepared=lambda _: counts.append(remove_leftovers(tmp_path)))
    assert counts == [0]


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(VanishedError):
        remove_leftovers(tmp_path / "gone")


def written_record(path: Path, policy: WritePolicy | None = None) -> WriteRecord:
    records: list[WriteRecord] = []
    caption(path, policy, on_prepared=records.append)
    return records[0]


def test_undo_refuses_a_file_that_was_changed_since(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    record = written_record(path)
    assert settle_record(record) is True
    path.write_bytes(path.read_bytes() + b"x")
    changed = path.read_bytes()
    assert settle_record(record) is None
    with pytest.raises(FileChangedError):
        revert(record)
    assert path.read_bytes() == changed


def test_undo_removes_a_sidecar_it_made(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    record = written_record(path, WritePolicy(where=Where.SIDECAR))
    assert (record.created, record.before, record.sha256_before) == (True, None, "")
    assert revert(record) is None
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]
    assert settle_record(record) is False


def test_undo_of_a_vanished_photo(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    record = written_record(path)
    path.unlink()
    assert settle_record(record) is None
    with pytest.raises(VanishedError):
        revert(record)


def test_a_damaged_record_changes_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    path = put(tmp_path, "a.jpg", jpeg())
    record = written_record(path)
    content = path.read_bytes()
    for damaged in (
        replace(record, inverse=b"junk"),
        replace(record, sha256_before="0" * 64),
    ):
        with pytest.raises(PhotoError):
            revert(damaged)
    assert path.read_bytes() == content
