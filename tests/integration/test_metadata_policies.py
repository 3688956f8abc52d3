# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What the settings say about writing, and a person's words, which are never lost."""

from pathlib import Path

import pytest

from phototagger.formats import Format
from phototagger.metadata.containers.parsers import parse
from phototagger.metadata.content import Content
from phototagger.metadata.photoshop import md5
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, write
from phototagger.photo import Caption, Origin, Target, WriteRecord, Written
from phototagger.settings import Existing, When, Where, WritePolicy
from tests.helpers.photo_files import (
    LETTERS,
    MACHINE,
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    put,
    saved,
    segment,
    xmp_packet,
)
from tests.helpers.second_opinion import exiftool_texts

HUMAN = "Rex and Bella at the sea"
CARRIERS = {
    "exif": {"exif": exif_block(HUMAN.encode())},
    "xmp": {"xmp": xmp_packet(description(HUMAN))},
    "iptc": {"app13": photoshop(iim((2, 120, HUMAN.encode())))},
    "comment": {"comment": HUMAN.encode()},
    "user comment": {"exif": exif_block(user_comment=b"ASCII\0\0\0" + HUMAN.encode())},
}


def put_caption(
    path: Path, policy: WritePolicy, caption: Caption = MACHINE, **more: object
) -> Written:
    request = WriteRequest(caption, **more)  # type: ignore[arg-type]
    return write(path, request, policy, expected=None, on_prepared=lambda _: None)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_persons_caption_is_kept_wherever_it_is(carrier: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(**CARRIERS[carrier]))
    before = path.read_bytes()
    written = put_caption(path, WritePolicy())
    assert (written.target, written.fields) == (Target.INDEX, ())
    assert "person's caption is kept" in written.reason
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.xmp"))
    assert read_facts(path).caption == Caption(HUMAN, Origin.HUMAN)


@pytest.mark.parametrize("more", [b"", segment(0xEB, b"JP\0\1\0\0\0\1jumb")])
def test_a_person_and_a_model_may_use_the_same_words(more: bytes, tmp_path: Path) -> None:
    # With a signature the alt text goes to a sidecar.
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(LETTERS.encode()), more=more))
    policy = WritePolicy(alt_text=True)
    assert put_caption(path, policy).fields[0] == "Xmp.iptc.AltTextAccessibility"
    facts = read_facts(path)
    assert (facts.caption, facts.alt_text) == (Caption(LETTERS, Origin.HUMAN), LETTERS)
    assert put_caption(path, policy).fields == ()


@pytest.mark.parametrize("carrier", CARRIERS)
def test_replace_updates_every_carrier_of_the_old_text(carrier: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(**CARRIERS[carrier]))
    put_caption(path, WritePolicy(existing=Existing.REPLACE))
    facts = read_facts(path)
    assert facts.caption == MACHINE
    assert {c.text for c in facts.carriers} == {LETTERS}


SWEDISH = "Porträtt på Eva".encode("latin-1")


@pytest.mark.parametrize(
    ("existing", "left"), [(Existing.REPLACE, []), (Existing.APPEND, ["Porträtt på Eva"])]
)
def test_a_caption_that_iptc_cannot_hold_leaves_no_stale_one_there(
    existing: Existing, left: list[str], tmp_path: Path
) -> None:
    block = iim((2, 90, "Göteborg".encode("latin-1")), (2, 120, SWEDISH))
    data = jpeg(app13=photoshop(block, md5(block)))
    path = put(tmp_path, "a.jpg", data)
    assert put_caption(path, WritePolicy(existing)).target is Target.EMBEDDED
    content = Content(parse(Format.JPEG, path.read_bytes()).blocks)
    assert content.iptc is not None
    assert list(content.iptc.texts(120)) == left
    assert content.iptc.texts(90) == ("Göteborg",)
    assert not content.iptc_is_newer
    assert put_caption(path, WritePolicy(existing)).fields == ()


def test_append_keeps_each_carriers_own_words(tmp_path: Path) -> None:
    path = put(
        tmp_path, "a.jpg", jpeg(exif=exif_block(b"In EXIF"), xmp=xmp_packet(description("In XMP")))
    )
    policy = WritePolicy(existing=Existing.APPEND)
    put_caption(path, policy)
    texts = [c.text for c in read_facts(path).carriers]
    assert texts == [f"In EXIF\n{LETTERS}", f"In XMP\n{LETTERS}"]
    assert put_caption(path, policy).fields == ()
    put_caption(path, policy, Caption("A newer text", Origin.AI, "git"))
    texts = [c.text for c in read_facts(path).carriers]
    assert texts == ["In EXIF\nA newer text", "In XMP\nA newer text"]


def test_camera_junk_is_replaced(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"OLYMPUS DIGITAL CAMERA         ")))
    assert put_caption(path, WritePolicy()).target is Target.EMBEDDED
    assert read_facts(path).caption == MACHINE


def test_a_machines_caption_is_replaced_by_a_newer_one(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy())
    newer = Caption("A newer text", Origin.AI, "git", "r2", 0.5, "2026-02-01T00:00:00Z")
    assert put_caption(path, WritePolicy(), newer).target is Target.EMBEDDED
    assert read_facts(path).caption == newer


def test_only_time_and_confidence_differ_means_no_write(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy())
    same = Caption(LETTERS, Origin.AI, "vit", "r1", 0.1, "2027-01-01T00:00:00Z")
    assert put_caption(path, WritePolicy(), same).fields == ()


def test_a_person_who_edits_a_caption_is_obeyed(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(HUMAN.encode())))
    mine = Caption("Our holiday", Origin.HUMAN)
    written = put_caption(path, WritePolicy(), mine)
    assert written.target is Target.EMBEDDED
    assert read_facts(path).caption == mine


def test_a_person_who_edits_a_machines_caption_takes_its_marker_away(
    exiftool: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy())
    put_caption(path, WritePolicy(), Caption("Our dog", Origin.HUMAN))
    assert read_facts(path).caption == Caption("Our dog", Origin.HUMAN)
    assert exiftool_texts([path], "XMP-phototagger:CaptionTextHash") == [[""]]


def test_an_edit_in_another_program_makes_the_text_human(exiftool: str, tmp_path: Path) -> None:
    import subprocess

    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy())
    command = [exiftool, "-q", "-overwrite_original", f"-XMP-dc:Description={HUMAN}", str(path)]
    subprocess.run(command, check=True)
    assert read_facts(path).caption == Caption(HUMAN, Origin.HUMAN)
    assert put_caption(path, WritePolicy()).target is Target.INDEX


def test_never_writes_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    before = path.read_bytes()
    written = put_caption(path, WritePolicy(when=When.NEVER))
    assert (written.target, path.read_bytes()) == (Target.INDEX, before)


def test_sidecar_only_leaves_the_photo(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    before = path.read_bytes()
    written = put_caption(path, WritePolicy(where=Where.SIDECAR))
    assert (written.target, written.sidecar) == (Target.SIDECAR, tmp_path / "a.jpg.xmp")
    assert path.read_bytes() == before
    assert read_facts(path).caption == MACHINE


def test_embed_only_makes_no_sidecar(tmp_path: Path) -> None:
    path = put(tmp_path, "a.gif", saved("GIF", "P"))
    written = put_caption(path, WritePolicy(where=Where.EMBED))
    assert written.target is Target.INDEX
    assert "GIF" in written.reason
    assert not list(tmp_path.glob("*.xmp"))


def test_both_writes_both_with_a_record_each(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    records: list[WriteRecord] = []
    written = write(
        path,
        WriteRequest(MACHINE),
        WritePolicy(where=Where.BOTH),
        expected=None,
        on_prepared=records.append,
    )
    assert (written.target, written.sidecar) == (Target.EMBEDDED, tmp_path / "a.jpg.xmp")
    assert [r.target for r in records] == [Target.EMBEDDED, Target.SIDECAR]


def test_a_sidecar_with_an_older_caption_is_brought_up_to_date(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy(where=Where.SIDECAR), Caption("Old", Origin.AI, "vit"))
    written = put_caption(path, WritePolicy())
    assert written.target is Target.EMBEDDED
    assert {c.text for c in read_facts(path).carriers} == {LETTERS}


def test_alt_text_fills_an_empty_field_even_beside_a_persons_caption(
    exiftool: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(HUMAN.encode())))
    written = put_caption(path, WritePolicy(alt_text=True))
    assert written.target is Target.INDEX
    assert "Xmp.iptc.AltTextAccessibility" in written.fields
    assert read_facts(path).alt_text == LETTERS
    found = exiftool_texts([path], "XMP-iptcCore:AltTextAccessibility", "IFD0:ImageDescription")
    assert found == [[LETTERS, HUMAN]]
    assert put_caption(path, WritePolicy(alt_text=True)).fields == ()


def test_a_persons_alt_text_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    request = WriteRequest(None, alt_text="By hand")
    write(path, request, WritePolicy(), expected=None, on_prepared=lambda _: None)
    put_caption(path, WritePolicy(alt_text=True))
    assert read_facts(path).alt_text == "By hand"


def test_a_person_may_write_alt_text_and_keywords_alone(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(HUMAN.encode())))
    request = WriteRequest(None, alt_text="By hand", keywords=("dog",))
    written = write(path, request, WritePolicy(), expected=None, on_prepared=lambda _: None)
    assert (written.target, written.reason) == (Target.EMBEDDED, "")
    facts = read_facts(path)
    assert facts.caption == Caption(HUMAN, Origin.HUMAN)
    assert (facts.alt_text, facts.keywords) == ("By hand", ("dog",))


def test_keywords_are_added_under_their_root(exiftool: str, tmp_path: Path) -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    app13 = photoshop(iim((2, 25, b"sea")))
    path = put(tmp_path, "a.jpg", jpeg(xmp=packet, app13=app13))
    policy = WritePolicy(keywords=True, keyword_tree=True)
    put_caption(path, policy, keywords=("dog", "sea"))
    assert read_facts(path).keywords == ("sea", "dog")
    tags = ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList", "IPTC:Keywords")
    (found,) = exiftool_texts([path], *tags)
    assert found == [
        "['sea', 'dog']", "['AI|dog', 'AI|sea']", "['AI/dog', 'AI/sea']", "['sea', 'dog']"
    ]  # fmt: skip
    assert put_caption(path, policy, keywords=("dog", "sea")).fields == ()


def test_keywords_that_fit_once_the_caption_is_replaced_come_with_it(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(app13=photoshop(iim((2, 120, SWEDISH)))))
    policy = WritePolicy(Existing.REPLACE, keywords=True)
    assert "Iptc.Application2.Keywords" in put_caption(path, policy, keywords=("собака",)).fields
    assert put_caption(path, policy, keywords=("собака",)).fields == ()


def test_keywords_need_the_setting(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy(), keywords=("dog",))
    assert read_facts(path).keywords == ()


def test_xp_comment_for_windows(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block()))
    put_caption(path, WritePolicy(xp_comment=True))
    assert exiftool_texts([path], "IFD0:XPComment") == [[LETTERS]]


def test_nothing_says_that_the_picture_is_artificial(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    put_caption(path, WritePolicy(alt_text=True, keywords=True), keywords=("dog",))
    assert b"DigitalSourceType" not in path.read_bytes()
    assert read_facts(path).keywords == ("dog",)


def test_a_dry_run_decides_and_touches_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    before, stat = path.read_bytes(), path.stat()
    for where in Where:
        written = write(
            path,
            WriteRequest(MACHINE),
            WritePolicy(where=where),
            expected=None,
            on_prepared=lambda _: pytest.fail("written"),
            dry_run=True,
        )
        assert written.fields
    assert (path.read_bytes(), path.stat()) == (before, stat)
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_times_are_kept_when_asked(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    before = path.stat().st_mtime_ns
    put_caption(path, WritePolicy(keep_times=True))
    assert path.stat().st_mtime_ns == before
    put_caption(path, WritePolicy(), Caption("A newer text", Origin.AI))
    assert path.stat().st_mtime_ns > before
