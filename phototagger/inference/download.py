# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Download a model from a hub: the pinned version, only what is needed, every byte checked.

The only file that may import huggingface_hub, and it does so when asked to download. An
interrupted download goes on where it stopped.
"""

import hashlib
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from phototagger.errors import ModelError
from phototagger.inference.catalogue import (
    STARTERS,
    InstalledModel,
    entry_for,
    folder_name,
    read_model,
    refuse_unknown_reader,
)
from phototagger.inference.layout import (
    CONFIG,
    Origin,
    check_configuration,
    choose_files,
    refuse_unsafe_pickle,
)
from phototagger.inference.store import (
    LOCK,
    Progress,
    check_space,
    import_folder,
    place,
    remove,
    storage_error,
    under_way,
)

__all__ = ["download", "import_folder", "remove"]

_TIMEOUT = 10.0
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_AGAIN = "Try again; what was downloaded is kept."


@dataclass(frozen=True, slots=True)
class _File:
    """A file on the hub and how to know that it arrived whole.

    Attributes:
        name: its name; never a path.
        size: bytes.
        sha256: of the content (large files), or "".
        git_sha1: git's hash of the content (small files), or "".
    """

    name: str
    size: int
    sha256: str
    git_sha1: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to download: files at one commit."""

    id: str
    commit: str
    files: tuple[_File, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def download(
    model_id: str,
    models_dir: Path,
    *,
    on_progress: Progress | None = None,
    endpoint: str | None = None,
) -> InstalledModel:
    """Download a model and install it; a model that is there already costs one question.

    Args:
        model_id: hub id, or short name from the catalogue.
        models_dir: where installed models live.
        on_progress: called with (bytes done, bytes in all).
        endpoint: address of the hub, None for the usual one.

    Raises:
        ModelError: the hub cannot be reached, has no such model, or sent something else than
            promised; or the disk is full; or the model is of a kind that cannot be used.
    """
    if model_id in STARTERS:
        raise ModelError(f"{model_id} is part of PhotoTagger", "It needs no download.")
    with _hub() as hub, _converted_errors(hub, model_id, models_dir):
        plan = _plan(hub, model_id, endpoint)
        target = models_dir / folder_name(plan.id)
        if (there := _installed(target, plan)) is not None:
            return there
        # Named after the commit: another version never goes on with this one's files.
        partial = models_dir / f".downloading-{target.name}-{plan.commit[:12]}"
        with under_way(partial) as lock:
            arrived = _arrived(partial, plan)
            check_space(models_dir, plan.size - arrived)
            _fetch_all(hub, plan, partial, endpoint, _Meter(plan.size, on_progress))
            refuse_unsafe_pickle(partial)
            model = place(partial, target, Origin(plan.id, plan.commit), lock)
        _remove_older_parts(models_dir, target.name)
        return model


def downloaded_bytes(model_id: str, models_dir: Path) -> int:
    """Bytes that an interrupted download of a model has left; it goes on from there."""
    entry = entry_for(model_id)
    name = folder_name(entry.id if entry else model_id)
    files = (
        path for folder in models_dir.glob(f".downloading-{name}-*") for path in folder.iterdir()
    )
    return sum(path.stat().st_size for path in files if path.is_file() and path.name != LOCK)


def _plan(hub: ModuleType, model_id: str, endpoint: str | None) -> _Plan:
    """Ask the hub which commit it has and what is in it.

    Raises:
        ModelError: the commit is not the pinned one, or holds no model.
    """
    entry = entry_for(model_id)
    name, ref = (entry.id, entry.ref) if entry else (model_id, "main")
    address = endpoint or hub.constants.ENDPOINT
    if not _is_address(address):
        raise ModelError(
            f"{address} is no address of a model hub", "It looks like https://huggingface.co."
        )
    try:
        info = hub.HfApi(endpoint=endpoint, token=False).model_info(
            name, revision=ref, files_metadata=True, timeout=_TIMEOUT
        )
        siblings = {sibling.rfilename: sibling for sibling in info.siblings or ()}
        if not _COMMIT.fullmatch(info.sha):
            raise ValueError("no commit")
        files = tuple(_file(siblings[chosen]) for chosen in choose_files(siblings))
    except hub.errors.HFValidationError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"What answers at {address} is no model hub",
            "Some networks want a login in a browser first; else check the address of the mirror.",
        ) from error
    if entry and not info.sha.startswith(entry.commit):
        raise ModelError(
            f"The hub's version of {name} is not the one that PhotoTagger knows",
            "Download the files yourself, look at them, and use `phototagger models import`.",
        )
    return _Plan(name, info.sha, files)


def _file(sibling: Any) -> _File:
    sha256 = sibling.lfs.sha256 if sibling.lfs else ""
    size = sibling.lfs.size if sibling.lfs else sibling.size
    if not isinstance(size, int) or size < 0:
        raise ValueError("no size")
    return _File(sibling.rfilename, size, sha256, "" if sha256 else sibling.blob_id or "")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _installed(target: Path, plan: _Plan) -> InstalledModel | None:
    try:
        model = read_model(target)
    except ModelError:
        return None
    return model if model.revision == plan.commit else None


def _arrived(partial: Path, plan: _Plan) -> int:
    """Bytes that an earlier, interrupted download left."""
    return sum(
        path.stat().st_size
        for file in plan.files
        for path in (partial / file.name, _part(partial, file))
        if path.is_file()
    )


def _fetch_all(
    hub: ModuleType, plan: _Plan, partial: Path, endpoint: str | None, meter: "_Meter"
) -> None:
    """Download what is missing, smallest first: a kind that cannot run is refused early."""
    for file in sorted(plan.files, key=lambda file: (file.name != CONFIG, file.size)):
        if (partial / file.name).is_file():
            meter.update(file.size)
        else:
            url = hub.hf_hub_url(plan.id, file.name, revision=plan.commit, endpoint=endpoint)
            _fetch(hub, url, file, partial, meter)
        if file.name == CONFIG:
            refuse_unknown_reader(check_configuration(partial), plan.id, partial)


def _fetch(hub: ModuleType, url: str, file: _File, partial: Path, meter: "_Meter") -> None:
    """Download one file, going on where an earlier attempt stopped, and check it.

    Raises:
        ModelError: what arrived is not what the hub promised; it is thrown away.
    """
    part = _part(partial, file)
    here = part.stat().st_size if part.is_file() else 0
    if here > file.size:
        part.unlink()
        here = 0
    meter.update(here)
    with part.open("ab") as stream:
        hub.file_download.http_get(
            url,
            stream,
            resume_size=here,
            headers=hub.utils.build_hf_headers(token=False),
            expected_size=file.size,
            tqdm_class=meter.bar,
        )
    if not _is_whole(part, file):
        part.unlink()
        raise ModelError(f"{file.name} arrived damaged", "Try again; it is downloaded afresh.")
    part.rename(partial / file.name)


def _part(partial: Path, file: _File) -> Path:
    return partial / f"{file.name}.part"


def _is_whole(path: Path, file: _File) -> bool:
    """Compare with the hash the hub gave: SHA-256, or git's SHA-1 over a header and the bytes."""
    if path.stat().st_size != file.size:
        return False
    git = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)
    hasher = hashlib.sha256() if file.sha256 else git
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 22):
            hasher.update(chunk)
    promised = file.sha256 or file.git_sha1
    return bool(promised) and hasher.hexdigest() == promised


def _remove_older_parts(models_dir: Path, name: str) -> None:
    for path in models_dir.glob(f".downloading-{name}-*"):
        shutil.rmtree(path, ignore_errors=True)


class _Meter:
    """Adds up the bytes of all files; stands in for the progress bar that the hub expects."""

    def __init__(self, total: int, report: Progress | None) -> None:
        self._done = 0
        self._total = total
        self._report = report

    def bar(self, **_options: object) -> "_Meter":
        """What the hub calls to make a bar for one file."""
        return self

    def __enter__(self) -> "_Meter":
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def update(self, count: int) -> None:
        """`count` more bytes are there (fewer, when a file starts over)."""
        self._done += count
        if self._report is not None:
            self._report(self._done, self._total)


@contextmanager
def _hub() -> Iterator[ModuleType]:
    """The hub's library, its advice held back; it is imported at the first download."""
    import huggingface_hub
    import huggingface_hub.file_download

    logger = logging.getLogger("huggingface_hub")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield huggingface_hub
    finally:
        logger.setLevel(level)


@contextmanager
def _converted_errors(hub: ModuleType, model_id: str, models_dir: Path) -> Iterator[None]:
    """Turn the hub library's exceptions into errors for people.

    The order matters: its HTTP errors are `OSError`s too.
    """
    errors = hub.errors
    try:
        yield
    except errors.OfflineModeIsEnabled as error:
        raise ModelError(
            "Downloads are switched off by HF_HUB_OFFLINE", "Unset that variable, then try again."
        ) from error
    except errors.HFValidationError as error:
        raise ModelError(
            f"{model_id} is no name of a model", "Names look like owner/name."
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelError(
            f"The hub no longer has the version of {model_id} that PhotoTagger knows",
            "Download the files yourself, look at them, and use `phototagger models import`.",
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise ModelError(
            f"The hub has no public model {model_id}", "Check the name: it looks like owner/name."
        ) from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        raise ModelError(f"The model hub answered with error {status}", _AGAIN) from error
    except errors.HTTPError as error:
        raise ModelError(
            "The model hub cannot be reached",
            "Check the connection and try again; what was downloaded is kept. Without internet,"
            " use `phototagger models import FOLDER`.",
        ) from error
    except OSError as error:
        if error.errno is None:  # the hub library's own complaint about a file's size
            raise ModelError("The download ended too early", _AGAIN) from error
        raise storage_error(error, models_dir) from error
