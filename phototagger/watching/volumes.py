# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What kind of disk a folder lies on, and whether that disk is there at all.

Offline is not deleted: a disk that is unplugged must never look like thousands of photos thrown
away (spec section 1).
"""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

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


def looks_offline(root: Path, *, known: int, found: int) -> bool:
    """Whether a watch folder is away rather than emptied by its owner.

    True for a folder that cannot be listed, for one that is empty though photos are known (an
    unplugged disk leaves its mount point behind), and for one that suddenly lacks more than
    30 % of its known photos, unless only a handful are gone.

    Args:
        root: the watch folder.
        known: photos the library expects there, those already missing left out.
        found: photos a walk found there.
    """
    try:
        with os.scandir(root) as entries:
            empty = next(entries, None) is None
    except OSError:
        return True
    lost = known - found
    return known > 0 and (empty or (lost >= _FEW and lost > _LOST_SHARE * known))


def is_network(path: Path) -> bool:
    """Whether `path` lies on a file system that other machines change without telling us."""
    if sys.platform == "win32":
        drive = path.drive + "\\"
        return drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE_DRIVE
        )
    if sys.platform == "darwin":
        return type_of_mount(_macos_mounts(), path) in _NETWORK_TYPES
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return type_of_mount(parse_mountinfo(table), path) in _NETWORK_TYPES


def parse_mountinfo(table: str) -> list[tuple[str, str]]:
    """The (mount point, type) pairs of a Linux mount table, in order (proc(5), mountinfo)."""
    mounts = []
    for line in table.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if dash and len(fields) >= 5:
            mounts.append((_unescape(fields[4]), right.split(" ")[0]))
    return mounts


def type_of_mount(mounts: list[tuple[str, str]], path: Path) -> str:
    """The type of the file system that `path` lies on, "" when no mount point holds it.

    The deepest mount point wins, and of two at one place the later one, which hides the other.
    """
    real = os.path.realpath(path)
    best, kind = -1, ""
    for point, mounted in mounts:
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), mounted
    return kind


def _unescape(field: str) -> str:
    """Undo the kernel's octal escapes of space, tab, newline and backslash."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, char)
    return field


def _macos_mounts() -> list[tuple[str, str]]:
    """What `mount` lists: `//user@host/share on /Volumes/share (smbfs, nodev, ...)`."""
    try:
        output = subprocess.run(
            ["/sbin/mount"], capture_output=True, timeout=10, check=True
        ).stdout.decode("utf-8", "surrogateescape")
    except (OSError, subprocess.SubprocessError):
        return []
    mounts = []
    for line in output.splitlines():
        place, _, options = line.rpartition(" (")
        mounts.append((place.partition(" on ")[2], options.partition(",")[0].rstrip(")")))
    return mounts
