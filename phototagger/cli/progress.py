# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Progress for people: a bar on a terminal, some plain lines elsewhere, nothing in JSON."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from phototagger.cli.output import Output

# Plain logs get a line per fifth: enough to see that it moves, not enough to scroll.
_PARTS = 5


class Progress:
    """One or more counted jobs, shown while inside a `with`."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._bars: RichProgress | None = None
        self._told: dict[str, int] = {}
        self._tasks: dict[str, int] = {}
        if out.on_terminal:
            self._bars = RichProgress(
                TextColumn("{task.description:<12}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )

    def __enter__(self) -> "Progress":
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def show(self, job: str, done: int, total: int) -> None:
        """`done` of `total` steps of a job are behind us."""
        if self._bars:
            if job not in self._tasks:
                self._tasks[job] = self._bars.add_task(job, total=total)
            self._bars.update(self._bars.task_ids[self._tasks[job]], completed=done)
            return
        part = _PARTS * done // max(total, 1)
        if not self._out.as_json and part > self._told.get(job, 0):
            self._told[job] = part
            self._out.note(f"{job}: {done} of {total}")
