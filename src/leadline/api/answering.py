"""How operations answer: JSON with a version (ETag), 201 with a Location, 304 for what is known already."""

import hashlib
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

from leadline.api.records import as_json
from leadline.core.actions import lock
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict
from leadline.core.requests import Request

Versioned = TypeVar("Versioned", bound=models.Model)


def answer(data: Any, *, status: int = 200, location: str = "") -> HttpResponse:
    """Data as JSON."""
    response = HttpResponse(as_json(data), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization, Cookie, Accept-Language"
    if location:
        response.headers["Location"] = location
    return response


def answer_record(
    request: Request, data: Any, *, version: int, status: int = 200, location: str = ""
) -> HttpResponse:
    """A single record with its ETag: the version, and a digest, as what it shows of others changes too."""
    content = as_json(data)
    tag = f'"{version}-{hashlib.sha256(content).hexdigest()[:16]}"'
    known = request.headers.get("If-None-Match", "")
    if request.method in ("GET", "HEAD") and (known.strip() == "*" or tag in _tags(known)):
        response = HttpResponse(status=304)
    else:
        response = answer(data, status=status, location=location)
    response.headers["ETag"] = tag
    return response


def moved(address: str) -> HttpResponse:
    """Read it there. Not for good: a merge can be undone."""
    response = answer({"moved_to": address}, status=307)
    response.headers["Location"] = address
    return response


def locked(request: Request, record: Versioned, *related: str) -> Versioned:
    """The record, locked; raises `EditConflict` when the request's If-Match names another version (ALL-1)."""
    record = lock(record, *related)
    version: int = record.version  # type: ignore[attr-defined]
    wanted = _wanted(request)
    if wanted is not None and version not in wanted:
        kind = str(record._meta.model_name)
        changes = changes_since(kind, record.pk, min(wanted), viewer=request.user) if wanted else []
        raise EditConflict(changes, version)
    return record


def is_conditional(request: HttpRequest) -> bool:
    """Whether the request asked for its change to hold for one version only."""
    return _wanted(request) is not None


def _wanted(request: HttpRequest) -> set[int] | None:
    """The versions of If-Match; None when any will do, empty when none of the tags is ours."""
    given = request.headers.get("If-Match", "").strip()
    if not given or given == "*":
        return None
    versions = (tag.strip('"').partition("-")[0] for tag in _tags(given))
    return {
        int(version) for version in versions if version.isascii() and version.isdigit() and len(version) < 10
    }


def _tags(header: str) -> list[str]:
    """The tags of a header; a weak one counts too, as compressing proxies weaken ours."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]
