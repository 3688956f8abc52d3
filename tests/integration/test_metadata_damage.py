# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Damaged photos are written with an exact way back or left alone with a reason; nothing else.

A few hundred mutants of drawn photos, and of real ones where they are there; `make mutations` tries
any number of any folder. A mutant that fails is made again from its source and its seed.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.mutants.mutate import mutant
from tests.helpers.mutants.trial import policy_for, put_to_test
from tests.helpers.photo_files import (
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    samples,
    saved,
    xmp_packet,
)

SEEDS = range(16)
# Real photos are larger: fewer seeds, and only of those below this many bytes.
REAL_SEEDS = range(100, 103)
REAL_SIZE = 60_000

EXIF = exif_block(b"SONY DSC", user_comment=b"ASCII\0\0\0words")
PACKET = xmp_packet(description("hdr") + "<dc:subject><rdf:Bag/></dc:subject>", padding=20)
DRAWN = samples() | {
    "iptc.jpg": jpeg(
        exif=EXIF, xmp=PACKET, app13=photoshop(iim((2, 5, b"T"), (2, 120, b"dav"))), comment=b"hdr"
    ),
    "a.avif": saved("AVIF", exif=EXIF, xmp=PACKET),
    "a.nef": saved("TIFF", frames=2),
    "a.gif": saved("GIF", "P"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_an_undamaged_photo(name: str, tmp_path: Path) -> None:
    verdict, _ = put_to_test(tmp_path / name, DRAWN[name], policy_for(0))
    assert verdict.faults == {}


@pytest.mark.parametrize("name", DRAWN)
def test_mutants_of_a_drawn_photo(name: str, tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    for seed in SEEDS:
        data = mutant(DRAWN[name], seed)
        verdict, _ = put_to_test(tmp_path / name, data, policy_for(seed))
        assert verdict.faults == {}, f"seed {seed}"
        outcomes[verdict.outcome] += 1
    assert outcomes.keys() - {"embedded"}, "no mutant was damaged enough to be left alone"


def test_mutants_of_a_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    for seed in range(3 * len(SEEDS)):
        sidecar = mutant(PACKET, seed)
        verdict, _ = put_to_test(path, DRAWN["a.gif"], policy_for(seed), sidecar)
        assert verdict.faults == {}, f"seed {seed}"


def test_mutants_of_real_photos(shared_data: Path, tmp_path: Path) -> None:
    tried = 0
    for source in sorted((shared_data / "cameras").iterdir()):
        if source.stat().st_size > REAL_SIZE or source.suffix == ".tsv":
            continue
        for seed in REAL_SEEDS:
            data = mutant(source.read_bytes(), seed)
            verdict, _ = put_to_test(tmp_path / f"a{source.suffix}", data, policy_for(seed))
            assert verdict.faults == {}, f"{source.name} seed {seed}"
            tried += 1
    assert tried >= 80


def test_a_mutant_is_the_same_every_time() -> None:
    for name, data in DRAWN.items():
        assert [mutant(data, s) for s in SEEDS] == [mutant(data, s) for s in SEEDS], name
