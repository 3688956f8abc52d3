# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Real camera and program files: nothing but the caption changes, and everything comes back."""

import shutil
from pathlib import Path

import pytest

from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Target
from phototagger.settings import WritePolicy
from tests.bench.fidelity.examine import Verdict, examine
from tests.bench.fidelity.report import FATAL, summary
from tests.helpers.photo_files import MACHINE

# One of each thing that other writers break: maker notes with absolute offsets, a list of
# pictures, a gain map, an overhanging thumbnail, a full EXIF block, many pages, animation.
TELLING = (
    "libavif__apple_gainmap_new", "pillow__frozenpond", "ultrahdr__s01", "exiv2__pr_1994",
    "exiftool__Google", "exiftool__Pentax", "metadata-extractor__Sony_DCR", "digicam_corpus__P3",
    "metadata-extractor__Sanyo", "metadata-extractor__0c84d07e", "metadata-extractor__BigTIFF",
    "metadata-extractor__Animation", "imagemeta__utf8", "metadata-extractor__JVC",
)  # fmt: skip


def test_only_the_caption_changes_in_what_others_break(
    shared_data: Path, exiftool: str, tmp_path: Path
) -> None:
    files = sorted((shared_data / "cameras").iterdir())
    verdicts = examine([path for path in files if path.name.startswith(TELLING)], tmp_path)
    assert summary(verdicts)["embedded"] == len(TELLING)
    assert findings(verdicts) == {}


@pytest.mark.slow
def test_only_the_caption_changes_in_every_file(
    shared_data: Path, exiftool: str, tmp_path: Path
) -> None:
    cameras, photos = (sorted((shared_data / name).iterdir()) for name in ("cameras", "photos"))
    verdicts = examine([*cameras, *photos], tmp_path)
    assert findings(verdicts) == {}
    assert summary(verdicts)["embedded"] >= 96
    # The promise, of the sound JPEGs without a signature.
    assert summary(verdicts)["sound_jpegs_share"] >= 0.97


def findings(verdicts: list[Verdict]) -> dict[str, dict[str, list[str]]]:
    """What went wrong, by file; new complaints of a validation are no damage."""
    found = {v.path: {k: f for k, f in v.findings.items() if k in FATAL} for v in verdicts}
    return {path: kinds for path, kinds in found.items() if kinds}


def test_a_persons_caption_in_a_real_photo_is_kept(shared_data: Path, tmp_path: Path) -> None:
    name = "test-assets__tanners_ridge__c7ea8d.jpg"
    path = Path(shutil.copyfile(shared_data / "cameras" / name, tmp_path / name))
    original = path.read_bytes()
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.INDEX
    assert path.read_bytes() == original
