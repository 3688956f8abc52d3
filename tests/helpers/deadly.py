# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the program and kills it, as `kill -9` does, when it comes to a named point.

A process of its own imports the program once and then, for each order, forks a child that runs the
command line as the installed program does, and sends itself SIGKILL when it passes the point for
the nth time. The program itself knows nothing of it: in the child, functions that it calls are
wrapped.
"""

import functools
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from phototagger.metadata import replacing
from tests.conftest import REPOSITORY
from tests.helpers.command import Result

# Imported once; the command line of each child imports what is left.
_PARTS = (
    "phototagger.cli.commands.watch", "phototagger.cli.commands.undo",
    "phototagger.imaging.decode", "phototagger.inference.remote_captioner",
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """A moment between two steps.

    Attributes:
        place: the function, as `module:name`.
        after: whether it is over; otherwise it is about to begin.
        ours_only: only while one of our temporary files is being written.
    """

    place: str
    after: bool = True
    ours_only: bool = False


_REPLACING = "phototagger.metadata.replacing"
POINTS = {
    # A watch, or `tag`.
    "files taken in": Point("phototagger.pipeline.watch_loop:take_in_all"),
    "photos claimed": Point("phototagger.library.photo_store:PhotoStore.claim_pending"),
    "captioned": Point("phototagger.pipeline.runner:caption_stage"),
    # Any write.
    "temporary file made": Point(f"{_REPLACING}:write_spliced", after=False),
    "temporary file half written": Point(f"{_REPLACING}:write_spliced"),
    "temporary file written": Point(f"{_REPLACING}:write_spliced"),
    "write prepared": Point("phototagger.library.journal:Journal.prepare"),
    "temporary file flushed": Point(f"{_REPLACING}:_sync"),
    "about to replace": Point("pathlib:Path.replace", after=False, ours_only=True),
    "replaced": Point("pathlib:Path.replace", ours_only=True),
    "folder flushed": Point(f"{_REPLACING}:sync_folder"),
    "inside the library's transaction": Point(
        "phototagger.library.documents:refresh", after=False, ours_only=True
    ),
    "library told": Point("phototagger.pipeline.stages:finish"),
    "write confirmed": Point("phototagger.library.journal:Journal.confirm"),
    # An undo, which writes too.
    "sidecar removed": Point("pathlib:Path.unlink", ours_only=True),
    "undo told": Point("phototagger.pipeline.undoing:take_back"),
    # The start after a kill.
    "looked at what was begun": Point("phototagger.pipeline.recovery:_settle"),
    "photos freed": Point("phototagger.library.photo_store:PhotoStore.release_claims"),
}


@dataclass(frozen=True)
class Death:
    """When a run is to die.

    Attributes:
        point: one of `POINTS`.
        nth: the how manieth time it comes there.
        where: `any`, `photo` or `sidecar`, whichever is being written.
    """

    point: str
    nth: int = 1
    where: str = "any"


class Executioner:
    """Runs the program until it dies, or ends before; one run at a time."""

    def __enter__(self) -> "Executioner":
        command = [sys.executable, "-m", "tests.helpers.deadly"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=REPOSITORY)
        self._folder = tempfile.TemporaryDirectory(prefix="phototagger-deadly-")
        return self

    def __exit__(self, *_exc: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)
        self._folder.cleanup()

    def run(self, death: Death, *args: str | Path, data_dir: Path) -> Result:
        """Run the program; its code is -9 when it was killed."""
        assert self._process.stdin
        assert self._process.stdout
        streams = [str(Path(self._folder.name) / name) for name in ("out", "err")]
        arguments = ["--data-dir", *map(os.fspath, (data_dir, *args))]
        order = {"death": asdict(death), "arguments": arguments, "streams": streams}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Result(code, *(Path(stream).read_text(encoding="utf-8") for stream in streams))


def serve() -> None:
    """Carry out orders, one JSON object in a line, until there are no more."""
    for part in _PARTS:
        importlib.import_module(part)
    for line in sys.stdin.buffer:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_live(Death(**order["death"]), order["arguments"], order["streams"]))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _live(death: Death, arguments: list[str], streams: Sequence[str]) -> int:
    """The child: run the program until it ends or comes to the point."""
    from phototagger.cli.main import run

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for handle, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), handle)
    _lay(death)
    code = run(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _lay(death: Death) -> None:
    name, where, left = death.point, death.where, death.nth
    point = POINTS[name]
    writing = _note_what_is_written()
    lock = threading.Lock()

    def passed(arguments: tuple[Any, ...]) -> None:
        nonlocal left
        path = _written_to(name, arguments, writing[0])
        if point.ours_only and path is None:
            return
        is_sidecar = path is not None and path.suffix == ".xmp"
        if (where == "sidecar" and not is_sidecar) or (where == "photo" and is_sidecar):
            return
        with lock:
            left -= 1
            if left == 0:
                if name == "temporary file half written":
                    os.ftruncate(arguments[2], os.fstat(arguments[2]).st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)

    owner, attribute = _find(point.place)
    setattr(owner, attribute, _wrapped(getattr(owner, attribute), passed, after=point.after))


def _written_to(name: str, arguments: tuple[Any, ...], last: Path | None) -> Path | None:
    """The file that a step is about: what it says itself, else the one last written to."""
    if name == "write prepared":
        path: Path = arguments[2].path
        return path
    if name == "sidecar removed":
        return arguments[0] if arguments[0].suffix == ".xmp" else None
    return last


def _note_what_is_written() -> list[Path | None]:
    """The file that was last written to, from the moment its temporary file is made."""
    last: list[Path | None] = [None]
    real = replacing._temporary

    @contextmanager
    def noted(job: replacing.Replacement) -> Iterator[Any]:
        last[0] = job.path
        with real(job) as made:
            yield made

    replacing._temporary = noted
    return last


def _find(place: str) -> tuple[Any, str]:
    module, _, name = place.partition(":")
    owner: Any = importlib.import_module(module)
    *classes, attribute = name.split(".")
    for part in classes:
        owner = getattr(owner, part)
    return owner, attribute


def _wrapped(
    real: Callable[..., Any], passed: Callable[[tuple[Any, ...]], None], *, after: bool
) -> Callable[..., Any]:
    @functools.wraps(real)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        if not after:
            passed(arguments)
        answer = real(*arguments, **named)
        if after:
            passed(arguments)
        return answer

    return wrapper


if __name__ == "__main__":
    serve()
