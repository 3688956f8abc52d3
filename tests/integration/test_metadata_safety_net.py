# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The check before saving: an edit that also harms something else never reaches the photo."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from phototagger.errors import FileChangedError
from phototagger.metadata import replacing, targets
from phototagger.metadata.reader import read_facts
from phototagger.metadata.splice import Splice, ordered
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin, Target
from phototagger.settings import WritePolicy
from tests.helpers.photo_files import (
    MACHINE,
    exif_block,
    iim,
    jpeg,
    photoshop,
    put,
    saved,
    xmp_packet,
)

PROPERTIES = (
    "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject><dc:format>x</dc:format>"
)
PHOTO = jpeg(
    exif=exif_block(b"SONY DSC"),
    xmp=xmp_packet(PROPERTIES),
    app13=photoshop(iim((2, 5, b"Title"), (2, 90, b"Paris"))),
    comment=b"default",
    trailer=b"the trailer",
)
# What else the edit changes: a place in the file and the bytes that come there.
HARM: dict[str, tuple[bytes, bytes]] = {
    "scan": (PHOTO[PHOTO.index(b"\xff\xda") + 14 :][:4], b"\x11\x22\x33\x44"),
    "maker note": (bytes(range(20, 60)), bytes(40)),
    "camera": (b"Acme One", b"Acme Two"),
    "date": (b"2024:07:01", b"2025:07:01"),
    "keyword": (b"<rdf:li>sea<", b"<rdf:li>see<"),
    "property": (b"<dc:format>x<", b"<dc:format>y<"),
    "XMP is cut": (b"</x:xmpmeta>", b"            "),
    "IPTC title": (b"Title", b"T tle"),
    "JFIF": (b"JFIF\0\1\1", b"JFIF\0\1\2"),
    "trailer": (b"the trailer", b"a trailer  "),
    "quantisation table": (PHOTO[PHOTO.index(b"\xff\xdb") + 5 :][:8], b"\x01" * 8),
}


def harming(old: bytes, new: bytes) -> Callable[..., object]:
    honest = targets._splices

    def splices(texts: object, values: object) -> object:
        wanted, edit = honest(texts, values)  # type: ignore[arg-type]
        data = texts.container.data  # type: ignore[attr-defined]
        assert data.count(old) == 1
        return wanted, ordered((*edit, Splice(data.index(old), len(old), new)), len(data))

    return splices


@pytest.mark.parametrize("what", HARM)
def test_harm_is_noticed(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.jpg", PHOTO)
    monkeypatch.setattr(targets, "_splices", harming(*HARM[what]))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert "check before saving failed" in written.reason
    assert path.read_bytes() == PHOTO
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jpg", "a.jpg.xmp"]
    assert read_facts(path).caption == MACHINE


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_harm_to_pixels_is_noticed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(kind)
    middle = data[len(data) // 2 :][:6]
    path = put(tmp_path, "a.bin", data)
    monkeypatch.setattr(targets, "_splices", harming(middle, bytes(b ^ 1 for b in middle)))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert "picture would have changed" in written.reason
    assert path.read_bytes() == data


def test_an_unexpected_error_means_a_sidecar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("never seen before")

    path = put(tmp_path, "a.jpg", PHOTO)
    monkeypatch.setattr(targets, "_splices", fail)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.SIDECAR
    assert "could not be proven safe" in written.reason
    assert path.read_bytes() == PHOTO


def test_of_two_threads_at_one_photo_only_one_replaces_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(PHOTO)
    look = replacing._check_unchanged
    person = Caption("Rex at the sea", Origin.HUMAN)
    outcomes: list[object] = []

    def edit() -> None:
        try:
            request = WriteRequest(person)
            write(path, request, WritePolicy(), expected=None, on_prepared=lambda _record: None)
            outcomes.append("written")
        except FileChangedError as error:
            outcomes.append(error)

    threads: list[threading.Thread] = []

    def look_and_let_the_other_come(job: replacing.Replacement) -> None:
        look(job)
        if replacing.TAKING_ITS_PLACE.locked() and not threads:
            threads.append(threading.Thread(target=edit))
            threads[0].start()
            threads[0].join(0.3)  # it is through by then unless something keeps it

    monkeypatch.setattr(replacing, "_check_unchanged", look_and_let_the_other_come)
    write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _record: None
    )
    threads[0].join(30)
    (outcome,) = outcomes
    assert isinstance(outcome, FileChangedError)
    assert read_facts(path).caption == MACHINE
