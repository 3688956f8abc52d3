# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where photos go: the address of a server, read strictly.

Photos and the key go encrypted, except to this machine and its own network. That is decided from
the address alone, without asking a name server, so the same settings always mean the same.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from phototagger.errors import SettingsError

_EXAMPLES = "It looks like https://api.openai.com/v1 or http://localhost:11434/v1."
_CALL = "/chat/completions"
_PORTS = {"https": 443, "http": 80}

# Labels of at most 63 characters (RFC 1035, 2.3.4), with the underscore that some networks use.
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_PATH = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)*")

# Addresses that no packet from outside reaches: RFC 1122 and 4291 (loopback), RFC 1918 and 4193
# (private), RFC 3927 and 4291 (this link only).
_NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8 ::1/128 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 "
        "169.254.0.0/16 fe80::/10"
    ).split()
)
# Names that mean something on the own network only: RFC 6761, 6762, 8375 and ICANN's
# resolution 2024.07.29.06, and any name without a dot. The latter must begin with a letter, as
# resolvers take 134744072 and 0x8080808 for the address 8.8.8.8.
_NEAR_NAME = re.compile(r"(.*\.)?(localhost|local|home\.arpa|internal)|[a-z][^.]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and the place of its API on it.

    Attributes:
        secure: whether the connection is encrypted and the server proves who it is.
        host: its name or address, ASCII.
        port: its port.
        path: what stands before `/chat/completions`, without a slash at the end.
    """

    secure: bool
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a key belongs to."""
        return f"{'https' if self.secure else 'http'}://{self.shown}"

    @property
    def shown(self) -> str:
        """The server in words for people: its host, and its port where that is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _PORTS["https" if self.secure else "http"]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """The path that is asked."""
        return self.path + _CALL


def parse_endpoint(url: str) -> Endpoint:
    """Read the address of an API; the path of the call itself may stand at its end.

    Raises:
        SettingsError: it is no such address, or photos would travel unencrypted.
    """
    if not url.isprintable() or any(char.isspace() for char in url) or "\\" in url:
        raise _no_address(url)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise _no_address(url) from error
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            "The address of the remote captioner holds a name or a password",
            "Take it out and keep the key with: phototagger models key set",
        )
    path = parts.path.rstrip("/").removesuffix(_CALL).rstrip("/")
    fits = parts.scheme in _PORTS and host and _PATH.fullmatch(path)
    if not fits or parts.query or parts.fragment:
        raise _no_address(url)
    endpoint = Endpoint(parts.scheme == "https", host, port or _PORTS[parts.scheme], path)
    if not endpoint.secure and not _is_near(host):
        raise SettingsError(
            f"Photos would travel to {endpoint.shown} unencrypted, for anyone to see",
            "Use its https address; http is for this machine and its own network.",
        )
    return endpoint


def _no_address(url: str) -> SettingsError:
    what = "The url under [remote] is empty" if not url else "The url under [remote] is no address"
    return SettingsError(what, _EXAMPLES)


def _host(name: str) -> str:
    """The host in ASCII, "" when it is none."""
    if ":" in name:
        return str(ipaddress.IPv6Address(name)) if "%" not in name else ""
    # UnicodeError is a ValueError, too.
    plain = name.encode("idna").decode("ascii") if not name.isascii() else name
    return plain if _NAME.fullmatch(plain) else ""


def _is_near(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _NEAR_NAME.fullmatch(host.removesuffix(".")) is not None
    # ::ffff:8.8.8.8 is 8.8.8.8 in other clothes.
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return any((mapped or address) in network for network in _NEAR)
