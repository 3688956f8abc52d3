# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What happened to a folder while nobody looked."""

from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from phototagger.photo import FileStat
from phototagger.watching.reconcile import Changes, reconcile
from phototagger.watching.scanner import FoundFile


@dataclass(frozen=True)
class Row:
    id: int
    path: Path
    stat: FileStat


def stat(inode: int, *, size: int = 100, time: int = 1, ctime: int = 1, links: int = 1) -> FileStat:
    return FileStat(size, time, ctime, 1, inode, links)


def rows(**known: FileStat) -> list[Row]:
    return [Row(number, Path(f"/p/{name}"), at) for number, (name, at) in enumerate(known.items())]


def files(**found: FileStat) -> list[FoundFile]:
    return [FoundFile(f"/p/{name}", at) for name, at in found.items()]


def moves(changes: Changes) -> dict[int, str]:
    return {known_id: path.name for known_id, path, _ in changes.moved}


def test_nothing_happened() -> None:
    changes = reconcile(rows(a=stat(1), b=stat(2)), files(a=stat(1), b=stat(2)))
    assert changes == Changes(unchanged=2)


def test_added_changed_and_missing() -> None:
    changes = reconcile(
        rows(same=stat(1), edited=stat(2), touched=stat(3), lost=stat(4)),
        files(same=stat(1), edited=stat(2, size=7), touched=stat(3, ctime=9), new=stat(5)),
    )
    assert [file.path.name for file in changes.added] == ["new"]
    assert {file.path.name for file in changes.changed} == {"edited", "touched"}
    assert (changes.missing, changes.moved, changes.unchanged) == ([3], [], 1)


def test_a_rename_keeps_the_row() -> None:
    changes = reconcile(rows(a=stat(1)), files(b=stat(1, ctime=5)))
    assert changes.moved == [(0, Path("/p/b"), stat(1, ctime=5))]
    assert (changes.added, changes.missing) == ([], [])


def test_a_file_that_was_moved_and_edited_is_left_to_the_fingerprint() -> None:
    changes = reconcile(rows(a=stat(1)), files(b=stat(1, time=2)))
    assert (changes.moved, changes.missing, len(changes.added)) == ([], [0], 1)


def test_two_names_that_were_swapped() -> None:
    changes = reconcile(rows(a=stat(1), b=stat(2)), files(a=stat(2), b=stat(1)))
    assert moves(changes) == {0: "b", 1: "a"}
    assert not changes.changed


def test_a_chain_of_renames() -> None:
    changes = reconcile(rows(a=stat(1), b=stat(2)), files(b=stat(1), c=stat(2)))
    assert moves(changes) == {0: "b", 1: "c"}
    assert (changes.added, changes.missing, changes.changed) == ([], [], [])


def test_a_hard_link_is_no_move() -> None:
    two = stat(1, links=2)
    changes = reconcile(rows(a=two), files(a=two, b=two))
    assert (changes.moved, changes.unchanged) == ([], 1)
    assert [file.path.name for file in changes.added] == ["b"]


def test_of_two_hard_links_the_one_that_is_left_stays() -> None:
    changes = reconcile(rows(a=stat(1, links=2), b=stat(1, links=2)), files(b=stat(1)))
    assert (changes.moved, changes.missing, changes.unchanged) == ([], [0], 1)


def test_two_hard_links_renamed_keep_a_row_each() -> None:
    two = stat(1, links=2)
    changes = reconcile(rows(a=two, b=two), files(c=two, d=two))
    assert set(moves(changes)) == {0, 1}
    assert set(moves(changes).values()) == {"c", "d"}


def test_an_inode_number_given_to_a_new_file_is_no_move() -> None:
    changes = reconcile(rows(a=stat(1)), files(b=stat(1, size=7)))
    assert (changes.moved, changes.missing, len(changes.added)) == ([], [0], 1)


def test_a_file_replaced_in_place_has_changed() -> None:
    changes = reconcile(rows(a=stat(1)), files(a=stat(2, time=2)))
    assert [file.path.name for file in changes.changed] == ["a"]
    assert not changes.missing


def test_another_device_number_after_a_restart_changes_nothing() -> None:
    again = replace(stat(1), device=9)
    assert reconcile(rows(a=stat(1)), files(a=again)) == Changes(unchanged=1)


def test_letter_case_where_inodes_are_not_kept() -> None:
    known = [Row(0, Path("/p/Été.JPG"), stat(0))]
    found = [FoundFile("/p/e\u0301te\u0301.jpg", stat(0))]
    assert moves(reconcile(known, found)) == {0: "e\u0301te\u0301.jpg"}
    elsewhere = [FoundFile("/q/e\u0301te\u0301.jpg", stat(0))]
    assert not reconcile(known, elsewhere).moved


def test_a_hard_link_stays_behind_when_the_photo_is_written_anew() -> None:
    """The row's inode is at the link now, and its own path has one that nobody knows."""
    linked, anew = stat(1), stat(9, size=120, time=2)
    asked: list[int] = []

    def stays(row: object) -> bool:
        asked.append(getattr(row, "id"))  # noqa: B009
        return True

    changes = reconcile(rows(a=linked), files(a=anew, b=linked), stays)
    assert asked == [0]
    assert (moves(changes), changes.missing) == ({}, [])
    assert [file.path.name for file in changes.changed] == ["a"]
    assert [file.path.name for file in changes.added] == ["b"]
    assert moves(reconcile(rows(a=linked), files(a=anew, b=linked))) == {0: "b"}


def test_a_swap_is_sure_without_asking() -> None:
    def stays(_row: object) -> bool:
        raise AssertionError

    changes = reconcile(rows(a=stat(1), b=stat(2)), files(a=stat(2), b=stat(1)), stays)
    assert moves(changes) == {0: "b", 1: "a"}


_STATS = st.builds(stat, st.integers(0, 3), size=st.integers(1, 2), time=st.integers(1, 2))
_PLACES = st.dictionaries(st.sampled_from(list("abcdABCD")), _STATS)


@given(_PLACES, _PLACES)
def test_every_row_and_every_file_has_one_fate(
    known: dict[str, FileStat], found: dict[str, FileStat]
) -> None:
    known_rows, found_files = rows(**known), files(**found)
    changes = reconcile(known_rows, found_files)
    moved_rows = {move.known_id for move in changes.moved}
    moved_to = {move.path for move in changes.moved}
    touched = len(changes.changed) + changes.unchanged
    assert len(moved_rows) + len(changes.missing) + touched == len(known)
    assert len(moved_to) + len(changes.added) + touched == len(found)
    assert len(moved_rows) == len(moved_to) == len(changes.moved)
    assert not moved_rows & set(changes.missing)
    for known_id, path, at in changes.moved:
        assert known_rows[known_id].path != path
        assert (known_rows[known_id].stat.size, known_rows[known_id].stat.mtime_ns) == (
            at.size,
            at.mtime_ns,
        )


@given(_PLACES)
def test_what_did_not_change_is_never_reported(known: dict[str, FileStat]) -> None:
    assert reconcile(rows(**known), files(**known)) == Changes(unchanged=len(known))
