# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whose words are whose when texts meet: the cases that generated histories rarely reach."""

from pathlib import Path

from phototagger.camera_texts import CAMERA_TEXTS
from phototagger.metadata.reader import read_facts
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Target, WriteRecord, Written
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.stores import Stores
from phototagger.settings import Existing, Where, WritePolicy
from tests.helpers.photo_files import (
    description,
    exif_block,
    iim,
    jpeg,
    photoshop,
    put,
    saved,
    xmp_packet,
)
from tests.helpers.second_opinion import exiftool_texts

HUMAN = "Rex and Bella at the sea"
KEYWORDS = WritePolicy(keywords=True)
ALT = "XMP-iptcCore:AltTextAccessibility"
SUBJECT = "XMP-dc:Subject"


def machine(text: str) -> Caption:
    return Caption(text, Origin.AI, "vit", "r1", 0.5, "2026-01-01T00:00:00Z")


def caption(path: Path, text: str, policy: WritePolicy, *keywords: str) -> Written:
    request = WriteRequest(machine(text), keywords=keywords)
    return write(path, request, policy, expected=None, on_prepared=lambda _: None)


def by_hand(path: Path, request: WriteRequest) -> Written:
    return write(path, request, WritePolicy(), expected=None, on_prepared=lambda _: None)


def origin(path: Path) -> Origin | None:
    found = read_facts(path).caption
    return found.origin if found else None


def test_a_model_that_says_the_same_does_not_take_a_persons_words(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(HUMAN.encode())))
    for existing in Existing:
        policy = WritePolicy(existing=existing, alt_text=True)
        assert caption(path, HUMAN, policy).target is Target.INDEX
        assert origin(path) is Origin.HUMAN


def test_nor_words_that_stand_in_a_tag_that_does_not_count(tmp_path: Path) -> None:
    comment = exif_block(b"SONY DSC", user_comment=b"ASCII\0\0\0" + HUMAN.encode())
    packet = xmp_packet(description("Oma"))
    path = put(tmp_path, "a.jpg", jpeg(exif=comment, xmp=packet))
    # The alt text is the same as the comment, which must not become the model's by that.
    caption(path, HUMAN, WritePolicy(alt_text=True))
    caption(path, "A dog", WritePolicy(existing=Existing.REPLACE))
    assert HUMAN in {carrier.text for carrier in read_facts(path).carriers}


def test_an_earlier_machines_text_stays_the_machines(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    caption(path, "A dog", WritePolicy(alt_text=True))
    caption(path, "A brown dog", WritePolicy())
    assert exiftool_texts([path], ALT) == [["A dog"]]
    caption(path, "A brown dog runs", WritePolicy(alt_text=True))
    assert exiftool_texts([path], ALT) == [["A brown dog runs"]]
    by_hand(path, WriteRequest(Caption(HUMAN, Origin.HUMAN)))
    assert origin(path) is Origin.HUMAN
    caption(path, "A dog again", WritePolicy(alt_text=True))
    assert exiftool_texts([path], ALT, "IFD0:ImageDescription") == [["A dog again", HUMAN]]


def test_a_persons_alt_text_beside_the_photo_is_kept(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    caption(path, "A dog", WritePolicy(where=Where.BOTH, alt_text=True))
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.write_bytes(sidecar.read_bytes().replace(b">A dog<", b">Rex<"))
    caption(path, "A cat", WritePolicy(where=Where.BOTH, alt_text=True, existing=Existing.REPLACE))
    assert exiftool_texts([path, sidecar], ALT) == [["A dog"], ["Rex"]]


def test_a_programs_data_is_kept_in_every_tag(tmp_path: Path) -> None:
    data = '{"shape": [2, 3]}'
    path = put(tmp_path, "a.jpg", jpeg(xmp=xmp_packet(description(data))))
    before = path.read_bytes()
    written = caption(path, "A dog", WritePolicy())
    assert (written.target, path.read_bytes()) == (Target.SIDECAR, before)
    assert "another program's data" in written.reason
    raw = put(tmp_path, "b.nef", saved("TIFF"))
    sidecar = put(tmp_path, "b.nef.xmp", xmp_packet(description(data)))
    assert caption(raw, "A dog", WritePolicy()).target is Target.INDEX
    assert data.encode() in sidecar.read_bytes()


def test_iptc_that_holds_two_captions_loses_neither(tmp_path: Path) -> None:
    twice = photoshop(iim((2, 120, b"SONY DSC"), (2, 120, HUMAN.encode())))
    path = put(tmp_path, "a.jpg", jpeg(app13=twice))
    caption(path, "A dog", WritePolicy())
    assert HUMAN.encode() in path.read_bytes()


def test_iptc_too_short_for_both_keeps_the_persons(tmp_path: Path) -> None:
    long = ("Oma und Opa " * 170)[:1990]
    path = put(tmp_path, "a.jpg", jpeg(app13=photoshop(iim((2, 120, long.encode())))))
    caption(path, "A dog runs", WritePolicy(existing=Existing.APPEND))
    texts = {carrier.tag: carrier.text for carrier in read_facts(path).carriers}
    assert texts["Exif.Image.ImageDescription"] == f"{long}\nA dog runs"
    assert texts["Iptc.Application2.Caption"] == long


def test_a_captions_own_list_of_junk(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"ACME CAM")))
    assert origin(path) is Origin.HUMAN
    assert read_facts(path, ("ACME*",)).caption is None
    assert caption(path, "A dog", WritePolicy()).target is Target.INDEX
    assert caption(path, "A dog", WritePolicy(camera_texts=("ACME*",))).target is Target.EMBEDDED


def test_the_library_goes_by_the_same_list(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg(exif=exif_block(b"ACME CAM")))
    for camera_texts, known in ((("ACME*",), None), (CAMERA_TEXTS, "ACME CAM")):
        library = tmp_path / f"{known}" / "library.sqlite"
        library.parent.mkdir()
        stores = Stores.open(library, camera_texts=camera_texts)
        found = stores.captions.current(take_in(path, stores).id)
        stores.close()
        assert (found.text if found else None) == known


def test_a_models_old_keywords_go_with_its_old_caption(exiftool: str, tmp_path: Path) -> None:
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    app13 = photoshop(iim((2, 25, b"sea")))
    path = put(tmp_path, "a.jpg", jpeg(xmp=packet, app13=app13))
    tags = (SUBJECT, "IPTC:Keywords", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList")
    tree = WritePolicy(keywords=True, keyword_tree=True)
    caption(path, "A dog by the sea", tree, "dog", "sea")
    caption(path, "A cat by the sea", tree, "cat", "sea")
    assert exiftool_texts([path], *tags) == [
        ["['sea', 'cat']", "['sea', 'cat']", "['AI|sea', 'AI|cat']", "['AI/sea', 'AI/cat']"]
    ]
    records: list[WriteRecord] = []
    before = path.read_bytes()
    request = WriteRequest(machine("A bird"), keywords=("bird",))
    write(path, request, tree, expected=None, on_prepared=records.append)
    assert exiftool_texts([path], SUBJECT) == [["['sea', 'bird']"]]
    revert(records[0])
    assert path.read_bytes() == before


def test_not_where_a_person_touched_the_keywords(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    caption(path, "A dog on a beach", KEYWORDS, "dog", "beach")
    content = path.read_bytes()
    dog, beach = b"<rdf:li>dog</rdf:li>", b"<rdf:li>beach</rdf:li>"
    assert dog + beach in content
    path.write_bytes(content.replace(dog + beach, beach + dog))
    caption(path, "A cat", KEYWORDS, "cat")
    assert exiftool_texts([path], SUBJECT) == [["['beach', 'dog', 'cat']"]]
    # What a person adds behind them changes nothing about those before it.
    by_hand(path, WriteRequest(None, keywords=("Rex",)))
    caption(path, "A bird", KEYWORDS, "bird")
    assert exiftool_texts([path], SUBJECT) == [["['beach', 'dog', 'Rex', 'bird']"]]


def test_a_keyword_that_a_person_asks_for_too_becomes_theirs(exiftool: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", jpeg())
    caption(path, "A dog on a beach", KEYWORDS, "dog", "beach")
    by_hand(path, WriteRequest(None, keywords=("dog",)))
    caption(path, "A cat", KEYWORDS, "cat")
    assert exiftool_texts([path], SUBJECT) == [["['dog', 'cat']"]]
