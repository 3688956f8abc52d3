# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which disks report no changes, and when a folder is away rather than emptied."""

from pathlib import Path

import pytest

from phototagger.watching.volumes import is_network, looks_offline, parse_mountinfo, type_of_mount

_TABLE = r"""
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:25 / /proc rw,nosuid shared:5 - proc proc rw
40 22 0:40 / /mnt/nas rw shared:9 master:2 - nfs4 nas:/photos rw,vers=4.2
41 22 0:41 / /mnt/nas\040box/my\134photos rw - cifs //nas/box rw
42 40 8:17 / /mnt/nas/local rw - ext4 /dev/sdb1 rw
43 22 0:43 / /mnt/twice rw - ext4 /dev/sdc1 rw
44 43 0:44 / /mnt/twice rw - fuse.sshfs host: rw
broken line
""".strip()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me", "ext4"),
        ("/mnt/nas", "nfs4"),
        ("/mnt/nas/2024/summer", "nfs4"),
        ("/mnt/nasty", "ext4"),
        ("/mnt/nas/local/2024", "ext4"),
        ("/mnt/nas box/my\\photos/a", "cifs"),
        ("/mnt/twice/a", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_latest_mount_counts(path: str, kind: str) -> None:
    assert type_of_mount(parse_mountinfo(_TABLE), Path(path)) == kind


def test_this_machine_s_own_disk_is_no_network(tmp_path: Path) -> None:
    assert not is_network(tmp_path)


def test_a_missing_folder_is_offline(tmp_path: Path) -> None:
    assert looks_offline(tmp_path / "gone", known=0, found=0)


def test_an_empty_folder_is_offline_only_if_photos_are_known(tmp_path: Path) -> None:
    assert looks_offline(tmp_path, known=1, found=0)
    assert not looks_offline(tmp_path, known=0, found=0)


@pytest.mark.parametrize(
    ("known", "found", "offline"),
    [
        (2, 1, False),  # one of two deleted by hand
        (12, 3, False),  # a handful
        (12, 2, True),
        (100, 70, False),  # 30 % exactly is not more than 30 %
        (100, 69, True),
        (100_000, 99_000, False),
        (100_000, 0, True),
        (50, 80, False),
    ],
)
def test_a_sudden_loss_is_offline(tmp_path: Path, known: int, found: int, offline: bool) -> None:
    (tmp_path / "something").touch()
    assert looks_offline(tmp_path, known=known, found=found) is offline
