"""What a token's scopes let a program do: all reading, all writing, or one part of the API (INT-2)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

READING = ("GET", "HEAD", "OPTIONS")
SCIM = "scim"
# The parts of the API by the first word of their addresses; `v1` names each as it is put together.
_parts: list[str] = []


def name_part(prefix: str) -> None:
    """Let tokens be narrowed to the operations below a prefix such as `/customers`."""
    part = prefix.strip("/").split("/")[0]
    if part not in _parts:
        _parts.append(part)


def token_scopes() -> list[tuple[str, Any]]:
    """Every scope that a person can choose, with its words; parts are called as in their addresses."""
    parts = [
        (f"{part}:{deed}", format_lazy("{part}: {deed}", part=part, deed=words))
        for part in _parts
        for deed, words in (("read", _("read")), ("write", _("change")))
    ]
    scim = (SCIM, _("Provisioning of people by a directory (SCIM)"))
    return [("read", _("Read everything")), ("write", _("Change everything")), *parts, scim]


def scope_wanted(request: HttpRequest) -> tuple[str, str]:
    """What a request needs, widely and narrowly: (`read`, `customers:read`)."""
    deed = "read" if request.method in READING else "write"
    part = request.path_info.removeprefix("/api/v1/").split("/")[0]
    return deed, f"{part}:{deed}"


def is_within(scopes: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether a token with these scopes may do it; one without scopes may all that its user may."""
    held = set(scopes)
    return not held or not held.isdisjoint(wanted)
