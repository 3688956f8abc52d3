# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Which file systems are mounted where, and what tells one of them from another.

A path names a place in the tree, not a disk: the same disk comes back under another name, and
another disk under the same. What stays with a disk is the identity its file system was made with.
"""

import os
import plistlib
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_BY_UUID = Path("/dev/disk/by-uuid")
# Where udev does not list identities, statvfs(2) gives one that the file system keeps: ext hashes
# its UUID into it; tmpfs draws one for each mount. xfs and FAT tell no more than the device.
_TELLING_FSIDS = frozenset("ext2 ext3 ext4 tmpfs".split())
# Types whose source names them wherever they are mounted: `server:/export`, `//server/share`,
# `pool/dataset`.
_NAMED_BY_SOURCE = frozenset(
    "9p afs beegfs ceph cifs glusterfs lustre nfs nfs4 smb3 smbfs virtiofs zfs fuse.sshfs".split()
)


@dataclass(frozen=True)
class Mount:
    """A file system that shows at some place.

    Attributes:
        point: where it shows.
        kind: its type, as the system calls it.
        source: the device or share it comes from.
        root: which of its own folders shows there, "/" for all of it (not so for bind mounts
            and subvolumes).
        identity: what tells it from others, where it is known already; else it is looked up.
    """

    point: str
    kind: str
    source: str = ""
    root: str = "/"
    identity: str | None = None

    @cached_property
    def volume(self) -> str:
        """What tells the file system from every other, wherever it is mounted; "" if nothing."""
        if self.identity is not None:
            return self.identity
        if self.kind in _NAMED_BY_SOURCE:
            return f"{self.kind}:{self.source}"
        if sys.platform == "darwin":
            return _macos_identity(self.point)
        return _uuid_of_device(self.source) or self._file_system_id()

    def holds(self, path: str) -> bool:
        """Whether a path lies in or below the mount point."""
        return path == self.point or path.startswith(self.point.rstrip("/") + os.sep)

    def _file_system_id(self) -> str:
        if self.kind not in _TELLING_FSIDS:
            return ""
        try:
            number = os.statvfs(self.point).f_fsid
        except OSError:
            return ""
        return f"{self.kind}:{number:x}" if number else ""


def mounts() -> list[Mount]:
    """Everything that is mounted, in the system's order; empty where the system does not say."""
    if sys.platform == "win32":
        return _windows_mounts()
    if sys.platform == "darwin":
        return _macos_mounts()
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return []
    return parse_mountinfo(table)


def mount_of(table: list[Mount], path: Path) -> Mount | None:
    """The file system that a path lies on.

    The deepest mount point wins, and of two at one place the later one, which hides the other.
    """
    real = os.path.realpath(path)
    best = None
    for mount in table:
        if mount.holds(real) and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def parse_mountinfo(table: str) -> list[Mount]:
    """A Linux mount table (proc(5), mountinfo)."""
    found = []
    for line in table.splitlines():
        left, dash, right = line.partition(" - ")
        fields, about = left.split(" "), right.split(" ")
        if dash and len(fields) >= 5 and len(about) >= 2:
            point, root, source = map(_unescape, (fields[4], fields[3], about[1]))
            found.append(Mount(point, about[0], source, root))
    return found


def parse_macos_mounts(output: str) -> list[Mount]:
    """What `mount` lists: `//user@host/share on /Volumes/share (smbfs, nodev, ...)`."""
    found = []
    for line in output.splitlines():
        place, _, options = line.rpartition(" (")
        source, _, point = place.partition(" on ")
        found.append(Mount(point, options.partition(",")[0].rstrip(")"), source))
    return found


def _unescape(field: str) -> str:
    """Undo the kernel's octal escapes of space, tab, newline and backslash."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, char)
    return field


def _uuid_of_device(source: str) -> str:
    """The UUID or serial number that udev found on a device."""
    if not source.startswith("/dev/"):
        return ""
    device = os.path.realpath(source)
    try:
        links = list(_BY_UUID.iterdir())
    except OSError:
        return ""
    return next((f"uuid:{link.name}" for link in links if os.path.realpath(link) == device), "")


def _macos_mounts() -> list[Mount]:
    return parse_macos_mounts(_output("/sbin/mount").decode("utf-8", "surrogateescape"))


def _macos_identity(point: str) -> str:
    """The UUID that the system's disk tool shows."""
    try:
        about = plistlib.loads(_output("/usr/sbin/diskutil", "info", "-plist", point))
    except (plistlib.InvalidFileException, ValueError):
        return ""
    return f"uuid:{about['VolumeUUID']}" if about.get("VolumeUUID") else ""


def _windows_mounts() -> list[Mount]:
    """The drives that answer, each with the serial number it was formatted with."""
    found = []
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        try:
            serial = os.stat(f"{letter}:\\").st_dev  # noqa: PTH116 - it is text
        except OSError:
            continue
        found.append(Mount(f"{letter}:", "drive", identity=f"serial:{serial:x}"))
    return found


def _output(*command: str) -> bytes:
    """What a system's own tool says, nothing when it fails."""
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return b""
