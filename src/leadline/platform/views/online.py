"""Who is on the platform now, a page that changes by itself (PLT-4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.policies import sees_platform
from leadline.platform.queries.online import ALL, MINE, TEAM, UNKNOWN, online_for, views_for
from leadline.platform.views.online_rows import rows_of

LABELS = {ALL: _("All"), MINE: _("Mine"), TEAM: _("My teams"), UNKNOWN: _("Unknown")}


@require_safe
def online(request: Request) -> HttpResponse:
    """Who is there, what they look at, since when, whose they are."""
    return render(request, "platform/online.html", _with_rows(_shown(request)))


@require_safe
def online_state(request: Request) -> HttpResponse:
    """The part that changes; 204 while it is what the page shows already (`seen`)."""
    context = _shown(request)
    if request.GET.get("seen") == context["online"].fingerprint:
        return HttpResponse(status=204)
    return render(request, "platform/_online.html", _with_rows(context))


def _with_rows(context: dict[str, Any]) -> dict[str, Any]:
    """Only what is shown anew is drawn anew."""
    found = context["online"]
    return {**context, "rows": rows_of(found.people, whose=found.whose)}


def _shown(request: Request) -> dict[str, Any]:
    user = request.user
    require(sees_platform(user), who_can_help=ASK_AN_ADMINISTRATOR)
    country = request.GET.get("country", "")[:2].upper()
    found = online_for(user, whose=request.GET.get("whose", ""), country=country)
    views = [(key, LABELS[key]) for key in views_for(user)]
    query = {"whose": found.whose, **({"country": country} if country else {})}
    return {"online": found, "views": views, "country": country, "query": query}
