# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The remote captioner against a well-behaved server: what goes out, what comes back."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from phototagger.errors import CaptionError
from phototagger.imaging.decode import decode
from phototagger.inference.remote.model import remote_model
from phototagger.photo import Caption, Origin, Pixels
from phototagger.settings import RemoteSettings
from tests.helpers import photo_files
from tests.helpers.chat_server import CONFIDENCE, ChatServer, chat_server
from tests.integration.remote.conftest import Asking


def flat(red: int, width: int = 40, height: int = 30) -> Pixels:
    return Pixels(width, height, bytes((red, 60, 90)) * (width * height))


def test_captions_come_in_the_order_of_the_pictures(server: ChatServer, asking: Asking) -> None:
    captioner = asking(server.url, concurrency=3)
    server.script({"slow": 0.3}, {}, {}, {"slow": 0.1})
    answers = captioner.caption([flat(red) for red in range(0, 250, 25)])
    reds = []
    for answer in answers:
        assert isinstance(answer, Caption)
        assert answer.origin is Origin.AI
        assert answer.model == "remote:painter" == captioner.name
        assert answer.revision == captioner.revision
        assert answer.confidence == CONFIDENCE
        assert answer.created
        reds.append(int(answer.text.split()[3]))
    assert reds == pytest.approx(range(0, 250, 25), abs=3)


def test_no_more_questions_at_once_than_allowed(server: ChatServer, asking: Asking) -> None:
    captioner = asking(server.url, concurrency=3)
    server.script(*[{"slow": 0.1}] * 12)
    assert len(captioner.caption([flat(red) for red in range(12)])) == 12
    assert max(question["at_once"] for question in server.seen()) == 3


def test_what_is_asked(server: ChatServer, asking: Asking) -> None:
    asking(server.url).caption([flat(1)])
    (question,) = server.seen()
    assert question["path"] == "/v1/chat/completions"
    assert "Authorization" not in question["headers"]
    body = question["body"]
    assert body["model"] == "painter"
    assert body["stream"] is False
    (message,) = body["messages"]
    assert message["role"] == "user"
    assert message["content"][0] == {"type": "text", "text": "Say it."}
    # Nothing that tells one user, machine or photo from another.
    assert set(body) == {"model", "messages", "stream", "max_tokens", "temperature", "logprobs"}
    assert set(question["headers"]) == {
        *("Host", "Accept-Encoding", "Content-Length", "Content-Type", "Accept", "User-Agent")
    }


@pytest.mark.parametrize(
    ("size", "most", "sent"),
    [
        ((3000, 2000), 1024, (1024, 683)),
        ((2000, 3000), 512, (341, 512)),
        ((100, 50), 1024, (100, 50)),
        ((4000, 3), 1024, (1024, 1)),
    ],
)
def test_pictures_go_out_small(
    server: ChatServer,
    asking: Asking,
    size: tuple[int, int],
    most: int,
    sent: tuple[int, int],
) -> None:
    asking(server.url, max_side=most).caption([flat(9, *size)])
    with Image.open(BytesIO(server.pictures()[0])) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", sent, "RGB")


def telling_jpeg(path: Path, exiftool: str) -> Path:
    """A photo whose file is full of names, places and other things that are nobody's business."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    Image.new("RGB", (1600, 1200), (10, 120, 60)).save(
        path,
        quality=90,
        icc_profile=profile.tobytes(),
        comment=b"PRIVATE comment",
        exif=photo_files.exif_block(b"PRIVATE words"),
    )
    tags = {
        "EXIF:Artist": "PRIVATE person",
        "EXIF:SerialNumber": "PRIVATE-123",
        "EXIF:GPSLatitude": "48.1",
        "EXIF:GPSLatitudeRef": "N",
        "XMP-dc:Creator": "PRIVATE person",
        "XMP-photoshop:City": "PRIVATE town",
        "IPTC:By-line": "PRIVATE person",
    }
    command = [exiftool, "-q", "-overwrite_original", *(f"-{t}={v}" for t, v in tags.items())]
    subprocess.run([*command, str(path)], check=True)
    return path


def test_nothing_of_the_file_goes_out_but_its_pixels(
    server: ChatServer, asking: Asking, tmp_path: Path, exiftool: str
) -> None:
    path = telling_jpeg(tmp_path / "PRIVATE name.jpg", exiftool)
    assert path.read_bytes().count(b"PRIVATE") >= 6
    captioner = asking(server.url)
    (answer,) = captioner.caption([decode(path, captioner.input_side)])
    assert isinstance(answer, Caption)
    (question,) = server.seen()
    assert "PRIVATE" not in json.dumps(question)
    (jpeg,) = server.pictures()
    sent = tmp_path / "sent.jpg"
    sent.write_bytes(jpeg)
    assert b"PRIVATE" not in jpeg
    done = subprocess.run([exiftool, "-j", "-G", "-a", "-u", str(sent)], capture_output=True)
    tags = json.loads(done.stdout)[0]
    # JFIF's version and density are those of the new file, the same for every photo.
    assert {name.partition(":")[0] for name in tags} <= {
        *("SourceFile", "ExifTool", "File", "JFIF", "Composite")
    }
    assert tags["File:FileType"] == "JPEG"
    assert max(tags["File:ImageWidth"], tags["File:ImageHeight"]) == 1024
    assert jpeg.endswith(b"\xff\xd9")


def test_real_photos_go_out_without_anything_else(
    server: ChatServer, asking: Asking, shared_data: Path, tmp_path: Path, exiftool: str
) -> None:
    photos = sorted((shared_data / "photos").rglob("*.jpg"))[:5]
    assert photos
    captioner = asking(server.url, concurrency=2)
    answers = captioner.caption([decode(photo, captioner.input_side) for photo in photos])
    assert all(isinstance(answer, Caption) for answer in answers)
    for number, jpeg in enumerate(server.pictures()):
        (tmp_path / f"{number}.jpg").write_bytes(jpeg)
    done = subprocess.run([exiftool, "-j", "-G", "-a", "-u", str(tmp_path)], capture_output=True)
    for tags in json.loads(done.stdout):
        groups = {name.partition(":")[0] for name in tags}
        assert groups <= {"SourceFile", "ExifTool", "File", "JFIF", "Composite"}
        assert max(tags["File:ImageWidth"], tags["File:ImageHeight"]) <= 1024


def test_a_picture_without_pixels_is_not_sent(server: ChatServer, asking: Asking) -> None:
    answers = asking(server.url, concurrency=2).caption([Pixels(0, 0, b""), flat(7)])
    assert isinstance(answers[0], CaptionError)
    assert isinstance(answers[1], Caption)
    assert len(server.seen()) == 1


def test_a_server_that_tells_no_probabilities(asking: Asking) -> None:
    with chat_server("--silent") as server:
        (answer,) = asking(server.url).caption([flat(1)])
    assert isinstance(answer, Caption)
    assert answer.confidence is None


def test_thoughts_are_neither_caption_nor_confidence(server: ChatServer, asking: Asking) -> None:
    server.script({"answer": "<think>It is grey. No.</think>A red wall."})
    (answer,) = asking(server.url).caption([flat(1)])
    assert isinstance(answer, Caption)
    assert (answer.text, answer.confidence) == ("A red wall", None)


def test_what_a_server_does_not_know_is_not_asked_again(asking: Asking) -> None:
    unknown = ("--unknown", "max_tokens", "--unknown", "temperature", "--unknown", "logprobs")
    with chat_server(*unknown) as server:
        answers = asking(server.url).caption([flat(1), flat(2)])
        questions = [question["body"] for question in server.seen()]
    assert all(isinstance(answer, Caption) for answer in answers)
    assert len(questions) == 5  # three refusals, two answers
    assert not {"max_tokens", "temperature", "logprobs"} & set(questions[-1])


def test_the_revision_follows_the_set_up_and_names_no_server() -> None:
    one = RemoteSettings(True, "http://server-of-mine.local/v1", "painter")
    others = [
        RemoteSettings(True, "http://server-of-mine.local:81/v1", "painter"),
        RemoteSettings(True, "http://server-of-mine.local/v1", "drawer"),
        RemoteSettings(True, "http://server-of-mine.local/v1", "painter", "Sag es."),
    ]
    revisions = {remote_model(settings).revision for settings in (one, *others)}
    assert len(revisions) == 4
    assert (
        remote_model(one).revision
        == remote_model(RemoteSettings(True, one.url, "painter", timeout=5)).revision
    )
    assert "mine" not in remote_model(one).revision + remote_model(one).name
