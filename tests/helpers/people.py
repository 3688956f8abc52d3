# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What people and programs do to the files in two folders, as rules, and what is true of them then.

Who inherits from it runs a program over the folders and looks at what it makes of that.
"""

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from PIL import Image

from phototagger.errors import FileChangedError
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin
from phototagger.settings import WritePolicy

ROOTS = ("one", "two")

names = st.sampled_from(("a.jpg", "b.jpg", "B.JPG", "c.jpeg", "d.gif"))
folders = st.sampled_from(("one", "one/in", "one/in/deep", "two", "two/in"))
places = st.tuples(folders, names)
pick = st.integers(0, 1000)
_ROOT_MAY_ALL = hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass
class Truth:
    """A file as it should be: the picture it shows, and a person's words in it, if any."""

    colour: int
    words: str = ""
    whole: bool = True


def beside(photo: Path) -> Path:
    """Where its sidecar is."""
    return photo.with_name(photo.name + ".xmp")


class People(RuleBasedStateMachine):
    """Two folders, and everything that may happen in them.

    Attributes:
        base: where they are.
        truth: the photos.
        links: symbolic links and what they lead to.
        ids: what photos the program knows them as; for whom inherits to fill.
        copied: colours of which there is or was more than one photo.
        away: roots that are unplugged.
        locked: folders that may not be entered.
    """

    def make_folders(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="phototagger-model-")).resolve()
        for root in ROOTS:
            (self.base / root).mkdir()
            # A watch folder with nothing at all in it is an unplugged disk's mount point.
            (self.base / root / "notes.txt").touch()
        self.truth: dict[Path, Truth] = {}
        self.links: dict[Path, Path] = {}
        self.ids: dict[Path, int] = {}
        self.copied: set[int] = set()
        self.away: set[str] = set()
        self.locked: set[Path] = set()
        self.colours = 0
        self.rest: dict[int, bytes] = {}

    def put_all_back(self) -> None:
        """Everything may be read and is where it belongs."""
        for folder in sorted(self.locked):
            self.forbid_or_allow(str(folder.relative_to(self.base)))
        for root in sorted(self.away):
            self.unplug_or_plug_in(root, mount_point=False)

    def is_away(self, path: Path) -> bool:
        """Whether a path's root is away, or a folder above it may not be entered."""
        root = path.relative_to(self.base).parts[0]
        return root in self.away or any(path.is_relative_to(folder) for folder in self.locked)

    def here(self, place: tuple[str, str]) -> Path | None:
        """The path of a place, its folder made; None while that cannot be done."""
        folder, name = place
        path = self.base / folder / name
        if self.is_away(path) or path in self.links:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def some(self, number: int) -> Path | None:
        """One of the files that are there."""
        there = sorted(p for p in self.truth if not self.is_away(p))
        return there[number % len(there)] if there else None

    def end_of(self, link: Path) -> Path:
        """What a link leads to, over other links that stand where its photo stood."""
        while link in self.links:  # each newer than the one before: they make no circle
            link = self.links[link]
        return link

    def picture(self) -> tuple[int, Image.Image]:
        self.colours += 1
        n = self.colours
        return n, Image.new("RGB", (48, 48), (n * 37 % 256, n * 91 % 256, n * 13 % 256))

    def forget_id(self, path: Path) -> None:
        self.ids.pop(path, None)

    def sidecar_follows(self, path: Path, target: Path) -> None:
        """Whoever moves a photo moves what lies beside it."""
        if beside(path).exists():
            beside(path).rename(beside(target))
        else:
            beside(target).unlink(missing_ok=True)

    @rule(place=places)
    def create(self, place: tuple[str, str]) -> None:
        if (path := self.here(place)) and path not in self.truth:
            colour, picture = self.picture()
            beside(path).unlink(missing_ok=True)
            picture.save(path)
            self.truth[path] = Truth(colour)
            self.forget_id(path)

    @rule(place=places)
    def begin_to_write(self, place: tuple[str, str]) -> None:
        if (path := self.here(place)) and path not in self.truth:
            colour, picture = self.picture()
            whole = self.base / "whole.jpg"
            picture.save(whole, "JPEG")
            content = whole.read_bytes()
            beside(path).unlink(missing_ok=True)
            path.write_bytes(content[: len(content) // 2])
            self.truth[path] = Truth(colour, whole=False)
            self.forget_id(path)
            self.rest[colour] = content

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
            beside(path).unlink(missing_ok=True)
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
            self.sidecar_follows(path, target)
            self.truth[target] = self.truth.pop(path)
            self.forget_id(target)
            if path in self.ids:
                self.ids[target] = self.ids.pop(path)

    @rule(number=pick)
    def change_case(self, number: int) -> None:
        if path := self.some(number):
            target = path.with_name(path.name.swapcase())
            if target not in self.truth and target not in self.links:
                path.rename(target)
                self.sidecar_follows(path, target)
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
            self.sidecar_follows(first, between)
            self.sidecar_follows(second, first)
            self.sidecar_follows(between, second)
            self.truth[first], self.truth[second] = self.truth[second], self.truth[first]
            ids = self.ids.pop(first, None), self.ids.pop(second, None)
            self.ids |= {p: i for p, i in zip((second, first), ids, strict=True) if i}

    @rule(number=pick, place=places, hard=st.booleans())
    def copy(self, number: int, place: tuple[str, str], hard: bool) -> None:
        path, target = self.some(number), self.here(place)
        if path and hard and not self.truth[path].whole:
            return  # nobody is told what is written through another name
        if path and target and target not in self.truth:
            (os.link if hard else shutil.copy)(path, target)
            beside(target).unlink(missing_ok=True)
            if beside(path).exists():
                shutil.copy(beside(path), beside(target))
            was = self.truth[path]
            self.truth[target] = Truth(was.colour, was.words, was.whole)
            self.copied.add(was.colour)
            self.forget_id(target)

    @rule(number=pick)
    def delete(self, number: int) -> None:
        if path := self.some(number):
            path.unlink()
            beside(path).unlink(missing_ok=True)
            del self.truth[path]
            self.forget_id(path)

    @rule(number=pick, place=places)
    def link(self, number: int, place: tuple[str, str]) -> None:
        path, target = self.some(number), self.here(place)
        if path and target and target not in self.truth and self.truth[path].whole:
            target.symlink_to(path)
            self.copied.add(self.truth[path].colour)
            self.links[target] = path

    @rule(number=pick)
    def delete_a_link(self, number: int) -> None:
        there = sorted(path for path in self.links if not self.is_away(path))
        if there:
            path = there[number % len(there)]
            path.unlink()
            del self.links[path]

    @precondition(lambda self: not _ROOT_MAY_ALL)
    @rule(folder=folders)
    def forbid_or_allow(self, folder: str) -> None:
        path = self.base / folder
        if path in self.locked:
            self.locked.discard(path)
            path.chmod(0o755)
        elif "/" in folder and not self.is_away(path) and path.is_dir():
            path.chmod(0)
            self.locked.add(path)

    @rule(number=pick)
    def rename_a_folder(self, number: int) -> None:
        inner = sorted({p.parent for p in self.truth if p.parent.name in ("in", "out", "deep")})
        inner = [f for f in inner if not self.is_away(f)]
        inner = [f for f in inner if not any(lock.is_relative_to(f) for lock in self.locked)]
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
        for path in [p for p in self.links if p.is_relative_to(folder)]:
            self.links[target / path.relative_to(folder)] = self.links.pop(path)

    @rule(root=st.sampled_from(("one", "two")), mount_point=st.booleans())
    def unplug_or_plug_in(self, root: str, mount_point: bool) -> None:
        place, elsewhere = self.base / root, self.base / f"{root}-away"
        if any(lock.is_relative_to(place) for lock in self.locked):
            return
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
