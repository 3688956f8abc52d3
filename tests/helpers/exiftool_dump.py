# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Everything exiftool sees in files: every tag of every group, unknown ones too.

`-stay_open` with `-U` is not deterministic (some maker notes dump differently with what the
process read before), and neither quite is one process for many files: whoever finds a difference
asks again with `fresh=True`, one new process for each file.
"""

import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_OPTIONS = (
    "-j -a -u -U -G0:1:4 -struct -n -b -all -makernotes -validate -charset filename=utf8 "
    "-api largefilesupport=1"
).split()
_SECONDS, _SECONDS_PER_FILE = 60, 5
# A value longer than this is told by its hash.
_LONGEST_SHOWN = 120
_TAG_COPY = re.compile(r":Copy\d+(?=:)")
_NUMBERS = re.compile(r"0x[0-9a-f]+|\d+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class Dump:
    """What exiftool sees in a file.

    Attributes:
        tags: every value as (tag with its groups, value), with how often it is there; not those
            about the file's name, size and times, nor what exiftool derives from others.
        values: the same as exiftool gave it, by tag with its groups.
        warnings: what it complains about, numbers blotted out, as they may be offsets.
        is_complete: False when exiftool died of the file or took too long.
    """

    tags: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: dict[str, list[Any]] = field(default_factory=dict)
    warnings: Counter[str] = field(default_factory=Counter)
    is_complete: bool = True

    def first(self, tag: str) -> Any:
        """The first value of a tag, "" when it is missing."""
        return self.values.get(tag, [""])[0]


def dump_files(paths: Sequence[Path], *, fresh: bool = False) -> list[Dump]:
    """Dump files, in their order.

    Args:
        paths: files of any name.
        fresh: one process for each, for a second look at a difference.
    """
    if not paths:
        return []
    with tempfile.TemporaryDirectory(prefix="exiftool-") as name:
        # Links of plain names: exiftool then has no trouble with a line end or a stray byte.
        links = [_link(Path(name), number, path) for number, path in enumerate(paths)]
        found = {} if fresh else _run(links)
        for link in links:
            if link not in found:
                found |= _run([link])
        return [found.get(link, Dump(is_complete=False)) for link in links]


def _link(folder: Path, number: int, path: Path) -> str:
    suffix = path.suffix if _SUFFIX.fullmatch(path.suffix) else ""
    link = folder / f"{number:06}{suffix}"
    link.symlink_to(path.absolute())
    return str(link)


def _run(links: Sequence[str]) -> dict[str, Dump]:
    """One process; nothing when it died or took too long."""
    # Perl's hashes have a random order unless told otherwise; some dumps depend on it.
    surroundings = os.environ | {"PERL_HASH_SEED": "0", "PERL_PERTURB_KEYS": "0"}
    try:
        answer = subprocess.run(
            ["exiftool", *_OPTIONS, *links],
            capture_output=True,
            check=False,
            timeout=_SECONDS + _SECONDS_PER_FILE * len(links),
            env=surroundings,
        )
        found = json.loads(answer.stdout.decode("utf-8", "replace"))
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return {item["SourceFile"]: _dump(item) for item in found}


def _dump(item: dict[str, Any]) -> Dump:
    found = Dump()
    for key, value in item.items():
        tag = _TAG_COPY.sub("", key)
        name = tag.rpartition(":")[2]
        if tag.startswith("ExifTool:"):
            if name in ("Warning", "Error"):
                found.warnings[_NUMBERS.sub("#", str(value))] += 1
        elif not tag.startswith(("SourceFile", "File:System:", "Composite:")):
            found.values.setdefault(tag, []).append(value)
            found.tags[tag, _shown(value)] += 1
    return found


def _shown(value: object) -> str:
    is_nested = isinstance(value, list | dict)
    text = json.dumps(value, sort_keys=True) if is_nested else str(value)
    if len(text) <= _LONGEST_SHOWN:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:40]}... ({len(text)} characters, {digest[:16]})"
