# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program on real files: every command, good input and bad."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.command import Running, phototagger
from tests.helpers.runs import draw, wait_until

STARTER = ("--model", "starter-vit-gpt2", "--threshold", "0")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def tags_of(exiftool: str, path: Path) -> dict[str, str]:
    command = [exiftool, "-j", "-EXIF:ImageDescription", "-XMP-dc:Description", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    record: dict[str, str] = json.loads(done.stdout)[0]
    return record


def test_tag_writes_what_it_says_and_search_finds_it(
    tmp_path: Path, data: Path, exiftool: str
) -> None:
    album = tmp_path / "album"
    paths = [
        draw(album / name, (40 * n, 90, 200), size=320)
        for n, name in enumerate(("a.jpg", "b.png", "c.webp", "d.tif", "e.gif"))
    ]
    result = phototagger("tag", album, *STARTER, "--json", data_dir=data)
    assert result.code == 0, result.err
    records = {record["path"]: record for record in result.records}
    assert set(records) == {str(path) for path in paths}
    for path in paths:
        record = records[str(path)]
        assert record["status"] == "captioned"
        assert record["model"] == "starter-vit-gpt2"
        assert 0 <= record["confidence"] <= 1
        assert record["fields"]
        if path.suffix == ".gif":
            assert record["target"] == "sidecar"
            tags = tags_of(exiftool, path.with_name("e.gif.xmp"))
        else:
            assert record["target"] == "embedded"
            tags = tags_of(exiftool, path)
            assert tags["ImageDescription"] == record["caption"]
        assert tags["Description"] == record["caption"]
    assert "starter model" in result.err

    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in album.iterdir()}
    again = phototagger("tag", album, *STARTER, "--json", data_dir=data)
    assert again.code == 0
    assert {record["path"] for record in again.records} == set(records)
    assert all(record["fields"] == [] for record in again.records)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in album.iterdir()} == before

    caption = records[str(paths[0])]["caption"]
    found = phototagger("search", f'"{caption}"', "--json", data_dir=data)
    assert str(paths[0]) in {record["path"] for record in found.records}
    expected = {"path", "caption", "taken_at", "score", "highlights", "by_meaning"}
    assert set(found.records[0]) == expected
    assert found.records[0]["highlights"] == [
        {"field": "caption", "text": caption, "spans": [[0, len(caption)]]}
    ]
    word = caption.split()[1]
    without = phototagger("search", caption, f"-{word}", "--json", data_dir=data)
    assert without.code == 0
    assert str(paths[0]) not in {record["path"] for record in without.records}


def test_the_library_can_be_thrown_away(tmp_path: Path, data: Path) -> None:
    path = draw(tmp_path / "a.jpg", size=200)
    first = phototagger("tag", path, *STARTER, "--json", data_dir=data).records[0]
    shutil.rmtree(data)
    content = path.read_bytes()
    second = phototagger("tag", path, *STARTER, "--json", data_dir=data)
    assert second.records[0]["caption"] == first["caption"]
    assert second.records[0]["confidence"] == pytest.approx(first["confidence"], abs=1e-3)
    assert second.records[0]["fields"] == []
    assert second.records[0]["target"] == "embedded"
    assert "Captioning with" not in second.err  # no model was needed
    shutil.rmtree(data)
    third = phototagger("tag", path, "--json", data_dir=data)
    assert third.records == second.records
    assert path.read_bytes() == content


def test_a_persons_caption_is_kept(tmp_path: Path, data: Path, exiftool: str) -> None:
    path = draw(tmp_path / "a.jpg", size=200)
    words = "Oma im Garten — 2 Äpfel"
    write = [exiftool, "-q", "-overwrite_original", f"-EXIF:ImageDescription={words}", str(path)]
    subprocess.run(write, check=True)
    content = path.read_bytes()
    record = phototagger("tag", path, *STARTER, "--json", data_dir=data).records[0]
    assert record["status"] == "captioned"
    assert record["target"] == "index"
    assert record["reason"]
    assert path.read_bytes() == content
    found = phototagger("search", "garten", "--json", data_dir=data).records
    assert [hit["caption"] for hit in found] == [words]
    machine = phototagger("search", f'"{record["caption"]}"', "--json", data_dir=data).records
    assert [hit["path"] for hit in machine] == [str(path)]
    again = phototagger("tag", path, *STARTER, "--json", data_dir=data)
    assert again.records[0]["target"] == "index"
    assert "Captioning with" not in again.err


def test_without_a_model_photos_wait_and_are_found_by_what_is_known(
    tmp_path: Path, data: Path
) -> None:
    path = draw(tmp_path / "Holiday in Rome" / "IMG_0042.jpg")
    content = path.read_bytes()
    result = phototagger("tag", path, "--json", data_dir=data)
    assert result.code == 4
    assert result.records == [{"path": str(path), "status": "pending"}]
    assert "phototagger models download nlpconnect/vit-gpt2-image-captioning" in result.err
    assert path.read_bytes() == content
    for words in ("rome", "IMG_0042", "name:IMG"):
        found = phototagger("search", words, "--json", data_dir=data).records
        assert [hit["path"] for hit in found] == [str(path)]
    why = phototagger("why", path, "--json", data_dir=data).records[0]
    assert why["status"] == "pending"
    assert why["error"]
    assert why["hint"]


def test_bad_photos_give_one_error_each_and_the_run_goes_on(
    tmp_path: Path, data: Path, exiftool: str
) -> None:
    album = tmp_path / "album"
    good = draw(album / "good.jpg", size=300)
    whole = draw(tmp_path / "whole.jpg", (9, 99, 199), size=600).read_bytes()
    bad = {
        "cut.jpg": whole[: len(whole) * 3 // 4],
        "empty.jpg": b"",
        "text.jpg": b"I am not a picture, only called one." * 20,
    }
    for name, content in bad.items():
        (album / name).write_bytes(content)
    Image.new("RGB", (64, 64), (1, 2, 3)).save(album / "really-webp.jpg", "WEBP")
    huge = album / "huge.png"
    write_huge_png(huge, 30_000)
    gone = tmp_path / "never there.jpg"
    result = phototagger("tag", album, gone, *STARTER, "--json", data_dir=data)
    assert result.code == 1
    records = {Path(record["path"]).name: record for record in result.records}
    assert len(result.records) == len(records) == 7
    for name in (*bad, "huge.png", gone.name):
        assert records[name]["status"] == "failed", name
        assert records[name]["error"]
        assert records[name]["hint"]
    for name, content in bad.items():
        assert (album / name).read_bytes() == content
    assert records["good.jpg"]["status"] == "captioned"
    assert records["really-webp.jpg"]["target"] in ("embedded", "sidecar")
    assert tags_of(exiftool, good)["Description"] == records["good.jpg"]["caption"]
    assert sorted(p.name for p in album.iterdir() if p.name.startswith(".")) == []


def write_huge_png(path: Path, side: int) -> None:
    """A valid header for side x side pixels, with data for none of them."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.skipif(os.name != "posix", reason="names that are not text exist on POSIX only")
def test_odd_names(tmp_path: Path, data: Path) -> None:
    names = [b"caf\xe9.jpg", b"two\nlines.jpg", b" spaces and 'quotes'.jpg", b"x" * 251 + b".jpg"]
    paths = []
    for n, name in enumerate(names):
        picture = draw(tmp_path / f"plain{n}.jpg", (60 * n, 10, 10), size=100)
        target = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118
        picture.rename(target)
        paths.append(target)
    result = phototagger("tag", *paths, *STARTER, "--json", data_dir=data)
    assert result.code == 0, result.out + result.err
    assert {record["path"] for record in result.records} == {str(path) for path in paths}
    assert {record["target"] for record in result.records} == {"embedded"}
    found = phototagger("search", "quotes", "--json", data_dir=data).records
    assert [hit["path"] for hit in found] == [str(paths[2])]
    plain = phototagger("search", "lines", data_dir=data)
    assert len(plain.out.splitlines()) == 1


def test_dry_run_touches_nothing(tmp_path: Path, data: Path) -> None:
    path = draw(tmp_path / "album" / "a.jpg", size=200)
    content, when = path.read_bytes(), path.stat().st_mtime_ns
    result = phototagger("tag", path, *STARTER, "--dry-run", "--json", data_dir=data)
    assert result.code == 0, result.err
    assert result.records[0]["target"] == "embedded"
    assert result.records[0]["fields"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, when)
    assert list(path.parent.iterdir()) == [path]
    assert not (data / "library.sqlite").exists()


def test_folders_are_added_listed_removed(tmp_path: Path, data: Path) -> None:
    album = tmp_path / "album"
    album.mkdir()
    assert phototagger("folder", "add", album, data_dir=data).code == 0
    listed = phototagger("folder", "list", "--json", data_dir=data).records
    assert listed == [{"folder": str(album), "online": True, "settings": {}}]
    assert phototagger("folder", "set", album, "where=sidecar", data_dir=data).code == 0
    wrong = phototagger("folder", "set", album, "where=nowhere", data_dir=data)
    assert wrong.code == 3
    assert "sidecar" in wrong.err
    listed = phototagger("folder", "list", "--json", data_dir=data).records
    assert listed[0]["settings"] == {"where": "sidecar"}
    nested = album / "deeper"
    nested.mkdir()
    assert phototagger("folder", "add", nested, data_dir=data).code == 3
    for name in ("nowhere", "a file"):
        (tmp_path / "a file").touch()
        missing = phototagger("folder", "add", tmp_path / name, data_dir=data)
        assert missing.code == 3
        assert "There is no folder of this name" in missing.err
    assert phototagger("folder", "remove", album, data_dir=data).code == 0
    assert phototagger("folder", "list", "--json", data_dir=data).records == []


def test_watch_captions_a_dropped_picture(tmp_path: Path, data: Path, exiftool: str) -> None:
    album = tmp_path / "album"
    album.mkdir()
    watch = Running("watch", album, *STARTER, "--json", data_dir=data)
    try:
        path = draw(album / "dropped.jpg", size=200)
        wait_until(lambda: "Description" in tags_of(exiftool, path), seconds=120)
        while_watching = phototagger("status", "--json", data_dir=data)
        assert while_watching.records[0]["photos"] == 1
        busy = phototagger("tag", path, *STARTER, data_dir=data)
        assert busy.code == 3
        assert "--data-dir" in busy.err
    finally:
        ended = watch.stop()
    assert ended.code == 0, ended.err
    done = [record for record in ended.records if record["status"] == "captioned"]
    assert [record["path"] for record in done] == [str(path)]


def test_a_corrupt_library_is_reported_and_left_alone(tmp_path: Path, data: Path) -> None:
    data.mkdir()
    (data / "library.sqlite").write_bytes(b"this is no database at all" * 400)
    content = (data / "library.sqlite").read_bytes()
    path = draw(tmp_path / "a.jpg")
    result = phototagger("tag", path, *STARTER, data_dir=data)
    assert result.code == 3
    assert "Traceback" not in result.err
    assert (data / "library.sqlite").read_bytes() == content


def test_search_tells_how_it_read_and_what_may_be_meant(tmp_path: Path, data: Path) -> None:
    album = tmp_path / "Seychelles"
    draw(album / "a.jpg", (40, 90, 200))
    phototagger("tag", album, data_dir=data)  # waits as pending: there is no model
    counted = phototagger("search", "seychelles", "--count", "--json", data_dir=data)
    assert counted.records == [{"count": 1, "more": False}]
    plain = phototagger("search", "seychelles", data_dir=data)
    assert plain.out.splitlines() == [f"{album / 'a.jpg'}  [folder: Seychelles]"]
    odd = phototagger("search", "is:nothing", "seychelles", data_dir=data)
    assert odd.out == plain.out
    assert odd.err.startswith("is:nothing: is: takes captioned, ")
    misspelt = phototagger("search", "seychxlles ", data_dir=data)
    assert misspelt.err.splitlines() == ["No photo matches.", "Did you mean: seychelles"]


def test_doubtful_captions_wait_for_review_by_the_models_own_threshold(
    data: Path, tmp_path: Path
) -> None:
    path = draw(tmp_path / "album" / "plain.png")  # no scene, so nothing that a starter knows
    before = path.read_bytes()
    model = ("--model", "starter-git")
    (record,) = phototagger("tag", path, *model, "--json", data_dir=data).records
    assert record["status"] == "review"
    assert path.read_bytes() == before
    settings = data / "settings.toml"
    settings.write_text(
        '[captions]\nmodel = "starter-git"\nsecond_model = "starter-vit-gpt2"\nthreshold = 0.0\n'
    )
    (record,) = phototagger("tag", path, "--again", "--json", data_dir=data).records
    assert record["status"] == "captioned", "what a person set counts"
    (why,) = phototagger("why", path, "--json", data_dir=data).records
    assert why["caption"] == record["caption"]
    said = {each["model"]: each["text"] for each in why["others"]}
    assert said["starter-vit-gpt2"] == record["second_caption"]
    found = phototagger("search", f'"{record["second_caption"]}"', "--json", data_dir=data)
    assert [Path(hit["path"]) for hit in found.records if "path" in hit] == [path]


def test_search_before_anything_was_indexed(data: Path) -> None:
    result = phototagger("search", "dog", data_dir=data)
    assert result.code == 3
    assert "Traceback" not in result.err


def test_a_model_is_measured_on_a_persons_photos(data: Path, tmp_path: Path) -> None:
    album = tmp_path / "album"
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        draw(album / name)
    before = {path: path.read_bytes() for path in album.rglob("*") if path.is_file()}
    words = ("models", "bench", str(album), "--model", "starter-git")
    (record,) = phototagger(*words, "--json", data_dir=data).records
    assert record["model"] == "starter-git"
    assert record["photos"] >= 1
    assert record["seconds_per_photo"] > 0
    assert record["device"].startswith("CPU")
    assert {path: path.read_bytes() for path in before} == before
    result = phototagger("models", "bench", str(album), data_dir=data)
    assert result.code != 0
    assert "No captioning model is installed" in result.err


def test_models_are_listed_for_what_they_are(data: Path) -> None:
    records = phototagger("models", "list", "--json", data_dir=data).records
    named = {record["name"]: record for record in records}
    assert named["starter-vit-gpt2"]["known_scenes_only"] is True
    assert named["starter-git"]["known_scenes_only"] is True
    assert named["nlpconnect/vit-gpt2-image-captioning"]["installed"] is False
    for people in phototagger("models", "list", data_dir=data).out.splitlines():
        if "starter" in people and "MB" in people:
            assert "demo" in people


def test_a_model_that_is_not_installed_is_named_with_its_command(
    tmp_path: Path, data: Path
) -> None:
    path = draw(tmp_path / "a.jpg")
    name = "microsoft/git-base-textcaps"
    result = phototagger("tag", path, "--model", name, data_dir=data)
    assert result.code == 3
    assert f"phototagger models download {name}" in result.err


def test_doctor_finds_nothing_wrong(data: Path) -> None:
    result = phototagger("doctor", "--json", data_dir=data)
    assert result.code == 0, result.out
    checks = {record["check"]: record for record in result.records}
    assert checks["Library"]["ok"]
    assert "torch" in checks["Libraries"]["text"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
@pytest.mark.parametrize(
    ("display", "said"), [("", "There is no display"), (":4711", "The display :4711 does not")]
)
def test_without_a_display_that_answers_the_window_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch, display: str, said: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    window = phototagger("gui", data_dir=data)
    assert (window.code, window.out) == (3, "")
    assert window.err.startswith(said)
    assert len(window.err.splitlines()) == 1
    alone = phototagger(data_dir=data)
    assert alone.code == 0
    assert alone.out.startswith("usage: phototagger")
