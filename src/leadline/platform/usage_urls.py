"""Addresses of the list of what customers use of capabilities (PLT-7)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from leadline.core.actions import require
from leadline.core.lists import bulk_doors
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.pages import list_addresses
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.listing import USES
from leadline.platform.policies import sees_usage


def require_usage(request: Request) -> None:
    """Refuse who may not see how customers use the platform, and tell who can help."""
    require(sees_usage(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    require_usage(request)
    return bulk_doors.export(request, USES)


def _heads(shown: Shown, request: Request) -> Head:
    """The first cell: the customer, with a link to how it uses the platform."""
    link = address_of("platform:usage_of", 0).replace("/0/", "/%d/")

    def head(key: int, beside: tuple[Any, ...]) -> str:
        name, customer = beside
        return f'<th scope="row"><a class="clip" href="{link % customer}">{escape(name)}</a></th>'

    return head


app_name = "usage"
urlpatterns = [
    *list_addresses(
        "platform/usage/", USES, template="platform/uses.html", heads=_heads, guard=require_usage
    ),
    path("platform/usage/export", export, name="export"),
]
