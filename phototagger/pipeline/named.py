# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Photos and folders that a person names: taken in, and which of them need a caption."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from phototagger.errors import PhotoError
from phototagger.events import CaptionWritten, Listener, PhotoAdded, PhotoFailed
from phototagger.photo import Origin, Photo, PhotoStatus, Written
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.models import Model
from phototagger.pipeline.recovery import clean_up
from phototagger.pipeline.stores import Stores
from phototagger.watching.scanner import unreadable, walk


def to_caption(
    stores: Stores, tell: Listener, paths: Iterable[Path], model: Model | None, *, again: bool
) -> Iterator[int]:
    """Take in every photo named; ids of those to caption, events for the others.

    Args:
        stores: the library.
        tell: told of photos that are not captioned now.
        paths: photos and folders.
        model: the model that is to caption them, None for none.
        again: also those that the model has captioned.
    """

    def unlisted(path: Path) -> None:
        tell(PhotoFailed(path, unreadable(path)))

    for path in _expand(paths, unlisted):
        try:
            photo = take_in(path, stores)
        except PhotoError as error:
            tell(PhotoFailed(path, error))
            continue
        done = None if again else _already(stores, photo, model)
        if done is not None:
            tell(done)
        elif model is None:
            tell(PhotoAdded(path, photo.status))
            if photo.status is PhotoStatus.PENDING:
                yield photo.id
        else:
            stores.photos.requeue([photo.id])
            yield photo.id


def _expand(paths: Iterable[Path], unlisted: Callable[[Path], None]) -> Iterator[Path]:
    cleaned: set[Path] = set()
    for path in paths:
        # Folders are resolved, so that no photo is known by two paths; a symbolic link to a
        # photo keeps its own name.
        if path.is_dir():
            for found in walk(path.resolve(), on_leftover=clean_up, on_unreadable=unlisted):
                if not found.cloud:
                    yield found.path
            continue
        absolute = path.parent.resolve() / path.name
        if absolute.parent not in cleaned:
            cleaned.add(absolute.parent)
            clean_up(absolute)
        yield absolute


def _already(stores: Stores, photo: Photo, model: Model | None) -> CaptionWritten | None:
    """The event of a photo that this model, or any when there is none, has captioned."""
    if photo.status not in (PhotoStatus.CAPTIONED, PhotoStatus.REVIEW):
        return None
    caption = stores.captions.current(photo.id)
    if caption is None or caption.origin is not Origin.AI:
        return None
    if model is not None and caption.model != model.name:
        return None
    target, reason = stores.photos.written(photo.id)
    return CaptionWritten(photo, caption, Written(target, (), reason, photo.stat), photo.status)
