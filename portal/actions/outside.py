"""Calls to systems of others: signed, so that they know who calls, and never into the house where the portal stands."""

import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from threading import Timer
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SILENCE = 5.0
"""Seconds that the other side may say nothing."""

LONGEST = 15.0
"""Seconds that a call may take, however the other side drips."""


class Refused(Exception):
    """The other side was not reached, or did not say that it heard; says in a few words why."""


def signature_of(key: bytes, timestamp: int, name: str, body: bytes) -> str:
    """Return what a call is signed with (Ed25519, a private key of 32 bytes), in base64."""
    signed = f"{timestamp}.{name}.".encode() + body
    return b64encode(Ed25519PrivateKey.from_private_bytes(key).sign(signed)).decode()


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, may_stay_inside: bool = False, longest: float = LONGEST
) -> None:
    """Send a body and return when the other side answers 2xx; raise Refused.

    The name is looked up once, and what is called is the address that was found: a name that leads elsewhere at a
    second look leads nowhere. Nothing that the other side answers is read, and no redirect is followed.
    may_stay_inside: also addresses that are nobody else's; for a machine where the portal is tried.
    """
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((_address_of(host, port, may_stay_inside), port), timeout=SILENCE) as plain:
            timer = Timer(longest, plain.shutdown, (socket.SHUT_RDWR,))
            timer.start()
            try:
                status = _asked(_connection(parts.scheme, host, port, plain), url, body, headers)
            finally:
                timer.cancel()
    except (OSError, HTTPException, ValueError) as error:
        raise Refused(type(error).__name__) from None
    if not 200 <= status < 300:
        raise Refused(f"status {status}")


def _address_of(host: str, port: int, may_stay_inside: bool) -> str:
    """Return where a name leads; raise Refused where any of it is inside: two answers are one trick."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not may_stay_inside and not all(map(_is_outside, found)):
        raise Refused("an address inside the house")
    return found[0]


def _is_outside(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        # An address of the older kind can be written as one of the newer.
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def _connection(scheme: str, host: str, port: int, plain: socket.socket) -> HTTPConnection:
    if scheme != "https":
        connection = HTTPConnection(host, port)
        connection.sock = plain
        return connection
    connection = HTTPSConnection(host, port)
    connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    return connection


def _asked(connection: HTTPConnection, url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()
