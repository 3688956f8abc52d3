# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Rules of the house that a machine can check."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

SOURCES = sorted((REPOSITORY / "phototagger").rglob("*.py"))
EVERY_FILE = [*SOURCES, *sorted((REPOSITORY / "tests").rglob("*.py"))]
MOST_LINES = 400
MOST_FUNCTION_LINES = 60


def name_of(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("path", EVERY_FILE, ids=name_of)
def test_files_are_short_and_licensed(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert lines[0].startswith("# SPDX-FileCopyrightText:")
    assert lines[1] == "# SPDX-License-Identifier: Apache-2.0"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert not long


def imported_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    return set(result.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import phototagger.cli.main",
        "import phototagger.cli.commands.search",
        "import phototagger.cli.commands.status",
        "import phototagger.cli.commands.folder",
        "import phototagger.cli.commands.tag",
        "import phototagger.cli.commands.watch",
        "import phototagger.cli.commands.models",
        "import phototagger.cli.commands.doctor",
        "import phototagger.inference.remote_captioner",
    ],
)
def test_the_command_line_imports_neither_torch_nor_qt(statement: str) -> None:
    heavy = {"torch", "transformers", "PySide6", "huggingface_hub"}
    assert not heavy & imported_by(statement)


def test_search_imports_no_imaging_library() -> None:
    assert not {"PIL", "numpy", "watchdog", "exifread"} & imported_by(
        "import phototagger.cli.commands.search"
    )


def test_how_threads_wait_is_set_before_any_part_can_import_numpy_or_torch() -> None:
    code = (
        "import phototagger, os, sys;"
        "print({'numpy', 'torch'} & sys.modules.keys() or 'none', "
        "os.environ['OPENBLAS_NUM_THREADS'], os.environ['OMP_WAIT_POLICY'])"
    )
    ours = {"OPENBLAS_NUM_THREADS", "OMP_WAIT_POLICY"}
    environment = {k: v for k, v in os.environ.items() if k not in ours}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env=environment,
    )
    assert done.stdout.split() == ["none", "1", "PASSIVE"]


def test_layers_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [str(program)], capture_output=True, text=True, check=False, cwd=REPOSITORY
    )
    assert result.returncode == 0, result.stdout


def test_the_version_stands_in_one_place() -> None:
    from phototagger import __version__

    assert f'"{__version__}"' not in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
