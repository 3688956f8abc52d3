# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Real camera and program files: nothing but the caption changes, and everything comes back."""

import shutil
from pathlib import Path

import pytest

from phototagger.metadata.fingerprint import fingerprint
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Target, WriteRecord
from phototagger.settings import Existing, WritePolicy
from tests.helpers.photo_files import LETTERS, MACHINE
from tests.helpers.second_opinion import exiftool_reads

# Tags that carry the old text in some of these files, so that `REPLACE` updates them.
FOLLOWING = {"Comment", "UserComment"}
# A WebP that gets its first metadata gets a canvas chunk, which exiftool shows as two tags.
CANVAS = {"ImageWidth", "ImageHeight"}


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
    sources = [path for path in files if path.name.startswith(TELLING)]
    assert len(write_compare_and_revert(sources, tmp_path)) == len(TELLING)


@pytest.mark.slow
def test_only_the_caption_changes_in_every_file(
    shared_data: Path, exiftool: str, tmp_path: Path
) -> None:
    cameras = [p for p in sorted((shared_data / "cameras").iterdir()) if p.suffix != ".tsv"]
    photos = sorted((shared_data / "photos").glob("*.jpg"))
    assert len(write_compare_and_revert(cameras + photos, tmp_path)) >= 92


def write_compare_and_revert(sources: list[Path], tmp_path: Path) -> list[Path]:
    """Caption copies of files, compare all that exiftool sees, undo; the embedded ones."""
    paths = [Path(shutil.copyfile(p, tmp_path / p.name)) for p in sources]
    policy = WritePolicy(existing=Existing.REPLACE)
    before = exiftool_reads(paths)
    records: dict[Path, list[WriteRecord]] = {path: [] for path in paths}
    targets, full = {}, []
    for path in paths:
        prints = fingerprint(path)
        written = write(
            path,
            WriteRequest(MACHINE),
            policy,
            expected=None,
            on_prepared=records[path].append,
        )
        targets[path] = written.target
        assert bool(written.reason) is (written.target is not Target.EMBEDDED), path.name
        assert fingerprint(path) == prints, path.name
        if written.target is Target.EMBEDDED:
            assert read_facts(path).caption == MACHINE, path.name
            if "Exif.Image.ImageDescription" not in written.fields:
                full.append(path)
    embedded = [path for path, target in targets.items() if target is Target.EMBEDDED]
    after = exiftool_reads(embedded)

    for path in embedded:
        in_exif, in_xmp = after[path].captions
        less = before[path].others - after[path].others
        gained = after[path].others - before[path].others
        lost = {tag for tag in less if tag[1] not in FOLLOWING}
        extra = {tag for tag in gained if tag[1] not in FOLLOWING | CANVAS}
        assert (lost, extra) == (set(), set()), path.name
        assert in_xmp == LETTERS, path.name
        assert in_exif == LETTERS or path in full, path.name
    for path, source in zip(paths, sources, strict=True):
        for record in reversed(records[path]):
            revert(record)
        assert path.read_bytes() == source.read_bytes(), path.name
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in sources)
    return embedded


def test_a_persons_caption_in_a_real_photo_is_kept(shared_data: Path, tmp_path: Path) -> None:
    name = "test-assets__tanners_ridge__c7ea8d.jpg"
    path = Path(shutil.copyfile(shared_data / "cameras" / name, tmp_path / name))
    original = path.read_bytes()
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.INDEX
    assert path.read_bytes() == original
