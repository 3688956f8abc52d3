# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`kill -9` at any moment of a watch: nothing is lost, nothing is done twice, nothing is harmed."""

import hashlib
import json
import random
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from tests.bench.storm.kills import every_kill
from tests.bench.storm.rounds import Place, Round, Tally, setup_for, undisturbed
from tests.bench.storm.witness import Witness
from tests.helpers.chat_server import chat_server
from tests.helpers.command import Running, phototagger
from tests.helpers.deadly import POINTS, Executioner
from tests.helpers.exiftool_session import ExiftoolSession

# `make storm` does this by the hundred, over real camera files.
PHOTOS = 120
KILLS = 3
MODEL = ("--model", "starter-vit-gpt2", "--threshold", "0")
FORMATS = ("jpg", "jpg", "jpg", "png", "webp", "tif", "gif")


def pixels_of(path: Path) -> str:
    with Image.open(path) as picture:
        return hashlib.sha256(picture.convert("RGB").tobytes()).hexdigest()


def draw_album(folder: Path, rng: random.Random, count: int = PHOTOS) -> dict[Path, str]:
    folder.mkdir()
    for n in range(count):
        picture = Image.new("RGB", (96, 72), (n % 256, n // 256 * 90, rng.randrange(256)))
        picture.putpixel((n % 96, n // 96), (255, 255, 255))
        picture.save(folder / f"{n:03}.{FORMATS[n % len(FORMATS)]}")
    return {path: pixels_of(path) for path in sorted(folder.iterdir())}


def run_and_kill(data: Path, rng: random.Random) -> None:
    """Kill a watch: while it starts, or some time after its first caption of this run."""
    watch = Running("watch", *MODEL, "--json", data_dir=data)
    if rng.random() < 0.2:
        time.sleep(rng.uniform(0.1, 6.0))
    else:
        while "captioned" not in watch.out() and watch.process.poll() is None:
            time.sleep(0.02)
        time.sleep(rng.uniform(0.0, 1.2))
    watch.kill()


@pytest.mark.timeout(600)
def test_killed_at_every_named_point(tmp_path: Path, exiftool: str) -> None:
    watches, undos = every_kill()
    originals = tmp_path / "originals"
    draw_album(originals, random.Random(1), len(watches) + 8)
    tally = Tally()
    with chat_server() as server, ExiftoolSession(exiftool) as session:
        witness = Witness(originals, session)
        setup = setup_for('where = "both"', server.url)
        expected = undisturbed(Place(tmp_path / "calm", originals, setup), witness)
        place = Place(tmp_path / "storm", originals, setup)
        with Executioner() as executioner:
            storm = Round(place, witness, tally, executioner, random.Random(1))
            assert storm.kill(watches, len(watches)) == len(watches)
            storm.end(expected)
            assert storm.kill(undos, len(undos)) == len(undos)
            storm.undo(expected)
    assert not tally.faults
    assert {kill.death.point for kill in (*watches, *undos) if kill.death} == set(POINTS)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_random_moments(tmp_path: Path, exiftool: str) -> None:
    rng = random.Random(20261121)
    album, data = tmp_path / "album", tmp_path / "data"
    pixels = draw_album(album, rng)
    assert phototagger("folder", "add", album, data_dir=data).code == 0
    for _ in range(KILLS):
        run_and_kill(data, rng)
    last = phototagger("watch", "--once", *MODEL, "--json", data_dir=data, patience=900)
    assert last.code == 0, last.err

    leftovers = [path for path in album.iterdir() if path.name.startswith(".")]
    assert leftovers == []
    assert {path: pixels_of(path) for path in pixels} == pixels
    sidecars = {path for path in album.iterdir() if path.suffix == ".xmp"}
    assert {path.name for path in sidecars} == {
        f"{p.name}.xmp" for p in pixels if p.suffix == ".gif"
    }

    # Every caption is in its file, by an independent reader, and equal to the library's.
    command = [exiftool, "-j", "-q", "-XMP-dc:Description", "-r", str(album), "-ext", "*"]
    written = {
        record["SourceFile"]: record.get("Description")
        for record in json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    }
    with sqlite3.connect(data / "library.sqlite") as library:
        assert library.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = dict(library.execute("SELECT status, count(*) FROM photos GROUP BY status"))
        captions = library.execute(
            "SELECT cast(path AS text), text FROM captions JOIN photos ON photos.id = photo_id "
            "WHERE is_current"
        ).fetchall()
    library.close()
    with sqlite3.connect(data / "journal.sqlite") as journal:
        assert journal.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        entries = Counter(
            row[0]
            for row in journal.execute("SELECT photo_id FROM entries WHERE state = 'confirmed'")
        )
        open_entries = journal.execute("SELECT count(*) FROM entries WHERE state = 'prepared'")
        assert open_entries.fetchone() == (0,)
    journal.close()
    assert counts == {"captioned": PHOTOS}
    assert len(captions) == PHOTOS
    for path, text in captions:
        holder = f"{path}.xmp" if path.endswith(".gif") else path
        assert written[holder] == text
    assert len(entries) == PHOTOS
    assert set(entries.values()) == {1}
