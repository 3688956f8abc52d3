# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The key to a server: in the system's keyring, or in an environment variable.

It belongs to one server (scheme, host and port): another address in the settings never gets it.
It is never logged and stands in no error. The only file that imports keyring, when asked.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from phototagger.errors import ModelError, SettingsError
from phototagger.inference.remote.endpoint import Endpoint

VARIABLE = "PHOTOTAGGER_API_KEY"
_SERVICE = "PhotoTagger"


def find_key(endpoint: Endpoint) -> str:
    """The key for a server, "" when there is none; the variable counts before the keyring.

    Raises:
        SettingsError: the variable holds something that cannot be a key.
        ModelError: the keyring cannot be opened.
    """
    if given := os.environ.get(VARIABLE, "").strip():
        return _checked(given)
    with _keyring() as keyring:
        try:
            return keyring.get_password(_SERVICE, endpoint.origin) or ""
        except keyring.errors.NoKeyringError:
            return ""


def store_key(endpoint: Endpoint, key: str) -> None:
    """Keep a key for a server in the system's keyring.

    Raises:
        SettingsError: it cannot be a key.
        ModelError: the keyring cannot be used.
    """
    checked = _checked(key.strip())
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, endpoint.origin, checked)


def forget_key(endpoint: Endpoint) -> bool:
    """Take the key of a server out of the keyring; False when there was none.

    Raises:
        ModelError: the keyring cannot be used.
    """
    with _keyring() as keyring:
        if keyring.get_password(_SERVICE, endpoint.origin) is None:
            return False
        keyring.delete_password(_SERVICE, endpoint.origin)
        return True


def _checked(key: str) -> str:
    # It goes into a header: a line break in it would be a header of its own.
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(
            "This cannot be an API key", "A key is one word of letters, digits and signs."
        )
    return key


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    """The keyring's library, its errors converted."""
    import keyring
    import keyring.errors

    try:
        yield keyring
    except keyring.errors.NoKeyringError as error:
        raise ModelError(
            "This system has no keyring", f"Give the key in the variable {VARIABLE} instead."
        ) from error
    except Exception as error:  # every system's keyring has errors of its own
        # Its words are not shown: they come from elsewhere, about a secret.
        raise ModelError(
            f"The system's keyring cannot be used: {type(error).__name__}",
            f"Unlock it, or give the key in the variable {VARIABLE}.",
        ) from error
