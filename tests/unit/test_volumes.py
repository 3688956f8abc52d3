# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which disks report no changes, which disk one is, and when a folder is away, not emptied."""

from pathlib import Path

import pytest

from phototagger.watching import volumes
from phototagger.watching.mounts import Mount, mount_of, parse_macos_mounts, parse_mountinfo
from phototagger.watching.volumes import Place, is_network, looks_offline, paths_of, place_of

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
    mount = mount_of(parse_mountinfo(_TABLE), Path(path))
    assert mount is not None
    assert mount.kind == kind


def test_a_folder_is_told_by_its_disk_wherever_that_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "album").mkdir(parents=True)
    (second / "album").mkdir(parents=True)
    table = [
        Mount("/", "ext4", identity="system"),
        Mount(str(first), "ext4", identity="stick"),
    ]
    monkeypatch.setattr(volumes, "mounts", lambda: table)
    place = place_of(first / "album")
    assert place == Place("stick", "/album")
    assert paths_of(place) == [first / "album"]
    table[1] = Mount(str(second), "ext4", identity="stick")
    assert paths_of(place) == [second / "album"]
    assert place_of(first / "album") == Place("system", str(first / "album"))
    # A bind mount, or a subvolume, shows a part of a file system.
    table[1] = Mount(str(second / "album"), "btrfs", root="/album", identity="stick")
    assert paths_of(place) == [second / "album"]
    del table[1]
    assert paths_of(place) == []


def test_a_disk_without_identity_is_told_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volumes, "mounts", lambda: [Mount("/", "overlay", "overlay")])
    assert place_of(tmp_path) is None


def test_a_share_is_told_by_its_server() -> None:
    shares = [mount for mount in parse_mountinfo(_TABLE) if mount.kind in ("nfs4", "cifs")]
    assert [share.volume for share in shares] == ["nfs4:nas:/photos", "cifs://nas/box"]
    mounted = "//me@nas/photos on /Volumes/my photos (smbfs, nodev)\n/dev/disk3s1 on / (apfs, x)"
    assert [(m.point, m.kind, m.source) for m in parse_macos_mounts(mounted)] == [
        ("/Volumes/my photos", "smbfs", "//me@nas/photos"),
        ("/", "apfs", "/dev/disk3s1"),
    ]


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
