"""Requests to addresses that people typed: never into a private network, bounded in time and size (INT-3).

The name is looked up once and the connection goes to just the address that was checked, so a name that
answers otherwise the next time (DNS rebinding) gains nothing. Redirections are not followed.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from leadline.core.refusals import RuleBroken

SECONDS = 10.0
MOST_BYTES = 64 * 1024
LONGEST_ADDRESS = 2000
_PORTS = {"http": 80, "https": 443}
# Networks inside of addresses: what a translator or tunnel would turn them into is what counts.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """No answer came; the message says why, in words for who set the address up."""


@dataclass(frozen=True)
class Answered:
    """What the other side said; `body` holds at most the bytes that were asked for."""

    status: int
    body: bytes
    milliseconds: int
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether it took what was sent; a redirection is a no, as it is not followed."""
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Target:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(address: str) -> Target:
    """Take an address apart. Raises `RuleBroken` for what is no plain http or https address."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        parts, port, host = urlsplit(""), None, ""
    whole = parts.scheme in _PORTS and host and "%" not in host and len(address) <= LONGEST_ADDRESS
    if not whole or parts.username is not None or not address.isprintable() or " " in address.strip():
        raise RuleBroken(
            _("An address like https://example.com/hook is accepted, without a user name."),
            field="address",
            value=address,
        )
    path = parts.path or "/"
    return Target(
        parts.scheme, host, port or _PORTS[parts.scheme], f"{path}?{parts.query}" if parts.query else path
    )


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large, through whatever translation it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if any(address in network for network in _TRANSLATED):
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
    return address.is_global and not address.is_multicast and not address.is_reserved


def send(
    method: str,
    address: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answered:
    """Send one request and read its answer, within some seconds and bytes.

    Raises `RuleBroken` for what is no address, `Unreachable` when no answer came.
    """
    target = target_of(address)
    began = time.monotonic()
    pool = _pool(
        target, checked_address(target.host, target.port), Timeout(connect=min(5.0, seconds), read=seconds)
    )
    given = {"Host": _host(target), "User-Agent": "Leadline", **(headers or {})}
    try:
        response = pool.urlopen(
            method,
            target.path,
            body=body or None,
            headers=given,
            redirect=False,
            retries=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
        content = _read(response, most_bytes, began + seconds)
    except (HTTPError, OSError, ValueError) as failure:
        raise Unreachable(_words(failure)) from failure
    finally:
        pool.close()
    return Answered(response.status, content, int((time.monotonic() - began) * 1000), dict(response.headers))


def checked_address(host: str, port: int) -> str:
    """The address to connect to: each one that the name has must be allowed. Raises `Unreachable`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as failure:
        raise Unreachable(_("The name %(host)s is not known.") % {"host": host}) from failure
    addresses = [ipaddress.ip_address(str(place[4][0]).split("%")[0]) for place in found]
    if not all(is_public(address) or _is_allowed(host, address) for address in addresses):
        raise Unreachable(
            _(
                "%(host)s leads into a private network. Whoever runs this installation can allow it"
                " (LEADLINE_PRIVATE_HOSTS)."
            )
            % {"host": host}
        )
    return str(addresses[0])


def _is_allowed(host: str, address: Address) -> bool:
    """Whether whoever runs the installation named this host or a network around it."""
    for allowed in settings.LEADLINE_PRIVATE_HOSTS:
        if allowed == host.lower():
            return True
        try:
            network = ipaddress.ip_network(allowed)
        except ValueError:
            continue  # a name, and not this one
        if address in network:
            return True
    return False


def _pool(target: Target, ip: str, timeout: Timeout) -> HTTPConnectionPool:
    if target.scheme == "http":
        return HTTPConnectionPool(ip, target.port, timeout=timeout, maxsize=1)
    return HTTPSConnectionPool(
        ip,
        target.port,
        timeout=timeout,
        maxsize=1,
        ssl_context=ssl.create_default_context(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == _PORTS[target.scheme] else f"{host}:{target.port}"


def _read(response: BaseHTTPResponse, most: int, until: float) -> bytes:
    """At most so many bytes; one who sends a byte now and then does not hold us for ever."""
    content = b""
    while len(content) < most and time.monotonic() < until:
        piece = response.read1(min(8192, most - len(content)))
        if not piece:
            break
        content += piece
    return content


def _words(failure: Exception) -> str:
    text = str(failure).lower()
    if "timed out" in text:
        return _("No answer came in time.")
    if "certificate" in text or "ssl" in text:
        return _("The certificate of the other side does not hold.")
    return _("The connection failed.")
