# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What kind of disk a folder lies on, which disk it is, and whether it is there at all.

Offline is not deleted: a disk that is unplugged must never look like thousands of photos thrown
away, and another disk at its place must not be taken for it (spec section 1).
"""

import ctypes
import os
import posixpath
import sys
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from phototagger.watching.mounts import mount_of, mounts

# Types (Linux proc(5) mountinfo, macOS mount(8)) whose changes by other machines never reach
# this one's event queue: network file systems, and folders shared into a virtual machine.
_NETWORK_TYPES = frozenset(
    "9p afpfs afs beegfs ceph cifs davfs glusterfs lustre ncpfs nfs nfs4 prl_fs smb2 smb3 smbfs "
    "vboxsf virtiofs vmhgfs webdav fuse.curlftpfs fuse.davfs2 fuse.glusterfs fuse.gvfsd-fuse "
    "fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse macfuse osxfuse".split()
)
_WINDOWS_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE

# Fewer lost photos than this are somebody tidying up, whatever their share: deleting one of two
# is 50 %. Erring this way is harmless, because lost photos are kept for 30 days as missing.
_FEW = 10
_LOST_SHARE = 0.3  # spec section 1


class Place(NamedTuple):
    """A folder by the disk it lies on, wherever that is mounted.

    Attributes:
        volume: what tells the file system from every other.
        inside: the folder's path on it, parts joined by "/".
    """

    volume: str
    inside: str


def place_of(path: Path) -> Place | None:
    """Which disk a folder lies on, and where; None when the system does not say."""
    mount = mount_of(mounts(), path)
    if mount is None or not mount.volume:
        return None
    below = os.path.relpath(os.path.realpath(path), mount.point.rstrip("/") + os.sep)
    return Place(
        mount.volume, posixpath.normpath(posixpath.join(mount.root, Path(below).as_posix()))
    )


def paths_of(place: Place) -> list[Path]:
    """The folders that show a place now; none while its disk is away, several if mounted twice."""
    inside = PurePosixPath(place.inside)
    found = []
    for mount in mounts():
        if inside.is_relative_to(mount.root) and mount.volume == place.volume:
            path = Path(mount.point + os.sep, inside.relative_to(mount.root))
            if path.is_dir() and place_of(path) == place:
                found.append(path)
    return found


def looks_offline(root: Path, *, known: int, found: int, another_disk: bool = False) -> bool:
    """Whether a watch folder is away rather than emptied by its owner.

    True for a folder that cannot be listed, for one that is empty though photos are known (an
    unplugged disk leaves its mount point behind), and for one that suddenly lacks more than
    30 % of its known photos, unless only a handful are gone.

    Args:
        root: the watch folder.
        known: photos the library expects there, those already missing left out.
        found: photos a walk found there.
        another_disk: whether another disk is there than was; then a handful counts, too.
    """
    try:
        with os.scandir(root) as entries:
            empty = next(entries, None) is None
    except OSError:
        return True
    lost = known - found
    few = 1 if another_disk else _FEW
    return known > 0 and (empty or (lost >= few and lost > _LOST_SHARE * known))


def is_network(path: Path) -> bool:
    """Whether `path` lies on a file system that other machines change without telling us."""
    if sys.platform == "win32":
        drive = path.drive + "\\"
        return drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE_DRIVE
        )
    mount = mount_of(mounts(), path)
    return mount is not None and mount.kind in _NETWORK_TYPES
