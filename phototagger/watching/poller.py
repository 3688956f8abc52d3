# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Notice changes by walking a folder again and again, where the system does not report them.

Decides what changed since the last walk and when the next one is due. Has no thread of its own.
"""

import time
from collections.abc import Callable
from pathlib import Path

from phototagger.watching.scanner import FoundFile, walk
from phototagger.watching.volumes import looks_offline

# A walk that takes a second comes round every 200 seconds at most: half a percent of one core.
_COST_SHARE = 200


class Poller:
    """Remembers a folder as the last walk found it.

    Args:
        root: the watch folder.
        shortest: seconds between walks while things change.
        longest: seconds between walks after a long quiet time.
    """

    def __init__(self, root: Path, *, shortest: float, longest: float) -> None:
        self._root = root
        self._shortest, self._longest = shortest, longest
        self._pause = shortest
        self._before: dict[str, tuple[int, int, int]] | None = None
        self._photos = 0  # of what was there before

    def look(self, stopping: Callable[[], bool]) -> list[Path]:
        """Walk the folder.

        Args:
            stopping: asked for every file; when it says yes the walk is given up.

        Returns:
            The photos and sidecars that were added, changed or removed since the last look. Empty
            on the first look, and when the whole folder seems to be away: offline is not deleted.
        """
        started = time.monotonic()
        now: dict[str, tuple[int, int, int]] = {}
        sidecars: list[FoundFile] = []
        for file in walk(self._root, on_sidecar=sidecars.append):
            if stopping():
                return []
            now[file.name] = _version(file)
        before, photos = self._before, len(now)
        if before is not None and looks_offline(self._root, known=self._photos, found=photos):
            return []
        now |= {file.name: _version(file) for file in sidecars}
        self._before, self._photos = now, photos
        changed = [] if before is None else _difference(before, now)
        self._pause = self._next_pause(changed != [], time.monotonic() - started)
        return [Path(name) for name in changed]

    @property
    def has_looked(self) -> bool:
        """Whether there is an earlier look to compare with."""
        return self._before is not None

    @property
    def pause(self) -> float:
        """Seconds to wait before the next look."""
        return self._pause

    def _next_pause(self, any_change: bool, cost: float) -> float:
        quiet = self._shortest if any_change else self._pause * 2
        return min(self._longest, max(quiet, cost * _COST_SHARE))


def _version(file: FoundFile) -> tuple[int, int, int]:
    return file.stat.size, file.stat.mtime_ns, file.stat.ctime_ns


def _difference(
    before: dict[str, tuple[int, int, int]], now: dict[str, tuple[int, int, int]]
) -> list[str]:
    gone = [name for name in before if name not in now]
    return gone + [name for name, version in now.items() if before.get(name) != version]
