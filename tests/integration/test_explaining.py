# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Every state that a photo can be in is told with its reason; real files, a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phototagger.errors import InCloudError
from phototagger.library.decisions import reject
from phototagger.paths import DataPlaces
from phototagger.photo import FileStat, PhotoStatus
from phototagger.pipeline.explaining import UNKNOWN, Answer, explain, explain_folder
from phototagger.pipeline.intake import take_in
from phototagger.pipeline.scanning import scan_folder
from phototagger.pipeline.stores import Stores
from phototagger.pipeline.undoing import Scope, choose, undo
from phototagger.settings import When, Where, WritePolicy
from tests.helpers.cloud import Cloud
from tests.helpers.fake_captioner import FakeCaptioner
from tests.helpers.runs import Told, draw, run_photos


class World:
    """A watch folder in a library."""

    def __init__(self, folder: Path) -> None:
        self.places = DataPlaces(folder / "data")
        self.stores = Stores.open(self.places.library)
        self.album = folder / "album"
        self.album.mkdir()
        self.folder = self.stores.folders.add(self.album)

    def why(self, path: Path) -> Answer:
        return explain(path, self.stores, self.places)

    def known(self, name: str = "a.jpg") -> Path:
        path = draw(self.album / name)
        take_in(path, self.stores, folder_id=self.folder.id)
        return path

    def captioned(self, name: str = "a.jpg", **how: object) -> Path:
        path = self.known(name)
        policy = WritePolicy(**how)  # type: ignore[arg-type]
        run_photos(self.stores, [path], FakeCaptioner(), policy=policy)
        return path

    def status(self, path: Path, status: PhotoStatus) -> None:
        photo = self.stores.photos.by_path(path)
        assert photo is not None
        self.stores.photos.set_status(photo.id, status)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.stores.close()


@pytest.mark.parametrize(
    ("name", "how", "words"),
    [
        ("a.jpg", {}, "in the photo itself"),
        ("a.jpg", {"where": Where.SIDECAR}, "because the settings ask for a sidecar"),
        ("a.gif", {}, "because GIF files have no place for a caption"),
        ("a.jpg", {"when": When.NEVER}, "keeps captions in the index only"),
    ],
)
def test_a_machine_s_caption_says_where_it_is(
    world: World, name: str, how: dict[str, object], words: str
) -> None:
    answer = world.why(world.captioned(name, **how))
    assert answer.status == PhotoStatus.CAPTIONED
    assert answer.why.startswith("fake wrote its caption (")
    assert words in answer.why
    assert answer.caption is not None


def test_a_person_s_caption_says_that_it_is_kept(world: World) -> None:
    path = world.known()
    sidecar = path.with_name("a.jpg.xmp")
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
        '<rdf:li xml:lang="x-default">Grandpa</rdf:li></rdf:Alt></dc:description>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    take_in(path, world.stores, reread=True)
    waits = world.why(path)
    assert waits.status == PhotoStatus.PENDING
    assert "A person's caption is there already and stays" in waits.why
    run_photos(world.stores, [path], FakeCaptioner())
    answer = world.why(path)
    assert "A person wrote its caption" in answer.why
    assert "a person's caption is kept" in answer.why


def test_a_caption_in_review_says_why_it_waits(world: World) -> None:
    path = world.captioned(when=When.REVIEW)
    answer = world.why(path)
    assert (answer.status, answer.hint) == (
        PhotoStatus.REVIEW,
        "Accept, change or reject it in the window, under Review.",
    )
    assert "waits for your review" in answer.why
    photo = world.stores.photos.by_path(path)
    assert photo is not None
    reject(world.stores.library, photo.id)
    rejected = world.why(path)
    assert (rejected.status, rejected.why) == (PhotoStatus.SKIPPED, "You rejected its caption")


def test_a_photo_that_waits_says_for_what(world: World) -> None:
    path = world.known()
    assert "waits for" in world.why(path).why
    world.stores.folders.set_paused(world.folder.id, paused=True)
    assert "paused" in world.why(path).why
    (photo,) = world.stores.photos.claim_pending(1, only_ids=[1])
    assert photo.path == path
    assert "being captioned" in world.why(path).why


def test_what_was_taken_back_is_told(world: World) -> None:
    path = world.captioned()
    undo(world.stores, choose(world.stores, Scope([path])), "undo", Told())
    answer = world.why(path)
    assert (answer.status, answer.why) == (PhotoStatus.SKIPPED, "Its caption was taken back")
    assert answer.hint


def test_a_failed_photo_says_what_happened_and_what_to_do(world: World) -> None:
    path = world.album / "broken.jpg"
    path.write_bytes(b"")
    told = Told()
    for found in scan_folder(world.folder, world.stores, told):
        with pytest.raises(Exception, match="empty"):
            take_in(found, world.stores, folder_id=world.folder.id)
    answer = world.why(path)
    assert (answer.status, answer.why) == (PhotoStatus.FAILED, "The file is empty")
    assert answer.hint
    # Gone since, it is missing, whatever went wrong before.
    path.unlink()
    draw(world.album / "other.jpg")
    scan_folder(world.folder, world.stores, told)
    assert world.why(path).why == "The file is not there any more"


def test_a_photo_of_an_offline_folder_says_so(world: World) -> None:
    path = world.captioned()
    world.album.rename(world.album.with_name("away"))
    scan_folder(world.folder, world.stores, Told())
    answer = world.why(path)
    assert answer.status == PhotoStatus.CAPTIONED
    assert "is offline" in answer.why
    assert answer.caption is not None
    (folder,) = world.stores.folders.all()
    why, hint = explain_folder(folder)
    assert "is offline" in why
    assert hint


def test_a_folder_in_order_has_nothing_to_tell(world: World) -> None:
    assert explain_folder(world.folder) == ("", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.jpg", "There is no such file"),
        ("notes.txt", "Files ending in .txt are no photos"),
        ("notes", "Files without an ending are no photos"),
        (".hidden.jpg", "Its name begins with a dot"),
        ("@eaDir/a.jpg", "Folders named @eaDir are left alone"),
        ("quiet/below/a.jpg", "The folder quiet holds a file .nomedia"),
        ("loop/a.jpg", "The link loop leads to where photos are found by other names"),
        ("new.jpg", "It was not there when its folder was last looked through"),
        ("../elsewhere.jpg", "It is in no watch folder"),
        (".", "This is a folder"),
    ],
)
def test_a_file_that_is_not_known_says_why(world: World, name: str, words: str) -> None:
    (world.album / "quiet" / "below").mkdir(parents=True)
    (world.album / "quiet" / ".nomedia").touch()
    (world.album / "loop").symlink_to(world.album)
    path = (world.album / name).parent.resolve() / Path(name).name
    if name.startswith("loop"):
        path = world.album / name
    if name not in ("none.jpg", "."):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    answer = world.why(path)
    assert answer.status == UNKNOWN
    assert answer.why.startswith(words)


def test_a_photo_in_the_cloud_says_where_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draw(world.album / "far.jpg")
    Cloud(monkeypatch).take(path)
    with pytest.raises(InCloudError):
        take_in(path, world.stores, folder_id=world.folder.id)
    answer = world.why(path)
    assert answer.status == PhotoStatus.SKIPPED
    assert "in the cloud" in answer.why
    assert "offline" in answer.hint


def test_a_photo_left_alone_for_no_told_reason_is_not_silent(world: World) -> None:
    path = draw(world.album / "a.jpg")
    world.stores.photos.add(path, FileStat.of(path.stat()), status=PhotoStatus.SKIPPED)
    assert world.why(path).why == "It was left without a caption"
