# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What would be written to a few of a person's own photos, and where. Nothing is written.

The photos take the same path as all others, with a library that is thrown away.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from phototagger.errors import PhotoTaggerError
from phototagger.inference.captioner import Captioner
from phototagger.photo import Caption, Captioned, Origin, Photo, Target, Written
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.models import Model, source_of, threshold_for
from phototagger.pipeline.stages import WriteOrder, decode_stage, write_stage
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings, When
from phototagger.watching.scanner import FoundFile, walk

# Photos of a folder that are looked at for samples: enough for variety, and soon done on a NAS.
_LOOKED_AT = 2_000
_EXAMPLE = Caption("A caption.", Origin.AI, "example", "1", 1.0, "2026-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo and what would become of it.

    Attributes:
        path: the photo.
        present: the caption that is in its files already, or None.
        caption: what the model says, None without a model or when it says nothing.
        written: what would be written and where; None when the photo cannot be used.
        file: the file that would be written to, None for none.
        doubtful: the model is less sure than the threshold, so the caption goes to Review.
        error: why it cannot be captioned, or None.
    """

    path: Path
    present: Caption | None
    caption: Caption | None
    written: Written | None
    file: Path | None
    doubtful: bool = False
    error: PhotoTaggerError | None = None


def sample_photos(folders: Iterable[Path], count: int = 3) -> list[Path]:
    """A few photos of these folders: of different kinds where there are, and else the newest."""
    found = [
        file
        for folder in folders
        for file in islice(walk(folder.resolve()), _LOOKED_AT)
        if not file.cloud
    ]
    found.sort(key=lambda file: file.stat.mtime_ns, reverse=True)
    newest_of_kind: dict[str, FoundFile] = {}
    for file in found:
        newest_of_kind.setdefault(file.path.suffix.lower(), file)
    chosen = [*newest_of_kind.values()][:count]
    chosen += [file for file in found if file not in chosen][: count - len(chosen)]
    return [file.path for file in chosen]


def count_photos(folder: Path, most: int) -> int:
    """How many photos lie in a folder, by their names; counting ends at `most`."""
    return sum(1 for _ in islice(walk(folder.resolve()), most))


def preview(paths: Sequence[Path], settings: Settings, model: Model | None) -> list[Sample]:
    """What would become of these photos, one sample for each.

    Args:
        paths: the photos.
        settings: what would be written and where; whether at once or after a review is left out.
        model: captions them; None shows the places alone. Loading it takes seconds.

    Raises:
        ServiceError: the model cannot be used.
    """
    settings = replace(settings, writing=replace(settings.writing, when=When.AUTO))
    captioner = source_of(model, settings).load() if model else None
    try:
        with tempfile.TemporaryDirectory(prefix="phototagger-") as folder:
            stores = Stores.open(
                Path(folder) / "library.sqlite", camera_texts=settings.writing.camera_texts
            )
            try:
                doubt = threshold_for(settings, model.threshold if model else None)
                return [_sample(path, stores, settings, captioner, doubt) for path in paths]
            finally:
                stores.close()
    finally:
        if captioner:
            captioner.close()


def _sample(
    path: Path, stores: Stores, settings: Settings, captioner: Captioner | None, threshold: float
) -> Sample:
    caption = present = None
    try:
        photo = take_in(path.resolve(), stores)
        present = stores.captions.current(photo.id)
        if captioner:
            caption = _caption(photo, captioner)
        order = WriteOrder(settings.writing, 0.0, "preview", dry_run=True)
        written, _ = write_stage(Captioned(photo, caption or _EXAMPLE), stores, order)
    except PhotoTaggerError as error:
        return Sample(path, present, caption, None, None, error=error)
    sure = 1.0 if caption is None or caption.confidence is None else caption.confidence
    file = {
        Target.EMBEDDED: path,
        Target.SIDECAR: written.sidecar,
        Target.INDEX: None,
    }[written.target]
    return Sample(path, present, caption, written, file, sure < threshold)


def _caption(photo: Photo, captioner: Captioner) -> Caption:
    """What a model says of a photo.

    Raises:
        PhotoTaggerError: the photo cannot be decoded, or the model says nothing.
    """
    (answer,) = captioner.caption([decode_stage(photo, captioner.input_side).pixels])
    if isinstance(answer, PhotoTaggerError):
        raise answer
    return answer
