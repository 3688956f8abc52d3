# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Tables of verdicts for people, and one JSON object for programs."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.bench.fidelity.examine import Verdict

# Findings that make the run fail, and the column and key of each.
FATAL = {
    "collateral": "collateral",
    "pixels": "pixels_changed",
    "undo": "undo_failed",
    "unreadable": "unreadable",
    "repeated": "repeated",
    "failed": "failed",
}
_COLUMNS = ("files", "embedded", "sidecar", "refused", *FATAL.values(), "new_warnings")


def summary(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The counts of the last line."""
    photos = [v for v in verdicts if v.outcome != "skipped"]
    jpegs = [v for v in photos if v.is_jpeg and v.is_sound and not v.is_signed]
    embedded = sum(v.outcome == "embedded" for v in jpegs)
    share = {"sound_jpegs": len(jpegs), "sound_jpegs_embedded": embedded}
    if jpegs:
        share["sound_jpegs_share"] = round(embedded / len(jpegs), 4)
    return _counts(photos) | {"skipped": len(verdicts) - len(photos)} | share


def is_clean(counts: dict[str, float]) -> bool:
    """Whether nothing went wrong."""
    return not any(counts[key] for key in FATAL.values())


def show(verdicts: Sequence[Verdict]) -> None:
    """Print everything; the last line is JSON."""
    photos = [v for v in verdicts if v.outcome != "skipped"]
    _show_table(photos)
    _show_reasons("Beside the photo, in a sidecar", photos, "sidecar")
    _show_reasons("Refused", photos, "refused")
    _show_reasons("Skipped, no pictures", verdicts, "skipped")
    _show_warnings(photos)
    _show_names(
        "Sound JPEGs without a signature that were not written into",
        [
            (v, v.reason)
            for v in photos
            if v.is_jpeg and v.is_sound and not v.is_signed and v.outcome != "embedded"
        ],
    )
    for kind in FATAL:
        found = [(v, "\n    ".join(dict.fromkeys(v.findings.get(kind, [])))) for v in photos]
        _show_names(f"Findings: {FATAL[kind]}", [(v, text) for v, text in found if text])
    counts = summary(verdicts)
    print()
    if "sound_jpegs_share" in counts:
        share = f"{counts['sound_jpegs_share']:.1%}"
        print(f"{share} of {counts['sound_jpegs']} sound JPEGs without C2PA are written into")
    print(json.dumps(counts))


def _counts(photos: Sequence[Verdict]) -> dict[str, float]:
    outcomes = Counter(v.outcome for v in photos)
    found = Counter(kind for v in photos for kind in v.findings)
    return {
        "files": len(photos),
        **{name: outcomes[name] for name in ("embedded", "sidecar", "refused")},
        **{key: found[kind] for kind, key in FATAL.items()},
        "new_warnings": found["warnings"],
    }


def _show_table(photos: Sequence[Verdict]) -> None:
    kinds = sorted({v.kind for v in photos})
    rows = [[kind, *_row([v for v in photos if v.kind == kind])] for kind in kinds]
    rows.append(["all", *_row(photos)])
    header = ["format", *(name.replace("_", " ") for name in _COLUMNS)]
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, *rows]:
        cells = (text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))
        print(row[0].ljust(widths[0]), *cells, sep="  ")


def _row(photos: Sequence[Verdict]) -> list[str]:
    counts = _counts(photos)
    return [str(counts[name]) for name in _COLUMNS]


def _show_reasons(title: str, verdicts: Sequence[Verdict], outcome: str) -> None:
    reasons = Counter((v.reason, v.kind) for v in verdicts if v.outcome == outcome)
    if reasons:
        print(f"\n{title}:")
    for (reason, kind), count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:6}  {kind}: {reason}")


def _show_warnings(photos: Sequence[Verdict]) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for verdict in photos:
        for text in set(verdict.findings.get("warnings", [])):
            found[text].append(verdict.path)
    if found:
        print("\nNew complaints of exiftool's validation (files, and the first of them):")
    for text, paths in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"{len(paths):6}  {text}: {paths[0]!a}")


def _show_names(title: str, found: Sequence[tuple[Verdict, str]]) -> None:
    if found:
        print(f"\n{title}:")
    for verdict, text in found:
        print(f"  {verdict.path!a}\n    {text}")
