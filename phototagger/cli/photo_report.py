# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How photos' fates are told on the terminal: the record, the line, and the tally."""

import threading
from collections import Counter
from pathlib import Path
from typing import Any

from phototagger.cli import exit_codes
from phototagger.cli.output import Output, counted
from phototagger.events import (
    CaptionWritten,
    Event,
    ModelLoaded,
    Notice,
    Paused,
    PhotoAdded,
    PhotoFailed,
    PhotoMoved,
    PhotosMissed,
    Resumed,
    WorkWaits,
)
from phototagger.paths import DataPlaces, show
from phototagger.photo import PhotoStatus, Target
from phototagger.settings_check import without_effect

STARTER_SENTENCE = (
    "This is a starter model: it knows the demo's drawn scenes, not the world, "
    "so its words about real photos mean nothing."
)

WHERE = {
    Target.EMBEDDED: "in the photo",
    Target.SIDECAR: "in a sidecar",
    Target.INDEX: "in the index only",
}
"""Where a caption is, in words."""


def note_settings(places: DataPlaces, out: Output) -> None:
    """Say which settings have no effect, before photos are written by their defaults."""
    if useless := without_effect(places.settings):
        out.note(
            f"{show(places.settings)}: without effect: {'; '.join(useless)}. "
            "Correct it; until then the defaults count."
        )


class PhotoReport:
    """A listener that prints each photo's fate and counts them."""

    def __init__(self, out: Output) -> None:
        self.tally: Counter[str] = Counter()
        self._waiting: set[Path] = set()
        self._out = out
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Tell one event."""
        match event:
            case CaptionWritten():
                self._no_longer_waits(event.photo.path)
                self._captioned(event)
            case PhotoFailed(path, error):
                self._no_longer_waits(path)
                self._count("failed")
                self._out.result(
                    {
                        "path": str(path),
                        "status": "failed",
                        "error": error.title,
                        "hint": error.hint,
                    },
                    f"✗ {show(path)}: {error.title}. {error.hint}",
                )
            case PhotoAdded(path, status) if status is not PhotoStatus.CAPTIONED:
                self._arrived(path, status)
                self._out.result({"path": str(path), "status": status}, f"· {show(path)}: {status}")
            case _:
                self._about(event)

    def exit_code(self) -> int:
        """What the tally means for the shell."""
        if self.tally["failed"]:
            return exit_codes.SOME_FAILED
        if self.tally["pending"]:
            return exit_codes.WAITING
        return exit_codes.OK

    def summary(self) -> str:
        """One line with the counts."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self.tally.items()) if count)

    def _captioned(self, event: CaptionWritten) -> None:
        self._count(event.status)
        where = WHERE[event.written.target]
        sure = "" if event.caption.confidence is None else f" ({event.caption.confidence:.0%})"
        reason = f" [{event.written.reason}]" if event.written.reason else ""
        self._out.result(
            captioned_record(event),
            f"✓ {show(event.photo.path)}: {event.caption.text}{sure}, {where}{reason}",
        )

    def _about(self, event: Event) -> None:
        match event:
            case ModelLoaded(model, device, starter):
                self._out.note(f"Captioning with {model} on {device}.")
                if starter:
                    self._out.note(STARTER_SENTENCE)
            case Notice(text, hint):
                self._out.note(f"{text}. {hint}" if hint else text)
            case Paused(error):
                self._out.note(f"Paused: {error.title}. {error.hint}")
            case Resumed() | WorkWaits(None):
                self._out.note("Going on.")
            case WorkWaits(waits_for):
                self._out.note(f"Photos wait for {waits_for}, as the settings say.")
            case PhotoMoved(old, new):
                self._out.note(f"Moved: {show(old)} -> {show(new)}")
            case PhotosMissed(paths):
                missing = counted(len(paths), "photo")
                self._out.note(f"Missing, and remembered for 30 days: {missing}.")

    def _arrived(self, path: Path, status: PhotoStatus) -> None:
        with self._lock:
            if status is not PhotoStatus.PENDING or path not in self._waiting:
                self.tally[status] += 1
            if status is PhotoStatus.PENDING:
                self._waiting.add(path)

    def _no_longer_waits(self, path: Path) -> None:
        with self._lock:
            if path in self._waiting:
                self._waiting.remove(path)
                self.tally[PhotoStatus.PENDING] -= 1

    def _count(self, what: str) -> None:
        with self._lock:
            self.tally[str(what)] += 1


def captioned_record(event: CaptionWritten) -> dict[str, Any]:
    """The JSON record of a captioned photo."""
    return {
        "path": str(event.photo.path),
        "status": str(event.status),
        "caption": event.caption.text,
        "confidence": event.caption.confidence,
        "second_caption": event.caption.second.text if event.caption.second else None,
        "model": event.caption.model,
        "target": str(event.written.target),
        "fields": list(event.written.fields),
        "reason": event.written.reason,
        "sidecar": str(event.written.sidecar) if event.written.sidecar else None,
    }
