# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A real watch over real folders, against a simple model of what is true.

hypothesis does to the files what people and programs do, in any order and at any moment; whenever
things have settled, the library must know every photo, with its own words, once.
"""

import os
import shutil
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, precondition, rule
from PIL import Image

from phototagger.inference.captioner import Pixels
from phototagger.metadata.fields import DESCRIPTION
from phototagger.photo import Caption, Origin, Photo, PhotoStatus, Target
from phototagger.pipeline.stores import Stores
from phototagger.settings import WatchSettings
from phototagger.watching.watcher import Pace
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.people import ROOTS, People, Truth, beside
from tests.helpers.runs import Told, watching

# CI walks a few short ways, the same every time; by hand: PHOTOTAGGER_WAYS=1000.
WAYS = int(os.environ.get("PHOTOTAGGER_WAYS", "6"))
STEPS = int(os.environ.get("PHOTOTAGGER_STEPS", "18"))
# Looks a tenth of a second apart, and not seconds: a machine may stand still for a while.
PATIENCE = 250
# On a busy machine a root that came back may not have been noticed yet when all seems calm.
TRIES = 15
QUICK = WatchSettings(settle_seconds=0.2)
PACE = Pace(check=0.1, shortest_poll=0.1, longest_poll=0.2)

_CAPTION = f"{{{DESCRIPTION.namespace}}}{DESCRIPTION.local}"


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


def text_of_sidecar(photo: Path) -> str | None:
    """The caption in a photo's sidecar, by a reader that did not write it."""
    found = ElementTree.parse(beside(photo)).find(f".//{_CAPTION}")
    texts = [] if found is None else [text.strip() for text in found.itertext() if text.strip()]
    return texts[0] if texts else None


class Watched(People):
    """A watch of both folders."""

    @initialize()
    def begin(self) -> None:
        self.make_folders()
        self.stores = Stores.open(self.base / "data" / "library.sqlite")
        for root in ROOTS:
            self.stores.folders.add(self.base / root)
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

    # -- what must be true ----------------------------------------------------------------

    def settle(self) -> None:
        if not self.running:
            self.start()
        calm = looks = 0
        while calm < 3:
            time.sleep(0.12)
            counts = self.stores.photos.counts()
            busy = counts[PhotoStatus.PENDING] + counts[PhotoStatus.IN_PROGRESS]
            calm = calm + 1 if self.loop.settled() and not busy else 0
            looks += 1
            assert looks < PATIENCE, counts

    @rule()
    def look(self) -> None:
        for left in range(TRIES, -1, -1):
            self.settle()
            try:
                self.check_all()
                return
            except AssertionError:
                if not left:
                    raise

    def check_all(self) -> None:
        rows: dict[Path, Photo] = {}
        for root in ROOTS:
            for known in self.stores.photos.under(self.base / root):
                photo = self.stores.photos.by_id(known.id)
                assert photo
                rows[photo.path] = photo
        there = {p: t for p, t in self.truth.items() if not self.is_away(p)}
        for path, truth in there.items():
            self.check(path, truth, rows.get(path))
        for path, photo in rows.items():
            if self.is_away(path):
                forgotten = photo.status is PhotoStatus.MISSING and path in self.truth
                assert not forgotten or path not in self.ids, path
            elif path not in there and path not in self.links:
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
        target, _ = self.stores.photos.written(photo.id)
        if target is Target.EMBEDDED:
            assert caption.text == in_file, path
        elif target is Target.SIDECAR:
            assert caption.text == text_of_sidecar(path), path
        if truth.words:
            assert caption.text == truth.words, path
            assert caption.origin is Origin.HUMAN, path
        else:
            assert caption.origin is Origin.AI, path
        if truth.colour not in self.copied:
            assert self.ids.setdefault(path, photo.id) == photo.id, path

    def check_links(self) -> None:
        """A link shows what it leads to; the watch hears of that when it starts, not before."""
        for link in self.links:
            photo, truth = self.stores.photos.by_path(link), self.truth.get(self.end_of(link))
            if truth is None:
                assert photo is None or photo.status is PhotoStatus.MISSING, link
            else:
                assert photo is not None, link
                status = PhotoStatus.CAPTIONED if truth.whole else PhotoStatus.FAILED
                assert photo.status is status, (link, photo)
                caption = self.stores.captions.current(photo.id)
                assert not truth.words or (caption and caption.text == truth.words), link

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
            self.put_all_back()
            self.look()
            self.stop()
            self.look()
            self.check_links()
        finally:
            self.stop()
            for folder in self.locked:
                folder.chmod(0o755)
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
