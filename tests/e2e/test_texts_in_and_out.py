# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The installed program: search by meaning, saved searches, export and import."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command import phototagger
from tests.helpers.runs import draw

CAPTIONS = {
    "dog.jpg": "A dog runs along the beach.",
    "cat.jpg": "A cat sleeps on a sofa.",
    "train.jpg": "A red train stands at a station.",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def album(tmp_path: Path, data: Path, exiftool: str) -> Path:
    """Photos with captions of people, indexed; no captioning model is needed for that."""
    folder = tmp_path / "album"
    for number, (name, text) in enumerate(CAPTIONS.items()):
        photo = draw(folder / name, (60 * number, 20, 90))
        subprocess.run(
            [exiftool, "-q", "-overwrite_original", f"-ImageDescription={text}", photo], check=True
        )
    phototagger("tag", folder, data_dir=data)
    return folder


def found(data: Path, *words: str) -> list[str]:
    result = phototagger("search", *words, "--json", data_dir=data)
    assert result.code == 0, result.err
    return [Path(record["path"]).name for record in result.records]


def test_search_by_meaning_from_import_of_the_model_to_the_hit(
    tmp_path: Path, data: Path, minilm: Path, exiftool: str, album: Path
) -> None:
    assert found(data, "puppy", "seaside") == []
    off = phototagger("status", "--json", data_dir=data).records[0]["meaning"]
    assert off == {"on": False, "ready": 0, "waiting": 3}
    assert "words alone" in phototagger("doctor", data_dir=data).out

    installed = phototagger("models", "import", minilm, data_dir=data)
    assert installed.code == 0, installed.err
    assert "sentence-transformers/all-MiniLM-L6-v2" in installed.out
    listed = phototagger("models", "list", "--json", data_dir=data).records
    (entry,) = [each for each in listed if "MiniLM" in each["name"]]
    assert entry["used"]
    photo = draw(album / "later.jpg", (3, 4, 5))
    subprocess.run([exiftool, "-q", "-ImageDescription=A bird on a wire.", photo], check=True)
    phototagger("tag", photo, data_dir=data)
    assert found(data, "sparrow", "cable") == ["later.jpg"]

    phototagger("watch", album, "--once", data_dir=data)
    on = phototagger("status", "--json", data_dir=data).records[0]["meaning"]
    assert on == {"on": True, "ready": 4, "waiting": 0}
    assert found(data, "puppy", "seaside")[0] == "dog.jpg"
    assert found(data, "railway") == ["train.jpg"]
    assert found(data, "puppy", "seaside", "-dog") == []

    (data / "settings.toml").write_text("[searching]\nmeaning = false\n")
    assert found(data, "puppy", "seaside") == []
    assert "switched off" in phototagger("status", data_dir=data).out


def test_saved_searches_outlive_the_library(data: Path, album: Path) -> None:
    assert sorted(found(data, "--save", "beasts", "dog OR cat")) == ["cat.jpg", "dog.jpg"]
    assert sorted(found(data, "--saved", "beasts")) == ["cat.jpg", "dog.jpg"]
    assert found(data, "--saved", "beasts", "sofa") == ["cat.jpg"]
    assert found(data, "saved:beasts -cat") == ["dog.jpg"]
    for path in data.glob("library*"):
        path.unlink()
    phototagger("tag", album, data_dir=data)
    assert found(data, "saved:beasts", "beach") == ["dog.jpg"]
    listed = phototagger("saved", "list", "--json", data_dir=data)
    assert listed.records == [{"name": "beasts", "query": "dog OR cat"}]
    assert phototagger("saved", "remove", "beasts", data_dir=data).code == 0
    unknown = phototagger("search", "--saved", "beasts", data_dir=data)
    assert unknown.code == 3
    assert "No search is saved as beasts" in unknown.err
    assert phototagger("search", data_dir=data).code == 2


def test_a_table_goes_out_is_edited_and_comes_back(
    tmp_path: Path, data: Path, album: Path, exiftool: str
) -> None:
    file = tmp_path / "texts.csv"
    result = phototagger(
        "export", "--query", "(dog OR cat) sort:name", "--out", file, data_dir=data
    )
    assert result.code == 0, result.err
    assert phototagger("export", "--out", file, data_dir=data).code == 3
    table = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    assert [Path(row["path"]).name for row in table] == ["cat.jpg", "dog.jpg"]
    table[1]["caption"] = "Rex, at the sea."
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, table[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(table)

    before = (album / "dog.jpg").read_bytes()
    shown = phototagger("import", file, "--dry-run", data_dir=data)
    assert shown.code == 0, shown.err
    assert '"A dog runs along the beach." → "Rex, at the sea."' in shown.out
    assert "cat.jpg" not in shown.out
    refused = phototagger("import", file, data_dir=data)
    assert refused.code == 2
    assert "--yes" in refused.err
    assert (album / "dog.jpg").read_bytes() == before

    done = phototagger("import", file, "--yes", "--json", data_dir=data)
    assert done.code == 0, done.err
    (record,) = done.records
    assert (record["status"], record["target"]) == ("imported", "embedded")
    command = [exiftool, "-s3", "-ImageDescription", album / "dog.jpg"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == (
        "Rex, at the sea."
    )
    assert found(data, "rex") == ["dog.jpg"]
    history = phototagger("history", data_dir=data)
    assert "imported" in history.out
    batch = done.err.split("--batch ")[1].split()[0]
    assert phototagger("undo", "--batch", batch, data_dir=data).code == 0
    assert (album / "dog.jpg").read_bytes() == before


def test_export_to_standard_output(data: Path, album: Path) -> None:
    photos = json.loads(phototagger("export", "--format", "json", data_dir=data).out)
    assert {Path(photo["path"]).name: photo["caption"] for photo in photos} == CAPTIONS
    assert all(photo["by"] == "human" for photo in photos)
    assert phototagger("export", "--json", data_dir=data).records == photos
    assert phototagger("export", data_dir=data).out.startswith("\ufeffpath,caption,")


def test_an_import_of_nothing_known_says_so(data: Path, album: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("path,caption\n/no/such.jpg,A cat.\n")
    result = phototagger("import", file, data_dir=data)
    assert result.code == 1
    assert "No photo of the library has this path" in result.out
    assert phototagger("import", tmp_path / "none.csv", data_dir=data).code == 3
