# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How an undo is told on the terminal: the record, the line, and the tally."""

from phototagger.cli.output import Output
from phototagger.events import Event, PhotoFailed, WriteUndone
from phototagger.paths import show


class UndoReport:
    """A listener that prints each photo's undo and counts them."""

    def __init__(self, out: Output, *, dry_run: bool) -> None:
        self.undone = 0
        self.failed = 0
        self._out = out
        self._dry_run = dry_run

    def __call__(self, event: Event) -> None:
        """Tell one event."""
        match event:
            case WriteUndone(path, text, files, batch):
                self.undone += 1
                what = f'"{text}"' if text else "what was written"
                done = "would be taken back" if self._dry_run else "is taken back"
                others = ", ".join(show(file) for file in files if file != path)
                where = f" (sidecar {others})" if others else ""
                record = {
                    "path": str(path),
                    "status": "would_undo" if self._dry_run else "undone",
                    "text": text,
                    "files": [str(file) for file in files],
                    "batch": batch,
                }
                self._out.result(record, f"↶ {show(path)}: {what} {done}{where}")
            case PhotoFailed(path, error):
                self.failed += 1
                record = {
                    "path": str(path),
                    "status": "failed",
                    "error": error.title,
                    "hint": error.hint,
                }
                self._out.result(record, f"✗ {show(path)}: {error.title}. {error.hint}")

    def summary(self) -> str:
        """One line with the counts."""
        done = "can be taken back" if self._dry_run else "taken back"
        return f"{self.undone} {done}" + (f", {self.failed} left alone" if self.failed else "")
