# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A library as large as you like, of captions recombined from people's captions.

The first half of one caption and the second half of another: the words keep their frequencies
and most of their company. Folders, names, cameras and dates are those of somebody who has taken
photos for twenty years. The same every time; kept in the system's temporary folder.
"""

import json
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from phototagger.library import documents, moment
from phototagger.library.database import Library

CAPTIONS = Path(__file__).resolve().parents[3] / "shared/data/captions/coco_val2017_dev.tsv"
_BATCH = 5_000
_CITIES = (
    "Rome,Lazio,Italy Venice,Veneto,Italy Paris,Île-de-France,France Lyon,Rhône,France "
    "Berlin,Berlin,Germany Hamburg,Hamburg,Germany Vienna,Vienna,Austria Zürich,Zürich,Switzerland "
    "London,England,United_Kingdom Lisbon,Lisbon,Portugal Porto,Porto,Portugal Kraków,Poland "
    "Oslo,Norway Reykjavík,Iceland New_York,New_York,USA Boston,Massachusetts,USA Kyoto,Japan"
).split()
_EVENTS = "holiday birthday wedding hiking garden zoo museum school christmas beach trip".split()
_CAMERAS = (
    ("Canon", "Canon EOS 5D Mark IV", "EF24-105mm f/4L IS USM", 6720, 4480),
    ("NIKON CORPORATION", "NIKON D750", "24.0-120.0 mm f/4.0", 6016, 4016),
    ("Apple", "iPhone 12", "iPhone 12 back dual wide camera 4.2mm f/1.6", 4032, 3024),
    ("samsung", "SM-G991B", "", 4000, 3000),
    ("OLYMPUS IMAGING CORP.", "E-M5", "OLYMPUS M.12-40mm F2.8", 4608, 3456),
    ("", "", "", 1600, 1200),
)
# Where there are no captions of people: common words by Zipf's law.
_WORDS = (
    "a on of in the with and is to man sitting two people standing next white woman table street "
    "holding person large top near group front plate tennis field black train dog cat riding red "
    "small young water playing room building food sign green beach sofa bear surf kite boat snow"
).split()


@dataclass(frozen=True, slots=True)
class Picture:
    """One made-up photo."""

    path: str
    taken: datetime
    halves: tuple[str, str]
    keywords: tuple[str, ...]
    alt_text: str
    place: str
    camera: tuple[str, str, str, int, int]
    size: int
    status: str
    by_person: bool
    confidence: float

    @property
    def caption(self) -> str:
        """The beginning of one caption of people with the end of another."""
        return " ".join(self.halves)


def captions_of_people(path: Path = CAPTIONS) -> list[str]:
    """Every caption of the file, made-up ones where there is no such file."""
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        return [line.split("\t", 2)[2] for line in lines]
    chance = random.Random(2)
    weights = [1 / rank for rank in range(1, len(_WORDS) + 1)]
    return [" ".join(chance.choices(_WORDS, weights, k=11)) for _ in range(10_000)]


def pictures(count: int, seed: int = 1) -> Iterator[Picture]:
    """So many photos, roughly in the order in which they were taken."""
    chance = random.Random(seed)
    captions = [caption.split() for caption in captions_of_people()]
    day = datetime(2004, 1, 1)
    step = timedelta(days=22 * 365) / max(count, 1)
    city, event = _CITIES[0], _EVENTS[0]
    for number in range(count):
        if number % 200 == 0:
            city, event = chance.choice(_CITIES), chance.choice(_EVENTS)
            camera = chance.choices(_CAMERAS, (3, 2, 6, 4, 1, 2))[0]
        # One batch in ten is older than its neighbours: scans, and cards found in a drawer.
        back = timedelta(days=2000 if number // 200 % 10 == 9 else 0)
        taken = day + step * number - back + timedelta(seconds=chance.randrange(7200))
        one, other = chance.choice(captions), chance.choice(captions)
        begin, end = one[: (len(one) + 1) // 2], other[len(other) // 2 :]
        yield Picture(
            path=f"/home/anna/Pictures/{taken.year}/{_folder(city, event, taken)}/"
            f"{_name(camera[0], number, taken)}",
            taken=taken,
            halves=(" ".join(begin), " ".join(end)),
            keywords=_keywords(begin + end, chance),
            alt_text=" ".join(other) if chance.random() < 0.03 else "",
            place=city.replace(",", ", ").replace("_", " ") if number // 200 % 3 == 0 else "",
            camera=camera,
            size=int(chance.lognormvariate(15, 0.7)),
            status=chance.choices(
                ("captioned", "review", "pending", "failed", "missing", "skipped"),
                (930, 30, 20, 5, 10, 5),
            )[0],
            by_person=chance.random() < 0.03,
            confidence=round(chance.betavariate(6, 3), 3),
        )


def _folder(city: str, event: str, taken: datetime) -> str:
    return f"{taken:%Y-%m} {city.split(',')[0].replace('_', ' ')} {event}"


def _name(make: str, number: int, taken: datetime) -> str:
    if make == "samsung":
        return f"{taken:%Y%m%d_%H%M%S}_{number}.jpg"
    return f"{'IMG' if make in ('Canon', 'Apple') else 'DSC'}_{number:06}.JPG"


def _keywords(words: list[str], chance: random.Random) -> tuple[str, ...]:
    if chance.random() > 0.15:
        return ()
    long = [word.strip(".,").lower() for word in words if len(word) > 4]
    return tuple(chance.sample(long, min(len(long), chance.randint(1, 3))))


def fill(library: Library, count: int, *, seed: int = 1) -> int:
    """Put made-up photos into a library, each indexed as a captioned photo is.

    One that was ended before it was done goes on where it stopped.

    Returns:
        How many were put in now.
    """
    with library.read() as connection:
        (done,) = connection.execute("SELECT coalesce(max(id), 0) FROM photos").fetchone()
    numbered = islice(enumerate(pictures(count, seed), 1), done, None)
    while batch := list(islice(numbered, _BATCH)):
        with library.write() as connection:
            for photo_id, picture in batch:
                add(connection, photo_id, picture)
    return count - int(done)


def add(connection, photo_id: int, picture: Picture) -> None:  # type: ignore[no-untyped-def]
    """One photo with its facts, its caption and its search document."""
    make, model, lens, width, height = picture.camera
    connection.execute(
        "INSERT INTO photos(id, path, size, mtime_ns, ctime_ns, device, inode, links, status, "
        "status_since, moment, added, fingerprint, format, taken_at, make, model, lens, place, "
        "latitude, width, height, alt_text, keywords) "
        "VALUES (?, ?, ?, 1, 1, 1, ?, 1, ?, 1, ?, ?, ?, 'JPEG', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            photo_id,
            picture.path.encode(),
            picture.size,
            photo_id,
            picture.status,
            moment.from_datetime(picture.taken),
            photo_id,
            f"{photo_id:064x}",
            picture.taken.isoformat(),
            make,
            model,
            lens,
            picture.place,
            41.9 if picture.place else None,
            width,
            height,
            picture.alt_text,
            json.dumps(picture.keywords),
        ),
    )
    if picture.status in ("captioned", "review"):
        connection.execute(
            "INSERT INTO captions(photo_id, text, origin, model, revision, confidence, added, "
            "is_current) VALUES (?, ?, ?, ?, 'r1', ?, 1, 1)",
            (
                photo_id,
                picture.caption,
                "human" if picture.by_person else "ai",
                None if picture.by_person else "starter",
                None if picture.by_person else picture.confidence,
            ),
        )
    documents.refresh(connection, photo_id)


def made(count: int) -> tuple[Path, dict[str, float]]:
    """A library of so many photos; what making it took and how large it became."""
    folder = Path(tempfile.gettempdir()) / "phototagger-bench"
    folder.mkdir(exist_ok=True)
    path, about = folder / f"library-{count}.sqlite", folder / f"library-{count}.json"
    if not about.exists():
        building = path.with_suffix(".building")
        wall, processor = time.perf_counter(), time.process_time()
        with closing(Library(building)) as library:
            added = max(fill(library, count), 1)
            with library.read() as connection:
                (index,) = connection.execute(
                    "SELECT sum(length(block)) FROM search_index_data"
                ).fetchone()
        building.rename(path)
        measured = {
            "build_s": (time.perf_counter() - wall) * count / added,
            "build_cpu_s": (time.process_time() - processor) * count / added,
            "mb": path.stat().st_size / 1e6,
            "index_mb": index / 1e6,
        }
        about.write_text(json.dumps(measured), encoding="utf-8")
    return path, json.loads(about.read_text(encoding="utf-8"))
