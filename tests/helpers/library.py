# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Rows for tests of the library: photos with facts and captions, without any files on disk."""

from dataclasses import replace
from pathlib import Path

from phototagger.formats import Format
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.photo_store import PhotoStore
from phototagger.photo import (
    Caption,
    FileFacts,
    FileStat,
    Origin,
    Photo,
    PhotoStatus,
    Target,
    WriteRecord,
)

ROOT = Path("/pictures")
STAT = FileStat(
    size=1000,
    mtime_ns=1_700_000_000_000_000_000,  # 14 November 2023
    ctime_ns=1_700_000_000_000_000_001,
    device=7,
    inode=11,
)
FACTS = FileFacts(format=Format.JPEG, fingerprint="f1")


def by_machine(text: str, *, model: str = "starter", confidence: float = 0.5) -> Caption:
    """A machine's caption."""
    return Caption(text, Origin.AI, model, "r1", confidence, "2026-01-01T00:00:00Z")


def by_person(text: str) -> Caption:
    """A person's caption."""
    return Caption(text, Origin.HUMAN)


def add_photo(
    library: Library,
    name: str,
    caption: Caption | None = None,
    *,
    facts: FileFacts = FACTS,
    stat: FileStat = STAT,
    folder_id: int | None = None,
    status: PhotoStatus = PhotoStatus.PENDING,
) -> Photo:
    """A photo in `ROOT` with its facts, and a current caption if one is given."""
    photos = PhotoStore(library)
    photo = photos.add(ROOT / name, stat, folder_id=folder_id, status=status)
    photos.save_facts(photo.id, facts, stat)
    if caption is not None:
        CaptionStore(library).add(photo.id, caption, current=True)
    found = photos.by_id(photo.id)
    assert found is not None
    return found


def facts(**changes: object) -> FileFacts:
    """Facts of an ordinary JPEG, but for the changes."""
    return replace(FACTS, **changes)  # type: ignore[arg-type]


def write_record(path: Path, *, after: str = "after") -> WriteRecord:
    """What a write of a caption into a photo leaves behind."""
    return WriteRecord(
        path=path,
        target=Target.EMBEDDED,
        created=False,
        before=STAT,
        sha256_before="before",
        after=after,
        inverse=b"\x00inverse\xff",
    )
