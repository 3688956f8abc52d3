# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger check`, as people run it."""

import subprocess
from pathlib import Path

from tests.helpers.command import phototagger
from tests.helpers.runs import draw


def test_contradictions_are_shown_mended_and_taken_back(tmp_path: Path, exiftool: str) -> None:
    data = tmp_path / "data"
    album = tmp_path / "album"
    photo = draw(album / "a.jpg")
    draw(album / "b.jpg")
    command = [exiftool, "-q", "-overwrite_original", "-ImageDescription=One\nline"]
    subprocess.run([*command, "-XMP-dc:Description=Two", str(photo)], check=True)
    before = photo.read_bytes()
    assert phototagger("check", data_dir=data).code == 0

    listed = phototagger("check", album, "--json", data_dir=data)
    assert listed.code == 1
    (record,) = listed.records
    assert record["path"] == str(photo)
    assert [said["counts"] for said in record["carriers"]] == [True, False]
    text = phototagger("check", album, data_dir=data).out
    assert "counts, as EXIF is read first" in text
    assert len(text.splitlines()) == 4

    dry = phototagger("check", album, "--reconcile", "--dry-run", "--json", data_dir=data)
    assert dry.records[0]["fields"] == ["Xmp.dc.description"]
    assert photo.read_bytes() == before

    done = phototagger("check", album, "--reconcile", "--use", "xmp", data_dir=data)
    assert done.code == 0, done.err
    assert "undo --batch" in done.err
    assert phototagger("check", album, data_dir=data).code == 0
    # A photo that was not in the library has not come into it.
    assert "0 photos" in phototagger("status", data_dir=data).out
    (entry,) = phototagger("history", photo, "--json", data_dir=data).records
    assert (entry["action"], entry["text"]) == ("reconcile", "Two")
    assert phototagger("undo", photo, data_dir=data).code == 0
    assert photo.read_bytes() == before
