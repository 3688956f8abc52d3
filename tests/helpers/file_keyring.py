# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""A keyring in a file, for tests: the system's own needs a session of a desktop.

keyring's own way to name another: `PYTHON_KEYRING_BACKEND=tests.helpers.file_keyring.FileKeyring`.
"""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

BACKEND = "tests.helpers.file_keyring.FileKeyring"
FILE = "PHOTOTAGGER_TEST_KEYRING"


class FileKeyring(KeyringBackend):
    """Keeps passwords in the file that the environment names."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        known = self._read()
        if known.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self._write(known)

    def _read(self) -> dict[str, str]:
        path = Path(os.environ[FILE])
        known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return known

    def _write(self, known: dict[str, str]) -> None:
        Path(os.environ[FILE]).write_text(json.dumps(known), "utf-8")
