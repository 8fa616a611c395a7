"""What a token's scopes let a program do: all reading, all writing, or one part of the API (INT-2)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

READING = ("GET", "HEAD", "OPTIONS")
SCIM = "scim"
# The parts of the API by the first word of their addresses.
PARTS: dict[str, Any] = {
    "customers": _("Customers"),
    "contacts": _("Contacts"),
    "notes": _("Notes"),
    "attachments": _("Files of notes"),
    "activities": _("Activities"),
    "imports": _("Imports"),
    "exports": _("Exports"),
    "jobs": _("Jobs"),
    "change-sets": _("Mass changes"),
    "saved-views": _("Saved views"),
    "users": _("People"),
    "teams": _("Teams"),
    "roles": _("Roles"),
    "permissions": _("Permissions"),
    "webhooks": _("Webhooks"),
    "event-log": _("Event log"),
}


def token_scopes() -> list[tuple[str, Any]]:
    """Every scope that a person can choose, with its words."""
    parts = [
        (f"{part}:{deed}", words % {"part": label})
        for part, label in PARTS.items()
        for deed, words in (("read", _("%(part)s: read")), ("write", _("%(part)s: change")))
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
