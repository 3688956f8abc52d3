# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which photos have news, gathered for a moment: a scan tells of hundreds in a second."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from phototagger.events import (
    CaptionWritten,
    Event,
    Notice,
    PhotoAdded,
    PhotoEdited,
    PhotoFailed,
    PhotoMoved,
    PhotosMissed,
    ScanFinished,
    WriteUndone,
)

_GATHERED_MS = 150  # soon enough to be seen as at once, long enough to gather a batch


@dataclass(slots=True)
class Named:
    """Photos that have news.

    Attributes:
        ids: those known by their id.
        paths: those known by their path.
        all: any photo may have some, as after a walk over a folder.
    """

    ids: set[int] = field(default_factory=set)
    paths: set[Path] = field(default_factory=set)
    all: bool = False

    def __len__(self) -> int:
        return len(self.ids) + len(self.paths)

    def __bool__(self) -> bool:
        return self.all or len(self) > 0


class News(QObject):
    """Hands on the photos that events tell of, a batch at a time.

    Args:
        look: gets the photos; it calls `looked` when it is ready for more.
    """

    def __init__(self, look: Callable[[Named], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._named = Named()
        self._looking = False
        self._timer = QTimer(self, singleShot=True, interval=_GATHERED_MS)
        self._timer.timeout.connect(self._hand_on)

    @Slot(object)
    def note(self, event: Event) -> None:
        """Take in what happened."""
        match event:
            case CaptionWritten(photo=photo):
                self._named.ids.add(photo.id)
            case PhotoEdited(photo_id=photo_id):
                self._named.ids.add(photo_id)
            case PhotoAdded(path=path) | PhotoFailed(path=path) | WriteUndone(path=path):
                self._named.paths.add(path)
            case PhotoMoved(new=path):
                self._named.paths.add(path)
            case PhotosMissed(paths=paths):
                self._named.paths.update(paths)
            case ScanFinished() | Notice(folder=Path()):
                self._named.all = True
            case _:
                return
        self._start()

    def looked(self) -> None:
        """Be told that what was handed on has been dealt with."""
        self._looking = False
        self._start()

    def clear(self) -> None:
        """Forget what was gathered: everything is read anew."""
        self._named, self._looking = Named(), False

    def _start(self) -> None:
        if self._named and not self._looking and not self._timer.isActive():
            self._timer.start()

    def _hand_on(self) -> None:
        if self._named and not self._looking:
            named, self._named = self._named, Named()
            self._looking = True
            self._look(named)
