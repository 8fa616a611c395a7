"""The list of customers: its page, and the parts of it that come by themselves (CUS-4 to CUS-6)."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.core.formats import initials
from leadline.core.jinja import tone_of
from leadline.core.lists import doors
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request
from leadline.core.search import search
from leadline.customers import policies
from leadline.customers.listing import CUSTOMERS
from leadline.customers.queries.asking import owners_of
from leadline.people.models import User
from leadline.people.scope import reach
from leadline.segments.policies import may_create_segments

OPTIONS_SHOWN = 8


@require_safe
def customer_list(request: Request) -> HttpResponse:
    """A page of customers as the address says; a bad address shows the list and what was wrong."""
    shown = shown_list(request, CUSTOMERS)
    user = request.user
    return doors.list_page(
        request,
        "customers/list.html",
        shown,
        _head_cells,
        may_add=policies.may_create_customers(user),
        owners_outside=partial(owners_outside, shown),
        may_import=policies.may_import_customers(user),
        bulk_pages=_bulk_pages(user),
        keeps=_keeps(shown),
    )


def _keeps(shown: Shown) -> str:
    """Where the filter in force becomes the rule of a segment; a search is none."""
    where = shown.asking.where
    if where.is_everything or not may_create_segments(shown.user):
        return ""
    query = urlencode({"kind": "customer", "where": where.json()})
    return f"{address_of('segments:add')}?{query}"


def _bulk_pages(user: User) -> list[tuple[str, str, str]]:
    """What is done with a selection on pages of its own: label, icon, address."""
    if not user.may("customer", "assign"):
        return []
    return [(_("Hand over"), "users-group", address_of("handovers:chosen", "customer"))]


@require_safe
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, CUSTOMERS)


@require_safe
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it; answered by the address of the filtered list."""
    return doors.choose_filter(request, CUSTOMERS)


@require_safe
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, CUSTOMERS)


@require_safe
def options(request: Request) -> HttpResponse:
    """Customers to choose from, while typing."""
    typed = request.GET.get("q", "")[:100]
    hits = (
        search("customer", typed, reach(request.user, "customer", "view"), limit=OPTIONS_SHOWN)
        if typed
        else []
    )
    return doors.options(request, CUSTOMERS, [hit.id for hit in hits], subtitle="email")


def owners_outside(shown: Shown) -> list[str]:
    """Whom to ask for what a search finds beyond one's reach; named where the role may know (ALL-3)."""
    if shown.page.rows or shown.help is None or not shown.help.outside:
        return []
    if not policies.may_know_owners(shown.user):
        return []
    return owners_of(shown.help.outside)


def _head_cells() -> Head:
    """What makes the first cell: picture, name, e-mail, and whether blocked or archived."""
    link = address_of("customers:page", 0).replace("/0/", "/%d/")
    pills = {
        "blocked": f'<span class="pill bad">{escape(_("Blocked"))}</span>',
        "archived": f'<span class="pill neutral">{escape(_("Archived"))}</span>',
    }

    def head(key: int, beside: tuple[Any, ...]) -> str:
        name, email, is_blocked, is_archived = beside
        states = f"{pills['blocked'] if is_blocked else ''}{pills['archived'] if is_archived else ''}"
        return (
            f'<th scope="row"><span class="who"><span class="avatar square tone-{tone_of(name)}"'
            f' aria-hidden="true">{escape(initials(name))}</span><span><span class="named">'
            f'<a class="clip" href="{link % key}">{escape(name)}</a>{states}</span>'
            f'<span class="under clip">{escape(email)}</span></span></span></th>'
        )

    return head
