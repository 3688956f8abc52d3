# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What would be written and where, shown before anything is: nothing changes on disk."""

import os
import subprocess
from pathlib import Path

import pytest

from phototagger.inference.catalogue import STARTER_VIT_GPT2, find
from phototagger.paths import starter_models_dir
from phototagger.photo import Origin, Target
from phototagger.pipeline.preview import preview, sample_photos
from phototagger.settings import CaptionSettings, Settings, When, Where, WritePolicy
from tests.helpers.runs import draw


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def album(tmp_path: Path) -> Path:
    album = tmp_path / "album"
    for n, name in enumerate(["a.jpg", "b.jpg", "c.png", "d.bmp", "e.jpg"]):
        os.utime(draw(album / name, (40 * n, 9, 9)), (1_700_000_000 + n, 1_700_000_000 + n))
    return album


def test_samples_are_of_different_kinds_and_new(album: Path, tmp_path: Path) -> None:
    chosen = sample_photos([album])
    assert [path.name for path in chosen] == ["e.jpg", "d.bmp", "c.png"]
    assert [path.name for path in sample_photos([album], 4)][-1] == "b.jpg"
    assert sample_photos([tmp_path / "nowhere"]) == []
    assert len(sample_photos([album], 100)) == 5


def test_places_are_known_without_a_model(album: Path) -> None:
    before = snapshot(album)
    samples = {each.path.name: each for each in preview(sorted(album.iterdir()), Settings(), None)}
    assert snapshot(album) == before
    assert samples["a.jpg"].file == album / "a.jpg"
    assert samples["d.bmp"].file == album / "d.bmp.xmp"
    assert samples["d.bmp"].written is not None
    assert samples["d.bmp"].written.reason
    assert all(each.caption is None and each.error is None for each in samples.values())


def test_settings_decide_where(album: Path) -> None:
    policy = WritePolicy(where=Where.SIDECAR, when=When.REVIEW)
    (sample,) = preview([album / "a.jpg"], Settings(writing=policy), None)
    assert sample.file == album / "a.jpg.xmp"


def test_a_persons_caption_is_shown_and_kept(album: Path, exiftool: str) -> None:
    path = album / "a.jpg"
    subprocess.run([exiftool, "-q", "-overwrite_original", "-Description=Mine.", path], check=True)
    (sample,) = preview([path], Settings(), None)
    assert sample.present is not None
    assert (sample.present.text, sample.present.origin) == ("Mine.", Origin.HUMAN)
    assert sample.written is not None
    assert (sample.written.target, sample.file) == (Target.INDEX, None)


def test_a_file_that_is_no_photo_has_its_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"no picture")
    (sample,) = preview([path], Settings(), None)
    assert sample.error is not None
    assert sample.written is None


def test_a_model_says_what_it_would_write(album: Path) -> None:
    before = snapshot(album)
    model = find(STARTER_VIT_GPT2, album / "none", starter_models_dir())
    settings = Settings(captions=CaptionSettings(threshold=1.0))
    samples = preview([album / "a.jpg", album / "c.png"], settings, model)
    assert snapshot(album) == before
    for sample in samples:
        assert sample.caption is not None
        assert sample.caption.model == STARTER_VIT_GPT2
        assert sample.doubtful
        assert sample.written is not None
        assert sample.written.target is Target.EMBEDDED
