# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Find photos that say different things in different places, and make them agree on request."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from phototagger.errors import PhotoError
from phototagger.library.journal import Action, Purpose
from phototagger.library.kept_words import stands_in_files
from phototagger.library.text_state import text_state
from phototagger.metadata.agreement import Comparison, Use, compare, text_to_use
from phototagger.metadata.reader import read_facts
from phototagger.metadata.reconcile import reconcile
from phototagger.photo import FileStat, Photo, PhotoStatus, Written
from phototagger.pipeline.decided import deciding
from phototagger.pipeline.journalled import journalled
from phototagger.pipeline.session import OrderBook
from phototagger.pipeline.stores import Stores
from phototagger.settings import Settings
from phototagger.watching.scanner import unreadable, walk


def disagreeing(
    paths: Iterable[Path], camera_texts: tuple[str, ...], *, secondary: bool
) -> Iterator[tuple[Path, Comparison | PhotoError]]:
    """Photos whose carriers disagree, and those that cannot be read; the others are left out.

    Args:
        paths: photos and folders.
        camera_texts: texts that count as no caption, from the settings.
        secondary: also compare comments and the like.
    """
    unlisted: list[Path] = []
    for path in _photos(paths, unlisted.append):
        try:
            comparison = compare(path, camera_texts, secondary=secondary)
        except PhotoError as error:
            yield path, error
        else:
            if not comparison.agrees:
                yield path, comparison
    yield from ((path, unreadable(path)) for path in unlisted)


def suspects(stores: Stores) -> Sequence[Path]:
    """Photos of the library that held different texts when last read."""
    return stores.photos.with_different_texts()


class Reconciler:
    """Makes the carriers of photos agree, as one run that can be undone as one."""

    def __init__(self, stores: Stores, settings: Settings, batch: str) -> None:
        self._stores = stores
        self._orders = OrderBook(stores.folders, lambda: settings)
        self._batch = batch

    def reconcile(self, path: Path, use: Use, *, secondary: bool, dry_run: bool) -> Written:
        """Write one text into every carrier that holds another.

        Raises:
            PhotoError: this photo cannot be reconciled; its files are as they were.
            ServiceError: the library or the disk fails.
        """
        stores = self._stores
        photo = stores.photos.by_path(path) or _unknown(path)
        policy = self._orders.order_for(photo).policy
        text = text_to_use(path, use, policy.camera_texts)
        purpose = Purpose(Action.RECONCILE, self._batch, text)
        in_files = stands_in_files(stores.library, photo.id)
        before = b"" if in_files else text_state(stores.library, photo.id)
        with journalled(stores.journal, photo, purpose) as prepared:
            written = reconcile(
                path, text, policy, secondary=secondary, on_prepared=prepared, dry_run=dry_run
            )
            if photo.id and not dry_run:
                stat = FileStat.of(path.stat())
                facts = read_facts(path, stores.camera_texts)
                with deciding(stores, photo, before, purpose):
                    stores.photos.save_facts(photo.id, facts, stat)
        return written


def _unknown(path: Path) -> Photo:
    """A photo that is not in the library, and does not come into it by being mended."""
    fingerprint = read_facts(path).fingerprint
    return Photo(0, path, FileStat.of(path.stat()), PhotoStatus.SKIPPED, fingerprint)


def _photos(paths: Iterable[Path], unlisted: Callable[[Path], None]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = walk(path, on_unreadable=unlisted)
            yield from (file.path for file in found if not file.cloud)
        else:
            yield path
