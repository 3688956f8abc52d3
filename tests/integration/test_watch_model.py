# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A real watch over real folders, against a simple model of what is true.

hypothesis does to the files what people and programs do, in any order and at any moment; whenever
things have settled, the library must know every photo, with its own words, once.
"""

import os
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PIL import Image

from phototagger.errors import FileChangedError
from phototagger.inference.captioner import Pixels
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin, Photo, PhotoStatus, Target
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings, WritePolicy
from phototagger.watching.watcher import Pace
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, watching

# CI walks a few short ways, the same every time; by hand: PHOTOTAGGER_WAYS=1000.
WAYS = int(os.environ.get("PHOTOTAGGER_WAYS", "6"))
STEPS = int(os.environ.get("PHOTOTAGGER_STEPS", "18"))
PATIENCE = 30.0
QUICK = WatchSettings(settle_seconds=0.2)
PACE = Pace(check=0.1, shortest_poll=0.1, longest_poll=0.2)

names = st.sampled_from(("a.jpg", "b.jpg", "B.JPG", "c.jpeg"))
folders = st.sampled_from(("one", "one/in", "one/in/deep", "two", "two/in"))
places = st.tuples(folders, names)
pick = st.integers(0, 1000)


@dataclass
class Truth:
    """A file as it should be: the picture it shows, and a person's words in it, if any."""

    colour: int
    words: str = ""
    whole: bool = True


class CountingCaptioner(FakeCaptioner):
    """Remembers how often it saw each picture."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: Counter[str] = Counter()

    def _describe(self, picture: Pixels) -> Caption:
        caption = super()._describe(picture)
        assert isinstance(caption, Caption)
        self.pictures[caption.text] += 1
        return caption


class Watched(RuleBasedStateMachine):
    """Two watch folders, and everything that may happen in them."""

    @initialize()
    def begin(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="phototagger-model-")).resolve()
        self.stores = Stores.open(self.base / "data" / "library.sqlite")
        for root in ("one", "two"):
            (self.base / root).mkdir()
            # A watch folder with nothing at all in it is an unplugged disk's mount point.
            (self.base / root / "notes.txt").touch()
            self.stores.folders.add(self.base / root)
        self.truth: dict[Path, Truth] = {}
        self.ids: dict[Path, int] = {}
        self.copied: set[int] = set()
        self.away: set[str] = set()
        self.colours = 0
        self.starts = 0
        self.captioner = CountingCaptioner()
        self.running: ExitStack | None = None
        self.start()

    # -- the program ----------------------------------------------------------------------

    def start(self) -> None:
        self.running = ExitStack()
        self.starts += 1
        self.loop = self.running.enter_context(
            watching(self.stores, self.captioner, Told(), QUICK, PACE)
        )

    def stop(self) -> None:
        if self.running:
            self.running.close()
            self.running = None

    @rule()
    def stop_or_start(self) -> None:
        if self.running:
            self.stop()
        else:
            self.start()

    @rule(seconds=st.sampled_from((0.0, 0.05, 0.25, 0.5)))
    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    # -- what people do to files ----------------------------------------------------------

    def here(self, place: tuple[str, str]) -> Path | None:
        """The path of a place, its folder made; None while its root is away."""
        folder, name = place
        if folder.split("/")[0] in self.away:
            return None
        path = self.base / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def some(self, number: int) -> Path | None:
        """One of the files that are there."""
        there = sorted(p for p in self.truth if p.relative_to(self.base).parts[0] not in self.away)
        return there[number % len(there)] if there else None

    def picture(self) -> tuple[int, Image.Image]:
        self.colours += 1
        n = self.colours
        return n, Image.new("RGB", (48, 48), (n * 37 % 256, n * 91 % 256, n * 13 % 256))

    def forget_id(self, path: Path) -> None:
        self.ids.pop(path, None)

    @rule(place=places)
    def create(self, place: tuple[str, str]) -> None:
        if (path := self.here(place)) and path not in self.truth:
            colour, picture = self.picture()
            picture.save(path, "JPEG")
            self.truth[path] = Truth(colour)
            self.forget_id(path)

    @rule(place=places)
    def begin_to_write(self, place: tuple[str, str]) -> None:
        if (path := self.here(place)) and path not in self.truth:
            colour, picture = self.picture()
            whole = self.base / "whole.jpg"
            picture.save(whole, "JPEG")
            content = whole.read_bytes()
            path.write_bytes(content[: len(content) // 2])
            self.truth[path] = Truth(colour, whole=False)
            self.forget_id(path)
            self.rest = getattr(self, "rest", {}) | {colour: content}

    @rule(number=pick)
    def go_on_writing(self, number: int) -> None:
        path = self.some(number)
        if path and not self.truth[path].whole:
            with path.open("r+b") as file:
                file.write(self.rest[self.truth[path].colour])
            self.truth[path].whole = True

    @rule(number=pick)
    def replace(self, number: int) -> None:
        if path := self.some(number):
            colour, picture = self.picture()
            temporary = path.with_name("new.part")
            picture.save(temporary, "JPEG")
            temporary.replace(path)
            self.truth[path] = Truth(colour)
            self.forget_id(path)

    @rule(number=pick)
    def write_a_persons_words(self, number: int) -> None:
        path = self.some(number)
        if path and self.truth[path].whole:
            words = f"Words of a person, {self.truth[path].colour} {time.time_ns()}"
            request = WriteRequest(Caption(words, Origin.HUMAN))
            try:
                write(path, request, WritePolicy(), expected=None, on_prepared=lambda _record: None)
            except FileChangedError:
                return  # the watch was writing just then
            self.truth[path].words = words

    @rule(number=pick, place=places)
    def move(self, number: int, place: tuple[str, str]) -> None:
        path, target = self.some(number), self.here(place)
        if path and target and path != target:
            path.rename(target)
            self.truth[target] = self.truth.pop(path)
            self.forget_id(target)
            if path in self.ids:
                self.ids[target] = self.ids.pop(path)

    @rule(number=pick)
    def change_case(self, number: int) -> None:
        if path := self.some(number):
            target = path.with_name(path.name.swapcase())
            if target not in self.truth:
                path.rename(target)
                self.truth[target] = self.truth.pop(path)
                self.forget_id(target)
                if path in self.ids:
                    self.ids[target] = self.ids.pop(path)

    @rule(one=pick, other=pick)
    def swap(self, one: int, other: int) -> None:
        first, second = self.some(one), self.some(other)
        if first and second and first != second:
            between = first.with_name("between")
            first.rename(between)
            second.rename(first)
            between.rename(second)
            self.truth[first], self.truth[second] = self.truth[second], self.truth[first]
            ids = self.ids.pop(first, None), self.ids.pop(second, None)
            self.ids |= {p: i for p, i in zip((second, first), ids, strict=True) if i}

    @rule(number=pick, place=places, hard=st.booleans())
    def copy(self, number: int, place: tuple[str, str], hard: bool) -> None:
        path, target = self.some(number), self.here(place)
        if path and target and target not in self.truth:
            (os.link if hard else shutil.copy)(path, target)
            was = self.truth[path]
            self.truth[target] = Truth(was.colour, was.words, was.whole)
            self.copied.add(was.colour)
            self.forget_id(target)

    @rule(number=pick)
    def delete(self, number: int) -> None:
        if path := self.some(number):
            path.unlink()
            del self.truth[path]
            self.forget_id(path)

    @rule(number=pick)
    def rename_a_folder(self, number: int) -> None:
        inner = sorted({p.parent for p in self.truth if p.parent.name in ("in", "out", "deep")})
        inner = [f for f in inner if f.relative_to(self.base).parts[0] not in self.away]
        if not inner:
            return
        folder = inner[number % len(inner)]
        target = folder.with_name("out" if folder.name != "out" else "in")
        if target.exists():
            return
        folder.rename(target)
        for path in [p for p in self.truth if p.is_relative_to(folder)]:
            moved = target / path.relative_to(folder)
            self.truth[moved] = self.truth.pop(path)
            if path in self.ids:
                self.ids[moved] = self.ids.pop(path)

    @rule(root=st.sampled_from(("one", "two")), mount_point=st.booleans())
    def unplug_or_plug_in(self, root: str, mount_point: bool) -> None:
        place, elsewhere = self.base / root, self.base / f"{root}-away"
        if root in self.away:
            if place.exists():
                place.rmdir()
            elsewhere.rename(place)
            self.away.discard(root)
        else:
            place.rename(elsewhere)
            self.away.add(root)
            if mount_point:
                place.mkdir()

    # -- what must be true ----------------------------------------------------------------

    def settle(self) -> None:
        if not self.running:
            self.start()
        calm, deadline = 0, time.monotonic() + PATIENCE
        while calm < 3:
            time.sleep(0.12)
            counts = self.stores.photos.counts()
            busy = counts[PhotoStatus.PENDING] + counts[PhotoStatus.IN_PROGRESS]
            calm = calm + 1 if self.loop.settled() and not busy else 0
            assert time.monotonic() < deadline, counts

    @rule()
    def look(self) -> None:
        self.settle()
        rows: dict[Path, Photo] = {}
        for root in ("one", "two"):
            for known in self.stores.photos.under(self.base / root):
                photo = self.stores.photos.by_id(known.id)
                assert photo
                rows[photo.path] = photo
        there = {
            p: t
            for p, t in self.truth.items()
            if p.relative_to(self.base).parts[0] not in self.away
        }
        for path, truth in there.items():
            self.check(path, truth, rows.get(path))
        for path, photo in rows.items():
            if path.relative_to(self.base).parts[0] not in self.away and path not in there:
                assert photo.status is PhotoStatus.MISSING, path
        for text, times in self.captioner.pictures.items():
            assert times <= self.starts, (text, times)

    def check(self, path: Path, truth: Truth, photo: Photo | None) -> None:
        assert photo is not None, path
        if not truth.whole:
            assert photo.status is PhotoStatus.FAILED, photo
            return
        assert photo.status is PhotoStatus.CAPTIONED, (photo, self.stores.photos.why(path))
        caption = self.stores.captions.current(photo.id)
        assert caption is not None, path
        with Image.open(path) as picture:
            assert picture.size == (48, 48)
            in_file = picture.getexif().get(270)
        # A file with a second name gets its caption beside it, and may lose that name later.
        if self.stores.photos.written(photo.id)[0] is Target.EMBEDDED:
            assert caption.text == in_file, path
        if truth.words:
            assert caption.text == truth.words, path
            assert caption.origin is Origin.HUMAN, path
        else:
            assert caption.origin is Origin.AI, path
        if truth.colour not in self.copied:
            assert self.ids.setdefault(path, photo.id) == photo.id, path

    @invariant()
    @precondition(lambda self: hasattr(self, "stores"))
    def no_temporary_files_stay(self) -> None:
        """Only while the program works may there be any."""
        if not self.running:
            assert not list(self.base.rglob(".phototagger-*.tmp"))

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        try:
            for root in sorted(self.away):
                self.unplug_or_plug_in(root, mount_point=False)
            self.look()
        finally:
            self.stop()
            self.stores.close()
            shutil.rmtree(self.base)


TestWatched = Watched.TestCase
TestWatched.settings = settings(
    max_examples=WAYS,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=WAYS < 50,
    phases=(Phase.explicit, Phase.reuse, Phase.generate)
    if WAYS < 50
    else (Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
