# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Put model folders into the models folder and take them out, each in one step.

A model under way lies in a folder whose name starts with a dot; it appears under its own name
when it is complete, so a half model is never listed. Nothing here talks to a network.
"""

import errno
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from phototagger.errors import ModelError, from_os_error
from phototagger.inference.catalogue import (
    STARTERS,
    InstalledModel,
    entry_for,
    folder_name,
    origin_of,
    read_model,
)
from phototagger.inference.layout import (
    Origin,
    check_companions,
    check_folder,
    digest,
    is_model_file,
    read_origin,
    refuse_unsafe_pickle,
    weight_files,
    write_origin,
)
from phototagger.process_lock import ProcessLock

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""

_CHUNK = 1 << 22
LOCK = ".lock"
"""What a process holds in the folder of a model under way."""
# Room that must be left over, so that installing a model never fills a disk to the brim.
_SPARE = 100_000_000


def import_folder(
    source: Path, models_dir: Path, *, on_progress: Progress | None = None
) -> InstalledModel:
    """Copy a model folder in the published layout into the models folder.

    Importing the same model again changes nothing; another version replaces the old one.

    Args:
        source: the folder, on a USB stick for example.
        models_dir: where installed models live.
        on_progress: called with (bytes done, bytes in all).

    Raises:
        ModelError: the folder holds no usable model, or a starter model, or cannot be copied.
    """
    check_companions(source, check_folder(source))
    refuse_unsafe_pickle(source)
    origin = origin_of(source.resolve())
    if origin.name in STARTERS:
        # A second one of its name would caption photos unasked, and could not be removed.
        raise ModelError(f"{origin.name} is part of PhotoTagger", "It is there already.", source)
    target = models_dir / folder_name(origin.name)
    if target.is_dir() and _same(source, target):
        return read_model(target)
    partial = models_dir / f".importing-{target.name}"
    with under_way(partial) as lock:
        try:
            for left in partial.iterdir():
                if left.name != LOCK:
                    left.unlink()
            _copy(source, partial, on_progress)
            if digest(partial) != digest(source):
                raise ModelError(
                    "The model changed while it was copied", "Import it again.", source
                )
            return place(partial, target, origin, lock)
        except OSError as error:
            raise storage_error(error, models_dir) from error
        finally:
            lock.vanish()
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def under_way(partial: Path) -> Iterator[ProcessLock]:
    """Make the folder of a model under way, and work alone in it; clear up behind killed ones.

    Raises:
        ModelError: another PhotoTagger works on this model, or the folder cannot be made.
    """
    try:
        partial.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, partial.parent) from error
    lock = ProcessLock(partial / LOCK)
    if not lock.acquire():
        raise ModelError(
            "Another PhotoTagger is at work on this model", "Wait for its end, then try again."
        )
    try:
        _clear_up(partial)
        yield lock
    finally:
        lock.release()


def _clear_up(own: Path) -> None:
    """Delete what imports and removals left that were killed; a download goes on from its part."""
    for left in own.parent.glob(".removing-*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in own.parent.glob(".importing-*"):
        lock = ProcessLock(left / LOCK)
        if left != own and lock.acquire():
            lock.vanish()
            shutil.rmtree(left, ignore_errors=True)


def place(partial: Path, target: Path, origin: Origin, lock: ProcessLock) -> InstalledModel:
    """Check a complete folder and give it its name, replacing an older version.

    Args:
        partial: the folder under way.
        target: what it will be called.
        origin: where it came from.
        lock: that of `under_way`, which ends here.

    Raises:
        ModelError: it is not complete.
        OSError: it cannot be renamed.
    """
    write_origin(partial, origin)
    read_model(partial)
    if target.exists():
        _discard(target)
    lock.vanish()  # Windows renames no folder that holds an open file
    partial.rename(target)
    return read_model(target)


def remove(name: str, models_dir: Path) -> None:
    """Delete an installed model, damaged ones too.

    Args:
        name: its id or short name.
        models_dir: where installed models live.

    Raises:
        ModelError: it is a starter model, or not installed.
    """
    if name in STARTERS:
        raise ModelError(f"{name} is part of PhotoTagger", "Only models you added can be removed.")
    folders = _folders_called(name, models_dir)
    if len(folders) != 1:
        several, none = f"More than one model is called {name}", f"No model is called {name}"
        raise ModelError(
            several if folders else none, "See `phototagger models list` for the names."
        )
    try:
        _discard(folders[0])
    except OSError as error:
        raise storage_error(error, folders[0]) from error


def check_space(models_dir: Path, needed: int) -> None:
    """Make sure that `needed` bytes fit beside what must stay free.

    Raises:
        ModelError: they do not.
    """
    existing = next(path for path in (models_dir, *models_dir.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < needed + _SPARE:
        raise ModelError(
            f"The disk has {free / 1e6:.0f} MB free; the model needs {needed / 1e6:.0f} MB",
            "Free some space, or move the data folder with --data-dir.",
            models_dir,
        )


def storage_error(error: OSError, path: Path) -> ModelError:
    """The error about a model that people should see for what the system said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError("The disk is full", "Free some space, then try again.", path)
    shown = from_os_error(error, path, "write")
    return ModelError(f"The model cannot be stored: {shown.title}", shown.hint, path)


def _copy(source: Path, partial: Path, on_progress: Progress | None) -> None:
    """Copy the files a model needs and nothing else; links become files."""
    weights = {path.name for path in weight_files(source)}
    with _unreadable(source):
        files = [path for path in sorted(source.iterdir()) if _is_copied(path, weights)]
        total = sum(path.stat().st_size for path in files)
    check_space(partial, total)
    done = 0
    for path in files:
        with (partial / path.name).open("wb") as new:
            for chunk in _chunks(path):
                new.write(chunk)
                done += len(chunk)
                if on_progress is not None:
                    on_progress(done, total)


def _is_copied(path: Path, weights: Collection[str]) -> bool:
    # A folder, a link to nowhere or a device that is called like a file of a model is none.
    return is_model_file(path.name, weights) and path.is_file()


def _chunks(path: Path) -> Iterator[bytes]:
    """The file's content, piece by piece.

    Raises:
        ModelError: it cannot be read to its end.
    """
    with _unreadable(path):
        file = path.open("rb")
    with file:
        while True:
            with _unreadable(path):
                chunk = file.read(_CHUNK)
            if not chunk:
                return
            yield chunk


@contextmanager
def _unreadable(path: Path) -> Iterator[None]:
    """Errors of what is imported, which are not those of the disk that it goes to."""
    try:
        yield
    except OSError as error:
        shown = from_os_error(error, path, "read")
        raise ModelError(f"The model cannot be read: {shown.title}", shown.hint, path) from error


def _same(source: Path, target: Path) -> bool:
    """Whether the target already holds every file of the source's model."""
    try:
        check_folder(target)
        weights = {path.name for path in weight_files(source)}
        small = [
            path.name
            for path in source.iterdir()
            if _is_copied(path, weights) and path.name not in weights
        ]
        return digest(source) == digest(target) and all(
            (source / name).read_bytes() == (target / name).read_bytes() for name in small
        )
    except (ModelError, OSError):
        return False


def _folders_called(name: str, models_dir: Path) -> list[Path]:
    """Folders of models called `name`; read from their names, as damaged ones must go too."""
    entry = entry_for(name)
    names = {folder_name(name), folder_name(entry.id) if entry else ""}
    found = []
    for path in models_dir.iterdir() if models_dir.is_dir() else ():
        if path.name.startswith(".") or not path.is_dir():
            continue
        origin = read_origin(path)
        full = origin.name if origin else path.name
        if path.name in names or name in (full, full.rsplit("/", 1)[-1]):
            found.append(path)
    return found


def _discard(folder: Path) -> None:
    """Take a folder away in one step, then delete what it held."""
    hidden = folder.with_name(f".removing-{folder.name}")
    shutil.rmtree(hidden, ignore_errors=True)
    folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)
