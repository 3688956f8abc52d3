# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the terminal shows: plain lines for people, one JSON object per line for programs.

Results go to standard output, everything about the run to standard error. Names that are not
text never break a line.
"""

import json
import os
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from phototagger.errors import PhotoTaggerError
from phototagger.paths import harmless, show

_UNBOUND = 10_000  # characters; no table is as wide
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_OURS = re.compile(f"({re.escape(_BOLD)}|{re.escape(_PLAIN)})")


class Output:
    """Both streams of one command; safe to use from several threads.

    Args:
        as_json: print records as JSON instead of lines.
        results: standard output, or a test's stand-in.
        about: standard error.
    """

    def __init__(
        self, *, as_json: bool, results: TextIO | None = None, about: TextIO | None = None
    ) -> None:
        self.as_json = as_json
        self._results = results or sys.stdout
        self._about = about or sys.stderr
        self._lock = threading.Lock()
        for stream in (self._results, self._about):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")

    @property
    def on_terminal(self) -> bool:
        """Whether a person is looking: progress bars make sense."""
        return not self.as_json and self._about.isatty()

    def result(self, record: Mapping[str, Any], line: str) -> None:
        """One result: `record` for programs, `line` for people."""
        # ASCII JSON: a name that is not UTF-8 keeps its bytes as escaped surrogates.
        self._print(self._results, json.dumps(record) if self.as_json else line)

    def record(self, record: Mapping[str, Any]) -> None:
        """A result that only programs want."""
        if self.as_json:
            self._print(self._results, json.dumps(record))

    def text(self, line: str = "") -> None:
        """A line that only people want, on standard output."""
        if not self.as_json:
            self._print(self._results, line)

    def note(self, line: str) -> None:
        """A line about the run, on standard error."""
        self._print(self._about, line)

    def error(self, error: PhotoTaggerError) -> None:
        """What happened and what to do, on standard error."""
        where = f"{show(error.path)}: " if error.path else ""
        self.note(f"{where}{error.title}. {error.hint}")

    def marked(self, text: str, spans: Iterable[tuple[int, int]]) -> str:
        """The text with some parts in bold on a terminal, unless NO_COLOR asks for plain text."""
        if not self._results.isatty() or os.environ.get("NO_COLOR"):
            return text
        shown, last = "", 0
        for start, end in spans:
            shown += f"{text[last:start]}{_BOLD}{text[start:end]}{_PLAIN}"
            last = end
        return shown + text[last:]

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Columns for people, fitted to the terminal; a list where they would break words."""
        from rich import box
        from rich.console import Console
        from rich.table import Table

        safe = [[harmless(cell) for cell in row] for row in rows]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for number, name in enumerate(header):
            table.add_column(name, overflow="fold", no_wrap=number == 0)
        for row in safe:
            table.add_row(*row)
        wide = None if self._results.isatty() else 140
        console = Console(file=self._results, width=wide, markup=False, highlight=False)
        unbound = console.options.update(max_width=_UNBOUND)
        if console.measure(table, options=unbound).minimum > console.width:
            lines = list(_listed(header, safe))
        else:
            with console.capture() as shown:
                console.print(table)
            lines = [line.rstrip() for line in shown.get().splitlines()]
        self._print(self._results, "\n".join(line for line in lines if line))

    def _print(self, stream: TextIO, line: str) -> None:
        with self._lock:
            print(_safe(line), file=stream, flush=True)


def _listed(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Two lines for each row: its first cell, and the others by their names."""
    for first, *others in rows:
        named = zip(header[1:], others, strict=True)
        yield first
        yield "  " + "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def counted(number: int, thing: str) -> str:
    """A number of things: `1 photo`, `2 photos`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _safe(line: str) -> str:
    """The line without anything that steers a terminal, but for our own bold words."""
    parts = _OURS.split(line)
    return "".join(part if _OURS.fullmatch(part) else harmless(part) for part in parts)
