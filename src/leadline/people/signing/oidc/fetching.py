"""Asking a provider over the network: bounded in time and size, never led elsewhere."""

import base64
import json
import time
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

PATIENCE = 5  # seconds for each answer of the network, and three times that for all
LARGEST = 512 * 1024
_NEAR = ("localhost", "127.0.0.1", "::1")


class ProviderFailed(Exception):
    """The provider could not be asked, or answered what can't be used; the words are for the log."""


class _NeverElsewhere(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """No redirect is followed: an endpoint is where discovery says it is."""


_opener = build_opener(_NeverElsewhere)


def is_safe(address: str) -> bool:
    """Whether an address may be asked: https, or plain http on this machine, for trying things."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _NEAR)
    )


def get(address: str, *, bearer: str = "") -> dict[str, Any]:
    """A JSON object from an address. Raises `ProviderFailed`."""
    return _ask(address, None, {"Authorization": f"Bearer {bearer}"} if bearer else {})


def post(address: str, fields: dict[str, str], *, user: str, password: str) -> dict[str, Any]:
    """A JSON object for a form, with basic authentication where there is a password."""
    headers = {}
    if password:
        both = base64.b64encode(f"{user}:{password}".encode()).decode()
        headers["Authorization"] = f"Basic {both}"
    return _ask(address, urlencode(fields).encode(), headers)


def _ask(address: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    if not is_safe(address):
        raise ProviderFailed(f"not https: {address[:200]}")
    request = Request(address, data=body, headers={"Accept": "application/json", **headers})  # noqa: S310
    ends = time.monotonic() + 3 * PATIENCE
    try:
        with _opener.open(request, timeout=PATIENCE) as response:
            found = json.loads(_read(response, ends))
    except (URLError, OSError, ValueError) as failure:
        raise ProviderFailed(f"{address[:200]}: {failure}") from failure
    if not isinstance(found, dict):
        raise ProviderFailed(f"{address[:200]}: no JSON object")
    return found


def _read(response: Any, ends: float) -> bytes:
    read = b""
    while piece := response.read1(65536):
        read += piece
        if len(read) > LARGEST or time.monotonic() > ends:
            raise ProviderFailed("too much, or too slow")
    return read
