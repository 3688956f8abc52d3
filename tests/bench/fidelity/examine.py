# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Write into copies of a few files, compare everything, undo: a verdict on each file.

Run as a program it reads paths from its input and prints the verdicts, so that a decoder that
dies takes only its own process with it.
"""

import functools
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from phototagger.formats import HEAD_BYTES, sniff
from phototagger.metadata.authorship import is_junk
from phototagger.metadata.writer import write as real_write
from tests.bench.fidelity.trial import ALT_TEXT, CAPTIONS, Trial, Writer, hashes, make_trial, undo
from tests.helpers.anatomy import decodes, frames, untouchables
from tests.helpers.differences import TEXTS, Version, compare
from tests.helpers.exiftool_dump import Dump, dump_files

_ORDER = ("failed", "refused", "sidecar", "embedded")
_ALT_TEXT = "Xmp.iptc.AltTextAccessibility"
_IPTC_CAPTION = "Iptc.Application2.Caption"
_CAPTIONS = ("Exif.Image.ImageDescription", "Xmp.dc.description", _IPTC_CAPTION)
# What a new EXIF block does without (XResolution and the like): the JPEG's own header says it.
_USUAL = "Missing required JPEG"
# What the process may use; a file made to exhaust memory is a finding, not the end.
_MEMORY = 6 << 30
_LARGE = 64 << 20
_SIGNATURES = ("JUMBF:", "XMP:XMP-dcterms:Provenance")


@dataclass
class Verdict:
    """What became of a file.

    Attributes:
        path: where it is.
        kind: its format as exiftool calls it.
        outcome: `embedded`, `sidecar`, `refused`, `skipped` (no picture) or `failed`; of its two
            writes the lesser.
        reason: why it is not embedded.
        is_jpeg: by its first bytes.
        is_sound: Pillow decodes it.
        is_signed: it carries C2PA.
        findings: what went wrong: `collateral`, `pixels`, `unreadable`, `undo`, `repeated`,
            `failed`; and `warnings`, new complaints of exiftool, which only count.
    """

    path: str
    kind: str = ""
    outcome: str = ""
    reason: str = ""
    is_jpeg: bool = False
    is_sound: bool = False
    is_signed: bool = False
    findings: dict[str, list[str]] = field(default_factory=dict)

    def find(self, kind: str, lines: Sequence[str]) -> None:
        """Add to the findings."""
        if lines:
            self.findings.setdefault(kind, []).extend(lines)


@dataclass(frozen=True)
class Pair:
    """A file that a write made or changed, before (None when it is new) and after."""

    verdict: Verdict
    trial: Trial
    before: Path | None
    after: Path


def examine(paths: Sequence[Path], folder: Path, write: Writer = real_write) -> list[Verdict]:
    """Judge files.

    Args:
        paths: the files; they are only read.
        folder: an empty folder to work in.
        write: the writer.
    """
    verdicts = [Verdict(str(path)) for path in paths]
    trials: list[tuple[Verdict, Trial]] = []
    for number, (path, verdict) in enumerate(zip(paths, verdicts, strict=True)):
        try:
            if not _is_for_us(path, verdict):
                continue
            own = [
                make_trial(path, folder / f"{number}-{i}", caption, write)
                for i, caption in enumerate(CAPTIONS)
            ]
        except OSError as error:
            verdict.outcome, verdict.reason = "refused", f"it cannot be read: {error.strerror}"
            continue
        least = min(own, key=lambda trial: _ORDER.index(trial.outcome))
        verdict.outcome, verdict.reason = least.outcome, least.reason
        trials += [(verdict, trial) for trial in own]
    originals = dict(zip((v.path for v in verdicts), dump_files(paths), strict=True))
    for verdict, trial in trials:
        _classify(verdict, trial, originals[verdict.path])
    _compare([pair for v, t in trials for pair in _pairs(v, t)], originals)
    for verdict, trial in trials:
        problem = undo(trial)
        verdict.find("undo", [problem] if problem else [])
    return verdicts


def _is_for_us(path: Path, verdict: Verdict) -> bool:
    """Look at a file's first bytes; a film that lies among the photos is not copied.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    verdict.is_jpeg = head.startswith(b"\xff\xd8\xff")
    if sniff(head, path) is None and path.stat().st_size > _LARGE:
        verdict.outcome, verdict.reason = "skipped", "it is large and no picture"
    return not verdict.outcome


def _classify(verdict: Verdict, trial: Trial, original: Dump) -> None:
    verdict.kind = "JPEG" if verdict.is_jpeg else str(original.first("File:FileType") or "?")
    verdict.is_sound = verdict.is_jpeg and decodes(_original_frames(Path(verdict.path)))
    verdict.is_signed = any(tag.startswith(_SIGNATURES) for tag in original.values)
    if trial.is_unknown and not str(original.first("File:MIMEType")).startswith("image/"):
        verdict.outcome = "skipped"
    verdict.find("failed", [trial.failure] if trial.failure else [])
    verdict.find("repeated", list(trial.repeated))


def _pairs(verdict: Verdict, trial: Trial) -> list[Pair]:
    """What was written: the photo, a sidecar, both or nothing."""
    name, after = trial.copy.name, hashes(trial.copy.parent)
    source = Path(verdict.path).parent
    changed = sorted(n for n in {*after, *trial.before} if after.get(n) != trial.before.get(n))
    sidecar = trial.written.sidecar.name if trial.written and trial.written.sidecar else ""
    meant = {sidecar, name if trial.outcome == "embedded" else ""}
    verdict.find("collateral", [f"{n!a} changed, unasked" for n in changed if n not in meant])
    return [
        Pair(verdict, trial, source / n if n in trial.before else None, trial.copy.parent / n)
        for n in changed
        if n in meant and n in after
    ]


def _compare(pairs: Sequence[Pair], originals: dict[str, Dump]) -> None:
    """Compare what exiftool sees; what differs is dumped again, each file in a fresh process."""
    after = dump_files([pair.after for pair in pairs])
    for pair, dump in zip(pairs, after, strict=True):
        old = _before(pair, originals)
        findings = _findings(pair, old, dump)
        complaints = set(dump.warnings - old.warnings)
        if findings or any(not text.startswith(_USUAL) for text in complaints):
            fresh = [] if pair.before is None else dump_files([pair.before], fresh=True)
            old, dump = (fresh or [old])[0], dump_files([pair.after], fresh=True)[0]
            findings = _findings(pair, old, dump)
        for kind, lines in findings.items():
            pair.verdict.find(kind, lines)
        pair.verdict.find("warnings", sorted(dump.warnings - old.warnings))
        if pair.before is not None and pair.after.name == pair.trial.copy.name:
            _compare_pictures(pair)


def _before(pair: Pair, originals: dict[str, Dump]) -> Dump:
    if pair.before is None:
        return Dump()
    known = originals.get(str(pair.before))
    return known or dump_files([pair.before])[0]


def _findings(pair: Pair, old: Dump, new: Dump) -> dict[str, list[str]]:
    """Other tags that changed, and texts that exiftool does not read back."""
    trial = pair.trial
    assert trial.written is not None
    fields = trial.written.fields
    before = Version(old, pair.before.read_bytes() if pair.before is not None else b"")
    found = compare(before, Version(new, pair.after.read_bytes()), fields)
    lines = [line for line in found.lines() if pair.before or not line.startswith("+ File:")]
    unread = list(_unread(pair, new))
    if not new.is_complete and old.is_complete:
        unread.append("exiftool does not read the file any more")
    found_lines = {"collateral": lines, "unreadable": unread}
    return {kind: lines for kind, lines in found_lines.items() if lines}


def _unread(pair: Pair, new: Dump) -> Iterator[str]:
    """Texts that exiftool reads otherwise than they were written, and captions gone stale."""
    trial = pair.trial
    is_sidecar = pair.after.name != trial.copy.name
    assert trial.written is not None
    for name, tag in TEXTS.items():
        values = new.values.get(tag, [])
        wanted = ALT_TEXT if name == _ALT_TEXT else trial.caption
        written = name in trial.written.fields and (name.startswith("Xmp.") or not is_sidecar)
        # A caption that IPTC's character set cannot hold is removed there.
        missing = written and not values and name != _IPTC_CAPTION
        stale = name in _CAPTIONS and any(not is_junk(str(v)) for v in values if v != wanted)
        if missing or stale or (written and any(v != wanted for v in values)):
            yield f"{name}: {values!a}"
    if not any(trial.caption in new.values.get(TEXTS[name], []) for name in _CAPTIONS):
        yield "no caption"


def _compare_pictures(pair: Pair) -> None:
    assert pair.before is not None
    if untouchables(pair.before.read_bytes()) != untouchables(pair.after.read_bytes()):
        pair.verdict.find("pixels", ["image data or another part of the file"])
    old, new = _original_frames(pair.before), frames(pair.after)
    if old != new:
        pair.verdict.find("pixels", [f"{old} became {new}"])


@functools.lru_cache(maxsize=256)
def _original_frames(path: Path) -> list[str]:
    """Decoding is half of the work, and an original is compared with two copies."""
    return frames(path)


def main() -> None:
    """Judge the files whose paths stand in the input, as JSON."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    paths = [Path(name) for name in json.load(sys.stdin)]
    with tempfile.TemporaryDirectory(prefix="fidelity-") as name:
        json.dump([asdict(verdict) for verdict in examine(paths, Path(name))], sys.stdout)


if __name__ == "__main__":
    main()
