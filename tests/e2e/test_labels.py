# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Keywords and alt text: what the settings ask for is in the files, read back by exiftool."""

import json
import subprocess
from pathlib import Path
from typing import Any

from phototagger.metadata.keywords import keywords_of
from tests.helpers.command import phototagger
from tests.helpers.runs import draw

STARTER = ("--model", "starter-vit-gpt2", "--threshold", "0", "--json")
TAGS = {
    "Subject": "XMP-dc:Subject",
    "HierarchicalSubject": "XMP-lr:HierarchicalSubject",
    "TagsList": "XMP-digiKam:TagsList",
    "AltTextAccessibility": "XMP-iptcCore:AltTextAccessibility",
}


def read(exiftool: str, path: Path) -> dict[str, Any]:
    command = [exiftool, "-j", *(f"-{tag}" for tag in TAGS.values()), str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return {name: found[name] for name in TAGS if name in found}


def as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_keywords_and_alt_text_are_written_and_found(tmp_path: Path, exiftool: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text("[writing]\nkeywords = true\nalt_text = true\n")
    plain, beside = draw(tmp_path / "a.jpg", size=200), draw(tmp_path / "b.gif", size=200)
    records = phototagger("tag", plain, beside, *STARTER, data_dir=data).records
    for record, path in zip(records, (plain, beside.with_name("b.gif.xmp")), strict=True):
        words = keywords_of(record["caption"])
        assert words
        tags = read(exiftool, path)
        assert tuple(as_list(tags["Subject"])) == words
        assert tags["AltTextAccessibility"] == record["caption"]
        assert "HierarchicalSubject" not in tags
        assert not any("starter" in word for word in words)
    for word in keywords_of(records[0]["caption"]):
        found = phototagger("search", f'tag:"{word}"', "--json", data_dir=data).records
        assert str(plain) in {hit["path"] for hit in found}
    found = phototagger("search", "has:alt", "--json", data_dir=data).records
    assert {hit["path"] for hit in found} == {str(plain), str(beside)}


def test_a_folder_may_ask_for_more(tmp_path: Path, exiftool: str) -> None:
    data, album = tmp_path / "data", tmp_path / "album"
    inside, outside = draw(album / "a.jpg", size=200), draw(tmp_path / "b.jpg", size=200)
    assert phototagger("folder", "add", album, data_dir=data).code == 0
    chosen = ("keywords=true", "keyword_tree=true")
    assert phototagger("folder", "set", album, *chosen, data_dir=data).code == 0
    shown = phototagger("tag", inside, "--dry-run", *STARTER, data_dir=data).records[0]
    assert "Xmp.lr.hierarchicalSubject" in shown["fields"]
    assert read(exiftool, inside) == {}
    records = phototagger("tag", inside, outside, *STARTER, data_dir=data).records
    words = keywords_of(records[0]["caption"])
    tags = read(exiftool, inside)
    assert as_list(tags["TagsList"]) == [f"AI/{word}" for word in words]
    assert as_list(tags["HierarchicalSubject"]) == [f"AI|{word}" for word in words]
    assert read(exiftool, outside) == {}
    assert phototagger("folder", "set", album, "camera_texts=x", data_dir=data).code == 3


def test_camera_texts_are_the_settings(tmp_path: Path, exiftool: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text('[writing]\ncamera_texts = ["ACME CAM*"]\n')
    path = draw(tmp_path / "a.jpg", size=200)
    write = [exiftool, "-q", "-overwrite_original", "-EXIF:ImageDescription=Acme Cam 3", str(path)]
    subprocess.run(write, check=True)
    record = phototagger("tag", path, *STARTER, data_dir=data).records[0]
    assert record["target"] == "embedded"
