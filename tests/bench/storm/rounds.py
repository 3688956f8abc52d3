# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One round of the storm: an album is captioned and taken back again under kills.

The round ends as a run without any kill does, or there is a fault.
"""

import random
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from phototagger.pipeline.stores import Stores
from tests.bench.storm.books import Books, read_books
from tests.bench.storm.kills import Kill, carry_out
from tests.bench.storm.witness import Witness, leftovers
from tests.helpers.command import Result, phototagger
from tests.helpers.deadly import Executioner

T = TypeVar("T")
# So many runs in turn that come to their end alive have nothing left to do.
IN_VAIN = 3
PATIENCE = 3600.0  # for a run to its end, beside others, on a busy machine
FAULTS = (
    "damaged", "uncaptioned", "captioned_twice", "otherwise", "leftovers", "integrity_failures",
    "undo_failed",
)  # fmt: skip


@dataclass
class Tally:
    """What came of all rounds so far.

    Attributes:
        kills: by point.
        checks: photos that the independent reader looked at after a kill.
        faults: by kind.
    """

    kills: Counter[str] = field(default_factory=Counter)
    checks: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def killed(self, name: str) -> None:
        with self.lock:
            self.kills[name] += 1

    def fault(self, kind: str, lines: Iterable[object], when: str) -> None:
        """Count faults; print the first twenty of a kind."""
        for line in lines:
            with self.lock:
                self.faults[kind] += 1
                if self.faults[kind] <= 20:
                    print(f"--- {kind}, {when}: {line}", flush=True)


@dataclass(frozen=True)
class Setup:
    """How the program is set up in a round.

    Attributes:
        settings: its settings file.
        model: the captioning model.
    """

    settings: str
    model: str

    @property
    def writes_sidecars(self) -> bool:
        """Whether every photo gets one."""
        return 'where = "both"' in self.settings or 'where = "sidecar"' in self.settings


def setup_for(writing: str, server: str, model: str = "remote") -> Setup:
    """A setup with these lines under `[writing]`, and a remote captioner at that address."""
    # A server on a busy machine may be late; that is nothing that a kill did.
    remote = f'enabled = true\nurl = "{server}"\nmodel = "painter"\ntimeout = 600.0'
    settings = f"[writing]\n{writing}\n[watching]\nsettle_seconds = 0.5\n[remote]\n{remote}\n"
    return Setup(settings, model)


@dataclass(frozen=True)
class Expected:
    """What a run without a kill leaves.

    Attributes:
        books: once everything is captioned.
        words: in the files then.
        undone: the books once all is taken back.
    """

    books: Books
    words: dict[Path, dict[str, str]]
    undone: Books


class Place:
    """A copy of the album, and a data folder.

    Args:
        folder: an empty folder for both.
        originals: the album.
        setup: how the program is set up.
    """

    def __init__(self, folder: Path, originals: Path, setup: Setup) -> None:
        self.album, self.data, self.setup = folder / "album", folder / "data", setup
        shutil.copytree(originals, self.album)
        self.data.mkdir()
        (self.data / "settings.toml").write_text(setup.settings)
        with closing(Stores.open(self.data / "library.sqlite")) as stores:
            stores.folders.add(self.album)

    def settle(self) -> None:
        """Caption what is left, undisturbed."""
        watch = ("watch", "--once", "--model", self.setup.model)
        self._done(phototagger(*watch, data_dir=self.data, patience=PATIENCE))

    def undo(self) -> Result:
        """Take back everything, undisturbed."""
        return phototagger("undo", "--all", data_dir=self.data, patience=PATIENCE)

    def books(self) -> Books:
        return read_books(self.data, self.album)

    @staticmethod
    def _done(result: Result) -> None:
        # 1: some photos cannot be read, as some of the originals are damaged.
        if result.code not in (0, 1):
            raise RuntimeError(result.err)


def undisturbed(place: Place, witness: Witness) -> Expected:
    """What the program leaves when nobody kills it."""
    place.settle()
    books, words = place.books(), witness.words(place.album)
    place.undo()
    place.settle()
    return Expected(books, words, place.books())


class Round:
    """Kills, and looks after each of them.

    Args:
        place: where.
        witness: the independent reader.
        tally: where to count.
        executioner: kills at named points.
        rng: chance.
    """

    def __init__(
        self,
        place: Place,
        witness: Witness,
        tally: Tally,
        executioner: Executioner,
        rng: random.Random,
    ) -> None:
        self._place = place
        self._executioner = executioner
        self._witness = witness
        self._tally = tally
        self._rng = rng

    def kill(self, kills: Iterable[Kill], count: int) -> int:
        """Carry out so many kills; ends early when there is nothing left to disturb.

        Returns:
            How many there were.
        """
        done = in_vain = 0
        data, model = self._place.data, self._place.setup.model
        for kill in kills:
            if done == count or in_vain == IN_VAIN:
                break
            if carry_out(kill, data, model, self._executioner, self._rng):
                done, in_vain = done + 1, 0
                self._tally.killed(kill.name)
                self._look_at_photos(kill.name)
            else:
                in_vain += 1
        return done

    def end(self, expected: Expected) -> None:
        """Let the program finish its work, and compare with what a run without kills leaves."""
        self._place.settle()
        self._look_at_photos("at the end")
        self._look_at_books(expected.books, "at the end")
        words = self._witness.words(self._place.album)
        self._compare("otherwise", expected.words, words, "at the end")

    def undo(self, expected: Expected) -> None:
        """Undo what is left to undo, undisturbed; every file must be as it was, to the byte."""
        result = self._place.undo()
        faults = self._witness.not_as_before(self._place.album)
        faults += [result.out] if result.code else []
        self._tally.fault("undo_failed", faults, "after the undo")
        self._place.settle()  # a watch writes nothing that was taken back
        again = self._witness.not_as_before(self._place.album)
        self._tally.fault("undo_failed", again, "after the next watch")
        books = self._place.books()
        self._tally.fault("integrity_failures", books.problems, "after the undo")
        self._compare("undo_failed", expected.undone.statuses, books.statuses, "after the undo")

    def _look_at_photos(self, when: str) -> None:
        album = self._place.album
        self._tally.fault("damaged", self._witness.damaged(album), when)
        self._tally.fault("damaged", self._witness.unreadable_sidecars(album), when)
        with self._tally.lock:
            self._tally.checks += len(self._witness.sha256)

    def _look_at_books(self, expected: Books, when: str) -> None:
        books = self._place.books()
        fault = self._tally.fault
        fault("integrity_failures", books.problems, when)
        fault("integrity_failures", ["an open entry"] * books.open_entries, when)
        fault("leftovers", leftovers(self._place.album), when)
        self._compare("uncaptioned", expected.statuses, books.statuses, when)
        fault("captioned_twice", (name for name, n in books.written.items() if n > 1), when)
        not_written = (expected.written - books.written).elements()
        fault("uncaptioned", (f"{name}: not in the journal" for name in not_written), when)

    def _compare(
        self, kind: str, expected: Mapping[Path, T], found: Mapping[Path, T], when: str
    ) -> None:
        names = sorted(expected.keys() | found.keys())
        different = (name for name in names if expected.get(name) != found.get(name))
        lines = (f"{name}: {expected.get(name)} -> {found.get(name)}" for name in different)
        self._tally.fault(kind, lines, when)
