"""The command palette: go to a page, do something, find a customer (Ctrl-K)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadline.config.composition import DEEDS, MENU, OTHER_PAGES, Deed, Page, address_of
from leadline.config.finding import found_customers, found_leads, recent_customers
from leadline.config.recent import recent_ids
from leadline.core.answers import asked_by_htmx
from leadline.core.normalise.text import fold
from leadline.core.requests import Request
from leadline.people.models import User

LONGEST = 200
MOST = 6

Group = dict[str, Any]


@require_safe
@never_cache
def palette(request: Request) -> HttpResponse:
    """What fits the words typed so far; without words the customers seen last and all pages."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    context = {"groups": [group for group in _groups(request, query) if group["items"]], "query": query}
    whole = "core/_palette_results.html" if asked_by_htmx(request) else "config/palette.html"
    return render(request, whole, context)


def _groups(request: Request, query: str) -> list[Group]:
    user: User = request.user
    pages = [page for _label, section in MENU for page in section] + OTHER_PAGES
    customers = found_customers(user, query) if query else recent_customers(user, recent_ids(request))
    return [
        {"label": _("Customers") if query else _("Recent"), "items": customers},
        {"label": _("Leads"), "items": found_leads(user, query) if query else []},
        {"label": _("Go to"), "items": _fitting(pages, user, query)},
        {"label": _("Do"), "items": _fitting(DEEDS, user, query)},
    ]


def _fitting(entries: "list[Page] | list[Deed]", user: User, query: str) -> list[dict[str, Any]]:
    """The entries whose label holds every word that was typed, as far as the person may."""
    words = fold(query).split()
    return [
        {"title": str(entry.label), "subtitle": "", "icon": entry.icon, "url": address}
        for entry in entries
        if entry.may(user)
        and all(word in fold(str(entry.label)) for word in words)
        and (address := address_of(entry.view))
    ][: MOST if query else None]
