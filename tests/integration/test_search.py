# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phototagger.errors import LibraryError
from phototagger.library import listing
from phototagger.library.caption_store import CaptionStore
from phototagger.library.database import Library
from phototagger.library.folders import FolderStore
from phototagger.library.photo_store import PhotoStore
from phototagger.library.query import parse
from phototagger.library.query_tree import Order
from phototagger.library.search import search
from phototagger.library.word_ranking import WordRanking, admitted
from phototagger.photo import Carrier, PhotoStatus
from tests.helpers.library import ROOT, STAT, add_photo, by_machine, by_person, facts
from tests.unit.test_query import ODD_TEXT


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Seven photos, named by what makes them special; nothing in this file changes them."""
    with closing(Library(tmp_path_factory.mktemp("search") / "library.sqlite")) as library:
        folder = FolderStore(library).add(ROOT)

        def add(name: str, caption: str, year: int, **known: object) -> int:
            words = by_machine(caption) if caption else None
            taken = facts(taken_at=f"{year}-07-01T10:00:00", **known)
            return add_photo(library, name, words, facts=taken, folder_id=folder.id).id

        add(
            "beach.jpg",
            "Two dogs run along the beach.",
            2019,
            make="Canon",
            model="EOS 5D",
            lens="EF 50mm",
        )
        add("street.jpg", "A dog crosses a street.", 2024, keywords=("Rex", "beach holiday"))
        add("cat.png", "A cat sleeps on a sofa.", 2021, alt_text="Our cat on the beach")
        pixel = {"model": "Pixel 8", "width": 4032, "height": 3024, "place": "Lazio, Italy"}
        add("Rome 2018/IMG_4711.jpg", "", 2018, latitude=41.9, longitude=12.5, **pixel)
        add("café.jpg", "People sit outside a Café.", 2020)
        reviewed = add("red.jpg", "A red car beside a dog house.", 2022)
        PhotoStore(library).set_status(reviewed, PhotoStatus.REVIEW)
        person = facts(caption=by_person("Anna on the shore"), taken_at="2023-01-01T00:00:00")
        add_photo(library, "anna.jpg", facts=person, folder_id=folder.id)
        yield library
        assert library.check() == []


def names(library: Library, query: str, order: Order = "date") -> list[str]:
    return [hit.path.stem for hit in search(library, query, order=order)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dog", "street red beach"),
        ("dogs", "street red beach"),
        ("DOG ", "street red beach"),
        ("stre", "street"),
        ("stre ", ""),
        ("stre* dog ", "street red beach"),
        ("cafe", "café"),
        ("CAFÉ", "café"),
        ("cafe\u0301", "café"),
        ('"dog house"', "red"),
        ('"house dog"', ""),
        ("dog -street", "red beach"),
        ("-dog", "anna cat café IMG_4711"),
        ("-dog -cat", "anna café IMG_4711"),
        ("cat OR sofa OR anna", "anna cat"),
        ("(cat OR dog) AND beach ", "street cat beach"),
        ("dog AND sofa", ""),
        ("NOT (cat OR dog)", "anna café IMG_4711"),
        ("img", "IMG_4711"),
        ("4711", "IMG_4711"),
        ("rome", "IMG_4711"),
        ("pixel", "IMG_4711"),
        ("canon", "beach"),
        ("july", "street red cat café beach IMG_4711"),
        ("january", "anna"),
        ("caption:beach", "beach"),
        ("tag:beach", "street"),
        ("alt:beach", "cat"),
        ("name:beach", "beach"),
        ("folder:rome", "IMG_4711"),
        ("path:rome", "IMG_4711"),
        ('path:"rome 2018/img"', "IMG_4711"),
        ('path:"rome 2018/4711"', "IMG_4711"),
        ("path:/pictures/ca", "cat café"),
        ("camera:eos", "beach"),
        ("lens:50mm", "beach"),
        ("lens:canon", ""),
        ("place:italy", "IMG_4711"),
        ("italy", "IMG_4711"),
        ("has:place", "IMG_4711"),
        ("model:START", "street red cat café beach"),
        ("model:st_rt", ""),
        ("width:>4000", "IMG_4711"),
        ("width:4032 height:3000..3100", "IMG_4711"),
        ("width:<4000", ""),
        ("-width:<4000 rome", "IMG_4711"),
        ("size:1kB", "street anna red cat café beach IMG_4711"),
        ("size:>1kB", ""),
        ("size:<2 KB dog ", "street red beach"),
        ("size:1000 mbeach", ""),
        ("height:3100..3000", "IMG_4711"),
        ("rome (has:gps OR has:alt)", "IMG_4711"),
        ("dog (-street OR -is:pending)", "red beach"),
        ("“dog house” ", "red"),
        ("tag:„beach holiday“", "street"),
        ("place:«italy»", "IMG_4711"),
        ("score:50%", "street red cat café beach"),
        ("score:<0.5", ""),
        ("is:offline", ""),
        ("ext:png", "cat"),
        ("ext:jpg cat", ""),
        ("type:jpeg rome", "IMG_4711"),
        ("is:review", "red"),
        ("-is:pending", "red"),
        ("by:human", "anna"),
        ("dog by:ai is:pending", "street beach"),
        ("has:gps", "IMG_4711"),
        ("has:alt", "cat"),
        ("has:tag", "street"),
        ("-has:caption", "IMG_4711"),
        ("date:2021", "cat"),
        ("date:2021..2022-07", "red cat"),
        ("date:..2018", "IMG_4711"),
        ("date:2022..2021", "red cat"),
        ("before:1826", ""),
        ("date:2018/07/01", "IMG_4711"),
        ("date:2018.7..2019.07.01", "beach IMG_4711"),
        ("date:1700..1825", ""),
        ("-date:..1800 dog", "street red beach"),
        ("date:2023..", "street anna"),
        ("after:2023", "street anna"),
        ("before:2019-07-01", "IMG_4711"),
        ("dog date:2019-07-01", "beach"),
        ("dog OR is:review OR by:human", "street anna red beach"),
        ("is:review OR (date:2019 dog)", "red beach"),
        ("(is:review OR date:2019) dog", "red beach"),
        ("(dog OR is:review) (date:2019 OR car)", "red beach"),
        ("-(is:review OR date:2019) dog", "street"),
        ("(is:review OR (dog date:2019)) (dog OR date:2020)", "red beach"),
        ("(cat OR (is:pending OR sofa)) alt:beach", "cat"),
        (" OR ".join(f"date:{year}" for year in range(2000, 2020)), "beach IMG_4711"),
        ("nothing-like-it", ""),
        ("", "street anna red cat café beach IMG_4711"),
    ],
)
def test_what_a_search_finds_newest_first(library: Library, query: str, found: str) -> None:
    assert names(library, query) == found.split()
    assert sorted(names(library, query, "relevance")) == sorted(found.split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort:relevance beach", "beach street cat"),
        ("sort:date beach", "street cat beach"),
        ("sort:added beach", "cat street beach"),
        ("sort:name beach", "beach cat street"),
        ("sort:score is:pending by:ai", "café cat street beach"),
    ],
)
def test_a_search_may_name_its_order(library: Library, query: str, found: str) -> None:
    with library.write() as connection:
        connection.execute("UPDATE photos SET added = id")
    assert names(library, query, "relevance") == found.split()


def test_photos_of_a_folder_that_is_away_are_offline(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        folders = FolderStore(library)
        folder = folders.add(ROOT)
        add_photo(library, "a.jpg", folder_id=folder.id)
        assert names(library, "is:offline") == []
        folders.set_offline(folder.id, offline=True)
        assert names(library, "is:offline") == ["a"]
        folders.set_offline(folder.id, offline=False)
        assert names(library, "is:offline") == []


def test_any_word_is_ranked_for_those_who_join_it_with_meaning(library: Library) -> None:
    query = parse("dog zebra beach -red")
    with library.read() as connection:
        ranked = WordRanking(connection, query).best(10)
        keys = [key for key, _ in ranked]
        assert keys_to_names(library, keys) == ["beach", "street", "cat"]
        assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)
        assert WordRanking(connection, query).best(1) == ranked[:1]
        assert WordRanking(connection, parse('"dog house" is:review')).best(10) == []
        some = admitted(connection, parse("zebra date:2019..2021"), keys)
        assert sorted(keys_to_names(library, some)) == ["beach", "cat"]
        assert admitted(connection, parse("zebra"), keys) == set(keys)


def keys_to_names(library: Library, keys: Iterable[int]) -> list[str]:
    with library.read() as connection:
        sql = "SELECT name FROM documents WHERE key = ?"
        return [Path(connection.execute(sql, (key,)).fetchone()[0]).stem for key in keys]


def test_all_words_come_before_any_word(library: Library) -> None:
    assert names(library, "dog beach") == ["street", "beach", "red", "cat"]
    assert names(library, "a zebra on the sofa ") == ["cat"]


def test_any_word_keeps_filters(library: Library) -> None:
    assert names(library, "zebra dog date:2019..2022") == ["red", "beach"]


def test_captions_count_above_keywords_above_alt_text_above_names(library: Library) -> None:
    hits = search(library, "beach", order="relevance")
    assert [hit.path.stem for hit in hits] == ["beach", "street", "cat"]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_where_very_many_match_only_the_newest_are_put_in_order(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(library, "-sofa july", "relevance") == "street red café beach IMG_4711".split()
    monkeypatch.setattr(listing, "_ORDERED", 1)
    assert names(library, "dog beach", "relevance") == ["beach", "street", "red", "cat"]


@pytest.mark.parametrize("order", ["date", "relevance"])
def test_pages_fit_together(library: Library, order: Order) -> None:
    whole = search(library, "dog beach", order=order)
    pages = [search(library, "dog beach", limit=1, offset=n, order=order) for n in range(5)]
    assert [hit.photo_id for page in pages for hit in page] == [hit.photo_id for hit in whole]


def test_a_hit_tells_what_is_shown(library: Library) -> None:
    (hit,) = search(library, "shore")
    assert (hit.path, hit.caption) == (ROOT / "anna.jpg", "Anna on the shore")
    assert (hit.taken_at, hit.status) == ("2023-01-01T00:00:00", PhotoStatus.PENDING)
    assert hit.origin == "human"


@given(query=ODD_TEXT, order=st.sampled_from(["date", "relevance"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_can_be_searched(library: Library, query: str, order: Order) -> None:
    hits = search(library, query, order=order)
    assert len({hit.photo_id for hit in hits}) == len(hits) <= 7


def test_every_caption_of_a_photo_is_found(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        known = facts(
            caption=by_person("Rex at home"),
            carriers=(Carrier("Xmp.dc.description", "Rex at home"), Carrier("Iptc", "A hound")),
        )
        photo = add_photo(library, "a.jpg", facts=known)
        captions = CaptionStore(library)
        captions.add(photo.id, by_machine("A brown dog", model="one"), current=False)
        captions.add(photo.id, by_machine("A wolf", model="two"), current=False)
        for word in ("rex", "hound", "brown", "wolf"):
            assert [hit.caption for hit in search(library, word)] == ["Rex at home"]
        captions.add(photo.id, by_person("Tom at home"), current=True)
        PhotoStore(library).save_facts(photo.id, facts(caption=by_person("Tom at home")), STAT)
        assert search(library, "rex") == []


@pytest.mark.parametrize("whole", ["riding", "sitting", "happiness", "skies", "Decorations"])
def test_a_photo_stays_found_while_its_word_is_typed(tmp_path: Path, whole: str) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        add_photo(library, "a.jpg", by_machine(f"{whole} people in a park"))
        for letters in range(1, len(whole) + 1):
            assert names(library, whole[:letters]) == ["a"]
            assert names(library, f"park {whole[:letters]}") == ["a"]
            assert names(library, f"caption:{whole[:letters]}") == ["a"]
        assert names(library, "ridicule") == []


def test_every_change_reaches_the_index(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        photos = PhotoStore(library)
        photo = add_photo(library, "a.jpg", by_machine("A dog"))
        photos.save_facts(photo.id, facts(taken_at="1999-01-01T00:00:00", make="Leica"), STAT)
        assert names(library, "leica dog date:1999") == ["a"]
        photos.move(photo.id, ROOT / "Venice" / "b.jpg", STAT)
        assert names(library, "venice") == ["b"]
        with library.write() as connection:
            connection.execute("DELETE FROM photos")
        assert names(library, "") == names(library, "dog") == []
        assert library.check() == []


def test_an_index_that_lost_step_is_noticed_and_rebuilt(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        add_photo(library, "a.jpg", by_machine("A dog"))
        with library.write() as connection:
            connection.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")
        assert library.check() != []
        assert search(library, "dog") == []
        library.rebuild_index()
        assert library.check() == []
        assert names(library, "dog") == ["a"]


def test_a_fault_in_a_search_is_an_error_for_people(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        with closing(sqlite3.connect(library.path)) as other:
            other.execute("DROP TABLE documents")
        with pytest.raises(LibraryError):
            search(library, "dog")


def test_searching_imports_nothing_heavy() -> None:
    heavy = "numpy torch transformers PIL rich tomlkit"
    code = (
        "import sys, phototagger.library.search; "
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
