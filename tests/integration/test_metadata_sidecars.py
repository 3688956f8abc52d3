# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which sidecar belongs to a photo, what a new one is called, and foreign ones kept whole."""

from pathlib import Path

import pytest

from phototagger.errors import FileChangedError
from phototagger.metadata.reader import read_facts
from phototagger.metadata.sidecar import find_sidecar, new_sidecar_path
from phototagger.metadata.writer import WriteRequest, revert, write
from phototagger.photo import Caption, Origin, Target, WriteRecord
from phototagger.settings import Existing, SidecarForm, Where, WritePolicy
from tests.helpers.differences import Version, compare
from tests.helpers.exiftool_dump import dump_files
from tests.helpers.photo_files import LETTERS, MACHINE, description, put, saved, xmp_packet
from tests.helpers.writes import write_now

DARKTABLE = (
    'xmlns:darktable="http://darktable.sf.net/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmp:Rating="3" '
    'darktable:import_timestamp="63799890" crs:Exposure2012="+0.35"'
)
HISTORY = "<darktable:history><rdf:Seq><rdf:li darktable:num='0'/></rdf:Seq></darktable:history>"


def raw(folder: Path, name: str = "IMG_1.NEF") -> Path:
    return put(folder, name, saved("TIFF"))


def for_extension(extension: str) -> bytes:
    namespace = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    return xmp_packet(
        description("Rex"), f'{namespace} photoshop:SidecarForExtension="{extension}"'
    )


@pytest.mark.parametrize("name", ["IMG_1.NEF.xmp", "IMG_1.NEF.XMP", "IMG_1.xmp", "IMG_1.XMP"])
def test_every_spelling_is_read(name: str, tmp_path: Path) -> None:
    path = raw(tmp_path)
    sidecar = put(tmp_path, name, xmp_packet(description("Rex")))
    facts = read_facts(path)
    assert (facts.caption, facts.sidecar) == (Caption("Rex", Origin.HUMAN), sidecar)


def test_the_long_form_comes_first(tmp_path: Path) -> None:
    path = raw(tmp_path)
    put(tmp_path, "IMG_1.xmp", xmp_packet(description("short")))
    put(tmp_path, "IMG_1.NEF.xmp", xmp_packet(description("long")))
    facts = read_facts(path)
    assert facts.caption
    assert facts.caption.text == "long"


def test_the_short_form_belongs_to_the_raw_of_a_pair(tmp_path: Path) -> None:
    path, other = raw(tmp_path), put(tmp_path, "IMG_1.JPG", saved("JPEG"))
    put(tmp_path, "IMG_1.xmp", xmp_packet(description("Rex")))
    assert find_sidecar(path)
    assert find_sidecar(other) is None


@pytest.mark.parametrize(("extension", "owner"), [("nef", 0), ("JPG", 1)])
def test_the_short_form_belongs_to_the_extension_it_names(
    extension: str, owner: int, tmp_path: Path
) -> None:
    both = raw(tmp_path), put(tmp_path, "IMG_1.JPG", saved("JPEG"))
    put(tmp_path, "IMG_1.xmp", for_extension(extension))
    assert [find_sidecar(path) is not None for path in both] == [owner == 0, owner == 1]


@pytest.mark.parametrize(
    ("others", "form", "name"),
    [
        ([], SidecarForm.AUTO, "IMG_1.xmp"),
        (["IMG_1.MOV"], SidecarForm.AUTO, "IMG_1.NEF.xmp"),
        (["IMG_1.jpg"], SidecarForm.AUTO, "IMG_1.NEF.xmp"),
        (["OTHER.NEF.xmp"], SidecarForm.AUTO, "IMG_1.NEF.xmp"),
        (["OTHER.xmp"], SidecarForm.AUTO, "IMG_1.xmp"),
        ([], SidecarForm.FULL, "IMG_1.NEF.xmp"),
        (["OTHER.NEF.xmp", "IMG_1.MOV"], SidecarForm.STEM, "IMG_1.xmp"),
        (["IMG_1.jpg"], SidecarForm.STEM, "IMG_1.NEF.xmp"),
        (["IMG_1.XMP"], SidecarForm.STEM, "IMG_1.NEF.xmp"),
    ],
)
def test_what_a_new_sidecar_is_called(
    others: list[str], form: SidecarForm, name: str, tmp_path: Path
) -> None:
    path = raw(tmp_path)
    for other in others:
        (tmp_path / other).touch()
    assert new_sidecar_path(path, form).name == name


def test_what_is_not_raw_gets_the_long_form(tmp_path: Path) -> None:
    path = put(tmp_path, "a.heic", b"x")
    assert new_sidecar_path(path, SidecarForm.AUTO).name == "a.heic.xmp"


def test_a_foreign_sidecar_keeps_everything(exiftool: str, tmp_path: Path) -> None:
    path = raw(tmp_path)
    packet = xmp_packet(HISTORY + description("SONY DSC"), DARKTABLE)
    sidecar = put(tmp_path, "IMG_1.xmp", packet)
    before = Version(dump_files([sidecar])[0], packet)
    records: list[WriteRecord] = []
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=records.append
    )
    assert (written.target, written.sidecar) == (Target.SIDECAR, sidecar)
    after = Version(dump_files([sidecar])[0], sidecar.read_bytes())
    others = [name for name in written.fields if not name.endswith("SidecarForExtension")]
    assert compare(before, after, others).lines() == [
        "+ XMP:XMP-photoshop:SidecarForExtension = NEF"
    ]
    assert after.dump.first("XMP:XMP-dc:Description") == LETTERS
    revert(records[0])
    assert sidecar.read_bytes() == packet


@pytest.mark.parametrize("content", [b"", b"junk", xmp_packet("")[:-60], "<x/>".encode("utf-16")])
def test_a_damaged_sidecar_is_never_overwritten(content: bytes, tmp_path: Path) -> None:
    path = raw(tmp_path)
    sidecar = put(tmp_path, "IMG_1.xmp", content)
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.INDEX
    assert "its sidecar is" in written.reason
    assert sidecar.read_bytes() == content
    assert read_facts(path).sidecar is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_sidecar_in_utf_16_is_read_and_never_changed(encoding: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", saved("JPEG"))
    packet = xmp_packet(description("Rex — Шарик")).decode()
    packet = packet.replace("\ufeff", "").replace("<?xpacket", "<?xml version='1.0'?><?xpacket", 1)
    content = packet.encode(encoding)
    sidecar = put(tmp_path, "a.jpg.xmp", content)
    facts = read_facts(path)
    assert (facts.caption, facts.sidecar) == (Caption("Rex — Шарик", Origin.HUMAN), sidecar)
    for existing in (Existing.KEEP, Existing.REPLACE):
        policy = WritePolicy(where=Where.SIDECAR, existing=existing)
        written = write(
            path, WriteRequest(MACHINE), policy, expected=None, on_prepared=lambda _: None
        )
        assert written.target is Target.INDEX
        assert sidecar.read_bytes() == content
    assert "in UTF-16, which is read but never changed" in written.reason


def test_a_sidecar_left_behind_by_another_photo_is_in_nobodys_way(tmp_path: Path) -> None:
    path = raw(tmp_path)
    left = put(tmp_path, "IMG_1.xmp", for_extension("JPG"))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.sidecar == tmp_path / "IMG_1.NEF.xmp"
    assert left.read_bytes() == for_extension("JPG")


def test_a_folder_with_a_sidecars_name_is_a_reason(tmp_path: Path) -> None:
    path = raw(tmp_path)
    (tmp_path / "IMG_1.NEF.xmp").mkdir()
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.INDEX
    assert "its sidecar cannot be read (a folder has its name)" in written.reason


def test_of_two_raws_with_one_stem_neither_takes_the_short_form(tmp_path: Path) -> None:
    both = raw(tmp_path), raw(tmp_path, "IMG_1.dng")
    put(tmp_path, "IMG_1.xmp", xmp_packet(description("Rex")))
    assert [find_sidecar(path) for path in both] == [None, None]
    put(tmp_path, "IMG_1.xmp", for_extension("dng"))
    assert [find_sidecar(path) is not None for path in both] == [False, True]


def test_raw_and_jpeg_of_one_stem_never_write_into_one_sidecar(tmp_path: Path) -> None:
    pair = raw(tmp_path), put(tmp_path, "IMG_1.JPG", saved("JPEG"))
    for form in SidecarForm:
        for path in pair:
            policy = WritePolicy(where=Where.SIDECAR, sidecar_form=form)
            written = write(
                path, WriteRequest(MACHINE), policy, expected=None, on_prepared=lambda _: None
            )
            assert written.sidecar == path.with_name(path.name + ".xmp")
            assert written.sidecar
            content = written.sidecar.read_bytes()
            extension = path.suffix[1:].encode()
            assert b"<photoshop:SidecarForExtension>" + extension + b"<" in content
            written.sidecar.unlink()


def test_a_persons_caption_in_a_sidecar_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", saved("JPEG"))
    put(tmp_path, "a.jpg.xmp", xmp_packet(description("Rex")))
    written = write(
        path, WriteRequest(MACHINE), WritePolicy(), expected=None, on_prepared=lambda _: None
    )
    assert written.target is Target.INDEX
    assert read_facts(path).caption == Caption("Rex", Origin.HUMAN)


def test_an_undo_removes_no_sidecar_that_somebody_changed_just_then(tmp_path: Path) -> None:
    (record,) = write_now(raw(tmp_path), WriteRequest(MACHINE), WritePolicy())
    theirs = xmp_packet(description("Rex"))

    def edit(_removal: WriteRecord) -> None:
        record.path.write_bytes(theirs)

    with pytest.raises(FileChangedError):
        revert(record, edit)
    assert record.path.read_bytes() == theirs


def test_nor_one_that_became_a_link(tmp_path: Path) -> None:
    (record,) = write_now(raw(tmp_path), WriteRequest(MACHINE), WritePolicy())
    elsewhere = record.path.rename(tmp_path / "elsewhere.xmp")
    record.path.symlink_to(elsewhere)
    with pytest.raises(FileChangedError):
        revert(record)
    assert elsewhere.exists()
    assert record.path.is_symlink()
