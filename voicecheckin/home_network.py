"""Which speech servers may be asked: those in the couple's own home, and no others."""

import ipaddress
import socket
from urllib.parse import urlsplit

from voicecheckin.errors import SettingsError

AT_HOME = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""This machine itself, private networks, and what is joined to it by a cable or by radio."""


class NotAtHome(SettingsError):
    """A speech server that would take what is said out of the house."""


def check_home(uri: str) -> None:
    """Refuse *uri* unless it is at home (NotAtHome); a name that nobody knows now is for later."""
    try:
        at_home(uri)
    except OSError:
        return


def at_home(uri: str) -> str:
    """Return the server's address as numbers, to be connected to as it is.

    A name may lead elsewhere the next time, so it is looked up once. NotAtHome if any of its
    addresses is elsewhere, OSError if it has none, SettingsError if *uri* cannot be read.
    """
    host, port = _host_and_port(uri)
    if not host:
        return uri
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(address[0]) for *_, address in found]
    for address in addresses:
        if not _is_at_home(address):
            raise NotAtHome(
                f"The speech server {uri} is not in your home: it is at {address}. What you say "
                "stays at home, so name a server there, by an address such as 192.168.1.20."
            )
    number = addresses[0]
    return f"tcp://[{number}]:{port}" if ":" in number else f"tcp://{number}:{port}"


def _host_and_port(uri: str) -> tuple[str, int]:
    """Where *uri* leads; no host for a socket file, which is on this machine."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme == "unix" and parts.path:
        return "", 0
    if parts.scheme != "tcp" or not host or not port:
        raise SettingsError(
            f"A speech server's address is like tcp://homeserver:10300, and {uri!r} is not."
        )
    return host, port


def _is_at_home(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in AT_HOME)
