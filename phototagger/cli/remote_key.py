# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""`phototagger models key set|remove`: the key of the remote captioner.

It is read from the terminal without showing it, or from a pipe; an argument would stand in the
shell's history and in the list of processes.
"""

import getpass
import sys

from phototagger.cli.output import Output
from phototagger.inference.remote import api_key
from phototagger.inference.remote.endpoint import parse_endpoint
from phototagger.settings import RemoteSettings


def change_key(change: str, settings: RemoteSettings, out: Output) -> None:
    """Keep the key that is typed or piped in for the server in the settings, or forget it.

    Raises:
        SettingsError: the settings name no server, or this cannot be a key.
        ModelError: the keyring cannot be used.
    """
    endpoint = parse_endpoint(settings.url)
    server = endpoint.shown
    if change == "set":
        api_key.store_key(endpoint, _read_key(server))
        out.result({"key": "stored", "server": server}, f"The key for {server} is in the keyring.")
    elif api_key.forget_key(endpoint):
        out.result({"key": "removed", "server": server}, f"The key for {server} is removed.")
    else:
        out.result({"key": None, "server": server}, f"The keyring has no key for {server}.")


def _read_key(server: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"API key for {server} (not shown): ")
    return sys.stdin.readline()
