# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`make fidelity` finds the damage that a worse writer does."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from phototagger.errors import UnreadableError
from phototagger.metadata.writer import write
from phototagger.photo import FileStat, Written
from tests.bench.fidelity.examine import Verdict, examine
from tests.conftest import REPOSITORY
from tests.helpers.photo_files import exif_block, jpeg, put, samples, saved, xmp_packet

Damage = Callable[[bytes], bytes]


def swapped(old: bytes, new: bytes) -> Damage:
    def damage(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return damage


def writer_that(damages: Damage) -> Callable[..., Written]:
    """The real writer, followed by damage to the photo it wrote."""

    def worse(path: Path, *arguments: Any, **options: Any) -> Written:
        written = write(path, *arguments, **options)
        if written.fields:
            path.write_bytes(damages(path.read_bytes()))
        return written

    return worse


def verdict_on(data: bytes, folder: Path, writer: Callable[..., Written]) -> Verdict:
    (folder / "work").mkdir()
    return examine([put(folder, "a.jpg", data)], folder / "work", writer)[0]


PHOTO = jpeg(
    exif=exif_block(b"SONY DSC"),
    xmp=xmp_packet('<dc:creator xmlns:x="x"><rdf:Seq><rdf:li>Ana</rdf:li></rdf:Seq></dc:creator>'),
    more=b"\xff\xe9\x00\x06note",
    trailer=b"a film or a preview",
)


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (swapped(b"Acme One", b"Acme Two"), "collateral"),
        (swapped(b"ACME\0\0\1\2", b"ACME\0\1\0\2"), "collateral"),
        (swapped(b"<rdf:li>Ana</rdf:li>", b""), "collateral"),
        (swapped(b"note", b"nose"), "pixels"),
        (swapped(b"preview", b"previes"), "pixels"),
        (lambda data: data[:-40] + b"\0\0" + data[-38:], "pixels"),
        # One of the two captions.
        (lambda data: data.replace(b"play on a beach", b"play in a beach"), "unreadable"),
    ],
)
def test_damage_is_found(damage: Damage, kind: str, exiftool: str, tmp_path: Path) -> None:
    assert kind in verdict_on(PHOTO, tmp_path, writer_that(damage)).findings


def test_a_failed_undo_is_found(exiftool: str, tmp_path: Path) -> None:
    def forgetful(*arguments: Any, **options: Any) -> Written:
        options["on_prepared"] = lambda _: None
        return write(*arguments, **options)

    assert set(verdict_on(PHOTO, tmp_path, forgetful).findings) == {"undo"}


def test_an_exception_and_a_stray_file_are_found(exiftool: str, tmp_path: Path) -> None:
    def broken(path: Path, *arguments: Any, **options: Any) -> Written:
        path.with_name("left over").touch()
        raise IndexError("a bug")

    verdict = verdict_on(PHOTO, tmp_path, broken)
    assert verdict.outcome == "failed"
    assert set(verdict.findings) == {"failed", "collateral", "undo"}


def test_a_writer_that_never_ends_its_work_is_found(exiftool: str, tmp_path: Path) -> None:
    def repeating(*arguments: Any, **options: Any) -> Written:
        return replace(write(*arguments, **options), fields=("Xmp.dc.description",))

    assert set(verdict_on(PHOTO, tmp_path, repeating).findings) >= {"repeated"}


def test_the_command_copes_with_any_folder(exiftool: str, tmp_path: Path) -> None:
    folder = tmp_path / "all sorts"
    folder.mkdir()
    put(folder, "sound.jpg", PHOTO)
    put(folder, "-odd\nname.JPG", PHOTO)
    (folder / os.fsdecode(b"latin-\xe9.png")).write_bytes(samples()["plain.png"])
    put(folder, "cut.jpg", PHOTO[:900])
    put(folder, "film.gif", saved("GIF"))
    put(folder, "film.gif.xmp", xmp_packet(""))
    put(folder, "notes.txt", b"no picture")
    put(folder, "empty.jpg", b"")
    os.mkfifo(folder / "pipe.jpg")
    before = {p.name: FileStat.of(p.stat()) for p in folder.iterdir()}

    command = [sys.executable, "-m", "tests.bench.fidelity", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)

    counts = json.loads(answer.stdout.splitlines()[-1])
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert {p.name: FileStat.of(p.stat()) for p in folder.iterdir()} == before
    wanted = {"files": 5, "embedded": 3, "sidecar": 2, "skipped": 3, "collateral": 0}
    wanted |= {"pixels_changed": 0, "undo_failed": 0, "unreadable": 0, "sound_jpegs_share": 1.0}
    assert {key: counts[key] for key in wanted} == wanted


def test_a_refusal_is_no_finding(exiftool: str, tmp_path: Path) -> None:
    def refusing(path: Path, *arguments: Any, **options: Any) -> Written:
        raise UnreadableError("It is refused", "Try another.", path)

    verdict = verdict_on(PHOTO, tmp_path, refusing)
    assert (verdict.outcome, verdict.reason, verdict.findings) == ("refused", "It is refused", {})
