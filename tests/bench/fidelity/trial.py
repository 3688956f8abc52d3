# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""One write into a copy of one file, and taking it back."""

import functools
import hashlib
import os
import shutil
import traceback
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from phototagger.errors import PhotoTaggerError, UnreadableError
from phototagger.metadata.writer import WriteRequest, revert
from phototagger.photo import Caption, Origin, Target, WriteRecord, Written
from phototagger.settings import Existing, WritePolicy

Writer = Callable[..., Written]
"""`phototagger.metadata.writer.write`, or a worse one to prove that its damage is found."""

CAPTIONS = ("Two dogs play on a beach", "Zwei Hunde spielen am Strand — 2 собаки")
ALT_TEXT = "Two dogs — black and white — run"
KEYWORDS = ("dog", "beach", "собака")
POLICY = WritePolicy(existing=Existing.REPLACE, alt_text=True, keywords=True, keyword_tree=True)


@dataclass
class Trial:
    """A copy of a file, in a folder of its own with what belongs to it, and what became of it.

    Attributes:
        copy: the copy.
        caption: what was written.
        before: hash of each file in the folder before.
        written: what the writer said, None when it refused or failed.
        refusal: why it refused.
        is_unknown: it says that this is no picture it knows.
        failure: an exception that no caller could expect.
        repeated: what a second, equal write wrote, which should be nothing.
        records: how to undo it.
    """

    copy: Path
    caption: str
    before: dict[str, str]
    written: Written | None = None
    refusal: str = ""
    is_unknown: bool = False
    failure: str = ""
    repeated: tuple[str, ...] = ()
    records: list[WriteRecord] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """One word for it."""
        if self.failure:
            return "failed"
        if self.written is None:
            return "refused"
        names = {Target.EMBEDDED: "embedded", Target.SIDECAR: "sidecar", Target.INDEX: "refused"}
        return names[self.written.target]

    @property
    def reason(self) -> str:
        """Why it is not embedded."""
        return self.refusal or self.failure or (self.written.reason if self.written else "")


def make_trial(source: Path, folder: Path, caption: str, write: Writer) -> Trial:
    """Copy a file into a new folder and write a caption into the copy.

    Raises:
        OSError: the file cannot be copied.
    """
    folder.mkdir()
    copy = folder / source.name
    shutil.copyfile(source, copy)
    for name in _companions(source):
        # Sidecars take part; other files of the stem only by their names.
        if name.casefold().endswith(".xmp") and (source.parent / name).is_file():
            shutil.copyfile(source.parent / name, folder / name)
        else:
            (folder / name).touch()
    trial = Trial(copy, caption, hashes(folder))
    request = WriteRequest(Caption(caption, Origin.AI, "a model", "r1"), ALT_TEXT, KEYWORDS)
    once = functools.partial(
        write, copy, request, POLICY, expected=None, on_prepared=trial.records.append
    )
    try:
        trial.written = once()
        trial.repeated = once().fields
    except PhotoTaggerError as error:
        trial.refusal, trial.is_unknown = error.title, isinstance(error, UnreadableError)
    except Exception:
        trial.failure = _last_line()
    return trial


def undo(trial: Trial) -> str:
    """Take the write back; says what is not as it was, "" when all is."""
    try:
        for record in reversed(trial.records):
            revert(record)
    except Exception:
        return _last_line()
    after = hashes(trial.copy.parent)
    names = sorted(n for n in {*trial.before, *after} if trial.before.get(n) != after.get(n))
    return f"not as before: {', '.join(map(ascii, names))}" if names else ""


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file in a folder."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def _companions(source: Path) -> list[str]:
    """Names of other files that share the stem: sidecars, the RAW of a JPEG."""
    stem = source.stem.casefold()
    names = _by_first_part(source.parent).get(_first_part(source.name), [])
    return [n for n in names if n != source.name and n.casefold().startswith(f"{stem}.")]


@functools.lru_cache(maxsize=16)
def _by_first_part(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in os.listdir(folder):  # noqa: PTH208 - names only
        found[_first_part(name)].append(name)
    return found


def _first_part(name: str) -> str:
    return name.casefold().partition(".")[0]


def _last_line() -> str:
    lines = traceback.format_exc().strip().splitlines()
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return f"{lines[-1]} ({places[-1]})" if places else lines[-1]
