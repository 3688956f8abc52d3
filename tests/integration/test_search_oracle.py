# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What searches find, against a reading of every photo that is too simple to be wrong."""

import random
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phototagger.library import listing, matching, moment, sorting
from phototagger.library.database import Library
from phototagger.library.photo_records import photo_records
from phototagger.library.photo_store import PhotoStore
from phototagger.library.query import parse
from phototagger.library.query_tree import ORDERS, All, Either, Field, Filter, Node, Not, Text
from phototagger.library.search import count, search
from phototagger.library.tokens import stems_of, words_of
from phototagger.photo import PhotoStatus
from tests.helpers.library import add_photo, by_machine, by_person, facts

_WORDS = "dog dogs run runs beach beaches café cafe müller a on".split()
_ATOMS = [
    *_WORDS,
    '"dog beach"',
    *"caf* tag:dog caption:runs place:café name:beach alt:dogs".split(),
    *"has:gps has:alt has:tag has:caption is:pending is:review by:human by:ai".split(),
    *"ext:png date:2020 date:2021..2019 after:2021 before:2020 before:1800".split(),
]
_COLUMNS = {
    Field.CAPTION: ("caption", "more_captions"),
    Field.TAG: ("keywords",),
    Field.PLACE: ("place",),
    Field.NAME: ("name",),
    Field.ALT: ("alt_text",),
    None: tuple(
        "caption more_captions keywords alt_text place folder name camera lens taken".split()
    ),
}
Row = dict[str, str | int | None]


def _queries() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(_ATOMS),
        lambda part: st.one_of(
            st.tuples(part, st.sampled_from([" ", " OR ", " AND "]), part).map("".join),
            part.map("({})".format),
            part.map("-({})".format),
            part.map("NOT {}".format),
        ),
        max_leaves=6,
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Sixty photos with words and facts by chance, the same ones each time."""
    chance = random.Random(1)

    def some(most: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(0, most)))

    with closing(Library(tmp_path_factory.mktemp("oracle") / "library.sqlite")) as library:
        for number in range(60):
            caption, year = some(5), chance.choice([None, 2019, 2020, 2021])
            by = chance.choice([by_machine, by_person])
            known = facts(
                alt_text=some(1),
                keywords=tuple(filter(None, (some(1), some(2)))),
                place=some(1),
                latitude=chance.choice([None, 3.0]),
                longitude=3.0,
                taken_at=year and f"{year}-05-05T00:00:00",
                fingerprint=f"f{number}",
            )
            name = f"{chance.choice(_WORDS)}_{number}.{chance.choice(['jpg', 'png'])}"
            photo = add_photo(library, name, by(caption) if caption else None, facts=known)
            if chance.random() < 0.3:
                PhotoStore(library).set_status(photo.id, PhotoStatus.REVIEW)
        yield library


@pytest.fixture(scope="module")
def rows(library: Library) -> list[Row]:
    """What is known of each photo."""
    with library.read() as connection:
        found = connection.execute(
            "SELECT documents.*, photos.id, status, moment, latitude, origin FROM photos "
            "JOIN documents ON documents.photo_id = photos.id "
            "LEFT JOIN captions ON captions.photo_id = photos.id AND is_current"
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


def _has(text: str, wanted: Text) -> bool:
    (words,), (asked,) = words_of([text]), words_of([wanted.words])
    if wanted.prefix:
        return any(word.startswith(asked[0]) for word in words)
    stems = stems_of({*words, *asked})
    spoken, sought = [stems[word] for word in words], [stems[word] for word in asked]
    return any(spoken[n : n + len(sought)] == sought for n in range(len(spoken)))


def _fulfils(row: Row, node: Node | None) -> bool:
    match node:
        case None:
            return True
        case Text(field=field):
            return any(_has(str(row[column]), node) for column in _COLUMNS[field])
        case Not(inner):
            return not _fulfils(row, inner)
        case All(nodes):
            return all(_fulfils(row, each) for each in nodes)
        case Either(nodes):
            return any(_fulfils(row, each) for each in nodes)
        case Filter(Field.HAS, value):
            column = {"gps": "latitude", "tag": "keywords", "alt": "alt_text", "caption": "origin"}
            return bool(row[column[value]])
        case Filter(Field.IS, value):
            return row["status"] == value
        case Filter(Field.BY, value):
            return row["origin"] == value
        case Filter(Field.EXT, value):
            return str(row["name"]).endswith(f".{value}")
        case Filter(field, value):
            first, after = moment.bounds(field, value) or (None, None)
            taken = int(str(row["moment"]))
            return (first is None or taken >= first) and (after is None or taken < after)


@pytest.mark.parametrize("few", [True, False])
@given(query=_queries().map("{} ".format), order=st.sampled_from(ORDERS))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
def test_a_search_finds_what_reading_every_photo_finds(
    library: Library, rows: list[Row], query: str, order: str, few: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not few:  # as in a library where nearly everything is in very many photos
            for module, name in (
                (sorting, "_SORTED"),
                (listing, "_ORDERED"),
                (matching, "_FEW"),
                (matching, "_FEW_BY_KEY"),
                (matching, "_LED"),
                (matching, "_LOOKED_UP"),
            ):
                patch.setattr(module, name, 1)
        text = f"sort:{order} {query}"
        meant = parse(text)
        every = [row["id"] for row in rows if _fulfils(row, meant.root)]
        telling = [word for word in meant.words if word.says_something]
        some = [
            row["id"]
            for row in rows
            if row["id"] not in every
            and len(meant.words) > 1
            and any(_fulfils(row, word) for word in telling)
            and _fulfils(row, meant.required)
        ]
        found = [hit.photo_id for hit in search(library, text, limit=100)]
        assert sorted(found[: len(every)]) == sorted(every)
        assert sorted(found[len(every) :]) == sorted(some)
        pages = [search(library, text, limit=25, offset=start) for start in (0, 25, 50)]
        assert [hit.photo_id for page in pages for hit in page] == found
        assert count(library, text).number == len(every) == len(list(photo_records(library, text)))
