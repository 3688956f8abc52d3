# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How an undo is told on the terminal: the record, the line, and the tally."""

from phototagger.cli.output import Output
from phototagger.events import Event, PhotoFailed, WriteUndone
from phototagger.paths import show

# By whether the write is done again, and by whether it is a dry run.
_STATUS = (("undone", "would_undo"), ("redone", "would_redo"))


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
            case WriteUndone():
                self._undone(event)
            case PhotoFailed(path, error):
                self.failed += 1
                record = {
                    "path": str(path),
                    "status": "failed",
                    "error": error.title,
                    "hint": error.hint,
                }
                self._out.result(record, f"✗ {show(path)}: {error.title}. {error.hint}")

    def _undone(self, event: WriteUndone) -> None:
        self.undone += 1
        what = f'"{event.text}"' if event.text else "what was written"
        done = "written again" if event.again else "taken back"
        others = ", ".join(show(file) for file in event.files if file != event.path)
        status = _STATUS[event.again][self._dry_run]
        record = {
            "path": str(event.path),
            "status": status,
            "text": event.text,
            "files": [str(file) for file in event.files],
            "batch": event.batch,
        }
        self._out.result(
            record,
            f"{'↷' if event.again else '↶'} {show(event.path)}: {what} "
            f"{'would be' if self._dry_run else 'is'} {done}"
            + (f" (sidecar {others})" if others else ""),
        )

    def summary(self) -> str:
        """One line with the counts."""
        done = "would be undone" if self._dry_run else "undone"
        return f"{self.undone} {done}" + (f", {self.failed} left alone" if self.failed else "")
