# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A person's words survive any history of edits: theirs, PhotoTagger's, and other programs'.

Generated histories run on real files. People edit with exiftool and other programs rewrite
sidecars between PhotoTagger's writes; exiftool, which wrote none of PhotoTagger's texts, says
before and after each write what every carrier holds.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from phototagger.errors import FileChangedError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert
from phototagger.photo import Caption, Origin, WriteRecord
from phototagger.settings import Existing, Where, WritePolicy
from tests.helpers.exiftool_session import ExiftoolSession
from tests.helpers.other_programs import Rewrite, rewritten
from tests.helpers.photo_files import exif_block, iim, jpeg, photoshop, put, saved
from tests.helpers.writes import write_now

MACHINE_TEXTS = (
    "Two dogs play on a beach",
    "A red boat on the water — seen from above",
    "A cat sleeps on a chair",
    "Ein Hund am Strand",
)
MACHINE_WORDS = ("dog", "beach")
JUNK = ("OLYMPUS DIGITAL CAMERA", "SONY DSC")
DATA = ('{"shape": [2, 3]}', "<OME xmlns='x'/>")
PRIMARY = ("IFD0:ImageDescription", "XMP-dc:Description", "IPTC:Caption-Abstract")
SECONDARY = (
    "XMP-tiff:ImageDescription", "XMP-exif:UserComment", "ExifIFD:UserComment", "IFD0:XPComment",
    "IFD0:XPTitle", "File:Comment",
)  # fmt: skip
CAPTIONS = PRIMARY + SECONDARY
OTHER_LANGUAGE = "XMP-dc:Description-de"
ALT = "XMP-iptcCore:AltTextAccessibility"
LISTS = (
    "XMP-dc:Subject", "IPTC:Keywords", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList",
)  # fmt: skip
READ = (*CAPTIONS, OTHER_LANGUAGE, ALT, *LISTS)
KINDS = {
    "a.jpg": lambda: jpeg(exif=exif_block()),
    "b.jpg": lambda: jpeg(
        exif=exif_block(b"SONY DSC"), app13=photoshop(iim((1, 90, b"\x1b%G"), (2, 5, b"Title")))
    ),
    "c.tif": lambda: saved("TIFF"),
    "d.png": lambda: saved("PNG"),
    "e.webp": lambda: saved("WEBP"),
    "f.NEF": lambda: saved("TIFF"),
}
HOLDS_IPTC = (".jpg", ".tif", ".NEF")
LIGHTROOM = ("http://ns.adobe.com/camera-raw-settings/1.0/", "Exposure2012", "+0.35")
DIGIKAM = ("http://www.digikam.org/ns/1.0/", "PickLabel", "2")

Carriers = dict[tuple[str, str], Any]
Owned = set[tuple[str, str, str]]

people = st.sampled_from(
    ("Oma im Garten", "Rex & Bella <3", "собака Шарик", '"Quoted"', "Two lines\nof mine", "Ä")
)


def human_part(text: str) -> str:
    """What of a text a person wrote: all but the machine's lines at its end."""
    lines = text.split("\n")
    for start in range(len(lines)):
        if "\n".join(lines[start:]) in MACHINE_TEXTS:
            return "\n".join(lines[:start])
    return "" if text in JUNK else text


class Histories(RuleBasedStateMachine):
    """One photo, its sidecar, and everybody who edits them."""

    exiftool: ExiftoolSession

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.typed = 0
        self.undoable: list[tuple[list[WriteRecord], dict[Path, bytes], Owned]] = []
        # Keywords that are a person's, by the list that holds them; and the lists as last left.
        self.owned: Owned = set()
        self.left: Carriers = {}
        # What may stand in the photo, and its sidecar say something else: it was to be replaced.
        self.given_up: set[str] = set()

    def teardown(self) -> None:
        self.place.cleanup()

    @initialize(
        kind=st.sampled_from(sorted(KINDS)),
        words=st.dictionaries(st.sampled_from((*CAPTIONS, ALT)), people, max_size=4),
        beside=st.dictionaries(st.sampled_from((PRIMARY[1], ALT)), people, max_size=1),
        keywords=st.sets(st.sampled_from(("Rex", *MACHINE_WORDS)), max_size=2),
    )
    def take_a_photo(
        self, kind: str, words: dict[str, str], beside: dict[str, str], keywords: set[str]
    ) -> None:
        self.photo = put(self.folder, kind, KINDS[kind]())
        self.sidecar = self.folder / f"{kind}.xmp"
        tags = [f"-{tag}={self.new(w)}" for tag, w in words.items() if self.holds(tag)]
        with self.people_own_new_keywords():
            self.exiftool.edit(self.photo, *tags, *(f"-XMP-dc:Subject={w}" for w in keywords))
        if beside:
            self.exiftool.edit(self.sidecar, *(f"-{t}={self.new(w)}" for t, w in beside.items()))

    # -- people ---------------------------------------------------------------------------

    @rule(tag=st.sampled_from((*CAPTIONS, OTHER_LANGUAGE, ALT)), words=people, beside=st.booleans())
    def type_text(self, tag: str, words: str, beside: bool) -> None:
        self.person_sets(tag, self.new(words), beside)

    @rule(tag=st.sampled_from((*PRIMARY, ALT)), beside=st.booleans())
    def clear_text(self, tag: str, beside: bool) -> None:
        self.person_sets(tag, "", beside)

    @rule(tag=st.sampled_from(PRIMARY), beside=st.booleans())
    def touch_up_what_is_there(self, tag: str, beside: bool) -> None:
        held = self.carriers().get((self.file(beside).name, tag))
        if held and held not in DATA:
            self.typed += 1
            self.person_sets(tag, f"{held}, he{self.typed}", beside)

    @rule(
        tag=st.sampled_from(LISTS[:2]),
        word=st.sampled_from(("Rex", "sea", *MACHINE_WORDS)),
        beside=st.booleans(),
    )
    def add_keyword(self, tag: str, word: str, beside: bool) -> None:
        held = self.carriers().get((self.file(beside).name, tag), [])
        if word not in as_list(held):
            self.person_sets(f"{tag}+", word, beside)

    @rule(word=st.sampled_from(MACHINE_WORDS), beside=st.booleans())
    def remove_keyword(self, word: str, beside: bool) -> None:
        self.person_sets("XMP-dc:Subject-", word, beside)

    @rule(beside=st.booleans())
    def delete_the_marker(self, beside: bool) -> None:
        self.person_sets("XMP-phototagger:all", "", beside)

    @rule(words=people)
    def copy_everything_from_another_photo(self, words: str) -> None:
        other = put(self.folder, "other.jpg", jpeg(exif=exif_block()))
        write_now(other, WriteRequest(machine(MACHINE_TEXTS[0])), WritePolicy())
        tag = PRIMARY[2] if self.holds(PRIMARY[2]) else PRIMARY[1]
        self.exiftool.edit(other, f"-{tag}={self.new(words)}")
        with self.people_own_new_keywords():
            self.exiftool.edit(self.photo, "-TagsFromFile", str(other), "-all:all")
        other.unlink()

    @rule(tag=st.sampled_from(PRIMARY[:2]), text=st.sampled_from(JUNK))
    def camera_writes_junk(self, tag: str, text: str) -> None:
        if not human_part(str(self.carriers().get((self.photo.name, tag), ""))):
            self.exiftool.edit(self.photo, f"-{tag}={text}")

    @rule(tag=st.sampled_from(PRIMARY[:2]), text=st.sampled_from(DATA), beside=st.booleans())
    def a_program_keeps_data(self, tag: str, text: str, beside: bool) -> None:
        self.person_sets(tag, text, beside)

    # -- other programs -------------------------------------------------------------------

    @precondition(lambda self: self.sidecar_path().exists())
    @rule(
        attributes=st.booleans(),
        forgets=st.booleans(),
        words=st.none() | people,
        own=st.sampled_from((LIGHTROOM, DIGIKAM)),
    )
    def another_program_rewrites_the_sidecar(
        self, attributes: bool, forgets: bool, words: str | None, own: tuple[str, str, str]
    ) -> None:
        path = self.sidecar_path()
        caption = self.new(words) if words else None
        how = Rewrite(attributes, forgets, caption, (own,))
        with self.people_own_new_keywords():
            path.write_bytes(rewritten(path.read_bytes(), how))

    # -- PhotoTagger ----------------------------------------------------------------------

    @rule(
        text=st.sampled_from(MACHINE_TEXTS),
        words=st.lists(st.sampled_from(MACHINE_WORDS), unique=True, max_size=2),
        policy=st.builds(
            WritePolicy,
            existing=st.sampled_from(Existing),
            where=st.sampled_from(Where),
            alt_text=st.booleans(),
            keywords=st.just(True),
            keyword_tree=st.booleans(),
            xp_comment=st.booleans(),
        ),
    )
    def caption_by_machine(self, text: str, words: list[str], policy: WritePolicy) -> None:
        before, counted = self.carriers(), self.counted()
        if policy.existing is Existing.REPLACE:
            self.given_up |= {str(v) for (_, tag), v in before.items() if tag in PRIMARY}
        self.apply(WriteRequest(machine(text), keywords=tuple(words)), policy)
        after = self.left = self.carriers()
        self.check_captions(before, after, policy.existing, counted)
        self.check_alt_text(before, after)
        self.check_keywords(after)

    @rule(words=people, where=st.sampled_from((Where.AUTO, Where.SIDECAR, Where.BOTH)))
    def edit_caption(self, words: str, where: Where) -> None:
        before, counted, text = self.carriers(), self.counted(), self.new(words)
        self.apply(WriteRequest(Caption(text, Origin.HUMAN)), WritePolicy(where=where))
        after = self.carriers()
        self.check_captions(before, after, Existing.REPLACE, counted)
        self.check_alt_text(before, after)
        self.check_keywords(after)
        if not any(value in DATA for value in before.values()):
            assert text in after.values()
            assert self.counted() == text

    @rule(where=st.sampled_from((Where.AUTO, Where.SIDECAR, Where.BOTH)))
    def take_the_caption_away(self, where: Where) -> None:
        counted = self.counted()
        said = {str(v) for (_, t), v in self.carriers().items() if t in PRIMARY or v == counted}
        self.given_up |= said
        self.apply(WriteRequest(Caption("", Origin.HUMAN)), WritePolicy(where=where))
        assert counted is None or self.counted() != counted

    @rule(words=people, where=st.sampled_from((Where.AUTO, Where.SIDECAR, Where.BOTH)))
    def edit_alt_text(self, words: str, where: Where) -> None:
        before, text = self.carriers(), self.new(words)
        request = WriteRequest(None, alt_text=text, keywords=("by hand", "dog"))
        with self.people_own_new_keywords():
            self.apply(request, WritePolicy(where=where))
        assert read_facts(self.photo).alt_text == text
        self.own_everywhere("dog")
        after = self.carriers()
        self.check_captions(before, after, Existing.KEEP, None)
        self.check_keywords(after)
        assert text in (value for (_, tag), value in after.items() if tag == ALT)

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        records, files, owned = self.undoable.pop()
        before = self.files()
        try:
            for record in reversed(records):
                revert(record)
        except FileChangedError:
            if len(records) == 1:
                assert self.files() == before
        else:
            self.owned = owned
            self.left = {}
            for record in records:
                assert self.files().get(record.path) == files.get(record.path)

    # -- what must hold -------------------------------------------------------------------

    @invariant()
    def nobodys_words_are_taken_for_somebody_elses(self) -> None:
        if not hasattr(self, "photo"):
            return
        caption = read_facts(self.photo).caption
        if caption is not None and caption.origin is Origin.AI:
            assert caption.text in MACHINE_TEXTS
            said = {str(v) for (_, tag), v in self.carriers().items() if tag in PRIMARY}
            said -= self.given_up
            assert not any(human_part(text) for text in said if text not in DATA)

    def check_captions(
        self, before: Carriers, after: Carriers, existing: Existing, counted: str | None
    ) -> None:
        for (name, tag), value in before.items():
            words, now = human_part(str(value)), str(after.get((name, tag), ""))
            if tag not in (*CAPTIONS, OTHER_LANGUAGE) or not words or value in self.given_up:
                continue
            if value in DATA:
                assert now == value, f"{name} {tag} lost a program's data"
                continue
            if existing is Existing.APPEND:
                assert human_part(now) == words, f"{name} {tag} lost {words!r}"
            elif existing is Existing.KEEP or (tag not in PRIMARY and value != counted):
                assert now == value, f"{name} {tag} lost {words!r}"

    def check_alt_text(self, before: Carriers, after: Carriers) -> None:
        """No machine's alt text replaces a person's or stands beside it."""
        by_people = [k for k, v in before.items() if k[1] == ALT and human_part(str(v))]
        for key in [key for key in {*before, *after} if key[1] == ALT and by_people]:
            assert after.get(key) == before.get(key)

    def check_keywords(self, after: Carriers) -> None:
        """No keyword of a person's goes."""
        for name, tag, word in self.owned:
            assert word in as_list(after.get((name, tag), [])), f"{name} {tag} lost {word}"

    # -- how ------------------------------------------------------------------------------

    def apply(self, request: WriteRequest, policy: WritePolicy) -> None:
        files, owned = self.files(), set(self.owned)
        if records := write_now(self.photo, request, policy):
            self.undoable.append((records, files, owned))

    @contextmanager
    def people_own_new_keywords(self) -> Iterator[None]:
        before = self.keywords()
        yield
        after = self.keywords()
        self.owned = (self.owned & after) | (after - before)
        # A list that is again as PhotoTagger left it is one that nobody touched.
        for key, value in self.carriers().items():
            if self.left.get(key) == value:
                self.owned -= {(*key, word) for word in as_list(value)} - before

    def own_everywhere(self, word: str) -> None:
        self.owned |= {key for key in self.keywords() if key[2] == word}

    def keywords(self) -> "Owned":
        lists = ((k, v) for k, v in self.carriers().items() if k[1] in LISTS)
        return {(*key, str(word)) for key, value in lists for word in as_list(value)}

    def new(self, words: str) -> str:
        self.typed += 1
        return f"{words} {self.typed}"

    def person_sets(self, tag: str, text: str, beside: bool) -> None:
        if not self.holds(tag) or (beside and not tag.startswith("XMP-")):
            return
        if beside and not text and not self.file(beside).exists():
            return
        with self.people_own_new_keywords():
            self.exiftool.edit(self.file(beside), f"-{tag}={text}")

    def holds(self, tag: str) -> bool:
        return not tag.startswith("IPTC") or self.photo.suffix in HOLDS_IPTC

    def file(self, beside: bool) -> Path:
        return self.sidecar_path() if beside else self.photo

    def sidecar_path(self) -> Path:
        found = sorted(self.folder.glob("*.xmp"))
        return found[0] if found else self.sidecar

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.folder.iterdir()}

    def carriers(self) -> Carriers:
        return {
            (path.name, tag): value
            for path in sorted(self.folder.iterdir())
            for tag, value in self.exiftool.read(path, *READ).items()
            if value != ""
        }

    def counted(self) -> str | None:
        caption = read_facts(self.photo).caption
        return caption.text if caption else None


def machine(text: str) -> Caption:
    return Caption(text, Origin.AI, "vit", "r1", 0.5, "2026-01-01T00:00:00Z")


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.fixture
def histories(exiftool: str) -> Iterator[type[Histories]]:
    with ExiftoolSession(exiftool) as Histories.exiftool:
        yield Histories


def test_no_history_loses_a_persons_words(histories: type[Histories]) -> None:
    run_state_machine_as_test(
        histories,
        settings=settings(
            max_examples=int(os.environ.get("PHOTOTAGGER_HISTORIES", "30")),
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
